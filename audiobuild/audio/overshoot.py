"""The gain that sets right what a lossy codec does to level and peaks (layer 3).

The profile of an encoded file enters; a gain over time leaves, which lowers the sound wherever the file is over the
ceiling, and raises all of it by what the codec has taken away. What is encoded of that may stand out elsewhere, since a
codec has its bits to give only once: so the file is measured again. A gain holds 200 bytes for a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from audiobuild.audio.clip import Clip
from audiobuild.audio.profile import STEPS_PER_S, Profile, Series

_SURE_DB = 0.05
"""How far under the ceiling a file has to be: meters differ by as much."""
_SPARE_DB = 0.4
"""How far under it peaks are brought, so that the next encoding leaves them under it; each time further."""
_MOST_LOST_LU = 0.25
"""How far the level may be from that of the sound: codecs of few bits leave out what lies high, which counts most."""


@dataclass(frozen=True, slots=True, eq=False)
class Gain:
    """A gain over time: the same nearly everywhere, less around what stood out."""

    steps: Series
    """What each fiftieth of a second is multiplied with; between their middles it runs in a straight line."""
    times: int = 1
    """How many times it was found too weak, and one."""

    @classmethod
    def needed(
        cls, profile: Profile, *, ceiling_dbtp: float, loudness_lufs: float, before: Gain | None = None
    ) -> Gain | None:
        """Find the gain that a sound needs; None where its encoded file is right already.

        Args:
            profile: of the encoded file.
            ceiling_dbtp: what its true peak is to stay under.
            loudness_lufs: what the sound measures before it is encoded.
            before: the gain that was on the sound; this one takes its place.
        """
        lost_lu = loudness_lufs - profile.loudness_lufs
        is_level = before is not None or abs(lost_lu) <= _MOST_LOST_LU  # given back once: peaks have the last word
        if is_level and profile.peak_dbtp <= ceiling_dbtp - _SURE_DB:
            return None
        times = before.times + 1 if before else 1
        level = 1 if is_level else 10 ** (lost_lu / 20)
        highest, wanted = (10 ** ((ceiling_dbtp - db) / 20) for db in (_SURE_DB, times * _SPARE_DB))
        starts = np.arange(0, len(profile.peak), profile.steps_per_s // STEPS_PER_S)
        peaks = np.pad(level * np.maximum.reduceat(profile.peak, starts), 1)
        # A step's neighbours are lowered with it, so that the whole of it is.
        around = np.maximum(np.maximum(peaks[:-2], peaks[2:]), peaks[1:-1])
        steps = np.where(around > highest, level * wanted / np.maximum(around, highest), level).astype(np.float32)
        return cls(before.steps * steps if before else steps, times)

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
        if not len(here) or (here == 1).all():
            return clip
        middles = (np.arange(first, first + len(here)) + 0.5) / per_sample - place
        gain = np.interp(np.arange(len(clip.samples)), middles, here).astype(np.float32)
        return Clip(clip.samples * (gain if clip.channels == 1 else gain[:, np.newaxis]), clip.rate_hz)
