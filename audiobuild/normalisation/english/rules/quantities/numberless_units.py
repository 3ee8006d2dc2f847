"""Units that no number stands before: mg per kWh, 72 beats/min -> beats per minute (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.word_patterns import alternatives
from audiobuild.normalisation.english.rules.forms import AND_OR_TO, spelt_locally
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    ATTACHED,
    DOTTED,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_after,
    word_before,
)

_UNITS = load_table("units")
_PER = load_map("per_units")
_WRITTEN_SHORT = frozenset(unit for unit, name in _PER.items() if unit != name)
_LONE = load_words("lone_units")
_NUMBERLESS = frozenset(unit for unit in _UNITS if unit in _LONE or unit[-1] not in "☉⊙⊕") - load_use(
    "measures", "per-numberless"
)


def _say_unit(match: re.Match[str], context: Context) -> str | None:
    """Read a unit that stands without its number, as in "mg per kWh" and "a few km away"."""
    before = word_before(match).lower()
    if match["unit"] == match["per"]:
        return None
    is_rate = match["per"] and match["unit"] not in load_words("function_words") and len(match.group()) > 3
    if match["unit"] not in _LONE and not re.search("[⋅·]", match["unit"]) and before != "per" and not is_rate:
        return None
    if match["unit"] == "K" and word_after(match) in words.UNITS:
        return None  # years of a school: K twelve
    one, many, _ = _UNITS[match["unit"]]
    name = one if before in load_use("measures", "before-one-unit") or text_after(match)[1:2].isdigit() else many
    return spelt_locally(f"{name} per {_PER[match['per']]}" if match["per"] else name, context)


_QUANTITY = LatePattern(
    rf"""
    (?:
        \d | \d\) | \d\s?(?!{AND_OR_TO}$)[A-Za-zµμ]{{1,8}}  # a number, with its unit
        | /(?:{alternatives(frozenset(_PER))})  # another stroke
        | (?<![^\W\d_])(?:[a-z]{{2,20}}s|[Pp]eople|[nmp]g|[nm]mol)  # what is counted
    )$
    """,
    re.VERBOSE,
)
"""What stands before a stroke that means "per": a number, its own unit or what it counts, another such stroke."""


def _say_per(match: re.Match[str], context: Context) -> str | None:
    """Read a stroke and a unit behind what is counted: 72 beats/min -> seventy-two beats per minute."""
    if not _QUANTITY.search(text_before(match)):
        return None
    return f" per {spelt_locally(_PER[match['unit']], context)}"


def _opening(unit: str) -> str:
    """Return the word that a unit opens with; none where a figure or another word is tied to it: in-lb, W/m², hm2."""
    return "" if re.match(r"[A-Za-z]+(?:\d|[-./][^\W_])", unit) else re.split(r"\W", unit)[0]


_STOP_OF_FEET = r"(?:(?<=\. ft)\.(?= [a-z]|[,;:)]))?"


RULES: tuple[Rule, ...] = (
    make_rule(
        "measure.unit-alone",
        rf"(?<![\w./@-])(?P<unit>{alternatives(_NUMBERLESS)})"
        rf"(?:/(?P<per>{alternatives(_WRITTEN_SHORT)}))?(?![\w/@’'⁻⋅·]|−\d|\.\w|-[^\W\d]|(?<=K)-\d){_STOP_OF_FEET}",
        _say_unit,
        {unit for unit in map(_opening, _NUMBERLESS) if unit} | {ATTACHED, DOTTED},
        example="per kg -> per kilogram",
    ),
    make_rule(
        "measure.per-unit",
        rf"/(?P<unit>{alternatives(_WRITTEN_SHORT)})(?![\w@’'°²³]|\.\w|-[^\W\d])",
        _say_per,
        ("/",),
        example="2 mU/ml -> two mU per millilitre",
    ),
)
