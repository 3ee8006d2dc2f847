"""DOCX to an article (layer 1): by its styles, which say what is a title, a heading, a quotation.

This is the only module that knows mammoth.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from html import escape
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from audiobuild.errors import SourceError
from audiobuild.model.values import Article
from audiobuild.sources.article_parts.metadata import Metadata, find_metadata
from audiobuild.sources.packed.docx_markup import unmarked, without_passed_over
from audiobuild.sources.packed.office_document import (
    DELETED,
    MOST_XML_BYTES,
    RUNNING,
    read_office_html,
    remarks_of,
)
from audiobuild.sources.packed.zip_archive import ZipArchive
from audiobuild.sources.xml_tree import Element, attribute, descendants, parse_xml, words_within

_CORE = "docProps/core.xml"
_SAID = ("title", "creator")
"""What is told of a document, by the names of its properties."""
_OF_STYLES = "word/styles.xml"
_MOST_PARENTS = 10
_BESIDE = re.compile(r"word/(document|comments|header|footer)\d*\.xml")
_CAPTION, _CODE = "p.caption:fresh", "pre:separator('\\n')"
_INHERITED: Mapping[str, str] = {
    **dict.fromkeys(("caption", "image caption", "table caption", "figure caption", "tablecaption"), _CAPTION),
    **dict.fromkeys(("source code", "html preformatted", "preformatted text", "macro text", "code"), _CODE),
}
"""The same of those, in small letters, that a document's own may go back to."""
_STYLES = "\n".join(
    (
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='Subtitle'] => h6.subtitle:fresh",
        *(
            f"p[style-name='{name} {level}'] => h{level + 1}:fresh"
            for name in ("Heading", "heading")
            for level in range(1, 5)
        ),
        *(f"p[style-name='Heading {level}'] => h5:fresh" for level in range(5, 10)),
        *(
            f"p[style-name='{name}'] => blockquote > p:fresh"
            for name in ("Quote", "Intense Quote", "Block Text", "Quotations", "Quotation")
        ),
        *(f"p[style-name='{name}'] => p.byline:fresh" for name in ("Author", "Date", "Byline")),
        *(f"p[style-name='{name}'] => {become}" for name, become in _INHERITED.items()),
        *(f"p[style-name^='{name}'] => p.toc:fresh" for name in ("toc ", "TOC ", "Contents ", "index ")),
    )
)
"""How the styles of Word, LibreOffice and pandoc are called, and what becomes of what they style."""
_FAULTS = (
    *(ValueError, KeyError, AttributeError, IndexError, TypeError, LookupError, OSError, RecursionError, ExpatError),
    *(NotImplementedError, AssertionError, EOFError, BadZipFile, zlib.error, struct.error),
)
"""What mammoth says of documents that are damaged."""


def read_docx(data: bytes, source: str, section: str = "") -> tuple[Article]:
    """Read a document.

    Raises:
        SourceError: it is damaged, locked, no DOCX, or there is no text in it.
    """
    import mammoth

    archive = ZipArchive(data, source)
    for name in archive.names():  # mammoth unpacks without a limit
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(name, MOST_XML_BYTES):
            raise SourceError("it declares entities, which are not followed", source, "Save it anew.")
    about = Metadata()
    if _CORE in archive:
        core = parse_xml(archive.read(_CORE), f"{source}/{_CORE}")
        about = find_metadata({name: next(map(words_within, descendants(core, name)), "") for name in _SAID})
    try:
        without = mammoth.images.img_element(lambda image: {"src": ""})
        html = mammoth.convert_to_html(
            io.BytesIO(without_passed_over(archive, data)),
            style_map="\n".join((*_derived(archive), _STYLES)),
            include_embedded_style_map=False,
            convert_image=without,
        ).value
    except _FAULTS as error:
        raise SourceError(
            "the document is damaged", source, "Open it in a word processor, and save it anew."
        ) from error
    beside = "".join(_beside(archive))
    return (read_office_html(unmarked(html) + beside, source, section, about),)


def _derived(archive: ZipArchive) -> Iterator[str]:
    """Say what becomes of the styles of a document's own that go back to captions or code."""
    if _OF_STYLES not in archive:
        return
    tree = parse_xml(archive.read(_OF_STYLES, MOST_XML_BYTES), f"{archive.where}/{_OF_STYLES}")
    styles = {attribute(each, "styleId"): each for each in descendants(tree, "style")}
    names = {key: _value_of(style, "name").lower() for key, style in styles.items()}
    for key, style in styles.items():
        around: Element | None = style
        for _ in range(_MOST_PARENTS):
            parent = _value_of(around, "basedOn") if around is not None else ""
            become = _INHERITED.get(names.get(parent, ""))
            if become and re.fullmatch(r"[A-Za-z]\w*", key):
                yield f"p.{key} => {become}"
                break
            around = styles.get(parent)


def _value_of(style: Element, name: str) -> str:
    return next((attribute(each, "val") for each in descendants(style, name)), "")


_TRACKED = re.compile(rb"<w:(?:delText|moveFrom)[ >]")
"""Changes that are kept: what was struck out, and what now stands elsewhere."""


def _beside(archive: ZipArchive) -> Iterator[str]:
    """Write as HTML what stands beside the text: remarks, running heads, and what was struck out."""
    for name in archive.names():
        kind = _BESIDE.fullmatch(name)
        if kind is None or (kind[1] == "document" and not _TRACKED.search(archive.read(name, MOST_XML_BYTES))):
            continue
        tree = parse_xml(archive.read(name, MOST_XML_BYTES), f"{archive.where}/{name}")
        if kind[1] == "comments":
            yield remarks_of(tree, "comment")
        elif kind[1] == "document":
            gone = (each for name in ("del", "moveFrom") for each in descendants(tree, name))
            struck = (words for each in gone if (words := words_within(each)))
            yield "".join(f'<p class="{DELETED}">{escape(words)}</p>' for words in struck)
        else:
            yield remarks_of(tree, "hdr", RUNNING) + remarks_of(tree, "ftr", RUNNING)
