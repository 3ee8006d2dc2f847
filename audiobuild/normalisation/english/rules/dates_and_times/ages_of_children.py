"""Ages of children, shortened: 3-4 yr.-olds -> three to four year-olds, u-16s -> under-sixteens (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use
from audiobuild.normalisation.rule import ATTACHED, DOTTED, Rule, make_rule


def _say_years(match: re.Match[str], context: Context) -> str:
    """Read the years; the age stands before them."""
    return "year-"


def _say_under(match: re.Match[str], context: Context) -> str:
    """Read those who are not so old yet."""
    return f"under-{words.plural(words.cardinal(match['age']))}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "age.under",
        r"u-?(?P<age>1?\d|2[0-3])s(?![\w’'-])",
        _say_under,
        (ATTACHED, DOTTED),
        behind="0-9-",
        example="u-16s go free -> under-sixteens go free",
    ),
    make_rule(
        "measure.aged",
        r"yrs?\.?-(?=olds?\b)",
        _say_years,
        load_use("ages_of_children", "years"),
        example="3-4 yr.-olds -> three to four year-olds",
    ),
)
