"""Whether I behind a noun is the pronoun or the noun's number: the part I like, Part I was long (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.english.lexis.lists import load_use, load_words
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.forms import AND_OR
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_after, text_before, words_before

OPENERS = '(“‘"'
"""What may cling to the beginning of a word."""
_NEXT_NUMBER_CHARS = 200
_POINTING = load_use("roman", "pointing")
"""Before a noun these show that no number follows it: in that book I analysed."""
_FIRST_PERSON = load_use("roman", "first-person")


def is_pronoun(match: re.Match[str]) -> bool:
    """Say whether I opens a clause: a verb or an adverb follows it."""
    following = re.match(r"\s([a-z’']+)", text_after(match))
    if following is None or text_before(match).endswith(("World War ", "world war ", "Part ")):
        return False
    nearest = words_before(match, 2)
    if nearest[0] in load_use("roman", "marks"):
        return False
    if _is_numbered_again(match, nearest[0]) or (len(nearest) == 1 and following[1] in load_use("roman", "third")):
        return False
    if len(nearest) > 1 and nearest[1].strip(OPENERS) in load_use("roman", "before-nouns"):
        return False
    told = nearest[0].islower() and len(nearest) > 1 and nearest[1].lower().lstrip(OPENERS) in _POINTING
    return following[1] in _FIRST_PERSON or (told and following[1] not in load_words("function_words"))


def _is_numbered_again(match: re.Match[str], noun: str) -> bool:
    """Say whether the same noun has another number in the text: "Part I was long, Part II was not"."""
    rest = match.string[match.end() : match.end() + _NEXT_NUMBER_CHARS]
    return (
        "I" in rest
        and re.search(rf"\b{re.escape(noun.strip(OPENERS))}s? {one_of('roman', 'next-numbers')}\b", rest) is not None
    )


_TWO_BEHIND = LatePattern(rf"(?: (?:{AND_OR}|&)|,(?=\s?II(?:,| {AND_OR})))\s?II(?![\w’'])")


_LONGEST_JOINT_CHARS = 7
"""Of " and II"; the pronoun is so common that no pattern is tried for it."""


def heads_list(match: re.Match[str]) -> bool:
    """Say whether two follows one: "I, II or III"."""
    behind = match.string[match.end() : match.end() + _LONGEST_JOINT_CHARS]
    return "II" in behind and _TWO_BEHIND.match(match.string, match.end()) is not None
