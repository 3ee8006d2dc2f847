"""Dwellings in the short forms of an advertisement: 3BR/2BA -> three bedroom, two bath (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.forms import spoken_number
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule


def _say_rooms(match: re.Match[str], context: Context) -> str | None:
    """Read the bedrooms and the baths of a house."""
    half = " and a half" if match["half"] else ""
    return f"{spoken_number(match['beds'], context)} bedroom, {spoken_number(match['baths'], context)}{half} bath"


RULES: tuple[Rule, ...] = (
    make_rule(
        "measure.rooms",
        rf"(?P<beds>\d{{1,2}})\s?{one_of('dwellings', 'beds')}[/,]?\s?"
        rf"(?P<baths>\d{{1,2}}(?:\.\d)?)(?P<half>½)?\s?{one_of('dwellings', 'baths')}(?!\w)",
        _say_rooms,
        (DIGIT,),
        behind=" Bb",
        example="3BR/2BA -> three bedroom, two bath",
        locale="en-US",
    ),
)
