"""The words of a PDF's pages to lines in the order in which they are read: columns one after another (layer 1, pure).

A page has columns where a strip of white runs down between words that stand on both its sides. What crosses the strip,
such as a title, parts what stands above it from what stands below. Boxes are read behind the columns of their page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audiobuild.sources.paged.pdf_boxes import without_boxes
from audiobuild.sources.paged.pdf_figures import part_figures
from audiobuild.sources.paged.pdf_words import SAME_LINE, PdfWord, rows_of

_MARGIN_PT = 72.0
"""By how much words may stand over the edge of a page, which is often cut from a larger one."""
_LARGEST_PT = 14_400.0
"""No page is larger (ISO 32000-2, annex C)."""
_GUTTER_PT = 5.0
"""A strip between columns is as wide."""
_SPACE = 0.5
"""Of the height of letters, which the space between two words does not have."""
_CROSSING = 0.1
"""Of a page's lines, so many may cross a strip."""
_FEW_CROSSING = 2
"""From the foot of a page upwards, its columns end where so many lines cross the strip."""
_FEWEST_ROWS, _FEWEST_WORDS = 10, 40
"""Of columns below a head."""
_SMALL = 0.93
"""Letters at the foot of a page that have less of the usual height are set by themselves."""
_PROSE_WORDS = 7
"""Lines of two columns of prose have as many words, those of a table fewer."""
_BESIDE = 0.2
"""Of a page's words, so many have to stand on each side of it."""
_EDGE_LINES = 3
"""Lines at the top of a page, and at its foot, among which running heads and page numbers are looked for."""
_HEAD_LINES = 3
"""Lines that stand over several columns, at most, are measured against the page and not against each other."""
_RUNNING = "running heads and page numbers are not read"
_FIGURES = "figures beside the text are not read"
_PAGE_NUMBER = re.compile(
    r"(?:page |p\. ?|[-–—] ?)?(?:#|[ivxlc]+)(?: ?[-–—]| ?(?:/|of) ?#)?"
    r"|#[/.]#[/.]#, #:#(?: [ap]m)?(?: .{1,200})?|(?:https?|file)://\S{1,300} #/#",  # as browsers print pages
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page as its words."""

    width: float
    """In points, like the height."""
    height: float
    pictures: int
    """How many pictures are on it."""
    words: tuple[PdfWord, ...]

    def shows(self, word: PdfWord) -> bool:
        """Whether a word stands on the page, and has a size that can be: damaged files put words anywhere."""
        is_across = -_MARGIN_PT <= word.left <= word.right <= min(self.width, _LARGEST_PT) + _MARGIN_PT
        is_down = -_MARGIN_PT <= word.base <= min(self.height, _LARGEST_PT) + _MARGIN_PT
        return is_across and is_down and 0 < word.height <= _LARGEST_PT

    def inside(self) -> PdfPage:
        """The page with the words alone that stand on it."""
        return replace(self, words=tuple(filter(self.shows, self.words)))


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line of a column."""

    words: tuple[PdfWord, ...]
    page: int
    """From 1."""
    column: int
    """Which column it stands in, counted over the whole paper."""
    left_edge: float
    """Where the column begins."""
    right_edge: float
    """Where its longest line ends."""
    unread: str = ""
    """Why it is not read: it is a running head, a page number, or a column of figures."""
    is_boxed: bool = False
    """Whether it stands in a box within a column."""

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1].right

    @property
    def base(self) -> float:
        """Its base line."""
        return self.words[0].base

    @property
    def height(self) -> float:
        """How high its letters are."""
        return max(word.height for word in self.words)

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return all(word.is_bold for word in self.words)


def lay_out_pages(pages: Sequence[PdfPage]) -> list[PdfLine]:
    """Put the words of all pages into lines, in the order in which they are read."""
    repeated = _repeated(pages)
    lines: list[PdfLine] = []
    column = 0
    for number, page in enumerate(pages, 1):
        rows = rows_of(page.words)
        edges = [row for place, row in enumerate(rows) if _is_edge(row, place, len(rows), repeated)]
        for row in edges:
            lines.append(PdfLine(tuple(row), number, -1, row[0].left, row[-1].right, _RUNNING))
        inner, figures = part_figures([word for row in rows if row not in edges for word in row])
        if figures:
            lines.append(PdfLine(tuple(figures), number, -1, figures[0].left, figures[0].right, _FIGURES))
        page_left = min((word.left for word in inner), default=0)
        page_right = max((word.right for word in inner), default=0)
        parted = [without_boxes(words) for words in _columns(inner)]
        boxes = [box for _, boxes in parted for box in boxes]
        for place, words in enumerate((*(own for own, _ in parted), *boxes)):
            column += 1
            found = rows_of(words)
            right = max((row[-1].right for row in found), default=0)
            if found and len(found) <= _HEAD_LINES and _is_centred(found, page_left, page_right):
                right = page_right
            lefts = Counter(round(row[0].left) for row in found)
            left = min((place for place, count in lefts.items() if count >= 0.1 * len(found)), default=0)
            lines += [PdfLine(tuple(row), number, column, left, right, is_boxed=place >= len(parted)) for row in found]
    return lines


def _is_centred(rows: Sequence[Sequence[PdfWord]], left: float, right: float) -> bool:
    return all(abs(row[0].left - left - (right - row[-1].right)) < 6 for row in rows)


# --- columns --------------------------------------------------------------------------------------


def _columns(words: Sequence[PdfWord]) -> Iterator[list[PdfWord]]:
    """Part a page, or a stretch of it, into its columns, and what stands over all of them."""
    gutter = _gutter(words)
    if gutter is None:
        body, foot = _part_foot(words)
        if foot:
            yield from (*_columns(body), *_columns(foot))
            return
        head, rest = _part_head(words)
        yield head
        if rest:
            yield from _columns(rest)
        return
    crossing = [word for row in rows_of(words) if _crosses(row, gutter) for word in row]
    across = [word for word in words if any(abs(word.base - each.base) <= SAME_LINE * each.height for each in crossing)]
    kept = set(map(id, across))
    tops = sorted({word.base for word in crossing}, reverse=True)
    bands: dict[int, list[PdfWord]] = defaultdict(list)
    for word in words:
        if id(word) not in kept:
            bands[sum(word.base < top for top in tops)].append(word)
    for band in range(len(tops) + 1):
        if band:
            top = tops[band - 1]
            yield [word for word in across if abs(word.base - top) <= SAME_LINE * max(word.height, 1)]
        for is_right in (False, True):
            side = [word for word in bands[band] if (word.left >= gutter) == is_right]
            if side:
                yield from _columns(side)


def _crosses(row: Sequence[PdfWord], gutter: float) -> bool:
    """Whether a row runs over the strip: with a word, or with no more than the space between two."""
    if any(word.left < gutter < word.right for word in row):
        return True
    before = [word.right for word in row if word.right <= gutter]
    behind = [word.left for word in row if word.left >= gutter]
    return bool(before and behind) and min(behind) - max(before) < _SPACE * max(word.height for word in row)


def _part_head(words: Sequence[PdfWord]) -> tuple[list[PdfWord], list[PdfWord]]:
    """Part what stands over the columns of a page, be it half of it, from the columns; nothing is below without any."""
    rows = rows_of(words) if len(words) >= _FEWEST_WORDS else []
    crossed: Counter[int] = Counter()
    ends: dict[int, int] = {}
    for count, row in enumerate(reversed(rows)):
        places = {place for word in row for place in range(int(word.left) - 2, int(word.right) + 3)}
        crossed.update(places)
        for place in places:
            if crossed[place] == _FEW_CROSSING:
                ends[place] = count
    left, right = min((row[0].left for row in rows), default=0), max((row[-1].right for row in rows), default=0)
    middle = range(round(left + 0.3 * (right - left)), round(right - 0.3 * (right - left)))
    below = max((ends.get(place, len(rows)) for place in middle), default=0)
    rest = [word for row in rows[len(rows) - below :] for word in row]
    is_prose = below >= _FEWEST_ROWS and len(rest) >= _PROSE_WORDS * below
    if not is_prose or below == len(rows) or _gutter(rest) is None:
        return list(words), []
    return [word for row in rows[: len(rows) - below] for word in row], rest


def _part_foot(words: Sequence[PdfWord]) -> tuple[list[PdfWord], list[PdfWord]]:
    """Part small letters at the foot of a page from what stands above, where either has columns of its own."""
    sizes = Counter(round(word.height * 2) / 2 for word in words)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    lowest = min((word.base for word in words if word.height >= _SMALL * usual), default=0.0)
    foot = [word for word in words if word.base < lowest]
    body = [word for word in words if word.base >= lowest]
    has_columns = len(foot) >= _FEWEST_WORDS and not (_gutter(body) is None and _gutter(foot) is None)
    return (body, foot) if has_columns else (list(words), [])


def _gutter(words: Sequence[PdfWord]) -> float | None:
    """Find a strip that parts columns: its middle; None where there is none."""
    if len(words) < _FEWEST_WORDS:
        return None
    left, right = min(word.left for word in words), max(word.right for word in words)
    rows = len(rows_of(words))
    steps = range(round(left + 0.2 * (right - left)), round(right - 0.2 * (right - left)))
    counts = Counter(
        place
        for word in words
        for place in range(int(word.left - _GUTTER_PT / 2) + 1, int(word.right + _GUTTER_PT / 2) + 1)
    )
    free = [place for place in steps if counts[place] <= _CROSSING * rows]
    if not free:
        return None
    best = min(free, key=lambda place: (counts[place], abs(place - (left + right) / 2)))
    before = sum(word.right <= best for word in words) / len(words)
    return best if _BESIDE <= before <= 1 - _BESIDE else None


# --- running heads and page numbers ---------------------------------------------------------------


def _repeated(pages: Sequence[PdfPage]) -> set[tuple[str, int]]:
    """Find what stands at the same height at the edges of several pages, but for its numbers."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        rows = rows_of(page.words)
        counts.update({_mark(row) for row in (*rows[:_EDGE_LINES], *rows[-_EDGE_LINES:])})
    return {mark for mark, count in counts.items() if count >= 2 and count >= 0.25 * len(pages)}


def _is_edge(row: Sequence[PdfWord], place: int, count: int, repeated: set[tuple[str, int]]) -> bool:
    if _EDGE_LINES <= place < count - _EDGE_LINES:
        return False
    mark = _mark(row)
    is_outermost = place in (0, count - 1)
    return mark in repeated or (is_outermost and _PAGE_NUMBER.fullmatch(mark[0]) is not None)


def _mark(row: Sequence[PdfWord]) -> tuple[str, int]:
    text = re.sub(r"\d+", "#", " ".join(word.text for word in row))
    return text, round(row[0].base / 3)
