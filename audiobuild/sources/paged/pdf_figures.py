"""Columns of lone figures beside the text of a PDF's page (layer 1, pure): numbers of lines, of a scale, of a tally.

Numbers of lines rise by the same step over the same distance, as drafts, patents and records of courts have them. Other
figures are known by prose beside them: beside the short words of a table they are its cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from audiobuild.sources.paged.pdf_words import PdfWord, rows_of

_FIGURE = re.compile(r"[-−–+]?\d{1,7}(?:[.,]\d{1,3}){0,3}%?")
_FEWEST_LINES, _FEWEST_FIGURES = 4, 8
"""Numbers of lines on a page, and other figures in a column."""
_ASIDE, _APART = 0.5, 1.2
"""Of their height, by which numbers of lines, and other figures, stand away from the words beside them."""
_STEADY, _MOST_STEADY = 0.2, 0.8
"""By how much the distance between two may differ, and of how many it may not."""
_PROSE_WORDS = 5
_BESIDE_PROSE = 0.6
"""Of the lines beside figures, so many have to be of as many words."""


def part_figures(words: Sequence[PdfWord]) -> tuple[list[PdfWord], list[PdfWord]]:
    """Part the words of a page from the figures that stand beside them in a column of their own."""
    rows = rows_of(words)
    found = {id(word): word for column in _columns_of_figures(rows) for word in column}
    return [word for word in words if id(word) not in found], list(found.values())


def _columns_of_figures(rows: Sequence[Sequence[PdfWord]]) -> Iterator[list[PdfWord]]:
    numbers = [each for each in _aligned(rows, _ASIDE) if len(each) >= _FEWEST_LINES and _counts(each)]
    others = [each for each in _aligned(rows, _APART) if len(each) >= _FEWEST_FIGURES]
    for column in (*numbers, *others):
        if _is_beside_prose(column, rows) and _is_pure(column, rows):
            yield column


def _aligned(rows: Sequence[Sequence[PdfWord]], gap: float) -> Iterator[list[PdfWord]]:
    """Give figures that stand below one another, from the top down, each with white on both its sides."""
    lone = [
        word
        for row in rows
        for before, word, behind in zip((None, *row), row, (*row[1:], None), strict=False)
        if _FIGURE.fullmatch(word.text)
        and not word.is_raised
        and (before is None or word.left - before.right >= gap * word.height)
        and (behind is None or behind.left - word.right >= gap * word.height)
    ]
    columns: list[list[PdfWord]] = []
    right = float("-inf")
    for word in sorted(lone, key=lambda each: each.left):
        if word.left <= right:
            columns[-1].append(word)
        else:
            columns.append([word])
        right = max(right, word.right)
    yield from (sorted(column, key=lambda each: -each.base) for column in columns)


def _counts(column: Sequence[PdfWord]) -> bool:
    """Whether figures rise as the numbers of lines do."""
    if not all(word.text.isdigit() for word in column):
        return False
    steps = [
        (first.base - second.base) / (int(second.text) - int(first.text))
        for first, second in pairwise(column)
        if int(second.text) > int(first.text)
    ]
    usual = median(steps) if steps else 0.0
    steady = sum(abs(step - usual) <= _STEADY * usual for step in steps)
    return usual > 0 and steady >= _MOST_STEADY * (len(column) - 1)


def _is_beside_prose(column: Sequence[PdfWord], rows: Sequence[Sequence[PdfWord]]) -> bool:
    """Whether lines of prose run beside figures, those among them which share a row with one included."""
    known = set(map(id, column))
    top, foot = column[0].base + column[0].height, column[-1].base
    beside = [[word for word in row if id(word) not in known] for row in rows if foot <= row[0].base <= top]
    lines = [row for row in beside if row]
    return sum(len(row) >= _PROSE_WORDS for row in lines) >= _BESIDE_PROSE * max(1, len(lines)) and len(lines) > 1


def _is_pure(column: Sequence[PdfWord], rows: Sequence[Sequence[PdfWord]]) -> bool:
    """Whether nothing else stands in the strip of a page that figures take up."""
    known = set(map(id, column))
    left, right = min(word.left for word in column), max(word.right for word in column)
    top, foot = column[0].base, column[-1].base
    within = (word for row in rows if foot <= row[0].base <= top for word in row if id(word) not in known)
    return all(word.right < left or word.left > right for word in within)
