"""How loud an episode is to be, and whether it is (layer 0).

Source: Apple Podcasts (-16 LUFS, -1 dBTP); ACX audio submission requirements (RMS -23 to -18 dB, peak under -3 dB,
noise under -60 dB); EBU R 128 (-23 LUFS, -1 dBTP).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

TOLERANCE_LU = 0.5
"""How far the integrated loudness may lie from its target: EBU R 128's own allowance."""
SHORT_S, SHORT_TOLERANCE_LU = 60, 1.5
"""A few sentences are as loud as they happen to be: a voice has one gain, not one for each text."""


@dataclass(frozen=True, slots=True)
class Level:
    """What the encoded file is to measure."""

    loudness_lufs: float
    """Integrated loudness as heard: a mono file counts as dual mono (ITU-R BS.1770-4)."""
    ceiling_dbtp: float
    """The true peak that it stays under, after decoding."""
    rms_dbfs: tuple[float, float] | None = None
    """The lowest and the highest root mean square of the whole file; None where it does not matter."""


PRESETS = {
    "podcast": Level(-16.0, -1.0),
    "audiobook": Level(-17.5, -3.0, (-23.0, -18.0)),
    "broadcast": Level(-23.0, -1.0),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """What the encoded file does measure."""

    loudness_lufs: float
    peak_dbtp: float
    rms_dbfs: float
    """Of the whole file, pauses included; full scale is a sample of 1."""
    duration_s: float

    def misses(self, level: Level) -> Iterator[str]:
        """Say in a line each where the file is not as it was to be."""
        tolerance_lu = TOLERANCE_LU if self.duration_s > SHORT_S else SHORT_TOLERANCE_LU
        if abs(self.loudness_lufs - level.loudness_lufs) > tolerance_lu:
            yield f"the loudness is {self.loudness_lufs:.1f} LUFS, not {level.loudness_lufs:g}"
        if self.peak_dbtp > level.ceiling_dbtp:
            yield f"the true peak is {self.peak_dbtp:.1f} dBTP, over {level.ceiling_dbtp:g}"
        if level.rms_dbfs and not level.rms_dbfs[0] <= self.rms_dbfs <= level.rms_dbfs[1]:
            low, high = level.rms_dbfs
            yield f"the RMS level is {self.rms_dbfs:.1f} dB, not between {low:g} and {high:g}"


def level_of(loudness: str | float) -> Level:
    """Find what is asked for by a preset's name, or by an integrated loudness in LUFS."""
    return PRESETS[loudness] if isinstance(loudness, str) else Level(loudness, PRESETS["podcast"].ceiling_dbtp)
