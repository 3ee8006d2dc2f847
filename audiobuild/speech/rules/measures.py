"""Numbers with their units: a 12km race -> a twelve kilometre race (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.speech import words
from audiobuild.speech.context import Context
from audiobuild.speech.rule import (
    ATTACHED,
    DETERMINERS,
    DIGIT,
    DOTTED,
    Rule,
    make_rule,
    noun_follows,
    word_before,
    words_before,
)
from audiobuild.speech.rules.amounts import is_length
from audiobuild.speech.rules.forms import (
    DASH,
    NUMBER,
    SIGN,
    SIGNS,
    alternatives,
    is_one,
    spoken_magnitude,
    spoken_number,
)
from audiobuild.speech.tables import load_map, load_table

_UNITS = load_table("units")
_SPACED = frozenset(unit for unit, row in _UNITS.items() if row[2] == "s")
_SCALE = r"(?:\s?(?:bn|trn|tn)(?=\s)|\s?[mk](?=\s(?!in\b)|[°º])|\s(?:thousand|million|billion|trillion))"
_MEASURE = (
    rf"(?P<sign>{SIGN})(?P<first>{NUMBER})(?P<fraction>[½¼¾⅓⅔])?"
    rf"(?:\s?(?:{alternatives(_SPACED)})?(?P<dash>{DASH}|\sto\s)(?P<second>[-−]?{NUMBER}))?(?P<scale>{_SCALE})?"
    rf"(?:\s?(?P<unit>{alternatives(_SPACED)})|(?P<bare>{alternatives(frozenset(_UNITS))}))(?P<per>/(?:h|s|d|day|year|yr|kg|t|km|ha|min|person|week|month|hour|mile|gallon|litre))?"
    r"(?:(?:(?<=ft|in|oz|lb|hr|mi|yd)|(?<=tsp|bsp|min|sec|hrs|lbs|gal))\.(?=\s[a-z\d]))?(?![\w/°²³])"
)
_US_SPELLING = load_map("us_units")


def _say_measure(match: re.Match[str], context: Context) -> str | None:
    unit = match["unit"] or match["bare"]
    if _is_other(match, unit):
        return None
    one, many, _ = _UNITS[unit]
    first, second = match["first"], match["second"]
    amount = spoken_number(match["sign"] + first, context)
    if match["fraction"]:
        part = load_map("fractions")[match["fraction"]].replace("one ", "a ")
        amount = f"{amount} and {part}"
    if second:
        amount = f"{amount} to {spoken_number(second, context)}"
    amount += spoken_magnitude(match["scale"])
    single = (is_one(match["sign"] + first, match["scale"]) and not second and not match["fraction"]) or (
        noun_follows(match)
        and not (
            unit.startswith(("°", "º")) and DETERMINERS.isdisjoint(word.lower() for word in words_before(match, 3))
        )
    )
    name = one if single else many
    if context.american:
        name = " ".join(_US_SPELLING.get(word, word) for word in name.split(" "))
    per = f" per {_PER.get(match['per'][1:], match['per'][1:])}" if match["per"] else ""
    return f"{amount} {name}{per}"


_PER = {
    "h": "hour",
    "s": "second",
    "d": "day",
    "yr": "year",
    "kg": "kilogram",
    "t": "tonne",
    "km": "kilometre",
    "ha": "hectare",
    "min": "minute",
}
_MILLIONS_OR_METRES = frozenset({"m"})


def _is_other(match: re.Match[str], unit: str) -> bool:
    """Say whether the letters behind the number are no unit here."""
    spaced = match.string[match.end() - len(unit) - 1 : match.end() - len(unit)] == " "
    first = match["first"]
    if unit == "m":
        if match["scale"]:
            return False
        return not (
            is_length(match)
            or (re.fullmatch(r"[12]\.\d\d", first) is not None)
            or (
                spaced
                and len(first) < 5
                and not re.match(r"\s(?:people|[A-Z])", match.string[match.end() : match.end() + 9])
            )
        )
    if unit == "A":
        return (
            not match.string[match.end() : match.end() + 12]
            .lstrip(" -")
            .startswith(("fuse", "plug", "socket", "current", "circuit"))
        )
    if unit in {"g", "G"}:
        return False
    if unit in {"L", "W", "V", "J"} and spaced:
        return bool(re.match(r"\.|\s[A-Z]", match.string[match.end() : match.end() + 3]))
    if unit == "in":
        return spaced and not re.match(
            r"\s(?:thick|long|wide|deep|tall|high|across)\b|\sof\s(?:rain|snow)",
            match.string[match.end() : match.end() + 12],
        )
    if unit == "st":
        return first.endswith("1") or word_before(match).lower() not in {
            "weighed",
            "lost",
            "weighs",
            "gained",
            "at",
            "about",
            "over",
            "nearly",
            "under",
        }
    if unit == "bp":
        return spaced
    if unit in {"min", "sec", "cal", "ms"}:
        return False
    return unit in {"t", "l"} and spaced and word_before(match) == "the"


def _say_feet(match: re.Match[str], context: Context) -> str | None:
    feet, inches = match["feet"], match["inches"]
    if match["mark"] in {"’", "'"} and not inches:
        return None
    if inches and noun_follows(match) and match["mark"].strip(" .") != "ft":
        return f"{words.cardinal(feet, context.locale)} foot {words.cardinal(inches)}"
    single = feet == "1" or (noun_follows(match) and (not inches or match["mark"].strip(" .") == "ft"))
    said = f"{words.cardinal(feet, context.locale)} {'foot' if single else 'feet'}"
    return f"{said} {words.cardinal(inches)} {'inch' if inches == '1' else 'inches'}" if inches else said


def _say_inches(match: re.Match[str], context: Context) -> str | None:
    number = spoken_number(match["first"], context)
    if match["fraction"]:
        number = f"{number} and {load_map('fractions')[match['fraction']].replace('one ', 'a ')}"
    return f"{number} {'inch' if match['first'] == '1' or noun_follows(match) else 'inches'}"


def _say_area(match: re.Match[str], context: Context) -> str | None:
    """Read 6m x 4m as metres by metres."""
    parts = re.findall(rf"({NUMBER})\s?([a-z]+)", match.group())
    said = []
    for number, unit in parts:
        one, many, _ = _UNITS[unit]
        name = one if is_one(number) else many
        said.append(f"{spoken_number(number, context)} {_US_SPELLING.get(name, name) if context.american else name}")
    return " by ".join(said)


def _say_unit(match: re.Match[str], context: Context) -> str | None:
    """Read a unit that stands without its number, as in "per km2"."""
    one, many, _ = _UNITS[match.group()]
    name = one if word_before(match).lower() in {"per", "a", "an", "each", "every", "one"} else many
    return " ".join(_US_SPELLING.get(word, word) for word in name.split(" ")) if context.american else name


def _say_coordinate(match: re.Match[str], context: Context) -> str | None:
    said = f"{spoken_number(match['degrees'], context)} degrees"
    if match["minutes"]:
        said += f" {spoken_number(match['minutes'], context)} minutes"
    if match["seconds"]:
        said += f" {spoken_number(match['seconds'], context)} seconds"
    compass = {"N": "north", "S": "south", "E": "east", "W": "west"}[match["compass"]]
    return f"{said} {compass}"


_COORDINATE = (
    r"(?P<degrees>\d{1,3}(?:\.\d{1,8})?)\s?°\s?(?:(?P<minutes>\d{1,2}(?:\.\d{1,6})?)\s?[′'’]\s?)?"
    r"(?:(?P<seconds>\d{1,2}(?:\.\d{1,6})?)\s?(?:[″\"”]|′′)\s?)?(?P<compass>[NSEW])(?!\w)"
)

RULES: tuple[Rule, ...] = (
    make_rule(
        "dimensions",
        rf"{NUMBER}\s?(?:m|cm|mm|km|ft|in)\s?[x×]\s?{NUMBER}\s?(?:m|cm|mm|km|ft|in)(?:\s?[x×]\s?{NUMBER}\s?(?:m|cm|mm|km|ft|in))?(?!\w)",
        _say_area,
        (DIGIT,),
    ),
    make_rule("unit", r"(?:km[23²³]|km/h|m/s|cm[23²³]|b/d|kWh/m²)(?![\w/])", _say_unit, (ATTACHED, DOTTED)),
    make_rule("coordinate", _COORDINATE, _say_coordinate, (DIGIT,)),
    make_rule(
        "feet",
        r"(?P<feet>\d{1,3})(?P<mark>[′'’]|\s?ft\.?)\s?(?P<inches>\d{1,2})(?:\s?(?:[″\"”]|′′|’’|''|\s?in(?:\.(?=\s[a-z]))?))?(?!\w)",
        _say_feet,
        (DIGIT,),
    ),
    make_rule("feet", r"(?P<feet>\d{1,5})(?P<mark>′)(?P<inches>)(?!\w)", _say_feet, (DIGIT,)),
    make_rule(
        "inches",
        r"(?P<first>\d{1,4}(?:\.\d{1,3})?)(?P<fraction>[½¼¾])?(?:″|′′|\"(?=[\s-]\w))(?!\w)",
        _say_inches,
        (DIGIT,),
    ),
    make_rule("measure", _MEASURE, _say_measure, (DIGIT, *SIGNS, ".")),
)
