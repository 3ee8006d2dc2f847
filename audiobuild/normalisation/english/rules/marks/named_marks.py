"""Marks that are spoken of, not used: a • means stop -> a bullet means stop (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_map
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.rule import Rule, make_rule, word_before

_MARKS = load_map("named_marks")


def _say_mark(match: re.Match[str], context: Context) -> str | None:
    """Name the mark, unless its name stands before it."""
    name = _MARKS[match["mark"]]
    return "" if word_before(match).lower() == name else name


def _say_degrees(match: re.Match[str], context: Context) -> str | None:
    return f"degrees {'Celsius' if match['scale'] == 'C' else 'Fahrenheit'}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "symbol.named",
        rf"(?<![^\s“\"‘'(])(?P<mark>[{re.escape(''.join(_MARKS))}])(?=[”\"’']? {one_of('named_marks', 'telling')}\b)",
        _say_mark,
        _MARKS,
        example="a • means stop -> a bullet means stop",
    ),
    make_rule(
        "measure.degrees",
        r"(?:(?<=\ds )°|[a-z]{7} )(?P<scale>[CF])(?![\w’'])",
        _say_degrees,
        ("degrees", "°"),
        example="47 degrees F -> forty-seven degrees Fahrenheit",
    ),
)
