"""Junctions of British motorways: J10 of the M25 -> junction ten of the M twenty-five (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import CAPITALS, Rule, make_rule, opens_sentence, text_after, text_before

_ROAD = LatePattern(r"\b(?:[MA]\d{1,3}(?:\(M\))?|motorway)(?!\w)")


def _say_junction(match: re.Match[str], context: Context) -> str | None:
    """Read the number behind J where a motorway is named near by."""
    if not (_ROAD.search(text_before(match)) or _ROAD.search(text_after(match))):
        return None
    said = [f"{words.cardinal(match['first'])}{_letter(match['letter'])}"]
    if match["second"]:
        said.append(words.cardinal(match["second"]))
    label = "junctions" if match["second"] else "junction"
    return f"{label.capitalize() if opens_sentence(match) else label} {' to '.join(said)}"


def _letter(letter: str) -> str:
    return f" {letter}" if letter else ""


RULES: tuple[Rule, ...] = (
    make_rule(
        "road.junction",
        r"J(?P<first>\d{1,2})(?P<letter>[A-C]?)(?:[-–]J?(?P<second>\d{1,2}))?(?!\w|[.-]\d)",
        _say_junction,
        (CAPITALS,),
        example="the M25 at J10 -> the M twenty-five at junction ten",
    ),
)
