"""Numbers with their units: a 12km race -> a twelve kilometre race (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Callable

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
    text_after,
    text_before,
    word_after,
    word_before,
    words_before,
)
from audiobuild.speech.rules.forms import (
    DASH,
    NUMBER,
    SIGN,
    SIGNS,
    alternatives,
    is_one,
    no_quotation_open,
    spoken_magnitude,
    spoken_number,
    unit_name,
)
from audiobuild.speech.rules.metres import is_length
from audiobuild.speech.tables import load_map, load_table, load_words

_UNITS = load_table("units")
_SPACED = frozenset(unit for unit, row in _UNITS.items() if row[2] == "s")
_SCALE = r"(?:\s?(?:bn|trn|tn)(?=\s)|\s?[mk](?=\s(?!in\b)|[°º])|\s(?:thousand|million|billion|trillion))"
_MEASURE = (
    rf"(?P<sign>{SIGN})(?P<first>{NUMBER})(?P<fraction>[½¼¾⅓⅔])?"
    rf"(?:\s?(?:{alternatives(_SPACED)})?(?P<dash>{DASH}|\sto\s)(?P<second>[-−]?{NUMBER}))?(?P<scale>{_SCALE})?"
    rf"(?:\s?(?P<unit>{alternatives(_SPACED)})|(?P<bare>{alternatives(frozenset(_UNITS))}))(?P<per>/(?:h|s|d|day|year|yr|kg|t|km|ha|min|person|week|month|hour|mile|gallon|litre))?"
    r"(?:(?:(?<=ft|in|oz|lb|hr|mi|yd|km|mo|wk)|(?<=tsp|bsp|min|sec|hrs|lbs|gal|mos|wks|yds|yrs|ins))\.(?=\s[a-z\d]|[,;:)]))?(?![\w/°²³])"
)
_US_SPELLING = load_map("us_units")


def _say_measure(match: re.Match[str], context: Context) -> str | None:
    unit = match["unit"] or match["bare"]
    if _is_other(match, unit):
        return None
    one, many, _ = _UNITS[unit]
    if unit == "nm" and _at_sea(match):
        one, many = "nautical mile", "nautical miles"
    first, second = match["first"], match["second"]
    amount = spoken_number(match["sign"] + first, context)
    if match["fraction"]:
        part = load_map("fractions")[match["fraction"]].replace("one ", "a ")
        amount = f"{amount} and {part}"
    if second:
        amount = f"{amount} to {spoken_number(second, context)}"
    amount += spoken_magnitude(match["scale"])
    qualifies = noun_follows(match)
    if unit.startswith(("°", "º")) or " per " in one or word_after(match) in load_words("ingredients"):
        qualifies = qualifies and not DETERMINERS.isdisjoint(word.lower() for word in words_before(match, 3))
    single = (is_one(match["sign"] + first, match["scale"]) and not second and not match["fraction"]) or qualifies
    name = one if single else many
    if context.american:
        name = " ".join(_US_SPELLING.get(word, word) for word in name.split(" "))
    per = f" per {_PER.get(match['per'][1:], match['per'][1:])}" if match["per"] else ""
    return f"{amount} {name}{per}"


def _at_sea(match: re.Match[str]) -> bool:
    near = set(re.findall(r"[a-z]+", f"{text_before(match)} {text_after(match, 30)}".lower()))
    return not near.isdisjoint(load_words("sea_words"))


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


def _follows(match: re.Match[str], pattern: str) -> bool:
    return re.match(pattern, text_after(match, 16)) is not None


def _spaced(match: re.Match[str]) -> bool:
    return match["unit"] is not None and match.string[match.start("unit") - 1] == " "


def _no_metres(match: re.Match[str]) -> bool:
    if match["scale"] or is_length(match) or re.fullmatch(r"[12]\.\d\d", match["first"]):
        return False
    return not (_spaced(match) and len(match["first"]) < 5 and not _follows(match, r"\s(?:people|[A-Z])"))


def _no_stone(match: re.Match[str]) -> bool:
    return match["first"].endswith("1") or word_before(match).lower() not in load_words("weighing_words")


_NO_UNITS: dict[str, Callable[[re.Match[str]], bool]] = {
    "m": _no_metres,
    "A": lambda match: not _follows(match, r"[\s-]*(?:fuse|plug|socket|current|circuit)"),
    "in": lambda match: (
        _spaced(match) and not _follows(match, r"\s(?:thick|long|wide|deep|tall|high|across)\b|\sof\s(?:rain|snow)")
    ),
    "st": _no_stone,
    "bp": _spaced,
    **dict.fromkeys("sh", lambda match: not _spaced(match) or not _follows(match, r"\s*$|[.,;:)]|\s[a-z]")),
    **dict.fromkeys("LWVJ", lambda match: _spaced(match) and _follows(match, r"\.|\s[A-Z]")),
    **dict.fromkeys("tl", lambda match: _spaced(match) and word_before(match) == "the"),
}
"""For letters that are not always a unit: whether they are none behind this number."""


def _is_other(match: re.Match[str], unit: str) -> bool:
    test = _NO_UNITS.get(unit)
    return test is not None and test(match)


def _say_compound(match: re.Match[str], context: Context) -> str | None:
    """Read a number that a hyphen joins to its unit: a 16-oz. steak -> a sixteen-ounce steak."""
    return f"{spoken_number(match['first'], context)}-{unit_name(match['unit'], context, plural=False)}"


def _say_feet(match: re.Match[str], context: Context) -> str | None:
    feet, inches = match["feet"], match["inches"]
    if match["mark"] in {"’", "'"} and not inches:
        return None
    attributive = noun_follows(match) or word_before(match).lower() in {"a", "an"}
    if inches and attributive and match["mark"].strip(" .") != "ft":
        return f"{words.cardinal(feet, context.locale)} foot {words.cardinal(inches)}"
    single = feet == "1" or (noun_follows(match) and (not inches or match["mark"].strip(" .") == "ft"))
    said = f"{words.cardinal(feet, context.locale)} {'foot' if single else 'feet'}"
    return f"{said} {words.cardinal(inches)} {'inch' if inches == '1' else 'inches'}" if inches else said


def _say_feet_marked(match: re.Match[str], context: Context) -> str | None:
    """Read an apostrophe behind a number as feet, unless it closes a quotation."""
    before = text_before(match)
    if re.search(r"(?:^|[\s(])['‘]\w", before) and not match["by"]:
        return None
    said = spoken_number(match["first"], context)
    if match["by"]:
        return f"{said} {'foot' if match['first'] == '1' else 'feet'} by {spoken_number(match['by'], context)} feet"
    return f"{said} {'foot' if match['first'] == '1' or noun_follows(match) else 'feet'}"


def _say_inches(match: re.Match[str], context: Context) -> str | None:
    if not no_quotation_open(match) and not match.group().endswith(("″", "′")):
        return None
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
        "feet",
        rf"(?P<first>\d{{1,3}})[’'](?:\s?(?:[x×]|by)\s?(?P<by>{NUMBER})[’']|(?=\s[a-z]|[,.;)]))(?!\w)",
        _say_feet_marked,
        (DIGIT,),
    ),
    make_rule(
        "inches",
        r"(?P<first>\d{1,4}(?:\.\d{1,3})?)(?P<fraction>[½¼¾])?(?:″|′′|\")(?!\w)",
        _say_inches,
        (DIGIT,),
    ),
    make_rule(
        "measure",
        rf"(?P<first>{NUMBER})-(?P<unit>oz|lb|ft|in|mi|yd|km|kg|cm|mm|mg|ml|mL|gal|hr|min|mph|kW|MW|GW|kWh|GB|MB|TB)"
        r"(?:\.(?=\s[a-z]))?(?![\w-])",
        _say_compound,
        (DIGIT,),
    ),
    make_rule("measure", _MEASURE, _say_measure, (DIGIT, *SIGNS, ".")),
)
