"""espeak-ng speaks as many semitones higher or lower as it is asked to, measured on its vowels."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from audiobuild.audio.clip import Clip
from audiobuild.engines.espeak import Espeak
from audiobuild.engines.registry import open_engine
from audiobuild.errors import EngineError
from audiobuild.model.values import Voice

SONOROUS = "Mamma Mumu may meet a lean moo; no more memory, Lulu."
"""Hardly a sound in it has no voice."""


def say(semitones: float, name: str = "en-gb") -> Clip:
    return Espeak(Voice("espeak", name, pitch_semitones=semitones), "en-GB").synthesise(SONOROUS).clip


def fundamental_hz(sound: NDArray[np.float64], rate_hz: int) -> float:
    """Find the period at which a window is most like itself; 0 where it is like itself at none."""
    half = len(sound) // 2
    here = sound[:half]
    lags = np.arange(rate_hz // 450, rate_hz // 45)
    size = len(sound) + half
    products = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(here, size).conj(), size)[lags]
    energy = np.concatenate([[0.0], np.cumsum(sound**2)])
    likeness = products / np.sqrt((energy[lags + half] - energy[lags]) * energy[half] + 1e-9)
    best = float(likeness.max())
    if best < 0.6:
        return 0.0
    peaks = [n for n in range(1, len(lags) - 1) if likeness[n - 1] < likeness[n] >= likeness[n + 1]]
    return next((rate_hz / lags[n] for n in peaks if likeness[n] > 0.97 * best), 0.0)


@cache
def melody_hz(semitones: float, name: str) -> tuple[float, float, float]:
    """The three quartiles of the fundamental frequency."""
    clip = say(semitones, name)
    window = clip.rate_hz // 10
    starts = range(0, len(clip.samples) - window, window // 4)
    parts = (clip.samples[start : start + window].astype(np.float64) for start in starts)
    found = [
        hertz for part in parts if part.std() > 0.01 and (hertz := fundamental_hz(part - part.mean(), clip.rate_hz))
    ]
    assert len(found) > 40
    low, middle, high = np.percentile(found, [25, 50, 75])
    return float(low), float(middle), float(high)


@pytest.mark.parametrize(("name", "within"), [("en-gb", 0.4), ("en-us", 0.4), ("en-gb-x-rp", 0.4), ("en-gb+f3", 1.1)])
@pytest.mark.parametrize("semitones", [-9.0, -4.0, -1.5, 2.0, 6.0, 9.0])
def test_the_whole_melody_moves_by_the_semitones_asked_for(name: str, within: float, semitones: float) -> None:
    moved, own = melody_hz(semitones, name), melody_hz(0.0, name)
    heard = [12 * float(np.log2(there / here)) for there, here in zip(moved, own, strict=True)]
    assert heard == pytest.approx([semitones] * 3, abs=within)


def test_another_pitch_is_another_fingerprint_and_another_sound_of_the_same_speed() -> None:
    engines = [Espeak(Voice("espeak", pitch_semitones=semitones), "en-GB") for semitones in (0.0, 0.25, -0.25, 3.0)]
    assert len({engine.fingerprint for engine in engines}) == len(engines)
    assert len({engine.synthesise(SONOROUS).clip.to_pcm16() for engine in engines}) == len(engines)
    assert say(5).duration_ms == pytest.approx(say(0).duration_ms, rel=0.02)


@pytest.mark.parametrize("semitones", [-9.1, 9.1, 100.0, float("nan")])
def test_a_pitch_out_of_reach_is_an_error_that_says_how_far_it_goes(semitones: float) -> None:
    with pytest.raises(EngineError, match="pitch") as caught:
        open_engine(Voice("espeak", pitch_semitones=semitones), "en-GB")
    assert "from -9 to 9 semitones" in caught.value.hint
