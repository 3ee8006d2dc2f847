"""Places on the national grid: grid ref. TQ 298 804 -> T Q two nine eight, eight oh four (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.word_patterns import words_pattern
from audiobuild.normalisation.rule import CAPITALS, Rule, make_rule, text_before


def _say_reference(match: re.Match[str], context: Context) -> str | None:
    """Read two letters and two numbers of as many figures each, digit by digit."""
    if not words_pattern(r"\bWORDS\b", "grid_references", "telling").search(text_before(match).lower()):
        return None
    numbers = (words.digit_by_digit(match[name], oh=True) for name in ("east", "north"))
    return f"{words.letters(match['square'])} {', '.join(numbers)}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "place.grid-reference",
        r"(?P<square>[HNOST][A-HJ-Z])\s?(?P<east>\d{3,5})\s(?P<north>\d{3,5})(?!\d)",
        _say_reference,
        (CAPITALS, *"HNOST"),
        example="grid ref. TQ 298 804 -> grid ref. T Q two nine eight, eight oh four",
    ),
)
