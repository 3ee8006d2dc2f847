"""What reads which file: articles by the ending of its name (layer 1, pure).

A reader is given the bytes of a file, its path and the department that it lies in; it gives the articles in the file,
in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from audiobuild.model.values import Article
from audiobuild.sources.marked.markdown import SUFFIXES, read_markdown
from audiobuild.sources.marked.speech_markup import SPEECH_SUFFIX, read_speech_markup
from audiobuild.sources.packed.docx import DOCX_SUFFIX, read_docx
from audiobuild.sources.packed.epub import EPUB_SUFFIX, read_epub
from audiobuild.sources.packed.odt import ODT_SUFFIX, read_odt
from audiobuild.sources.paged.pdf import PDF_SUFFIX, read_pdf
from audiobuild.sources.web_pages.web_page import PAGE_SUFFIXES, read_web_page

Reader: TypeAlias = Callable[[bytes, str, str], Iterable[Article]]


def _read_markdown_file(data: bytes, source: str, section: str) -> tuple[Article]:
    return (read_markdown(data, source, section),)


def _read_page_file(data: bytes, source: str, section: str) -> tuple[Article]:
    return (read_web_page(data, source, section),)


def _read_speech_file(data: bytes, source: str, section: str) -> tuple[Article]:
    return (read_speech_markup(data, source, section),)


READERS: Mapping[str, Reader] = {
    **dict.fromkeys(SUFFIXES, _read_markdown_file),
    **dict.fromkeys(PAGE_SUFFIXES, _read_page_file),
    EPUB_SUFFIX: read_epub,
    PDF_SUFFIX: read_pdf,
    DOCX_SUFFIX: read_docx,
    ODT_SUFFIX: read_odt,
    SPEECH_SUFFIX: _read_speech_file,
}
"""By the ending, in small letters; a folder's other files are passed over."""
