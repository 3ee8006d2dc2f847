"""Atoms and molecules with a charge: SO4²⁻ -> S O four two minus (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_table, load_use
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.rule import ATTACHED, CAPITALS, Rule, make_rule, word_before

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


def _say_charged(match: re.Match[str], context: Context) -> str | None:
    """Read a formula whose charge stands before its last number, above which it was written."""
    said = [
        words.cardinal(part) if part.isdigit() else words.letters(part)
        for part in re.findall(r"[A-Z][a-z]?|\d+", match["formula"])
    ]
    charge = match["charge"]
    said += [words.cardinal(match["count"]), *([words.cardinal(charge[0])] if len(charge) > 1 else [])]
    return " ".join([*said, "plus" if charge[-1] == "+" else "minus"])


def _say_bracketed(match: re.Match[str], context: Context) -> str | None:
    """Read a formula with a group in brackets: Al2(SO4)3 -> A L two S O four three."""
    formula = match.group().translate(_SMALL)
    return " ".join(
        words.cardinal(part) if part.isdigit() else words.letters(part)
        for part in re.findall(r"[A-Z][a-z]?|\d+", formula)
    )


_ATOM = rf"(?:(?:{_ELEMENT})[\d₀-₉]{{0,2}}[′″'’]?)"
_GROUP = rf"(?:{_ATOM}|\([−=≡]?{_ATOM}{{1,3}}\)\d?)"


def _say_structure(match: re.Match[str], context: Context) -> str | None:
    """Read the atoms of a structure and the bonds that are more than one."""
    if not re.search("[CH]", match.group()):
        return None  # B−V, a colour of stars
    return " ".join(
        load_map("bonds").get(part) or (words.cardinal(part) if part.isdigit() else words.letters(part))
        for part in re.findall(r"[A-Z][a-z]?|\d+|[=≡′″'’]", match.group().translate(_SMALL))
    )


def is_charge(match: re.Match[str], numeral: str) -> bool:
    """Say whether brackets behind an element or its symbol hold its charge: titanium(IV) oxide, Fe(III)."""
    start, end = match.span()
    is_low = len(numeral.strip("IV")) == 0
    if not is_low or match.string[start - 1 : start] != "(" or match.string[end : end + 1] != ")":
        return False
    before = word_before(match).strip("(")
    return before.lower() in _NAMES or before in load_table("elements")


_NAMES = frozenset(row[0] for row in load_table("elements").values())


RULES: tuple[Rule, ...] = (
    make_rule(
        "chemistry.structure",
        rf"{_GROUP}{{1,4}}[−≡](?:{_GROUP}|[−=≡](?=[A-Z])){{1,12}}(?![\w(−+])",
        _say_structure,
        (CAPITALS, ATTACHED, *_SYMBOLS),
        behind="0-9(−≡",
        example="R−C(=O)−OH -> R C double bond O O H",
    ),
    make_rule(
        "chemistry.group",
        rf"(?<![\w)])[−–]{_GROUP}{{1,4}}(?:(?<!–)−(?![\w(])|(?= {one_of('ions', 'groups')}))",
        _say_structure,
        "−–",
        example="the group −C(=O)− -> the group C double bond O",
    ),
    make_rule(
        "chemistry.charge-first",
        rf"(?P<formula>(?:{_ELEMENT}\d{{0,2}}){{1,4}}[OHF])(?P<charge>[2-6]?[+−])(?P<count>[2-8])(?!\w)",
        _say_charged,
        (CAPITALS, ATTACHED, *_SYMBOLS),
        behind="0-9+−",
        example="SO2−4 -> S O four two minus",
    ),
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
        r"(?P<charge>[²³⁴⁵]?[⁺⁻]|(?<=[A-Z][a-z])[2-4]?[+−]|(?<=OH)−)(?![\w⁰-⁹])",
        _say_ion,
        (CAPITALS, ATTACHED, *_SYMBOLS),
        behind="0-9+",
        example="SO4²⁻ ions -> S O four two minus ions",
    ),
)
