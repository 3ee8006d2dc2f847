"""Spans of letters and of Roman numerals: appendices (A-C) -> A to C, Acts I-III -> one to three (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use, load_words
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import CAPITALS, Rule, make_rule, text_after, text_before, word_after, word_before

_TWO_NAMES = LatePattern(r"[A-Z]\w+–[A-Z]\w+ \($")
"""Two names with a dash, whose first letters stand behind them: the Cretaceous–Tertiary (K–T) boundary."""


def _say_letters(match: re.Match[str], context: Context) -> str | None:
    """Read two letters in their order, alone in a bracket or behind what is lettered."""
    if word_after(match) in load_use("letters", "of-two-letters") or _TWO_NAMES.search(text_before(match)):
        return f"{match['first']} {match['last']}"
    in_bracket = text_before(match).endswith("(") and text_after(match).startswith(")")
    whole = match["first"] == "A" and match["last"] in "XYZ"
    if match["first"] >= match["last"] or not (
        whole or in_bracket or word_before(match).lower() in load_use("letters", "lettered")
    ):
        return None
    return f"{match['first']} to {match['last']}"


def _say_numbered(match: re.Match[str], context: Context) -> str | None:
    """Read two numbers in their order behind one letter and a noun in the plural: floors B1-B3."""
    first, last = match["first"], match["last"]
    before = word_before(match)
    letter = match["letter"]
    if len(letter) > 1:
        if int(first) >= int(last) or not match["again"]:
            return None
        letters = words.letters(letter)
        return f"{letters} {words.paired(first)} to {letters} {words.paired(last)}"
    is_several = letter == "J" or (before.endswith("s") and not before.endswith(("ss", "’s", "'s")))
    if int(first) >= int(last) or not is_several:
        return None
    if not match["again"]:
        return f"{letter} {words.paired(first)} to {words.paired(last)}" if letter == "J" else None
    return f"{letter} {words.paired(first)} to {letter} {words.paired(last)}"


def _say_decimal_span(match: re.Match[str], context: Context) -> str:
    """Read two degrees of a scale that has a letter."""
    letter = match["letter"]
    return f"{letter} {words.number(match['first'])} to {letter} {words.number(match['last'])}"


_LABELLED_BEFORE = LatePattern(r"(?P<label>[A-Z][A-Za-z]{0,9}\.?) (?P<first>\d{1,4})(?: [A-Z][a-z]{1,2}\. \d{1,4})? $")


def _say_labelled_span(match: re.Match[str], context: Context) -> str | None:
    """Read a dash between two numbers with the same word before each as a span: Op. 76 No. 1 – Op. 76 No. 6."""
    before = _LABELLED_BEFORE.search(text_before(match))
    is_span = before and before["label"] == match["label"] and int(before["first"]) <= int(match["last"])
    return "to " if is_span else None


def _say_numerals(match: re.Match[str], context: Context) -> str | None:
    """Read two numerals in their order: alone in a bracket, behind a noun in the plural, or each of several letters."""
    first, last = roman_value(match["first"]), roman_value(match["last"])
    before = word_before(match)
    in_bracket = text_before(match).endswith("(") and text_after(match).startswith(")")
    is_noun = before.rstrip("s.").capitalize() in load_words("roman_nouns")
    is_long = "–" in match.group() and min(len(match["first"]), len(match["last"])) > 1
    centuries = word_after(match).startswith("centur")
    is_sure = centuries or (is_long and word_after(match) not in load_use("letters", "of-two-groups"))
    if not 0 < first < last or not (in_bracket or is_noun or is_sure):
        return None
    say = words.ordinal if centuries else words.cardinal
    return f"{say(str(first))} to {say(str(last))}"


def _say_school_years(match: re.Match[str], context: Context) -> str:
    """Read the years of an American school with a dash: K–12."""
    return f"K to {words.cardinal(match['last'])}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "code.school-years",
        r"K–(?P<last>[1-9]|1[0-2])(?![\w–-])",
        _say_school_years,
        ("K",),
        behind="–",
        example="a K–12 school -> a K to twelve school",
    ),
    make_rule(
        "roman.span",
        r"(?P<first>[IVXL]{1,7})[-–](?P<last>[IVXL]{1,7})(?![\w-])",
        _say_numerals,
        (CAPITALS, *"IVXL"),
        behind="-",
        example="Acts I-III -> Acts one to three",
    ),
    make_rule(
        "code.numbered-span",
        r"(?P<letter>[A-Z]{1,2})(?P<first>\d{1,3})[-–](?P<again>(?P=letter))?(?P<last>\d{1,3})(?![\w-])",
        _say_numbered,
        (CAPITALS,),
        behind="0-9",
        example="floors B1-B3 -> floors B one to B three",
    ),
    make_rule(
        "span.labelled",
        r"(?<=\d )[–-] (?=(?P<label>[A-Z][A-Za-z]{0,9}\.?) (?P<last>\d{1,4})(?!\d))",
        _say_labelled_span,
        "–-",
        example="Chapter 1 – Chapter 6 -> Chapter one to Chapter six",
    ),
    make_rule(
        "code.decimal-span",
        r"(?P<letter>[A-Z])(?P<first>\d{1,2}\.\d)[-–](?P=letter)(?P<last>\d{1,2}\.\d)(?![\w.-])",
        _say_decimal_span,
        (CAPITALS,),
        behind="0-9",
        example="from T1.0-T4.5 -> from T one point zero to T four point five",
    ),
    make_rule(
        "code.letter-span",
        r"(?P<first>[A-Z])[-–](?P<last>[A-Z])(?![\w-])",
        _say_letters,
        (CAPITALS,),
        behind="-",
        example="groups A-C -> groups A to C",
    ),
)
