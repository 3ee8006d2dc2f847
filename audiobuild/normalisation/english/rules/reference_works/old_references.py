"""How older books refer to chapters and leaves: Matt. v. 3-12, ff. 94r-209v (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_rows, load_use, load_words
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value
from audiobuild.normalisation.english.lexis.word_patterns import alternatives
from audiobuild.normalisation.rule import Rule, make_rule

_BOOKS = {short: full for short, full, when in load_rows("abbreviations") if when == "verse"}
_NAMED = frozenset(_BOOKS) | frozenset(_BOOKS.values()) | load_words("scripture")


def _say_chapter(match: re.Match[str], context: Context) -> str | None:
    """Read the chapter in small numerals and the verses behind a book of the Bible."""
    chapter = roman_value(match["chapter"].upper())
    if not chapter:
        return None
    book = _BOOKS.get(match["book"], match["book"])
    till = f" to {words.cardinal(match['last'])}" if match["last"] else ""
    return f"{book} {words.cardinal(str(chapter))}, {words.cardinal(match['verse'], context.locale)}{till}"


def _say_leaves(match: re.Match[str], context: Context) -> str | None:
    """Read the leaves of a manuscript by their sides."""
    sides = load_map("leaf_sides")
    first = f"{words.cardinal(match['first'], context.locale)} {sides[match['side']]}"
    label = "folios" if match["last"] else "folio"
    if not match["last"]:
        return f"{label} {first}"
    return f"{label} {first} to {words.cardinal(match['last'], context.locale)} {sides[match['other']]}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "scripture.roman-chapter",
        rf"(?P<book>{alternatives(_NAMED)})\.? (?P<chapter>[ivxl]{{1,7}})[.,:]? ?(?P<verse>\d{{1,3}})"
        r"(?:[-–](?P<last>\d{1,3}))?(?![\w%]|[.,]\d| [a-z]{3,}s\b)",
        _say_chapter,
        _NAMED,
        example="Matt. v. 3-12 -> Matthew five, three to twelve",
    ),
    make_rule(
        "reference.leaves",
        r"(?:[Ff]f?|[Ff]ols?)\.? ?(?P<first>\d{1,4})(?P<side>[rv])(?:[-–](?P<last>\d{1,4})(?P<other>[rv]))?(?!\w)",
        _say_leaves,
        load_use("old_references", "leaves"),
        example="ff. 94r-209v -> folios ninety-four recto to two hundred and nine verso",
    ),
)
