"""How large the tag of a file is, found out before it is read whole, and refused where it is too large (layer 3).

A tag is read whole, and then cut into its parts, in other shapes of which it may take as much room again. So none may
be longer than 30 MB, wherever its format keeps it, and no more may come of what is packed in it. mutagen would unpack
all that there is, copy the rest of a tag for each of its parts, and make an object of each letter and of each mark that
is escaped: it is given other means here.

Source: ID3v2.3.0, sections 3.1 and 3.3.1; RFC 9639, section 8.1 (FLAC); RFC 3533, section 6 (Ogg); ISO/IEC 14496-12,
section 4.2 (boxes of MP4).
"""

from __future__ import annotations

import array
import codecs
import copy
import os
import re
import zlib
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from mutagen.id3 import _frames, _specs, _tags
from mutagen.id3._util import unsynch

from audiobuild.errors import SourceError

MOST_TAG_BYTES = 30_000_000
"""One of a hundred pictures has 15 MB."""
_MOST_MB = MOST_TAG_BYTES // 1_000_000
MOST_FRAMES = 5_000
"""Of an ID3 tag, or of a chapter in one."""
_MOST_ALIKE = 500
"""Parts of one name, each of which mutagen compares with all before it."""
_MOST_COPIED_BYTES = 500_000_000
_WRONGLY_ESCAPED = re.compile(rb"\xff(?:[\xe0-\xff]|\Z)")
_PAGE_BYTES = 27
"""Of the head of a page, at the end of which it says how many parts the page has."""
_UNSYNCHED = 0x80
"""The flag of a tag in which nothing looks like sound."""
_WIDE, _TO_THE_END = 1, 0
"""What a box says in place of its size: that it is told in 64 bits, or that nothing comes behind."""


def limit_tag(kind: str, path: Path) -> None:
    """Refuse a file whose tag would take too much to hold, and let no more be unpacked of it when it is read next.

    Args:
        kind: its format, by name.
        path: the file.

    Raises:
        SourceError: the tag is too long.
        OSError: the file cannot be read.
    """
    _unpacker.begin(path)
    measure = _MEASURES.get(kind)
    if measure is None:
        return
    with path.open("rb") as file:
        if measure(file) > MOST_TAG_BYTES:
            raise _too_long(f"is longer than {_MOST_MB} MB", path)


def _too_long(how: str, path: Path) -> SourceError:
    return SourceError(f"its tag {how}", str(path), "Take the pictures out of it, or use another file.")


def _id3_bytes(file: BinaryIO) -> int:
    """An ID3 tag tells its length in four bytes of seven bits."""
    head = file.read(10)
    sizes = zip(head[6:10], (21, 14, 7, 0), strict=False)
    return sum((byte & 0x7F) << shift for byte, shift in sizes) if head[:3] == b"ID3" else 0


def _flac_bytes(file: BinaryIO) -> int:
    """Blocks stand one behind the other, the last of them marked; a length is told in three bytes."""
    file.seek(4)
    total = 0
    while len(head := file.read(4)) == 4 and total <= MOST_TAG_BYTES:
        size = int.from_bytes(head[1:])
        total += size
        if head[0] & 0x80:
            break
        file.seek(size, os.SEEK_CUR)
    return total


def _opus_bytes(file: BinaryIO) -> int:
    """Head and comments are a packet each, which ends with a part of fewer than 255 bytes."""
    total = packets = 0
    while packets < 2 and total <= MOST_TAG_BYTES:
        head = file.read(_PAGE_BYTES)
        if len(head) < _PAGE_BYTES or not (parts := file.read(head[-1])):
            break
        packets += sum(part < 255 for part in parts)
        total += sum(parts)
        file.seek(sum(parts), os.SEEK_CUR)
    return total


def _mp4_bytes(file: BinaryIO) -> int:
    """All is in one box, with what says where the sound is: 15 MB of that for 24 hours."""
    end, total = os.fstat(file.fileno()).st_size, 0
    while file.tell() < end and len(head := file.read(8)) == 8:
        size, head_bytes = int.from_bytes(head[:4]), 8
        if size == _WIDE:
            size, head_bytes = int.from_bytes(file.read(8)), 16
        size = end - file.tell() + head_bytes if size == _TO_THE_END else size
        if size < head_bytes:
            break
        total += size if head[4:] == b"moov" else 0
        file.seek(min(size - head_bytes, end), os.SEEK_CUR)
    return min(total, end)


_MEASURES: dict[str, Callable[[BinaryIO], int]] = {
    "mp3": _id3_bytes,
    "flac": _flac_bytes,
    "opus": _opus_bytes,
    "m4b": _mp4_bytes,
}
"""The tag of a WAV file is measured where it is found; a book's files are read one by one."""


class _Unpacker:
    """What mutagen has for zlib, but that it gives no more than there is room for."""

    error = zlib.error

    def __init__(self) -> None:
        self.path = Path()
        """Of the file that is read now."""
        self._left = 0
        self._copied = 0
        """Of the rests of frames, bytes in all."""

    def begin(self, path: Path) -> None:
        """Begin with another file."""
        self.path, self._left, self._copied = path, MOST_TAG_BYTES, 0

    def copy(self, rest: bytes) -> None:
        """Take note that so much was copied of a frame, behind one of its texts."""
        self._copied += len(rest)
        if self._copied > _MOST_COPIED_BYTES:
            raise _too_long("has a part of too many texts", self.path)

    def decompress(self, data: bytes) -> bytes:
        """Unpack a part of the tag."""
        unpacking = zlib.decompressobj()
        unpacked = unpacking.decompress(data, self._left + 1)
        self._left -= len(unpacked)
        if self._left < 0:
            raise _too_long(f"unpacks to more than {_MOST_MB} MB", self.path)
        if not unpacking.eof:
            raise zlib.error("this is cut")
        return unpacked


class _Rest:
    """The rest of a tag, of which mutagen cuts frame after frame off, without copying what is left each time."""

    def __init__(self, data: memoryview, frames: int) -> None:
        self._data, self._frames = data, frames

    def __len__(self) -> int:
        return len(self._data)

    def __getitem__(self, part: slice) -> bytes | _Rest:
        if part.stop is not None:
            return bytes(self._data[part])
        if self._frames == MOST_FRAMES:
            raise _too_long(f"has more than {MOST_FRAMES:,} parts", _unpacker.path)
        return _Rest(self._data[part], self._frames + 1)

    def __bytes__(self) -> bytes:
        return bytes(self._data)


def _read_frames(header: Any, data: bytes, frames: Any) -> tuple[Any, Any, bytes]:
    """Read the frames of a tag, or of a chapter."""
    if header.version < header._V24 and header.f_unsynch:
        with suppress(ValueError):  # then it is read as it stands, as mutagen does
            data = unsynch.decode(data)
        header = copy.copy(header)
        header._flags &= ~_UNSYNCHED
    found, unknown, rest = _read_any_frames(header, _Rest(memoryview(data), 0), frames)
    alike = Counter(frame.HashKey.rstrip() for frame in found)
    if max(alike.values(), default=0) > _MOST_ALIKE:
        raise _too_long(f"has more than {_MOST_ALIKE} parts of one name", _unpacker.path)
    return found, unknown, bytes(rest)


def _decode_terminated(data: bytes, encoding: str, strict: bool = True) -> tuple[str, bytes]:
    """Decode a text up to the first null; give the rest."""
    wide = 2 if codecs.lookup(encoding).name.startswith("utf-16") else 1
    end = _find_null(data) if wide > 1 else data.find(b"\0")
    if end < 0:
        text = data.decode(encoding)
        if strict:
            raise ValueError("not null terminated")
        return text, b""
    rest = data[end + wide :]
    _unpacker.copy(rest)
    return data[:end].decode(encoding), rest


def _find_null(data: bytes) -> int:
    """Find two zeros that are one letter; -1 where there is none."""
    try:
        return 2 * array.array("H", data[: len(data) // 2 * 2]).index(0)
    except ValueError:
        return -1


def _decode_unsynched(data: bytes) -> bytes:
    """Take away the zeros that keep a tag from looking like sound."""
    if _WRONGLY_ESCAPED.search(data):
        raise ValueError("this is not escaped as it should be")
    return data.replace(b"\xff\x00", b"\xff")


_unpacker = _Unpacker()
_read_any_frames = _tags.read_frames
_frames.zlib = _unpacker
_tags.read_frames = _read_frames
_specs.decode_terminated = _decode_terminated
unsynch.decode = staticmethod(_decode_unsynched)
