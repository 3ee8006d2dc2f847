"""Signs that compare: x >= 5 -> x at least five, waited >4 weeks -> waited more than four weeks (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import Rule, make_rule, text_before

_UNKNOWN_BEFORE = LatePattern(r"(?<![^\W\d_])[^\W\d_]\s?$|[\d)\]=]\s?$")
"""Before the sign what is compared in a formula: x, 5, f(x)."""


def _say_typed(match: re.Match[str], context: Context) -> str | None:
    """Read a sign that is typed as two: <=."""
    return f"{'at most' if match['sign'] == '<' else 'at least'} "


def _say_counted(match: re.Match[str], context: Context) -> str | None:
    """Read a sign before a number of things, as it is said of them."""
    if _UNKNOWN_BEFORE.search(text_before(match)):
        return None
    return f"{'less' if match.group() == '<' else 'more'} than "


RULES: tuple[Rule, ...] = (
    make_rule(
        "symbol.comparison", r"(?P<sign>[<>])=\s?(?=[-−\d])", _say_typed, "<>", example="x >= 5 -> x at least five"
    ),
    make_rule(
        "symbol.more-than",
        r"[<>](?=[$£€]?\d[\d,.]{0,12}\s?(?:%|(?:(?:m|b|tr)illion\s)?"
        rf"(?:[a-z]{{2,20}}s|{one_of('comparisons', 'counted')})\b))",
        _say_counted,
        "<>",
        example="waited >4 weeks -> waited more than four weeks",
    ),
)
