"""Patterns for any word of a list (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from audiobuild.normalisation.english.lexis.lists import load_use


def one_of(module: str, use: str) -> str:
    """Return a pattern for any word of a module's list; a low line in a word is a space.

    >>> one_of("dwellings", "baths")
    '(?:BA|b(?:a(?:th|)))'
    """
    return f"(?:{alternatives(word.replace('_', ' ') for word in load_use(module, use))})"


@cache
def words_pattern(source: str, module: str, use: str) -> re.Pattern[str]:
    """Compile a pattern in which WORDS stands for any word of a module's list; a low line in a word is a space.

    >>> words_pattern(r"WORDS for $", "numeric_dates", "planned").search("booked for ")[0]
    'booked for '
    """
    return re.compile(source.replace("WORDS", one_of(module, use)))


def alternatives(options: Iterable[str]) -> str:
    """Return a pattern for any of the literal strings, longer ones first, branching letter by letter: it is quicker.

    >>> alternatives(["kg", "km", "k"])
    'k(?:[gm]|)'
    """
    by_first: dict[str, list[str]] = {}
    for option in set(options):
        by_first.setdefault(option[:1], []).append(option[1:])
    ends = by_first.pop("", None)
    single = [re.escape(first) for first, rest in sorted(by_first.items()) if rest == [""]]
    branches = [re.escape(first) + _branch(rest) for first, rest in sorted(by_first.items()) if rest != [""]]
    branches += [f"[{''.join(single)}]"] if len(single) > 1 else single
    return "|".join([*branches, ""] if ends else branches)


def _branch(rest: list[str]) -> str:
    if len(rest) == 1:
        return re.escape(rest[0])
    pattern = alternatives(rest)
    return pattern if "|" not in pattern else f"(?:{pattern})"
