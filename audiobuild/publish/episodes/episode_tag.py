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
    language: str = "en"
    """A BCP 47 tag; only ID3 has a place for it."""

    @property
    def language_code(self) -> str:
        """The language as ID3 wants it.

        Source: ISO 639-2/T; "und" is one that is not determined.
        """
        primary = self.language.partition("-")[0]
        return primary if len(primary) == 3 else _CODES.get(primary, "und")


_CODES = dict(
    pair.split("=")
    for pair in (
        "ar=ara bg=bul ca=cat cs=ces cy=cym da=dan de=deu el=ell en=eng eo=epo es=spa et=est eu=eus fa=fas fi=fin "
        "fr=fra ga=gle gl=glg he=heb hi=hin hr=hrv hu=hun id=ind is=isl it=ita ja=jpn ko=kor la=lat lt=lit lv=lav "
        "nb=nob nl=nld nn=nno no=nor pl=pol pt=por ro=ron ru=rus sk=slk sl=slv sq=sqi sr=srp sv=swe sw=swa ta=tam "
        "th=tha tr=tur uk=ukr ur=urd vi=vie zh=zho"
    ).split()
)


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
