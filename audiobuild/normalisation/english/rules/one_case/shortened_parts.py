"""Short forms in small letters: what each may be, and the words beside one (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from audiobuild.normalisation.english.lexis.lists import load_rows, load_use
from audiobuild.normalisation.english.lexis.neighbours import short_forms
from audiobuild.normalisation.english.lexis.vocabulary import is_name_word
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_before

Span = tuple[int, int]
"""Start and end of letters that become capitals."""

Sought = tuple[tuple[Iterable[str], ...], LatePattern, Callable[[re.Match[str]], Iterator[Span]]]
"""Groups of words and marks, of each of which a line must hold one; what is found in it, and its capitals."""

FIGURES = "0123456789"

KINDS: dict[str, tuple[str, ...]] = {}
"""What each short form may be."""
for _short, _kind in load_rows("casing"):
    KINDS[_short] = (*KINDS.get(_short, ()), _kind)


def words_of(*kinds: str) -> list[str]:
    """Return the short forms that may be of one of the kinds."""
    return [short for short, each in KINDS.items() if not set(kinds).isdisjoint(each)]


_PART = LatePattern(r"[a-z]+|[^a-z\s]")
_NEXT = LatePattern(r" (?:[“\"‘(])?([^\W\d_][\w’'-]*)")


@lru_cache(maxsize=4)
def parts_of(line: str) -> frozenset[str]:
    """Return the runs of small letters in a line and its other characters: by them most hold no short form."""
    return frozenset(_PART.findall(line))


class Finders:
    """Patterns for lines in small letters, of which those are tried that the parts of a line leave a chance."""

    def __init__(self, sought: Iterable[Sought]) -> None:
        self._sought = tuple((tuple(map(frozenset, needs)), pattern, find) for needs, pattern, find in sought)
        self._needed = frozenset(part for needs, *_ in self._sought for group in needs for part in group)
        self._worth_trying = lru_cache(maxsize=1024)(self._with_all)

    def spans(self, line: str) -> Iterator[Span]:
        """Find the letters of a line that are capitals in ordinary text."""
        for _, pattern, find in self._worth_trying(self._needed & parts_of(line)):
            for match in pattern.finditer(line):
                yield from find(match)

    def _with_all(self, held: frozenset[str]) -> tuple[Any, ...]:
        return tuple(each for each in self._sought if not any(map(held.isdisjoint, each[0])))


def first(match: re.Match[str]) -> Span:
    """Return the place of the first letter."""
    return match.start(), match.start() + 1


def next_word(match: re.Match[str]) -> re.Match[str] | None:
    """Return the word behind a space."""
    return _NEXT.match(match.string, match.end())


def previous_word(match: re.Match[str]) -> re.Match[str] | None:
    """Return the word before a space, on the same side of any punctuation."""
    return re.search(r"(?<![\w’'-])([A-Za-z][\w’'-]*)(\.?) $", text_before(match))


def first_of(match: re.Match[str], word: re.Match[str]) -> Span:
    """Return the place of the first letter of the word behind."""
    return word.start(1), word.start(1) + 1


def first_before(match: re.Match[str], word: re.Match[str]) -> Span:
    """Return the place of the first letter of the word before, which was found in a window of the line."""
    start = match.start() - len(text_before(match)) + word.start(1)
    return start, start + 1


def is_content(word: re.Match[str] | None) -> bool:
    """Say whether a word is there that is no small one."""
    return word is not None and word[1].lower() not in load_use("casing", "closed")


def is_name(word: re.Match[str] | None) -> bool:
    """Say whether a word may be a name: it is no English word and no short form, or a given name as well."""
    if word is None or not is_content(word) or (word[1] in short_forms() and word.string.startswith(".", word.end())):
        return False
    return is_name_word(re.split("[’'-]", word[1])[0])


def surely_ends_street(short: str, following: str) -> bool:
    """Say whether a short form is nothing but the end of a street's name: oak ave closed, but ave maria."""
    return short in load_use("casing", "sure-streets") and following.lower() not in load_use("casing", "behind-hails")


def whole_groups(match: re.Match[str]) -> Iterator[Span]:
    """Find all letters of each group."""
    for group in range(1, len(match.groups()) + 1):
        if match[group]:
            yield match.span(group)


_NEAR_CHARS = 100


def words_near(match: re.Match[str]) -> set[str]:
    """Return the runs of small letters near."""
    return set(re.findall("[a-z]+", match.string[max(0, match.start() - _NEAR_CHARS) : match.end() + _NEAR_CHARS]))


def is_near(match: re.Match[str], words: frozenset[str]) -> bool:
    """Say whether one of the words stands near."""
    near = match.string[max(0, match.start() - _NEAR_CHARS) : match.end() + _NEAR_CHARS]
    return any(word in near for word in words) and not words.isdisjoint(words_near(match))
