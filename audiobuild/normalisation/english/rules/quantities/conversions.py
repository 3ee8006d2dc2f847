"""A measure and its conversion in brackets before what they measure: a 10m (32ft) tunnel (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_map, load_table, load_use, load_words
from audiobuild.normalisation.english.rules.forms import NUMBER, spoken_number, unit_name
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_after, word_before

_UNITS = frozenset(load_table("units")) - set("sAVWJLhc°")
_FULL = load_map("spelt_units")
_WHOLE = frozenset(_FULL.values())
_UNIT = r"[A-Za-zµμΩÅº°℃][^\n]{0,14}?"
"""What stands before a bracket, or ends one; whether it is a unit is told when it was found."""
_BEFORE_MEASURES = load_use("measures", "determiners") | load_use("lengths", "figures")
"""What stands before a measure of the noun behind it: a 10m (32ft) tunnel, six 21 in (533 mm) tubes."""


def _named(unit: str, context: Context) -> str:
    return _FULL.get(unit) or unit_name(unit, context, plural=False)


def _say_converted(match: re.Match[str], context: Context) -> str | None:
    """Read both measures in the singular before a noun, behind an article or a count, or with a hyphen."""
    unit, unit2 = match["unit"], match["unit2"]
    is_whole = match["joint"] == "-" and unit in _WHOLE
    if not (is_whole or unit in _UNITS) or not (unit2 in _UNITS or unit2 in _FULL):
        return None
    noun = re.match(r" ([a-z]+)", text_after(match))
    if noun is None or not (is_whole or word_before(match).lower() in _BEFORE_MEASURES):
        return None
    if noun[1] in load_words("function_words") - load_use("measures", "dimensions"):
        return None
    said = (
        f"{spoken_number(number, context)} {_named(each, context)}"
        for number, each in ((match["first"], unit), (match["second"], unit2))
    )
    return ", ".join(said)


RULES: tuple[Rule, ...] = (
    make_rule(
        "measure.converted",
        rf"(?P<first>{NUMBER})(?P<joint>[\s-]?)(?P<unit>{_UNIT}) \((?P<second>{NUMBER})[\s-]?(?P<unit2>{_UNIT})\)",
        _say_converted,
        (DIGIT,),
        behind="A-Za-z ,.-",
        example="a 10m (32ft) tunnel -> a ten metre, thirty-two foot tunnel",
    ),
)
