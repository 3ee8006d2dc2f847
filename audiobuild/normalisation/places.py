"""The places of a text at which rules are tried, and which rules those are (layer 1, pure).

Plain words, which are nearly all of a text, are passed over within the regular expression: they cost next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.language import Language
from audiobuild.normalisation.rule import ANY_SYMBOL, ATTACHED, CAPITALS, DIGIT, DOTTED, LINE, WINDOW_CHARS, Rule

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉¼½¾⅐-⅞"
_LETTER = rf"[^\W\d_{_RAISED}]"
_PLACE = (
    rf"{_LETTER}++(?:['’]{_LETTER}++)*+"  # a word with its inner apostrophes
    rf"|\d++|[{_RAISED}]"
    r"|\.(?=[\w.$£€])|\((?=[^\W_]|[\"“‘'])|[,;:?!](?=[\d/])"  # punctuation that may be more than that
    r"|[^\w\s.,;:?!()]|_"
)
_PLAIN_WORD = r"[A-Za-z]?[a-z]++"
_PLAIN_END = r"(?=[ ,\n;:?!)]|\.(?:[ \n]|\Z)|\Z)"
"""What may stand behind a plain word without making it more than a word."""


Trial = list[Any]
"""What is asked of a rule, at hand: its pattern's match, how it speaks, its name."""

_AMONG_PLAIN_WORDS = frozenset({"i", "I", "-"})
"""Beginnings of an entry for which plain words must not be passed over."""

_DIGITS = (DIGIT,)
_TYING = frozenset("@._/-^")
"""What ties a word to what follows."""
_NO_THOUSANDS = "\0"
"""Stands for a comma behind which no thousands are: no rule needs it."""

_EVERY_PLACE = re.compile(f"(?!)()|{_PLACE}")


def _is_plain(word: str) -> bool:
    return bool(re.fullmatch(_PLAIN_WORD, word))


def _one_of(words: Iterable[str]) -> str:
    """Return a pattern for any of the words, branching letter by letter: a long list would be tried one by one.

    >>> _one_of(["am", "an", "no"])
    '(?:a(?:m|n)|no)'
    """
    found = sorted(set(words))
    if len(found) == 1:
        return found[0]
    by_first: dict[str, list[str]] = {}
    for word in found:
        by_first.setdefault(word[:1], []).append(word[1:])
    branches = [f"{first}{_one_of(rest) if first else ''}" for first, rest in by_first.items()]
    branches.sort(key=len, reverse=True)  # the empty one last
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


class Inventory:
    """The rules by the places at which they start, each list in the order of the inventory."""

    def __init__(self, rules: Sequence[Rule], plain_form: str = "") -> None:
        self._rules = rules
        self._plain_form = plain_form
        self.words = frozenset(start for rule in rules for start in rule.starts if len(start) > 1 or start.isalpha())
        self._known: dict[tuple[str, ...], tuple[Trial, ...]] = {}
        self._before: dict[tuple[tuple[str, ...], str], tuple[Trial, ...]] = {}
        self._places: dict[frozenset[str], re.Pattern[str]] = {}

    def places(self, context: Context) -> re.Pattern[str]:
        """Return what finds the places; its first group holds plain words, where rules have nothing to look for.

        Words with which an entry of the editor's begins are no plain ones.
        """
        if any(_is_plain(short) for short in context.short_forms):
            return _EVERY_PLACE
        places = self._places.get(context.openings)
        if places is None:
            places = self._places[context.openings] = self._pattern(context.openings)
        return places

    def _pattern(self, openings: frozenset[str]) -> re.Pattern[str]:
        if openings & _AMONG_PLAIN_WORDS:
            return _EVERY_PLACE
        watched = rf"(?!{_one_of(word for word in self.words | openings if _is_plain(word))}(?![A-Za-z]))"
        plain = rf"{watched}{_PLAIN_WORD}(?:-{watched}[a-z]++)*+{_PLAIN_END}"
        if self._plain_form:
            plain = f"{plain}|{self._plain_form}"
        return re.compile(rf"((?:(?:{plain})(?:[,.;:?!)]? )?)++)|{_PLACE}")

    def at(self, *starts: str) -> tuple[Trial, ...]:
        """Return the rules that start at any of these."""
        trials = self._known.get(starts)
        if trials is None:
            trials = self._known[starts] = tuple(_trial(rule) for rule in self._starting(starts))
        return trials

    def before(self, starts: tuple[str, ...], char: str) -> tuple[Trial, ...]:
        """Return the rules that start at any of these and can match with a character behind the figures or letters."""
        trials = self._before.get((starts, char))
        if trials is None:
            nearest = " " if char.isspace() else char
            rules = (rule for rule in self._starting(starts) if not char.isascii() or rule.allows(nearest))
            trials = self._before[starts, char] = tuple(_trial(rule) for rule in rules)
        return trials

    def _starting(self, starts: Sequence[str]) -> Iterator[Rule]:
        return (rule for rule in self._rules if not rule.starts.isdisjoint(starts))

    def candidates(self, text: str, place: re.Match[str], defined: Mapping[str, str]) -> tuple[Trial, ...]:
        """Return the rules to try at a place."""
        token = place.group()
        first = token[0]
        end = place.end()
        following = text[end : end + 1]
        if not first.isalpha():
            if not first.isdecimal():
                return self.at(first, ANY_SYMBOL)
            if following == "," and text[end + 1 : end + 2].isdigit() and not text[end + 1 : end + 4].isdigit():
                following = _NO_THOUSANDS
            return self.before(_DIGITS, following)
        starts: tuple[str, ...] = ()
        mark = following
        if token in self.words:
            starts = (token,)
        elif not first.isascii() and first in self.words:  # a Greek letter before others: πr
            starts = (first,)
        if "’" in token or "'" in token:
            base, mark = re.split("([’'])", token, maxsplit=1)[:2]
            if not starts and base in self.words:
                starts = (base,)
        if (not token.islower() and not token[1:].islower()) or token in defined:
            starts += (CAPITALS, LINE) if _opens_line(text, place.start()) else (CAPITALS,)
        if following.isdigit():
            starts += (ATTACHED,)
        elif following in _TYING and text[end + 1 : end + 2].isalnum():
            starts += (DOTTED,)
        return self.before(starts, mark) if starts else ()


def _trial(rule: Rule) -> Trial:
    """Put at hand what is asked of a rule; its pattern is compiled at its first match, for another may speak before."""

    def first_match(text: str, start: int) -> re.Match[str] | None:
        trial[0] = rule.pattern.match
        found: re.Match[str] | None = trial[0](text, start)
        return found

    trial: Trial = [first_match, rule.say, rule.name]
    return trial


def _opens_line(text: str, start: int) -> bool:
    """Say whether nothing but capitals, figures and punctuation stands before on the line.

    Behind another word in capitals nothing new opens: the rule was tried there, with this word in its reach.
    """
    before = text[max(0, start - WINDOW_CHARS) : start]
    before = before[before.rfind("\n") + 1 :]
    return before == before.upper() and not before.rstrip(" ")[-1:].isupper()


@cache
def load_inventory(language: Language) -> Inventory:
    """Import a language's rules, which is the slow part of starting up; so it waits until something is spoken."""
    return Inventory(language.load_rules() if language.load_rules else (), language.plain_form)
