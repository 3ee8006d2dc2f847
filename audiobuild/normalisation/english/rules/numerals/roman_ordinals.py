"""Roman numerals with an ending or a letter: the XIXth century, stage IIA (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value
from audiobuild.normalisation.english.rules.forms import ORDINAL
from audiobuild.normalisation.rule import CAPITALS, Rule, make_rule, text_before, word_before

_FIRST_YEAR, _LAST_YEAR = 1400, 2100
_TENS = (("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))
_VALUES = (("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), *_TENS)


def _numeral(value: int) -> str:
    """Write a number in Roman numerals."""
    written = ""
    for letters, worth in _VALUES:
        times, value = divmod(value, worth)
        written += letters * times
    return written


_NUMERALS = [_numeral(value) for value in range(1, 32)]
_ORDINALS = frozenset(
    f"{written}{ending}"
    for value, numeral in enumerate(_NUMERALS, 1)
    for written in {numeral, numeral.lower()}
    for ending in {words.ordinal(str(value))[-2:], "th"}
    if len(numeral) > 1 or (written.isupper() and value > 1)
)


_YEARS = frozenset(
    numeral
    for numeral in map(_numeral, range(_FIRST_YEAR, _LAST_YEAR))
    if len(numeral) > 5 or (len(numeral) > 3 and numeral.startswith(("MCM", "MM")))
)
"""Short ones are initialisms as well: MDI."""


def _say_ordinal(match: re.Match[str], context: Context) -> str | None:
    """Read a numeral that has an ending as an ordinal does."""
    return words.ordinal(str(roman_value(match["numeral"].upper())))


def _say_year(match: re.Match[str], context: Context) -> str | None:
    """Read a year as films and buildings show it: MCMLXXXIV."""
    return words.year(str(roman_value(match.group())), context.locale)


def _say_sure(match: re.Match[str], context: Context) -> str | None:
    """Read a numeral that can be nothing else, whatever stands before it: resolution 1514 (XV)."""
    value = roman_value(match.group())
    return words.cardinal(str(value)) if value else None


def _say_grouped(match: re.Match[str], context: Context) -> str | None:
    """Read a stage with the letter of its group: stage IIA -> stage two A."""
    is_stage = text_before(match).endswith("S-")  # of a rocket: S-IVB
    if not is_stage and word_before(match).lower().rstrip(".") not in load_use("roman", "lettered-nouns"):
        return None
    return f"{words.cardinal(str(roman_value(match['numeral'])))} {match['letter'].upper()}"


def _say_group(match: re.Match[str], context: Context) -> str | None:
    """Read the group of a German squadron: II./JG 26."""
    value = roman_value(match["numeral"])
    return f"{words.cardinal(str(value))} " if value else None


RULES: tuple[Rule, ...] = (
    make_rule(
        "roman.group",
        r"(?P<numeral>[IVX]{1,4})\./(?=[A-Z]{1,4}\.? ?\d)",
        _say_group,
        (CAPITALS, *"IVX"),
        behind=".",
        example="II./JG 26 -> two J G twenty-six",
    ),
    make_rule(
        "roman.lettered",
        r"(?P<numeral>I{1,3}|I[VX]|VI{0,3})(?P<letter>[A-Ea-e])(?![^\W_])",
        _say_grouped,
        (CAPITALS, *load_use("roman", "lettered")),
        example="stage IIA -> stage two A",
    ),
    make_rule(
        "roman.year",
        r"M(?:M|CM|D?C{0,3}|CD)[XLVICD]{2,11}(?!\w)",
        _say_year,
        _YEARS,
        example="made in MCMLXXXIV by -> made in nineteen eighty-four by",
    ),
    make_rule(
        "roman.ordinal",
        rf"(?P<numeral>[IVXL]{{1,9}}|[ivxl]{{2,9}})(?P<ending>{ORDINAL})(?![\w’'])",
        _say_ordinal,
        _ORDINALS,
        example="the XXIst century -> the twenty-first century",
    ),
    make_rule(
        "roman.sure",
        r"(?!XXX?(?!\w))(?:[IVX]{3,7}|I{2}|X[IV])(?![\w’'])",
        _say_sure,
        (CAPITALS,),
        example="resolution 1514 (XV) -> resolution fifteen fourteen (fifteen)",
    ),
)
