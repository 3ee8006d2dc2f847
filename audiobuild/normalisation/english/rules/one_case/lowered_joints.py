"""What hyphens, strokes and stops join to letters or numbers in a line all in small letters (layer 1, pure).

A line all in small letters comes in; places come out: "pc/xt", "pdd-nos", "u-552", "s-ivb".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from audiobuild.normalisation.english.lexis.lists import load_map, load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.vocabulary import is_english_word
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.one_case.lowered import (
    is_in_code,
    is_unlisted_initialism,
    known_initialisms,
    known_shorts,
)
from audiobuild.normalisation.english.rules.one_case.shortened_parts import FIGURES, Finders, Span, whole_groups
from audiobuild.normalisation.english.rules.short_forms.capitals import is_pronounceable
from audiobuild.normalisation.late_patterns import LatePattern

Match = re.Match[str]

_VOWELS = frozenset("aeiouy")
_FEWEST = 3
"""Letters of an initialism that is one whatever stands beside it."""
_PART = LatePattern(r"[a-z]+")


def joint_spans(line: str) -> Iterator[Span]:
    """Find the letters that are capitals in ordinary text.

    >>> list(joint_spans("the u-552 and the s-ivb"))
    [(4, 5), (18, 23)]
    """
    return _FINDERS.spans(line)


def _of_joined(match: Match) -> Iterator[Span]:
    """Find letters that a hyphen joins to their number: u-552, dd-245; but mid-80s, co-2, u-16s."""
    if match[1] == "u" and re.match(r"-\d\d?s", match.string[match.end() : match.end() + 4]):
        return
    is_word = len(match[1]) == 2 and is_english_word(match[1])
    if match[1] in load_use("lowered_figures", "joined-too") or not (is_word or match[1] in known_shorts()):
        yield match.span(1)


def _of_chain(match: Match) -> Iterator[Span]:
    """Find the initialisms among what strokes and hyphens join, and short letters beside one: pc/xt, pl/i, pdd-nos."""
    parts, stroke = list(_PART.finditer(match.group())), "/" in match.group()
    if is_in_code(match.string, *match.span()) or all(part.group() in load_table("units") for part in parts):
        return
    sure = [_is_sure(part.group(), stroke=stroke) for part in parts]
    for place, part in enumerate(parts):
        word, beside = part.group(), any(sure[max(0, place - 1) : place + 2])
        is_short = stroke and _VOWELS.isdisjoint(word) and len(word) < _FEWEST
        if sure[place] or (beside and (is_short or word in known_initialisms())):
            yield match.start() + part.start(), match.start() + part.end()
        elif stroke and "-" not in match.group() and any(_is_listed_name(each.group()) for each in parts):
            yield match.start() + part.start(), match.start() + part.start() + 1


@cache
def _is_listed_name(word: str) -> bool:
    """Say whether a part of something joined is a name, so that they are no choice: asia/pacific."""
    name = word.capitalize()
    if name in load_map("weekdays").values() or name in load_map("months").values():
        return False
    return name in load_words("names") or name in load_map("states").values()


@cache
def _is_sure(word: str, *, stroke: bool) -> bool:
    """Say whether a part of something joined is an initialism whatever stands beside it."""
    if stroke and len(load_table("small_caps").get(word, "")) == 1:  # nothing must stand about it
        return True
    if stroke and word in known_initialisms():
        return True
    if len(word) < _FEWEST or not (word in known_initialisms() or _VOWELS.isdisjoint(word)):
        return False
    return is_unlisted_initialism(word) and not is_pronounceable(word.upper())


_NUMBERED = LatePattern(
    r"""
    (?<![\w.@/\#’'-])([b-df-hj-np-tv-xz]{2,4}|[a-z]{1,2})
    (?=-\d{1,4}[a-z]?\d?(?!\w|-[a-z])|(?<=\bk)–1[02]\b)  # u-552, t-72b3; the years of a school: k–12
    """,
    re.VERBOSE,
)
_FINDERS = Finders(
    (
        (
            ("-–", FIGURES),
            _NUMBERED,
            _of_joined,
        ),
        (
            ("-",),
            LatePattern(r"(?<![\w.@/#’'-])([b-df-hj-np-tv-xz]{1,4}-(?:[iv]{2,4}[abc]?|i[bc]))(?![\w-])"),
            whole_groups,
        ),
        (("-/–",), LatePattern(r"(?<![\w.@/#&’'-])(?:[a-z]+[-/–])+[a-z]+(?![\w@&/]|[.-]\w)"), _of_chain),
        (("-/",), LatePattern(rf"(?<![\w./])({one_of('lowered_figures', 'stroked')})(?![\w/]|-\d)"), whole_groups),
        (("/", FIGURES), LatePattern(r"(?<![\w./])(an/[a-z]{3})(?=-\d)"), whole_groups),
        (
            (".", FIGURES, load_use("lowered_figures", "makers")),
            LatePattern(rf"(?<![\w.@/-])({one_of('lowered_figures', 'makers')})\.(?=\d{{1,3}}(?![\d,.]\d|%))"),
            whole_groups,
        ),
    )
)
