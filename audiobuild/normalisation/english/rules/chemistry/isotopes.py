"""Isotopes and the symbols of elements: ¹³⁷Cs -> caesium one thirty-seven (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_table
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import alternatives
from audiobuild.normalisation.english.rules.forms import AND_OR_TO, RAISED, spelt_locally
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import DOTTED, Rule, make_rule, text_after

_ELEMENTS = load_table("elements")


def _say_isotope(match: re.Match[str], context: Context) -> str | None:
    return spoken_isotope(match["element"], match["mass"].translate(RAISED), context)


def spoken_isotope(element: str, mass: str, context: Context) -> str | None:
    """Say an element with its mass, unless there is none, or no isotope of it is so light or so heavy."""
    name, number = _ELEMENTS.get(element, ("", "0"))
    if len(mass) > len(number) and mass.endswith(number) and not _is_mass(mass, number):
        mass = mass.removesuffix(number)  # 42He, whose figures stood one above the other
    if not name or not _is_mass(mass, number):
        return None
    name = spelt_locally(name, context)
    return f"{name} {words.paired(mass)}"


def _is_mass(mass: str, number: str) -> bool:
    return int(number) * 1.5 - 1 < int(mass) < int(number) * 2.7 + 3


def _say_symbol(match: re.Match[str], context: Context) -> str | None:
    """Spell the symbol of an element; in small letters only before its atomic number."""
    if match["element"].islower() and not _NUMBER_BEHIND.match(text_after(match)):
        return None
    return f"symbol {match['is'] or ''}{words.letters(match['element'].capitalize())}"


_NUMBER_BEHIND = LatePattern(r" and (?:the )?atomic\b")


def _say_symbols(match: re.Match[str], context: Context) -> str:
    """Spell a list of symbols, whose first is no word of another kind."""
    return re.sub(rf"\b{_SYMBOL}\b", lambda symbol: words.letters(symbol.group()), match.group())


_TELLING = frozenset(symbol for symbol in _ELEMENTS if len(symbol) > 1 and not is_english_word(symbol.lower()))
"""Symbols with which a list may begin."""
_SYMBOL = rf"(?:{alternatives(_ELEMENTS)})"
_ELEMENT = rf"(?P<element>{alternatives(_ELEMENTS)})"


RULES: tuple[Rule, ...] = (
    make_rule(
        "chemistry.isotope",
        rf"(?<![\w.,;:?!”’)])(?P<mass>[¹²³⁴⁵⁶⁷⁸⁹][⁰¹²³⁴⁵⁶⁷⁸⁹]{{0,2}}){_ELEMENT}(?![a-z])",
        _say_isotope,
        "¹²³⁴⁵⁶⁷⁸⁹",
        example="¹⁴C -> carbon fourteen",
    ),
    make_rule(
        "chemistry.hyphened-isotope",
        rf"{_ELEMENT}(?<=[a-z])-(?P<mass>\d{{1,3}})(?![\w-]|[.,]\d)",
        _say_isotope,
        (DOTTED,),
        behind="-",
        example="Cs-137 -> caesium one thirty-seven",
    ),
    make_rule(
        "chemistry.symbols",
        rf"{_SYMBOL}(?:(?:, {_SYMBOL}){{1,40}},? {AND_OR_TO} {_SYMBOL}|(?:, {_SYMBOL}){{2,40}})(?![\w’'])",
        _say_symbols,
        _TELLING,
        example="the metals Fe, Cu, Zn and Pb -> the metals F E, C U, Z N and P B",
    ),
    make_rule(
        "chemistry.symbol",
        rf"symbol (?P<is>is )?(?P<element>{alternatives({*_ELEMENTS, *map(str.lower, _ELEMENTS)})})(?![\w’'])",
        _say_symbol,
        ("symbol",),
        example="the symbol Tc -> the symbol T C",
    ),
)
