"""Initialisms in a line that is all in small letters, and the words that they look like (layer 1, pure).

A line all in small letters comes in; places come out: "the us gave us it support" has two. Which neighbours show that
"us", "it" or "la" is no word is data; letters without any vowel are initialisms unless a list says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from audiobuild.normalisation.english.lexis.lists import load_map, load_rows, load_use, load_words
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.rules.capitals import is_pronounceable
from audiobuild.normalisation.late_patterns import LatePattern

Span = tuple[int, int]
"""Start and end of letters that become capitals."""

_SHORT = LatePattern(
    r"(?:(?<![\w.’'@/#&-])|(?<=\bpro-)|(?<=\banti-)|(?<=\bnon-)|(?<=\bex-))[a-z]{2,6}"
    r"(?![\w@&]|/\w|\.\w|[’'](?!s\b))"
)
_BEFORE = LatePattern(r"(?:([\w’'$-]+) )?([\w’'$-]+) $")
_BEHIND = LatePattern(r"(?:[’']s)? ([\w’'$-]+)(?: ([\w’'-]+))?|(-[\w’'-]+)")
_LISTED = LatePattern(r", ([a-z]+)")
_NUMBER_BEFORE = LatePattern(r"\d ?$")
_IN_CODE = LatePattern(r"[-&]| dot ")
_WORD = LatePattern(r"[a-z]+")
_LOOK_BACK_CHARS = 40


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What stands at one side of a short form: any of some words, none of others."""

    some: frozenset[str]
    none: frozenset[str]

    def holds(self, found: set[str]) -> bool:
        return self.none.isdisjoint(found) and (not self.some or not self.some.isdisjoint(found))


def initialism_spans(line: str) -> Iterator[Span]:
    """Find the letters that are an initialism.

    >>> list(initialism_spans("the us gave us it jobs"))
    [(4, 6), (15, 17)]
    """
    near: set[str] = set()
    for match in _SHORT.finditer(line):
        word, known = match.group(), _initialisms()
        if word in _senses():
            near = near or set(_WORD.findall(line))
            around = _words_before(line, match.start()), _words_behind(line, match.end()), near
            if any(all(map(_Wanted.holds, row, around)) for row in _senses()[word]):
                yield match.span()
            continue
        letters = word if word in known else word[:-1] if word[-1] == "s" else ""
        if letters not in known or _IN_CODE.match(line, match.end()):
            continue
        if word not in load_map("units") or not _NUMBER_BEFORE.search(line, max(0, match.start() - 2), match.start()):
            yield match.start(), match.start() + len(letters)


def _words_before(line: str, start: int) -> set[str]:
    """Return the word before, and the two before with a low line between them; "^" where none is in its clause."""
    found = _BEFORE.search(line, max(0, start - _LOOK_BACK_CHARS), start)
    if found is None:
        return {"^"}
    return {found[2], f"{found[1]}_{found[2]}"} if found[1] else {found[2]}


def _words_behind(line: str, end: int) -> set[str]:
    """Return the word behind, alone and with the next; "." where the clause ends, "~" there and before small words."""
    found = _BEHIND.match(line, end)
    if found is None:
        listed = _LISTED.match(line, end)
        return {".", "~", f",_{listed[1]}"} if listed else {".", "~"}
    if found[3]:
        return {found[3]}
    words = {found[1], f"{found[1]}_{found[2]}"}
    return words | {"~"} if found[1] in load_words("function_words") else words


@cache
def _initialisms() -> frozenset[str]:
    """Return the initialisms that are no words in small letters either; small capitals have a rule of their own."""
    known = {row[0] for table in ("casing", "small_caps", "abbreviations") for row in load_rows(table)}
    spelt = (word for word in load_words("spelt") if word.isupper() and 2 < len(word) < 7)
    unlike = {word.lower() for word in spelt if not is_pronounceable(word) and not is_english_word(word.lower())}
    return (
        frozenset(unlike | load_use("lowered", "always"))
        - known
        - load_use("lowered", "never")
        - load_words("lone_units")
    )


@cache
def _senses() -> dict[str, list[tuple[_Wanted, _Wanted, _Wanted]]]:
    """Return, for each word that may be an initialism, what shows it: before it, behind it, in its line."""
    senses: dict[str, list[tuple[_Wanted, _Wanted, _Wanted]]] = {}
    for short, before, behind, near in load_rows("lowered"):
        senses.setdefault(short, []).append((_wanted(before), _wanted(behind), _wanted(near)))
    return senses


@cache
def _groups() -> dict[str, set[str]]:
    """Return the lists of words that the table names with a star."""
    groups: dict[str, set[str]] = {}
    for name, words in load_rows("lowered_groups"):
        groups.setdefault(name, set()).update(words.split())
    return groups


def _wanted(field: str) -> _Wanted:
    """Read what is wanted: words, "*list" for all of a list, "!" before what must not stand there, "-" for anything."""
    words: dict[bool, set[str]] = {True: set(), False: set()}
    for item in field.split():
        word = item.removeprefix("!")
        words[word == item] |= _groups()[word[1:]] if word[0] == "*" else {word}
    return _Wanted(frozenset(words[True] - {"-"}), frozenset(words[False]))
