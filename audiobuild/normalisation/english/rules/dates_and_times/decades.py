"""Decades, alone and in spans: 1970s -> nineteen seventies (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use
from audiobuild.normalisation.english.lexis.word_patterns import words_pattern
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_after, text_before, word_after, word_before


def _say_decade(match: re.Match[str], context: Context) -> str | None:
    digits = match["digits"]
    if match["plural"] == "S" and not _is_in_capitals(match):
        return None
    if match["apostrophe"] and not (digits.endswith("0") and _is_decade(match)):
        return words.year(digits, context.locale) + match["apostrophe"] + "s" if len(digits) == 4 else None
    if digits in {"100", "1000"} and text_before(match).endswith("by the "):
        return "hundreds" if digits == "100" else "thousands"
    if len(digits) == 3 and digits[::2] != "77":
        return _said_old_decade(match, context)
    if digits in {"707", "717", "727", "737", "747", "757", "767", "777", "787"}:
        return words.plural(words.airliner(digits, context.locale))
    if words_pattern(r" (?:a|per) WORDS\b", "decades", "rates").match(text_after(match)) and not match["mark"]:
        return None
    if match["mark"] and len(digits) == 2:
        return _short_decade(digits)
    if word_before(match).lower() in load_use("measures", "sure-seconds"):
        return None
    if len(digits) == 2:
        return _short_decade(digits)
    return words.plural(words.year(digits, context.locale))


def _is_in_capitals(match: re.Match[str]) -> bool:
    """Say whether the words before stand in capitals: IN THE 1980S."""
    before = re.search(r"[A-Z]{2,}[ -]$", text_before(match))
    return before is not None and match["digits"].endswith("0")


def _is_decade(match: re.Match[str]) -> bool:
    """Say whether figures with an apostrophe are a decade: the 40's, and the 50's behind them."""
    if words_pattern(r"\d0['’]?s,? WORDS $", "forms", "joints").search(text_before(match)):
        return True
    return word_before(match).lower() in load_use("decades", "before-decades")


def _said_old_decade(match: re.Match[str], context: Context) -> str | None:
    """Read three digits as a decade where "the" or an era stands beside them: "the 270s AD"."""
    before = word_before(match).lower()
    if before not in load_use("decades", "before-old") and word_after(match) not in load_use("decades", "eras"):
        return None
    return words.plural(words.year(match["digits"], context.locale))


def _say_joined_decade(match: re.Match[str], context: Context) -> str | None:
    """Keep the hyphen of mid-'80s."""
    return f"-{_short_decade(match['digits'])}"


def _short_decade(digits: str) -> str:
    return "noughties" if digits == "00" else words.plural(words.two_digit_year(digits))


def _say_decades(match: re.Match[str], context: Context) -> str | None:
    first = (
        words.plural(words.year(match["first"], context.locale))
        if len(match["first"]) == 4
        else _short_decade(match["first"])
    )
    second = match["second"]
    said = words.plural(words.year(second, context.locale)) if len(second) == 4 else _short_decade(second)
    return f"{first} {match['joint'].strip(' -–') or 'to'} {said}"


def _say_year_to_decade(match: re.Match[str], context: Context) -> str | None:
    """Read a year and the decade in which something ended: 1890–1920s."""
    first, second = match["first"], match["second"]
    if len(second) == 2:
        second = first[:2] + second
    if int(first) >= int(second):
        return None
    return f"{words.year(first, context.locale)} to {words.plural(words.year(second, context.locale))}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "decade.from-year",
        r"(?P<first>1[1-9]\d\d|20\d\d)\s?[-–]\s?(?P<second>(?:1[1-9]|20)\d0|\d0)s(?!\w)",
        _say_year_to_decade,
        (DIGIT,),
        behind=" -",
        example="1890–1920s -> eighteen ninety to nineteen twenties",
    ),
    make_rule(
        "decade.span",
        r"(?P<first>\d\d(?:\d0)?)s(?P<joint>-|–|\sto\s|\sand\s|\sor\s)['’‘]?(?P<second>\d\d(?:\d0)?)s(?!\w)",
        _say_decades,
        (DIGIT,),
        behind="s",
        example="1980s-90s -> nineteen eighties to nineties",
    ),
    make_rule(
        "decade.figures",
        r"(?P<mark>['’‘]?)(?P<digits>\d\d(?:\d\d)?|7[0-8]7|[1-9]\d0)(?P<apostrophe>['’]?)(?P<plural>[sS])"
        r"(?!\w|\.? ?\d{1,2}d\b)",
        _say_decade,
        (DIGIT, "'", "’", "‘"),
        behind="'Ss",
        example="1930s' -> nineteen thirties'",
    ),
    make_rule(
        "decade.joined",
        r"(?<=[a-z])-['’‘](?P<digits>\d0)s(?!\w)",
        _say_joined_decade,
        ("-",),
        example="mid-'80s -> mid-eighties",
    ),
)
