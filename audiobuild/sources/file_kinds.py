"""What a file is by what stands in it, as the ending that its name should have (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Mapping

PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
"""Of pages."""
FEED_SUFFIXES = (".xml", ".rss", ".atom")
"""Of feeds."""

_HEAD_BYTES = 2000
_PACKED = b"PK\x03\x04"
_FEED = re.compile(rb"<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)
_PAGE = re.compile(rb"<!doctype\s+html|<(?:html|head|body|article|main)[\s>]", re.IGNORECASE)
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]*):[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|$)")
"""A line at the head of a letter, and those that it goes on in."""
_ENVELOPE = re.compile(rb"From \S+ .*\r?\n")
"""What a box of letters has before each."""
_LETTER_HEADERS = frozenset(
    (b"from", b"subject", b"date", b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to")
)
_SENT = frozenset((b"from", b"received", b"return-path", b"mime-version"))
_FEWEST_HEADERS = 2
"""Of a letter: one of those that say that it was sent, and another."""
_FRAGMENT = re.compile(rb"\s*<(?:p|div|h[1-6]|section|figure|table|ul|ol)[\s>]", re.IGNORECASE)
_VERBATIM = re.compile(rb"<(/?)(?:pre|script|style)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(rb"<[^<>]*>")
_BLANK_LINES = re.compile(rb"(?:\r?\n[ \t]*){2,}")
_FEWEST_WORDS = 60
"""Of a part of a page: a shorter one is read as a text that holds HTML."""
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_PROGRAM = b"#!"
_MEDIA_TYPES: Mapping[str, str] = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "text/markdown": ".md",
    "text/plain": ".txt",
}


def suffix_by_content(data: bytes) -> str:
    """Say what a file is by its first bytes; empty where they do not tell.

    >>> suffix_by_content(b"%PDF-1.7 ..."), suffix_by_content(b"It rained.")
    ('.pdf', '')
    """
    head = data[:_HEAD_BYTES]
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.startswith(_PACKED):
        return _suffix_of_packed(data)
    plain = head.replace(b"\0", b"")  # of UTF-16
    if re.search(rb"<speak[\s>]", plain):
        return ".ssml"
    if _FEED.search(plain):
        return ".xml"
    if _is_letter(data):
        return ".eml"
    return ".html" if _PAGE.search(plain) or _is_part_of_page(data) else ""


def is_text(data: bytes) -> bool:
    """Say whether a file whose name tells nothing may be a text to be read: no program, and nothing that is no text.

    >>> is_text(b"It rained."), is_text(b"\\x7fELF\\x02\\x01"), is_text(b"#!/bin/sh")
    (True, False, False)
    """
    return not data.startswith(_PROGRAM) and not _CONTROLS.search(data[:_HEAD_BYTES])


def suffix_by_media_type(media_type: str) -> str:
    """Find the suffix of a media type; empty where no reader takes it."""
    return _MEDIA_TYPES.get(media_type, "")


def _is_letter(data: bytes) -> bool:
    """Whether a text begins with nothing but headers up to a blank line, and those are what letters have."""
    envelope = _ENVELOPE.match(data)
    place = envelope.end() if envelope else 0
    found: set[bytes] = set()
    while header := _HEADER.match(data, place):
        found.add(header[1].lower())
        place = header.end()
    is_ended = data[place : place + 2].startswith((b"\n", b"\r\n"))
    return is_ended and bool(found & _SENT) and len(found & _LETTER_HEADERS) >= _FEWEST_HEADERS


def _is_part_of_page(data: bytes) -> bool:
    """Whether a text is a part of a page: all of its blocks are HTML's, so that none is Markdown's."""
    if not _FRAGMENT.match(data):
        return False
    first, *rest = _VERBATIM.split(data)
    text = b"<pre>".join((first, *(part for ended, part in zip(rest[::2], rest[1::2], strict=True) if ended)))
    is_all = all(block.lstrip().startswith(b"<") for block in _BLANK_LINES.split(text) if block.strip())
    return is_all and len(_TAG.sub(b" ", data).split()) >= _FEWEST_WORDS


def _suffix_of_packed(data: bytes) -> str:
    if b"application/vnd.oasis.opendocument.text" in data[:200]:
        return ".odt"
    if b"application/epub+zip" in data[:200] or b"META-INF/container.xml" in data:
        return ".epub"
    return ".docx" if b"word/document.xml" in data else ""
