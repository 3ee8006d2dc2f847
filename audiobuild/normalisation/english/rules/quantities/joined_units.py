"""Units that are multiplied, with their powers: kg⋅m2⋅s−2 -> kilogram square metre per second squared (layer 1, pure).

The small figures may be raised, or lost with the text's make-up.
"""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_table
from audiobuild.normalisation.english.rules.forms import RAISED, is_one, spelt_locally
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import ATTACHED, Rule, make_rule, text_before

_UNITS = {
    **{unit: row[:2] for unit, row in load_table("units").items() if row[2] == "s" and unit.isalpha() and unit != "in"},
    **load_table("joined_units"),
}
_ONE = r"[A-Za-zµμΩÅº]{1,6}(?:[⁻−]?[1-4]|⁻?[¹²³⁴])?(?![^\W_])"
"""What may be a unit with its power; whether it is one is told when it was found."""
_JOINED = rf"(?=[A-Za-zμΩ]{{1,4}}[⁻−\d¹²³⁴]{{0,2}}[⋅·])(?P<units>{_ONE}(?:[⋅·]{_ONE}){{1,6}})(?![\w⋅·⁻−/])"
_PARTS = LatePattern(r"([^\W\d¹²³⁴]+)([⁻−]?)([\d¹²³⁴]?)")
_NUMBER_BEFORE = LatePattern(r"(?P<number>\d[\d.,]*|[⁰¹²³⁴⁵⁶⁷⁸⁹]+) ?$")
_POWERS = {"": "", "1": "", "2": "squared", "3": "cubed", "4": "to the fourth"}


def _say_joined(match: re.Match[str], context: Context) -> str | None:
    """Read the units above the line, then those below it."""
    parts = [(unit, sign, power.translate(RAISED)) for unit, sign, power in _PARTS.findall(match["units"])]
    if not all(unit in _UNITS for unit, _, _ in parts):
        return None
    before = _NUMBER_BEFORE.search(text_before(match))
    if not before and not any(sign or len(unit) > 1 for unit, sign, _ in parts):
        return None  # two unknowns: F⋅s
    over = [(unit, power) for unit, sign, power in parts if not sign]
    several = before is not None and not is_one(before["number"])
    named = [
        _raised(unit, power, several=several and place == len(over)) for place, (unit, power) in enumerate(over, 1)
    ]
    under = [f"per {_raised(unit, power, several=False)}" for unit, sign, power in parts if sign]
    return spelt_locally(" ".join([*named, *under]), context)


def _raised(unit: str, power: str, *, several: bool) -> str:
    name = _UNITS[unit][1 if several else 0]
    if power in {"2", "3"} and name.removesuffix("s").endswith("metre"):
        return f"{'square' if power == '2' else 'cubic'} {name}"
    return f"{name} {_POWERS[power]}".rstrip()


RULES: tuple[Rule, ...] = (
    make_rule(
        "measure.joined-units",
        _JOINED,
        _say_joined,
        (*(unit for unit in _UNITS if unit.isascii()), ATTACHED),
        behind="1-4⋅·",
        example="kg⋅m2⋅s−2 -> kilogram square metre per second squared",
    ),
)
