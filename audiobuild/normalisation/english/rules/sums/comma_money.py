"""Sums whose decimals stand behind a comma, as on the Continent: €2,50 -> two euros fifty (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_table
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule

_SUM = r"(?P<whole>\d{1,4}),(?P<parts>\d\d)"


def _say_sum(match: re.Match[str], context: Context) -> str | None:
    """Read the sum as one with a point would be."""
    one, many = load_table("currencies")[match["sign"]][:2]
    said = f"{words.cardinal(match['whole'], context.locale)} {one if match['whole'] == '1' else many}"
    return said if match["parts"] == "00" else f"{said} {words.two_digit_year(match['parts'])}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "money.comma-before",
        rf"(?P<sign>[€£$])\s?{_SUM}(?!\w|[,.]\d)",
        _say_sum,
        "€£$",
        example="it costs €2,50 here -> it costs two euros fifty here",
    ),
    make_rule(
        "money.comma-behind",
        rf"{_SUM}\s?(?P<sign>[€£])(?!\w)",
        _say_sum,
        (DIGIT,),
        behind=",",
        example="it costs 3,50 € -> it costs three euros fifty",
    ),
)
