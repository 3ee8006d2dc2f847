"""The length and the chapters of an M4B file, as the file itself holds them (layer 3).

Chapters stand there twice: as a track of text, whose samples are the titles, which Apple's players read; and in the
atom `chpl`, which others read, of at most 255 chapters with titles of at most 255 bytes.

An MP4 file is atoms, each with its length and name before it, some holding atoms in turn.

Source: ISO/IEC 14496-12 sections 4.2, 8.4 to 8.7; Apple, "QuickTime File Format": chapter lists, text media.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import accumulate, chain, repeat
from pathlib import Path
from typing import BinaryIO, TypeAlias

from audiobuild.publish.episodes.episode_tag import ChapterTag

_Span: TypeAlias = tuple[int, int]
"""Where the body of an atom starts and ends, in bytes."""
_CHPL_HEAD_BYTES = 8
_START_BYTES = 8
_MOST_BYTES = 1 << 24
"""What a part that is read may have; more is damage, and would fill the memory."""
_MOST_SAMPLES = 1 << 16


def repair_titles(path: Path) -> None:
    """Blank the half of a letter with which a title ends that `chpl` has cut: readers stumble over it.

    Raises:
        OSError: the file cannot be read or written.
    """
    with path.open("r+b") as file:
        span = _find(file, "moov", "udta", "chpl")
        if span is None:
            return
        data = bytearray(_read(file, span))
        place = _CHPL_HEAD_BYTES + 1
        while place + _START_BYTES < len(data):
            start = place + _START_BYTES + 1
            end = start + data[start - 1]
            whole = data[start:end].decode("utf-8", errors="ignore").encode()
            data[start:end] = whole.ljust(end - start)
            place = end
        file.seek(span[0])
        file.write(data)


def read_duration_ms(path: Path) -> int:
    """Read how long the file plays, without the samples that the encoder put before and behind the sound.

    Raises:
        OSError: the file cannot be read.
        ValueError: the file is damaged.
    """
    with path.open("rb") as file:
        movie = _read(file, _found(_find(file, "moov", "mvhd")))
        ticks_a_second = _number(movie, 20 if movie[:1] == b"\1" else 12, 4)
        track = _read(file, _found(_find(file, "tkhd", within=_found(_track(file, b"soun")))))
        ticks = _number(track, 28, 8) if track[:1] == b"\1" else _number(track, 20, 4)
    return round(1000 * ticks / max(1, ticks_a_second))


def read_chapters(path: Path) -> tuple[ChapterTag, ...]:
    """Read the chapters from the track of text; none where there is no such track.

    Raises:
        OSError: the file cannot be read.
        ValueError: the file is damaged.
    """
    with path.open("rb") as file:
        track = _track(file, b"text")
        try:
            return tuple(_chapters_of(file, track)) if track else ()
        except (struct.error, IndexError) as error:
            raise ValueError("the chapters of this file are damaged") from error


def _track(file: BinaryIO, kind: bytes) -> _Span | None:
    """The first track of a kind: "soun" or "text"."""
    for name, span in _atoms(file, *_found(_find(file, "moov"))):
        handler = _find(file, "mdia", "hdlr", within=span) if name == "trak" else None
        if handler and _read(file, handler)[8:12] == kind:
            return span
    return None


def _number(data: bytes, place: int, size: int) -> int:
    if len(data) < place + size:
        raise ValueError("a part of this file is cut")
    return int.from_bytes(data[place : place + size], "big")


def _chapters_of(file: BinaryIO, track: _Span) -> Iterator[ChapterTag]:
    """The samples of a track of text: how long each is shown, and its title."""
    header = _read(file, _found(_find(file, "mdia", "mdhd", within=track)))
    ticks_a_second = _number(header, 20 if header[:1] == b"\1" else 12, 4)
    table = _found(_find(file, "mdia", "minf", "stbl", within=track))
    runs = _table(file, table, "stts", ">II")
    ticks = chain.from_iterable(repeat(length, count) for count, length in runs)
    sizes = _sizes(file, table)
    ends = list(accumulate(length for length, _ in zip(ticks, sizes, strict=False)))
    times = [round(1000 * end / max(1, ticks_a_second)) for end in (0, *ends)]
    for index, place in enumerate(_places(file, table, sizes)):
        text = _read(file, (place, place + sizes[index]))
        title = text[2 : 2 + int.from_bytes(text[:2], "big")].decode("utf-8", errors="replace")
        yield ChapterTag(times[index], times[index + 1], title)


def _sizes(file: BinaryIO, table: _Span) -> list[int]:
    """The length of each sample in bytes: one for all, or each its own."""
    data = _read(file, _found(_find(file, "stsz", within=table)))
    same, count = struct.unpack_from(">II", data, 4)
    return (
        [same] * min(count, _MOST_SAMPLES)
        if same
        else [size for (size,) in struct.iter_unpack(">I", data[12 : 12 + 4 * count])]
    )


def _places(file: BinaryIO, table: _Span, sizes: list[int]) -> Iterator[int]:
    """Where each sample stands in the file: samples lie end to end in chunks, of which the places are told."""
    wide = _find(file, "co64", within=table) is not None
    chunks = [place for (place,) in _table(file, table, "co64" if wide else "stco", ">Q" if wide else ">I")]
    runs = _table(file, table, "stsc", ">III")
    index = 0
    for number, place in enumerate(chunks, start=1):
        held = next((count for first, count, _ in reversed(runs) if first <= number), 0)
        for size in sizes[index : index + held]:
            yield place
            place += size
        index += held


def _table(file: BinaryIO, table: _Span, name: str, entry: str) -> list[tuple[int, ...]]:
    """The entries of an atom that is a table: behind version and count."""
    data = _read(file, _found(_find(file, name, within=table)))
    (count,) = struct.unpack_from(">I", data, 4)
    return list(struct.iter_unpack(entry, data[8 : 8 + count * struct.calcsize(entry)]))


def _found(span: _Span | None) -> _Span:
    if span is None:
        raise ValueError("a part of this file is missing")
    return span


def _find(file: BinaryIO, *names: str, within: _Span | None = None) -> _Span | None:
    """The body of the first atom of that path."""
    span = within or (0, file.seek(0, 2))
    for name in names:
        inner = next((body for found, body in _atoms(file, *span) if found == name), None)
        if inner is None:
            return None
        span = inner
    return span


def _atoms(file: BinaryIO, start: int, end: int) -> Iterator[tuple[str, _Span]]:
    """The atoms from one place to another: their names, and where their bodies are."""
    while start + 8 <= end:
        file.seek(start)
        size, name = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:  # a length that takes 64 bits follows
            size, head = int.from_bytes(file.read(8), "big"), 16
        size = size or end - start  # none is told by an atom that goes to the end
        if not head <= size <= end - start:
            return
        yield name.decode("latin-1"), (start + head, start + size)
        start += size


def _read(file: BinaryIO, span: _Span) -> bytes:
    if span[1] - span[0] > _MOST_BYTES:
        raise ValueError("a part of this file is too long to be true")
    file.seek(span[0])
    return file.read(span[1] - span[0])
