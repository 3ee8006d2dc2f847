"""Ogg pages: an Ogg file is given a fixed serial number, so that the same sound gives the same bytes (layer 3).

A file is pages end to end. The head of each is 27 bytes and a table of the lengths of its parts; in the head stand the
serial number of the stream, for which libsndfile draws lots, and a checksum of the page.

Source: RFC 3533, section 6.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import BinaryIO

SERIAL = 1
"""The serial number that every file gets; it need only be unique among the streams of one file, which has but one."""

_HEAD_BYTES = 27
_SERIAL_AT = 14
_CHECKSUM_AT = 22
_MIRRORED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


def fix_serial(path: Path) -> None:
    """Give the one stream of an Ogg file its serial number, page by page, in place.

    Raises:
        OSError: the file cannot be read or written.
        ValueError: there is something that is no page.
    """
    with path.open("r+b") as file:
        start = 0
        while page := _read_page(file):
            page[_SERIAL_AT : _SERIAL_AT + 4] = SERIAL.to_bytes(4, "little")
            page[_CHECKSUM_AT : _CHECKSUM_AT + 4] = bytes(4)
            page[_CHECKSUM_AT : _CHECKSUM_AT + 4] = checksum(page).to_bytes(4, "little")
            file.seek(start)
            file.write(page)
            start += len(page)


def _read_page(file: BinaryIO) -> bytearray:
    """Read the next page; nothing at the end of the file."""
    head = file.read(_HEAD_BYTES)
    if not head:
        return bytearray()
    if len(head) < _HEAD_BYTES or not head.startswith(b"OggS"):
        raise ValueError(f"no Ogg page before byte {file.tell()}")
    table = file.read(head[-1])
    body = file.read(sum(table))
    if len(table) < head[-1] or len(body) < sum(table):
        raise ValueError(f"the Ogg page before byte {file.tell()} is cut")
    return bytearray(head + table + body)


def checksum(page: bytes | bytearray) -> int:
    """Compute a page's checksum, of which the four bytes for itself are zero.

    It is zlib's CRC-32 with each byte and the result mirrored, and without the ones at either end.
    """
    mirrored = zlib.crc32(page.translate(_MIRRORED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{mirrored:032b}"[::-1], 2)
