"""True peak, limiting and edges (layer 3).

Source: ITU-R BS.1770-4 annex 2 (true peak).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from audiobuild.audio.clip import Clip, Samples
from audiobuild.audio.codec import resample

_OVERSAMPLING = 4
_PIECE_S = 10
_PIECE_SAMPLES = _PIECE_S * 48_000
"""How much of a sound is oversampled at once, whatever its rate."""
_CONTEXT_MS = 50
"""What is heard before and after a piece, so that no filter starts in its midst."""
_LOOK_AHEAD_MS = 4
EDGE_MARGIN_MS = 20
_EDGE_BELOW_PEAK_DB = -50.0
_EDGE_WINDOW_MS = 5
_EDGE_FADE_MS = 5
"""Shorter than the margin, so that a fade is over before the sound begins."""


def true_peak_dbtp(clip: Clip) -> float:
    """Measure the highest peak of the wave that the samples stand for, in dB of full scale; -120 for silence."""
    if not len(clip.samples):
        return -120.0
    peak = float(np.max(oversampled_peaks(clip)))
    return round(20 * math.log10(max(peak, 1e-6)), 2)


def oversampled_peaks(clip: Clip) -> Samples:
    """Highest magnitude, of both channels, in the neighbourhood of each sample, shape (samples,)."""
    peaks = _magnitude(clip.samples)
    length, context = len(peaks), clip.rate_hz * _CONTEXT_MS // 1000
    piece = min(clip.rate_hz * _PIECE_S, _PIECE_SAMPLES)
    for start in range(0, length, piece):  # a piece at a time: the wave has four times as many samples
        end, first = min(start + piece, length), max(0, start - context)
        heard = Clip(clip.samples[first : end + context], clip.rate_hz)
        wave = _magnitude(resample(heard, clip.rate_hz * _OVERSAMPLING).samples)[(start - first) * _OVERSAMPLING :]
        for place in range(_OVERSAMPLING):  # over strides: numpy is slow along an axis of four
            strand = wave[place::_OVERSAMPLING][: end - start]
            here = peaks[start : start + len(strand)]
            np.maximum(here, strand, out=here)
    return peaks


def _magnitude(samples: Samples) -> Samples:
    """Magnitude of each sample, of the louder channel where there are two, shape (samples,)."""
    magnitude: Samples = np.abs(samples)
    return magnitude if magnitude.ndim == 1 else np.maximum(magnitude[:, 0], magnitude[:, 1])


def _by_channel(samples: Samples) -> Samples:
    """The samples in shape (samples, channels), mono too."""
    return samples[:, np.newaxis] if samples.ndim == 1 else samples


def rms_dbfs(clip: Clip) -> float:
    """Measure the root mean square of all samples, in dB relative to a sample of 1; -120 for silence."""
    flat = clip.samples.reshape(-1)
    pieces = (flat[start : start + _PIECE_SAMPLES] for start in range(0, len(flat), _PIECE_SAMPLES))
    power = sum(float(np.sum(np.square(piece, dtype=np.float64))) for piece in pieces) / max(1, len(flat))
    return round(10 * math.log10(max(power, 1e-12)), 2)


def apply_gain(clip: Clip, gain_db: float) -> Clip:
    """Make a clip louder or quieter."""
    return Clip(clip.samples * np.float32(10 ** (gain_db / 20)), clip.rate_hz)


def limit(clip: Clip, ceiling_dbtp: float) -> Clip:
    """Hold the true peak under the ceiling; what never reaches it comes through unchanged.

    The gain that each sample needs is found from the oversampled wave, held over the look-ahead, then smoothed over
    the same time by two moving means: so it is down before the peak comes, and moves without a click.
    """
    ceiling = np.float32(10 ** (ceiling_dbtp / 20))
    peaks = oversampled_peaks(clip)
    over = np.flatnonzero(peaks > ceiling)
    if not len(over):
        return clip
    half = 2 * (clip.rate_hz * _LOOK_AHEAD_MS // 2000) + 1
    reach = 2 * half
    samples = clip.samples.copy()
    apart = np.flatnonzero(np.diff(over) > 2 * reach)
    for first, last in zip(over[np.append(0, apart + 1)], over[np.append(apart, -1)], strict=True):
        here = slice(max(0, first - reach), last + reach + 1)
        needed = np.minimum(np.float32(1), ceiling / np.maximum(peaks[here], np.float32(1e-9)))
        gain = _moving_mean(_moving_mean(_moving_minimum(needed, 2 * half - 1), half), half)
        samples[here] *= gain if clip.channels == 1 else gain[:, np.newaxis]
    return Clip(samples, clip.rate_hz)


def _moving_minimum(values: Samples, width: int) -> Samples:
    """The least of the values around each, its own in the middle of so many, an odd number; shape as it was.

    Source: M. van Herk, A fast algorithm for local minimum and maximum filters, Pattern Recognition Letters 13 (1992).
    """
    blocks = -(-(len(values) + width - 1) // width)
    around = np.pad(values, (width // 2, blocks * width - len(values) - width // 2), mode="edge").reshape(-1, width)
    since = np.minimum.accumulate(around, axis=1).ravel()
    until = np.minimum.accumulate(around[:, ::-1], axis=1)[:, ::-1].ravel()
    least: Samples = np.minimum(until[: len(values)], since[width - 1 : width - 1 + len(values)])
    return least


def _moving_mean(values: Samples, width: int) -> Samples:
    """The mean of the values around each, its own in the middle of so many, an odd number; shape as it was."""
    around = np.pad(values, (width // 2 + 1, width // 2), mode="edge")
    sums = np.cumsum(around, dtype=np.float64)
    mean: Samples = ((sums[width:] - sums[:-width]) / width).astype(np.float32)
    return mean


def sounding_span(clip: Clip) -> tuple[int, int]:
    """Find where the sound starts and ends, in samples; (0, 0) for silence.

    Sound is what comes within 50 dB of the loudest 5 ms: by level, so that no soft consonant is lost.
    """
    window = max(1, clip.rate_hz * _EDGE_WINDOW_MS // 1000)
    piece = window * (_PIECE_SAMPLES // window)
    starts = range(0, len(clip.samples), piece)
    powers = [_window_power(clip.samples[start : start + piece], window) for start in starts]
    power = np.concatenate(powers) if powers else np.zeros(0)
    if not len(power) or power.max() <= 0:
        return 0, 0
    loud = np.flatnonzero(power > power.max() * 10 ** (_EDGE_BELOW_PEAK_DB / 10))
    return int(loud[0]) * window, min(len(clip.samples), (int(loud[-1]) + 1) * window)


def _window_power(samples: Samples, window: int) -> NDArray[np.float64]:
    """Mean square of each run of so many samples, over all channels; behind the last of them is silence."""
    by_channel = _by_channel(samples)
    windows = -(-len(by_channel) // window)
    padded = np.pad(by_channel, ((0, windows * window - len(by_channel)), (0, 0)))
    power: NDArray[np.float64] = np.mean(np.square(padded.reshape(windows, -1), dtype=np.float64), axis=1)
    return power


def trim_edges(clip: Clip) -> tuple[Clip, int]:
    """Bring the silence before and behind the sound to 20 ms, and fade it, so that no joint clicks.

    Returns:
        The clip, and how many samples of the given one lie before it: less than none where silence was added. A clip
        without sound comes back empty.
    """
    start, end = sounding_span(clip)
    if not end:
        return Clip(clip.samples[:0], clip.rate_hz), 0
    margin = clip.rate_hz * EDGE_MARGIN_MS // 1000
    before, after = max(0, margin - start), max(0, end + margin - len(clip.samples))
    kept = _by_channel(clip.samples)[max(0, start - margin) : end + margin]
    samples = np.pad(kept, ((before, after), (0, 0)))
    rise = np.sin(np.linspace(0, np.pi / 2, clip.rate_hz * _EDGE_FADE_MS // 1000, endpoint=False)) ** 2
    samples[: len(rise)] *= rise[:, np.newaxis]
    samples[len(samples) - len(rise) :] *= rise[::-1, np.newaxis]
    return Clip(samples.reshape(-1, *clip.samples.shape[1:]), clip.rate_hz), start - margin
