"""Loudness is what BS.1770-4 says, and what ffmpeg measures."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobuild.audio.clip import Clip
from audiobuild.audio.loudness import (
    SILENT_LUFS,
    block_loudness,
    frame_levels,
    integrated_loudness,
    joined_block_loudness,
    k_weighting,
)
from audiobuild.audio.measurement import profile_file
from audiobuild.errors import SoundError
from audiobuild.model.values import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME
from tests.signals import bursts, file_of, measured_by_ffmpeg, noise, tone

SHELF = (1.53512485958697, -2.69169618940638, 1.19839281085285), (1, -1.69065929318241, 0.73248077421585)
HIGH_PASS = (1, -2, 1), (1, -1.99004745483398, 0.99007225036621)
"""Numerators and denominators at 48 kHz, in powers of a sample's delay. Source: BS.1770-4 annex 1, tables 1 and 2."""


def test_the_weighting_at_48_khz_is_that_of_the_standard() -> None:
    delay = np.exp(-2j * np.pi * np.fft.rfftfreq(4096))

    above, below = (
        [np.polynomial.Polynomial(part)(delay) for part in parts] for parts in zip(SHELF, HIGH_PASS, strict=True)
    )
    want = np.prod(above, axis=0) / np.prod(below, axis=0)
    assert np.abs(k_weighting(48_000, 4096) - want).max() < 1e-5


@pytest.mark.parametrize("rate_hz", [8_000, 22_050, 44_100, 96_000])
def test_the_weighting_of_a_frequency_is_the_same_at_every_rate(rate_hz: int) -> None:
    """Up to a tenth of the rate, behind which the bilinear transform bends the frequencies."""
    size = 20 * rate_hz
    here = np.abs(k_weighting(rate_hz, size))[: size // 10 : 20]
    there = np.abs(k_weighting(48_000, 20 * 48_000))[: len(here) * 20 : 20]
    assert here[1:] == pytest.approx(there[1:], rel=0.02)


@pytest.mark.parametrize("rate_hz", [11_025, 44_100])
def test_blocks_of_two_channels_hold_the_sound_of_both(rate_hz: int) -> None:
    left, right = noise(rate_hz * 2, 3).samples, np.zeros(rate_hz * 2, np.float32)
    one = block_loudness(Clip(np.column_stack([left, right]), rate_hz))
    both = block_loudness(Clip(np.column_stack([left, left]), rate_hz))
    assert np.subtract(both, one) == pytest.approx(10 * np.log10(2), abs=0.011)
    assert both == block_loudness(Clip(left, rate_hz))


@pytest.mark.parametrize(("seconds", "level"), [(8, 0.9), (13, 0.2), (20.3, 0.02), (61, 0.3)])
def test_loudness_is_what_ffmpeg_measures(seconds: float, level: float, tmp_path: Path) -> None:
    """The longest is read in three pieces."""
    clip = bursts(seconds, seed=round(seconds), level=level)
    path = file_of(clip, tmp_path)
    theirs, _ = measured_by_ffmpeg(path)
    assert profile_file(path).loudness_lufs == pytest.approx(theirs, abs=0.1)
    assert integrated_loudness(block_loudness(clip)) == pytest.approx(theirs, abs=0.1)


def test_loudness_of_speech_with_long_silences_does_not_count_the_silences(tmp_path: Path) -> None:
    speech, silence = bursts(6, seed=31), Clip.silence(10 * SAMPLE_RATE_HZ, SAMPLE_RATE_HZ)
    clip = Clip.joined([silence, speech, silence, speech, silence])
    theirs, _ = measured_by_ffmpeg(file_of(clip, tmp_path))
    ours = integrated_loudness(block_loudness(clip))
    assert ours == pytest.approx(theirs, abs=0.1)
    assert ours == pytest.approx(integrated_loudness(block_loudness(speech)), abs=0.5)


@pytest.mark.parametrize(("word_ms", "pause_ms"), [(90, 60), (350, 600), (600, 60), (450, 1500)])
def test_loudness_of_words_laid_end_to_end_is_what_ffmpeg_measures(word_ms: int, pause_ms: int, tmp_path: Path) -> None:
    """Each is a clip of its own, of whole frames; ffmpeg hears the whole."""
    clips = []
    for number in range(60):
        word = bursts(0.25 + word_ms / 1000, number, 0.1 + number % 7 * 0.02).samples[-word_ms * 44 :]
        missing = -(len(word) + pause_ms * 44) % SAMPLES_PER_FRAME
        clips.append(Clip.joined([Clip(word, SAMPLE_RATE_HZ), Clip.silence(pause_ms * 44 + missing, SAMPLE_RATE_HZ)]))
    theirs, _ = measured_by_ffmpeg(file_of(Clip.joined(clips), tmp_path))
    ours = integrated_loudness(joined_block_loudness(map(frame_levels, clips)))
    assert ours == pytest.approx(theirs, abs=0.05)


@pytest.mark.parametrize("rate_hz", [22_050, 24_000, 44_100, 48_000])
def test_a_full_scale_sine_of_one_kilohertz_in_both_ears_is_zero(rate_hz: int) -> None:
    """BS.1770-4: in one channel it is -3.01 LUFS."""
    blocks = block_loudness(tone(rate_hz * 3, 997, 1, rate_hz))
    assert integrated_loudness(blocks) == pytest.approx(0, abs=0.1)


def test_there_is_a_block_for_every_tenth_of_a_second_once_one_is_full() -> None:
    assert len(block_loudness(bursts(3, seed=32))) == 27


@pytest.mark.parametrize("samples", [0, 1, 100, 17_640, 17_641])
def test_clips_shorter_than_a_block_have_one_block(samples: int) -> None:
    assert len(block_loudness(noise(samples, 33))) == 1


def test_silence_is_minus_seventy() -> None:
    blocks = block_loudness(Clip.silence(SAMPLE_RATE_HZ, SAMPLE_RATE_HZ))
    assert set(blocks) == {SILENT_LUFS}
    assert integrated_loudness(blocks) == SILENT_LUFS
    assert integrated_loudness([]) == SILENT_LUFS


def test_blocks_ten_units_below_the_mean_do_not_count() -> None:
    """The mean of as many at -20 and far below is -23, so the gate stands at -33."""
    assert integrated_loudness([-20.0] * 10 + [-33.5] * 10) == pytest.approx(-20)
    assert integrated_loudness([-20.0] * 10 + [-29.0] * 10) == pytest.approx(-22.5, abs=0.05)


@given(st.lists(st.floats(-70, 0), max_size=50))
def test_the_loudness_of_a_programme_lies_among_its_blocks(blocks: list[float]) -> None:
    assert SILENT_LUFS - 1e-9 <= integrated_loudness(blocks) <= max([SILENT_LUFS, *blocks]) + 1e-9


def test_measuring_what_is_no_sound_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    path.write_bytes(b"no sound")
    with pytest.raises(SoundError):
        profile_file(path)
