"""Loudness, true peak, limiting and edges (layer 3).

Loudness is stated *as heard*: a mono file comes out of two loudspeakers, so it counts as two equal channels, which is
3.01 dB more than its one channel alone.

Source: ITU-R BS.1770-4 (K-weighting, gating, true peak); EBU R 128 (units).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from audiobuild.audio.clip import Clip, Samples
from audiobuild.audio.codec import decode_blocks, resample

DUAL_MONO_LU = 10 * math.log10(2)
"""What one channel gains when it comes out of two loudspeakers."""

SILENT_LUFS = -70.0
"""The absolute gate of BS.1770-4: what is quieter does not count."""

_RELATIVE_GATE_LU = -10.0
_BLOCK_S = 0.4
_OVERSAMPLING = 4
_MEASURED_AT_ONCE_MS = 60_000
_LOOK_AHEAD_MS = 4
_EDGE_MARGIN_MS = 20
_EDGE_BELOW_PEAK_DB = -50.0
_EDGE_WINDOW_MS = 5


def block_loudness(clip: Clip) -> tuple[float, ...]:
    """Measure each block of 400 ms, one every 100 ms, in LUFS as heard, to a hundredth; silence counts as -70.

    A clip shorter than a block is measured as if silence followed it.
    """
    samples = clip.samples.astype(np.float64)
    shortest = math.ceil(_BLOCK_S * clip.rate_hz) + 1
    if len(samples) < shortest:
        samples = np.pad(samples, (0, shortest - len(samples)))
    import pyloudnorm  # brings much of scipy, 0.6 s, which a build that makes no take does without

    meter = pyloudnorm.Meter(clip.rate_hz)
    meter.integrated_loudness(samples)
    blocks = np.maximum(np.asarray(meter.blockwise_loudness) + DUAL_MONO_LU, SILENT_LUFS)
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
    peak = float(np.max(_oversampled_peaks(clip)))
    return round(20 * math.log10(max(peak, 1e-6)), 2)


def _oversampled_peaks(clip: Clip) -> Samples:
    """Highest magnitude in the neighbourhood of each sample, shape (samples,)."""
    wave = resample(clip, clip.rate_hz * _OVERSAMPLING).samples
    wanted = len(clip.samples) * _OVERSAMPLING
    wave = np.abs(np.pad(wave[:wanted], (0, max(0, wanted - len(wave)))))
    peaks: Samples = np.maximum(wave.reshape(-1, _OVERSAMPLING).max(axis=1), np.abs(clip.samples))
    return peaks


def measure_file(path: Path) -> tuple[float, float]:
    """Measure a sound file of any length: integrated loudness in LUFS as heard, and true peak in dBTP.

    Raises:
        SoundError: the file is no sound.
    """
    blocks: list[float] = []
    peak_dbtp = -120.0
    for clip in decode_blocks(path, _MEASURED_AT_ONCE_MS):
        blocks.extend(block_loudness(clip))
        peak_dbtp = max(peak_dbtp, true_peak_dbtp(clip))
    return round(integrated_loudness(blocks), 2), peak_dbtp


def apply_gain(clip: Clip, gain_db: float) -> Clip:
    """Make a clip louder or quieter."""
    return Clip(clip.samples * np.float32(10 ** (gain_db / 20)), clip.rate_hz)


def limit(clip: Clip, ceiling_dbtp: float) -> Clip:
    """Hold the true peak under the ceiling; what never reaches it comes through unchanged.

    The gain that each sample needs is found from the oversampled wave, held over the look-ahead, then smoothed over
    the same time: so it is down before the peak comes, and moves without a click.
    """
    ceiling = np.float32(10 ** (ceiling_dbtp / 20))
    peaks = _oversampled_peaks(clip)
    if not len(peaks) or float(peaks.max()) <= ceiling:
        return clip
    from scipy.ndimage import minimum_filter1d

    width = 2 * (clip.rate_hz * _LOOK_AHEAD_MS // 1000) + 1
    needed = np.minimum(np.float32(1), ceiling / np.maximum(peaks, np.float32(1e-9)))
    held = minimum_filter1d(needed, width, mode="nearest")
    window = np.hanning(width + 2)[1:-1]
    smooth = np.convolve(np.pad(held, width // 2, mode="edge"), window / window.sum(), mode="valid")
    return Clip((clip.samples * smooth).astype(np.float32), clip.rate_hz)


def sounding_span(clip: Clip) -> tuple[int, int]:
    """Find where the sound starts and ends, in samples, with a margin of 20 ms; (0, 0) for silence.

    Sound is what comes within 50 dB of the loudest 5 ms: by level, so that no soft consonant is lost.
    """
    window = max(1, clip.rate_hz * _EDGE_WINDOW_MS // 1000)
    windows = -(-len(clip.samples) // window)
    padded = np.pad(clip.samples, (0, windows * window - len(clip.samples)))
    power = np.mean(np.square(padded.reshape(windows, window), dtype=np.float64), axis=1)
    if not len(power) or power.max() <= 0:
        return 0, 0
    loud = np.flatnonzero(power > power.max() * 10 ** (_EDGE_BELOW_PEAK_DB / 10))
    margin = clip.rate_hz * _EDGE_MARGIN_MS // 1000
    start = max(0, int(loud[0]) * window - margin)
    end = min(len(clip.samples), (int(loud[-1]) + 1) * window + margin)
    return start, end
