"""Pieces of patterns that several families share, and the ending of what stands in them (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.alternation import alternatives
from audiobuild.normalisation.german.lexis.vocabulary import TABLES
from audiobuild.normalisation.german.lexis.words import before_noun, number, year
from audiobuild.normalisation.rule import DIGIT, words_before

INTEGER = r"(?:\d{1,3}(?:\.\d{3}){1,6}(?!\d)|\d{1,3}(?: \d{3}){1,4}(?!\d)|\d{1,24}(?!\d))"
"""A whole number, with or without points or spaces between its thousands."""
NUMBER = rf"(?:{INTEGER}(?:,\d{{1,12}}(?!\d))?+)"
"""A number with or without decimals."""
SIGN = r"(?:(?<![\w)])[-+−–±])?"
"""A sign that belongs to the number behind it."""
DASH = r"(?:\s?[–—−]\s?|-|\sbis\s)"
"""What stands between the ends of a range."""
NUMBER_PLACES = (DIGIT, *"-+−–±")
"""Where a rule starts whose form begins with a number, signed or not."""
MAGNITUDES = {row[0]: row[1:] for row in TABLES.rows("magnitudes")}
"""Powers of ten as they are written: one of them, and several."""
MAGNITUDE = rf"(?:\s?(?:{alternatives(MAGNITUDES)})(?!\w))"

_BEFORE_ORDINALS = {use: frozenset(words.split()) for use, words in TABLES.rows("before_ordinals")}
"""What an ordinal follows: words of the dative, prepositions, articles."""


def spoken_amount(written: str, magnitude: str | None, one: str = "ein") -> str:
    """Say a number before a noun, with its power of ten.

    >>> spoken_amount("1,2", " Mrd."), spoken_amount("1", " Mio."), spoken_amount("1", None, "eine")
    ('eins Komma zwei Milliarden', 'eine Million', 'eine')
    """
    if not magnitude:
        return before_noun(number(written), one)
    single, several = MAGNITUDES[magnitude.strip()]
    is_one = written == "1"
    return f"{before_noun(number(written), 'eine')} {single if is_one else several}"


def spoken_span(first: str, second: str) -> str:
    """Say both ends of a range; years where both may be, and the second may be short."""
    if len(first) == 4 and first.isdigit() and second.isdigit() and len(second) in (2, 4):
        return f"{year(first)} bis {year(second)}"
    return f"{number(first)} bis {number(second)}"


def ordinal_ending(match: re.Match[str], alone: str) -> str:
    """Find the ending of an ordinal number by what stands before it.

    Args:
        alone: its ending where nothing does.
    """
    words = [word.strip("(„“\"'").lower() for word in words_before(match, 2)]
    before = words[0] if words else ""
    if before in _BEFORE_ORDINALS["dative"] or before in _BEFORE_ORDINALS["preposition"]:
        return "en"
    if before in _BEFORE_ORDINALS["article"]:
        is_feminine = before in _BEFORE_ORDINALS["feminine-dative"]
        after = _BEFORE_ORDINALS["preposition"] | _BEFORE_ORDINALS["before-dative"]
        return "en" if is_feminine and words[1:] and words[1] in after else "e"
    return alone
