"""What a lossy codec adds to peaks and takes from the level is set right, and nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from audiobuild.audio import aac
from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import encode_flac
from audiobuild.audio.level import limit, true_peak_dbtp
from audiobuild.audio.loudness import block_loudness, integrated_loudness
from audiobuild.audio.measurement import profile_file
from audiobuild.audio.overshoot import Gain
from audiobuild.audio.profile import Profile
from audiobuild.audio.shipped_stings import shipped_sting
from audiobuild.model.levels import Level, Measured
from audiobuild.model.values import SAMPLE_RATE_HZ, Sting, Take
from audiobuild.publish.episodes.episode import Form, Part, Written
from audiobuild.publish.formats.sound_writing import write_episode
from audiobuild.store.artefacts import Store, address
from audiobuild.takes.jobs import Encoding
from audiobuild.takes.render import render
from audiobuild.takes.stored_takes import read_sound, write_take
from tests.containers import BARE
from tests.jobs import LOSSLESS, job
from tests.signals import as_wav, bursts, file_of, frames_for, measured_by_ffmpeg, noise, tone, whole_file

CEILING_DBTP = -1.0


def profile_of(clip: Clip, folder: Path) -> Profile:
    return profile_file(file_of(clip, folder))


def gain_for(clip: Clip, folder: Path, *, lost_lu: float = 0.0, before: Gain | None = None) -> Gain | None:
    """The gain against a file that sounds like this clip, of a sound that was so much louder."""
    profile = profile_of(clip, folder)
    wanted = profile.loudness_lufs + lost_lu
    return Gain.needed(profile, ceiling_dbtp=CEILING_DBTP, loudness_lufs=wanted, before=before)


def with_peak(seconds: int) -> Clip:
    """A quiet tone, and in its middle 10 ms that reach over the ceiling."""
    wave = tone(seconds * SAMPLE_RATE_HZ, 500, 0.4).samples.copy()
    middle = len(wave) // 2
    wave[middle : middle + 441] *= 2.4
    return Clip(wave, SAMPLE_RATE_HZ)


# --- the gain ---------------------------------------------------------------------------------------


def test_a_file_under_its_ceiling_and_at_its_level_needs_no_gain(tmp_path: Path) -> None:
    assert gain_for(bursts(3, 71, 0.8), tmp_path, lost_lu=0.2) is None


@pytest.mark.parametrize("seconds", [2, 31])
@pytest.mark.parametrize("channels", [1, 2])
def test_what_stands_out_is_lowered_and_the_rest_is_unchanged(seconds: int, channels: int, tmp_path: Path) -> None:
    """Files of under half a minute are measured in finer steps."""
    clip = with_peak(seconds).with_channels(channels)
    assert true_peak_dbtp(clip) > CEILING_DBTP
    gain = gain_for(clip, tmp_path)
    assert gain is not None
    lowered = Clip.joined(gain.applied([clip]))
    assert CEILING_DBTP - 0.6 < true_peak_dbtp(lowered) < CEILING_DBTP - 0.3
    far = np.abs(np.arange(len(clip.samples)) - len(clip.samples) // 2) > SAMPLE_RATE_HZ // 10
    assert np.array_equal(lowered.samples[far], clip.samples[far])


def test_a_gain_is_the_same_however_the_sound_is_cut(tmp_path: Path) -> None:
    clip = with_peak(2)
    gain = gain_for(clip, tmp_path)
    assert gain is not None
    whole = Clip.joined(gain.applied([clip]))
    pieces = [Clip(part, SAMPLE_RATE_HZ) for part in np.array_split(clip.samples, 23)]
    np.testing.assert_allclose(Clip.joined(gain.applied(pieces)).samples, whole.samples, rtol=0, atol=1e-6)
    assert next(gain.applied(pieces)) is pieces[0]


def test_what_still_stands_out_is_lowered_further_each_time(tmp_path: Path) -> None:
    clip = with_peak(2)
    gain: Gain | None = None
    least = []
    for _ in range(3):
        gain = gain_for(clip, tmp_path, before=gain)
        assert gain is not None
        least.append(float(gain.steps.min()))
    assert least[0] > least[1] > least[2]
    assert least[1] < least[0] ** 2


def test_what_a_codec_took_from_the_level_is_given_back(tmp_path: Path) -> None:
    clip = bursts(5, 72, 0.5)
    gain = gain_for(clip, tmp_path, lost_lu=1.5)
    assert gain is not None
    before, after = (integrated_loudness(block_loudness(each)) for each in (clip, Clip.joined(gain.applied([clip]))))
    assert after - before == pytest.approx(1.5, abs=0.05)


# --- AAC --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kbps", [24, 64, 96, 128, 192])
def test_aac_leaves_music_at_its_level(kbps: int, tmp_path: Path) -> None:
    """A chord of low notes, as stings have them: in no tenth of a second is it louder or softer than it was."""
    notes = [tone(2 * SAMPLE_RATE_HZ, hertz, 0.15).samples for hertz in (55, 110, 164.8, 220, 277.2)]
    chord = Clip.from_pcm16(Clip(np.sum(notes, axis=0, dtype=np.float32), SAMPLE_RATE_HZ).to_pcm16(), SAMPLE_RATE_HZ)
    aac.write_m4b(tmp_path / "chord.m4b", [chord], (), kbps)
    heard = Clip.joined(aac.decode_blocks(tmp_path / "chord.m4b", 1000))
    given, kept = (
        np.sqrt(np.mean(np.square(clip.samples[4410:79_380].reshape(-1, 4410)), axis=1)) for clip in (chord, heard)
    )
    assert 20 * np.log10(kept / given) == pytest.approx(0, abs=0.15)


# --- whole files ------------------------------------------------------------------------------------


def kept(store: Store, clip: Clip) -> Part:
    """Keep a clip as a take of another format than MP3."""
    data = encode_flac(clip)
    key = address("tests", name="loud")
    write_take(store, Take(key, frames_for(clip), (), (), 0.0, 0.0, len(data)), data)
    return Part(key, frames_for(clip), len(data))


def written(path: Path, kind: str, kbps: int, clip: Clip, level_lufs: float) -> Written:
    store = Store(path.parent / "store")
    form = Form(kind, kbps, clip.channels, CEILING_DBTP, level_lufs)
    return write_episode(path, form, BARE, [kept(store, clip)], store)


@pytest.mark.parametrize(
    ("kind", "kbps", "channels"), [("m4b", 16, 1), ("m4b", 48, 2), ("m4b", 64, 1), ("opus", 32, 1), ("opus", 96, 2)]
)
def test_the_loudest_sound_stays_under_the_ceiling_of_the_file(
    kind: str, kbps: int, channels: int, tmp_path: Path
) -> None:
    """Full-band noise, a silence and loud syllables, all up to the ceiling itself before they are encoded."""
    sound = [noise(22_050, 73, 0.5), Clip.silence(44_100, SAMPLE_RATE_HZ), bursts(2, 74, 2.0)]
    clip = limit(Clip.joined(sound), CEILING_DBTP).with_channels(channels)
    path = tmp_path / "loud"
    told = written(path, kind, kbps, clip, integrated_loudness(block_loudness(clip))).measured
    assert told is not None
    loudness_lufs, peak_dbtp = measured_by_ffmpeg(path)
    assert peak_dbtp <= CEILING_DBTP
    assert told.peak_dbtp == pytest.approx(peak_dbtp, abs=0.2)
    assert told.loudness_lufs == pytest.approx(loudness_lufs, abs=0.2)


def test_a_file_that_is_encoded_again_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    clip = limit(bursts(3, 75, 2.0), CEILING_DBTP)
    level_lufs = integrated_loudness(block_loudness(clip))
    aac.write_m4b(tmp_path / "once.m4b", [clip], (), 16)
    assert profile_file(tmp_path / "once.m4b").peak_dbtp > CEILING_DBTP
    first, second = (written(tmp_path / name, "m4b", 16, clip, level_lufs) for name in ("first", "second"))
    assert first == second
    assert isinstance(first.measured, Measured)
    assert first.measured.peak_dbtp <= CEILING_DBTP


# --- takes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("kbps", [64, 96, 192])
@pytest.mark.parametrize("sound", ["full-band noise", "a square wave"])
def test_a_sting_at_full_scale_stays_under_the_ceiling_as_mp3(
    sound: str, kbps: int, channels: int, tmp_path: Path
) -> None:
    loud = noise(66_150, 76, 1.0) if sound == "full-band noise" else Clip(np.sign(tone(66_150).samples), SAMPLE_RATE_HZ)
    (tmp_path / "sting.wav").write_bytes(as_wav(loud))
    encoding = Encoding(False, kbps, channels, Level(-9.0, CEILING_DBTP))
    take = render(job(Sting(tmp_path / "sting.wav", 3), tmp_path, encoding=encoding))
    path = tmp_path / "sting.mp3"
    path.write_bytes(whole_file([read_sound(Store(tmp_path), take.key)], [take.frames], kbps))
    _, peak_dbtp = measured_by_ffmpeg(path)
    assert peak_dbtp <= CEILING_DBTP
    assert take.peak_dbtp == pytest.approx(peak_dbtp, abs=0.2)


def test_a_take_that_does_not_overshoot_is_limited_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[float] = []

    def counted(clip: Clip, ceiling_dbtp: float) -> Clip:
        calls.append(ceiling_dbtp)
        return limit(clip, ceiling_dbtp)

    monkeypatch.setattr("audiobuild.takes.render.limit", counted)
    render(job(Sting(shipped_sting("intro"), 3), tmp_path, encoding=LOSSLESS))
    assert calls == [-2.0, -2.0]  # a sting is brought to its level first
