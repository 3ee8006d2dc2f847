"""How much there is to say in a spoken text, in letters: the least and the most, since not all sound alike (layer 1).

What is in doubt has room: letters that are spelt out, digits, signs, and scripts in which a character is a syllable.

>>> spoken_letters("The ferry sank.")
(12.0, 18.0)
>>> spoken_letters("B B C")
(7.5, 21.0)
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_LETTER = (1.0, 1.0)
_FOREIGN = "\u0250"
"""The first character behind the Latin letters."""
_FOREIGN_LETTER = (1.0, 3.0)
"""Of Greek and Cyrillic, an English voice spells out all."""
_LONE_LETTER = (2.5, 7.0)
"""A letter that is a word by itself is spelt out: "eff" is short, "double u" is long."""
_DIGIT = (1.0, 10.0)
_CAPITAL = (1.0, 5.0)
"""It may be one of an abbreviation's, and be spelt out as well."""
_SYLLABLE = (0.25, 12.0)
"""A character of a script that has no capitals: a consonant in Arabic, a syllable in Korean, a word in Chinese; or its
name, which an engine says that does not know it."""
_SIGN = (0.0, 12.0)
"""It is left unsaid, or it is named."""
_STOP = (0.0, 2.0)
"""A short silence, too short to be told from those within words."""


def spoken_letters(text: str) -> tuple[float, float]:
    """Count the letters of a text as it is spoken: the least and the most that they may come to."""
    lone = {match.start() for match in _WORD.finditer(text) if len(match[0]) == 1}
    counts = [_count(char, is_alone=place in lone) for place, char in enumerate(text)]
    return sum((least for least, _ in counts), 0.0), sum((most for _, most in counts), 0.0)


def _count(char: str, *, is_alone: bool) -> tuple[float, float]:
    kind = unicodedata.category(char)
    if kind in ("Ll", "Lt", "Lu") and is_alone:
        return _LONE_LETTER
    if kind in ("Lu", "Lt"):
        return _CAPITAL
    if kind == "Ll":
        return _LETTER if char < _FOREIGN else _FOREIGN_LETTER
    if kind[0] == "L":
        return _SYLLABLE
    if kind[0] == "N":
        return _DIGIT
    if kind[0] == "S":
        return _SIGN
    return _STOP if kind[0] == "P" else (0.0, float(kind[0] == "M"))
