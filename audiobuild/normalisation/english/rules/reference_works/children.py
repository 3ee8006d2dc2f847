"""How many sons and daughters somebody had, as works of reference shorten it: two s., one d. (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_before

_MARRIED = LatePattern(r"\bm(?:arried)?\b\.? [^.]{0,60}$")


def _say_children(match: re.Match[str], context: Context) -> str | None:
    """Read sons and daughters behind a marriage."""
    if not _MARRIED.search(text_before(match)):
        return None
    return f"{_counted(match['first'], match['kind'])}{match['joint']}{_counted(match['second'], match['other'])}"


def _counted(number: str, kind: str) -> str:
    child = "son" if kind == "s" else "daughter"
    return f"{words.cardinal(number)} {child if number == '1' else f'{child}s'}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "life.children",
        r"(?P<first>[1-9]) ?(?P<kind>[sd])\.?(?P<joint>,? (?:and )?)(?P<second>[1-9]) ?(?!(?P=kind))(?P<other>[sd])\b",
        _say_children,
        (DIGIT,),
        behind=" sd",
        example="m. 1902; 2 s. 1 d -> married nineteen oh two; two sons one daughter",
    ),
)
