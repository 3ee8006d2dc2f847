"""Units with powers: 12 m s⁻¹, 9.8 m·s⁻² -> nine point eight metres per second squared (layer 1, pure).

Where a text has lost its small figures, a sign of minus behind a unit shows the power: 1450 cm−1.
"""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_table
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS, noun_follows
from audiobuild.normalisation.english.lexis.word_patterns import alternatives
from audiobuild.normalisation.english.rules.forms import DASH, NUMBER, SIGN, is_one, spelt_locally, spoken_number
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_after, text_before, word_before

_UNITS = load_table("units")
_PLAIN = frozenset(unit for unit, row in _UNITS.items() if row[2] == "s" and unit.isalpha() and unit != "in")
_UNIT = rf"(?:{alternatives(_PLAIN)})"
_LETTERS = r"[A-Za-zµμΩÅº]{1,6}"
"""What may be a unit, which is told when it was found."""
_MEASURED_BEFORE = LatePattern(r"(?:[\d⁰-⁹¹²³]|[\d⁰-⁹¹²³]\s?[A-Za-zµμ]{1,5}|−[1-3]) $")
_UNITS_BEFORE = LatePattern(r"\bunits? [oi][fn] $")
_POWERS = {"1": "", "¹": "", "2": "square ", "²": "square ", "3": "cubic ", "³": "cubic "}
_OF_TIME = {"2": " squared", "²": " squared", "3": " cubed", "³": " cubed"}
_RAISED = rf"""
    (?P<sign>{SIGN})(?P<first>{NUMBER})(?:(?P<dash>{DASH}|\sto\s)(?P<second>{NUMBER}))?
    (?=\s?[A-Za-zµμΩ²³23·⋅ ]{{1,12}}(?:⁻[¹²³]|[−-][1-3](?![\w.,]\d|[\w-])))  # some power is below nought
    (?P<units>
        (?:[ ·⋅]?{_LETTERS}(?:[²³23])?(?![^\W\d²³])){{0,3}}
        (?:[ ·⋅]?{_LETTERS}(?:⁻[¹²³]|[−-][1-3])){{1,4}}
    )
    (?![\w⁻−²³⋅·]|-\w)
"""
_EACH = LatePattern(rf"({_LETTERS})(⁻|−|-)?([123¹²³])?")


def _raised(name: str, power: str) -> str:
    """Return a unit with its power: square metre, second squared."""
    return name + _OF_TIME.get(power, "") if name == "second" else _POWERS.get(power, "") + name


def _say_raised(match: re.Match[str], context: Context) -> str | None:
    """Read a measure whose units stand side by side, some below the line: 12 m s⁻¹."""
    units = _EACH.findall(match["units"])
    if not all(unit in _PLAIN for unit, _, _ in units):
        return None
    over = [(unit, power) for unit, sign, power in units if not sign]
    under = [(unit, power) for unit, sign, power in units if sign]
    if units[0][1] == "-" and units[0][0] != "cm":
        return None
    if len(units) == 1 and re.match(rf"\s?{units[0][0]}\b", text_after(match)):  # from 3 m−2 m
        return None
    said = spoken_number(match["sign"] + match["first"], context)
    if match["second"]:
        said = f"{said} to {spoken_number(match['second'], context)}"
    single = is_one(match["sign"] + match["first"]) and not match["second"]
    single = single or (word_before(match).lower() in DETERMINERS and noun_follows(match))
    for place, (unit, power) in enumerate(over):
        one, many, _ = _UNITS[unit]
        said = f"{said} {_raised(one if single or place < len(over) - 1 else many, power)}"
    return spelt_locally(" per ".join([said, *(_raised(_UNITS[unit][0], power) for unit, power in under)]), context)


def _say_negative(match: re.Match[str], context: Context) -> str | None:
    """Read a unit with a negative power behind another unit: 11 µg m⁻³."""
    before = text_before(match)
    if not _MEASURED_BEFORE.search(before) and not _UNITS_BEFORE.search(before):
        return None
    return f"per {spelt_locally(_raised(_UNITS[match['unit']][0], match['power']), context)}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "measure.raised",
        _RAISED,
        _say_raised,
        (DIGIT, "+", "−"),
        flags=re.VERBOSE,
        behind="A-Za-z ,.-",
        example="12 m s⁻¹ -> twelve metres per second",
    ),
    make_rule(
        "measure.negative-power",
        rf"(?P<unit>{_UNIT})[⁻−](?P<power>[¹²³1-3])(?!\w)",
        _say_negative,
        _PLAIN - {"A"},
        behind="⁻−",
        example="10⁵ W m⁻² -> ten to the power of five watts per square metre",
    ),
)
