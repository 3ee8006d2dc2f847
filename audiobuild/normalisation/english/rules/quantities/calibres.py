"""What guns fire, in parts of an inch: a .38 revolver -> a thirty-eight revolver (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.english.rules.forms import spoken_number
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_after, word_before

_ARMS_BEHIND = LatePattern(rf"[ -](?:[a-z]+ )?{one_of('calibres', 'arms')}\b")
_ENDS = LatePattern(r"[,.;:)](?!\d)")


def _say_calibre(match: re.Match[str], context: Context) -> str | None:
    """Read the figures without the point before what is fired or fires, and where they stand for a gun: a .45."""
    held = word_before(match).lower() in load_use("calibres", "holders") and _ENDS.match(text_after(match)) is not None
    said = words.paired(match["bore"])
    if match["plural"]:
        return words.plural(said) if word_before(match).lower() in load_use("calibres", "counts") else None
    if not held and not match["unit"] and not _ARMS_BEHIND.match(text_after(match)):
        return None
    if not match["unit"]:
        return said
    return f"{said}{match['joint']}{'caliber' if is_american(context) else 'calibre'}"


def _say_cartridge(match: re.Match[str], context: Context) -> str:
    """Read a cartridge by its bore, its length and the letters of its rim."""
    metres = " millimeter" if is_american(context) else " millimetre"
    said = f"{spoken_number(match['bore'], context)} by {spoken_number(match['length'], context)}"
    return f"{said}{metres if match['unit'] else ''} {words.letters(match['rim'])}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "number.cartridge",
        r"(?P<bore>\d{1,2}(?:\.\d{1,2})?)\s?[×x]\s?(?P<length>\d{2,3})(?P<unit>\s?mm)?\s?(?P<rim>S?R|R?B)(?![\w.])",
        _say_cartridge,
        (DIGIT,),
        behind=".x× ",
        example="a 7.62x54R round -> a seven point six two by fifty-four R round",
    ),
    make_rule(
        "number.calibre",
        rf"\.(?P<bore>{one_of('calibres', 'bores')})"
        r"(?P<plural>s)?(?:(?P<joint>[- ])(?P<unit>cal)\b(?:\.(?=\s[a-z]|[,;:)]))?)?(?!\w|[.,]\d)",
        _say_calibre,
        (".",),
        example="a .38 revolver -> a thirty-eight revolver",
    ),
)
