"""Pieces of patterns that several families share, and how their matches are spoken (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_table, load_use
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.rule import DIGIT, text_after, text_before

INTEGER = r"(?:\d{1,3}(?:,\d{3}){1,7}(?!\d)|\d{1,24}(?!\d))"
"""A whole number, with or without commas between its thousands."""
NUMBER = rf"(?:{INTEGER}(?:[.·]\d{{1,24}}(?!\d))?+|\.\d{{1,24}}(?!\d))"
"""A number with or without decimals."""
SIGN = r"(?:(?<![\w)])(?<![A-Za-z]\.)[-+−–±])?"
"""A sign that belongs to the number behind it."""
DASH = r"(?:\s?[–—−]\s?|--(?=\d)|-)"
"""What stands between the ends of a range."""
MAGNITUDE = (
    rf"(?:\s?{one_of('forms', 'short-magnitudes')}(?![\w°²³&]|-[FSWT]\b|(?<=\sK)-\d)"
    rf"|(?:[\s-]|\s\s){one_of('forms', 'magnitudes')}(?![\w]))"
)
"""A power of ten behind a number."""
_FURTHER_CAPITALS = "".join(filter(str.isupper, map(chr, (*range(0x100, 0x250), *range(0x1E00, 0x1F00)))))
CAPITAL = f"[A-ZÀ-ÖØ-Þ{_FURTHER_CAPITALS}]"
"""A capital of any alphabet that comes from the Latin one: A, É, Ł, Š, Ệ."""
ORDINAL = r"(?:st|nd|rd|th)"
"""The ending of an ordinal in figures."""
AND_OR = one_of("forms", "choices")
"""What stands between things that are told together, or instead of each other."""
AND_OR_TO = one_of("forms", "joints")
"""What stands between two of a kind."""
SIGNS = "-+−–±"
NUMBER_PLACES = (DIGIT, *SIGNS, ".")
"""Where a rule starts whose form begins with a number, signed or not."""
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
"""From superscripts to plain digits and signs."""


def spoken_number(written: str, context: Context) -> str:
    """Say a number with its sign, commas and point."""
    return words.number(written.replace("·", "."), context.locale)


def spoken_magnitude(written: str | None) -> str:
    """Say a power of ten, with a space before it; empty for none.

    >>> spoken_magnitude("bn")
    ' billion'
    """
    if not written:
        return ""
    key = written.strip(" -.")
    return f" {load_map('magnitudes').get(key, key.lower())}"


def is_one(number: str, magnitude: str | None = None) -> bool:
    """Say whether a unit behind the number stands in the singular."""
    return not magnitude and number.lstrip(SIGNS) in {"1", "½", "¼", "¾"}


def unit_name(unit: str, context: Context, *, plural: bool) -> str:
    """Return a unit in full, in American spelling where that holds."""
    return spelt_locally(load_table("units")[unit][1 if plural else 0], context)


def spelt_locally(name: str, context: Context) -> str:
    """Return the words of a unit or a thing in American spelling where that holds: metres -> meters."""
    if not is_american(context):
        return name
    american = load_map("us_units")
    return " ".join(american.get(word, word) for word in name.split(" "))


def no_quotation_open(match: re.Match[str]) -> bool:
    """Say whether a double mark at the end of the match closes no quotation, and so may stand for inches."""
    before = re.sub(r"(?<![^\s(\[])\"\d[\d.,]{0,8}\"", "", text_before(match))  # numbers in quotation marks
    opened = re.findall(r"(?:^|[\s(\[])\"(?:[\w/@#$£€(]|$)", before)
    return len(opened) <= len(re.findall(r"[^\s\d(\[]\"(?!\w)", before))


CAPITAL_LABELS = alternatives(load_use("forms", "capital-labels"))
"""A pattern for short forms in capitals that announce a number."""


def of_one(match: re.Match[str]) -> bool:
    """Say whether one thing is parted behind a pair about a stroke: 1/24 of a day."""
    return re.match(r" of an? ", text_after(match)) is not None
