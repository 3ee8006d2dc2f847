"""Is a clip the speech of its text: a verdict on each clip that an engine gives, before it is kept (layer 3).

What a voice is like is measured once, on its calibration speech: its pace, its silences, how it ends. So the verdict on
a clip is the same whatever was spoken before it.

The constants are measured: on 1,442 texts, from single letters to paragraphs, in espeak-ng at half, normal and double
rate, and on some hundred in two neural voices, no clip that was right came nearer to a limit than a tenth of it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from audiobuild.audio.clip import Clip

_WINDOW_MS = 10
_SOUND_BELOW_TOP_DB = -40.0
"""What is quieter, against the loudest window of its clip, is silence."""
_PAUSE_MS = 200
"""A silence that is shorter belongs to the words around it."""
_END_MS = 3
_RATES_HZ = (4_000, 384_000)
_OVER_FULL_SCALE = 2.0
"""Samples of a lossy codec stand out over full scale, but not by as much as this."""
_SILENT_DBFS = -60.0
_MS_A_LETTER = (12.0, 400.0)
"""No voice is quicker, or slower, at any rate."""
_LEAST, _LEAST_LESS_LETTERS = 0.72, 3.0
_MOST, _MOST_MORE_LETTERS = 1.15, 13.0
"""How far a clip may be from the length that its letters come to at the voice's pace: a factor, and letters beside."""
_SILENCES, _SILENCE_MORE_MS = 3, 2000
"""How much longer than the longest of the calibration speech a silence may be: as a factor, and beside that."""
_BROKEN_OFF_DB = -16.0
"""A clip that at its very end is louder than this, against its loudest window, breaks off in sound."""
_STEADY_DB = 3.0
"""Speech rises and falls by more than this; noise does not."""
_HISS = 0.5
"""How much of a sound lies in the steps from sample to sample; of white noise twice as much as in the samples."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What tells of a clip whether it is speech, and how much of it."""

    top_dbfs: float
    """Level of its loudest window of 10 ms; -120 for none."""
    sounding_ms: int
    """How long it is without its pauses."""
    longest_silence_ms: int
    """At its edges too."""
    end_db: float
    """Level of its last 3 ms, relative to the loudest window."""
    swing_db: float
    """Between the quiet and the loud windows of its sound."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds for all clips of a voice."""

    ms_a_letter: float
    longest_silence_ms: float
    is_steady: bool
    """Whether its level does not move as that of speech does."""
    ends_quietly: bool
    """Whether its speech dies away before its clip ends."""


def measure(clip: Clip) -> Measures:
    """Measure a clip as it came from its engine."""
    mono = clip.with_channels(1).samples
    if not len(mono):
        return Measures(-120.0, 0, 0, 0.0, 0.0)
    window = max(1, clip.rate_hz * _WINDOW_MS // 1000)
    count = -(-len(mono) // window)
    padded = np.pad(mono, (0, count * window - len(mono))).reshape(count, window)
    power = np.einsum("ij,ij->i", padded, padded) / window
    levels = 10 * np.log10(np.maximum(power, 1e-12))
    top = float(levels.max())
    sounding = np.flatnonzero(levels > top + _SOUND_BELOW_TOP_DB)
    silences = (np.diff(np.concatenate(([-1], sounding, [count]))) - 1) * _WINDOW_MS
    short = silences[1:-1][silences[1:-1] < _PAUSE_MS]
    quiet, loud = np.percentile(levels[sounding], (10, 90))
    end = float(np.mean(np.square(mono[-max(1, clip.rate_hz * _END_MS // 1000) :])))
    return Measures(
        top_dbfs=top,
        sounding_ms=len(sounding) * _WINDOW_MS + int(short.sum()),
        longest_silence_ms=int(silences.max()),
        end_db=10 * math.log10(max(end, 1e-12)) - top,
        swing_db=float(loud - quiet),
    )


def limits_of(letters: float, measures: Sequence[Measures]) -> Limits:
    """Find what holds for a voice by its calibration speech.

    Args:
        letters: how many were said, at the least.
        measures: what each of the clips measures.
    """
    return Limits(
        ms_a_letter=sum(each.sounding_ms for each in measures) / letters,
        longest_silence_ms=_SILENCES * max(each.longest_silence_ms for each in measures) + _SILENCE_MORE_MS,
        is_steady=any(each.swing_db < _STEADY_DB for each in measures),
        ends_quietly=all(each.end_db <= _BROKEN_OFF_DB for each in measures),
    )


def find_fault(clip: Clip, letters: tuple[float, float], limits: Limits | None) -> str:
    """Say in a clause what is wrong with a clip; nothing where it may be the speech of its text.

    Args:
        clip: as it came from its engine.
        letters: how many its text has, as they are spoken: the least and the most.
        limits: those of its voice; None where they are still to be found.
    """
    fault = _no_samples(clip)
    if fault:
        return fault
    measured = measure(clip)
    if measured.top_dbfs < _SILENT_DBFS:
        return "gave no sound"
    if measured.swing_db < _STEADY_DB and _hiss(clip) > _HISS:
        return "gave noise, not speech"
    least, most = letters
    if limits is None:
        return _wrong_length(measured.sounding_ms, _MS_A_LETTER[0] * least, _MS_A_LETTER[1] * most)
    if measured.swing_db < _STEADY_DB and not limits.is_steady:
        return "gave a steady sound, not speech"
    least_ms = limits.ms_a_letter * (_LEAST * least - _LEAST_LESS_LETTERS)
    most_ms = limits.ms_a_letter * (_MOST * most + _MOST_MORE_LETTERS)
    fault = _wrong_length(measured.sounding_ms, least_ms, most_ms)
    if fault:
        return fault
    if measured.longest_silence_ms > limits.longest_silence_ms:
        return f"was silent for {measured.longest_silence_ms / 1000:.1f} s"
    if limits.ends_quietly and measured.end_db > _BROKEN_OFF_DB:
        return "broke off in the middle of a sound"
    return ""


def _no_samples(clip: Clip) -> str:
    """Say what is wrong with samples that no sound consists of."""
    if not _RATES_HZ[0] <= clip.rate_hz <= _RATES_HZ[1]:
        return f"gave a sound of {clip.rate_hz} samples a second"
    if not bool(np.isfinite(clip.samples).all()):
        return "gave samples that are no numbers"
    if len(clip.samples) and float(np.abs(clip.samples).max()) > _OVER_FULL_SCALE:
        return "gave samples far over full scale"
    return ""


def _hiss(clip: Clip) -> float:
    """Power of the steps from sample to sample, relative to that of the samples: 0 to 4."""
    mono = clip.with_channels(1).samples
    return float(np.sum(np.square(np.diff(mono))) / max(float(np.sum(np.square(mono))), 1e-12))


def _wrong_length(sounding_ms: float, least_ms: float, most_ms: float) -> str:
    if least_ms <= sounding_ms <= most_ms:
        return ""
    bound = f"at least {least_ms:.0f}" if sounding_ms < least_ms else f"at most {most_ms:.0f}"
    return f"gave {sounding_ms:.0f} ms of speech, where {bound} are to be expected,"
