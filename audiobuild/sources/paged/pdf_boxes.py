"""Boxes that stand in a column of a PDF, its text running round them (layer 1, pure): each is read by itself.

A box is known by letters of another size than the column's, which have words of the column beside them.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from audiobuild.sources.paged.pdf_words import PdfWord, rows_of

_OTHER_SIZE = 0.07
"""Of the height of a column's letters, by which those of a box differ."""
_FEWEST_WORDS, _FEWEST_BESIDE = 12, 6
"""Words of a box, and words of the column that stand beside it."""
_GAP, _LEADING = 1.5, 2.5
"""Of the height of its letters: what two words of a box, and two of its lines, are not apart."""


def without_boxes(words: Sequence[PdfWord]) -> tuple[list[PdfWord], list[list[PdfWord]]]:
    """Part the words of a column from those of the boxes in it."""
    sizes = Counter(round(word.height * 2) / 2 for word in words)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    others = [word for word in words if abs(word.height - usual) > _OTHER_SIZE * usual and not word.is_raised]
    if len(others) < _FEWEST_WORDS:
        return list(words), []
    other = set(map(id, others))
    own = [word for word in words if id(word) not in other]
    boxes = [box for box in _clusters(others) if len(box) >= _FEWEST_WORDS and _stands_beside(box, own)]
    boxed = {id(word) for box in boxes for word in box}
    return [word for word in words if id(word) not in boxed], boxes


def _clusters(words: Sequence[PdfWord]) -> list[list[PdfWord]]:
    """Put words together that stand close to each other, line by line."""
    found: list[list[PdfWord]] = []
    open_ones: list[list[PdfWord]] = []
    for row in rows_of(words):
        open_ones = [each for each in open_ones if each[-1].base - row[0].base <= _LEADING * each[-1].height]
        for piece in pieces_of(row):
            left, right = piece[0].left, piece[-1].right
            near = next((each for each in open_ones if _left(each) < right and left < _right(each)), None)
            if near is None:
                near = []
                found.append(near)
                open_ones.append(near)
            near += piece
    return found


def pieces_of(row: Sequence[PdfWord]) -> list[list[PdfWord]]:
    """Cut a row where there is more than a space between its words."""
    pieces = [[row[0]]]
    for before, word in itertools.pairwise(row):
        if word.left - before.right > _GAP * word.height:
            pieces.append([])
        pieces[-1].append(word)
    return pieces


def _stands_beside(box: Sequence[PdfWord], own: Sequence[PdfWord]) -> bool:
    """Whether words of the column stand beside a box, and none in it."""
    left, right = _left(box), _right(box)
    low, high = min(word.base for word in box), max(word.base + word.height for word in box)
    level = [word for word in own if low <= word.base + word.height / 2 <= high]
    return len(level) >= _FEWEST_BESIDE and all(word.right <= left or word.left >= right for word in level)


def _left(words: Sequence[PdfWord]) -> float:
    return min(word.left for word in words)


def _right(words: Sequence[PdfWord]) -> float:
    return max(word.right for word in words)
