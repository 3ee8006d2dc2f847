"""The places of a text at which rules are tried, and which rules those are (layer 1, pure).

Plain words, which are nearly all of a text, are passed over within the regular expression: they cost next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any, TypeVar

from audiobuild.normalisation.alternation import alternatives
from audiobuild.normalisation.context import Context
from audiobuild.normalisation.language import Language
from audiobuild.normalisation.prefilter import SHAPE_CHARS, can_match, shape_of
from audiobuild.normalisation.rule import ANY_SYMBOL, ATTACHED, CAPITALS, DIGIT, DOTTED, LINE, WINDOW_CHARS, Rule

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉¼½¾⅐-⅞"
_LETTER = rf"[^\W\d_{_RAISED}]"
_PLACE = rf"""(?x:
    {_LETTER}++(?:['’]{_LETTER}++)*+  # a word with its inner apostrophes
    | \d++ | [{_RAISED}]
    | \.(?=[\w.$£€]) | \((?=[^\W_]|["“‘'/[]|\ [A-Za-z]) | [,;:?!](?=[\d/])  # punctuation that may be more than that
    | [^\w\s.,;:?!()] | _
)"""
_PLAIN_WORD = r"[A-Za-z]?[a-z]++"
_BEHIND_PLAIN = " ,\n;:?!)"
"""What may stand behind a plain word without making it more than a word; so may a stop, and the end of the text."""
_PLAIN_END = rf"(?=[{_BEHIND_PLAIN}]|\.(?:[ \n]|\Z)|\Z)"

_MOST_JOINED = 20
"""How many parts hyphens join to a word that is passed over; a row without an end is looked at part by part."""

_LETTERS_JOINED = 5
"""How long such a part is at least: few words of which a rule may speak are as long, so that the pattern is short."""

_Key = TypeVar("_Key")
Trial = list[Any]
"""What is asked of a rule, at hand: its pattern's match, how it speaks, its name; and the rule itself."""

_AMONG_PLAIN_WORDS = frozenset({"i", "I", "a", "A", "-"})
"""Beginnings of an entry for which plain words must not be passed over."""

_DIGITS = (DIGIT,)
_TYING = frozenset("@._/-^")
"""What ties a word to what follows."""
_WHATEVER = "any"
"""Stands for the character behind a symbol, which keeps no rule from being tried."""
_NO_THOUSANDS = "\0"
"""Stands for a comma behind which no thousands are: no rule needs it."""

_BEHIND_TWO_FIGURES = frozenset(",€£")
"""What shows behind a comma and two figures that it parts more than a list: 4,00,000 in India, 3,50 €."""

LONG_CHARS = 5_000
"""A text shorter than this, as paragraphs are, is not watched for what comes back in it."""
_OFTEN = 512
"""How often a shape must be met before rules are sifted by it, which takes as long as so many tries of them all."""
_NOTICED = 8
"""How often the same characters must stand at a place before its shape is looked at."""
_MOST_KEPT = 20_000
"""How many shapes or strings are kept in mind together."""
_NEAR_CHARS = max(SHAPE_CHARS - 1, 4)
"""How much behind a word, figures or a symbol has a say in which rules are tried there."""

_IS_LETTER = re.compile("[A-Za-z]").match

_EVERY_PLACE = re.compile(f"(?!)()|{_PLACE}")


def _is_plain(word: str) -> bool:
    return bool(re.fullmatch(_PLAIN_WORD, word))


def _none_of(words: Mapping[str, AbstractSet[str]]) -> str:
    """Return a pattern that lets none of the words pass that has behind it what is given; capitals stand apart."""
    cases: dict[str, list[str]] = {"[a-z]": [], "[A-Z]": []}
    for end, each in words.items():
        small = set(filter(str.islower, each))
        for branches, listed in zip(cases.values(), (small, set(each) - small), strict=True):
            branches += [f"(?:{alternatives(listed)}){end}"] if listed else []
    told = [f"(?={first})(?:{'|'.join(branches)})" for first, branches in cases.items() if branches]
    return f"(?!{'|'.join(told)})" if told else ""


class _Kind:
    """The rules to try at one kind of place, fewer where the next characters leave some of them no chance."""

    __slots__ = ("_by_shape", "all")

    def __init__(self, trials: Iterable[Trial]) -> None:
        self.all = tuple(trials)
        self._by_shape: dict[str, tuple[Trial, ...] | int] = {}
        """By the shapes met: the rules that can match, or how often the shape was met so far."""

    def at(self, shape: str, exact: int = 0) -> tuple[Trial, ...]:
        """Return the rules that may match where the text has this shape; what is not met often is not sifted."""
        met = self._by_shape.get(shape, 0) if self.all else ()
        if not isinstance(met, int):
            return met
        if 0 < met < _OFTEN:
            self._by_shape[shape] = met + 1
            return self.all
        if not met:
            _keep(self._by_shape, shape, 1)
            return self.all
        sifted = tuple(trial for trial in self.all if can_match(trial[3].source, trial[3].flags, shape, exact))
        _keep(self._by_shape, shape, sifted)
        return sifted


class _Usual:
    """The rules to try at a place by what stands there, and whether its opening a line adds some."""

    __slots__ = ("_kind", "_length", "_shape", "is_settled", "may_open", "trials")

    def __init__(self, kind: _Kind, shape: str, length: int, *, may_open: bool) -> None:
        self._kind = kind
        self._shape = shape
        self._length = length
        self.may_open = may_open
        self.trials = kind.all
        self.is_settled = not self.trials
        """Whether it is known which rules have a chance."""

    def settle(self) -> tuple[Trial, ...]:
        """Return the rules to try, sifted once the shape was met often."""
        self.trials = self._kind.at(self._shape, self._length)
        self.is_settled = self.trials is not self._kind.all
        return self.trials


def _keep(table: dict[_Key, Any], key: _Key, value: Any) -> None:
    """Put a value into a table that has a greatest size."""
    if len(table) >= _MOST_KEPT:
        table.clear()
    table[key] = value


class Inventory:
    """The rules by the places at which they start, each list in the order of the inventory."""

    def __init__(self, rules: Sequence[Rule], plain_form: str = "") -> None:
        self._rules = rules
        self._trials = tuple(map(_trial, rules))
        self._plain_form = plain_form
        self._by_start: dict[str, list[tuple[int, str]]] = {}
        """By what starts them: the places of the rules in the inventory, each with the mark it must have behind."""
        for place, rule in enumerate(rules):
            for start in rule.starts:
                word, mark = _parted(start)
                self._by_start.setdefault(word, []).append((place, mark))
        self.words = frozenset(start for start in self._by_start if len(start) > 1 or start.isalpha())
        self._kinds: dict[tuple[tuple[str, ...], str], _Kind] = {}
        self._usual: dict[str, _Usual] = {}
        """By what stands at a place, where nothing else decides."""
        self._met: dict[str, int] = {}
        """How often a place was met, by what stands there."""
        self._sifted: dict[str, tuple[tuple[Trial, ...], bool]] = {}
        """By what stands at a place met often: the rules to try, and whether more are where it opens a line."""
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
        plain_words = set(filter(_is_plain, self.words))
        always = {word for word in plain_words if self._allows(word, ("", *_BEHIND_PLAIN))}
        always.update(filter(_is_plain, openings))
        tied = {word for word in plain_words - always if self._allows(word, ".-")}
        watched = {"(?![A-Za-z])": always, "[.-]": tied}
        long = {
            end: {word for word in words if word.islower() and len(word) >= _LETTERS_JOINED}
            for end, words in watched.items()
        }
        joined = rf"-{_none_of(long)}[a-z]{{{_LETTERS_JOINED},}}+"
        plain = rf"{_none_of(watched)}{_PLAIN_WORD}(?:{joined}){{0,{_MOST_JOINED}}}+{_PLAIN_END}"
        if self._plain_form:
            plain = f"{plain}|{self._plain_form}"
        return re.compile(rf"((?:(?:{plain})(?:[,.;:?!)]? )?)++)|{_PLACE}")

    def _allows(self, word: str, chars: Iterable[str]) -> bool:
        """Say whether a rule that starts at a word can match with one of the characters behind it."""
        rules = [(self._rules[place], mark) for place, mark in self._by_start[word]]
        return any(rule.allows(char) for rule, mark in rules for char in chars if mark in {"", char})

    def candidates(self, text: str, place: re.Match[str], defined: Mapping[str, str]) -> Sequence[Trial]:
        """Return the rules to try at a place."""
        if len(text) >= LONG_CHARS:
            return self._candidates_among_many(text, place, defined)
        start, end = place.span()
        near = text[start : end + 1]
        if near[-1] in _TYING:
            near = text[start : end + 2]
        known = self._usual.get(near)
        if known is not None and defined and place.group() in defined:
            known = None
        if known is not None and not (known.may_open and _opens_line(text, start)):
            return known.trials if known.is_settled else known.settle()
        token = place.group()
        starts, char = self._starts(text, place, defined)
        kind = self._kind(starts, char)
        if token[0].isdecimal():
            return kind.at(shape_of(text, start))
        shape = (token + shape_of(text[end : end + 1], 0))[:SHAPE_CHARS]
        if token not in defined and LINE not in starts:
            _keep(self._usual, near, _Usual(kind, shape, len(token), may_open=CAPITALS in starts))
        return kind.at(shape, len(token))

    def _candidates_among_many(self, text: str, place: re.Match[str], defined: Mapping[str, str]) -> Sequence[Trial]:
        """Return the rules to try at a place of a long text, fewer where the same characters come back."""
        start, end = place.span()
        near = text[start : end + _NEAR_CHARS]
        known = self._sifted.get(near)
        if known is not None:
            trials, may_open = known
            if not (may_open and _opens_line(text, start)) and not (defined and place.group() in defined):
                return trials
        starts, char = self._starts(text, place, defined)
        if not starts:
            return ()
        kind = self._kind(starts, char)
        met = self._met.get(near, 0)
        if met < _NOTICED:
            if len(self._met) >= _MOST_KEPT:
                self._met.clear()
            self._met[near] = met + 1
            return kind.all
        trials = kind.at(shape_of(text, start))
        if not defined and LINE not in starts:
            _keep(self._met, near, met + 1)
            if met == _OFTEN:
                here = text[start : start + SHAPE_CHARS]
                trials = tuple(each for each in trials if can_match(each[3].source, each[3].flags, here, len(here)))
                _keep(self._sifted, near, (trials, CAPITALS in starts))
        return trials

    def _starts(self, text: str, place: re.Match[str], defined: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
        """Return what may start at a place, and the character behind its figures or letters; empty for any."""
        token = place.group()
        first = token[0]
        end = place.end()
        following = text[end : end + 1]
        if not first.isalpha():
            if not first.isdecimal():
                return (first, ANY_SYMBOL), _WHATEVER
            if following == "," and text[end + 1 : end + 2].isdigit() and not text[end + 1 : end + 4].isdigit():
                following = "," if text[end + 3 : end + 5].lstrip()[:1] in _BEHIND_TWO_FIGURES else _NO_THOUSANDS
            return _DIGITS, following
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
        return starts, mark

    def _kind(self, starts: tuple[str, ...], char: str) -> _Kind:
        """Return the rules that start at any of these and can match with a character behind the figures or letters."""
        kind = self._kinds.get((starts, char))
        if kind is None:
            nearest = " " if char.isspace() else char
            pairs = (pair for start in starts for pair in self._by_start.get(start, ()))
            order = sorted({place for place, mark in pairs if mark in {"", char}})
            is_any = not char.isascii() or char == _WHATEVER
            allowed = (place for place in order if is_any or self._rules[place].allows(nearest))
            kind = self._kinds[starts, char] = _Kind(map(self._trials.__getitem__, allowed))
        return kind


def _parted(start: str) -> tuple[str, str]:
    """Part a word from the mark that must stand behind it: "in." -> "in", "."; nothing else has one."""
    has_mark = start[:-1].isalpha() and not start[-1].isalnum()
    return (start[:-1], start[-1]) if has_mark else (start, "")


def _trial(rule: Rule) -> Trial:
    """Put at hand what is asked of a rule; its pattern is compiled at its first match, for another may speak before."""

    def first_match(text: str, start: int) -> re.Match[str] | None:
        trial[0] = rule.pattern.match
        found: re.Match[str] | None = trial[0](text, start)
        return found

    trial: Trial = [first_match, rule.say, rule.name, rule]
    return trial


def _opens_line(text: str, start: int) -> bool:
    """Say whether nothing but capitals, figures and punctuation stands before on the line.

    Behind another word in capitals nothing new opens: the rule was tried there, with this word in its reach.
    """
    if text[start - 1 : start] == " " and _IS_LETTER(text, start - 2):
        return False
    before = text[max(0, start - WINDOW_CHARS) : start]
    before = before[before.rfind("\n") + 1 :]
    return before == before.upper() and not before.rstrip(" -")[-1:].isupper()


@cache
def load_inventory(language: Language) -> Inventory:
    """Import a language's rules, which is the slow part of starting up; so it waits until something is spoken."""
    return Inventory(language.load_rules() if language.load_rules else (), language.plain_form)
