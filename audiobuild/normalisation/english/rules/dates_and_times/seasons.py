"""Seasons and what is counted in a career: from 1995-96 to 2012-13, 1342 career games (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_after, text_before, word_before

_SPAN = r"(?:1[89]|20)\d\d[-–]\d\d(?!\d)"
_OTHER_BEHIND = LatePattern(rf" {one_of('seasons', 'joints')} {_SPAN}")
_OTHER_BEFORE = LatePattern(rf"\b(?i:{one_of('years', 'before-two')}) {_SPAN} {one_of('seasons', 'joints')} $")
"""The first of two seasons: what is between them has a word for "to" already."""
_SCORED = LatePattern(
    rf"\b{one_of('seasons', 'scored')} (?:{one_of('seasons', 'in-games')}|{one_of('seasons', 'sums')} of) $"
)
_IN_TOTAL = LatePattern(rf" {one_of('seasons', 'in-total')}(?=[,.;:)]|$)")
_GAMES_BEHIND = LatePattern(rf" (?:(?P<kind>{one_of('seasons', 'careers')}) [a-z]+s|{one_of('seasons', 'games')})\b")


def _say_season(match: re.Match[str], context: Context) -> str | None:
    """Read both years of a season without a word between, where two seasons are the ends of a time."""
    if (int(match["first"]) + 1) % 100 != int(match["second"]):
        return None
    opens = word_before(match).lower() in load_use("years", "before-two") and _OTHER_BEHIND.match(text_after(match))
    if not opens and not _OTHER_BEFORE.search(text_before(match)):
        return None
    return f"{words.year(match['first'], context.locale)} {words.two_digit_year(match['second'])}"


def _say_career(match: re.Match[str], context: Context) -> str | None:
    """Read four figures that count games, or what is scored in them, as a number."""
    if _IN_TOTAL.match(text_after(match)):
        return words.cardinal(match.group(), context.locale)
    behind = _GAMES_BEHIND.match(text_after(match))
    scored = _SCORED.search(text_before(match))
    is_kind = behind is not None and behind["kind"] is not None and word_before(match).lower() not in DETERMINERS
    if not is_kind and not (scored and (behind or text_before(match).endswith(" of "))):
        return None
    return words.cardinal(match.group(), context.locale)


RULES: tuple[Rule, ...] = (
    make_rule(
        "year.season",
        r"(?P<first>(?:1[89]|20)\d\d)[-–](?P<second>\d\d)(?![\w%]|[.,-]\d)",
        _say_season,
        (DIGIT,),
        behind="-",
        example="from 1995-96 to 2012-13 -> from nineteen ninety-five ninety-six to twenty twelve thirteen",
    ),
    make_rule(
        "number.career",
        r"(?:1[1-9]|2[01])\d\d(?![\w%]|[.,:–-]\d)",
        _say_career,
        (DIGIT,),
        example="1342 career games -> one thousand three hundred and forty-two career games",
    ),
)
