"""Knots, where kt is no kilotonnes: winds of 15-20 kt -> winds of fifteen to twenty knots (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.word_patterns import words_pattern
from audiobuild.normalisation.english.rules.forms import DASH, NUMBER, spoken_number
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_after, text_before


def _say_knots(match: re.Match[str], context: Context) -> str | None:
    """Read kt as knots near what blows, sails or flies."""
    about = f"{text_before(match)} {text_after(match)}".lower()
    if not words_pattern(r"\bWORDS\b", "knots", "moving").search(about):
        return None
    numbers = [spoken_number(each, context) for each in (match["first"], match["last"]) if each]
    return f"{' to '.join(numbers)} {'knot' if match['first'] == '1' and not match['last'] else 'knots'}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "measure.knots",
        rf"(?P<first>{NUMBER})(?:{DASH}(?P<last>{NUMBER}))?\s?kt(?!\w)",
        _say_knots,
        (DIGIT,),
        behind=" ,.k-",
        example="gusts of 35 kt -> gusts of thirty-five knots",
    ),
)
