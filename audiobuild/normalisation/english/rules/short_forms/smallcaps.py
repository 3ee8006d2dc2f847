"""Small capitals that reached us in lower case: gdp -> G D P (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_table
from audiobuild.normalisation.english.lexis.word_patterns import words_pattern
from audiobuild.normalisation.rule import Rule, make_rule, text_after, text_before, word_before

_SMALL = load_table("small_caps")
_NEAR_CHARS = 60
_SUFFIXES = frozenset({"ons", "un", "us"})
"""What ends a word behind a hyphen as well."""
_JOINED = {
    "s&p": "S and P", "r&d": "R and D", "m&a": "M and A", "at&t": "A T and T", "b&b": "B and B", "p&l": "P and L",
    "q&a": "Q and A", "r&b": "R and B", "s&ls": "S and Ls", "b&bs": "B and Bs", "a&e": "A and E", "m&s": "M and S",
    "d&d": "D and D", "p&o": "P and O", "m&ms": "M and Ms", "h&m": "H and M", "g&t": "G and T", "p&g": "P and G",
    "k&r": "K and R", "e&y": "E and Y", "p&i": "P and I", "c&t": "C and T", "r&t": "R and T",
}  # fmt: skip


def _say_small(match: re.Match[str], context: Context) -> str | None:
    row = _SMALL[match["word"]]
    if row[1:2] == ("the",) and word_before(match).lower() != "the":
        return None
    if row[1:2] == ("()",):  # a news agency behind the place of its news
        return row[0] if text_before(match).endswith("(") and text_after(match).startswith(")") else None
    if row[1:2] not in ((), ("the",)) and not _is_near(match, row[1].split()):
        return None
    if match["word"] == "ons" and word_before(match).lower() == "add":
        return None
    if match["word"] in _SUFFIXES and match.string[match.start() - 1 : match.start()] == "-":
        return None  # add-ons
    if match["word"] == "us" and (
        not context.small_capitals or words_pattern(r"-| WORDS\b", "smallcaps", "after-us").match(text_after(match))
    ):
        return None
    if match.string[max(0, match.start() - 1) : match.start()] in set("./@#_\\"):
        return None
    if re.match(r"\.[a-z]|[@_]|/\w", match.string[match.end() : match.end() + 2]):
        return None
    return row[0]


def _is_near(match: re.Match[str], wanted: list[str]) -> bool:
    """Say whether one of the words stands in the same stretch of text: the short form is an English word as well."""
    around = match.string[max(0, match.start() - _NEAR_CHARS) : match.end() + _NEAR_CHARS].lower()
    return not set(wanted).isdisjoint(re.findall(r"[a-z]+", around))


def _say_joined(match: re.Match[str], context: Context) -> str | None:
    known = _JOINED.get(match.group().lower())
    if known is not None:
        return known
    first, second = match.group().split("&")
    if len(second) > 2 or re.fullmatch("[A-Z]s", second):
        return None
    return f"{words.letters(first)} and {words.letters(second)}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "initialism.small-ampersand",
        r"[A-Za-z]{1,4}&[A-Za-z]{1,4}(?!\w)",
        _say_joined,
        {key.split("&")[0] for key in _JOINED} | {key.split("&")[0].upper() for key in _JOINED} | {"S", "R", "M"},
        behind="&",
        example="S&P’s -> S and P’s",
    ),
    make_rule(
        "initialism.small-capitals", r"(?P<word>[a-z]{2,6})(?![\w])", _say_small, _SMALL, example="pro-eu -> pro-E U"
    ),
)
