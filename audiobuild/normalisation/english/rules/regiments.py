"""Battalions that bear two numbers: the 1/7th Gurkhas -> the first seventh Gurkhas (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.forms import ORDINAL
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule


def _say_battalion(match: re.Match[str], context: Context) -> str:
    """Read the number of the battalion, then that of its regiment."""
    return f"{words.ordinal(match['battalion'])} {words.ordinal(match['regiment'])}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "number.battalion",
        rf"(?P<battalion>[1-9])/(?P<regiment>\d{{1,3}}){ORDINAL}"
        rf"(?= (?:[A-Z][a-z]+ ){{0,2}}{one_of('regiments', 'units')}\b)",
        _say_battalion,
        (DIGIT,),
        behind="/",
        example="the 1/7th Gurkhas -> the first seventh Gurkhas",
    ),
)
