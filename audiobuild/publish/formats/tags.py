"""The tag of an episode, in every format: its facts, its cover and its chapters (layer 3).

MP3 and WAV files hold an ID3 tag, of version 2.3, since Apple Podcasts and ffmpeg misread the chapters of version 2.4;
it alone has pictures of chapters.
The chapters stand in the order of time: mutagen would sort frames by their size, so the tag is put together from frames
that it wrote one by one. FLAC and Opus files hold comments, of which `vorbis` has the names. M4B files hold atoms;
their chapters are written with the sound. mutagen is known in this package alone.

Source: ID3v2.3.0 (id3.org); ID3v2 Chapter Frame Addendum 1.0; FLAC format, METADATA_BLOCK_PICTURE (RFC 9639, 8.8);
Ogg Opus comments (RFC 7845, 5.2); the atoms are iTunes's, of which there is no specification.
"""

from __future__ import annotations

import base64
import dataclasses
import io
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mutagen import MutagenError
from mutagen.flac import FLAC, Picture
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
from mutagen.mp4 import MP4, MP4Cover
from mutagen.ogg import OggPage
from mutagen.oggopus import OggOpus

from audiobuild.publish.episodes.episode_tag import ChapterTag, EpisodeFacts, EpisodeTag, read_date
from audiobuild.publish.formats import mp4, vorbis
from audiobuild.publish.formats.wav import read_chunks
from audiobuild.publish.pictures.drawing import JPEG_MIME

__all__ = [
    "MOST_CHAPTERS",
    "ChapterTag",
    "EpisodeFacts",
    "EpisodeTag",
    "MutagenError",
    "read_flac",
    "read_m4b",
    "read_mp3",
    "read_opus",
    "read_wav",
    "render_tag",
    "tag_flac",
    "tag_m4b",
    "tag_opus",
]

MOST_CHAPTERS = 255
"""A table of contents counts its entries in one byte; where there are more, it has tables for entries."""

_NO_OFFSET = 0xFFFFFFFF
_HEADER_BYTES = 10
_ASCII = bytes(range(0x21, 0x7F))
"""What stays as it is in a link, "%" too, since it may be escaped already."""
_PICTURE = "METADATA_BLOCK_PICTURE"
"""The comment in which an Ogg file holds its cover."""
_PNG = "image/png"
_AUDIOBOOK = 2
"""iTunes's number for this kind of media."""


def render_tag(tag: EpisodeTag) -> bytes:
    """Write the tag as it stands at the head of the file."""
    utf16 = Encoding.UTF16
    frames: list[object] = [
        TIT2(encoding=utf16, text=tag.title),
        TPE1(encoding=utf16, text=tag.artist),
        TALB(encoding=utf16, text=tag.album),
        TCON(encoding=utf16, text=tag.genre),
        TLAN(encoding=Encoding.LATIN1, text=tag.language_code),
        COMM(encoding=utf16, lang=tag.language_code, desc="", text=tag.comment),
    ]
    if tag.published:
        frames.append(TYER(encoding=Encoding.LATIN1, text=f"{tag.published:%Y}"))
        frames.append(TDAT(encoding=Encoding.LATIN1, text=f"{tag.published:%d%m}"))
    if tag.url:
        frames.append(_link(tag.url))
    frames.extend(_chapter_frames(tag.chapters))
    if tag.cover:
        frames.append(_image(tag.cover, tag.cover_mime))
    body = b"".join(_frame_bytes(frame) for frame in frames)
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))  # seven bits a byte
    return b"ID3\x03\x00\x00" + size + body


def _chapter_frames(chapters: Sequence[ChapterTag]) -> Iterable[object]:
    names = [f"ch{number}" for number in range(len(chapters))]
    if names:
        flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
        tables = [names[start : start + MOST_CHAPTERS] for start in range(0, len(names), MOST_CHAPTERS)]
        nested = {f"toc{number}": part for number, part in enumerate(tables, 1)} if len(tables) > 1 else {}
        yield CTOC(element_id="toc", flags=flags, child_element_ids=list(nested) or names)
        for name, part in nested.items():
            yield CTOC(element_id=name, flags=CTOCFlags.ORDERED, child_element_ids=part)
    for name, chapter in zip(names, chapters, strict=True):
        parts = [TIT2(encoding=Encoding.UTF16, text=chapter.title)]
        if chapter.url:
            parts.append(_link(chapter.url))
        if chapter.picture:
            parts.append(_image(chapter.picture, JPEG_MIME))
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


def _image(data: bytes, mime: str) -> object:
    return APIC(encoding=Encoding.LATIN1, mime=mime, type=PictureType.COVER_FRONT, desc="", data=data)


def _frame_bytes(frame: object) -> bytes:
    """Have mutagen write a tag of this one frame, and take the header off."""
    tag = ID3()
    tag.add(frame)
    file = io.BytesIO()
    tag.save(file, v2_version=3, v1=0, padding=_no_padding)
    return file.getvalue()[_HEADER_BYTES:]


@contextmanager
def _os_errors() -> Iterator[None]:
    """Raise the system's own error about a file in place of mutagen's around it."""
    try:
        yield
    except MutagenError as error:
        for cause in error.args:
            if isinstance(cause, OSError):
                raise cause from error
        raise


@_os_errors()
def tag_flac(path: Path, tag: EpisodeTag) -> None:
    """Put a tag into a finished FLAC file that has none.

    Raises:
        OSError: the file cannot be written, or the disk is full.
    """
    file = FLAC(path)
    if file.tags is None:
        file.add_tags()
    file.tags.clear()
    file.tags.extend(vorbis.comments_of(tag))
    if tag.cover:
        file.add_picture(_picture(tag))
    file.save(padding=_no_padding)


@_os_errors()
def tag_opus(path: Path, tag: EpisodeTag) -> None:
    """Put a tag into a finished Opus file that has none.

    Raises:
        OSError: the file cannot be written, or the disk is full.
    """
    file = OggOpus(path)
    file.tags.clear()
    file.tags.extend(vorbis.comments_of(tag))
    if tag.cover:
        file.tags.append((_PICTURE, base64.b64encode(_picture(tag).write()).decode("ascii")))
    file.save(padding=_no_padding)


def _picture(tag: EpisodeTag) -> Any:
    picture = Picture()
    picture.type, picture.mime, picture.data = PictureType.COVER_FRONT, tag.cover_mime, tag.cover
    return picture


@_os_errors()
def tag_m4b(path: Path, tag: EpisodeTag) -> None:
    """Put a tag into a finished M4B file that has none, without the chapters, which it has already.

    Raises:
        OSError: the file cannot be written, or the disk is full.
    """
    file = MP4(path)
    texts = {
        "\xa9nam": tag.title,
        "\xa9ART": tag.artist,
        "\xa9alb": tag.album,
        "\xa9gen": tag.genre,
        "\xa9day": tag.published.isoformat() if tag.published else "",
        "\xa9cmt": tag.comment,
        "desc": tag.comment,
        "\xa9url": tag.url,
    }
    if file.tags is None:
        file.add_tags()
    file.tags.update({name: [text] for name, text in texts.items() if text})
    file.tags["stik"] = [_AUDIOBOOK]
    if tag.cover:
        form = MP4Cover.FORMAT_PNG if tag.cover_mime == _PNG else MP4Cover.FORMAT_JPEG
        file.tags["covr"] = [MP4Cover(tag.cover, form)]
    file.save(padding=_no_padding)


def _no_padding(_: object) -> int:
    return 0


def read_mp3(path: Path) -> EpisodeFacts:
    """Read what an MP3 file says of itself."""
    file = MP3(path)
    return _facts("mp3", file.info, file.info.bitrate, _read_id3(file.tags if file.tags is not None else ID3()))


def _facts(kind: str, info: Any, bits_a_second: float, tag: EpisodeTag) -> EpisodeFacts:
    rate_hz = getattr(info, "sample_rate", 48_000)  # of Opus there is but one, of which mutagen does not speak
    return EpisodeFacts(tag, round(info.length * 1000), round(bits_a_second / 1000), rate_hz, info.channels, kind)


def read_wav(path: Path) -> EpisodeFacts:
    """Read what a WAV file says of itself."""
    said = read_chunks(path)
    tag = _read_id3(ID3(io.BytesIO(said.id3)) if said.id3 else ID3())
    bits_a_second = said.sample_rate_hz * said.channels * said.bits
    duration_ms = round(1000 * said.samples / said.sample_rate_hz)
    return EpisodeFacts(tag, duration_ms, round(bits_a_second / 1000), said.sample_rate_hz, said.channels, "wav")


def read_flac(path: Path) -> EpisodeFacts:
    """Read what a FLAC file says of itself."""
    file = FLAC(path)
    tag = vorbis.tag_of(file.tags or [], round(file.info.length * 1000))
    return _facts("flac", file.info, file.info.bitrate, _with_picture(tag, next(iter(file.pictures), None)))


def read_opus(path: Path) -> EpisodeFacts:
    """Read what an Opus file says of itself."""
    file = OggOpus(path)
    with path.open("rb") as bare:
        headers = 0
        while headers < 2:  # the head and the comments, which end with a page each
            headers += OggPage(bare).complete
        sound_bytes = path.stat().st_size - bare.tell()
    encoded = next(iter(file.tags.get(_PICTURE, [])), "")
    tag = vorbis.tag_of(file.tags, round(file.info.length * 1000))
    tag = _with_picture(tag, Picture(base64.b64decode(encoded)) if encoded else None)
    return _facts("opus", file.info, 8 * sound_bytes / max(file.info.length, 0.001), tag)


def _with_picture(tag: EpisodeTag, picture: Any) -> EpisodeTag:
    return dataclasses.replace(tag, cover=picture.data, cover_mime=picture.mime) if picture else tag


def read_m4b(path: Path) -> EpisodeFacts:
    """Read what an M4B file says of itself."""
    file = MP4(path)
    tags = file.tags or {}
    said = {name: str(tags[name][0]) for name in tags if name[:1] == "\xa9" and tags[name]}
    cover = next(iter(tags.get("covr", [])), None)
    tag = EpisodeTag(
        title=said.get("\xa9nam", ""),
        artist=said.get("\xa9ART", ""),
        album=said.get("\xa9alb", ""),
        genre=said.get("\xa9gen", ""),
        comment=said.get("\xa9cmt", ""),
        chapters=mp4.read_chapters(path),
        published=read_date(said.get("\xa9day", "")),
        url=said.get("\xa9url", ""),
        cover=bytes(cover) if cover else b"",
        cover_mime=_PNG if cover and cover.imageformat == MP4Cover.FORMAT_PNG else "image/jpeg",
    )
    facts = _facts("m4b", file.info, file.info.bitrate, tag)
    return dataclasses.replace(facts, duration_ms=mp4.read_duration_ms(path))


def _read_id3(tags: Any) -> EpisodeTag:
    chapters = sorted(tags.getall("CHAP"), key=lambda chapter: chapter.start_time)
    cover = next(iter(tags.getall("APIC")), None)
    return EpisodeTag(
        title=str(tags.get("TIT2", "")),
        artist=str(tags.get("TPE1", "")),
        album=str(tags.get("TALB", "")),
        genre=str(tags.get("TCON", "")),
        comment=str(next(iter(tags.getall("COMM")), "")),
        chapters=tuple(_read_chapter(chapter) for chapter in chapters),
        published=read_date(str(tags.get("TDRC", ""))),
        url=next((link.url for link in tags.getall("WXXX")), ""),
        cover=cover.data if cover else b"",
        cover_mime=cover.mime if cover else "image/jpeg",
    )


def _read_chapter(chapter: CHAP) -> ChapterTag:
    parts = chapter.sub_frames
    url = next((link.url for link in parts.getall("WXXX")), "")
    picture = next((image.data for image in parts.getall("APIC")), b"")
    return ChapterTag(chapter.start_time, chapter.end_time, str(parts.get("TIT2", "")), url, picture)
