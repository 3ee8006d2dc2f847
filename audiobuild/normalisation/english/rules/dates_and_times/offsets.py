"""Hours from a zone, and from a start: UTC+05:30 -> U T C plus five thirty, T-10 s -> T minus ten s (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.rule import Rule, make_rule

_SIGNS = {"+": "plus", "±": "plus or minus"}


def _say_offset(match: re.Match[str], context: Context) -> str | None:
    """Read by how much a zone's clocks differ."""
    said = f"{words.letters(match['zone'])} {_SIGNS.get(match['sign'], 'minus')} {words.cardinal(match['hours'])}"
    if match["minutes"] and match["minutes"] != "00":
        said += f" {words.two_digit_year(match['minutes'])}"
    return said


def _say_countdown(match: re.Match[str], context: Context) -> str | None:
    """Read the sign before the time that is left to a start, or has gone by since."""
    return f"T {_SIGNS.get(match['sign'], 'minus')} "


RULES: tuple[Rule, ...] = (
    make_rule(
        "time.offset",
        rf"(?P<zone>{one_of('offsets', 'zones')})\s?(?P<sign>[-−–+±])\s?(?P<hours>\d{{1,2}})(?::(?P<minutes>[0-5]\d))?"
        r"(?![\w:]|[.-]\d)",
        _say_offset,
        load_use("offsets", "zones"),
        behind=" +-",
        example="UTC+05:30 -> U T C plus five thirty",
    ),
    make_rule(
        "time.countdown",
        rf"T\s?(?P<sign>[-−–+])\s?(?=\d{{1,3}}(?::\d\d|\s{one_of('offsets', 'counted-down')}\b))",
        _say_countdown,
        ("T",),
        behind=" +-",
        example="at T-10 seconds -> at T minus ten seconds",
    ),
)
