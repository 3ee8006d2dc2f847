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
    return ".html" if _PAGE.search(plain) else ""


def suffix_by_media_type(media_type: str) -> str:
    """Find the suffix of a media type; empty where no reader takes it."""
    return _MEDIA_TYPES.get(media_type, "")


def _suffix_of_packed(data: bytes) -> str:
    if b"application/vnd.oasis.opendocument.text" in data[:200]:
        return ".odt"
    if b"application/epub+zip" in data[:200] or b"META-INF/container.xml" in data:
        return ".epub"
    return ".docx" if b"word/document.xml" in data else ""
