"""Numbers to the base of sixteen: 0x8007 -> zero X eight zero zero seven (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule


def _say_hexadecimal(match: re.Match[str], context: Context) -> str:
    """Read every figure and letter."""
    figures = (words.cardinal(sign) if sign.isdigit() else sign.upper() for sign in match["figures"])
    return " ".join(("zero X", *figures))


RULES: tuple[Rule, ...] = (
    make_rule(
        "code.hexadecimal",
        r"0x(?P<figures>[0-9A-Fa-f]{1,16})(?!\w)",
        _say_hexadecimal,
        (DIGIT,),
        behind="x",
        example="error 0x8007 -> error zero X eight zero zero seven",
    ),
)
