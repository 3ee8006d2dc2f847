"""The shipped stings and the shaping of any, with pydub itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode
from audiobuild.audio.level import true_peak_dbtp
from audiobuild.audio.shipped_stings import StingName, shipped_sting
from audiobuild.audio.stings import DUCK_FALL_MS, duck, shape_sting, speech_start_samples

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "make-stings"
NAMES: tuple[StingName, ...] = ("intro", "outro", "section")


def tone(samples: int, rate_hz: int = 44_100, level: float = 0.25) -> Clip:
    """A square wave of 441 Hz, so that the size of every sample is its level."""
    wave = np.where(np.arange(samples) * 882 // rate_hz % 2 == 0, level, -level)
    return Clip(wave.astype(np.float32), rate_hz)


def peak(clip: Clip, from_ms: float, to_ms: float) -> float:
    """The largest sample between two times."""
    start, end = (round(ms * clip.rate_hz / 1000) for ms in (from_ms, to_ms))
    return float(np.abs(clip.samples[start:end]).max())


def stereo(left: Clip, right: Clip) -> Clip:
    return Clip(np.stack((left.samples, right.samples), axis=1), left.rate_hz)


def shipped(name: StingName) -> Clip:
    path = shipped_sting(name)
    return decode(path.read_bytes(), str(path))


@pytest.mark.parametrize("gain_db", [-20.0, -6.0, 3.5, 9.0])
def test_gain_is_in_decibels(gain_db: float) -> None:
    loud = shape_sting(tone(44_100), gain_db=gain_db)
    assert peak(loud, 0, 1000) == pytest.approx(0.25 * 10 ** (gain_db / 20), abs=2 / 32768)


def test_gain_beyond_full_scale_is_clipped_and_does_not_wrap_round() -> None:
    before = tone(4410, level=0.5)
    after = shape_sting(before, gain_db=20)
    assert np.array_equal(np.sign(after.samples), np.sign(before.samples))
    assert np.abs(after.samples).min() > 0.999


@pytest.mark.parametrize("fade_ms", [40, 100, 101, 700])
def test_fade_in_rises_from_silence_to_the_full_level_in_its_time(fade_ms: int) -> None:
    faded = shape_sting(tone(44_100), fade_in_ms=fade_ms)
    assert peak(faded, 0, 1) < 0.25 * 1.5 / fade_ms
    assert peak(faded, fade_ms / 2 - 1, fade_ms / 2 + 1) == pytest.approx(0.125, abs=0.01)
    assert np.allclose(np.abs(faded.samples[(fade_ms + 1) * 441 // 10 :]), 0.25, atol=2 / 32768)


@pytest.mark.parametrize("fade_ms", [40, 100, 101, 700])
@pytest.mark.parametrize("samples", [44_100, 44_123, 88_179])
def test_fade_out_falls_from_the_full_level_to_silence_at_the_very_end(fade_ms: int, samples: int) -> None:
    faded = shape_sting(tone(samples), fade_out_ms=fade_ms)
    end_ms = faded.duration_ms
    assert peak(faded, end_ms - 1, end_ms) <= 0.25 * 2 / fade_ms + 1 / 32768
    assert peak(faded, end_ms - fade_ms / 2 - 1, end_ms - fade_ms / 2 + 1) == pytest.approx(0.125, abs=0.01)
    assert np.allclose(np.abs(faded.samples[: samples - (fade_ms + 1) * 441 // 10]), 0.25, atol=2 / 32768)


def test_a_fade_longer_than_the_clip_takes_the_whole_clip() -> None:
    faded = shape_sting(tone(8820), fade_in_ms=5000)
    assert len(faded.samples) == 8820
    assert peak(faded, 98, 102) == pytest.approx(0.125, abs=0.01)
    assert peak(faded, 198, 200) > 0.245


def test_trim_keeps_the_start() -> None:
    clip = tone(44_100)
    trimmed = shape_sting(clip, trim_ms=250)
    assert len(trimmed.samples) == 11_025
    assert np.allclose(trimmed.samples, clip.samples[:11_025], atol=1 / 32768)


def test_trim_comes_before_the_fade_out() -> None:
    trimmed = shape_sting(tone(44_100), trim_ms=500, fade_out_ms=200)
    assert peak(trimmed, 0, 299) == pytest.approx(0.25, abs=2 / 32768)
    assert peak(trimmed, 499, 500) < 0.25 * 2 / 200


def test_trim_longer_than_the_clip_keeps_all() -> None:
    assert len(shape_sting(tone(4410), trim_ms=10_000, gain_db=1).samples) == 4410


@pytest.mark.parametrize("rate_hz", [8000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("samples", [1, 7, 441, 22_049, 22_051, 50_000])
def test_shaping_keeps_the_number_of_samples_and_the_rate(rate_hz: int, samples: int) -> None:
    shaped = shape_sting(tone(samples, rate_hz), gain_db=-3, fade_in_ms=5, fade_out_ms=120)
    assert (len(shaped.samples), shaped.rate_hz) == (samples, rate_hz)
    assert shaped.samples.dtype == np.float32


def test_nothing_asked_for_changes_nothing() -> None:
    clip = tone(4410)
    assert shape_sting(clip) is clip


def test_stereo_stays_stereo_and_each_side_is_shaped_as_it_would_be_alone() -> None:
    left, right = tone(22_333, level=0.25), tone(22_333, level=0.1)
    both = shape_sting(stereo(left, right), gain_db=-4, fade_in_ms=30, fade_out_ms=250, trim_ms=480)
    for side, alone in enumerate((left, right)):
        expected = shape_sting(alone, gain_db=-4, fade_in_ms=30, fade_out_ms=250, trim_ms=480)
        assert np.array_equal(both.samples[:, side], expected.samples)


def test_an_empty_clip_stays_empty() -> None:
    assert len(shape_sting(Clip.silence(0, 44_100), gain_db=3, fade_in_ms=10, trim_ms=5).samples) == 0


@pytest.mark.parametrize(("fade_in_ms", "fade_out_ms", "trim_ms"), [(-1, 0, None), (0, -1, None), (0, 0, 0)])
def test_impossible_lengths_are_refused(fade_in_ms: int, fade_out_ms: int, trim_ms: int | None) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        shape_sting(tone(441), fade_in_ms=fade_in_ms, fade_out_ms=fade_out_ms, trim_ms=trim_ms)


# --- a sting under speech -----------------------------------------------------------------------------

SECOND = 44_100
NOBODY = Clip.silence(2 * SECOND, SECOND)
"""Speech that is not heard, so that the sting can be measured."""


@pytest.mark.parametrize("duck_db", [-12.0, -6.0, -30.0])
def test_the_sting_keeps_its_level_then_falls_and_is_at_its_lower_level_when_the_voice_starts(duck_db: float) -> None:
    ducked = duck(tone(3 * SECOND), NOBODY, overlap_ms=1000, duck_db=duck_db)
    low = 0.25 * 10 ** (duck_db / 20)
    assert np.allclose(np.abs(ducked.samples[: (2000 - DUCK_FALL_MS) * 441 // 10]), 0.25, atol=1e-6)
    assert np.allclose(np.abs(ducked.samples[2 * SECOND : 3 * SECOND]), low, atol=1e-6)
    assert peak(ducked, 1849, 1851) == pytest.approx((0.25 + low) / 2, rel=0.02)


def test_the_sting_falls_without_a_jump() -> None:
    sizes = np.abs(duck(tone(3 * SECOND), NOBODY, overlap_ms=1000).samples[: 3 * SECOND])
    assert np.abs(np.diff(sizes)).max() < 0.25 * 0.01


@pytest.mark.parametrize("rate_hz", [22_050, 44_100, 48_000])
@pytest.mark.parametrize("samples", [60_000, 60_001, 77_777])
@pytest.mark.parametrize("overlap_ms", [0, 1, 333, 1100])
def test_the_voice_starts_at_the_very_sample_that_is_told(rate_hz: int, samples: int, overlap_ms: int) -> None:
    start = speech_start_samples(Clip.silence(samples, rate_hz), overlap_ms)
    assert start == samples - round(overlap_ms * rate_hz / 1000)
    voice = tone(50_021, rate_hz, level=0.5)
    mixed = duck(Clip.silence(samples, rate_hz), voice, overlap_ms=overlap_ms)
    assert not mixed.samples[:start].any()
    assert np.allclose(mixed.samples[start : start + 50_021], voice.samples, atol=1e-7)
    assert (len(mixed.samples), mixed.rate_hz) == (max(samples, start + 50_021), rate_hz)
    assert mixed.samples.dtype == np.float32


def test_voice_and_sting_are_added_and_nothing_is_clipped() -> None:
    mixed = duck(tone(2 * SECOND, level=0.9), tone(SECOND, level=0.9), overlap_ms=1000, duck_db=-6)
    assert peak(mixed, 1000, 2000) == pytest.approx(0.9 + 0.9 * 10 ** (-6 / 20), abs=1e-5)


def test_a_voice_shorter_than_the_overlap_leaves_the_sting_to_end_at_its_lower_level() -> None:
    mixed = duck(tone(2 * SECOND), tone(441), overlap_ms=1500)
    assert len(mixed.samples) == 2 * SECOND
    assert peak(mixed, 1900, 2000) == pytest.approx(0.25 * 10 ** (-12 / 20), abs=1e-6)


@pytest.mark.parametrize("overlap_ms", [1000, 1001, 60_000])
def test_an_overlap_of_the_whole_sting_and_more_lets_the_voice_start_at_once(overlap_ms: int) -> None:
    assert speech_start_samples(tone(SECOND), overlap_ms) == 0
    low = duck(tone(SECOND), NOBODY, overlap_ms=overlap_ms)
    assert np.allclose(np.abs(low.samples[:SECOND]), 0.25 * 10 ** (-12 / 20), atol=1e-6)


def test_a_short_lead_shortens_the_fall() -> None:
    ducked = duck(tone(SECOND), NOBODY, overlap_ms=900)
    assert peak(ducked, 0, 2) > 0.24
    assert peak(ducked, 100, 1000) == pytest.approx(0.25 * 10 ** (-12 / 20), abs=1e-6)


def test_without_overlap_the_voice_follows_the_end() -> None:
    mixed = duck(tone(SECOND), tone(SECOND, level=0.5), overlap_ms=0)
    assert len(mixed.samples) == 2 * SECOND
    assert np.allclose(np.abs(mixed.samples[SECOND:]), 0.5, atol=1e-6)


def test_in_stereo_each_side_is_mixed_as_it_would_be_alone() -> None:
    stings, voices = (tone(SECOND), tone(SECOND, level=0.1)), (tone(30_000, level=0.3), tone(30_000, level=0.2))
    both = duck(stereo(*stings), stereo(*voices), overlap_ms=321)
    for side in (0, 1):
        expected = duck(stings[side], voices[side], overlap_ms=321)
        assert np.allclose(both.samples[:, side], expected.samples, atol=1e-7)


def test_nothing_under_nothing_is_nothing() -> None:
    empty = Clip.silence(0, SECOND)
    assert len(duck(empty, empty, overlap_ms=100).samples) == 0


def test_impossible_mixtures_are_refused() -> None:
    sting = tone(SECOND)
    with pytest.raises(ValueError, match="negative"):
        duck(sting, sting, overlap_ms=-1)
    with pytest.raises(ValueError, match="not up"):
        duck(sting, sting, overlap_ms=1, duck_db=3)
    for other in (tone(SECOND, 48_000), stereo(sting, sting)):
        with pytest.raises(ValueError, match="cannot mix"):
            duck(sting, other, overlap_ms=1)


# --- pydub, and what is shipped -----------------------------------------------------------------------


@pytest.mark.parametrize("compiled", ["with", "without"])
def test_no_warning_is_given_where_there_is_no_ffmpeg(tmp_path: Path, compiled: str) -> None:
    """Neither pydub's search for ffmpeg, nor its old module, nor its old escapes may reach the user."""
    environment = {"PATH": str(tmp_path)}
    if compiled == "without":
        environment |= {"PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-W", "always", "-c", "import audiobuild.audio.stings"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("name", "shortest_s", "longest_s"), [("intro", 4, 6), ("outro", 5, 7), ("section", 1.2, 1.8)])
def test_shipped_stings_decode(name: StingName, shortest_s: float, longest_s: float) -> None:
    clip = shipped(name)
    assert clip.rate_hz == 44_100
    assert shortest_s * 1000 <= clip.duration_ms <= longest_s * 1000
    assert shipped_sting(name).stat().st_size < 300_000


@pytest.mark.parametrize("name", NAMES)
def test_shipped_stings_start_and_end_in_silence_and_leave_headroom(name: StingName) -> None:
    clip = shipped(name)
    assert peak(clip, 0, 10) < 0.001
    assert peak(clip, clip.duration_ms - 20, clip.duration_ms) < 0.001
    assert peak(clip, 0, clip.duration_ms) > 0.6  # -4.4 dBFS
    assert true_peak_dbtp(clip) < -3


@pytest.mark.parametrize("name", NAMES)
def test_shipped_stings_make_no_click_and_nothing_shrill(name: StingName) -> None:
    """What lies above 7 kHz is 60 dB below the rest, at the ends too, where a click would reach all frequencies."""
    samples = shipped(name).samples
    for part in (samples, samples[:4410], samples[-4410:]):
        power = np.abs(np.fft.rfft(part * np.hanning(len(part)))) ** 2
        frequency = np.fft.rfftfreq(len(part), 1 / 44_100)
        assert power[frequency > 7000].sum() < 1e-6 * power.sum() + 1e-3
    assert np.abs(np.diff(samples)).max() < 0.1


def test_the_script_gives_the_same_bytes_each_time_and_the_sound_that_is_shipped(tmp_path: Path) -> None:
    made: list[list[bytes]] = []
    for turn in ("first", "second"):
        subprocess.run([sys.executable, str(SCRIPT), str(tmp_path / turn)], check=True, capture_output=True)
        made.append([(tmp_path / turn / f"{name}.flac").read_bytes() for name in NAMES])
    assert made[0] == made[1]
    for name, data in zip(NAMES, made[0], strict=True):
        # Another processor's sine may differ in its last bit, so the samples are compared and not the bytes.
        assert np.allclose(decode(data, name).samples, shipped(name).samples, atol=2 / 32768)
