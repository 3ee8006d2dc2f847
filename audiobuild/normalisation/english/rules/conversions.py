"""A measure and its conversion in brackets before what they measure: a 10m (32ft) tunnel (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_map, load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.word_patterns import alternatives
from audiobuild.normalisation.english.rules.forms import NUMBER, spoken_number, unit_name
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_after, word_before

_UNITS = alternatives(frozenset(load_table("units")) - {"in", "s", "A", "V", "W", "J", "L", "h", "c", "°"})


_FULL = load_map("spelt_units")
_BEFORE_MEASURES = load_use("measures", "determiners") | load_use("lengths", "figures")
"""What stands before a measure of the noun behind it: a 10m (32ft) tunnel, six 21 in (533 mm) tubes."""


def _named(unit: str, context: Context) -> str:
    return _FULL.get(unit) or unit_name(unit, context, plural=False)


def _say_converted(match: re.Match[str], context: Context) -> str | None:
    """Read both measures in the singular before a noun, behind an article or a count, or with a hyphen."""
    noun = re.match(r" ([a-z]+)", text_after(match))
    if noun is None or not (match["whole"] or word_before(match).lower() in _BEFORE_MEASURES):
        return None
    if noun[1] in load_words("function_words") - load_use("measures", "dimensions"):
        return None
    said = (
        f"{spoken_number(number, context)} {_named(unit, context)}"
        for number, unit in (
            (match["first"], match["unit"] or match["whole"]),
            (match["second"], match["unit2"]),
        )
    )
    return ", ".join(said)


RULES: tuple[Rule, ...] = (
    make_rule(
        "measure.converted",
        rf"(?P<first>{NUMBER})(?:[\s-]?(?P<unit>{_UNITS}|in)|-(?P<whole>{alternatives({*_FULL.values()})}))"
        rf" \((?P<second>{NUMBER})[\s-]?(?P<unit2>{_UNITS}|in|{alternatives(frozenset(_FULL))})\)",
        _say_converted,
        (DIGIT,),
        behind="A-Za-z ,.-",
        example="a 10m (32ft) tunnel -> a ten metre, thirty-two foot tunnel",
    ),
)
