"""Words of a PDF that are raised: marks of notes, which go, and what belongs to the word beside it (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audiobuild.sources.paged.pdf_words import PdfWord

NOTE_MARK = re.compile(r"[\d*†‡§,]{1,4}|(?:\[(?:\d{1,3}|[a-z])\])+")
_BASE = re.compile(r"(?:[cdkmµμ]?m|ft|in|yd|mi|10)")
"""Units of length, and ten: a number raised behind them is their power."""
_POWERS = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_POWER = re.compile(r"[-−]?\d{1,2}")


def text_of_line(words: Sequence[PdfWord]) -> str:
    """Write a line without its marks of notes; powers, halves of fractions and endings such as "th" stay.

    >>> m2 = [PdfWord(0, 9, 0, 10, False, False, "300"), PdfWord(12, 18, 0, 10, False, False, "m")]
    >>> text_of_line([*m2, PdfWord(18, 21, 4, 8, False, True, "2")])
    '300 m²'
    """
    text = ""
    for place, word in enumerate(words):
        before = words[place - 1].text if place else ""
        after = words[place + 1].text if place + 1 < len(words) else ""
        if not word.is_raised:
            is_joined = place > 0 and words[place - 1].is_raised and word.text[0] in "/⁄"
            text += word.text if is_joined or not text else f" {word.text}"
        elif after[:1] in ("/", "⁄") and word.text.isdigit():
            text += f" {word.text}"
        elif _POWER.fullmatch(word.text) and _BASE.fullmatch(before):
            text += word.text.translate(_POWERS)
        elif not NOTE_MARK.fullmatch(word.text):
            text += word.text
    return text.strip()
