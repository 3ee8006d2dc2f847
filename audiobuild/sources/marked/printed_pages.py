"""Text taken out of printed pages, with a form feed between two of them, as pdftotext writes it (layer 1, pure).

What stands at the edges of pages is taken out: numbers, and lines that come back on other pages. A paragraph that runs
over the end of a page is put together again, and a word that is parted at the end of a line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from audiobuild.model.values import Block, BlockKind
from audiobuild.sources.article_parts.found_block import FoundBlock

PAGE_BREAK = "\f"
_EDGE_LINES = 3
"""So many lines at either edge of a page may be a running head."""
_FEWEST_PAGES, _SHARE, _FEWEST_WORDS = 3, 0.25, 3
"""A line is a running head where it comes back on so many pages, or on two: of so many words, or this share of all."""
_SHORT = 0.72
"""Of the text's width: a line that is shorter, and is followed by a capital, ends its paragraph."""
_CHAPTER = re.compile(r"(?:chapter|part|book|section)\s+(?:\d{1,3}|[ivxlc]{1,7})\.?", re.IGNORECASE)
GOES_ON = "\u2028"
"""Stands for a blank line at the end of a page in the middle of a paragraph."""
PARAGRAPH_BREAK = "\u2029"
"""Stands before a line that begins a paragraph, where no blank one says so."""
_NUMBER = re.compile(r"\W{0,3}(?:page )?(?:#|[ivxlc]{1,7})(?: ?(?:/|of) ?#)?\W{0,3}", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_CAPITAL = re.compile(r"[\"“‘'(]?[^\W\da-z_]")
_LEAST_CHARS = 20
_PARTED = re.compile(r"(?:^|\s)(\w*[a-z])-$")
_NUMBERED = re.compile(r"\d+")
_REASON = "running heads and page numbers are not read"


@dataclass(slots=True)
class _Row:
    """A line of the text."""

    text: str
    line: int
    page: int


def join_pages(text: str) -> tuple[str, tuple[FoundBlock, ...]]:
    """Join the pages of a text; it has as many lines as before.

    Returns:
        The text without form feeds, and what stood at the edges of its pages.

    >>> join_pages("It rained,\\n\\n1\\n\\n\\fand then\\n\\n2\\n\\fit rained.\\n\\n3")[0].split()
    ['It', 'rained,', 'and', 'then', 'it', 'rained.']
    """
    pages = text.split(PAGE_BREAK)
    if len(pages) == 1:
        return text, ()
    rows = []
    line = 1
    for number, page in enumerate(pages):
        lines = page.split("\n")
        rows.append([_Row(each, line + count, number) for count, each in enumerate(lines)])
        line += len(lines) - 1
    edges = tuple(_edges(rows))
    for edge in edges:
        rows[edge.page][edge.line - rows[edge.page][0].line].text = ""
    whole = _run_on(rows)
    _join_words(whole)
    _part_paragraphs(whole)
    found = (FoundBlock(Block(BlockKind.PARAGRAPH, each.text.strip(), each.line, unread=_REASON)) for each in edges)
    return "\n".join(whole), tuple(found)


def _edges(pages: Sequence[Sequence[_Row]]) -> Iterator[_Row]:
    """Find the running heads and page numbers, from the edge of each page inwards."""
    sides = [side for page in pages for side in _sides(page)]
    counts = Counter(mark for side in sides for mark in {_mark(row) for row in side})
    repeated = {
        mark
        for mark, count in counts.items()
        if count >= _FEWEST_PAGES or (count == 2 and (_SHARE * len(pages) <= 2 or mark.count(" ") >= _FEWEST_WORDS - 1))
    }
    for side in sides:
        for row in side:
            mark = _mark(row)
            if len(pages) < 2 or not (mark in repeated or _NUMBER.fullmatch(mark)):
                break
            yield _Row(row.text, row.line, row.page)


def _sides(page: Sequence[_Row]) -> tuple[list[_Row], list[_Row]]:
    """Give the lines at both edges of a page, the outermost first; none is at both."""
    filled = [row for row in page if row.text.strip()]
    top = filled[: min(_EDGE_LINES, (len(filled) + 1) // 2)]
    return top, filled[len(top) :][: -_EDGE_LINES - 1 : -1]


def _mark(row: _Row) -> str:
    words = " ".join(row.text.split())
    return words if _CHAPTER.match(words) else _NUMBERED.sub("#", words)


def _run_on(pages: Sequence[Sequence[_Row]]) -> list[str]:
    """Put paragraphs together that a page parts: the blank lines between become marks that nothing ends there."""
    whole: list[str] = []
    last = -1
    for page in pages:
        rows = [row.text for row in page]
        if whole:  # the form feed stands at the beginning of a line, or behind the last words of the page before
            begun = whole.pop()
            rows[0] = f"{begun} {rows[0]}" if begun.strip() else rows[0]
        begins = len(whole)
        whole += rows
        filled = [place for place in range(begins, len(whole)) if whole[place].strip()]
        if 0 <= last < begins and filled and _goes_on(whole[last], whole[filled[0]]):
            whole[last + 1 : filled[0]] = [GOES_ON] * (filled[0] - last - 1)
        last = filled[-1] if filled else last
    return whole


def _goes_on(last: str, first: str) -> bool:
    """Whether the first line of a page goes on with the last one of the page before."""
    is_long = len(first.strip()) > len(last.strip()) / 2
    return first.lstrip()[:1].islower() or (is_long and not _ENDS.search(last.rstrip()))


def _join_words(rows: list[str]) -> None:
    """Put words together that the ends of lines part: the beginning goes down to the rest."""
    known = Counter(re.findall(r"\w+(?:-\w+)*", " ".join(rows).lower()))
    places = [place for place, row in enumerate(rows) if row != GOES_ON]
    for place, following in pairwise(places):
        row, below = rows[place].rstrip(), rows[following].lstrip()
        begun = _PARTED.search(row)
        rest = re.match(r"[a-z]\w*", below)
        if begun is None or rest is None or not row[: begun.start(1)].strip():
            continue
        parted = f"{begun[1]}-{rest[0]}"
        word = parted if known[parted.lower()] > known[parted.replace("-", "").lower()] else parted.replace("-", "")
        rows[place] = row[: begun.start(1)].rstrip()
        rows[following] = word + below[rest.end() :]


def _part_paragraphs(rows: list[str]) -> None:
    """Mark where paragraphs begin that no blank line parts: behind a line that leaves room, and around short ones."""
    lengths = sorted(len(row.strip()) for row in rows if len(row.strip()) >= _LEAST_CHARS)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    places = [place for place, row in enumerate(rows) if row != GOES_ON]
    for before, place, following in zip(places, places[1:], [*places[2:], None], strict=False):
        above, row = rows[before].strip(), rows[place].strip()
        below = rows[following].strip() if following is not None else ""
        if not above or not _CAPITAL.match(row):
            continue
        is_title = len(row) < _SHORT * width and not _ENDS.search(row) and _CAPITAL.match(below)
        if len(above) < _SHORT * width or (is_title and _ENDS.search(above)):
            rows[place] = PARAGRAPH_BREAK + rows[place]
