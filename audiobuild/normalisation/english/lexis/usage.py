"""What an article shows of its own usage: what it defines, what it names (layer 1, pure)."""

from __future__ import annotations

from collections.abc import Sequence

from audiobuild.normalisation.english.lexis.definitions import Definition, find_definitions
from audiobuild.normalisation.english.lexis.names import find_names, has_small_capitals
from audiobuild.normalisation.language import Usage


def find_usage(texts: Sequence[str]) -> Usage:
    """Find what the texts of an article define, the first definition of each short form, and what they show."""
    found: dict[str, Definition] = {}
    for text in texts:
        for pair in find_definitions(text):
            found.setdefault(pair.short, pair)
    return Usage(
        definitions=tuple((short, pair.long) for short, pair in found.items()),
        articled=frozenset(short for short, pair in found.items() if pair.has_article),
        names=find_names(texts),
        small_capitals=has_small_capitals(texts),
    )
