"""What is heard in a finished file, by ffmpeg and arithmetic alone: loudness, peaks, silences, onsets."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.tools import run

HOP_S = 0.1
"""ffmpeg tells the momentary loudness, of 400 ms, this often."""

_SILENT_DBFS = -55.0


@dataclass(frozen=True, slots=True)
class Heard:
    """A whole file, measured by ffmpeg's ebur128 as dual mono."""

    integrated_lufs: float
    peak_dbtp: float
    momentary_lufs: NDArray[np.float64]
    """One every 100 ms, of the 400 ms that end there."""

    def loudness(self, start_s: float, end_s: float) -> float:
        """Gated loudness of a stretch, by the blocks that lie in it whole."""
        first, last = int(start_s / HOP_S) + 3, int(end_s / HOP_S)
        return gated(self.momentary_lufs[first:last])

    def minutes(self) -> list[float]:
        """Gated loudness of each whole minute."""
        count = round(60 / HOP_S)
        whole = len(self.momentary_lufs) // count
        return [gated(self.momentary_lufs[place * count : (place + 1) * count]) for place in range(whole)]


def gated(blocks_lufs: NDArray[np.float64]) -> float:
    """Average blocks as ITU-R BS.1770-4 does, with both of its gates."""
    loud = blocks_lufs[blocks_lufs > -70]
    loud = loud[loud > _mean(loud) - 10]
    return _mean(loud)


def _mean(blocks_lufs: NDArray[np.float64]) -> float:
    return float(10 * np.log10(np.mean(10 ** (blocks_lufs / 10))))


def listen(path: Path, rate_hz: int) -> tuple[Heard, NDArray[np.int16]]:
    """Measure a file of any length, and decode it to one channel of that rate, in one pass."""
    filters = "ebur128=dualmono=true:peak=true:metadata=1,ametadata=mode=print:key=lavfi.r128.M:file=-"
    with tempfile.NamedTemporaryFile(suffix=".pcm") as pcm:
        measured = ("-map", "0:a", "-af", filters, "-f", "null", "-")
        decoded = ("-map", "0:a", "-ac", 1, "-ar", rate_hz, "-f", "s16le", "-y", pcm.name)
        told, said = run("ffmpeg", "-hide_banner", "-nostats", "-i", path, *measured, *decoded)
        coarse = np.fromfile(pcm.name, dtype="<i2")
    summary = said[said.rindex("Summary:") :]
    integrated = re.search(r"I:\s+(-?[\d.]+) LUFS", summary)
    peak = re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary)
    assert integrated
    assert peak
    momentary = [float(value) for value in re.findall(rb"lavfi\.r128\.M=(\S+)", told)]
    return Heard(float(integrated[1]), float(peak[1]), np.array(momentary)), coarse


def samples(path: Path, rate_hz: int) -> NDArray[np.int16]:
    """Decode a whole file by ffmpeg to one channel of 16 bits."""
    pcm, _ = run("ffmpeg", "-v", "error", "-i", path, "-ac", 1, "-ar", rate_hz, "-f", "s16le", "-")
    return np.frombuffer(pcm, dtype="<i2")


def envelope_dbfs(pcm: NDArray[np.int16], window: int) -> NDArray[np.float64]:
    """The peak of each window of so many samples, in dB of full scale."""
    whole = len(pcm) // window * window
    peaks = np.abs(pcm[:whole].astype(np.int32)).reshape(-1, window).max(axis=1)
    levels: NDArray[np.float64] = 20 * np.log10(np.maximum(peaks, 0.5) / 32768)
    return levels


def gaps_s(pcm: NDArray[np.int16], rate_hz: int) -> list[tuple[float, float]]:
    """Silences between sounds: where each starts and how long it is, in seconds, to 10 ms."""
    sounding = np.flatnonzero(envelope_dbfs(pcm, rate_hz // 100) > _SILENT_DBFS)
    breaks = np.flatnonzero(np.diff(sounding) > 1)
    return [(float(sounding[at] + 1) / 100, float(sounding[at + 1] - sounding[at] - 1) / 100) for at in breaks]


def onset_s(pcm: NDArray[np.int16], rate_hz: int, around_s: float) -> float:
    """When sound starts, at or after 50 ms before a time, in seconds, to a millisecond."""
    window = rate_hz // 1000
    first = max(0, round((around_s - 0.05) * 1000))
    levels = envelope_dbfs(pcm[first * window : (first + 4000) * window], window)
    return (first + int(np.flatnonzero(levels > _SILENT_DBFS)[0])) / 1000
