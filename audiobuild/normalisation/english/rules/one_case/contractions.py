"""Contractions: IT'S A BOY and THE UN'S ENVOY in capitals, Int'l for International (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_map, load_words
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.short_forms.capitals import is_listed_initialism, spoken_capitals
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import CAPITALS, Rule, make_rule, opens_sentence

NEGATED = LatePattern(r"[A-Z]{2,6}N[’']T")
"""A verb in capitals that denies: ISN'T."""


def _say_contraction(match: re.Match[str], context: Context) -> str | None:
    """Read a contraction in capitals as the word that it is: "IT'S A BOY"."""
    base = match["base"].lower()
    if match["base"] not in {"IT", "WHO"} and is_listed_initialism(match["base"]):
        return f"{spoken_capitals(match['base'], context)}{match['mark']}{match['tail'].lower()}"
    if base not in load_words("plain_words", "function_words") and not NEGATED.fullmatch(match.group()):
        return None
    if match["base"] == "WHO":
        return None
    said = f"{base}{match['mark']}{match['tail'].lower()}"
    return said.capitalize() if base == "i" or opens_sentence(match) else said


_CONTRACTED = load_map("contractions")


def _say_contracted(match: re.Match[str], context: Context) -> str | None:
    """Read Int'l as International."""
    written = match["word"]
    spoken = _CONTRACTED.get(written.lower().replace("’", "'"))
    return spoken.capitalize() if spoken and written[0].isupper() else spoken


RULES: tuple[Rule, ...] = (
    make_rule(
        "capitals.contraction",
        rf"(?P<base>[A-Z]{{1,7}})(?P<mark>[’'])(?P<tail>{one_of('contractions', 'tails')})(?!\w)",
        _say_contraction,
        (CAPITALS,),
        behind="'",
        example="yes, WE'VE won -> yes, we've won",
    ),
    make_rule(
        "abbreviation.contracted",
        r"(?P<word>[A-Za-z]{3,4}['’][a-z]{1,2})(?!\w)(?:\.(?= [a-z]))?",
        _say_contracted,
        {form(word.split("'")[0]) for word in _CONTRACTED for form in (str.lower, str.capitalize)},
        example="Int'l -> International",
    ),
)
