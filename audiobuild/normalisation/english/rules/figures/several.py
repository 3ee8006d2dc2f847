"""How many there are of one size: 2 x 400g tins -> two four hundred gram tins (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule

_SEVERAL = rf"""
    (?P<count>\d{{1,2}})\s?[x×](?=\s?(?:\d{{1,4}}(?:\.\d{{1,3}})?|\d{{1,2}},\d{{3}})(?:
        \s?{one_of("several", "pack-units")}\s{one_of("measures", "tins")}  # what is packed
        | [\s-]?{one_of("several", "spells")}  # how long each lasts
        | \s?{one_of("several", "sizes")}(?:/\d{{1,2}}in)?\s(?:[a-z]+\s)?{one_of("measures", "tins")}  # how wide
        | [\s-]?{one_of("several", "bores")}\.?\s(?:\([^()]{{2,24}}\)\s)?(?:[A-Za-z/-]+\s)?
            {one_of("several", "armed")}  # what is fired
        | (?<=0)s  # what is scored: 6×100s
        | [\s-]?{one_of("several", "powers")}  # how strong each is
    )\b)
"""


def _say_several(match: re.Match[str], context: Context) -> str:
    """Read how many of a size there are as their number alone."""
    return words.cardinal(match["count"])


RULES: tuple[Rule, ...] = (
    make_rule(
        "maths.several",
        _SEVERAL,
        _say_several,
        (DIGIT,),
        flags=re.VERBOSE,
        behind=" x",
        example="2 x 400g tins -> two four hundred gram tins",
    ),
)
