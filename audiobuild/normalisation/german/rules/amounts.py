"""Money, per cent and measures: 1,2 Mrd. € -> eins Komma zwei Milliarden Euro (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.alternation import alternatives
from audiobuild.normalisation.context import Context
from audiobuild.normalisation.german.lexis.vocabulary import TABLES
from audiobuild.normalisation.german.lexis.words import before_noun, number
from audiobuild.normalisation.german.rules.forms import (
    DASH,
    MAGNITUDE,
    NUMBER,
    NUMBER_PLACES,
    SIGN,
    spoken_amount,
    spoken_span,
)
from audiobuild.normalisation.rule import Rule, make_rule, text_after

_CURRENCIES = {row[0]: row[1:] for row in TABLES.rows("currencies")}
"""By sign or code: the currency, and the hundredth part of it."""
_UNITS = {row[0]: row[1:] for row in TABLES.rows("units")}
"""By their short forms: one of them, several, and the article."""
_CURRENCY = alternatives(_CURRENCIES)
_FIRST = rf"(?P<first>{SIGN}{NUMBER})"
_SPAN = rf"(?:{DASH}(?P<second>{NUMBER}))?"


def _say_money(match: re.Match[str], context: Context) -> str | None:
    name, part = _CURRENCIES[match["currency"]]
    first = re.sub(r",(?:-|–|—|00)$", "", match["first"])
    if match["second"]:
        return f"{_amounts(match, 'ein')} {name}"
    cents = re.fullmatch(r"(.*),(\d\d)", first)
    if cents is None or match["scale"] or not part:
        return f"{spoken_amount(first, match['scale'])} {name}"
    if not cents[1].strip("0"):
        return f"{before_noun(number(cents[2].lstrip('0')))} {part}"
    return f"{before_noun(number(cents[1]))} {name} {number(cents[2].lstrip('0'))}"


def _say_percent(match: re.Match[str], context: Context) -> str | None:
    name = {"%": "Prozent", "‰": "Promille"}[match["sign"]]
    if text_after(match)[:1] == "-":
        return f"{_amounts(match, 'ein')}-{name}"
    return f"{_amounts(match, 'ein')} {name}"


def _say_measure(match: re.Match[str], context: Context) -> str | None:
    single, several, article = _UNITS[match["unit"]]
    is_one = match["first"] == "1" and not match["second"] and not match["scale"]
    return f"{_amounts(match, article)} {single if is_one else several}"


def _say_magnitude(match: re.Match[str], context: Context) -> str | None:
    said = _amounts(match, "eine")
    return f"{said}." if match["scale"].endswith(".") and not text_after(match).strip() else said


def _amounts(match: re.Match[str], article: str) -> str:
    """Say the number, or both ends of a range, with the power of ten behind."""
    if not match["second"]:
        return spoken_amount(match["first"], match["scale"], article)
    if not match["scale"]:
        return spoken_span(match["first"], match["second"])
    return f"{number(match['first'])} bis {spoken_amount(match['second'], match['scale'])}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "money.behind",
        rf"(?P<first>{SIGN}{NUMBER}(?:,[-–—](?!\d))?){_SPAN}(?P<scale>{MAGNITUDE})?\s?(?P<currency>{_CURRENCY})(?!\w)",
        _say_money,
        NUMBER_PLACES,
        example="0,99 €. -> neunundneunzig Cent.",
        locale="de-DE",
    ),
    make_rule(
        "money.before",
        rf"(?P<currency>{_CURRENCY})\s?(?P<first>{NUMBER}){_SPAN}(?P<scale>{MAGNITUDE})?(?!\w)",
        _say_money,
        _CURRENCIES,
        example="€ 850. -> achthundertfünfzig Euro.",
        locale="de-DE",
    ),
    make_rule(
        "percent.sign",
        rf"{_FIRST}{_SPAN}(?P<scale>(?!))?(?:\s|-)?(?P<sign>[%‰])",
        _say_percent,
        NUMBER_PLACES,
        example="0,8 ‰. -> null Komma acht Promille.",
        locale="de-DE",
    ),
    make_rule(
        "measure.unit",
        rf"{_FIRST}{_SPAN}(?P<scale>{MAGNITUDE})?\s?(?P<unit>{alternatives(_UNITS)})(?![\w/²³°])",
        _say_measure,
        NUMBER_PLACES,
        example="90 PS. -> neunzig P S.",
        locale="de-DE",
    ),
    make_rule(
        "number.magnitude",
        rf"{_FIRST}{_SPAN}(?P<scale>{MAGNITUDE})",
        _say_magnitude,
        NUMBER_PLACES,
        example="1,2 Mio. -> eins Komma zwei Millionen.",
        locale="de-DE",
    ),
)
