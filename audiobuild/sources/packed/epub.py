"""EPUB 2 and 3 to the chapters of a book (layer 1, pure).

The contents say where chapters begin and what they are called, and the spine in which order they come. What is not in
the book's run (cover, imprint, notes, index) is left out, with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from audiobuild.errors import SourceError
from audiobuild.model.values import Article
from audiobuild.sources.html.markup_text import decode_markup, mark_note_links, number_in_figures
from audiobuild.sources.packed.book_chapters import Stretch, read_chapters
from audiobuild.sources.packed.epub_package import ContentsEntry, Package, read_package
from audiobuild.sources.packed.epub_pages import cut_page
from audiobuild.sources.packed.split_pages import join_split_pages
from audiobuild.sources.packed.zip_archive import ZipArchive


def read_epub(data: bytes, source: str, section: str = "") -> tuple[Article, ...]:
    """Read a book.

    Args:
        data: the file's bytes.
        source: the file's path; that of a chapter is this and its page's.
        section: the department that the book belongs to; its parts are departments within it.

    Raises:
        SourceError: it is no EPUB, is damaged or locked, or there is nothing to read in it.
    """
    archive = ZipArchive(data, source)
    package = read_package(archive)
    stretches = join_split_pages(_stretches(archive, package))
    articles = tuple(read_chapters(stretches, package.book, source, section))
    if not any(not article.unread for article in articles):
        hint = "Where its pages are pictures, it has to be read by a program for that first."
        raise SourceError("there is no text to read in the book", source, hint)
    return articles


def _stretches(archive: ZipArchive, package: Package) -> Iterator[Stretch]:
    entries: dict[str, list[ContentsEntry]] = defaultdict(list)
    waiting: list[ContentsEntry] = []  # lines of the contents that lead nowhere: names of parts
    for entry in package.contents:
        if entry.file in package.pages:
            entries[entry.file] += [*waiting, entry]
            waiting = []
        elif not entry.file:
            waiting.append(entry)
    for file in package.pages:
        if file in archive:
            yield from _of_page(archive, package, file, entries[file])


def _of_page(archive: ZipArchive, package: Package, file: str, entries: list[ContentsEntry]) -> Iterator[Stretch]:
    """Give the stretches of a page; of several entries for one place all but the last are empty."""
    text = decode_markup(archive.read(file), f"{archive.where}/{file}")
    text = number_in_figures(mark_note_links(text))
    pieces = tuple(cut_page(text, {entry.fragment for entry in entries if entry.fragment}))
    places = {piece.fragment for piece in pieces}
    of_place: dict[str, list[ContentsEntry]] = defaultdict(list)
    for place, entry in enumerate(entries):
        target = next((each for each in entries[place:] if each.file), entry)
        of_place[target.fragment if target.fragment in places else ""].append(entry)
    matter = frozenset(filter(None, (package.matter.get(file, ""),)))
    for piece in pieces:
        types = piece.types | matter
        named = of_place[piece.fragment]
        for entry in named[:-1]:
            yield Stretch(entry.title, entry.depth, file, frozenset(), ())
        if named:
            yield Stretch(named[-1].title, named[-1].depth, file, types, piece.found)
        elif piece.found:
            yield Stretch("", -1, file, types, piece.found)
