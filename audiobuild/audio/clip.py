"""Sound as a value: mono or stereo PCM with its rate (layer 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from audiobuild.errors import SoundError

Samples: TypeAlias = NDArray[np.float32]
"""Shape (samples,) for mono, (samples, 2) for stereo; range -1 to 1."""

RATES_HZ = (8_000, 384_000)
"""How many samples a second a sound file may have, from the telephone to the studio. A head that says another is
damaged or means harm: memory and time would grow with what it says."""

_INT16_FULL_SCALE = 32768.0
_PIECE_SAMPLES = 1 << 17


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """A piece of sound."""

    samples: Samples
    """Shape (samples,) for mono, (samples, 2) for stereo; float32, range -1 to 1."""
    rate_hz: int
    """Samples a second."""

    @property
    def duration_ms(self) -> float:
        """Length in milliseconds."""
        return 1000 * len(self.samples) / self.rate_hz

    @property
    def channels(self) -> int:
        """One, or two."""
        return 1 if self.samples.ndim == 1 else self.samples.shape[1]

    def with_channels(self, channels: int) -> Clip:
        """The same in mono, by the mean of the two, or in stereo, the same in both."""
        if channels == self.channels:
            return self
        if channels == 1:
            return Clip(mean_of(self.samples), self.rate_hz)
        return Clip(np.repeat(self.samples[:, np.newaxis], channels, axis=1), self.rate_hz)

    @classmethod
    def from_pcm16(cls, pcm: bytes, rate_hz: int, channels: int = 1) -> Clip:
        """Read little-endian 16-bit PCM, of two channels interleaved."""
        samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(_INT16_FULL_SCALE)
        return cls(samples if channels == 1 else samples.reshape(-1, channels), rate_hz)

    def to_pcm16(self) -> bytes:
        """Write little-endian 16-bit PCM, two channels interleaved; what is over full scale is clipped."""
        flat = self.samples.reshape(-1)
        pcm = np.empty(len(flat), "<i2")
        for start in range(0, len(flat), _PIECE_SAMPLES):  # the way there takes four times as much as what comes of it
            scaled = np.rint(flat[start : start + _PIECE_SAMPLES] * np.float32(_INT16_FULL_SCALE))
            pcm[start : start + _PIECE_SAMPLES] = np.clip(scaled, -_INT16_FULL_SCALE, _INT16_FULL_SCALE - 1)
        return pcm.tobytes()

    @classmethod
    def silence(cls, samples: int, rate_hz: int, channels: int = 1) -> Clip:
        """Digital silence of a number of samples."""
        return cls(np.zeros(samples if channels == 1 else (samples, channels), dtype=np.float32), rate_hz)

    @classmethod
    def joined(cls, clips: Iterable[Clip]) -> Clip:
        """Lay clips of one rate and number of channels end to end.

        Raises:
            ValueError: there is none, or they are not of one kind.
        """
        parts = tuple(clips)
        kinds = {(clip.rate_hz, clip.channels) for clip in parts}
        if len(kinds) != 1:
            raise ValueError(f"cannot join clips of these rates (Hz) and channels: {sorted(kinds)}")
        return cls(np.concatenate([clip.samples for clip in parts]), parts[0].rate_hz)


def mean_of(samples: Samples) -> Samples:
    """The mean of all channels, shape (samples,), of samples of shape (samples, channels)."""
    with np.errstate(
        over="ignore", invalid="ignore"
    ):  # of floats that are no samples; whoever needs speech refuses them
        mean: Samples = samples.mean(axis=1, dtype=np.float32)
    return mean


def checked_rate(rate_hz: int, where: str) -> int:
    """Give back the rate that the head of a sound file says, if it may be one.

    Raises:
        SoundError: no sound has so few samples a second, or so many.
    """
    if RATES_HZ[0] <= rate_hz <= RATES_HZ[1]:
        return rate_hz
    hint = f"Use a file of {RATES_HZ[0] // 1000} to {RATES_HZ[1] // 1000} kHz."
    raise SoundError(f"its head says {rate_hz} samples a second", where, hint)


def with_first(clips: Iterable[Clip]) -> tuple[Clip, Iterator[Clip]]:
    """Give the first of several clips, which says what all are like, and all of them.

    Raises:
        ValueError: there is none.
    """
    rest = iter(clips)
    first = next(rest, None)
    if first is None:
        raise ValueError("there is no clip to write")
    return first, chain((first,), rest)
