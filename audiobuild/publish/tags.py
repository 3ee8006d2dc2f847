"""The ID3 tag of an episode: its facts, its cover and its chapters (layer 3).

Version 2.3, since Apple Podcasts and ffmpeg misread the chapters of version 2.4. The chapters stand in the order of
time: mutagen would sort frames by their size, so the tag is put together from frames that it wrote one by one.

Source: ID3v2.3.0 (id3.org); ID3v2 Chapter Frame Addendum 1.0.
"""

from __future__ import annotations

import datetime as dt
import io
import urllib.parse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mutagen import MutagenError
from mutagen.id3 import (
    APIC,
    CHAP,
    COMM,
    CTOC,
    ID3,
    TALB,
    TCON,
    TDAT,
    TIT2,
    TLAN,
    TPE1,
    TYER,
    WXXX,
    CTOCFlags,
    Encoding,
    PictureType,
)
from mutagen.mp3 import MP3

from audiobuild.errors import SourceError

MOST_CHAPTERS = 255
"""A table of contents counts its entries in one byte."""

_LANGUAGE = "eng"
"""ISO 639-2: every language that articles may have so far is a kind of English."""
_NO_OFFSET = 0xFFFFFFFF
_HEADER_BYTES = 10
_ASCII = bytes(range(0x21, 0x7F))
"""What stays as it is in a link, "%" too, since it may be escaped already."""


@dataclass(frozen=True, slots=True)
class ChapterTag:
    """One chapter as the tag states it."""

    start_ms: int
    end_ms: int
    title: str
    url: str = ""


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
    sample_rate_hz: int
    channels: int


def render_tag(tag: EpisodeTag) -> bytes:
    """Write the tag as it stands at the head of the file."""
    utf16 = Encoding.UTF16
    frames: list[object] = [
        TIT2(encoding=utf16, text=tag.title),
        TPE1(encoding=utf16, text=tag.artist),
        TALB(encoding=utf16, text=tag.album),
        TCON(encoding=utf16, text=tag.genre),
        TLAN(encoding=Encoding.LATIN1, text=_LANGUAGE),
        COMM(encoding=utf16, lang=_LANGUAGE, desc="", text=tag.comment),
    ]
    if tag.published:
        frames.append(TYER(encoding=Encoding.LATIN1, text=f"{tag.published:%Y}"))
        frames.append(TDAT(encoding=Encoding.LATIN1, text=f"{tag.published:%d%m}"))
    if tag.url:
        frames.append(_link(tag.url))
    frames.extend(_chapter_frames(tag.chapters))
    if tag.cover:
        frames.append(
            APIC(encoding=Encoding.LATIN1, mime=tag.cover_mime, type=PictureType.COVER_FRONT, desc="", data=tag.cover)
        )
    body = b"".join(_frame_bytes(frame) for frame in frames)
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))  # seven bits a byte
    return b"ID3\x03\x00\x00" + size + body


def _chapter_frames(chapters: Sequence[ChapterTag]) -> Iterable[object]:
    names = [f"ch{number}" for number in range(len(chapters))]
    if names:
        flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
        yield CTOC(element_id="toc", flags=flags, child_element_ids=names[:MOST_CHAPTERS])
    for name, chapter in zip(names, chapters, strict=True):
        parts = [TIT2(encoding=Encoding.UTF16, text=chapter.title), *([_link(chapter.url)] if chapter.url else [])]
        yield CHAP(
            element_id=name,
            start_time=chapter.start_ms,
            end_time=chapter.end_ms,
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=parts,
        )


def _link(url: str) -> object:
    """A link; it is written in Latin-1, so letters beyond ASCII are escaped as addresses have them (RFC 3987, 3.1)."""
    return WXXX(encoding=Encoding.LATIN1, desc="", url=urllib.parse.quote(url, safe=_ASCII))


def _frame_bytes(frame: object) -> bytes:
    """Have mutagen write a tag of this one frame, and take the header off."""
    tag = ID3()
    tag.add(frame)
    file = io.BytesIO()
    tag.save(file, v2_version=3, v1=0, padding=lambda _: 0)
    return file.getvalue()[_HEADER_BYTES:]


def read_facts(path: Path) -> EpisodeFacts:
    """Read what an episode says of itself.

    Raises:
        SourceError: there is no such file, or it is no MP3.
    """
    try:
        file = MP3(path)
    except MutagenError as error:
        missing = not path.exists()
        message = "there is no such file" if missing else "this is no MP3 file"
        raise SourceError(message, str(path), "Give the path of an episode, such as output/NAME.mp3.") from error
    tags = file.tags if file.tags is not None else ID3()
    chapters = sorted(tags.getall("CHAP"), key=lambda chapter: chapter.start_time)
    cover = next(iter(tags.getall("APIC")), None)
    return EpisodeFacts(
        EpisodeTag(
            title=str(tags.get("TIT2", "")),
            artist=str(tags.get("TPE1", "")),
            album=str(tags.get("TALB", "")),
            genre=str(tags.get("TCON", "")),
            comment=str(next(iter(tags.getall("COMM")), "")),
            chapters=tuple(_read_chapter(chapter) for chapter in chapters),
            published=_read_date(str(tags.get("TDRC", ""))),
            url=next((link.url for link in tags.getall("WXXX")), ""),
            cover=cover.data if cover else b"",
            cover_mime=cover.mime if cover else "image/jpeg",
        ),
        duration_ms=round(file.info.length * 1000),
        bit_rate_kbps=file.info.bitrate // 1000,
        sample_rate_hz=file.info.sample_rate,
        channels=file.info.channels,
    )


def _read_chapter(chapter: CHAP) -> ChapterTag:
    url = next((link.url for link in chapter.sub_frames.getall("WXXX")), "")
    return ChapterTag(chapter.start_time, chapter.end_time, str(chapter.sub_frames.get("TIT2", "")), url)


def _read_date(text: str) -> dt.date | None:
    """Read the date that mutagen makes of year and day."""
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
