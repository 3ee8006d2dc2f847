"""Numbers in the plural: 404s -> four oh fours, the 18-24s -> the eighteen to twenty-fours (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.forms import AND_OR_TO
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_after, text_before, word_before


def _say_plural(match: re.Match[str], context: Context) -> str | None:
    """Read figures in the plural, unless they name a telephone: an iPhone 5s."""
    digits, before = match["digits"], word_before(match)
    if before in load_use("plurals", "named-with-s"):
        return None
    if match["apostrophe"] and not text_after(match).startswith(" of "):
        return None
    if text_after(match).startswith((" of ", " or ", " and ")) and digits.strip("0") == "1":
        return words.plural(words.cardinal(digits).removeprefix("one "))
    return words.plural(words.paired(digits))


_MANY = {"1": "", "10": "tens of ", "100": "hundreds of "}


def _say_many_thousands(match: re.Match[str], context: Context) -> str | None:
    """Read 1000s as what is counted in thousands; elsewhere it is a decade, unless it has a comma."""
    if "," not in match.group() and not text_after(match).startswith(" of "):
        return None
    return f"{_MANY[match['many']]}thousands"


def _say_span(match: re.Match[str], context: Context) -> str | None:
    """Read those between two ages: the 18-24s."""
    first, second = match["first"], match["second"]
    if word_before(match).lower() in load_use("measures", "sure-seconds"):
        return None
    if int(first) >= int(second) or re.search(r"[A-Z]\w*-?$", text_before(match)):
        return None
    return f"{words.cardinal(first)} to {words.plural(words.cardinal(second))}"


def _say_joined(match: re.Match[str], context: Context) -> str | None:
    """Read two tenors of bonds, whose yields lie so far apart: the 2s-10s spread."""
    return " ".join(words.plural(words.cardinal(match[group])) for group in ("first", "second"))


def _say_counted(match: re.Match[str], context: Context) -> str | None:
    """Read figures in the plural as they go in groups: "in 2s and 3s"."""
    first, second = (words.plural(words.cardinal(match[group])) for group in ("first", "second"))
    return f"{first} {match['joint']} {second}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "number.plural-thousands",
        r"(?P<many>100?|1),?000['’]?s(?!\w)",
        _say_many_thousands,
        (DIGIT,),
        behind="',s",
        example="1000s of dogs -> thousands of dogs",
    ),
    make_rule(
        "number.plural-span",
        r"(?P<first>[1-9]\d)(?:-|–|-to-)(?P<second>[1-9]\d)s(?!\w)",
        _say_span,
        (DIGIT,),
        behind="-",
        example="the 18-24s -> the eighteen to twenty-fours",
    ),
    make_rule(
        "number.joined-plurals",
        rf"(?P<first>\d{{1,2}})s[-–/]?(?P<second>\d{{1,2}})s(?= {one_of('plurals', 'spreads')}\b)",
        _say_joined,
        (DIGIT,),
        behind="s",
        example="the 2s-10s spread -> the twos tens spread",
    ),
    make_rule(
        "number.counted-plural",
        rf"(?P<first>\d{{1,2}})s (?P<joint>{AND_OR_TO}) (?P<second>\d{{1,2}})s(?!\w)",
        _say_counted,
        (DIGIT,),
        behind="s",
        example="1s and 2s -> ones and twos",
    ),
    make_rule(
        "number.plural",
        r"(?P<digits>\d{1,3})(?P<apostrophe>['’]?)s(?![\w-])",
        _say_plural,
        (DIGIT,),
        behind="'s",
        example="7s -> sevens",
    ),
)
