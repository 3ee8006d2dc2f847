"""The files that a feed speaks of, where they lie beside it (layer 3)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_LONE_MARKERS = {0x01, *range(0xD0, 0xD8)}
_FRAME_MARKERS = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Picture:
    """What the head of a picture file says."""

    kind: str
    """"JPEG" or "PNG"."""
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Beside:
    """A folder that holds what is published under an address."""

    base: str
    """The address, with a slash at its end; empty where it is not known."""
    folder: Path

    def path_of(self, address: str) -> Path | None:
        """Say where a file lies, whether or not it is there; None where it is published elsewhere."""
        if not self.base or not address.startswith(self.base):
            return None
        try:
            path = unquote(urlsplit(address[len(self.base) :]).path)
        except ValueError:
            return None
        parts = path.split("/")
        if "" in parts or ".." in parts or "\0" in path:
            return None
        return self.folder.joinpath(*parts)


def read_picture(data: bytes) -> Picture | None:
    """Read the size of a JPEG or PNG from its head; None where it is neither.

    Source: PNG specification, 11.2.2 (IHDR); ITU-T T.81, B.1 and B.2 (markers, frame header).
    """
    if data.startswith(_PNG) and len(data) >= 24:
        width_px, height_px = struct.unpack(">II", data[16:24])
        return Picture("PNG", width_px, height_px)
    if not data.startswith(_JPEG):
        return None
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker in _FRAME_MARKERS:
            height_px, width_px = struct.unpack(">HH", data[place + 5 : place + 9])
            return Picture("JPEG", width_px, height_px)
        if marker == 0xFF:  # a marker may have any number of these before it
            place += 1
        elif marker in _LONE_MARKERS:
            place += 2
        else:
            place += 2 + int.from_bytes(data[place + 2 : place + 4])
    return None
