"""A volume to its package document, its list of contents and its cover page (layer 3, pure).

No clock is read: the book says that it was changed on the day on which it was published.

Source: W3C, EPUB 3.3, sections 5 (package document), 7 (navigation) and 9.3 (overlays); EPUB Accessibility 1.1;
schema.org's accessibility properties.
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterable, Iterator
from itertools import groupby

from audiobuild.model.plain_text import plain_line
from audiobuild.publish.pictures.drawing import JPEG_MIME
from audiobuild.publish.readalong.chapter_page import ACTIVE, PLAYING, SECTION, render_page
from audiobuild.publish.readalong.narration import smil_clock
from audiobuild.publish.readalong.volume import Volume, VolumeChapter

PACKAGE, NAV, COVER_PAGE, COVER_PICTURE, STYLE_FILE = (
    "package.opf",
    "nav.xhtml",
    "cover.xhtml",
    "cover.jpg",
    "style.css",
)
_UNDATED = dt.date(2000, 1, 1)
"""When a book was changed that has no date: the format asks for one."""
_XHTML = "application/xhtml+xml"
_SUMMARY = (
    "All that is read aloud is there as text, and is marked in the text while it is heard. Every chapter can be "
    "reached from the list of contents. Pictures are not read aloud, nor are the notes at a chapter's end."
)


def file_of(number: int, suffix: str) -> str:
    """Name a file of a chapter, counted from 1.

    >>> file_of(7, ".smil")
    'chapter-007.smil'
    """
    return f"chapter-{number:03}{suffix}"


def render_package(volume: Volume) -> str:
    """Write the package document: what the book is, which files it has, and in which order they are read."""
    lang = html.escape(volume.manifest.language)
    pages = ("cover-page", *(f"page-{number}" for number, _ in enumerate(volume.chapters, 1)))
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{lang}">',
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">',
            *_metadata(volume),
            "</metadata>",
            "<manifest>",
            *_items(volume),
            "</manifest>",
            "<spine>",
            *(f'<itemref idref="{page}"/>' for page in pages),
            "</spine>",
            "</package>",
            "",
        )
    )


def _metadata(volume: Volume) -> Iterator[str]:
    manifest = volume.manifest
    day = manifest.published or _UNDATED
    yield f'<dc:identifier id="id">urn:uuid:{html.escape(manifest.guid)}</dc:identifier>'
    yield f"<dc:title>{_escaped_line(manifest.title) or _escaped_line(manifest.name)}</dc:title>"
    yield f"<dc:language>{html.escape(manifest.language)}</dc:language>"
    for name, value in (
        ("creator", manifest.author),
        ("publisher", manifest.show),
        ("description", manifest.description),
        ("date", manifest.published.isoformat() if manifest.published else ""),
    ):
        if _escaped_line(value):
            yield f"<dc:{name}>{_escaped_line(value)}</dc:{name}>"
    yield _meta("dcterms:modified", f"{day.isoformat()}T00:00:00Z")
    if _escaped_line(manifest.show):
        yield f'<meta property="belongs-to-collection" id="show">{_escaped_line(manifest.show)}</meta>'
        yield _meta("collection-type", "series", "show")
        if manifest.number:
            yield _meta("group-position", str(manifest.number), "show")
    yield '<meta name="cover" content="cover"/>'
    yield _meta("media:active-class", ACTIVE)
    yield _meta("media:playback-active-class", PLAYING)
    for voice in manifest.voices:
        yield _meta("media:narrator", _escaped_line(f"{voice.voice} ({voice.engine})"))
    yield _meta("media:duration", smil_clock(sum(chapter.length_ms for chapter in volume.chapters)))
    for number, chapter in enumerate(volume.chapters, 1):
        yield _meta("media:duration", smil_clock(chapter.length_ms), f"overlay-{number}")
    yield from _accessibility(volume.chapters)


def _accessibility(chapters: Iterable[VolumeChapter]) -> Iterator[str]:
    """What readers with other senses and hands can do with the book."""
    pictured = [chapter for chapter in chapters if chapter.picture]
    features = ["synchronizedAudioText", "tableOfContents", "readingOrder", "structuralNavigation"]
    features += ["displayTransformability"]
    if pictured and all(chapter.caption for chapter in pictured):
        features.append("alternativeText")
    for mode in ("textual", "auditory", *(["visual"] * bool(pictured))):
        yield _meta("schema:accessMode", mode)
    for modes in ("textual", "textual,auditory"):
        yield _meta("schema:accessModeSufficient", modes)
    for feature in features:
        yield _meta("schema:accessibilityFeature", feature)
    for hazard in ("noFlashingHazard", "noMotionSimulationHazard", "unknownSoundHazard"):
        yield _meta("schema:accessibilityHazard", hazard)
    yield f'<meta property="schema:accessibilitySummary" xml:lang="en">{_SUMMARY}</meta>'


def _meta(name: str, value: str, refines: str = "") -> str:
    about = f' refines="#{refines}"' if refines else ""
    return f'<meta property="{name}"{about}>{value}</meta>'


def _items(volume: Volume) -> Iterator[str]:
    yield _item("nav", NAV, _XHTML, ' properties="nav"')
    yield _item("style", STYLE_FILE, "text/css")
    yield _item("cover", COVER_PICTURE, JPEG_MIME, ' properties="cover-image"')
    yield _item("cover-page", COVER_PAGE, _XHTML)
    for number, chapter in enumerate(volume.chapters, 1):
        yield _item(f"page-{number}", file_of(number, ".xhtml"), _XHTML, f' media-overlay="overlay-{number}"')
        yield _item(f"overlay-{number}", file_of(number, ".smil"), "application/smil+xml")
        yield _item(f"sound-{number}", file_of(number, ".mp3"), "audio/mpeg")
        if chapter.picture:
            yield _item(f"picture-{number}", file_of(number, ".jpg"), JPEG_MIME)


def _item(name: str, file: str, media_type: str, more: str = "") -> str:
    return f'<item id="{name}" href="{file}" media-type="{media_type}"{more}/>'


def render_nav(volume: Volume) -> str:
    """Write the list of contents, by departments where there are any, and that of landmarks."""
    title, chapters = _escaped_line(volume.manifest.title), list(enumerate(volume.chapters, 1))
    body = [f'<nav epub:type="toc" role="doc-toc" id="toc"><h1 dir="auto">{title}</h1>', "<ol>"]
    for department, group in groupby(chapters, key=lambda each: plain_line(each[1].entry.section)):
        inside = [
            f'<li><a href="{_place(number)}" dir="auto">{_escaped_line(each.title)}</a></li>' for number, each in group
        ]
        if department:
            name = f'<span dir="auto">{html.escape(department)}</span>'
            inside = [f"<li>{name}", "<ol>", *inside, "</ol></li>"]
        body += inside
    body += ["</ol></nav>", '<nav epub:type="landmarks" id="landmarks" hidden="hidden">', "<ol>"]
    body.append(f'<li><a epub:type="cover" href="{COVER_PAGE}">{title}</a></li>')
    body += [
        f'<li><a epub:type="bodymatter" href="{_place(number)}">{_escaped_line(each.title)}</a></li>'
        for number, each in chapters[:1]
    ]
    return render_page(volume.manifest.title, volume.manifest.language, [*body, "</ol></nav>"])


def render_cover(volume: Volume) -> str:
    """Write the page of the cover."""
    title = _escaped_line(volume.manifest.title)
    body = (
        '<section epub:type="cover">',
        f'<img role="doc-cover" src="{COVER_PICTURE}" alt="{title}"/>',
        "</section>",
    )
    return render_page(volume.manifest.title, volume.manifest.language, body)


def _place(number: int) -> str:
    return f"{file_of(number, '.xhtml')}#{SECTION}"


def _escaped_line(text: str) -> str:
    return html.escape(plain_line(text))
