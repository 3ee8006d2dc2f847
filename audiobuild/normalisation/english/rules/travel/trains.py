"""Trains and buses that are known by when they leave: the 8.15 to Leeds (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.english.lexis.lists import load_use, load_words
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_after, text_before, word_after, words_after

_BOARDING = LatePattern(rf"\b{one_of('times', 'boarding')}\b", re.IGNORECASE)
_DELAYED = LatePattern(rf"\b{one_of('times', 'delayed')}\b")
_RUNS_FROM = LatePattern(
    rf" {one_of('times', 'runs')} (?!(?:[A-Z][\w’'-]+ ){{0,2}}{one_of('times', 'marking')}\b)[A-Z]"
)
"""Behind "the 8.04" a place shows that a train is meant."""


def is_departure(match: re.Match[str]) -> bool:
    """Say whether "the" and a time with a point are a train, or a race at its course."""
    after = word_after(match).lower()
    if after in load_use("times", "vehicles") or _RUNS_FROM.match(text_after(match)):
        return True
    if after == "at" and words_after(match, 2)[-1].strip(".,;:?!’'") in load_words("racecourses"):
        return True
    boarded = _BOARDING.search(text_before(match)) is not None
    if after in load_use("times", "behind-trains") and (boarded or _DELAYED.search(text_after(match))):
        return True
    if after in load_use("times", "running") and _BOARDING.search(text_after(match)):
        return True
    return not after and boarded
