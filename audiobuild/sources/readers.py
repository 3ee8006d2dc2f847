"""What reads which file: articles by the ending of its name (layer 1, pure).

A reader is given the bytes of a file, its path and the department that it lies in; it gives the articles in the file,
in their order. Only what reads Markdown and speech is imported before such a file is met: most need no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from audiobuild.errors import SourceError
from audiobuild.model.values import Article
from audiobuild.sources.file_kinds import PAGE_SUFFIXES
from audiobuild.sources.html.html_tags import refuse_many_tags
from audiobuild.sources.html.markup_text import without_embedded
from audiobuild.sources.marked.markdown import SUFFIXES, read_markdown
from audiobuild.sources.marked.speech_markup import SPEECH_SUFFIX, read_speech_markup

Reader: TypeAlias = Callable[[bytes, str, str], Iterable[Article]]


_MOST_BYTES, _MOST_LINES = 5_000_000, 100_000
"""Of an article in Markdown: what is in memory of it grows with both."""
_MOST_LETTER_BYTES = 40_000_000
"""With all that is attached to it."""
_MOST_MARKS = 100_000
"""Of Markdown's, in one paragraph."""
_MARKS = b"*_~`[]<>!&^\\"
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")


def _read_markdown_file(data: bytes, source: str, section: str) -> tuple[Article]:
    data = without_embedded(data)  # as Google's documents have their pictures
    if len(data) > _MOST_BYTES or data.count(b"\n") > _MOST_LINES:
        limits = f"{_MOST_BYTES // 1_000_000} MB and {_MOST_LINES:,} lines"
        raise SourceError(f"an article may have {limits} at most", source, "Part it into several files.")
    if len(data) > _MOST_MARKS and any(map(_has_many_marks, _BLANK_LINE.split(data))):
        message = f"a paragraph may have {_MOST_MARKS:,} marks of Markdown's at most"
        raise SourceError(message, source, "Part it into several, or take the marks out.")
    refuse_many_tags(data.decode("latin-1"), source)
    return (read_markdown(data, source, section),)


def _has_many_marks(paragraph: bytes) -> bool:
    return len(paragraph) - len(paragraph.translate(None, _MARKS)) > _MOST_MARKS


def _read_page_file(data: bytes, source: str, section: str) -> tuple[Article]:
    from audiobuild.sources.reading_lists import listed_addresses
    from audiobuild.sources.web_pages.web_page import read_web_page

    if addresses := listed_addresses(data.decode("utf-8", "replace")):
        message = f"this is a list of {len(addresses)} addresses, and no article"
        raise SourceError(message, source, "Write @ before its name to build what stands there.")
    return (read_web_page(data, source, section),)


def _read_letter_file(data: bytes, source: str, section: str) -> Iterable[Article]:
    if len(data) > _MOST_LETTER_BYTES:
        message = f"a letter may have {_MOST_LETTER_BYTES // 1_000_000} MB at most"
        raise SourceError(message, source, "Save it without what is attached to it.")
    from audiobuild.sources.web_pages.letter import read_letter

    return read_letter(data, source, section)


def _read_epub_file(data: bytes, source: str, section: str) -> Iterable[Article]:
    from audiobuild.sources.packed.epub import read_epub

    return read_epub(data, source, section)


def _read_pdf_file(data: bytes, source: str, section: str) -> Iterable[Article]:
    from audiobuild.sources.paged.pdf import read_pdf

    return read_pdf(data, source, section)


def _read_docx_file(data: bytes, source: str, section: str) -> Iterable[Article]:
    from audiobuild.sources.packed.docx import read_docx

    return read_docx(data, source, section)


def _read_odt_file(data: bytes, source: str, section: str) -> Iterable[Article]:
    from audiobuild.sources.packed.odt import read_odt

    return read_odt(data, source, section)


def _read_speech_file(data: bytes, source: str, section: str) -> tuple[Article]:
    if len(data) > _MOST_BYTES:
        message = f"an article may have {_MOST_BYTES // 1_000_000} MB at most"
        raise SourceError(message, source, "Part it into several files.")
    return (read_speech_markup(data, source, section),)


READERS: Mapping[str, Reader] = {
    **dict.fromkeys(SUFFIXES, _read_markdown_file),
    **dict.fromkeys(PAGE_SUFFIXES, _read_page_file),
    ".epub": _read_epub_file,
    ".pdf": _read_pdf_file,
    ".docx": _read_docx_file,
    ".odt": _read_odt_file,
    **dict.fromkeys((".eml", ".mhtml", ".mht"), _read_letter_file),
    SPEECH_SUFFIX: _read_speech_file,
}
"""By the ending, in small letters; a folder's other files are passed over."""
