"""What a line all in capitals has besides short forms: words unknown to all lists, units, alternatives (layer 1, pure).

Nearly every word of such a line is a word, so that an unknown one is none of letters where it can be said: APU, HUI,
TSAR. Units get the case that they have in ordinary text: 170 M, 300 KM2, 20 KHZ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_rows, load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.neighbours import SHORT_TABLES
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import one_of, words_pattern
from audiobuild.normalisation.english.rules.one_case.capital_names import is_listed
from audiobuild.normalisation.english.rules.short_forms.capitals import (
    VOWELS,
    is_listed_initialism,
    is_pronounceable,
)
from audiobuild.normalisation.late_patterns import LatePattern

_MEASURED = LatePattern(
    rf"""
    (?:
        (?<=\d)[ ](M) | (?<=\d\d)[ ](G)  # 170 M, 1,200 G
        | (?:(?<=\d)[ /]?|(?<=[NR])[ ])(  # or behind MILLION, PER
            {one_of("capital_lines", "powers")}\.?[ ][A-Z]{{1,3}}(?:/S)?
            | [A-Z]{{1,4}}[23²³]?(?:/[A-Z]{{1,3}}[23²³]?)?
        )
    )
    (?![\w/’'²³☉⊕-]|[⋅·]H|[ ]{one_of("capital_lines", "behind-molars")}\b)
    """,
    re.VERBOSE,
)
_ALTERNATIVES = LatePattern(r"(?<![\w./@&-])[A-Z]{2,}(?:/[A-Z]{2,})+(?![\w./@&-])")
_NUMBERED = LatePattern(r"[IVX]+[A-E]?")
_NUMERAL_BEHIND = LatePattern(r" [IVX]+(?![\w’'-])")
_WORD_BEHIND = LatePattern(r" ([A-Z]{3,})")
_SIDE_BEFORE = LatePattern(r" [Vv][.,]? $")
_SIDE_BEHIND = LatePattern(r" [Vv][.,]? [A-Z]{2}")
_SHORTEST_SIDE = 3
_HARD_TO_SAY = LatePattern(r"[^AEIOUY]{3}|([AEIOU])\1\1")
_LETTERS = 2
"""So few are letters, where no list says otherwise."""
_FEWEST_SAID = 4
"""Letters with a vowel that are a word, however hard to say: ZHOU, ALPS."""


def is_likely_word(word: str, context: Context) -> bool:
    """Say whether capitals that no list has are a word, in a line in which all is in capitals.

    >>> [word for word in ("TSAR", "ŚIVA", "QCD", "CIA") if is_likely_word(word, Context())]
    ['TSAR', 'ŚIVA']
    """
    bare = re.split("[’']", word)[0]
    small = bare.lower()
    if len(bare) < 2 or is_listed(bare, context) or roman_value(bare) or small in load_table("small_caps"):
        return False
    if small in _known_shorts() or small in load_words("plain_words") or _NUMBERED.fullmatch(bare):
        return False
    if not bare.isascii():
        return True
    if VOWELS.isdisjoint(bare):
        return False
    if bare.startswith("US") and not is_pronounceable(bare):
        return False
    if bare in load_use("capital_lines", "said") or len(bare) > _FEWEST_SAID:
        return True
    if is_pronounceable(bare):
        return len(bare) > _LETTERS
    return len(bare) == _FEWEST_SAID and _HARD_TO_SAY.search(bare.removesuffix("S")) is None


@cache
def _known_shorts() -> frozenset[str]:
    """Return what is short for something, in small letters."""
    tables = load_table("units"), load_table("currencies"), load_table("dosing"), load_words("lone_units")
    lists = load_use("capital_lines", "letters"), load_use("lone_letters", "formulas")
    doubtful = {row[0] for row in load_rows("lowered") if len(row[0]) < _FEWEST_SAID}
    shorts = {row[0] for table in SHORT_TABLES for row in load_rows(table) if not row[0].endswith(".")}
    known = (
        doubtful,
        {short.lower() for short in shorts},
        {short.lower() for each in (*tables, *lists) for short in each},
    )
    return frozenset().union(*known)


def is_plural(word: str) -> bool:
    """Say whether capitals are an initialism in the plural: MPS, CEOS."""
    small = load_table("small_caps").get(word.lower(), ("",))
    spelt = load_words("spelt")
    return small[0].endswith("s") or (word[-1] == "S" and word not in spelt and word[:-1] in spelt)


def is_name(line: str, start: int, word: str) -> bool:
    """Say whether capitals are a name by their neighbours: LEO III, ROE V WADE, LA TOSCA."""
    end = start + len(word)
    if word.capitalize() in load_words("monarchs") and _NUMERAL_BEHIND.match(line, end):
        return True
    if word == "LA" and (named := _WORD_BEHIND.match(line, end)):
        return not is_listed_initialism(named[1]) and not is_english_word(named[1].lower())
    is_short_name = word.capitalize() in load_words("short_names")
    if len(word) < _SHORTEST_SIDE or (is_listed_initialism(word) and not is_short_name) or VOWELS.isdisjoint(word):
        return False
    return bool(_SIDE_BEFORE.search(line, max(0, start - 4), start) or _SIDE_BEHIND.match(line, end))


def alternatives_in(line: str) -> Iterator[tuple[int, str]]:
    """Find words about a stroke, with their small form: OCEANS/ATMOSPHERE.

    >>> list(alternatives_in("FAKE/IMITATION BAIT, TCP/IP"))
    [(0, 'fake/imitation')]
    """
    for match in _ALTERNATIVES.finditer(line) if "/" in line else ():
        words = match.group().lower().split("/")
        listed = any(is_listed_initialism(word.upper()) for word in words)
        if not listed and all(is_english_word(word) or len(word) > _FEWEST_SAID for word in words):
            yield match.start(), match.group().lower()


def units_in(line: str) -> Iterator[tuple[int, str]]:
    """Find the units behind figures that have small letters in ordinary text.

    >>> list(units_in("170 M HIGH, 9 SQ MI, 5 KHZ, 3 MW"))
    [(4, 'm'), (14, 'sq mi'), (23, 'kHz')]
    """
    for match in _MEASURED.finditer(line):
        unit = match[match.lastindex or 0]
        before = line[: match.start()]
        if before[-1].isalpha() and before.rpartition(" ")[2] not in load_use("capital_lines", "before-units"):
            continue
        if match[3] is None:
            yield match.end() - 1, unit.lower()
        elif unit.startswith(("SQ", "CU")):
            yield match.start(3), unit.lower()
        elif (measured := unit.split("/"))[0].rstrip("23²³") in _written_units():
            yield match.start(3), "/".join(_written_units().get(part, part.lower()) for part in measured)
    for match in words_pattern(r"\bWORDS\b\.?[^.;]{0,24} \d G(?!\w)", "casing", "packed").finditer(line):
        yield match.end() - 1, "g"


@cache
def _written_units() -> dict[str, str]:
    """Return units that have small letters in ordinary text by their letters in capitals."""
    return {unit.upper(): unit for unit in load_use("capital_lines", "units")}
