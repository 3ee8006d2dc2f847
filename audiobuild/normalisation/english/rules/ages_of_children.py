"""Ages with a shortened "years": 3-4 yr.-olds -> three to four year olds (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule


def _say_age(match: re.Match[str], context: Context) -> str:
    """Read one age, or two as a span, before "year old"."""
    ages = " to ".join(words.cardinal(age) for age in re.findall(r"\d+", match["ages"]))
    return f"{ages} year {match['old']}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "measure.aged",
        r"(?P<ages>\d{1,2}(?:[-–]\d{1,2})?) yrs?\.?-(?P<old>olds?)\b",
        _say_age,
        (DIGIT,),
        behind=" -",
        example="3-4 yr.-olds -> three to four year olds",
    ),
)
