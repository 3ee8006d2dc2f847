"""What stands about a short form, and what must stand there for it to mean one thing or another (layer 1, pure).

A field of a table comes in ("the an *of-it !*against") and the words about a place; whether they agree comes out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from audiobuild.normalisation.english.lexis.lists import load_rows, load_words
from audiobuild.normalisation.late_patterns import LatePattern

_BEFORE = LatePattern(r"(?:([\w’'$-]+\.?) )?([\w’'$-]+)([.,]?) $")
_BEHIND = LatePattern(r"(?:[’']s)? ([$£€]?)([\w’'$-]+)(?:\.? ([\w’'-]+))?|(-[\w’'-]+)")
_LISTED = LatePattern(r", ([a-z]+)")
_LOOK_BACK_CHARS = 40
_SHORT_TABLES = ("abbreviations", "casing", "meanings")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What stands at one side of a short form: any of some words, none of others."""

    some: frozenset[str]
    none: frozenset[str]

    def holds(self, found: set[str]) -> bool:
        """Say whether the words found agree."""
        return self.none.isdisjoint(found) and (not self.some or not self.some.isdisjoint(found))


def wanted(field: str) -> Wanted:
    """Read what is wanted: words, "*list" for all of a list, "!" before what must not stand there, "-" for anything."""
    words: dict[bool, set[str]] = {True: set(), False: set()}
    for item in field.split():
        word = item.removeprefix("!")
        words[word == item] |= _groups()[word[1:]] if word[0] == "*" else {word}
    return Wanted(frozenset(words[True] - {"-"}), frozenset(words[False]))


@cache
def _groups() -> dict[str, set[str]]:
    """Return the lists of words that tables name with a star."""
    groups: dict[str, set[str]] = {}
    for name, words in load_rows("neighbour_groups"):
        groups.setdefault(name, set()).update(words.split())
    return groups


@cache
def _short_forms() -> frozenset[str]:
    """Return the words whose stop ends no clause."""
    return frozenset(row[0].lower().rstrip(".") for table in _SHORT_TABLES for row in load_rows(table))


def words_before(line: str, start: int) -> set[str]:
    """Return the word before, and the two before with a low line between them; "^" where none is in its clause.

    A word with a stop or a comma stands there with it; a number as "#" too.

    >>> sorted(words_before("the hon. sec. said", 9)), sorted(words_before("see 12 v. 3", 7))
    (['hon.', 'the_hon.'], ['#', '12', 'see_12'])
    """
    found = _BEFORE.search(line, max(0, start - _LOOK_BACK_CHARS), start)
    if found is None:
        return {"^"}
    word = found[2].lower() + found[3]
    words = {word, f"{found[1].lower()}_{word}"} if found[1] else {word}
    if found[3] and (found[3] == "," or found[2].lower() not in _short_forms()):
        words.add("^")
    if found[2].isdigit():
        words.add("#")
    return words


def words_behind(line: str, end: int) -> set[str]:
    """Return the word behind, alone and with the next; "." where the clause ends, "~" there and before small words.

    A number stands there as "#" too, an amount of money as "$".

    >>> sorted(words_behind("ed. note: it", 3)), sorted(words_behind("adm. $5", 4))
    (['note'], ['#', '$', '5'])
    """
    found = _BEHIND.match(line, end)
    if found is None:
        listed = _LISTED.match(line, end)
        return {".", "~", f",_{listed[1]}"} if listed else {".", "~"}
    if found[4]:
        return {found[4].lower()}
    word = found[2].lower()
    words = {word}
    kind = "#" if word[0].isdigit() else word
    if found[3]:
        words |= {f"{word}_{found[3].lower()}", f"{kind}_{found[3].lower()}"}
    if found[1]:
        words.add("$")
    if kind == "#":
        words.add("#")
    return words | {"~"} if word in load_words("function_words") else words
