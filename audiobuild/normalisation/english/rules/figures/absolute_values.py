"""Bars about a number or a letter: |−3| = 3 -> the absolute value of minus three (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.rules.forms import spoken_number
from audiobuild.normalisation.rule import Rule, make_rule


def _say_value(match: re.Match[str], context: Context) -> str:
    """Read what stands between the bars."""
    letter = match["letter"]
    return f"the absolute value of {letter or spoken_number(match['number'], context)}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "maths.absolute",
        r"\|(?:(?P<number>[-−]?\d{1,6}(?:\.\d{1,6})?)|(?P<letter>[a-z]))\|(?=\s?[=<>≤≥+−×÷-])",
        _say_value,
        "|",
        example="|−3| = 3 -> the absolute value of minus three equals three",
    ),
)
