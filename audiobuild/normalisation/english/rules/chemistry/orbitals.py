"""Shells and sizes of atoms: the 7s electrons -> the seven S electrons (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.word_patterns import one_of, words_pattern
from audiobuild.normalisation.english.rules.forms import AND_OR_TO, NUMBER, spoken_number
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_after, text_before

_SHELL = r"[1-9][spdfg]"


def _say_shell(match: re.Match[str], context: Context) -> str | None:
    """Read the number and the letter of a shell, before what lies in it, or before another shell."""
    return f"{words.cardinal(match['number'])} {match['letter'].upper()}"


_LETTERED_SHELL = rf"""
    (?P<number>[1-9])(?P<letter>[spdfg])  # others may follow, and what they are
    (?=
        (?:(?:[,/]|[ ]?–|,?[ ]{AND_OR_TO})?[ ]?{_SHELL}\b){{0,3}}[ -]{one_of("orbitals", "shells")}\b
        | (?<=[df])[ -]{one_of("orbitals", "rows")}\b
    )
"""
_FILLED = r"[1-7][spdf](?:1[0-4]|[1-9])(?!\d)"
_CORE_BEFORE = LatePattern(rf"\[{one_of('orbitals', 'cores')}\] ?$")


def _say_configuration(match: re.Match[str], context: Context) -> str | None:
    """Read which shells are filled with how many electrons, behind a noble gas or another shell: [Ne] 3s2 3p4."""
    shells = re.findall(r"([1-7])([spdf])(\d{1,2})", match.group())
    if len(shells) < 2 and not _CORE_BEFORE.search(text_before(match)):
        return None
    return " ".join(f"{words.cardinal(n)} {letter.upper()} {words.cardinal(count)}" for n, letter, count in shells)


_FAR = 240
"""Characters before a size within which it is told what has it."""


def _say_picometres(match: re.Match[str], context: Context) -> str | None:
    """Read pm behind a number as picometres where the size of an atom is told, and no time of the day."""
    if not words_pattern(r"\bWORDS\b", "orbitals", "sizes").search(f"{text_before(match, _FAR)} {text_after(match)}"):
        return None
    said = f"{spoken_number(match['first'], context)} to " if match["first"] else ""
    return f"{said}{spoken_number(match['last'], context)} picomet{'ers' if is_american(context) else 'res'}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "chemistry.orbital",
        _LETTERED_SHELL,
        _say_shell,
        (DIGIT,),
        flags=re.VERBOSE,
        behind="spdfg",
        example="the 7s electrons -> the seven S electrons",
    ),
    make_rule(
        "chemistry.configuration",
        rf"{_FILLED}(?:\s?{_FILLED}){{0,7}}(?![\w%])",
        _say_configuration,
        (DIGIT,),
        behind="spdf",
        example="1s2 2s2 -> one S two two S two",
    ),
    make_rule(
        "chemistry.picometres",
        rf"(?:(?P<first>{NUMBER})\s?[–-]\s?)?(?P<last>{NUMBER})\s?pm(?!\w)",
        _say_picometres,
        (DIGIT,),
        behind=" ,.p–-",
        example="a radius of 152 pm -> a radius of one hundred and fifty-two picometres",
    ),
)
