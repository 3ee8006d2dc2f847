"""How the letters of a short form lie in its long form (layer 1, pure).

Each letter falls on the beginning of a word, or inside a word whose beginning is taken. Beginnings count for a reading,
words passed over and letters inside words against it; the best reading decides where the long form starts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from audiobuild.normalisation.english.lexis.lists import load_use
from audiobuild.normalisation.english.lexis.words import UNITS, ordinal_of
from audiobuild.normalisation.late_patterns import LatePattern

_TOKEN = LatePattern(r"[^\W\d_]+|\d+")
_SMALL_WORDS = load_use("alignment", "small-words")
_NUMBERS = {str(value): (name, ordinal_of(name)) for value, name in enumerate((*UNITS, "twenty")) if value}
_INITIAL, _INSIDE, _SKIPPED, _SKIPPED_SMALL, _DIGIT_LEFT = 3.0, -0.6, -2.0, -0.2, -1.0
_INITIAL_SMALL = 1.0
_LEAST = -0.3
_WORST = -1e9


_CHEMICAL = LatePattern(r"(?:(?:[\d,'′’]{1,12}|alpha|beta|gamma|delta|[NOn])-){1,4}", re.IGNORECASE)
"""What a chemist writes before a name and the short form leaves out: 2,6-, alpha-1-."""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int


def _marks(short: str) -> tuple[str, ...]:
    """Part a short form into what must be found: single letters, runs of digits, whole words behind a space."""
    head, _, tail = short.partition(" ")
    if re.fullmatch(r"[A-Z]\([A-Z]\)", short):  # a letter with its index: V(T), tidal volume
        head = short[2] + short[0]
    marks = [mark.lower() for mark in re.findall(r"[^\W\d_]|\d+", head)]
    if tail:
        marks += (
            [tail.lower()]
            if len(tail) > 2 and tail.islower()
            else [m.lower() for m in re.findall(r"[^\W\d_]|\d+", tail)]
        )
    return tuple(marks)


def _passed_over(word: str) -> float:
    return _SKIPPED_SMALL if word in _SMALL_WORDS or word.isdigit() else _SKIPPED


def _score(marks: tuple[str, ...], tokens: tuple[str, ...]) -> float:
    """Return the worth of the best reading that begins at the first token; a large negative number for none."""

    @cache
    def best(token: int, mark: int) -> float:
        if mark == len(marks):
            return sum(map(_passed_over, tokens[token:]))
        wanted = marks[mark]
        if token == len(tokens):
            rest = marks[mark:]
            return _DIGIT_LEFT * len(rest) if all(left.isdigit() for left in rest) and mark > 1 else _WORST
        word = tokens[token]
        value = _WORST
        if token:
            value = best(token + 1, mark) + _passed_over(word)
        if wanted.isdigit():
            if word == wanted or word.startswith(_NUMBERS.get(wanted, ("\0",))):
                value = max(value, _INITIAL + best(token + 1, mark + 1))
        elif len(wanted) > 1:
            if word == wanted:
                value = max(value, _INITIAL + best(token + 1, mark + 1))
        elif word.startswith(wanted):
            place, cost = 0, _INITIAL_SMALL if word in _SMALL_WORDS else _INITIAL
            follow = mark + 1
            value = max(value, cost + best(token + 1, follow))
            while follow < len(marks) and len(marks[follow]) == 1 and not marks[follow].isdigit():
                place = word.find(marks[follow], place + 1)
                if place < 0:
                    break
                cost += _INSIDE
                follow += 1
                value = max(value, cost + best(token + 1, follow))
        return value

    return best(0, 0)


def _worth(short: str, tokens: list[_Token]) -> float:
    """Weigh one reading; a plural short form asks for a plural long form."""
    words = tuple(token.text.lower() for token in tokens)
    if re.fullmatch(r"[A-Z][A-Z\d-]*s", short) and words[-1].endswith("s"):
        return _score(_marks(short[:-1]), words)
    return _score(_marks(short), words)


def _is_good(short: str, worth: float, tokens: list[_Token]) -> bool:
    letters = [char for char in short if char.isalpha()]
    if len(_marks(short)) < 2:
        return len(tokens) == 1 and short.isupper() and len(tokens[0].text) > 4
    if tokens[-1].text in _SMALL_WORDS or (tokens[0].text.lower() in _SMALL_WORDS and len(letters) < 4):
        return False
    if not any(char.isupper() for char in letters):
        return worth >= _INITIAL * len(letters) + _DIGIT_LEFT or (len(tokens) == 1 and worth > 1 and len(short) > 2)
    return worth > _LEAST


def long_form_at_end(short: str, before: str) -> str | None:
    """Return the long form that ends the text, or None where no reading convinces.

    >>> long_form_at_end("PPIs", "patients who take proton pump inhibitors")
    'proton pump inhibitors'
    """
    tokens = [_Token(found.group(), found.start()) for found in _TOKEN.finditer(before)]
    first = _first_mark(short)
    if not tokens or first is None:
        return None
    furthest = max(0, len(tokens) - 2 * len(_marks(short)) - 4)
    best_worth, best_start = _LEAST, -1
    for at in range(len(tokens) - 1, furthest - 1, -1):
        token = tokens[at]
        if not token.text.lower().startswith(first):
            continue
        if token.start and before[token.start - 1] in "’'" and len(token.text) < 3:
            continue
        worth = _worth(short, tokens[at:])
        if worth > best_worth + 0.05 and _is_good(short, worth, tokens[at:]):
            best_worth, best_start = worth, token.start
    if best_start < 0:
        return None
    word_start = before.rfind(" ", 0, best_start) + 1
    if _CHEMICAL.fullmatch(before, word_start, best_start):
        best_start = word_start
    long = before[best_start:].rstrip(" ,")
    return long if _is_sound(short, long) else None


def whole_long_form(short: str, text: str) -> str | None:
    """Return the text where all of it reads as the long form."""
    tokens = [_Token(found.group(), found.start()) for found in _TOKEN.finditer(text)]
    first = _first_mark(short)
    if not tokens or first is None:
        return None
    prefix = _CHEMICAL.match(text)
    if prefix:
        tokens = [token for token in tokens if token.start >= prefix.end()]
    if not tokens or len(tokens) > 2 * len(_marks(short)) + 4:
        return None
    if not tokens[0].text.lower().startswith(first) or (tokens[0].start > 3 and not prefix):
        return None
    worth = _worth(short, tokens)
    return text if _is_good(short, worth, tokens) and _is_sound(short, text) else None


def _first_mark(short: str) -> str | tuple[str, ...] | None:
    marks = _marks(short)
    if not marks:
        return None
    return (marks[0], *_NUMBERS.get(marks[0], ())) if marks[0].isdigit() else marks[0]


def _is_sound(short: str, long: str) -> bool:
    """Refuse a long form with an open bracket, or one no longer than its short form."""
    return (
        len(long) > len(short)
        and long.count("(") == long.count(")")
        and long.count("[") == long.count("]")
        and not re.search(r"[<>=;]", long)
    )
