"""Small numbers set side by side: a 5v5 game, the 4/5/6 trains (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule

_MOST_A_SIDE = 32


def _say_sides(match: re.Match[str], context: Context) -> str | None:
    """Read how many play on each side."""
    first, second = match["first"], match["second"]
    if first != second and max(int(first), int(second)) > _MOST_A_SIDE:
        return None
    said = words.cardinal(second)
    return f"{words.cardinal(first)} versus {words.plural(said) if match['plural'] else said}"


def _say_lines(match: re.Match[str], context: Context) -> str | None:
    """Read each of several figures parted by strokes, as the lines of an underground are."""
    return ", ".join(words.cardinal(digit) for digit in match.group().split("/"))


def _say_day(match: re.Match[str], context: Context) -> str:
    """Read the figures of a day by which what happened then is known."""
    return " ".join(words.cardinal(number) for number in re.split("[/-]", match.group()))


RULES: tuple[Rule, ...] = (
    make_rule(
        "date.known-day",
        rf"(?:1/6(?= {one_of('small_sets', 'of-january')}\b)"
        rf"|(?:9-11|(?:1[0-3]|2\d|3[01])/(?:1[0-2]|7))(?= {one_of('small_sets', 'attacks')}\b))",
        _say_day,
        (DIGIT,),
        behind="/-",
        example="the 1/6 committee -> the one six committee",
    ),
    make_rule(
        "score.sides",
        r"(?P<first>\d{1,2})v(?P<second>\d{1,2})(?P<plural>s)?(?!\w|\.\d)",
        _say_sides,
        (DIGIT,),
        behind="v",
        example="a 5v5 game -> a five versus five game",
    ),
    make_rule(
        "number.lines",
        r"\d(?:/\d){2,5}(?![\w/]|[.,]\d)",
        _say_lines,
        (DIGIT,),
        behind="/",
        example="the 4/5/6 trains -> the four, five, six trains",
    ),
)
