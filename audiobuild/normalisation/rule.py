"""What a rule is, and how it looks about itself (layer 1, pure).

A rule belongs to one class of written forms. It names the places where it may start, so that plain prose costs
nothing, and it judges from the text around its match: `m` can be metres in one sentence and millions in the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from audiobuild.normalisation.context import DEFAULT_LOCALE, Context

DIGIT = "0"
"""Starts at a run of digits."""
CAPITALS = "A"
"""Starts at a word that holds a capital behind its first letter, or is a single capital."""
ATTACHED = "a0"
"""Starts at a word with a digit right behind it."""
DOTTED = ".a"
"""Starts at a word that a stop, at sign, stroke, hyphen or underscore ties to what follows."""
LINE = "^"
"""Starts at the first word of a line, when that word is in capitals."""
ANY_SYMBOL = "?"
"""Starts at any symbol."""

WINDOW_CHARS = 60
"""How far a rule looks to either side; bounded, so that the whole stays linear."""

_MOST_JUDGED = 64
"""How many judgements are kept of one kind."""

Judge = Callable[["re.Match[str]"], bool]
"""Says whether a match is of a class, by itself and what stands about it."""

Say = Callable[["re.Match[str]", Context], str | None]
"""Speaks a match; None when the match is not of the rule's class after all."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One class of written forms and how it is spoken."""

    name: str
    """Its class and its kind, as `--explain` shows them: "date.day-first"; no other rule has it."""
    source: str
    """Of its pattern, which is matched at the place itself; bounded repeats only."""
    say: Say
    starts: frozenset[str]
    """The kinds of place above, single symbols, or whole words at which the rule is tried.

    A word with a mark, "in.", is one at which it is tried only where this mark stands right behind.
    """
    example: str
    """What it does: "6m people -> six million people"."""
    locale: str = DEFAULT_LOCALE
    """Where the example holds."""
    behind: str = ""
    """Characters, as in a class of a pattern, of which one must stand right behind the first figures or letters.

    Where another one stands, the rule is not tried; characters beyond ASCII never keep it from being tried.
    """
    flags: int = 0
    """Those of its pattern."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """Its pattern, compiled when it is first asked for: most texts need few of them."""
        return _compiled(self.source, self.flags)

    def allows(self, char: str) -> bool:
        """Say whether the rule can match with this character behind its first figures or letters; none ends a text."""
        return not self.behind or not char.isascii() or char in _characters(self.behind)


@cache
def _characters(behind: str) -> frozenset[str]:
    """Return the ASCII characters of a class."""
    return frozenset(re.findall(f"[{behind}]", "".join(map(chr, range(1, 128)))))


def make_rule(
    name: str,
    pattern: str,
    say: Say,
    starts: Iterable[str],
    *,
    example: str,
    locale: str = DEFAULT_LOCALE,
    flags: int = 0,
    behind: str = "",
) -> Rule:
    """Build a rule."""
    return Rule(name, pattern, say, frozenset(starts), example, locale, behind, flags)


@cache
def _compiled(source: str, flags: int) -> re.Pattern[str]:
    return re.compile(source, flags)


def text_before(match: re.Match[str], chars: int = WINDOW_CHARS) -> str:
    """Return what stands before the match on its line."""
    return _line_before(match.string, match.start(), chars)


@lru_cache(maxsize=64)  # rules at one place ask for the same
def _line_before(text: str, start: int, chars: int) -> str:
    window = text[max(0, start - chars) : start]
    return window[window.rfind("\n") + 1 :]


def text_after(match: re.Match[str], chars: int = WINDOW_CHARS) -> str:
    """Return what stands behind the match on its line."""
    return _line_after(match.string, match.end(), chars)


@lru_cache(maxsize=64)
def _line_after(text: str, end: int, chars: int) -> str:
    window = text[end : end + chars]
    cut = window.find("\n")
    return window if cut < 0 else window[:cut]


def words_before(match: re.Match[str], count: int = 1) -> list[str]:
    """Return up to `count` words before the match, nearest first, with the punctuation that clings to them."""
    words = text_before(match).split()
    return words[: -count - 1 : -1]


def word_before(match: re.Match[str]) -> str:
    """Return the word before the match, its quotation marks and opening brackets removed; empty at the start."""
    return _word_before(match.string, match.start())


@lru_cache(maxsize=64)
def _word_before(text: str, start: int) -> str:
    words = _line_before(text, start, WINDOW_CHARS).rsplit(None, 1)
    return words[-1].lstrip("(“‘\"'[") if words else ""


def words_after(match: re.Match[str], count: int = 1) -> list[str]:
    """Return up to `count` words behind the match, with the punctuation that clings to them."""
    return text_after(match).split()[:count]


def word_after(match: re.Match[str]) -> str:
    """Return the word that follows after a space, without punctuation behind it; empty where none does."""
    return _word_after(match.string, match.end())


@lru_cache(maxsize=64)
def _word_after(text: str, end: int) -> str:
    if text[end : end + 1] != " ":
        return ""
    words = _line_after(text, end, WINDOW_CHARS).split(None, 1)
    return words[0].rstrip(".,;:?!)”’\"'…") if words else ""


def judged_once(*groups: str) -> Callable[[Judge], Judge]:
    """Keep what was last judged of matches between the same words, for several rules ask the same at one place.

    Args:
        groups: those of the match that are looked at, beside what stands about it, which is no more than a window.
    """

    def keep(judge: Judge) -> Judge:
        known: dict[tuple[str, ...], bool] = {}

        def judged(match: re.Match[str]) -> bool:
            after = match.string[match.end() : match.end() + WINDOW_CHARS]
            key = (text_before(match), after, *map(match.__getitem__, groups))
            found = known.get(key)
            if found is None:
                if len(known) >= _MOST_JUDGED:
                    known.clear()
                found = known[key] = judge(match)
            return found

        return judged

    return keep


def opens_sentence(match: re.Match[str]) -> bool:
    """Say whether a sentence starts with the match."""
    before = text_before(match).rstrip(" \"“‘'(")
    return not before or before[-1] in ".?!"


def stop_ends_sentence(after: str) -> bool:
    """Say whether a shortened word's stop ends the sentence too, by what stands behind the stop."""
    return not after.strip(" ”\"’')") or bool(re.match(r"[”\"’')]?\s+[“\"‘]?[A-Z]", after))
