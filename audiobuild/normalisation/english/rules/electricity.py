"""Currents: a 15 A fuse -> a fifteen amp fuse (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.noun_phrases import noun_follows
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.forms import NUMBER, spoken_number
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_after, text_before

_VOLTS_BEFORE = LatePattern(r"\d ?(?:[km]?V|Hz|k?W)(?:,| and| at)? $")
_VOLTS_BEHIND = LatePattern(r",? (?:and |at )?\d[\d.]* ?(?:[km]?V|Hz)\b")
_FUSE_BEHIND = LatePattern(rf" (?:[a-z]+ )?{one_of('doubtful_units', 'electric')}\b")


def _say_current(match: re.Match[str], context: Context) -> str | None:
    """Read A behind a number and a space: beside volts, or before what a current goes through."""
    after = text_after(match)
    if not (_VOLTS_BEFORE.search(text_before(match)) or _VOLTS_BEHIND.match(after) or _FUSE_BEHIND.match(after)):
        return None
    one = match["number"] == "1" or noun_follows(match)
    return f"{spoken_number(match['number'], context)} amp{'' if one else 's'}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "measure.current",
        rf"(?P<number>{NUMBER}) A(?![\w’'/&-])",
        _say_current,
        (DIGIT,),
        behind=" .,",
        example="a 15 A fuse -> a fifteen amp fuse",
    ),
)
