"""The words of a PDF's page, each with its place, and those that stand on one line (layer 1, pure)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SAME_LINE = 0.45
"""Of a line's height, by which the base lines of its words may differ."""


@dataclass(frozen=True, slots=True)
class PdfWord:
    """A word, with its place in points from the lower left corner of the page."""

    left: float
    right: float
    base: float
    height: float
    is_bold: bool
    is_raised: bool
    text: str


def rows_of(words: Iterable[PdfWord]) -> list[list[PdfWord]]:
    """Put words on one base line together, from the top of the page down."""
    rows: list[list[PdfWord]] = []
    for word in sorted(words, key=lambda word: -word.base):
        last = rows[-1] if rows else None
        height = max(word.height, last[0].height) if last else 0
        if last and last[0].base - word.base <= SAME_LINE * height:
            last.append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.left) for row in rows]
