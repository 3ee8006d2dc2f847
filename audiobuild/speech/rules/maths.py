"""Sums, sizes and versions: 3 × 4 = 12 -> three times four equals twelve (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.speech import words
from audiobuild.speech.context import Context
from audiobuild.speech.rule import ATTACHED, DIGIT, Rule, make_rule
from audiobuild.speech.rules.forms import NUMBER, spoken_number

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
    return " by ".join(spoken_number(part.strip(), context) for part in re.split(r"[x×]", match.group()))


def _say_version_letter(match: re.Match[str], context: Context) -> str | None:
    return f"version {' point '.join(words.cardinal(part, context.locale) for part in match['number'].split('.'))}"


def _say_version(match: re.Match[str], context: Context) -> str | None:
    return " point ".join(
        words.cardinal(part, context.locale) if len(part) < 3 else words.digit_by_digit(part)
        for part in match.group().split(".")
    )


RULES: tuple[Rule, ...] = (
    make_rule("equation", rf"{NUMBER}(?:\s?[-+−–×x*÷/]\s?{NUMBER}){{1,6}}\s?=\s?-?{NUMBER}", _say_equation, (DIGIT,)),
    make_rule("version", r"v\.?(?P<number>\d{1,3}(?:\.\d{1,4}){0,4})(?!\w)", _say_version_letter, (ATTACHED, "v")),
    make_rule("dimensions", rf"{NUMBER}(?:\s?[x×]\s?{NUMBER}){{1,3}}(?![\w])", _say_dimensions, (DIGIT,)),
    make_rule("version", r"\d{1,5}(?:\.\d{1,5}){2,}+(?!\w)", _say_version, (DIGIT,)),
)
