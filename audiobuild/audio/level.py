"""Loudness, true peak, limiting and edges (layer 3).

Loudness is stated *as heard*: a mono file comes out of two loudspeakers, so it counts as two equal channels, which is
3.01 dB more than its one channel alone.

Source: ITU-R BS.1770-4 (K-weighting, gating, true peak); EBU R 128 (units).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from audiobuild.audio.clip import Clip, Samples
from audiobuild.audio.codec import resample

DUAL_MONO_LU = 10 * math.log10(2)
"""What one channel gains when it comes out of two loudspeakers."""

SILENT_LUFS = -70.0
"""The absolute gate of BS.1770-4: what is quieter does not count."""

_RELATIVE_GATE_LU = -10.0
_BLOCK_S = 0.4
_OVERSAMPLING = 4
_LOOK_AHEAD_MS = 4
_EDGE_MARGIN_MS = 20
_EDGE_BELOW_PEAK_DB = -50.0
_EDGE_WINDOW_MS = 5
_EDGE_FADE_MS = 5
"""Shorter than the margin, so that a fade is over before the sound begins."""


def block_loudness(clip: Clip) -> tuple[float, ...]:
    """Measure each block of 400 ms, one every 100 ms, in LUFS as heard, to a hundredth; silence counts as -70.

    A clip shorter than a block is measured as if silence followed it.
    """
    samples = clip.samples.astype(np.float64)
    shortest = math.ceil(_BLOCK_S * clip.rate_hz) + 1
    if len(samples) < shortest:
        samples = np.concatenate([samples, np.zeros((shortest - len(samples), *samples.shape[1:]))])
    import pyloudnorm  # brings much of scipy, 0.6 s, which a build that makes no take does without

    meter = pyloudnorm.Meter(clip.rate_hz)
    meter.integrated_loudness(samples)
    heard = np.asarray(meter.blockwise_loudness) + (DUAL_MONO_LU if clip.channels == 1 else 0)
    blocks = np.maximum(heard, SILENT_LUFS)
    return tuple(round(float(value), 2) for value in blocks)


def integrated_loudness(blocks_lufs: Iterable[float]) -> float:
    """Gate the blocks of a programme and average them, in LUFS; -70 where nothing is above the gate.

    Source: ITU-R BS.1770-4 annex 1, equations 5 to 7.
    """
    blocks = np.fromiter(blocks_lufs, dtype=np.float64)
    blocks = blocks[blocks > SILENT_LUFS]
    if not len(blocks):
        return SILENT_LUFS
    gate = _mean_lufs(blocks) + _RELATIVE_GATE_LU
    return _mean_lufs(blocks[blocks > gate])


def _mean_lufs(blocks: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    return 10 * math.log10(float(np.mean(10 ** (blocks / 10))))


def true_peak_dbtp(clip: Clip) -> float:
    """Measure the highest peak of the wave that the samples stand for, in dB of full scale; -120 for silence."""
    if not len(clip.samples):
        return -120.0
    peak = float(np.max(oversampled_peaks(clip)))
    return round(20 * math.log10(max(peak, 1e-6)), 2)


def oversampled_peaks(clip: Clip) -> Samples:
    """Highest magnitude, of both channels, in the neighbourhood of each sample, shape (samples,)."""
    wave = _magnitude(resample(clip, clip.rate_hz * _OVERSAMPLING).samples)
    wanted = len(clip.samples) * _OVERSAMPLING
    wave = np.pad(wave[:wanted], (0, max(0, wanted - len(wave))))
    peaks = _magnitude(clip.samples)
    for place in range(_OVERSAMPLING):  # over strides: numpy is slow along an axis of four
        np.maximum(peaks, wave[place::_OVERSAMPLING], out=peaks)
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
    power = float(np.mean(np.square(clip.samples, dtype=np.float64))) if len(clip.samples) else 0.0
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
    if not len(peaks) or float(peaks.max()) <= ceiling:
        return clip
    from scipy.ndimage import minimum_filter1d, uniform_filter1d

    half = 2 * (clip.rate_hz * _LOOK_AHEAD_MS // 2000) + 1
    needed = np.minimum(np.float32(1), ceiling / np.maximum(peaks, np.float32(1e-9)))
    gain = minimum_filter1d(needed, 2 * half - 1, mode="nearest")
    for _ in range(2):
        gain = uniform_filter1d(gain, half, mode="nearest")
    return Clip(clip.samples * (gain if clip.channels == 1 else gain[:, np.newaxis]), clip.rate_hz)


def sounding_span(clip: Clip) -> tuple[int, int]:
    """Find where the sound starts and ends, in samples; (0, 0) for silence.

    Sound is what comes within 50 dB of the loudest 5 ms: by level, so that no soft consonant is lost.
    """
    window = max(1, clip.rate_hz * _EDGE_WINDOW_MS // 1000)
    windows = -(-len(clip.samples) // window)
    by_channel = _by_channel(clip.samples)
    padded = np.pad(by_channel, ((0, windows * window - len(by_channel)), (0, 0)))
    power = np.mean(np.square(padded.reshape(windows, window * clip.channels), dtype=np.float64), axis=1)
    if not len(power) or power.max() <= 0:
        return 0, 0
    loud = np.flatnonzero(power > power.max() * 10 ** (_EDGE_BELOW_PEAK_DB / 10))
    return int(loud[0]) * window, min(len(clip.samples), (int(loud[-1]) + 1) * window)


def trim_edges(clip: Clip) -> tuple[Clip, int]:
    """Bring the silence before and behind the sound to 20 ms, and fade it, so that no joint clicks.

    Returns:
        The clip, and how many samples of the given one lie before it: less than none where silence was added. A clip
        without sound comes back empty.
    """
    start, end = sounding_span(clip)
    if not end:
        return Clip(clip.samples[:0], clip.rate_hz), 0
    margin = clip.rate_hz * _EDGE_MARGIN_MS // 1000
    before, after = max(0, margin - start), max(0, end + margin - len(clip.samples))
    kept = _by_channel(clip.samples)[max(0, start - margin) : end + margin]
    samples = np.pad(kept, ((before, after), (0, 0)))
    rise = np.sin(np.linspace(0, np.pi / 2, clip.rate_hz * _EDGE_FADE_MS // 1000, endpoint=False)) ** 2
    samples[: len(rise)] *= rise[:, np.newaxis]
    samples[len(samples) - len(rise) :] *= rise[::-1, np.newaxis]
    return Clip(samples.reshape(-1, *clip.samples.shape[1:]), clip.rate_hz), start - margin
