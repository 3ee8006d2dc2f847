"""A PDF with a text layer to an article (layer 1).

PDFium, which may crash or run on for ever over a damaged file, does its work in a process of its own; what comes back
are words with their places.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from audiobuild.errors import SourceError
from audiobuild.model.values import PROSE, Article, Block, BlockKind
from audiobuild.sources.article_parts.datelines import parse_date
from audiobuild.sources.paged.pdf_extraction import MOST_PAGES, MOST_WORDS
from audiobuild.sources.paged.pdf_layout import PdfPage, lay_out_pages
from audiobuild.sources.paged.pdf_paragraphs import find_paragraphs
from audiobuild.sources.paged.pdf_words import PdfWord

_LEAST_S = 20.0
"""What the smallest PDF may take."""
_S_A_MEGABYTE = 20.0
_BROKEN_HINT = "Export or download it again."


def read_pdf(data: bytes, source: str, section: str = "") -> tuple[Article]:
    """Read a paper; the line of a block is its page.

    Raises:
        SourceError: it is damaged, locked, a scan, or there is no text in it.
    """
    return read_words(_taken_out(data, source), source, section)


def read_words(told: Mapping[str, Any], source: str, section: str = "") -> tuple[Article]:
    """Read a paper of which the words have been taken out.

    Args:
        told: what `pdf_extraction` says of it.
        source: its path.
        section: the department that it belongs to.

    Raises:
        SourceError: it is damaged, locked, a scan, or there is no text in it.
    """
    shown = _pages(told, source)
    pages = [page.inside() for page in shown]
    if not any(page.words for page in pages):
        if any(page.pictures for page in pages):
            hint = "Have a program for text recognition (OCR) put a text layer into it first."
            raise SourceError("this is a scan: its pages are pictures", source, hint)
        raise SourceError("there is no text in it", source, "Look at it in a viewer.")
    blocks = (*find_paragraphs(lay_out_pages(pages), told.get("title", "")), *_outside(shown))
    if not any(block.kind in PROSE and not block.unread for block in blocks):
        raise SourceError("there is no text to read in it", source, "Look at it in a viewer.")
    title = next((block.text for block in blocks if block.kind is BlockKind.HEADLINE), "")
    dates = (parse_date(block.text) for block in blocks if block.unread)
    published = next(filter(None, dates), None)
    return (Article(title or PurePath(source).stem, source, blocks, published=published, section=section),)


def _outside(pages: Sequence[PdfPage]) -> Iterator[Block]:
    """Account for words that stand where nobody sees them."""
    for number, page in enumerate(pages, 1):
        words = [word.text for word in page.words if not page.shows(word)]
        if words:
            yield Block(BlockKind.PARAGRAPH, " ".join(words), number, unread="it stands outside the page")


def _taken_out(data: bytes, source: str) -> Mapping[str, Any]:
    """Have the words taken out of a PDF, in a process of its own."""
    command = (sys.executable, "-m", "audiobuild.sources.paged.pdf_extraction")
    limit_s = _LEAST_S + _S_A_MEGABYTE * len(data) / 1e6
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=limit_s, check=False)
    except subprocess.TimeoutExpired as error:
        raise SourceError(f"PDFium was not done with it in {limit_s:.0f} seconds", source, _BROKEN_HINT) from error
    if done.returncode:
        raise SourceError("PDFium fails over it: the file is damaged", source, _BROKEN_HINT)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _pages(told: Mapping[str, Any], source: str) -> list[PdfPage]:
    if "locked" in told:
        raise SourceError("it is locked by a password", source, "Take the password off, and build again.")
    if "long" in told:
        message = f"a paper may have {MOST_PAGES:,} pages and {MOST_WORDS:,} words at most"
        raise SourceError(message, source, "Part it into several.")
    if "broken" in told:
        raise SourceError("this is no PDF that can be read", source, _BROKEN_HINT)
    return [
        PdfPage(page["width"], page["height"], page["pictures"], tuple(PdfWord(*word) for word in page["words"]))
        for page in told["pages"]
    ]
