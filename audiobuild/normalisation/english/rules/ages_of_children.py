"""Ages with a shortened "years": 3-4 yr.-olds -> three to four year-olds (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_use
from audiobuild.normalisation.rule import Rule, make_rule


def _say_years(match: re.Match[str], context: Context) -> str:
    """Read the years; the age stands before them."""
    return "year-"


RULES: tuple[Rule, ...] = (
    make_rule(
        "measure.aged",
        r"yrs?\.?-(?=olds?\b)",
        _say_years,
        load_use("ages_of_children", "years"),
        example="3-4 yr.-olds -> three to four year-olds",
    ),
)
