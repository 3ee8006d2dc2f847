"""Roman numerals with the ending of an ordinal: the XIXth century -> the nineteenth century (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use
from audiobuild.normalisation.english.rules.roman import roman_value
from audiobuild.normalisation.rule import CAPITALS, Rule, make_rule


def _say_ordinal(match: re.Match[str], context: Context) -> str | None:
    """Read the numeral where its ending is that of its number."""
    value = roman_value(match["numeral"].upper())
    if not value or (match["numeral"].islower() and len(match["numeral"]) < 2):
        return None
    said = words.ordinal(str(value))
    return said if said.endswith(match["ending"]) or match["ending"] == "th" else None


RULES: tuple[Rule, ...] = (
    make_rule(
        "roman.ordinal",
        r"(?P<numeral>[IVXL]{1,9}|[ivxl]{2,9})(?P<ending>st|nd|rd|th)(?![\w’'])",
        _say_ordinal,
        (CAPITALS, *load_use("roman", "ordinals")),
        example="the XXIst century -> the twenty-first century",
    ),
)
