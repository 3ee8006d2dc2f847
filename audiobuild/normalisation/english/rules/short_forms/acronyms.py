"""Whether unknown capitals are said as a word or letter by letter, by their shape (layer 1, pure).

What is known stands in tables (`acronyms.tsv` for words, `spelt.tsv` for letters) and never comes here. The shapes,
vowels and joints that make a word of four letters were found by counting how the commonest short forms are said.
"""

from __future__ import annotations

import re
from functools import lru_cache

from audiobuild.normalisation.english.lexis.lists import load_use, load_words
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.late_patterns import LatePattern

_VOWELS = "AEIOUY"
_SHORTEST_WORD = 4
"""Letters of the shortest unknown capitals that may be a word."""
_RUN = LatePattern(rf"Y(?=[{_VOWELS}])|[{_VOWELS}]+|[^{_VOWELS}]+")
_ONSETS = load_words("onsets")
_CODAS = load_words("codas") | load_use("acronyms", "codas")
_CLUSTERS = load_words("clusters")
_JOINTS = load_use("acronyms", "joints")
"""Pairs of consonants within four letters."""


@lru_cache(maxsize=4096)
def is_said_as_word(capitals: str) -> bool:
    """Say whether capitals that no list has are said as a word.

    >>> is_said_as_word("OFAC"), is_said_as_word("ODNI"), is_said_as_word("FDIC"), is_said_as_word("LACMA")
    (True, False, False, True)
    """
    if len(capitals) < _SHORTEST_WORD or opens_with_letters(capitals):
        return False
    if re.search(r"Q(?!U)", capitals):
        return False
    runs = _RUN.findall(capitals)
    if len(runs) == 1 or not all(_can_be_said(runs, place, len(capitals)) for place in range(len(runs))):
        return False
    return len(capitals) > _SHORTEST_WORD or _shape(runs) in load_use("acronyms", "shapes")


def letter_and_word(capitals: str) -> str:
    """Part an initial letter from the English word that follows it; empty where no word follows.

    >>> letter_and_word("XPOWER"), letter_and_word("CSAT"), letter_and_word("BRIDE")
    ('X power', 'C sat', '')
    """
    word = capitals[1:].lower()
    if len(word) < 3 or word[0].upper() in _VOWELS or opens_with_letters(capitals):
        return ""
    if capitals[0] not in _VOWELS and is_said_as_word(capitals):
        return ""
    is_word = word in load_words("plain_words") if len(word) == 3 else is_english_word(word)
    return f"{capitals[0]} {word}" if is_word else ""


def opens_with_letters(capitals: str) -> bool:
    """Say whether the first letters are known to be said one by one: the US of USEITI."""
    return capitals.startswith(tuple(load_use("acronyms", "letters-before")))


def _shape(runs: list[str]) -> str:
    """Write vowels as v and consonants as c."""
    return "".join(("v" if run[0] in _VOWELS and run != "Y" else "c") * len(run) for run in runs)


def _can_be_said(runs: list[str], place: int, length: int) -> bool:
    """Say whether a run of vowels or of consonants can stand where it does."""
    run = runs[place]
    if len(run) == 1:
        return place + 1 < len(runs) or run not in load_use("acronyms", "never-last")
    if run[0] in _VOWELS:
        return len(run) == 2 and (length > _SHORTEST_WORD or run in load_use("acronyms", "vowels"))
    if place == 0:
        return run in _ONSETS or run in _CLUSTERS
    if place + 1 == len(runs):
        return run in _CODAS or run in _CLUSTERS
    return run in _JOINTS or run in _CLUSTERS or (length > _SHORTEST_WORD and _parts_in_two(run))


def _parts_in_two(run: str) -> bool:
    """Say whether consonants are the end of one syllable and the beginning of the next."""
    return any(_can_close(run[:cut]) and _can_open(run[cut:]) for cut in range(1, len(run)))


def _can_close(run: str) -> bool:
    if len(run) == 1:
        return run not in load_use("acronyms", "never-closes")
    return run in _CODAS or run in _CLUSTERS


def _can_open(run: str) -> bool:
    return len(run) == 1 or run in _ONSETS or run in _CLUSTERS
