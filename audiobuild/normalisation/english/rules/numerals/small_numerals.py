"""Roman numerals in small letters, behind what takes a number and in brackets: Scene ii, (iv) (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use, load_words
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value
from audiobuild.normalisation.rule import Rule, make_rule, word_after, word_before


def _say_small(match: re.Match[str], context: Context) -> str | None:
    """Read small numerals behind a noun that takes numbers, as in Scene ii."""
    first, last = roman_value(match["first"].upper()), roman_value((match["last"] or "i").upper())
    if not first or not last:
        return None
    if re.match(r" \+ \d|, \d{1,4} pp?\.", match.string[match.end() : match.end() + 10]):
        return words.cardinal(str(first), context.locale)  # the pages of a book: xii + 324 pp.
    label = word_before(match).rstrip(".")
    if not match["last"] and word_after(match) in load_use("small_numerals", "small-units"):
        alone = match.group() == "i" and label != "the"
        return None if alone else words.ordinal(str(first), context.locale)
    if match.group() == "i" and label == "no":
        return None  # the answer: no. i will stay
    in_part = word_before(match).endswith(".") and label in load_use("small_numerals", "parts")
    if in_part or label in load_use("small_numerals", "pages") or label in {"Page", "Pages"}:
        said = words.cardinal(str(first), context.locale)
        return f"{said} to {words.cardinal(str(last), context.locale)}" if match["last"] else said
    if match["last"]:
        return None
    if match.group() == "i" and "(ii)" in match.string[match.end() :]:
        return _small_item(match)
    if len(match.group()) < 2 and (
        match.group() == "x" or word_before(match) not in load_use("small_numerals", "divided")
    ):
        return None
    if word_before(match) not in load_words("roman_nouns"):
        return _small_item(match)
    return words.cardinal(str(first))


def _small_item(match: re.Match[str]) -> str | None:
    inside = (
        match.string[match.start() - 1 : match.start()] == "(" and match.string[match.end() : match.end() + 1] == ")"
    )
    return words.cardinal(str(roman_value(match.group().upper()))) if inside else None


RULES: tuple[Rule, ...] = (
    make_rule(
        "roman.small",
        r"(?P<first>[ivxlc]{1,8})(?:[-–](?P<last>[ivxlc]{1,8}))?(?![\w’'])",
        _say_small,
        load_use("small_numerals", "small"),
        example="Scene ii -> Scene two",
    ),
)
