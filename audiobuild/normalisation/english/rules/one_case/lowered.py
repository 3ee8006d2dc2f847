"""Initialisms in a line that is all in small letters, and the words that they look like (layer 1, pure).

A line all in small letters comes in; places come out: "the us gave us it support" has two. Which neighbours show that
"us", "it" or "la" is no word is data; letters without any vowel are initialisms unless a list says otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from audiobuild.normalisation.english.lexis.lists import load_map, load_rows, load_use, load_words
from audiobuild.normalisation.english.lexis.neighbours import Wanted, wanted, words_before, words_behind
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.one_case.shortened_parts import KINDS, Span, parts_of
from audiobuild.normalisation.english.rules.short_forms.capitals import is_pronounceable
from audiobuild.normalisation.late_patterns import LatePattern

_SHORT = LatePattern(
    r"(?:(?<![\w.’'@/#&-])|(?<=\bpro-)|(?<=\banti-)|(?<=\bnon-)|(?<=\bex-))[a-z]{2,6}"
    r"(?![\w@&]|/\w|\.\w|[’'](?!s\b))"
)
_NAME_BEHIND = LatePattern(r"\. ([a-z]+)")
_NUMBER_BEFORE = LatePattern(r"\d ?$")
_WORD = LatePattern(r"[a-z]+")
_IN_CODE = LatePattern(rf"-[\w-]*[./@&]\w|&| {one_of('lowered', 'in-code')} ")
_BEHIND_CODE = LatePattern(rf"\b{one_of('lowered', 'in-code')} $")
_LONGEST_SIGN = 11


def initialism_spans(line: str) -> Iterator[Span]:
    """Find the letters that are an initialism.

    >>> list(initialism_spans("the us gave us it jobs"))
    [(4, 6), (15, 17)]
    """
    words = parts_of(line)
    if words.isdisjoint(_watched()) and "(" not in line:
        return
    for match in _SHORT.finditer(line):
        word, known = match.group(), known_initialisms()
        if word in KINDS and _is_before_name(line, match.end()):
            continue  # as for ms. carrol
        if word in _senses():
            around = words_before(line, match.start()), words_behind(line, match.end()), words
            if any(all(map(Wanted.holds, row, around)) for row in _senses()[word]):
                yield match.span()
            continue
        if word in load_map("small_caps"):
            continue
        if _has_initials(line, match.start(), word):
            yield match.span()
            continue
        letters = word if word in known else word[:-1] if word[-1] == "s" else ""
        if letters not in known or is_in_code(line, *match.span()) or _is_told_before(line, match.start(), letters):
            continue
        if word not in load_map("units") or not _NUMBER_BEFORE.search(line, max(0, match.start() - 2), match.start()):
            yield match.start(), match.start() + len(letters)


def _is_before_name(line: str, end: int) -> bool:
    """Say whether a stop and a name follow, rather than the next sentence."""
    behind = _NAME_BEHIND.match(line, end)
    if behind is None:
        return False
    return not is_english_word(behind[1]) or behind[1].capitalize() in load_words("surnames")


def is_in_code(line: str, start: int, end: int) -> bool:
    """Say whether a word is part of an address or a path, as it is written or as it is said: gsa dot gov."""
    behind = _BEHIND_CODE.search(line, max(0, start - _LONGEST_SIGN), start)
    return behind is not None or _IN_CODE.match(line, end) is not None


def _has_initials(line: str, start: int, word: str) -> bool:
    """Say whether a bracket holds initials of the words before it in another order: institutional party (pri)."""
    if line[start - 1 : start] != "(" or line[start + len(word) : start + len(word) + 1] not in set("),;"):
        return False
    if len(word) < _FEWEST_INITIALS or is_english_word(word):
        return False
    told = Counter(each[0] for each in _WORD.findall(line, max(0, start - _LONGEST_NAME), start)[-_MOST_WORDS:])
    return Counter(word) <= told


_FEWEST_INITIALS = 3
_MOST_WORDS = 6


def _is_told_before(line: str, start: int, letters: str) -> bool:
    """Say whether a bracket holds the first letters of the words right before it, and so defines them."""
    if line[start - 1 : start] != "(":
        return False
    told = _WORD.findall(line, max(0, start - _LONGEST_NAME), start)
    of_letters = told[-len(letters) :]
    if not load_words("function_words").isdisjoint(of_letters):
        return False  # such a bracket defines nothing in small letters
    return "".join(word[0] for word in of_letters) == letters


_LONGEST_NAME = 120
"""Characters of what a bracket gives the letters of."""


@cache
def _watched() -> frozenset[str]:
    """Return the words of which a line has one if it has an initialism."""
    known = known_initialisms()
    return known | {f"{word}s" for word in known} | _senses().keys()


@cache
def known_initialisms() -> frozenset[str]:
    """Return the initialisms that are no words in small letters either; small capitals have a rule of their own."""
    known = {row[0] for table in ("casing", "small_caps", "abbreviations") for row in load_rows(table)}
    spelt = (word for word in load_words("spelt") if word.isupper() and 2 < len(word) < 7)
    unlike = {word.lower() for word in spelt if not is_pronounceable(word) and not is_english_word(word.lower())}
    said = {short.lower() for short, words in load_rows("acronyms") if short.lower() != words.lower()}
    respelt = {word for word in said if not is_english_word(word)}
    return (
        frozenset(unlike | respelt | load_use("lowered", "always"))
        - known
        - load_use("lowered", "never")
        - load_words("lone_units")
    )


@cache
def _senses() -> dict[str, list[tuple[Wanted, Wanted, Wanted]]]:
    """Return, for each word that may be an initialism, what shows it: before it, behind it, in its line."""
    senses: dict[str, list[tuple[Wanted, Wanted, Wanted]]] = {}
    for short, before, behind, near in load_rows("lowered"):
        senses.setdefault(short, []).append((wanted(before), wanted(behind), wanted(near)))
    return senses


@cache
def is_unlisted_initialism(word: str) -> bool:
    """Say whether letters without a vowel are no word, no unit and no short form."""
    known = known_shorts()
    return not (word in known or word.removesuffix("s") in known or is_english_word(word) or roman_value(word.upper()))


@cache
def known_shorts() -> frozenset[str]:
    """Return the short forms and units in small letters, which are no initialisms."""
    shorts = {row[0].lower() for table in load_use("lowered_figures", "tables") for row in load_rows(table)}
    return frozenset(shorts) | load_use("lowered_figures", "no-initialisms") | {"www"}
