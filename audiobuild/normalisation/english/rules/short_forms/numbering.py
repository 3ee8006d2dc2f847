"""Whether a short form announces a number: no. 5, fig. 2; but "he said no. 12 people left" (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.english.lexis.lists import load_use, load_words
from audiobuild.normalisation.english.lexis.word_patterns import one_of, words_pattern
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import text_after, text_before, word_before

_QUALITY_BEHIND = LatePattern(
    rf"\s\d[\d,.]*(?:[GDKxms%]|{one_of('abbreviations', 'qualities')})(?![\w’'])(?:[\s-][a-z]|$)"
    r"|\s[12]\d\d0s\b|\s\d[\d.]*%"
)
"""What stands behind "no" where it denies: No 4G phone, No 18th century house, No 1970s film; or votes: No 46%."""
_SMALL_NUMERALS = LatePattern(r"\s[ivxlc]{1,8}(?:[-–][ivxlc]{1,8})?(?![\w’'])")


def before_number(match: re.Match[str]) -> bool:
    """Say whether a number follows that the short form announces."""
    after = text_after(match)
    if match["short"] == "art" and not match["stop"] and re.match(r"\s[1-4]0[1-9](?!\d)", after):
        return False  # a course
    if (
        match["short"] == "Art"
        and not match["stop"]
        and word_before(match) in load_use("abbreviations", "kinds-of-art")
    ):
        return False
    if match["short"] == "No" and not match["stop"] and _QUALITY_BEHIND.match(after):
        return False
    if before_small_numeral(match):
        return True
    if match["stop"] and (is_reply(match, after) if match["short"] in {"No", "no"} else _is_word(match, after)):
        return False
    return bool(
        words_pattern(
            r"\s?(?:[Nn]o\.?\s|#)?\d[\d.,]*(?!-(?!WORDS)[a-z]|\d)"
            r"|\s(?:[IVXL]{2,5}|[IVXL]{1,5}[-–][IVXL]{1,5}|[IVX](?=[,;)]))(?![\w’'])",
            "abbreviations",
            "seeded",
        ).match(after)
    )


_SEEN = load_use("abbreviations", "before-labels")
_COUNT_TOLD = LatePattern(
    rf"\s\d[\d,]* (?:{one_of('abbreviations', 'many-people')}|[a-z]{{3,}}s)"
    rf" (?:[a-z]+ed|{one_of('abbreviations', 'told')})\b"
)
"""So many of a kind, and what they do, behind the end of a sentence."""
_SOME_OF = LatePattern(rf"\s\d[\d,]* of {one_of('abbreviations', 'behind-so-many-of')}\b")
_WORKS_OF = LatePattern(rf"\s\d[\d,]* of {one_of('abbreviations', 'whose')} [a-z]{{3,}}s\b")
"""So many of somebody's works: She loves art. 5 of her pictures hang here."""
_COUNTED = LatePattern(rf"\s\d[\d,]* (?:{one_of('abbreviations', 'many-people')}|[a-z]{{3,}}s)\b")
_MUCH_LATER = LatePattern(rf"\s\d[\d,]* [a-z]{{3,}}s {one_of('abbreviations', 'much-later')}\b")
_LEFT_OVER = LatePattern(rf"\s\d[\d,]* {one_of('abbreviations', 'told')}\b")
"""So many, and what they do: he ate a fig. 3 were left."""


def is_reply(match: re.Match[str], after: str) -> bool:
    """Say whether "no." ends an answer, before a sentence that opens with a number: "Any luck? No. 12 people left"."""
    asked = re.search(r"\?[”\"’']? $", text_before(match))
    if match["short"] == "No":
        return asked is not None and _COUNTED.match(after) is not None
    said = word_before(match).lower() in load_use("abbreviations", "replies")
    answer = words_pattern(r"\bWORDS \w{2,4}(?: a)? $", "abbreviations", "answers").search(text_before(match))
    if not (asked or said or answer):
        return False
    return any(pattern.match(after) for pattern in (_MUCH_LATER, _COUNT_TOLD, _SOME_OF))


def _is_word(match: re.Match[str], after: str) -> bool:
    """Say whether a short form is a word that ends its sentence: just a sec. 10 people wait."""
    before = word_before(match).lower()
    if match["short"] not in load_use("abbreviations", "words-too"):
        return False
    if before in {"a", "an"} and _LEFT_OVER.match(after):
        return True
    if match["short"] == "art" and before not in _SEEN and _WORKS_OF.match(after):
        return True
    if not _COUNTED.match(after):
        return False
    return before in {"a", "an"} or (before.isalpha() and before not in load_words("function_words") | _SEEN)


def before_small_numeral(match: re.Match[str]) -> bool:
    """Say whether a page, or with its stop a part of a book or play, is numbered as in "p. iv" and "sc. ii"."""
    if match["short"] == "no" and re.match(r"\si\b", text_after(match)):
        return False  # no. i won't
    parts = load_use("small_numerals", "pages", *(("parts",) if match["stop"] else ()))
    return match["short"] in parts and _SMALL_NUMERALS.match(text_after(match)) is not None
