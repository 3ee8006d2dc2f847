"""Numbers of army corps: V Corps, XVIII Airborne Corps (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import opens_sentence, text_after, word_before

_UNIT_BEHIND = LatePattern(r" (?:[A-Z][a-z]+ )?[Cc]orps\b")
_FORCE = LatePattern(rf"[A-Z]{{2,4}}|{one_of('roman', 'forces')}")
"""Whose corps it is: US V Corps, Canadian II Corps."""
_LONGEST_CORPS = 24
"""Characters behind the numeral to the end of the word: it is looked for before all else, since "I" is so common."""


def is_corps(match: re.Match[str]) -> bool:
    """Say whether an army corps is numbered: V Corps, XVIII Airborne Corps."""
    if match.string.find("orps", match.end(), match.end() + _LONGEST_CORPS) < 0:
        return False
    before = word_before(match)
    is_owned = before.endswith(("’s", "'s", "s’", "s'"))  # Lannes’ V Corps
    return bool(_UNIT_BEHIND.match(text_after(match))) and (
        is_owned
        or before.endswith((",", "ed", "ing"))
        or not before[:1].isupper()
        or _FORCE.fullmatch(before) is not None
    )


def said_corps(match: re.Match[str], number: int, context: Context) -> str:
    """Say the number of an army corps: fifth Corps, but to Britons thirty Corps, for that is what theirs was called."""
    value = str(number)
    is_british = not is_american(context) and len(value) > 1 and text_after(match).lower().startswith(" corps")
    said = (words.cardinal if is_british else words.ordinal)(value)
    return said.capitalize() if opens_sentence(match) else said
