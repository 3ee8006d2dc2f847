"""What an episode's tag says, in whichever format it is written (layer 3)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChapterTag:
    """One chapter as the tag states it."""

    start_ms: int
    end_ms: int
    title: str
    url: str = ""
    picture: bytes = b""
    """A JPEG; empty for none."""


@dataclass(frozen=True, slots=True)
class EpisodeTag:
    """What the tag says; an empty field is left out."""

    title: str
    artist: str
    album: str
    genre: str
    comment: str
    chapters: tuple[ChapterTag, ...]
    published: dt.date | None = None
    url: str = ""
    cover: bytes = b""
    cover_mime: str = "image/jpeg"


@dataclass(frozen=True, slots=True)
class EpisodeFacts:
    """What a finished episode says of itself."""

    tag: EpisodeTag
    duration_ms: int
    bit_rate_kbps: int
    """Of all channels together; the mean, where it varies."""
    sample_rate_hz: int
    channels: int
    kind: str = "mp3"
    """The format's name."""


def read_date(text: str) -> dt.date | None:
    """Read a date with which a text begins; None where there is none.

    >>> read_date("2026-03-09T07:00:00")
    datetime.date(2026, 3, 9)
    """
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
