"""Old acts by the year of a reign and the chapter: 25 Hen. VIII, c. 19 (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value
from audiobuild.normalisation.english.lexis.word_patterns import alternatives
from audiobuild.normalisation.rule import Rule, make_rule

_REIGNS = load_map("regnal_names")


def _say_chapter(match: re.Match[str], context: Context) -> str | None:
    """Read the shortened name of the monarch, the number, and the chapter of what was passed."""
    number = match["number"]
    value = number if not number or number.isdigit() else str(roman_value(number))
    said = _REIGNS[match["name"]] + (f" the {words.ordinal(value).capitalize()}" if value else "")
    return f"{said}, chapter {words.cardinal(match['chapter'], context.locale)}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "statute.chapter",
        rf"(?P<name>{alternatives(_REIGNS)})(?:\.|(?=\s[IVX1-8]))(?:\s(?P<number>[IVX]{{1,5}}|[1-8]))?"
        r",?\sc(?:c|h|ap)?\.\s?(?P<chapter>\d{1,3})(?!\w)",
        _say_chapter,
        _REIGNS,
        example="25 Hen. VIII, c. 19 -> twenty-five Henry the Eighth, chapter nineteen",
    ),
)
