"""Ogg pages: an Ogg file is given a fixed serial number, so that the same sound gives the same bytes (layer 3).

A file is pages end to end. In the head of each stands the serial number of its stream, for which libsndfile draws lots.

Source: RFC 3533, section 6.
"""

from __future__ import annotations

from pathlib import Path

from mutagen.ogg import OggPage
from mutagen.ogg import error as OggError  # noqa: N812  # the class has the name of a function

SERIAL = 1
"""The serial number that every file gets; it need only be unique among the streams of one file, which has but one."""


def fix_serial(path: Path) -> None:
    """Give the one stream of an Ogg file its serial number, page by page, in place.

    Raises:
        OSError: the file cannot be read or written.
        ValueError: there is something that is no page.
    """
    size_bytes = path.stat().st_size
    with path.open("r+b") as file:
        while (start := file.tell()) < size_bytes:
            try:
                page = OggPage(file)
            except (OggError, EOFError) as error:
                raise ValueError(f"no whole Ogg page at byte {start}") from error
            page.serial = SERIAL
            file.seek(start)
            file.write(page.write())
