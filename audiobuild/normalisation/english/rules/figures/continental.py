"""Numbers as the Continent writes them: 12,5 % -> twelve point five per cent (layer 1, pure).

A stop parts thousands and a comma stands before decimals; with one stop, or one comma and no unit, nobody can tell.
"""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_table, load_use
from audiobuild.normalisation.english.lexis.noun_phrases import noun_follows
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.forms import unit_name
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, word_before

_THOUSANDS = (
    r"(?P<whole>[1-9]\d{0,2}(?:(?:\.\d{3}){2,4}|(?:\.\d{3}){1,4}(?=,\d{1,2}(?!\d))))(?:,(?P<decimals>\d{1,2}))?"
)
_ENDS = r"(?![\w-]|[.,:]\d)"
_UNIT = rf"(?:%|{one_of('continental', 'units')}(?![\w/²³])|{one_of('continental', 'scales')}(?!\w))"
_MEASURED = rf"\s?(?P<unit>{_UNIT})"


def _say_thousands(match: re.Match[str], context: Context) -> str | None:
    """Read the whole and its decimals, unless it is the number of a version."""
    if word_before(match).lower() in load_use("continental", "versions"):
        return None
    said = words.cardinal(match["whole"].replace(".", ""), context.locale)
    if match["decimals"]:
        said += f" point {words.digit_by_digit(match['decimals'])}"
    return said + (_unit(match, context) if match["unit"] else "")


def _unit(match: re.Match[str], context: Context) -> str:
    unit = match["unit"]
    if unit == "%":
        return " percent" if context.locale == "en-US" else " per cent"
    if unit not in load_table("units"):
        return f" {unit}"
    return f" {unit_name(unit, context, plural=not noun_follows(match))}"


def _say_money(match: re.Match[str], context: Context) -> str | None:
    """Read a sum: its small coins without a point."""
    many = load_table("currencies")[match["sign"]][1]
    said = f"{words.cardinal(match['whole'].replace('.', ''), context.locale)} {many}"
    parts = match["decimals"]
    return said if not parts or parts == "00" else f"{said} {words.two_digit_year(parts)}"


def _say_decimals(match: re.Match[str], context: Context) -> str | None:
    """Read what stands behind the comma, the number before it being said already."""
    said = f" point {words.digit_by_digit(match['decimals'])}"
    if match["last"]:
        whole, decimals = match["last"].split(",")
        said += f" to {words.cardinal(whole, context.locale)} point {words.digit_by_digit(decimals)}"
    return said + (_unit(match, context) if match["unit"] else "")


def _say_nought(match: re.Match[str], context: Context) -> str | None:
    return f"zero point {words.digit_by_digit(match['decimals'])}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "number.continental",
        rf"{_THOUSANDS}(?:{_MEASURED})?{_ENDS}",
        _say_thousands,
        (DIGIT,),
        behind=".",
        example="1.250.000 people -> one million two hundred and fifty thousand people",
    ),
    make_rule(
        "money.continental",
        rf"(?P<sign>[€£$])\s?{_THOUSANDS}{_ENDS}",
        _say_money,
        "€£$",
        example="€1.234,50 -> one thousand two hundred and thirty-four euros fifty",
    ),
    make_rule(
        "number.comma-decimals",
        rf"(?<![\d.,]\d{{3}})(?<=\d),(?P<decimals>\d{{1,2}})(?:[-–](?P<last>\d{{1,3}},\d{{1,2}}))?{_MEASURED}{_ENDS}",
        _say_decimals,
        ",",
        example="12,5 % -> twelve point five per cent",
    ),
    make_rule(
        "number.comma-behind-nought",
        rf"(?<![\d.,(\[])0,(?P<decimals>\d{{3,6}}){_ENDS}(?!,)",
        _say_nought,
        (DIGIT,),
        behind=",",
        example="0,125 -> zero point one two five",
    ),
)
