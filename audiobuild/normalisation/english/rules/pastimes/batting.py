"""Averages in thousandths, of batters and of teams: she hit .312 -> three twelve (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.forms import spoken_number
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import Rule, make_rule, text_after, text_before

_BEHIND = LatePattern(rf" {one_of('batting', 'averaged')}\b")
_HITTING = one_of("batting", "hitting")
_BEFORE = LatePattern(
    rf"\b{_HITTING} (?:{one_of('batting', 'nearly')} )?$"
    rf"|\.\d{{3}} (?:{one_of('batting', 'averaged')} )?{one_of('forms', 'joints')} (?:{_HITTING} )?$"
)
_EVEN = LatePattern(rf"\b{one_of('batting', 'about-even')} $")
"""Before .500, which is as many won as lost."""


def _say_averages(match: re.Match[str], context: Context) -> str | None:
    """Read a batter's three averages one after the other: .287/.361/.498."""
    return ", ".join(spoken_number(part, context) for part in match.group().split("/"))


def _say_average(match: re.Match[str], context: Context) -> str | None:
    """Read an average behind what a batter does, or before what it is an average of."""
    average, before = match["average"], text_before(match)
    is_even = average == "500" and _EVEN.search(before) is not None
    if not is_even and not _BEHIND.match(text_after(match)) and not _BEFORE.search(before):
        return None
    return f"oh {words.two_digit_year(average[1:])}" if average[0] == "0" else words.paired(average)


def _say_home_runs(match: re.Match[str], context: Context) -> str | None:
    """Read home runs behind how many there were: 30 HR last year, but 30 HR managers."""
    if re.search(r"=\s?\d+ $", text_before(match)):
        return None  # hours
    return "home run" if re.search(r"(?<![\d,.])1 $", text_before(match)) else "home runs"


def _say_won_lost(match: re.Match[str], context: Context) -> str:
    """Read what stands over the games that a team won, lost and tied."""
    return "win-loss-tie" if match["tied"] else "win-loss"


RULES: tuple[Rule, ...] = (
    make_rule(
        "score.won-lost",
        r"W[-–/]L(?P<tied>[-–/][TD])?(?![\w/-])",
        _say_won_lost,
        ("W",),
        behind="/-",
        example="a W-L of 9-3 -> a win-loss of nine three",
    ),
    make_rule(
        "score.home-runs",
        rf"(?<=\d )HRs?(?=[.,;:)]|$| {one_of('batting', 'behind-home-runs')}\b)",
        _say_home_runs,
        ("HR", "HRs"),
        example="hit 30 HR in -> hit thirty home runs in",
    ),
    make_rule(
        "score.averages",
        r"\.\d{3}(?:/\.\d{3}){1,2}(?![\w/])",
        _say_averages,
        (".",),
        example=".287/.361/.498 -> point two eight seven, point three six one, point four nine eight",
    ),
    make_rule(
        "score.average",
        r"\.(?P<average>\d{3})(?![\w/%-]|[,.]\d)",
        _say_average,
        (".",),
        example="she hit .312 in -> she hit three twelve in",
    ),
)
