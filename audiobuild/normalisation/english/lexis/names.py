"""Which words an article uses as names (layer 1, pure)."""

from __future__ import annotations

from collections.abc import Iterable

from audiobuild.normalisation.english.lexis.lists import load_table, load_use, load_words
from audiobuild.normalisation.late_patterns import LatePattern

_IN_MID_SENTENCE = LatePattern(r"(?<=[a-z,] )[A-Z][a-z’']{2,30}")
_LOWER = LatePattern(r"(?<![\w’'])[a-z]{3,30}(?![\w])")


def find_names(texts: Iterable[str]) -> frozenset[str]:
    """Find the words that stand with a capital in mid-sentence and never without one.

    >>> sorted(find_names(["In the north the Kurds hold Manbij, a city."]))
    ['Kurds', 'Manbij']
    """
    names: set[str] = set()
    lower: set[str] = set()
    for text in texts:
        names.update(_IN_MID_SENTENCE.findall(text))
        lower.update(_LOWER.findall(text))
    return frozenset(name for name in names if name.lower() not in lower)


def has_small_capitals(texts: Iterable[str]) -> bool:
    """Say whether "the us" is the country: an article with "the us" in it writes "gdp" and "nato" as well.

    >>> has_small_capitals(["The imf warned the us."]), has_small_capitals(["The us is not on the list."])
    (True, False)
    """
    held = tuple(texts)
    if not any("he us" in text for text in held):
        return False
    known = load_table("small_caps")
    return any(known.get(word, ("", "the"))[1:] != ("the",) for text in held for word in _LOWER.findall(text))


_FULL_NAME = LatePattern(r"(?:(\w+)\.? )?(?<!\w)([A-Z][a-z’'-]+) (?:[A-Z]\. )?([A-Z][\w’'-]+)$")


def names_person(before: str) -> bool:
    """Say whether a text ends with a given name and a family name, which is no place of two words.

    >>> names_person("Ask Susan Ortiz"), names_person("Charles County"), names_person("in Susan Hill")
    (True, False, False)
    """
    found = _FULL_NAME.search(before)
    if found is None or found[2] not in load_words("first_names") or found[1] in {"in", "near"}:
        return False
    return found[3] not in load_use("names", "of-places")
