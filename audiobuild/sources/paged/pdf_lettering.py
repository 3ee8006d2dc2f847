"""What stands in tables and figures of a PDF (layer 1, pure): cells and lettering, which are no paragraphs.

A table is known by rows of cells with white between them, lettering by many short lines, most of them figures or single
letters, or by short lines set in above the caption of a figure. In doubt it is prose.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from audiobuild.model.values import Block, BlockKind
from audiobuild.sources.paged.pdf_boxes import pieces_of
from audiobuild.sources.paged.pdf_layout import PdfLine

_FEWEST_ROWS, _FEWEST_LINES = 3, 5
"""Rows of a table, and lines of a figure's lettering."""
_MOST_LINES = 80
"""Of either, looked at together."""
_CELL_WORDS, _USUAL_CELL_WORDS = 10, 4
"""No cell has more words, nor all of them so many on average: what a speaker says behind a name is no cell."""
_LABEL_WORDS = 6
"""A line of lettering has no more."""
_BARE = 0.4
"""Of such lines, so many are no more than figures or single letters."""
_SET_IN = 1.0
"""Of the height of letters, by which the lettering above a caption is set in."""
_ENDS_SENTENCE = re.compile(r"[.!?:;,…][\"'”’)\]]*$")
_SENTENCE = re.compile(r"(?<!\b\w)[.!?…][\"'”’)\]]*$")
"""How lines of a conversation end, with a name before each, and rows of a table do not."""
_BARE_LINE = re.compile(r"(?:[-−–+]?[\d.,/%°$£€()]{1,12}|\w)(?:\s+(?:[-−–+]?[\d.,/%°$£€()]{1,12}|\w)){0,20}")
_FIGURE = re.compile(r"(?:fig(?:ure|\.)|chart|graph|diagram|scheme)\s*\d", re.IGNORECASE)
_BULLET = re.compile(r"[•◦▪‣·–—*]|\(?\d{1,3}[.)]$|\(?[a-z][.)]$")


def find_lettering(lines: Sequence[PdfLine], body_height: float) -> Iterator[tuple[Sequence[PdfLine], Block]]:
    """Find tables and the lettering of figures: their lines, and the block that accounts for them."""
    place = 0
    while place < len(lines):
        if end := _end_of_table(lines, place):
            rows = "\n".join(" | ".join(_cells(line)) for line in lines[place:end])
            yield lines[place:end], Block(BlockKind.TABLE, rows, lines[place].page)
        elif end := _end_of_figure(lines, place, body_height):
            text = " ".join(line.text for line in lines[place:end])
            reason = "the lettering of a figure is not read"
            yield lines[place:end], Block(BlockKind.PARAGRAPH, text, lines[place].page, unread=reason)
        place = end or place + 1


def _end_of_table(lines: Sequence[PdfLine], place: int) -> int:
    """Find the end of a table that begins with a line; 0 where none does."""
    near = lines[place : place + _MOST_LINES]
    rows = [*itertools.takewhile(lambda line: _is_row(line) and _is_beside(line, lines[place]), near)]
    cells = [cell for line in rows for cell in _cells(line)]
    is_short = sum(len(cell.split()) for cell in cells) <= _USUAL_CELL_WORDS * len(cells)
    is_said = 2 * sum(_SENTENCE.search(line.text) is not None for line in rows) >= len(rows)
    return place + len(rows) if len(rows) >= _FEWEST_ROWS and is_short and not is_said else 0


def _is_row(line: PdfLine) -> bool:
    cells = _cells(line)
    is_item = len(cells) == 2 and _BULLET.match(cells[0]) is not None
    return len(cells) > 1 and not is_item and all(len(cell.split()) <= _CELL_WORDS for cell in cells)


def _cells(line: PdfLine) -> list[str]:
    return [" ".join(word.text for word in piece) for piece in pieces_of(line.words)]


def _end_of_figure(lines: Sequence[PdfLine], place: int, body_height: float) -> int:
    """Find the end of a figure's lettering that begins with a line; 0 where none does."""
    near = lines[place : place + _MOST_LINES]
    run = [*itertools.takewhile(lambda line: _is_label(line) and _is_beside(line, lines[place]), near)]
    end = place + len(run)
    bare = sum(_BARE_LINE.fullmatch(line.text) is not None for line in run)
    if len(run) >= _FEWEST_LINES and bare >= _BARE * len(run):
        return end
    is_captioned = end < len(lines) and _FIGURE.match(lines[end].text) is not None
    is_set_in = all(line.left - line.left_edge > _SET_IN * body_height for line in run)
    return end if is_captioned and is_set_in and len(run) >= _FEWEST_ROWS else 0


def _is_label(line: PdfLine) -> bool:
    if _FIGURE.match(line.text) or line.is_bold:
        return False
    is_short = all(len(cell.split()) <= _LABEL_WORDS for cell in _cells(line))
    return _BARE_LINE.fullmatch(line.text) is not None or (is_short and not _ENDS_SENTENCE.search(line.text))


def _is_beside(line: PdfLine, first: PdfLine) -> bool:
    return line.column == first.column and line.page == first.page
