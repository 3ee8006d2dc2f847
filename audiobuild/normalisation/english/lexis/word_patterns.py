"""Patterns for any word of a list (layer 1, pure)."""

from __future__ import annotations

import re
from functools import cache

from audiobuild.normalisation.alternation import alternatives as alternatives  # rules take it from here
from audiobuild.normalisation.english.lexis.lists import load_use


def one_of(module: str, use: str) -> str:
    """Return a pattern for any word of a module's list; a low line in a word is a space.

    >>> one_of("dwellings", "baths")
    '(?:BA|ba(?:th|))'
    """
    return f"(?:{alternatives(word.replace('_', ' ') for word in load_use(module, use))})"


@cache
def words_pattern(source: str, module: str, use: str) -> re.Pattern[str]:
    """Compile a pattern in which WORDS stands for any word of a module's list; a low line in a word is a space.

    >>> words_pattern(r"WORDS $", "numeric_dates", "planned").search("booked for ")[0]
    'booked for '
    """
    return re.compile(source.replace("WORDS", one_of(module, use)))
