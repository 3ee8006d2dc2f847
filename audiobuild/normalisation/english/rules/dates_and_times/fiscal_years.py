"""Years of accounts and their parts: FY2019/20 -> F Y twenty nineteen twenty (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS, noun_follows
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, word_before


def _say_fiscal(match: re.Match[str], context: Context) -> str | None:
    """Read a year of accounts, or the two that it has a part of."""
    first, second = match["first"], match["second"]
    said = words.year(first, context.locale) if len(first) == 4 else words.two_digit_year(first)
    if second:
        said += " to " if match["mark"] in "-–" else " "
        said += words.year(second, context.locale) if len(second) == 4 else words.two_digit_year(second)
    return f"{match['label'][0]} Y {said}"


_PARTS = {"Q": "quarter", "H": "half", "M": "months"}


def _say_part(match: re.Match[str], context: Context) -> str | None:
    """Read a part of a year: 1H26, 4Q23, 9M24."""
    count, part = match["count"], _PARTS[match["part"]]
    year = words.year(f"20{match['year']}", context.locale)
    before = word_before(match).lower()
    if match["part"] == "M":
        part = f"first {words.cardinal(count)} months"
    else:
        part = f"{words.ordinal(count)} {part}"
        if before in DETERMINERS and noun_follows(match):
            return f"{part.replace(' ', '-')} {year}"
    return f"{'' if before in DETERMINERS else 'the '}{part} of {year}"


def _say_half(match: re.Match[str], context: Context) -> str | None:
    """Read the half of a year behind what leads to one: "in 2H"."""
    if word_before(match).lower() not in load_use("fiscal_years", "before-halves"):
        return None
    return f"the {'first' if match['half'] == '1' else 'second'} half"


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
    make_rule(
        "year.half",
        r"(?P<half>[12])H(?=\s[a-z]{2,}|[,.;:)])",
        _say_half,
        (DIGIT,),
        behind="H",
        example="sales in 2H fell -> sales in the second half fell",
    ),
    make_rule(
        "year.part",
        r"(?P<count>[1-4](?=Q)|[12](?=H)|[369](?=M))(?P<part>[QHM])(?:20|[’'])?(?P<year>[0-4]\d)(?![\w’'/-]|[.,]\d)",
        _say_part,
        (DIGIT,),
        behind="QHM",
        example="in 1H26 -> in the first half of twenty twenty-six",
    ),
)
