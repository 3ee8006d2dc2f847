"""AAC, which M4A and M4B files hold: the one place that knows PyAV (layer 3).

PyAV brings a codec of 40 MB, for which few have a use. So it is an extra, and is imported where it is called for.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from audiobuild.audio.clip import Clip, Samples, checked_rate, with_first
from audiobuild.errors import SoundError

if TYPE_CHECKING:
    import av
    from av.container.core import Chapter

HEAD_BYTES = 12
"""How much of a file `is_aac` has to see."""

_OLDEST_MAJOR = 16
"""The PyAV that first writes chapters."""
_PIECE_MS = 1000
"""How much of a file that is held is decoded at once."""
_LAYOUTS = {1: "mono", 2: "stereo"}
_CODERS = {"fast": 112, "twoloop": 1 << 16}
"""FFmpeg's ways to spend bits, each with the kbit/s of a channel up to which it serves best.

"twoloop", its own choice, starves some frames of speech: at 64 kbit/s peaks rose by 4 dB, and noise was 12 dB higher
than by "fast", which takes a third of the time. But what "fast" cannot spend it puts into steps so small that strong
tones are cut off."""


def is_aac(head: bytes) -> bool:
    """Tell by its first bytes whether a file is an MP4 (M4A, M4B), or a bare AAC stream.

    Source: ISO/IEC 14496-12 section 4.3 (`ftyp`); ISO/IEC 13818-7 section 6.2 (ADTS: sync word, layer 0).
    """
    return head[4:8] == b"ftyp" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0)


def require_av(where: str) -> None:
    """See that PyAV is there, before any work is put into what needs it.

    Raises:
        SoundError: it is not installed, or is too old.
    """
    try:
        found = importlib.import_module("av")
    except ImportError as error:
        raise _missing(where) from error
    if int(found.__version__.partition(".")[0]) < _OLDEST_MAJOR:
        raise _missing(where)


def _missing(where: str) -> SoundError:
    return SoundError("AAC sound (M4A, M4B) needs PyAV", where, "Install it: pip install 'audiobuild[m4b]'")


def decode(data: bytes, where: str) -> Iterator[Clip]:
    """Decode an M4A file that is held, piece by piece; no piece where there is no sound in it.

    Raises:
        SoundError: the bytes are no sound, or PyAV is not installed.
    """
    yield from _decode(io.BytesIO(data), where, _PIECE_MS)


def decode_blocks(path: Path, block_ms: int) -> Iterator[Clip]:
    """Decode an M4A file piece by piece.

    Raises:
        SoundError: the file is no sound, or PyAV is not installed.
    """
    yield from _decode(str(path), str(path), block_ms)


def _decode(file: str | io.BytesIO, where: str, block_ms: int) -> Iterator[Clip]:
    require_av(where)
    import av

    parts: list[Samples] = []
    rate_hz = 0
    try:
        with av.open(file, "r", metadata_errors="replace") as container:
            if not container.streams.audio:
                raise SoundError("there is no sound in this file", where, "Use a file with sound in it.")
            # Whatever the codec gives, floats of one array a channel come out; rate and channels stay as they are.
            planar = av.AudioResampler(format="fltp")
            for frame in container.decode(container.streams.audio[0]):
                rate_hz = rate_hz or checked_rate(frame.sample_rate, where)
                parts.extend(_samples(out) for out in planar.resample(frame))
                wanted = rate_hz * block_ms // 1000
                if sum(map(len, parts)) < wanted:
                    continue
                whole = np.concatenate(parts)
                while len(whole) >= wanted:
                    yield Clip(whole[:wanted], rate_hz)
                    whole = whole[wanted:]
                parts = [whole]
    except (av.FFmpegError, ValueError) as error:  # a ValueError where rate or channels change on the way
        hint = "Use WAV, FLAC, OGG, MP3 or M4A."
        raise SoundError("this is no sound file that can be read", where, hint) from error
    if sum(map(len, parts)):
        yield Clip(np.concatenate(parts), rate_hz)


def _samples(frame: av.AudioFrame) -> Samples:
    """What a frame holds: one or two channels as they are, several as their mean."""
    planes: Samples = np.asarray(frame.to_ndarray(), dtype=np.float32)
    return np.ascontiguousarray(planes.T) if len(planes) == 2 else planes.mean(axis=0, dtype=np.float32)


def write_m4b(path: Path, clips: Iterable[Clip], chapters: Iterable[tuple[int, int, str]], bit_rate_kbps: int) -> None:
    """Write clips of one rate and number of channels end to end as an audiobook.

    The clips are taken one by one, so that an episode need not be held. What is said of the sound stands at the head of
    the file, so that it plays while it loads.

    Args:
        path: the file, which is written over.
        clips: mono or stereo; what is over full scale is clipped.
        chapters: start and end in milliseconds, and title.
        bit_rate_kbps: of all channels together.

    Raises:
        OSError: the file cannot be written, or the disk is full.
        SoundError: PyAV is not installed.
        ValueError: there is no clip.
    """
    require_av(str(path))
    import av

    first, clips = with_first(clips)
    # Times count in samples, so that the length is exact; no name of an encoder and no clock is written.
    options = {"movie_timescale": str(first.rate_hz), "fflags": "+bitexact"}
    options |= {"brand": "M4B ", "movflags": "+faststart"}
    with av.open(str(path), "w", format="ipod", options=options) as container:
        coder = next(name for name, most in _CODERS.items() if bit_rate_kbps <= most * first.channels)
        stream = container.add_stream("aac", rate=first.rate_hz, options={"flags": "+bitexact", "aac_coder": coder})
        stream.bit_rate = bit_rate_kbps * 1000
        stream.layout = _LAYOUTS[first.channels]
        container.set_chapters([_chapter(number, *chapter) for number, chapter in enumerate(chapters)])
        place = 0
        for clip in clips:
            if len(clip.samples):
                container.mux(stream.encode(_frame(clip, place)))
            place += len(clip.samples)
        container.mux(stream.encode(None))


def _chapter(number: int, start_ms: int, end_ms: int, title: str) -> Chapter:
    time_base = Fraction(1, 1000)
    return {"id": number, "start": start_ms, "end": end_ms, "time_base": time_base, "metadata": {"title": title}}


def _frame(clip: Clip, place: int) -> av.AudioFrame:
    """A clip as PyAV has it: one row a channel, and its place in samples."""
    import av

    rows = np.clip(clip.samples if clip.channels == 2 else clip.samples[:, np.newaxis], -1, 1).T
    planes: Any = np.ascontiguousarray(rows, dtype=np.float32)
    frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout=_LAYOUTS[clip.channels])
    frame.sample_rate = clip.rate_hz
    frame.time_base = Fraction(1, clip.rate_hz)
    frame.pts = place
    return frame
