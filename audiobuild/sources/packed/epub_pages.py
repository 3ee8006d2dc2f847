"""A page of an EPUB, cut where its contents say that something begins (layer 1, pure)."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from audiobuild.sources.article_parts.found_block import FoundBlock
from audiobuild.sources.html.html_blocks import HtmlReader
from audiobuild.sources.html.html_elements import BLOCKS, HEADINGS
from audiobuild.sources.html.html_places import names_of
from audiobuild.sources.html.html_tags import HtmlPart, HtmlPartKind, cut_html

_HOLDERS = HEADINGS | {"p"}
"""What is never cut in its middle."""


@dataclass(frozen=True, slots=True)
class PagePiece:
    """What stands on a page from one of the places of its contents to the next."""

    fragment: str
    """The place; empty for the beginning of the page."""
    types: frozenset[str]
    """What EPUB calls the elements that begin there."""
    found: tuple[FoundBlock, ...]


@dataclass(slots=True)
class _Cut:
    fragment: str
    offset: int
    line: int
    types: frozenset[str] = frozenset()


def cut_page(text: str, fragments: Collection[str]) -> Iterator[PagePiece]:
    """Cut a page; its first piece is what stands before the first of the places, and may be empty.

    Args:
        text: the page.
        fragments: the places, by the ids of the elements that begin there; one that is not on the page is passed over.
    """
    cuts = sorted(_find_cuts(text, frozenset(fragments)), key=lambda cut: cut.offset)
    reader = HtmlReader()
    for cut, following in itertools.zip_longest(cuts, cuts[1:]):
        reader.feed(text[cut.offset : following.offset if following else len(text)], cut.line)
        reader.flush()
        yield PagePiece(cut.fragment, cut.types, tuple(reader.take() if following else reader.close()))


def _find_cuts(text: str, fragments: frozenset[str]) -> list[_Cut]:
    cuts = [_Cut("", 0, 1)]
    begun = [cuts[0]]  # of which the types are not all known yet
    wanted = set(fragments)
    run: tuple[int, int] | None = None  # where a row of blocks began in which no word has stood so far
    holder: tuple[int, int] | None = None
    offset = 0
    for part in cut_html(text):
        here = (offset, part.line)
        if part.kind is HtmlPartKind.START:
            if part.tag in BLOCKS:
                run = run or here
                holder = here if part.tag in _HOLDERS else holder
            for name in _ids(part) & wanted:
                wanted.discard(name)
                begun.append(_Cut(name, *(holder or run or here)))
                cuts.append(begun[-1])
                run = None
            types = _types(part)
            for cut in begun:
                cut.types |= types
            run = None if part.tag == "img" else run
        elif part.kind is HtmlPartKind.END:
            run = None if part.tag in BLOCKS else run
            holder = None if part.tag in _HOLDERS else holder
        elif part.kind is HtmlPartKind.RAW or (part.kind is HtmlPartKind.TEXT and part.text.strip()):
            run = None
            begun = begun if part.kind is HtmlPartKind.RAW else []
        offset += len(part.written)
    return cuts


def _ids(part: HtmlPart) -> set[str]:
    names = {part.attributes.get("id", ""), part.attributes.get("name", "") if part.tag == "a" else ""}
    return names - {""}


def _types(part: HtmlPart) -> frozenset[str]:
    """What an element is by its type or role; "doc-toc" is "toc"."""
    if not part.attributes.keys() & {"epub:type", "role"}:
        return frozenset()
    return frozenset(name.removeprefix("doc-") for name in names_of(part))
