"""Sound as a value: mono PCM with its rate (layer 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.float32]
"""Shape (samples,), range -1 to 1."""

_INT16_FULL_SCALE = 32768.0


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """A piece of mono sound."""

    samples: Samples
    """Shape (samples,) float32, range -1 to 1."""
    rate_hz: int
    """Samples a second."""

    @property
    def duration_ms(self) -> float:
        """Length in milliseconds."""
        return 1000 * len(self.samples) / self.rate_hz

    @classmethod
    def from_pcm16(cls, pcm: bytes, rate_hz: int, channels: int = 1) -> Clip:
        """Read interleaved little-endian 16-bit PCM; several channels become one by their mean."""
        samples = np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(_INT16_FULL_SCALE)
        if channels > 1:
            samples = samples.reshape(-1, channels).mean(axis=1, dtype=np.float32)
        return cls(samples, rate_hz)

    def to_pcm16(self) -> bytes:
        """Write little-endian 16-bit PCM; what is over full scale is clipped."""
        scaled = np.rint(self.samples * np.float32(_INT16_FULL_SCALE))
        return bytes(np.clip(scaled, -_INT16_FULL_SCALE, _INT16_FULL_SCALE - 1).astype("<i2").tobytes())

    @classmethod
    def silence(cls, samples: int, rate_hz: int) -> Clip:
        """Digital silence of a number of samples."""
        return cls(np.zeros(samples, dtype=np.float32), rate_hz)

    @classmethod
    def joined(cls, clips: Iterable[Clip]) -> Clip:
        """Lay clips of one rate end to end."""
        parts = tuple(clips)
        rates = {clip.rate_hz for clip in parts}
        if len(rates) != 1:
            raise ValueError(f"cannot join clips of {sorted(rates)} Hz")
        return cls(np.concatenate([clip.samples for clip in parts]), rates.pop())
