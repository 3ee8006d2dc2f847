"""Patterns of several parts in small letters, and which of their letters are capitals (layer 1, pure).

A line all in small letters comes in; places come out: "judge r. lee", "(d-n.y.)", "tue-sat", "henry viii".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from audiobuild.normalisation.english.lexis.lists import load_map, load_rows, load_table, load_use, load_words
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.english.rules.shortened import KINDS, Span, is_title
from audiobuild.normalisation.late_patterns import LatePattern

_DAYS, _MONTHS = (
    alternatives([short for short, kinds in KINDS.items() if set(kinds) & wanted])
    for wanted in ({"day", "doubtful-day"}, {"month", "doubtful-month"})
)
_BOOKS = alternatives([short.lower() for short, _, when in load_rows("abbreviations") if when == "verse"])
_NAME_BEFORE = LatePattern(r"(?<![\w.])[a-z]{4,9}$")

Match = re.Match[str]


def pattern_spans(line: str) -> Iterator[Span]:
    """Find the letters that are capitals in ordinary text.

    >>> list(pattern_spans("open tue-sat"))
    [(5, 6), (9, 10)]
    """
    held = set(line)
    for needs, pattern, find in _PATTERNS:
        if held.isdisjoint(needs):
            continue
        for match in pattern.finditer(line):
            yield from find(match)


def _of_groups(match: Match) -> Iterator[Span]:
    """Capitalise each group."""
    for group in range(1, len(match.groups()) + 1):
        if match[group]:
            yield match.start(group), match.start(group) + 1


def _of_whole_groups(match: Match) -> Iterator[Span]:
    for group in range(1, len(match.groups()) + 1):
        if match[group]:
            yield match.span(group)


def _of_initial(match: Match) -> Iterator[Span]:
    """Find "judge r. lee"."""
    if is_title(match[1]) or match[1].capitalize() in load_use("lowercase", "before-surnames"):
        yield match.start(2), match.start(2) + 1
        yield match.start(3), match.start(3) + 1


def _of_party(match: Match) -> Iterator[Span]:
    """Find "(d-n.y.)", "(r-ca)" and "(d-ohio)"."""
    yield match.span(1)
    whole = "." in match[2][:-1] or match[2].upper() in load_map("states")
    yield (match.start(2), match.end(2) if whole else match.start(2) + 1)


def _of_dotted(match: Match) -> Iterator[Span]:
    """Find "u.s." and "ph.d."."""
    letters = match.group().replace(".", "")
    if letters in {"am", "pm"} and not match.string.endswith("the ", 0, match.start()):
        return
    if letters == "phd":
        yield match.start(), match.start() + 1
        yield match.start() + 3, match.start() + 4
    elif letters not in load_table("dotted") and letters not in load_use("casing", "small-dotted"):
        yield match.span()


def _of_monarch(match: Match) -> Iterator[Span]:
    """Find "henry viii"."""
    start = max(0, match.start() - 12)
    name = _NAME_BEFORE.search(match.string[start : match.start()])
    if name and name.group().capitalize() in load_words("monarchs"):
        yield start + name.start(), start + name.start() + 1
        yield match.span(1)


def _of_zip(match: Match) -> Iterator[Span]:
    """Find "reno, nv 89501"."""
    if match[2].upper() in load_map("states"):
        yield match.start(1), match.start(1) + 1
        yield match.span(2)


_PATTERNS: tuple[tuple[str, LatePattern, Callable[[Match], Iterator[Span]]], ...] = (
    (".", LatePattern(r"(?<![\w.])([A-Za-z]{2,9})\.? ([a-z])\.(?: [a-z]\.)? ([a-z])[a-z]"), _of_initial),
    ("(", LatePattern(r"\(([driDRI])-((?:[a-z]\.){2}|[a-z]{2,9}\.?)\)"), _of_party),
    (".", LatePattern(r"(?<![\w.@/-])(?:ph\.d|(?:[a-z]\.){1,4}[a-z])\.?(?![\w.@/])"), _of_dotted),
    ("-–/", LatePattern(rf"(?<![\w.@/-])({_DAYS})\.?(?:[-–/]({_DAYS}))?\.?[-–/]({_DAYS})(?![\w@/-])"), _of_groups),
    ("-–", LatePattern(rf"(?<![\w.@/-])({_MONTHS})\.?[-–]({_MONTHS})(?![\w@/-])"), _of_groups),
    ("-", LatePattern(rf"(?<![\w.@/-])\d{{1,2}}-({_MONTHS})-(?:19|20)?\d\d(?![\w-])"), _of_groups),
    (":", LatePattern(rf"(?<![\w.@/-])({_BOOKS})\.? \d{{1,3}}:\d"), _of_groups),
    (
        "-",
        LatePattern(
            rf"(?<![\w.@/-])({one_of('lowercase', 'rank-heads')})-({one_of('lowercase', 'rank-tails')}) ([a-z])",
            re.IGNORECASE,
        ),
        _of_groups,
    ),
    (
        "0123456789",
        LatePattern(rf"\d ?{one_of('lowercase', 'distances')}\.? ([ns]{{0,2}}[ew]?) of ([a-z])"),
        _of_whole_groups,
    ),
    ("ivx", LatePattern(r" ([ivx]{2,5})(?![\w’'-])"), _of_monarch),
    ("0123456789", LatePattern(r"(?<![a-z])([a-z])[a-z]++, ([a-z]{2})(?= \d{5}(?!\d))"), _of_zip),
)
"""Characters of which the line must have one, what is found, and its capitals."""
