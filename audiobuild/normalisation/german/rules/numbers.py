"""Numbers by themselves: 1.250,5 -> eintausendzweihundertfünfzig Komma fünf (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.german.lexis.vocabulary import TABLES
from audiobuild.normalisation.german.lexis.words import before_noun, digit_by_digit, number
from audiobuild.normalisation.german.rules.forms import DASH, NUMBER, NUMBER_PLACES, SIGN, spoken_span
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_before, word_after

_FRACTIONS = TABLES.map("fractions")
_FEMININE_ENDINGS = tuple(TABLES.words("feminine_endings"))


def _say_number(match: re.Match[str], context: Context) -> str | None:
    if match.group()[0] in "-+−–±" and re.search(r"\d\s?$", text_before(match)):
        return None
    said = number(match.group())
    noun = word_after(match)
    if not noun[:1].isupper():
        return said
    return before_noun(said, "eine" if noun.isalpha() and noun.endswith(_FEMININE_ENDINGS) else "ein")


def _say_span(match: re.Match[str], context: Context) -> str | None:
    return spoken_span(match["first"], match["second"])


def _say_code(match: re.Match[str], context: Context) -> str | None:
    return digit_by_digit(match.group())


def _say_times(match: re.Match[str], context: Context) -> str | None:
    return f"{before_noun(number(match['number']))}mal"


def _say_fraction(match: re.Match[str], context: Context) -> str | None:
    part = _FRACTIONS[match["part"]]
    if not match["whole"]:
        return part
    return f"{number(match['whole'])} und {part}"


def _say_joined(match: re.Match[str], context: Context) -> str | None:
    """Read the number of a compound: 5-Sterne-Hotel -> fünf-Sterne-Hotel."""
    return before_noun(number(match.group()))


RULES: tuple[Rule, ...] = (
    make_rule(
        "number.times",
        r"(?P<number>\d{1,4})(?:x|-?mal)(?!\w)",
        _say_times,
        (DIGIT,),
        example="3-mal. -> dreimal.",
        locale="de-DE",
    ),
    make_rule(
        "number.fraction",
        rf"(?:(?P<whole>\d{{1,4}}) ?)?(?P<part>{'|'.join(_FRACTIONS)})(?![\d/])",
        _say_fraction,
        (DIGIT, *(form for form in _FRACTIONS if len(form) == 1)),
        example="½ -> ein halb",
        locale="de-DE",
    ),
    make_rule(
        "number.code", r"0\d++(?![.,]\d)", _say_code, (DIGIT,), example="0815. -> null acht eins fünf.", locale="de-DE"
    ),
    make_rule(
        "number.range",
        rf"(?P<first>{NUMBER}){DASH}(?P<second>{NUMBER})(?!\w|[-–]\d)",
        _say_span,
        (DIGIT,),
        example="2 bis 3 -> zwei bis drei",
        locale="de-DE",
    ),
    make_rule(
        "number.joined",
        r"\d{1,9}(?=-[A-Za-zÄÖÜäöü])",
        _say_joined,
        (DIGIT,),
        example="5-Sterne-Hotel -> fünf-Sterne-Hotel",
        locale="de-DE",
    ),
    make_rule(
        "number.plain",
        rf"{SIGN}{NUMBER}",
        _say_number,
        NUMBER_PLACES,
        example="3,14159. -> drei Komma eins vier eins fünf neun.",
        locale="de-DE",
    ),
    make_rule(
        "number.digits",
        r"\d++",
        _say_code,
        (DIGIT,),
        example=f"{'1' * 25} -> {' '.join(['eins'] * 25)}",
        locale="de-DE",
    ),
)
