"""Years of accounts: FY2019/20 -> F Y twenty nineteen twenty (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.rule import Rule, make_rule


def _say_fiscal(match: re.Match[str], context: Context) -> str | None:
    """Read a year of accounts, or the two that it has a part of."""
    first, second = match["first"], match["second"]
    said = words.year(first, context.locale) if len(first) == 4 else words.two_digit_year(first)
    if second:
        said += " to " if match["mark"] in "-–" else " "
        said += words.year(second, context.locale) if len(second) == 4 else words.two_digit_year(second)
    return f"{match['label'][0]} Y {said}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "year.fiscal",
        r"(?P<label>[ACFST]Y)\s?(?P<first>(?:19|20)\d\d|\d\d)"
        r"(?:(?P<mark>[-–/])(?P<second>(?:19|20)\d\d|\d\d))?(?![\w]|[.,/-]\d)",
        _say_fiscal,
        tuple(f"{first}Y" for first in "ACFST"),
        behind=" 0-9",
        example="in FY2019/20 -> in F Y twenty nineteen twenty",
    ),
)
