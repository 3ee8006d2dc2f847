"""The stretches of a book to chapters: where each begins, which are parts, what is left out and why (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audiobuild.model.book import Book
from audiobuild.model.values import PROSE, Article, Block, BlockKind
from audiobuild.sources.article_parts.found_block import FoundBlock
from audiobuild.sources.packed.book_matter import TITLE_PAGE, reason_by_title, reason_by_types

_PART_TITLE = re.compile(
    r"(?:(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|last) )?(?:part|book|volume|section)\b.*",
    re.IGNORECASE,
)
_PART_WORDS = 80
"""What stands on the page of a part, its motto included, has fewer words than this."""
_SCRAP_WORDS = 60
"""What nothing in the contents leads to, with fewer words and no heading, is no chapter."""
_NEAR = 20
"""No more blocks than these, pictures among them, stand before a chapter's title."""
_PART_REASON = "a part's name is said where it begins"
_NO_TEXT = "there is no text in it"
_STRAY = "nothing in the contents leads to it"


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands from one line of the contents to the next."""

    title: str
    """What the contents call it; empty for what they do not name."""
    depth: int
    """How deep in the contents it stands, from 0; -1 for what they do not name."""
    file: str
    """The page that it begins on."""
    types: frozenset[str]
    found: tuple[FoundBlock, ...]


def read_chapters(stretches: Sequence[Stretch], book: Book, source: str, section: str) -> Iterator[Article]:
    """Make the chapters of a book; what is left out is an article as well, and says why."""
    department, part_depth = section, -1
    place = 0
    while place < len(stretches):
        first = stretches[place]
        inner = _inner(stretches, place)
        if first.depth >= 0 and first.depth <= part_depth:
            department, part_depth = section, -1
        if _reason(first):  # what stands deeper in the contents may be the whole book, under its half-title
            yield _article([first], book, source, department)
            place += 1
            continue
        if first.depth >= 0 and _is_part(first, inner):
            outer = department if part_depth >= 0 else section
            name = "" if plain_title(first.title) == plain_title(book.title) else first.title
            department, part_depth = ", ".join(filter(None, (outer, name))), first.depth
            yield _article([first], book, source, department, is_part=True)
            place += 1
            continue
        whole = [first, *inner] if first.depth >= 0 else [first]
        place += len(whole)
        kept = [each for each in whole[1:] if not (each.depth < 0 and _reason(each))]
        yield _article([first, *kept], book, source, department)
        for each in whole[1:]:
            if each not in kept:
                yield _article([each], book, source, department)


def _inner(stretches: Sequence[Stretch], place: int) -> list[Stretch]:
    """Give what belongs to a stretch by the contents: what stands deeper, and what they do not name."""
    depth = stretches[place].depth
    inner: list[Stretch] = []
    for each in stretches[place + 1 :]:
        if 0 <= each.depth <= depth:
            break
        inner.append(each)
    return inner


def _is_part(first: Stretch, inner: Sequence[Stretch]) -> bool:
    """Whether a line of the contents is a part of several chapters, and no chapter of several sections."""
    own = _words(first)
    for each in inner:
        if each.depth >= 0:
            break
        own += _words(each)
    named = [each for each in inner if each.depth == first.depth + 1]
    if not named or own >= _PART_WORDS:
        return False
    if _PART_TITLE.match(first.title) or first.types & {"part", "volume", "division"}:
        return True
    return any(each.file != first.file for each in named)


def _article(stretches: Sequence[Stretch], book: Book, source: str, section: str, *, is_part: bool = False) -> Article:
    """Make an article of the stretches of a chapter."""
    first = stretches[0]
    found = [each for stretch in stretches for each in stretch.found]
    heading = next((each.block.text for each in found if each.block.kind is BlockKind.HEADING), "")
    title = first.title or heading
    words = sum(map(_words, stretches))
    unread = _reason(first)
    if not unread and not words:
        unread = _PART_REASON if is_part else _NO_TEXT
    elif not unread and words < _SCRAP_WORDS and book.title and plain_title(title) == plain_title(book.title):
        unread = TITLE_PAGE
    elif not unread and first.depth < 0 and not heading and words < _SCRAP_WORDS:
        unread = _STRAY
    return Article(
        title=title or book.title,
        source=f"{source}/{first.file}",
        blocks=tuple(with_headline(found, title)),
        section=section,
        book=book,
        unread=unread,
        language=book.language,
    )


def _reason(stretch: Stretch) -> str:
    heading = next((each.block.text for each in stretch.found if each.block.kind is BlockKind.HEADING), "")
    title = stretch.title or heading
    return reason_by_types(sorted(stretch.types)) or reason_by_title(title)


def with_headline(found: Sequence[FoundBlock], title: str = "") -> Iterator[Block]:
    """Take the heading that stands before all prose for the headline, or else lines there that are the title."""
    is_open = True
    titles = _title_lines(found, title)
    for place, each in enumerate(found):
        block = each.block
        if place in titles:
            block = block._replace(kind=BlockKind.HEADLINE if place == titles[0] else BlockKind.HEADING)
            is_open = False
        if is_open and block.kind is BlockKind.HEADING and not block.unread:
            block = _as_in_contents(block, title)._replace(kind=BlockKind.HEADLINE)
            is_open = False
        is_open = is_open and (block.kind not in PROSE or bool(block.unread))
        yield block


def _as_in_contents(heading: Block, title: str) -> Block:
    """Write a heading as the contents do, where it has the same words: "1. In which it rains", set without the stop."""
    is_same = heading.text != title and plain_title(heading.text) == plain_title(title)
    is_stopped = re.match(r"[\w ]{1,20}[.:—–]\s", title) is not None
    return heading._replace(text=title) if is_same and is_stopped and not heading.foreign else heading


def _title_lines(found: Sequence[FoundBlock], title: str) -> list[int]:
    """Find the first lines of prose, one or two, that a book has for its heading: they are the title."""
    read = [
        place
        for place, each in enumerate(found[:_NEAR])
        if each.block.kind in (*PROSE, BlockKind.HEADING) and not each.block.unread
    ]
    if any(found[place].block.kind is BlockKind.HEADING for place in read[:2]) or not title:
        return []
    lines = (read[:count] for count in (1, 2))
    same = (
        each for each in lines if plain_title("".join(found[place].block.text for place in each)) == plain_title(title)
    )
    return next(same, [])


def _words(stretch: Stretch) -> int:
    blocks = (each.block for each in stretch.found)
    return sum(len(block.text.split()) for block in blocks if block.kind in PROSE and not block.unread)


def plain_title(title: str) -> str:
    """Give the letters of a title, by which two of them are the same."""
    return "".join(re.findall(r"\w+", title.casefold()))
