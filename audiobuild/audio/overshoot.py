"""The gain that takes away again what a lossy codec adds to peaks (layer 3).

The profile of an encoded file enters; a gain over time leaves, which lowers the sound wherever the file is over the
ceiling. What is encoded of the lowered sound may stand out elsewhere, since a codec has its bits to give only once: so
the file is measured again, and the gain lowered further. A gain holds four bytes for each fiftieth of a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from audiobuild.audio.clip import Clip
from audiobuild.audio.profile import STEPS_PER_S, Profile, Series

_SURE_DB = 0.1
"""How far under the ceiling a file has to be: meters differ by as much."""
_SPARE_DB = 0.4
"""How far under it peaks are brought, so that the next encoding does not raise them over it again."""


@dataclass(frozen=True, slots=True, eq=False)
class Gain:
    """A gain over time: 1 nearly everywhere, less around what stood out."""

    steps: Series
    """What each fiftieth of a second is multiplied with, 0 to 1; between their middles it runs in a straight line."""

    @classmethod
    def against(cls, profile: Profile, ceiling_dbtp: float) -> Gain | None:
        """Find the gain that a sound needs whose encoded file has this profile; None where it is under the ceiling."""
        if profile.peak_dbtp <= ceiling_dbtp - _SURE_DB:
            return None
        starts = np.arange(0, len(profile.peak), profile.steps_per_s // STEPS_PER_S)
        peaks = np.pad(np.maximum.reduceat(profile.peak, starts), 1)
        highest = np.float32(10 ** ((ceiling_dbtp - _SPARE_DB) / 20))
        # A step's neighbours are lowered with it, so that the whole of it is.
        around = np.maximum(np.maximum(peaks[:-2], peaks[2:]), peaks[1:-1])
        return cls(np.minimum(np.float32(1), highest / np.maximum(around, highest)))

    def times(self, other: Gain) -> Gain:
        """Put one gain on top of another for the same sound."""
        return Gain(self.steps * other.steps)

    def applied(self, clips: Iterable[Clip]) -> Iterator[Clip]:
        """Lower clips that lie end to end; what has the gain of 1 comes through unchanged."""
        place = 0
        for clip in clips:
            yield self._on(clip, place)
            place += len(clip.samples)

    def _on(self, clip: Clip, place: int) -> Clip:
        per_sample = STEPS_PER_S / clip.rate_hz
        first = max(0, int(place * per_sample) - 1)
        here = self.steps[first : int((place + len(clip.samples)) * per_sample) + 2]
        if not len(here) or here.min() == 1:
            return clip
        middles = (np.arange(first, first + len(here)) + 0.5) / per_sample - place
        gain = np.interp(np.arange(len(clip.samples)), middles, here).astype(np.float32)
        return Clip(clip.samples * (gain if clip.channels == 1 else gain[:, np.newaxis]), clip.rate_hz)
