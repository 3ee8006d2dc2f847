"""Units that are capitals in ordinary text, behind numbers in a line all in small letters: 16gb, 350 f (layer 1, pure).

A line all in small letters comes in; places come out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audiobuild.normalisation.english.lexis.lists import load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.english.rules.one_case.shortened_parts import (
    FIGURES,
    Finders,
    Sought,
    Span,
    is_near,
    whole_groups,
    words_near,
)
from audiobuild.normalisation.english.rules.quantities.doubtful_units import weather_about
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_after, text_before

Match = re.Match[str]

_PRICED = rf" {one_of('money', 'behind-cents')}\b"
_DEGREES = "cfk"
_VOLTS = "vw"
_KELVINS = "k"
_MADE = "m"
_LITRES = "l"
_MILES = load_use("lowercase", "sea-miles")
_OF_CURRENT = "vwa"
_WORD_BEHIND = LatePattern(r" ([a-z’']+)")


def unit_spans(line: str) -> Iterator[Span]:
    """Find the letters of units that are capitals.

    >>> sorted(set(unit_spans("16gb at 240 v dc")))
    [(2, 3), (3, 4), (12, 13)]
    """
    return _finders().spans(line)


_BELOW_ZERO = LatePattern(r"(?:^| )[-−]\d{1,3} ?[cf](?:$| to )")


def _of_degrees(match: Match) -> Iterator[Span]:
    """Find "350 f" and "20c" in a line that tells of heat or cold."""
    words = words_near(match)
    cooked = _WORD_BEHIND.match(match.string, match.end() + match.string.startswith(".", match.end()))
    if cooked and (cooked[1] == "of" or cooked[1] in load_words("ingredients")):
        return
    told = weather_about(text_before(match), text_after(match))
    told = told or _BELOW_ZERO.search(match.string, 0, match.end()) is not None
    if told or not words.isdisjoint(load_use("doubtful_units", "temperature")):
        yield match.span(1)


def _of_kelvins(match: Match) -> Iterator[Span]:
    """Find "25,200 k" in a line that tells of great heat or cold."""
    if is_near(match, load_use("doubtful_units", "kelvin")):
        yield match.span(1)


def _of_volts(match: Match) -> Iterator[Span]:
    """Find "240 v" and "95 w" in a line that tells of electricity."""
    if is_near(match, load_use("lowercase", "electric")):
        yield match.span(1)


def _of_unit(match: Match) -> Iterator[Span]:
    """Give a unit behind a number the capitals that its own spelling has: 5 ghz; but 190 kb of genes are no bytes."""
    if match[1] in load_table("units") and is_near(match, load_use("doubtful_units", "genetic")):
        return
    if match.string.startswith("/", match.end()) and match.string[match.start(1) : match.end() + 2] in load_table(
        "units"
    ):
        return  # 1.2 mb/d
    for place, char in enumerate(_units()[match[1]], match.start(1)):
        if char.isupper():
            yield place, place + 1


@cache
def _units() -> dict[str, str]:
    """Return the units that have capitals by their small letters, where no other unit is written so, or hardly ever."""
    units = load_table("units")
    shown = [unit for unit in units if unit.isalpha() and unit.isascii() and not unit.islower() and len(unit) > 1]
    sure = {unit.lower(): unit for unit in shown if unit.lower() not in units and not is_english_word(unit.lower())}
    return sure | {unit.lower(): unit for unit in load_use("lowercase", "units")}


@cache
def _finders() -> Finders:
    """Return the patterns; the table of units need not be read for lines without figures."""
    sought: tuple[Sought, ...] = (
        ((FIGURES, _units()), LatePattern(rf"\d ?({alternatives(_units())})(?![\w’'])"), _of_unit),
        (
            (FIGURES, _OF_CURRENT),
            LatePattern(rf"\d ?([vwa])(?= {one_of('lowercase', 'electric')}\b)"),
            whole_groups,
        ),
        (
            (FIGURES, _LITRES),
            LatePattern(rf"\d ?(l)(?= (?:{one_of('lowercase', 'engines')}|v\d\d?)\b)"),
            whole_groups,
        ),
        ((FIGURES, _MILES), LatePattern(rf"\d ?(nm) (?={one_of('lowercase', 'bearings')}\b)"), whole_groups),
        ((FIGURES, _OF_CURRENT), LatePattern(r"\d ?(w) (?=m[−-]?[²2]\b)"), whole_groups),
        (("⋅·",), LatePattern(r"\d ?([nj])[⋅·][ms]\b"), whole_groups),
        (
            (FIGURES, load_use("lowercase", "scales-of-money")),
            LatePattern(rf"(?<![\w.-])(r)(?=\d[\d,.]* ?{one_of('lowercase', 'scales-of-money')}\b)"),
            whole_groups,
        ),
        ((FIGURES, _MADE), LatePattern(r"(?<![\w.,$£€])3(m)(?=[’']s\b)"), whole_groups),  # what a firm makes
        ((FIGURES, _VOLTS), LatePattern(r"\d ?([vw])(?![\w’'-])"), _of_volts),
        (
            (FIGURES, _DEGREES),
            LatePattern(rf"(?<![\w.,$£€])[-−]?\d{{1,3}} ?°?([cf])(?![\w’'-]|{_PRICED})"),
            _of_degrees,
        ),
        (("°", _DEGREES), LatePattern(r"° ?([cfk])(?![\w’'])"), whole_groups),
        (("°", _KELVINS), LatePattern(r"°.{1,60}?\d (k)(?=[);,.])"), whole_groups),
        ((FIGURES, _KELVINS), LatePattern(r"(?<![\w.,$£€])\d[\d,.]* ?(k)(?![\w’'-])"), _of_kelvins),
    )
    return Finders(sought)
