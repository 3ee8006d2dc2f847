"""Books of the Bible that are numbered: 1 Cor. 13:4 -> First Corinthians thirteen four (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule


def _say_numbered(match: re.Match[str], context: Context) -> str | None:
    """Read the number before a book as Americans do; Britons say "one Corinthians"."""
    return words.ordinal(match.group()).capitalize() if is_american(context) else None


RULES: tuple[Rule, ...] = (
    make_rule(
        "scripture.numbered",
        rf"[123](?= {one_of('scripture', 'numbered')}\.? \d{{1,3}}(?!\w))",
        _say_numbered,
        (DIGIT,),
        behind=" ",
        locale="en-US",
        example="2 Kings 2:11 -> Second Kings two eleven",
    ),
)
