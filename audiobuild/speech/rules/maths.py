"""Sums, sizes and versions: 3 × 4 = 12 -> three times four equals twelve (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.speech import words
from audiobuild.speech.context import Context
from audiobuild.speech.rule import ATTACHED, DIGIT, Rule, make_rule, noun_follows, text_after, text_before, word_before
from audiobuild.speech.rules.forms import NUMBER, spoken_number, unit_name

_OPERATORS = {
    "+": "plus",
    "-": "minus",
    "−": "minus",
    "–": "minus",
    "×": "times",
    "x": "times",
    "*": "times",
    "÷": "divided by",
    "/": "divided by",
    "=": "equals",
}


def _say_equation(match: re.Match[str], context: Context) -> str | None:
    """Read a sum with its result operator by operator."""
    parts = re.findall(rf"{NUMBER}|[^\s\d.,]", match.group())
    return " ".join(_OPERATORS.get(part) or spoken_number(part, context) for part in parts)


def _say_dimensions(match: re.Match[str], context: Context) -> str | None:
    said = " by ".join(spoken_number(part.strip(), context) for part in re.split(r"[x×]", match["sides"]))
    unit = match["unit"]
    return f"{said} {unit_name(unit, context, plural=not noun_follows(match))}" if unit else said


def _say_version_letter(match: re.Match[str], context: Context) -> str | None:
    return f"version {' point '.join(words.cardinal(part, context.locale) for part in match['number'].split('.'))}"


def _say_version(match: re.Match[str], context: Context) -> str | None:
    return " point ".join(
        words.cardinal(part, context.locale) if len(part) < 3 else words.digit_by_digit(part)
        for part in match.group().split(".")
    )


def _say_grade(match: re.Match[str], context: Context) -> str | None:
    """Read the minus of a grade: BBB- -> B B B minus."""
    if not re.search(r"(?<!\w)(?:[A-D]|AA|AAA|BB|BBB|CC|CCC)$", text_before(match)):
        return None
    return None if re.match(r"\s(?:and|or|to)\s[A-Z]-[a-z]", text_after(match)) else " minus"


def _say_star(match: re.Match[str], context: Context) -> str | None:
    """Read the star of a telephone's keys: "dial *67"."""
    if word_before(match).lower() not in {
        "dial",
        "dialed",
        "dialled",
        "dialing",
        "dialling",
        "press",
        "pressed",
        "hit",
    }:
        return None
    return f"star {words.cardinal(match['digits'])}"


def _say_tolerance(match: re.Match[str], context: Context) -> str | None:
    return f"plus or minus{' ' + spoken_number(match['number'], context) if match['number'] else ''}"


RULES: tuple[Rule, ...] = (
    make_rule("tolerance", rf"\+/[-−–](?:\s?(?P<number>{NUMBER}))?", _say_tolerance, ("+",)),
    make_rule("grade", r"(?<=[A-D])[-−](?=[\s,.;:)]|$)", _say_grade, ("-", "−")),
    make_rule("telephone", r"\*(?P<digits>\d{1,3})(?!\w)", _say_star, ("*",)),
    make_rule("equation", rf"{NUMBER}(?:\s?[-+−–×x*÷/]\s?{NUMBER}){{1,6}}\s?=\s?-?{NUMBER}", _say_equation, (DIGIT,)),
    make_rule("version", r"v\.?(?P<number>\d{1,3}(?:\.\d{1,4}){0,4})(?!\w)", _say_version_letter, (ATTACHED, "v")),
    make_rule(
        "dimensions",
        rf"(?P<sides>{NUMBER}(?:\s?[x×]\s?{NUMBER}){{1,3}})(?:\s?(?P<unit>in|ft|cm|mm|m)(?:(?<=in|ft)\.(?=\s[a-z]|[,;]))?)?(?![\w])",
        _say_dimensions,
        (DIGIT,),
    ),
    make_rule("version", r"\d{1,5}(?:\.\d{1,5}){2,}+(?!\w)", _say_version, (DIGIT,)),
)
