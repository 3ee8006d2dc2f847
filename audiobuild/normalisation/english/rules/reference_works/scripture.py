"""Books of the Bible, their numbers and verses: 1 Cor. 13:4 -> First Corinthians thirteen four (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_rows, load_use, load_words
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_before, word_before, words_before

_BOOKS = frozenset(short for short, _, when in load_rows("abbreviations") if when == "verse")


def _say_numbered(match: re.Match[str], context: Context) -> str | None:
    """Read the number before a book as Americans do; Britons say "one Corinthians"."""
    return words.ordinal(match.group()).capitalize() if is_american(context) else None


_NUMBERED_BOOK = re.compile(r"(?<!\w)[123] [A-Z][a-z]+ $")
"""A letter of the Bible with its number: 1 Cor 13."""


_VERSES_BEFORE = LatePattern(r"\b(?P<book>[A-Z][a-z]+\.?) (?:\d{1,3}:\d{1,3}(?:[-–]\d{1,3})?[,;] )+$")
"""A book with other verses of it: Acts 2:1-4, 6:7."""


def _say_verse(match: re.Match[str], context: Context) -> str | None:
    listed = _VERSES_BEFORE.search(text_before(match))
    before = listed["book"] if listed else word_before(match) or (words_before(match, 2) or [""])[-1]
    is_marked = (
        before[-1:] == "." or _NUMBERED_BOOK.search(text_before(match)) or before in load_use("scripture", "bare")
    )
    is_marked = is_marked or "–" in match.group()
    if before not in load_words("scripture") and not (is_marked and before.rstrip(".") in _BOOKS):
        return None
    chapter = words.cardinal(match["chapter"], context.locale)
    parted = "," if int(match["chapter"]) % 10 == 0 and len(match["verse"]) == 1 else ""  # twenty, one is no twenty-one
    said = f"{chapter}{parted} {words.cardinal(match['verse'])}"
    if match["last"]:
        said += " to " + " ".join(words.cardinal(part) for part in match["last"].split(":"))
    return said + (" and following" if match["on"] else "")


def _say_following(match: re.Match[str], context: Context) -> str | None:
    """Read f and ff behind a verse."""
    return f"{words.cardinal(match['chapter'], context.locale)} {words.cardinal(match['verse'])} and following"


RULES: tuple[Rule, ...] = (
    make_rule(
        "scripture.verse",
        r"(?P<chapter>\d{1,3}):(?P<verse>\d{1,3})"
        r"(?:[-–](?P<last>\d{1,3}(?::\d{1,3})?))?(?P<on>ff?(?:\.(?! [A-Z]|$))?(?!\w))?(?!:?\d)",
        _say_verse,
        (DIGIT,),
        behind=":",
        example="Mark 3:16 -> Mark three sixteen",
    ),
    make_rule(
        "scripture.following",
        r"(?P<chapter>\d{1,3}):(?P<verse>\d{1,3})ff?(?:\.(?! [A-Z]|$))?(?!\w)",
        _say_following,
        (DIGIT,),
        behind=":",
        example="Romans 8:28f -> Romans eight twenty-eight and following",
    ),
    make_rule(
        "scripture.numbered",
        rf"[123](?= {one_of('scripture', 'numbered')}\.? \d{{1,3}}(?!\w))",
        _say_numbered,
        (DIGIT,),
        behind=" ",
        locale="en-US",
        example="2 Kings 2:11 -> Second Kings two eleven",
    ),
)
