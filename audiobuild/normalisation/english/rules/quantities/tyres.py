"""Sizes of tyres: P225/60R16 -> P two twenty-five sixty R sixteen (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule


def _say_tyre(match: re.Match[str], context: Context) -> str:
    """Read the width and the ratio as pairs, the letters one by one, and the rim as a number."""
    use = f"{words.letters(match['use'])} " if match["use"] else ""
    sizes = f"{words.paired(match['width'])} {words.cardinal(match['ratio'])}"
    return f"{use}{sizes} {words.letters(match['build'])} {words.cardinal(match['rim'])}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "code.tyre",
        r"(?P<use>[LS]?[PT])?(?P<width>[1-3]\d5)/(?P<ratio>[2-9][05])\s?(?P<build>Z?R)\s?(?P<rim>1\d|2[0-4])(?!\w)",
        _say_tyre,
        load_use("tyres", "uses") | {DIGIT},
        behind="0-9/",
        example="225/45R17 tyres -> two twenty-five forty-five R seventeen tyres",
    ),
)
