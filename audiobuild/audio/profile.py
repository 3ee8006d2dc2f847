"""How the sound of a file runs: a value that answers for the whole, a stretch of it, or a picture's columns (layer 3).

`audiobuild.audio.measurement` makes it of a file. That of eight hours holds about 25 MB.

Loudness is stated as heard, as everywhere in this package: see `audiobuild.audio.loudness`.

Source: ITU-R BS.1770-4 (loudness, true peak); EBU Tech 3341 (short-term loudness) and 3342 (loudness range); ACX's
requirements for audio books (RMS, noise floor).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from audiobuild.audio.loudness import SILENT_LUFS, integrated_loudness

Series: TypeAlias = NDArray[np.float32]
"""One value for each step of time, shape (steps,)."""
Indices: TypeAlias = NDArray[np.intp]

DIGITAL_SILENCE_DB = -120.0
"""What stands for the level of nothing at all."""
QUIET_DB = -60.0
"""RMS under which a moment counts as silent: ACX's limit for noise."""

BLOCKS_PER_S = 10
"""How many blocks of loudness start in a second."""
STEPS_PER_S = 50
"""The fewest steps that a profile has of a second, and what silences are found by."""

_BLOCK_MS = 400
_SHORT_TERM_BLOCKS = 27
"""Blocks that lie wholly within three seconds."""
_NOISE_WINDOW_MS = 500
_RANGE_GATE_LU = -20.0
_RANGE_PERCENTILES = (10, 95)


@dataclass(frozen=True, slots=True)
class StretchLevel:
    """How loud a stretch of a file is."""

    loudness_lufs: float | None
    """Integrated; None where the stretch holds no whole block of 400 ms."""
    peak_dbtp: float


@dataclass(frozen=True, slots=True)
class Silence:
    """A stretch in which nothing is heard."""

    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Column:
    """What a picture shows of one stretch of time, all stretches being equally long."""

    low: float
    """The lowest sample of any channel, -1 to 1."""
    high: float
    """The highest."""
    rms: float
    """Root of the mean square over all channels, 0 to 1."""
    peak_dbtp: float
    quietest_lufs: float
    """The least short-term loudness (windows of 3 s) whose middle lies here."""
    loudness_lufs: float
    """The mean of the short-term loudness."""
    loudest_lufs: float


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What one pass over a file found."""

    samples: int
    """Length of the file, in samples of one channel."""
    rate_hz: int
    blocks_lufs: Series
    """Loudness of each 400 ms block, every 100 ms."""
    steps_per_s: int
    """How many steps a second has: a multiple of 50."""
    low: Series
    """Lowest sample of each step, -1 to 1."""
    high: Series
    """Highest sample of each step."""
    power: Series
    """Mean square of each step over all channels."""
    peak: Series
    """True peak of each step as an amplitude; 1 is full scale."""

    @property
    def duration_ms(self) -> int:
        """Length of the sound that is there, to the nearest millisecond."""
        return round(1000 * self.samples / self.rate_hz)

    @property
    def loudness_lufs(self) -> float:
        """Integrated loudness; -70 for silence."""
        return round(integrated_loudness(self.blocks_lufs.tolist()), 2)

    @property
    def peak_dbtp(self) -> float:
        """True peak."""
        return _db(float(self.peak.max()))

    @property
    def sample_peak_db(self) -> float:
        """The highest sample, in dB of full scale."""
        return _db(max(-float(self.low.min()), float(self.high.max())))

    @property
    def rms_db(self) -> float:
        """Root mean square of the whole, in dB of full scale: a full sine is -3.01."""
        return _db(math.sqrt(float(self.power.mean(dtype=np.float64))))

    @property
    def noise_floor_db(self) -> float:
        """RMS of the quietest half second, in dB of full scale."""
        return _db(math.sqrt(max(0.0, float(_moving_mean(self.power, self._steps(_NOISE_WINDOW_MS)).min()))))

    @property
    def loudness_range_lu(self) -> float | None:
        """How far loud and soft are apart (EBU Tech 3342); None for less than three seconds, and for silence."""
        if len(self.blocks_lufs) < _SHORT_TERM_BLOCKS:
            return None
        windows = _lufs(_moving_mean(10 ** (self.blocks_lufs / 10), _SHORT_TERM_BLOCKS))
        windows = windows[windows > SILENT_LUFS + 0.01]  # blocks are stated to a hundredth
        if not len(windows):
            return None
        gate = 10 * math.log10(float(np.mean(10 ** (windows / 10)))) + _RANGE_GATE_LU
        soft, loud = np.percentile(windows[windows >= gate], _RANGE_PERCENTILES)
        return round(float(loud - soft), 2)

    @property
    def sounding_ms(self) -> tuple[int, int]:
        """Where the first sound starts and the last one ends; (0, 0) for silence."""
        sounding = np.flatnonzero(~self._quiet())
        if not len(sounding):
            return 0, 0
        step_ms = 1000 // STEPS_PER_S
        return int(sounding[0]) * step_ms, min(self.duration_ms, (int(sounding[-1]) + 1) * step_ms)

    def silences(self, longer_than_ms: int) -> tuple[Silence, ...]:
        """Find what is silent between the first sound and the last; before and after them is not counted."""
        quiet = self._quiet()
        edges = np.flatnonzero(np.diff(quiet.astype(np.int8))) + 1
        if quiet[0]:
            edges = edges[1:]
        step_ms = 1000 // STEPS_PER_S
        # What is silent to the end has a start alone.
        pairs = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=False)
        spans = [Silence(start * step_ms, end * step_ms) for start, end in pairs]
        return tuple(span for span in spans if span.end_ms - span.start_ms > longer_than_ms)

    def level(self, start_ms: int, end_ms: int) -> StretchLevel:
        """Measure a stretch by what lies wholly within it."""
        first = math.ceil(start_ms * BLOCKS_PER_S / 1000)
        behind = max(first, (end_ms - _BLOCK_MS) * BLOCKS_PER_S // 1000 + 1)
        blocks = self.blocks_lufs[first:behind].tolist()
        start = min(len(self.peak) - 1, round(start_ms * self.steps_per_s / 1000))
        peaks = self.peak[start : max(start + 1, round(end_ms * self.steps_per_s / 1000))]
        return StretchLevel(round(integrated_loudness(blocks), 2) if blocks else None, _db(float(peaks.max())))

    def columns(self, count: int) -> tuple[Column, ...]:
        """Divide the file into equal stretches; steps that are longer than one are repeated."""
        starts = np.arange(count) * len(self.power) // count
        power = np.add.reduceat(self.power, starts) / step_lengths(starts, len(self.power))
        peaks = np.maximum.reduceat(self.peak, starts)
        return tuple(
            Column(low, high, rms, _db(peak), *loudness)
            for low, high, rms, peak, loudness in zip(
                np.minimum.reduceat(self.low, starts).tolist(),
                np.maximum.reduceat(self.high, starts).tolist(),
                np.sqrt(power).tolist(),
                peaks.tolist(),
                self._short_term(count),
                strict=True,
            )
        )

    def _short_term(self, count: int) -> Iterator[tuple[float, float, float]]:
        """The least, mean and greatest short-term loudness of each column; at the ends, of as much as there is."""
        total = len(self.blocks_lufs)
        sums = np.concatenate(([0.0], np.cumsum(10 ** (self.blocks_lufs.astype(np.float64) / 10))))
        middles = np.arange(total)
        left = np.maximum(0, middles - _SHORT_TERM_BLOCKS // 2)
        right = np.minimum(total, middles + _SHORT_TERM_BLOCKS // 2 + 1)
        curve = _lufs((sums[right] - sums[left]) / (right - left))
        seconds = self.samples / self.rate_hz
        first_middle_s = _BLOCK_MS / 2000
        if total < count:
            middles_s = (np.arange(count) + 0.5) * seconds / count
            values = np.interp(middles_s, first_middle_s + np.arange(total) / BLOCKS_PER_S, curve).tolist()
            return iter(zip(values, values, values, strict=True))
        places = (np.arange(count) * seconds / count - first_middle_s) * BLOCKS_PER_S
        starts = np.clip(np.ceil(places), 0, total - 1).astype(np.intp)
        means = np.add.reduceat(curve, starts) / step_lengths(starts, total)
        lowest, highest = np.minimum.reduceat(curve, starts), np.maximum.reduceat(curve, starts)
        return iter(zip(lowest.tolist(), means.tolist(), highest.tolist(), strict=True))

    def _steps(self, duration_ms: int) -> int:
        return duration_ms * self.steps_per_s // 1000

    def _quiet(self) -> NDArray[np.bool_]:
        """Whether each fiftieth of a second is silent."""
        starts = np.arange(0, len(self.power), self.steps_per_s // STEPS_PER_S)
        power = np.add.reduceat(self.power, starts) / step_lengths(starts, len(self.power))
        quiet: NDArray[np.bool_] = power < 10 ** (QUIET_DB / 10)
        return quiet


def step_lengths(starts: Indices, total: int) -> Indices:
    """Count the values that each stretch of `reduceat` holds: one where two start at the same place."""
    lengths: Indices = np.maximum(1, np.diff(starts, append=total))
    return lengths


def _moving_mean(values: NDArray[Any], width: int) -> NDArray[np.float64]:
    """Means of all runs of that many values; of all values where there are fewer."""
    sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    width = max(1, min(width, len(values)))
    return (sums[width:] - sums[:-width]) / width


def _lufs(power: NDArray[np.float64]) -> NDArray[np.float64]:
    """What `10 ** (lufs / 10)` was made of; -70 where sums lost it."""
    loudness: NDArray[np.float64] = 10 * np.log10(np.maximum(power, 10 ** (SILENT_LUFS / 10)))
    return loudness


def _db(amplitude: float) -> float:
    return round(20 * math.log10(max(amplitude, 10 ** (DIGITAL_SILENCE_DB / 20))), 2)
