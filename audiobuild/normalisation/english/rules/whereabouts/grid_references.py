"""Places on the national grid, and those that a gazetteer tells in degrees and minutes (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map
from audiobuild.normalisation.english.lexis.word_patterns import words_pattern
from audiobuild.normalisation.rule import CAPITALS, DIGIT, Rule, make_rule, text_before


def _say_reference(match: re.Match[str], context: Context) -> str | None:
    """Read two letters and two numbers of as many figures each, digit by digit."""
    if not words_pattern(r"\bWORDS\b", "grid_references", "telling").search(text_before(match).lower()):
        return None
    numbers = (words.digit_by_digit(match[name], oh=True) for name in ("east", "north"))
    return f"{words.letters(match['square'])} {', '.join(numbers)}"


def _say_place(match: re.Match[str], context: Context) -> str:
    """Read degrees and minutes of both ways: 64 43 S, 64 03 W."""
    said = []
    for way in match.groups():
        degrees, minutes, point = way.split()
        parts = [f"{words.cardinal(degrees)} degree{'' if int(degrees) == 1 else 's'}"]
        if int(minutes):
            parts.append(f"{words.cardinal(minutes)} minute{'' if int(minutes) == 1 else 's'}")
        said.append(f"{' '.join(parts)} {load_map('compass')[point].lower()}")
    return ", ".join(said)


RULES: tuple[Rule, ...] = (
    make_rule(
        "coordinate.spaced",
        r"(\d{1,2} [0-5]\d [NS]),? (\d{1,3} [0-5]\d [EW])(?!\w)",
        _say_place,
        (DIGIT,),
        behind=" ",
        example="at 28 00 N, 3 05 E -> at twenty-eight degrees north, three degrees five minutes east",
    ),
    make_rule(
        "place.grid-reference",
        r"(?P<square>[HNOST][A-HJ-Z])\s?(?P<east>\d{3,5})\s(?P<north>\d{3,5})(?!\d)",
        _say_reference,
        (CAPITALS, *"HNOST"),
        example="grid ref. TQ 298 804 -> grid ref. T Q two nine eight, eight oh four",
    ),
)
