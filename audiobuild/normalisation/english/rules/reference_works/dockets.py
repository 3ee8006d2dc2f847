"""Numbers of cases before American courts: 21-cv-01234 -> twenty-one C V zero one two three four (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule


def _say_docket(match: re.Match[str], context: Context) -> str:
    """Read the year as a number, the kind as letters and the case digit by digit."""
    court = f"{words.cardinal(match['court'])}, " if match["court"] else ""
    number = words.digit_by_digit(match["number"])
    return f"{court}{words.two_digit_year(match['year'])} {words.letters(match['kind'].upper())} {number}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "code.docket",
        rf"(?:(?P<court>\d):)?(?P<year>\d\d)-(?P<kind>{one_of('dockets', 'kinds')})-(?P<number>\d{{3,6}})(?!\w)",
        _say_docket,
        (DIGIT,),
        behind=":-",
        flags=re.IGNORECASE,
        example="No. 21-cv-01234 -> Number twenty-one C V zero one two three four",
    ),
)
