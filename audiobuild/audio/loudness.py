"""Loudness of blocks and of programmes (layer 3).

Loudness is stated *as heard*: a mono file comes out of two loudspeakers, so it counts as two equal channels, which is
3.01 dB more than its one channel alone.

The weighting is applied in pieces, by its exact frequency response: that takes half the time of a recursive filter from
a library, does without the half second in which that is imported, and needs no more memory for an hour than a second.

Source: ITU-R BS.1770-4 (K-weighting, gating); the filters' analogue originals, of which those for any other rate than
48 kHz are made by the bilinear transform: B. De Man, Evaluation of Implementations of the EBU R128 Loudness
Measurement, AES Convention 145 (2018).
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from audiobuild.audio.clip import Clip, Samples
from audiobuild.model.values import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME

DUAL_MONO_LU = 10 * math.log10(2)
"""What one channel gains when it comes out of two loudspeakers."""

SILENT_LUFS = -70.0
"""The absolute gate of BS.1770-4: what is quieter does not count."""

_NOTHING = -10_000
"""The level of a frame in which next to nothing is heard, in hundredths of a LUFS."""
_RELATIVE_GATE_LU = -10.0
_OFFSET_LU = -0.691
"""What takes away the weighting's gain at 997 Hz."""
_STEPS_PER_S = 10
_STEPS_PER_BLOCK = 4
_SHELF_HZ, _SHELF_GAIN_DB, _SHELF_Q, _SHELF_SLOPE = 1681.974450955533, 3.999843853973347, 0.7071752369554196, 0.49966677
"""The first filter, of the head: a high shelf. Its slope is how much of its gain, in dB, it has at its corner."""
_HIGH_PASS_HZ, _HIGH_PASS_Q = 38.13547087602444, 0.5003270373238773
_HIGH_PASS_GAIN = 1.004994
"""The second filter, of low frequencies; its gain above them is what the numerator 1, -2, 1 of BS.1770-4 comes to."""
_MEMORY_S = 0.1
"""After so long, what a filter was given has died away by 200 dB."""


def block_loudness(clip: Clip) -> tuple[float, ...]:
    """Measure each block of 400 ms, one every 100 ms, in LUFS as heard, to a hundredth; silence counts as -70.

    A clip shorter than a block is measured as if silence followed it.
    """
    full = ((len(clip.samples) + 1) * _STEPS_PER_S - 1) // clip.rate_hz
    steps = max(full, _STEPS_PER_BLOCK)
    edges = np.arange(steps + 1) * clip.rate_hz // _STEPS_PER_S
    sums = np.concatenate([[0.0], np.cumsum(_energies(clip, edges))])
    lengths = edges[_STEPS_PER_BLOCK:] - edges[:-_STEPS_PER_BLOCK]
    heard = _heard((sums[_STEPS_PER_BLOCK:] - sums[:-_STEPS_PER_BLOCK]) / lengths, clip)
    return tuple(round(float(value), 2) for value in np.maximum(heard, SILENT_LUFS))


def frame_levels(clip: Clip) -> array[int]:
    """Measure each frame of a clip at the rate of takes, in hundredths of a LUFS as heard."""
    frames = -(-len(clip.samples) // SAMPLES_PER_FRAME)
    energies = _energies(clip, np.arange(frames + 1) * SAMPLES_PER_FRAME)
    levels = np.maximum(np.round(100 * _heard(energies / SAMPLES_PER_FRAME, clip)), _NOTHING)
    return array("h", levels.astype(np.int16).tobytes())


def joined_block_loudness(levels: Iterable[Sequence[int]]) -> NDArray[np.float64]:
    """Measure the blocks of clips laid end to end, of whose frames the levels are known, as `block_loudness` does.

    Within a frame its sound counts as even: a block's edge lies a hundredth of a second from it on the average.
    """
    frames = np.concatenate([np.asarray(each, np.float64) for each in levels])
    energies = np.where(frames > _NOTHING, 10 ** (frames / 1000), 0.0)
    steps = max(len(frames) * SAMPLES_PER_FRAME * _STEPS_PER_S // SAMPLE_RATE_HZ, _STEPS_PER_BLOCK)
    edges = np.arange(steps + 1) * SAMPLE_RATE_HZ / _STEPS_PER_S / SAMPLES_PER_FRAME
    sums = np.interp(edges, np.arange(len(frames) + 1), np.concatenate([[0.0], np.cumsum(energies)]))
    powers = (sums[_STEPS_PER_BLOCK:] - sums[:-_STEPS_PER_BLOCK]) / (edges[_STEPS_PER_BLOCK] - edges[0])
    blocks: NDArray[np.float64] = np.maximum(10 * np.log10(np.maximum(powers, 1e-12)), SILENT_LUFS)
    return blocks


def integrated_loudness(blocks_lufs: Iterable[float]) -> float:
    """Gate the blocks of a programme and average them, in LUFS; -70 where nothing is above the gate.

    Source: ITU-R BS.1770-4 annex 1, equations 5 to 7.
    """
    blocks = blocks_lufs if isinstance(blocks_lufs, np.ndarray) else np.fromiter(blocks_lufs, dtype=np.float64)
    blocks = blocks[blocks > SILENT_LUFS]
    if not len(blocks):
        return SILENT_LUFS
    gate = _mean_lufs(blocks) + _RELATIVE_GATE_LU
    return _mean_lufs(blocks[blocks > gate])


def _mean_lufs(blocks: NDArray[np.float64]) -> float:
    return 10 * math.log10(float(np.mean(10 ** (blocks / 10))))


def _energies(clip: Clip, edges: NDArray[np.int64]) -> NDArray[np.float64]:
    """Sum the squares of all channels, weighted, from each edge to the next."""
    channels = [clip.samples] if clip.channels == 1 else list(clip.samples.T)
    energies: NDArray[np.float64] = np.sum([_step_energies(each, edges, clip.rate_hz) for each in channels], axis=0)
    return energies


def _heard(powers: NDArray[np.float64], clip: Clip) -> NDArray[np.float64]:
    """Write mean squares in LUFS as heard."""
    return _OFFSET_LU + 10 * np.log10(np.maximum(powers, 1e-12)) + (DUAL_MONO_LU if clip.channels == 1 else 0)


def _step_energies(samples: Samples, edges: NDArray[np.int64], rate_hz: int) -> NDArray[np.float64]:
    """Sum the squares of one channel, weighted, from each edge to the next, shape (edges - 1,)."""
    memory = math.ceil(_MEMORY_S * rate_hz)
    size = 1 << (7 * memory).bit_length()
    response = k_weighting(rate_hz, size)
    stride = (size - memory) // int(np.diff(edges).max())
    energies = np.zeros(len(edges) - 1)
    for first in range(0, len(energies), stride):
        bounds = edges[first : first + stride + 1]
        piece = np.zeros(size)
        heard = samples[max(0, bounds[0] - memory) : bounds[-1]]
        start = max(0, memory - int(bounds[0]))
        piece[start : start + len(heard)] = heard
        weighted = np.fft.irfft(np.fft.rfft(piece) * response, size)[memory : memory + bounds[-1] - bounds[0]]
        energies[first : first + stride] = np.add.reduceat(np.square(weighted), bounds[:-1] - bounds[0])
    return energies


@lru_cache(maxsize=4)
def k_weighting(rate_hz: int, size: int) -> NDArray[np.complex128]:
    """Give the response of both filters at the frequencies of a real transform of that size, shape (size / 2 + 1,)."""
    # The bilinear transform takes a frequency on the circle to the tangent of half its angle.
    angle = 1j * np.tan(np.pi * np.fft.rfftfreq(size)[:-1])
    corner = math.tan(math.pi * _SHELF_HZ / rate_hz)
    s = angle / corner
    gain = 10 ** (_SHELF_GAIN_DB / 20)
    shelf = (gain * s**2 + gain**_SHELF_SLOPE / _SHELF_Q * s + 1) / (s**2 + s / _SHELF_Q + 1)
    corner = math.tan(math.pi * _HIGH_PASS_HZ / rate_hz)
    s = angle / corner
    high_pass = _HIGH_PASS_GAIN * s**2 / (s**2 + s / _HIGH_PASS_Q + 1)
    response = np.append(shelf * high_pass, gain * _HIGH_PASS_GAIN)
    response.flags.writeable = False
    return response
