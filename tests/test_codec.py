"""Sound files in, MP3 out: takes laid end to end are one stream, exact to the sample."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode, decode_blocks, encode_take, resample
from audiobuild.audio.frames import split_frames
from audiobuild.config import BIT_RATES_KBPS
from audiobuild.engines.espeak import Espeak
from audiobuild.errors import SoundError
from audiobuild.model import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME, Voice
from tests.signals import as_wav, bursts, frames_for, heard, noise, tone, whole_file
from tests.tools import run

PAUSE_FRAMES = 3
ONSET = 20_000
"""Sample of the third take at which its tone starts."""

PARAGRAPHS = [
    "A heron stood in the shallows all morning, and the anglers on the bridge gave up one after another.",
    "Nobody was surprised.",
    "The council has promised new steps, a better path and, if the money lasts, a lamp at the corner of the yard.",
]


def late_tone() -> Clip:
    return Clip.joined([Clip.silence(ONSET, SAMPLE_RATE_HZ), tone(30_000, 997)])


CLIPS = [bursts(2, seed=5), noise(40_001, seed=6), late_tone(), tone(50_000, 313, 0.8), bursts(1.3, seed=7, level=0.7)]
COUNTS = [frames_for(clip, PAUSE_FRAMES) for clip in CLIPS]


def padded(clip: Clip, frames: int) -> NDArray[np.float32]:
    return np.pad(clip.samples, (0, frames * SAMPLES_PER_FRAME - len(clip.samples)))


SOURCE = np.concatenate([padded(clip, count) for clip, count in zip(CLIPS, COUNTS, strict=True)])
STARTS = [sum(COUNTS[:index]) * SAMPLES_PER_FRAME for index in range(len(COUNTS))]


@pytest.fixture(scope="module")
def takes() -> list[bytes]:
    return [encode_take(clip, count, 96) for clip, count in zip(CLIPS, COUNTS, strict=True)]


@pytest.fixture(scope="module")
def joined(takes: list[bytes]) -> bytes:
    return whole_file(takes, COUNTS)


@pytest.fixture(scope="module")
def decoded(joined: bytes) -> NDArray[np.float32]:
    return heard(joined)


# --- the joint --------------------------------------------------------------------------------------


def main_data_begin(frame: bytes) -> int:
    """Nine bits behind the header: how far back in the stream the frame's data starts."""
    return int.from_bytes(frame[4:6], "big") >> 7


def test_a_take_needs_no_data_from_before_it(takes: list[bytes]) -> None:
    for take in takes:
        frames = split_frames(take)
        assert main_data_begin(take[frames[0]]) == 0
        # LAME does use its reservoir; else the test above could not fail.
        assert any(main_data_begin(take[frame]) for frame in frames)


def test_joined_takes_are_exact_to_the_sample(decoded: NDArray[np.float32]) -> None:
    assert len(decoded) == len(SOURCE)


def test_mpg123_decodes_the_joints_without_a_word(joined: bytes, tmp_path: Path) -> None:
    path = tmp_path / "joined.mp3"
    path.write_bytes(joined)
    pcm, said = run("mpg123", "--no-control", "-v", "-s", path)
    assert len(pcm) == 2 * len(SOURCE)
    assert not [line for line in said.splitlines() if "warning" in line.lower() or "error" in line.lower()]
    assert "Illegal" not in said


@pytest.mark.parametrize("index", range(len(CLIPS)))
def test_every_take_is_heard_where_it_stands_to_the_sample(decoded: NDArray[np.float32], index: int) -> None:
    most = 60
    sound, clip, start = np.pad(decoded, most), CLIPS[index], STARTS[index]
    alike = [float(sound[start + lag :][: len(clip.samples)] @ clip.samples) for lag in range(2 * most + 1)]
    assert int(np.argmax(alike)) - most == 0


def test_a_tone_in_the_third_take_starts_when_it_should(decoded: NDArray[np.float32]) -> None:
    around = np.abs(decoded[STARTS[2] : STARTS[2] + ONSET + 5000])
    first = int(np.flatnonzero(around > 0.1)[0])
    assert 1000 * abs(first - ONSET) / SAMPLE_RATE_HZ < 2


def test_nothing_of_a_take_leaks_into_the_pause_behind_it(decoded: NDArray[np.float32]) -> None:
    """A frame's length behind the sound it has died away; a frame's length before the next, which MP3 needs to begin
    softly, there is no click either."""
    for clip, start, count in zip(CLIPS, STARTS, COUNTS, strict=True):
        end = start + (count - 1) * SAMPLES_PER_FRAME
        assert np.abs(decoded[start + len(clip.samples) + SAMPLES_PER_FRAME : end]).max() < 1e-4


def snr_db(sound: NDArray[np.float32], source: NDArray[np.float32]) -> float:
    """Signal to noise against the source, both at one level: LAME makes all a little quieter."""
    gain = float(sound @ source) / float(sound @ sound)
    return float(10 * np.log10(np.sum(source**2) / np.sum((source - gain * sound) ** 2)))


def test_joined_speech_is_as_good_as_speech_encoded_in_one_pass() -> None:
    engine = Espeak(Voice("espeak"), "en-GB")
    clips = [resample(engine.synthesise(text).clip, SAMPLE_RATE_HZ) for text in PARAGRAPHS]
    counts = [frames_for(clip, PAUSE_FRAMES) for clip in clips]
    source = np.concatenate([padded(clip, count) for clip, count in zip(clips, counts, strict=True)])
    takes = [encode_take(clip, count, 96) for clip, count in zip(clips, counts, strict=True)]
    joined = heard(whole_file(takes, counts))
    one_pass = heard(whole_file([encode_take(Clip(source, SAMPLE_RATE_HZ), sum(counts), 96)], [sum(counts)]))
    assert len(joined) == len(one_pass) == len(source)
    assert snr_db(joined, source) == pytest.approx(snr_db(one_pass, source), abs=0.5)
    assert snr_db(one_pass, source) > 25


@pytest.mark.parametrize("bit_rate_kbps", BIT_RATES_KBPS)
def test_every_frame_is_mono_of_the_bit_rate(bit_rate_kbps: int) -> None:
    take = encode_take(CLIPS[0], COUNTS[0], bit_rate_kbps)
    headers = {take[frame.start : frame.start + 4] for frame in split_frames(take)}
    assert {header[3] >> 6 for header in headers} == {3}
    assert {header[2] & ~2 for header in headers} == {take[2] & ~2}
    assert len(take) == pytest.approx(COUNTS[0] * 144 * bit_rate_kbps * 1000 / SAMPLE_RATE_HZ, abs=1)


# --- encode_take ------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 5000), st.integers(0, 4))
def test_a_take_has_exactly_its_frames(samples: int, more: int) -> None:
    frames = max(1, -(-samples // SAMPLES_PER_FRAME) + more)
    assert len(split_frames(encode_take(noise(samples, 8), frames, 96))) == frames


def test_a_take_that_is_too_short_for_its_samples_is_refused() -> None:
    with pytest.raises(ValueError, match="1153 samples do not fit into 1 frames"):
        encode_take(noise(1153, 9), 1, 96)


def test_the_same_samples_give_the_same_bytes() -> None:
    assert encode_take(CLIPS[0], COUNTS[0], 96) == encode_take(CLIPS[0], COUNTS[0], 96)


@pytest.mark.parametrize("frames", [2, 3, 4])
def test_a_take_of_very_few_frames_can_be_decoded(frames: int) -> None:
    clip = decode(encode_take(noise(800, 10), frames, 96), "here")
    assert len(clip.samples) > 0


# --- decode and resample ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["wav", "flac", "ogg", "mp3", "aiff"])
def test_every_usual_kind_of_sound_file_is_read_as_mono(kind: str, tmp_path: Path) -> None:
    """Two channels, one of them silent: what comes out has half the level of the other."""
    path = tmp_path / f"sound.{kind}"
    given = as_wav(tone(44_100, level=0.5))
    mix = ["-af", "pan=stereo|c0=c0|c1=0*c0", "-b:a", "192k"]
    run("ffmpeg", "-v", "error", "-f", "wav", "-i", "-", *mix, path, given=given)
    clip = decode(path.read_bytes(), str(path))
    assert clip.rate_hz == 44_100
    assert clip.samples.ndim == 1
    assert len(clip.samples) == pytest.approx(44_100, abs=2400 if kind == "mp3" else 0)
    assert np.abs(clip.samples[10_000:30_000]).max() == pytest.approx(0.25, rel=0.06)


def test_wav_samples_come_through_as_they_are() -> None:
    clip = bursts(0.5, seed=11)
    assert decode(as_wav(clip), "here").to_pcm16() == clip.to_pcm16()


@pytest.mark.parametrize("data", [b"", b"RIFF", b"not a sound at all" * 100, bytes(5000)])
def test_what_is_no_sound_is_an_error_that_names_the_file(data: bytes) -> None:
    with pytest.raises(SoundError) as caught:
        decode(data, "intro.wav")
    assert caught.value.where == "intro.wav"
    assert caught.value.hint


def test_a_sound_file_without_samples_is_an_error() -> None:
    with pytest.raises(SoundError, match="empty"):
        decode(as_wav(Clip.silence(0, 44_100)), "intro.wav")


WAV = as_wav(noise(600, 12))


@given(st.integers(0, len(WAV) - 1))
def test_a_cut_file_is_read_as_far_as_it_goes_or_an_error(cut: int) -> None:
    try:
        clip = decode(WAV[:cut], "here")
    except SoundError:
        return
    assert 0 < len(clip.samples) <= 600


def test_blocks_of_a_file_are_the_file(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    path.write_bytes(as_wav(bursts(2.3, seed=13)))
    blocks = list(decode_blocks(path, 500))
    assert [len(block.samples) for block in blocks] == [22_050] * 4 + [13_230]
    assert Clip.joined(blocks).to_pcm16() == decode(path.read_bytes(), "here").to_pcm16()


def test_blocks_of_a_file_shorter_than_its_head_says_end_with_its_sound(tmp_path: Path, joined: bytes) -> None:
    """An episode cut short, and a stream without an Info frame, of which the length is a guess."""
    path = tmp_path / "short.mp3"
    for data in (joined[: len(joined) // 2], joined[313:]):
        path.write_bytes(data)
        there = np.concatenate([block.samples for block in decode_blocks(path, 60_000)])
        assert np.array_equal(there, decode(data, "here").samples)
        assert np.abs(there).max() < 1.5


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.mkdir(), lambda path: path.write_text("no")])
def test_blocks_of_what_is_no_sound_file_are_an_error(make: object, tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    assert callable(make)
    make(path)
    with pytest.raises(SoundError) as caught:
        list(decode_blocks(path, 500))
    assert caught.value.where == str(path)


@pytest.mark.parametrize("rate_hz", [8000, 16_000, 22_050, 24_000, 48_000])
def test_resampling_keeps_length_pitch_and_level(rate_hz: int) -> None:
    clip = resample(tone(rate_hz, 1000, rate_hz=rate_hz), SAMPLE_RATE_HZ)
    assert clip.rate_hz == SAMPLE_RATE_HZ
    assert len(clip.samples) == pytest.approx(SAMPLE_RATE_HZ, abs=1)
    middle = slice(4000, 40_000)
    assert clip.samples[middle] == pytest.approx(tone(SAMPLE_RATE_HZ, 1000).samples[middle], abs=0.002)


def test_resampling_to_the_same_rate_changes_nothing() -> None:
    clip = noise(100, 14)
    assert resample(clip, SAMPLE_RATE_HZ) is clip


def test_encoding_and_decoding_a_take_say_nothing_on_the_terminal() -> None:
    code = "from audiobuild.audio.codec import decode, encode_take; from audiobuild.audio.clip import Clip\n"
    code += "decode(encode_take(Clip.silence(5000, 44100), 6, 96), 'take')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
