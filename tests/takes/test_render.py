"""A take has exactly its frames, its level and its address; a sting is a take like any other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode, encode_flac
from audiobuild.audio.frames import split_frames
from audiobuild.audio.loudness import SILENT_LUFS
from audiobuild.audio.measurement import profile_file
from audiobuild.audio.shipped_stings import shipped_sting
from audiobuild.engines.registry import open_engine
from audiobuild.engines.silent import CHAR_SAMPLES, RATE_HZ
from audiobuild.errors import SoundError
from audiobuild.model.levels import level_of
from audiobuild.model.values import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME, Role, Spoken, Sting, Take, Voice
from audiobuild.store.artefacts import Store
from audiobuild.takes.jobs import sound_fingerprint, take_key, take_parts
from audiobuild.takes.render import render
from audiobuild.takes.stored_takes import read_sound, read_take
from tests.jobs import ENCODING, LOSSLESS, SILENT, job, segment
from tests.signals import as_wav, bursts, heard, loudness_of, noise, tone, whole_file

ENGINE = open_engine(SILENT, "en-GB")
MARGIN_MS = 20
"""Silence that is left on either side of a sound."""


def key_of(*arguments: Any, **more: Any) -> str:
    return take_key(take_parts(*arguments, **more))


def sound_of(take: Take, store: Path) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """What is heard of a take in an episode."""
    frames = read_sound(Store(store), take.key)
    assert frames is not None
    return heard(whole_file([frames], [take.frames]))


# --- frames -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("characters", "pause_frames"), [(10, 3), (57, 40), (128, 4)])
def test_a_take_is_its_sound_in_whole_frames_and_its_pause(characters: int, pause_frames: int, tmp_path: Path) -> None:
    """The silent engine's word of so many letters, with 20 ms of silence around it."""
    take = render(job(segment("a" * characters, pause_frames=pause_frames), tmp_path))
    samples = 2 * (CHAR_SAMPLES * characters + 2 * 441)  # at 44100 Hz
    assert SAMPLE_RATE_HZ == 2 * RATE_HZ
    assert take.frames == -(-samples // SAMPLES_PER_FRAME) + pause_frames
    frames = read_sound(Store(tmp_path), take.key)
    assert frames is not None
    assert len(split_frames(frames)) == take.frames


def test_a_take_is_silent_for_its_pause(tmp_path: Path) -> None:
    take = render(job(segment("a" * 50, pause_frames=40), tmp_path))
    sound = np.abs(sound_of(take, tmp_path))
    end = (take.frames - 40) * SAMPLES_PER_FRAME
    assert sound[end - 3 * SAMPLES_PER_FRAME : end - SAMPLES_PER_FRAME].max() > 0.1
    assert sound[end + SAMPLES_PER_FRAME :].max() < 1e-4


def test_silence_around_the_words_is_cut_away_and_their_times_with_it(tmp_path: Path) -> None:
    """Ten stops are 600 ms of the silent engine's silence, of which 20 are left."""
    take = render(job(segment(".......... one two .........."), tmp_path))
    one, two = take.words
    assert (one.offset, one.length, two.offset, two.length) == (11, 3, 15, 3)
    assert one.start_ms == pytest.approx(MARGIN_MS, abs=6)
    assert two.start_ms - one.start_ms == 240
    sound = np.abs(sound_of(take, tmp_path))
    assert 1000 * int(np.flatnonzero(sound > 0.02)[0]) / SAMPLE_RATE_HZ == pytest.approx(one.start_ms, abs=6)


def test_the_same_job_gives_the_same_bytes(tmp_path: Path) -> None:
    item = segment("The tide came in twice.", Voice("espeak"))
    first, second = render(job(item, tmp_path / "one")), render(job(item, tmp_path / "two"))
    assert first == second
    assert read_sound(Store(tmp_path / "one"), first.key) == read_sound(Store(tmp_path / "two"), second.key)


def test_what_is_stored_is_what_is_returned(tmp_path: Path) -> None:
    take = render(job(segment("one two three"), tmp_path))
    assert read_take(Store(tmp_path), take.key) == take


def test_a_damaged_entry_is_made_again(tmp_path: Path) -> None:
    one = job(segment("one two three"), tmp_path)
    take = render(one)
    frames = read_sound(Store(tmp_path), take.key)
    for entry in [path for path in tmp_path.rglob("*") if path.is_file()]:  # the voice's level is one of them
        entry.write_bytes(entry.read_bytes()[:-3])
    assert read_take(Store(tmp_path), take.key) is None
    assert render(one) == take
    assert read_sound(Store(tmp_path), take.key) == frames


# --- level ------------------------------------------------------------------------------------------

PARAGRAPH = (
    "A heron stood in the shallows all morning, and the anglers on the bridge gave up one after another. "
    "The council has promised new steps, a better path and, if the money lasts, a lamp at the corner of the yard. "
    "Whether any of it will be built before the winter is a question that nobody at the meeting cared to answer."
)


@pytest.mark.parametrize(("name", "target_lufs"), [("", -16.0), ("en-us", -16.0), ("", -20.0)])
def test_a_paragraph_is_as_loud_as_asked(name: str, target_lufs: float, tmp_path: Path) -> None:
    item = segment(PARAGRAPH, Voice("espeak", name))
    take = render(job(item, tmp_path, encoding=replace(ENCODING, level=level_of(target_lufs))))
    assert loudness_of(take) == pytest.approx(target_lufs, abs=0.7)
    assert take.peak_dbtp < -1
    path = tmp_path / "take.mp3"
    path.write_bytes(read_sound(Store(tmp_path), take.key))
    profile = profile_file(path)
    loudness_lufs, peak_dbtp = profile.loudness_lufs, profile.peak_dbtp
    assert loudness_lufs == pytest.approx(loudness_of(take), abs=0.05)
    assert peak_dbtp == pytest.approx(take.peak_dbtp, abs=0.05)


def test_a_fast_voice_is_not_mistaken_for_a_failure(tmp_path: Path) -> None:
    assert render(job(segment(PARAGRAPH, Voice("espeak", rate=2.0)), tmp_path)).frames > 100


# --- addresses --------------------------------------------------------------------------------------


def test_the_address_of_a_take_goes_by_all_that_decides_its_sound() -> None:
    one = segment("one")
    keys = [
        key_of(one, ENCODING, engine=ENGINE),
        key_of(segment("two"), ENCODING, engine=ENGINE),
        key_of(segment("one", pause_frames=6), ENCODING, engine=ENGINE),
        key_of(one, ENCODING, engine=open_engine(Voice("silent", "low"), "en-GB")),
        key_of(one, replace(ENCODING, bit_rate_kbps=128), engine=ENGINE),
        key_of(one, replace(ENCODING, level=level_of(-19.0)), engine=ENGINE),
        key_of(one, replace(ENCODING, channels=2), engine=ENGINE),
        key_of(one, LOSSLESS, engine=ENGINE),
        key_of(replace(one, over=Sting(Path("a"), 5, duck_ms=100)), ENCODING, engine=ENGINE, sound="a"),
        key_of(replace(one, over=Sting(Path("a"), 5, duck_ms=100)), ENCODING, engine=ENGINE, sound="b"),
        key_of(replace(one, over=Sting(Path("a"), 5, duck_ms=200)), ENCODING, engine=ENGINE, sound="a"),
    ]
    assert len(set(keys)) == len(keys)


def test_the_address_of_a_take_goes_by_nothing_else() -> None:
    one = segment("one")
    elsewhere = replace(one, source="other.md", line=99, role=Role.RUBRIC, spoken=Spoken("one", "1", ()))
    assert key_of(elsewhere, ENCODING, engine=ENGINE) == key_of(one, ENCODING, engine=ENGINE)


@pytest.mark.parametrize(
    "other", [Voice("silent", "low"), Voice("silent", rate=1.5), Voice("espeak"), Voice("espeak", "en-us")]
)
def test_another_voice_is_another_fingerprint(other: Voice) -> None:
    mine, theirs = (open_engine(voice, "en-GB").fingerprint for voice in (SILENT, other))
    assert mine != theirs


def test_the_address_of_a_sting_goes_by_its_bytes_and_its_shape_and_not_by_its_path(tmp_path: Path) -> None:
    for name, data in (("a.wav", b"one"), ("b.wav", b"one"), ("c.wav", b"two")):
        (tmp_path / name).write_bytes(data)
    sting = Sting(tmp_path / "a.wav", 5)
    same = replace(sting, path=tmp_path / "b.wav")
    key, same_key = (key_of(each, ENCODING, sound=sound_fingerprint(each.path)) for each in (sting, same))
    assert key == same_key
    others = [
        replace(sting, path=tmp_path / "c.wav"),
        replace(sting, pause_frames=6),
        replace(sting, gain_db=1.0),
        replace(sting, fade_in_ms=10),
        replace(sting, fade_out_ms=10),
        replace(sting, trim_ms=10),
    ]
    keys = {key_of(each, ENCODING, sound=sound_fingerprint(each.path)) for each in others}
    assert len(keys | {key}) == len(others) + 1


# --- stings -----------------------------------------------------------------------------------------


def test_a_sting_is_brought_to_the_level_of_the_speech(tmp_path: Path) -> None:
    path = tmp_path / "sting.wav"
    path.write_bytes(as_wav(bursts(4, seed=3, level=0.02)))
    take = render(job(Sting(path, 5), tmp_path / "store"))
    assert loudness_of(take) == pytest.approx(-16, abs=0.7)
    softer = render(job(Sting(path, 5, gain_db=-6), tmp_path / "store", "softer"))
    assert loudness_of(softer) == pytest.approx(-22, abs=0.7)
    assert max(take.peak_dbtp, softer.peak_dbtp) < -1
    assert take.frames == -(-4 * SAMPLE_RATE_HZ // SAMPLES_PER_FRAME) + 5
    assert take.words == ()


def test_a_sting_is_trimmed_and_faded(tmp_path: Path) -> None:
    path = tmp_path / "sting.wav"
    path.write_bytes(as_wav(noise(3 * SAMPLE_RATE_HZ, 4)))
    take = render(job(Sting(path, 5, fade_in_ms=400, fade_out_ms=400, trim_ms=1000), tmp_path / "store"))
    assert take.frames == -(-SAMPLE_RATE_HZ // SAMPLES_PER_FRAME) + 5
    sound = np.abs(sound_of(take, tmp_path / "store"))
    middle = sound[20_000:24_000].mean()
    assert sound[:2000].mean() < 0.2 * middle
    assert sound[42_000:44_000].mean() < 0.2 * middle


@pytest.mark.parametrize("name", ["intro", "outro"])
def test_the_shipped_stings_keep_to_the_level_and_the_ceiling(name: str, tmp_path: Path) -> None:
    take = render(job(Sting(shipped_sting("intro" if name == "intro" else "outro"), 5), tmp_path))
    assert loudness_of(take) == pytest.approx(-16, abs=1)
    assert take.peak_dbtp < -1


@pytest.mark.parametrize("data", [b"", b"not a sound", as_wav(Clip.silence(0, 44_100))])
def test_a_sting_that_is_no_sound_is_an_error_that_names_the_file(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sting.wav"
    path.write_bytes(data)
    with pytest.raises(SoundError) as caught:
        render(job(Sting(path, 5), tmp_path / "store"))
    assert caught.value.where == str(path)
    assert caught.value.hint


def test_a_sting_that_is_not_there_is_an_error_when_it_is_hashed_and_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sting.wav"
    with pytest.raises(SoundError, match="cannot be read") as hashed:
        sound_fingerprint(path)
    with pytest.raises(SoundError, match="cannot be read") as read:
        render(job(Sting(path, 5), tmp_path / "store"))
    assert hashed.value.where == read.value.where == str(path)


def test_a_silent_sting_stays_silent(tmp_path: Path) -> None:
    path = tmp_path / "sting.wav"
    path.write_bytes(as_wav(Clip.silence(SAMPLE_RATE_HZ, SAMPLE_RATE_HZ)))
    take = render(job(Sting(path, 5), tmp_path / "store"))
    assert loudness_of(take) == SILENT_LUFS
    assert not decode(read_sound(Store(tmp_path / "store"), take.key) or b"", "take").samples.any()


def test_a_sting_too_quiet_to_measure_is_not_blown_up_to_a_roar(tmp_path: Path) -> None:
    """The noise of a recording of silence."""
    path = tmp_path / "sting.wav"
    path.write_bytes(as_wav(noise(SAMPLE_RATE_HZ, 5, level=3e-5)))
    take = render(job(Sting(path, 5), tmp_path / "store"))
    assert loudness_of(take) < -50


# --- stereo, and a voice over a sting ------------------------------------------------------------------


def test_a_voice_starts_over_the_tail_of_its_sting(tmp_path: Path) -> None:
    """Both are one take: the sting alone, then the voice with the sting under it."""
    path = tmp_path / "sting.wav"
    path.write_bytes(as_wav(tone(4 * SAMPLE_RATE_HZ, hertz=200)))
    sting = Sting(path, 5, duck_ms=1500)
    spoken = segment("harbour master")
    alone = render(job(spoken, tmp_path / "store", "alone", LOSSLESS))
    over = render(job(replace(spoken, over=sting), tmp_path / "store", "over", LOSSLESS))
    later = [word.start_ms - 2500 for word in over.words]
    assert later == pytest.approx([word.start_ms for word in alone.words], abs=1)
    sound = decode(read_sound(Store(tmp_path / "store"), over.key), "over").samples
    lead = np.sqrt(np.mean(np.square(sound[SAMPLE_RATE_HZ : 2 * SAMPLE_RATE_HZ])))
    tail_s = over.words[-1].start_ms / 1000 + 0.6
    tail = np.sqrt(np.mean(np.square(sound[round(tail_s * SAMPLE_RATE_HZ) : round((tail_s + 0.3) * SAMPLE_RATE_HZ)])))
    assert 20 * np.log10(tail / lead) == pytest.approx(-12, abs=1)


def test_in_stereo_the_voice_is_in_the_middle_and_as_loud_as_in_mono(tmp_path: Path) -> None:
    item = segment(PARAGRAPH, Voice("espeak"))
    mono = render(job(item, tmp_path, "mono", LOSSLESS))
    stereo = render(job(item, tmp_path, "stereo", replace(LOSSLESS, channels=2)))
    sound = decode(read_sound(Store(tmp_path), stereo.key), "stereo").samples
    assert sound.shape[1] == 2
    assert np.array_equal(sound[:, 0], sound[:, 1])
    assert loudness_of(stereo) == pytest.approx(loudness_of(mono), abs=0.1)


def test_a_sting_is_read_no_further_than_it_may_be_heard(tmp_path: Path) -> None:
    """An hour of it would be held otherwise."""
    path = tmp_path / "music.flac"
    path.write_bytes(encode_flac(Clip(tone(8000 * 125, rate_hz=8000).samples, 8000)))
    with pytest.raises(SoundError, match="more than 120 seconds") as caught:
        render(job(Sting(path, 5), tmp_path / "store"))
    assert "trim_ms" in caught.value.hint
    take = render(job(Sting(path, 5, trim_ms=3000), tmp_path / "store"))
    assert take.frames == pytest.approx(3 * SAMPLE_RATE_HZ / SAMPLES_PER_FRAME + 5, abs=1)
