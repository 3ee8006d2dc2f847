"""Parts of a second, as photographers write them: 1/250 s -> one two hundred fiftieth of a second (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule


def _say_part(match: re.Match[str], context: Context) -> str:
    """Read what is under the stroke as an ordinal."""
    part = words.ordinal(match["parts"], context.locale).removeprefix("one ")
    return f"a {part} of a second" if part[0] not in "aeiou" else f"an {part} of a second"


RULES: tuple[Rule, ...] = (
    make_rule(
        "fraction.of-second",
        r"1/(?P<parts>[1-9]\d{1,3})(?:th)?\s?s[ec]{0,2}\b\.?",
        _say_part,
        (DIGIT,),
        behind="/",
        example="at 1/250 s -> at a two hundred and fiftieth of a second",
    ),
)
