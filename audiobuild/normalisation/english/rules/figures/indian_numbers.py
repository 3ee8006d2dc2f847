"""Numbers with commas as India sets them, and its money: 4,00,000 -> four hundred thousand (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule

_NUMBER = r"(?P<number>\d{1,2}(?:,\d\d){1,4},\d{3}(?:\.\d{1,4})?)(?![\w,]\d|\w)"


def _say_number(match: re.Match[str], context: Context) -> str | None:
    """Read the number with the thousands that others count in."""
    return words.number(match["number"].replace(",", ""), context.locale)


def _say_rupees(match: re.Match[str], context: Context) -> str | None:
    """Read a sum of rupees."""
    return f"{_say_number(match, context)} rupees"


RULES: tuple[Rule, ...] = (
    make_rule(
        "number.indian",
        _NUMBER,
        _say_number,
        (DIGIT,),
        behind=",",
        example="sold 4,00,000 of them -> sold four hundred thousand of them",
    ),
    make_rule(
        "money.indian",
        rf"(?:₹|Rs\.?|INR)\s?{_NUMBER}",
        _say_rupees,
        ("₹", "Rs", "INR"),
        example="for ₹12,50,000 -> for one million two hundred and fifty thousand rupees",
    ),
)
