"""Runways by their headings: runway 09L/27R -> runway zero nine left, two seven right (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.rule import Rule, make_rule

_HEADING = r"(?:0?[1-9]|[12]\d|3[0-6])[LRC]?(?:/(?:0?[1-9]|[12]\d|3[0-6])[LRC]?)?(?![\w%°/]|[.,:]\d)"


def _say_runways(match: re.Match[str], context: Context) -> str:
    """Read the headings digit by digit, as pilots do, from both ends of each runway."""
    return match["runway"] + re.sub(r"\d[\dLRC/]*", _said_ends, match["headings"])


def _said_ends(match: re.Match[str]) -> str:
    return ", ".join(_said_heading(each) for each in match.group().split("/"))


def _said_heading(heading: str) -> str:
    digits = heading.rstrip("LRC")
    side = load_map("runway_sides").get(heading[len(digits) :], "")
    return f"{words.digit_by_digit(digits)} {side}".rstrip()


RULES: tuple[Rule, ...] = (
    make_rule(
        "code.runway",
        rf"(?P<runway>{one_of('runways', 'words')}(?: |(?:, | \()(?=\d\d?[LRC]?/))(?:{one_of('runways', 'verbs')} )?)"
        rf"(?P<headings>{_HEADING}(?:,? (?:{one_of('runways', 'joints')} )?{_HEADING}){{0,4}})",
        _say_runways,
        load_use("runways", "words"),
        example="runway 09L/27R -> runway zero nine left, two seven right",
    ),
)
