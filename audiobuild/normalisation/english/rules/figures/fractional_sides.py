"""Sizes whose sides are fractions: 1 1/4 x 3/8 in -> one and a quarter by three eighths inches (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.noun_phrases import noun_follows
from audiobuild.normalisation.english.lexis.spoken_fractions import spoken_fraction, with_article
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.forms import unit_name
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule

_SIDE = r"(?:\d{1,3}(?:[\s-]\d{1,2}/\d{1,2})?|\d{1,2}/\d{1,2})(?![\d/])"
_SIDES = rf"""
    (?P<sides>{_SIDE}[″"”]?(?:(?:\s?[x×]\s?|\sby\s){_SIDE}[″"”]?){{1,3}})
    (?:\s?(?P<unit>{one_of("fractions", "sides")})(?:\.(?=\s[a-z]|[,;:)]))?(?!\w))?  # with the stop of a short unit
"""


def _say_sides(match: re.Match[str], context: Context) -> str | None:
    """Read sizes with fractions in them: 1 1/4 x 3/8 in -> one and a quarter by three eighths inches."""
    if "/" not in match["sides"]:
        return None
    said = []
    for side in re.split(r"\s?[x×]\s?|\sby\s", match["sides"]):
        number = side.rstrip('″"”')
        *whole, part = re.split(r"[\s-]", number)
        top, _, bottom = part.partition("/")
        words_said = spoken_fraction(int(top), int(bottom), context) if bottom else words.cardinal(top, context.locale)
        if whole:
            words_said = f"{words.cardinal(whole[0], context.locale)} and {with_article(words_said)}"
        said.append(words_said + (" inches" if number != side else ""))
    unit = f" {unit_name(match['unit'], context, plural=not noun_follows(match))}" if match["unit"] else ""
    return " by ".join(said) + unit


RULES: tuple[Rule, ...] = (
    make_rule(
        "fraction.sides",
        _SIDES,
        _say_sides,
        (DIGIT,),
        flags=re.VERBOSE,
        behind=' "/x-',
        example='#8 x 1 1/4" -> number eight by one and a quarter inches',
    ),
)
