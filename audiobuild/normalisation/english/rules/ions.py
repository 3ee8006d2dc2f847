"""Atoms and molecules with a charge: SO4²⁻ -> S O four two minus (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.rule import ATTACHED, CAPITALS, Rule, make_rule

_SMALL = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻−", "01234567890123456789+--")
_SYMBOLS = {symbol for symbol in load_use("codes", "elements") if not is_english_word(symbol.lower())} | {"e"}
_ELEMENT = rf"(?:{one_of('codes', 'elements')}|[A-Z])"


def _say_ion(match: re.Match[str], context: Context) -> str | None:
    """Read the formula letter by letter, then the charge."""
    formula, charge = match["formula"].translate(_SMALL), match["charge"].translate(_SMALL)
    said = [
        words.cardinal(part) if part.isdigit() else words.letters(part)
        for part in re.findall(r"[A-Z][a-z]?|e|\d+", formula)
    ]
    said += [words.cardinal(charge[:-1])] if charge[:-1] else []
    return " ".join([*said, "plus" if charge[-1] == "+" else "minus"])


def _say_bracketed(match: re.Match[str], context: Context) -> str | None:
    """Read a formula with a group in brackets: Al2(SO4)3 -> A L two S O four three."""
    formula = match.group().translate(_SMALL)
    return " ".join(
        words.cardinal(part) if part.isdigit() else words.letters(part)
        for part in re.findall(r"[A-Z][a-z]?|\d+", formula)
    )


RULES: tuple[Rule, ...] = (
    make_rule(
        "chemistry.lost-charge",
        rf"(?P<formula>(?:{_ELEMENT}\d{{0,2}}){{0,4}}[OS]\d)(?P<charge>[2-4][−-])(?![\w])",
        _say_ion,
        (CAPITALS, ATTACHED, *_SYMBOLS),
        behind="0-9",
        example="the SO42− ion -> the S O four two minus ion",
    ),
    make_rule(
        "chemistry.bracketed",
        rf"(?:{_ELEMENT}[\d₀-₉]{{0,2}}){{1,4}}\((?:{_ELEMENT}[\d₀-₉]{{0,2}}){{1,5}}\)[\d₀-₉]{{1,2}}"
        rf"(?:{_ELEMENT}[\d₀-₉]{{0,2}}){{0,4}}(?![\w(])",
        _say_bracketed,
        (CAPITALS, ATTACHED, *_SYMBOLS),
        behind="0-9(",
        example="Al2(SO4)3 -> A L two S O four three",
    ),
    make_rule(
        "chemistry.ion",
        rf"(?P<formula>(?:{_ELEMENT}[\d₀-₉]{{0,2}}){{1,6}}|e)"
        r"(?P<charge>[²³⁴⁵]?[⁺⁻]|(?<=[A-Z][a-z])[2-4]?[+−])(?![\w⁰-⁹])",
        _say_ion,
        (CAPITALS, ATTACHED, *_SYMBOLS),
        behind="0-9+",
        example="SO4²⁻ ions -> S O four two minus ions",
    ),
)
