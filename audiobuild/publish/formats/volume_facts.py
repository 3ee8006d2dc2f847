"""What an EPUB that reads along says of itself, and the sound in it (layer 3).

It is read by its package document: the chapters are the pages that have an overlay, each as long as that is said to be;
their titles are those of the list of contents. The sound of the chapters, laid end to end, is the episode as an MP3.

Source: W3C, EPUB 3.3, sections 4 (OCF), 5 (package document), 7 (navigation) and 9 (media overlays).
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from audiobuild.audio.frames import info_frame, read_header, split_frames
from audiobuild.model.plain_text import plain_line
from audiobuild.model.xml_documents import read_xml
from audiobuild.publish.episodes.episode_tag import ChapterTag, EpisodeFacts, EpisodeTag, read_date

_MOST_BYTES = 1 << 25
"""What a text in it may have; more is damage, and would fill the memory."""
_SPACES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "dc": "http://purl.org/dc/elements/1.1/",
    "h": "http://www.w3.org/1999/xhtml",
    "o": "http://www.idpf.org/2007/opf",
}
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ElementTree.ParseError,
    KeyError,
    NotImplementedError,
    RuntimeError,
)
_HEADER_BYTES = 4
_BARE_TYPE = b"<!DOCTYPE html>"
"""What stands at the head of a page, and declares nothing."""


@dataclass(frozen=True, slots=True)
class _Narrated:
    """A page with its overlay."""

    page: str
    """Its file in the archive."""
    sound: str
    duration_ms: int


def read_volume_facts(path: Path) -> EpisodeFacts:
    """Read what an EPUB says of itself.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is none that reads along, or is damaged.
    """
    with _opened(path) as archive:
        place, package = _package(archive)
        narrated = _narrated(package, place)
        titles = _titles(archive, package, place)
        with archive.open(narrated[0].sound) as sound:
            header = read_header(sound.read(_HEADER_BYTES))
        ends = list(accumulate(each.duration_ms for each in narrated))
        chapters = tuple(
            ChapterTag(start_ms, end_ms, titles.get(each.page, ""))
            for each, start_ms, end_ms in zip(narrated, (0, *ends), ends, strict=False)
        )
        cover = _cover(archive, package, place)
    tag = EpisodeTag(
        title=_said(package, "dc:title"),
        artist=_said(package, "dc:creator"),
        album=_said(package, "dc:publisher"),
        genre="",
        comment=_said(package, "dc:description"),
        chapters=chapters,
        published=read_date(_said(package, "dc:date")),
        cover=cover,
        language=_said(package, "dc:language") or "en",
    )
    return EpisodeFacts(tag, ends[-1], header.bit_rate_kbps, header.rate_hz, header.channels, "epub")


def write_sound(volume: Path, path: Path) -> None:
    """Write the sound of all chapters, end to end, as one MP3.

    Raises:
        OSError: the file cannot be read or written.
        ValueError: it is no EPUB that reads along, or is damaged.
    """
    with _opened(volume) as archive, path.open("wb") as file:
        place, package = _package(archive)
        pieces: list[tuple[int, int]] = []
        silence = b""
        for each in _narrated(package, place):
            data = archive.read(each.sound)
            info, *frames, last = split_frames(data)
            silence = data[last]
            if not pieces:
                file.seek(info.stop)  # the Info frame of the whole is written there at the end
            file.write(data[info.stop : last.start])
            pieces.append((len(frames), last.start - info.stop))
        file.write(silence)
        file.seek(0)
        file.write(info_frame(silence, [*pieces, (1, len(silence))]))


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except _BROKEN as error:
        raise ValueError("this is no EPUB that can be read") from error


def _package(archive: zipfile.ZipFile) -> tuple[str, Element]:
    """The folder of the package document, and what stands in it."""
    container = _parsed(archive, "META-INF/container.xml")
    file = next((each.get("full-path", "") for each in container.iterfind(".//c:rootfile", _SPACES)), "")
    return posixpath.dirname(file), _parsed(archive, file)


def _parsed(archive: zipfile.ZipFile, name: str) -> Element:
    if archive.getinfo(name).file_size > _MOST_BYTES:
        raise ValueError("a text in this file is too long")
    return read_xml(archive.read(name).replace(_BARE_TYPE, b"", 1))


def _narrated(package: Element, place: str) -> list[_Narrated]:
    """The pages that have an overlay, in the order in which they are read; sounds follow their pages' order."""
    items = {item.get("id", ""): item for item in package.iterfind("o:manifest/o:item", _SPACES)}
    sounds = (item for item in items.values() if item.get("media-type") == "audio/mpeg")
    pages = (items[each.get("idref", "")] for each in package.iterfind("o:spine/o:itemref", _SPACES))
    durations = {
        meta.get("refines", "").lstrip("#"): read_smil_clock(meta.text or "")
        for meta in package.iterfind("o:metadata/o:meta", _SPACES)
        if meta.get("property") == "media:duration"
    }
    spoken = (page for page in pages if page.get("media-overlay"))
    found = [
        _Narrated(_file(place, page), _file(place, sound), durations[page.get("media-overlay", "")])
        for page, sound in zip(spoken, sounds, strict=False)
    ]
    if not found:
        raise ValueError("this book does not read along")
    return found


def read_smil_clock(text: str) -> int:
    """Read a time as media overlays have it, in milliseconds.

    Raises:
        ValueError: it is none.

    >>> read_smil_clock("1:02:09.045"), read_smil_clock("9.5s")
    (3729045, 9500)
    """
    seconds = 0.0
    for part in text.strip().removesuffix("s").split(":"):
        seconds = 60 * seconds + float(part)
    return round(1000 * seconds)


def _titles(archive: zipfile.ZipFile, package: Element, place: str) -> dict[str, str]:
    """What the list of contents calls each page."""
    items = package.iterfind("o:manifest/o:item", _SPACES)
    nav = next((_file(place, item) for item in items if "nav" in item.get("properties", "").split()), "")
    links = _parsed(archive, nav).iterfind(".//h:nav//h:a", _SPACES) if nav else iter(())
    found: dict[str, str] = {}
    for link in links:
        page = posixpath.join(posixpath.dirname(nav), unquote(link.get("href", "").partition("#")[0]))
        found.setdefault(page, plain_line("".join(link.itertext())))
    return found


def _cover(archive: zipfile.ZipFile, package: Element, place: str) -> bytes:
    items = package.iterfind("o:manifest/o:item", _SPACES)
    name = next((_file(place, item) for item in items if "cover-image" in item.get("properties", "").split()), "")
    return archive.read(name) if name and archive.getinfo(name).file_size <= _MOST_BYTES else b""


def _file(place: str, item: Element) -> str:
    return posixpath.join(place, unquote(item.get("href", "")))


def _said(package: Element, name: str) -> str:
    return plain_line(package.findtext(f"o:metadata/{name}", "", _SPACES))
