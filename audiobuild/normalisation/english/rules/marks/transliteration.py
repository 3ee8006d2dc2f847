"""Words in Greek and Cyrillic letters, which no voice of ours has a sound for: Москва -> Moskva (layer 1, pure)."""

from __future__ import annotations

import re
import unicodedata

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_map
from audiobuild.normalisation.rule import Rule, make_rule

_LETTERS = {letter: "" if latin == "-" else latin for letter, latin in load_map("transliteration").items()}
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_ROUGH = re.compile("\\w\\w?[\u0300-\u036f]?\u0314")
"""A breath at the head of a word: ὕμνος -> hymnos."""
_CAPITALS = frozenset(letter.upper() for letter in _LETTERS if len(letter.upper()) == 1)
_ANY = "".join(sorted({*_LETTERS, *_CAPITALS}))


def _say_in_latin(match: re.Match[str], context: Context) -> str | None:
    """Write a word in Latin letters, which are said as a name's are; capitals are told one by one."""
    written = match.group()
    if written.isupper():
        return None
    latin = "".join(_LETTERS[letter] for letter in written.lower() if letter in _LETTERS)
    if _GREEK.search(written):
        latin = re.sub("(?<=[aeo])y", "u", latin)  # αυ, ευ, ου
        latin = re.sub("g(?=[gk]|ch|x)", "n", latin)
        if _ROUGH.match(unicodedata.normalize("NFD", written)):
            latin = f"rh{latin[1:]}" if latin[0] == "r" else f"h{latin}"
    return latin[:1].upper() + latin[1:] if written[0].isupper() else latin


RULES: tuple[Rule, ...] = (
    make_rule(
        "script.latin",
        rf"(?<![^\W\d_])[{_ANY}]{{3,60}}(?![^\W\d_])",
        _say_in_latin,
        (*_LETTERS, *_CAPITALS),
        example="the word χριστός -> the word christos",
    ),
)
