"""Dwellings in the short forms of an advertisement: 3BR/2BA -> three bedroom, two bath (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.word_patterns import one_of, words_pattern
from audiobuild.normalisation.english.rules.forms import spoken_number
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_after, text_before


def _say_rooms(match: re.Match[str], context: Context) -> str | None:
    """Read the bedrooms and the baths of a house."""
    half = " and a half" if match["half"] else ""
    several = words_pattern(r"\bWORDS(?: \w+)? $", "dwellings", "before-many").search(text_before(match)) is not None
    beds = "bedrooms" if several and match["beds"] != "1" else "bedroom"
    baths = "baths" if several and match["baths"] != "1" else "bath"
    return f"{spoken_number(match['beds'], context)} {beds}, {spoken_number(match['baths'], context)}{half} {baths}"


def _say_beds(match: re.Match[str], context: Context) -> str | None:
    """Read bedrooms alone: one kind of dwelling before its name, so many of them elsewhere."""
    qualifies = re.match(r" [A-Za-z]{3,}", text_after(match)) is not None
    several = not qualifies and match["beds"] != "1"
    return f"{spoken_number(match['beds'], context)} bedroom{'s' if several else ''}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "measure.rooms",
        rf"(?P<beds>\d{{1,2}})\s?{one_of('dwellings', 'beds')}\.?[/,]?\s?"
        rf"(?P<baths>\d{{1,2}}(?:\.\d)?)(?P<half>½)?\s?{one_of('dwellings', 'baths')}(?!\w)",
        _say_rooms,
        (DIGIT,),
        behind=" Bb",
        example="3BR/2BA -> three bedroom, two bath",
        locale="en-US",
    ),
    make_rule(
        "measure.bedrooms",
        rf"(?P<beds>[1-9])[ -]?{one_of('dwellings', 'sure-beds')}\.?(?![\w/])",
        _say_beds,
        (DIGIT,),
        behind=" -Bb",
        example="a 2 BR apartment -> a two bedroom apartment",
        locale="en-US",
    ),
)
