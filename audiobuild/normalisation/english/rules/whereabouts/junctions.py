"""Junctions of British motorways: J10 of the M25 -> junction ten of the M twenty-five (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    CAPITALS,
    DIGIT,
    Rule,
    make_rule,
    opens_sentence,
    text_after,
    text_before,
    word_before,
)

_ROAD = LatePattern(r"\b(?:[MA]\d{1,3}(?:\(M\))?|motorway)(?!\w)")


_FREEWAY = LatePattern(rf"\d {one_of('junctions', 'freeways')}\b")
_FREEWAY_BEHIND = LatePattern(rf" {one_of('junctions', 'freeways')}\b")


def _say_junction(match: re.Match[str], context: Context) -> str | None:
    """Read the number behind J where a motorway is named near by."""
    if not (_ROAD.search(text_before(match)) or _ROAD.search(text_after(match))):
        return None
    said = [f"{words.cardinal(match['first'])}{_letter(match['letter'])}"]
    if match["second"]:
        said.append(words.cardinal(match["second"]))
    label = "junctions" if match["second"] else "junction"
    return f"{label.capitalize() if opens_sentence(match) else label} {' to '.join(said)}"


def _say_freeway(match: re.Match[str], context: Context) -> str | None:
    """Read the number of a freeway of three figures in pairs."""
    named = _FREEWAY_BEHIND.match(match.string, match.end())
    if named is None and word_before(match) == "the":
        named = _FREEWAY.search(text_before(match))
    return words.paired(match["number"]) if named else None


def _letter(letter: str) -> str:
    return f" {letter}" if letter else ""


RULES: tuple[Rule, ...] = (
    make_rule(
        "road.freeway",
        r"(?P<number>[1-9]\d[1-9]|[1-9][1-9]0)(?=[ .,;])(?![.,]\d| [a-z]+s\b)",
        _say_freeway,
        (DIGIT,),
        behind=" .,;",
        example="the 405 Freeway -> the four oh five Freeway",
    ),
    make_rule(
        "road.junction",
        r"J(?P<first>\d{1,2})(?P<letter>[A-C]?)(?:[-–]J?(?P<second>\d{1,2}))?(?!\w|[.-]\d)",
        _say_junction,
        (CAPITALS,),
        example="the M25 at J10 -> the M twenty-five at junction ten",
    ),
)
