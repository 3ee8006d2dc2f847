"""What stands about a short form, and what must stand there for it to mean one thing or another (layer 1, pure).

A field of a table comes in ("the an *of-it !*against") and the words about a place; whether they agree comes out.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from audiobuild.normalisation.english.lexis.lists import load_rows, load_words
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.late_patterns import LatePattern

_BEFORE = LatePattern(r"(?:([\w’'$-]+\.?) )?([$£€]?)((?:\d+,)*[\w’'$-]+(?:(?<=\d)\.\d+)?)([.,%]?) $")
_BEHIND = LatePattern(r"(?:[’']s)? §?([$£€]?)([\w’'$-]+)(:\d)?(?:\.? ([\w’'-]+))?|(-[\w’'-]+)")
_LISTED = LatePattern(r", ([a-z]+)")
_LOOK_BACK_CHARS = 40
SHORT_TABLES = ("abbreviations", "casing", "meanings")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What stands at one side of a short form: any of some words, none of others."""

    some: frozenset[str]
    none: frozenset[str]

    def holds(self, found: AbstractSet[str]) -> bool:
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
def short_forms() -> frozenset[str]:
    """Return the words whose stop ends no clause."""
    return frozenset(row[0].lower().rstrip(".") for table in SHORT_TABLES for row in load_rows(table))


def words_before(line: str, start: int) -> set[str]:
    """Return the word before, and the two before with a low line between them; "^" where none is in its clause.

    A word with a stop or a comma stands there with it; a number as "#" too, 3rd as "#th", money as "$", so many in a
    hundred as "%", a bracket that opens as "(".

    >>> sorted(words_before("the hon. sec. said", 9)), sorted(words_before("see 12 v. 3", 7))
    (['hon.', 'the_hon.'], ['#', '12', 'see_12'])
    """
    floor = max(0, start - _LOOK_BACK_CHARS)
    nearest_from = line.rfind(" ", floor, start - 1)
    found = _BEFORE.search(line, max(floor, line.rfind(" ", floor, max(floor, nearest_from))), start)
    if found is None:
        return {"^", line[max(0, start - 1) : start]}
    first, money, nearest, mark = found.groups()
    word = nearest.lower() + mark
    words = {word, f"{first.lower()}_{word}"} if first else {word}
    if mark == "," or (mark == "." and nearest.lower() not in short_forms()):
        words.add("^")
    if nearest[0].isdigit():
        words.add("#th" if nearest.endswith(_ORDINALS) else _KINDS_OF_SUMS.get(money or mark, "#"))
    return words


_ORDINALS = tuple("st nd rd th".split())
_KINDS_OF_SUMS = {"$": "$", "£": "$", "€": "$", "%": "%"}


def words_behind(line: str, end: int) -> set[str]:
    """Return the word behind, alone and with the next; "." where the clause ends, "~" there and before small words.

    A number stands there as "#" too, one that may be a year as "#year", a verse as "#:", money as "$", a
    common word as "=", a year behind another word as "_#year".

    >>> sorted(words_behind("ed. note: it", 3)), sorted(words_behind("adm. $5", 4))
    (['=', 'note'], ['#', '$', '5'])
    """
    found = _BEHIND.match(line, end)
    if found is None:
        listed = _LISTED.match(line, end)
        return {".", "~", f",_{listed[1]}"} if listed else {".", "~"}
    money, nearest, verse, second, joined = found.groups()
    if joined:
        return {joined.lower()}
    word = nearest.lower()
    kind = "#" if word.replace("-", "").isdigit() and not verse else word
    words = {word, "$"} if money else {word, "#:"} if verse else {word}
    if second:
        whose = _POSSESSIVE.sub("", second.lower())
        words |= {f"{word}_{second.lower()}", f"{kind}_{second.lower()}", f"{word}_{whose}"}
        if _YEAR.fullmatch(second):
            words.add("_#year")
    if kind == "#":
        words |= {"#", "#year"} if _YEAR.fullmatch(word) else {"#"}
    elif word in load_words("function_words"):
        words.add("~")
    elif is_english_word(word):
        words.add("=")
    return words


_POSSESSIVE = LatePattern(r"[’']s?$")
_YEAR = LatePattern(r"1[5-9]\d\d|20\d\d")
