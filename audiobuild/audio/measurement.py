"""One pass over a sound file, which finds its profile (layer 3).

A path enters; a `Profile` leaves. The file may have any length, and any format that the codec reads: it is heard in
pieces of half a minute, each with what comes before and after it, so that the result is that of the whole.

Source: ITU-R BS.1770-4 (loudness, true peak).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audiobuild.audio.clip import Clip, Samples
from audiobuild.audio.codec import decode_blocks
from audiobuild.audio.level import oversampled_peaks
from audiobuild.audio.loudness import block_loudness
from audiobuild.audio.profile import BLOCKS_PER_S, STEPS_PER_S, Indices, Profile, Series, step_lengths
from audiobuild.errors import SoundError

_PIECE_S = 30
_PIECE_SAMPLES = _PIECE_S * 48_000
"""How long a piece is at most, whatever the rate; it is whole seconds, and one at least."""
_MOST_S = 24 * 3600
"""How long a file may be. What is found of a day takes 75 MB; a file of a few MB may hold months of silence."""
_CONTEXT_S = 1
"""What is heard before and after a piece, so that no filter starts in its midst."""
_BLOCK_OVERLAP_MS = 300
"""What a block that starts within a piece may need of the next one."""
_FINE_STEPS_PER_S = 1000
"""For files of one piece, whose pictures would be coarse otherwise."""


def profile_file(path: Path) -> Profile:
    """Measure a sound file of any length, a piece at a time.

    Raises:
        SoundError: the file is no sound, holds none or more than a day of it, or holds values that are no numbers.
    """
    blocks: list[float] = []
    parts: list[tuple[Series, Series, Series, Series]] = []
    samples = rate_hz = steps_per_s = 0
    for piece in _pieces(decode_blocks(path, _PIECE_S * 1000)):
        if not np.isfinite(piece.clip.samples.sum(dtype=np.float64)):
            raise SoundError("the sound holds values that are no numbers", str(path), "Export it again.")
        rate_hz = piece.clip.rate_hz
        steps_per_s = steps_per_s or (_FINE_STEPS_PER_S if piece.is_last else STEPS_PER_S)
        blocks.extend(_blocks(piece))
        parts.append(_measured(piece, steps_per_s))
        samples += piece.body
        if samples > _MOST_S * rate_hz:
            hint = "Cut it, and inspect its parts."
            raise SoundError(f"the sound is longer than {_MOST_S // 3600} hours", str(path), hint)
    if not parts:
        raise SoundError("the sound file is empty", str(path), "Use a file with sound in it.")
    low, high, power, peak = (np.concatenate(series) for series in zip(*parts, strict=True))
    return Profile(samples, rate_hz, np.array(blocks, np.float32), steps_per_s, low, high, power, peak)


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """A stretch of a file, with what is heard before and after it."""

    clip: Clip
    before: int
    """Samples before the stretch."""
    body: int
    """Samples of the stretch itself."""
    is_last: bool


def _piece_s(rate_hz: int) -> int:
    return max(1, min(_PIECE_S, _PIECE_SAMPLES // rate_hz))


def _pieces(clips: Iterable[Clip]) -> Iterator[_Piece]:
    """Cut what the codec gives, however long its blocks are, into pieces that start at whole seconds."""
    parts: list[Samples] = []
    before = held = rate_hz = 0
    for clip in clips:
        rate_hz = clip.rate_hz
        body, context = _piece_s(rate_hz) * rate_hz, _CONTEXT_S * rate_hz
        parts.append(clip.samples)
        held += len(clip.samples)
        while held >= before + body + context:
            whole = np.concatenate(parts)
            yield _Piece(Clip(whole[: before + body + context], rate_hz), before, body, is_last=False)
            parts = [whole[before + body - context :]]
            held, before = len(parts[0]), context
    if held:
        yield _Piece(Clip(np.concatenate(parts), rate_hz), before, held - before, is_last=True)


def _blocks(piece: _Piece) -> tuple[float, ...]:
    """Loudness of the blocks that start within a piece."""
    rate_hz = piece.clip.rate_hz
    behind = piece.before + piece.body + rate_hz * _BLOCK_OVERLAP_MS // 1000
    return block_loudness(Clip(piece.clip.samples[:behind], rate_hz))[piece.before * BLOCKS_PER_S // rate_hz :]


def _measured(piece: _Piece, steps_per_s: int) -> tuple[Series, Series, Series, Series]:
    """Lowest and highest sample, mean square and true peak (an amplitude) of each step of a piece."""
    rate_hz, body = piece.clip.rate_hz, piece.body
    samples = piece.clip.samples[piece.before : piece.before + body].reshape(body, -1)
    steps = -(-body * steps_per_s // rate_hz)
    starts: Indices = np.arange(steps) * rate_hz // steps_per_s
    low = np.minimum.reduceat(samples.min(axis=1), starts)
    high = np.maximum.reduceat(samples.max(axis=1), starts)
    squares = np.square(samples, dtype=np.float64).mean(axis=1)
    power = np.add.reduceat(squares, starts) / step_lengths(starts, body)
    peaks = oversampled_peaks(piece.clip)[piece.before : piece.before + body]
    peak = np.maximum.reduceat(peaks, starts)
    return low, high, power.astype(np.float32), peak
