"""What batters average at baseball, in thousandths: batting .310 -> batting three ten (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.forms import spoken_number
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import Rule, make_rule, text_after, word_before

_BATTER_BEHIND = LatePattern(rf" {one_of('batting', 'behind-averages')}\b")


def _say_averages(match: re.Match[str], context: Context) -> str | None:
    """Read a batter's three averages one after the other: .287/.361/.498."""
    return ", ".join(spoken_number(part, context) for part in match.group().split("/"))


def _say_average(match: re.Match[str], context: Context) -> str | None:
    """Read a batter's average beside a word of the game: a .312 hitter, batting .310."""
    if not _BATTER_BEHIND.match(text_after(match)) and word_before(match) not in load_use("batting", "before-averages"):
        return None
    return words.paired(match["average"])


RULES: tuple[Rule, ...] = (
    make_rule(
        "score.averages",
        r"\.\d{3}(?:/\.\d{3}){1,2}(?![\w/])",
        _say_averages,
        (".",),
        example=".287/.361/.498 -> point two eight seven, point three six one, point four nine eight",
    ),
    make_rule(
        "score.average",
        r"\.(?P<average>[1-9]\d\d)(?![\w/%-])",
        _say_average,
        (".",),
        example="a .312 hitter -> a three twelve hitter",
    ),
)
