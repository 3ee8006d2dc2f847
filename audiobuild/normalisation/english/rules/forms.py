"""Pieces of patterns that several families share, and how their matches are spoken (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english import words
from audiobuild.normalisation.english.lists import load_map, load_table, load_use
from audiobuild.normalisation.english.regions import is_american
from audiobuild.normalisation.rule import DIGIT, text_before

INTEGER = r"(?:\d{1,3}(?:,\d{3}){1,6}(?!\d)|\d{1,24}(?!\d))"
"""A whole number, with or without commas between its thousands."""
NUMBER = rf"(?:{INTEGER}(?:[.·]\d{{1,24}}(?!\d))?+|\.\d{{1,24}}(?!\d))"
"""A number with or without decimals."""
SIGN = r"(?:(?<![\w)])[-+−–±])?"
"""A sign that belongs to the number behind it."""
DASH = r"(?:\s?[–—−]\s?|-)"
"""What stands between the ends of a range."""
MAGNITUDE = (
    r"(?:\s?(?:bn|trn|tn|mn|mln|[mkKMB])(?![\w°²³]|-[FSWT]\b|(?<=\sK)-\d)|[\s-]"
    r"(?:hundred|thousand|million|billion|trillion|quadrillion|lakh|crore)(?![\w]))"
)
"""A power of ten behind a number."""
ORDINAL = r"(?:st|nd|rd|th)"
"""The ending of an ordinal in figures."""
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
    key = written.strip(" -")
    return f" {load_map('magnitudes').get(key, key)}"


def is_one(number: str, magnitude: str | None = None) -> bool:
    """Say whether a unit behind the number stands in the singular."""
    return not magnitude and number.lstrip(SIGNS) in {"1", "½", "¼", "¾"}


def unit_name(unit: str, context: Context, *, plural: bool) -> str:
    """Return a unit in full, in American spelling where that holds."""
    name = load_table("units")[unit][1 if plural else 0]
    if not is_american(context):
        return name
    american = load_map("us_units")
    return " ".join(american.get(word, word) for word in name.split(" "))


def no_quotation_open(match: re.Match[str]) -> bool:
    """Say whether a double mark at the end of the match closes no quotation, and so may stand for inches."""
    before = text_before(match)
    opened = re.findall(r"(?:^|[\s(\[])\"\w", before)
    return len(opened) <= len(re.findall(r"[^\s\d(\[]\"(?!\w)", before))


def one_of(module: str, use: str) -> str:
    """Return a pattern for any word of a module's list; a low line in a word is a space.

    >>> one_of("dwellings", "baths")
    '(?:B(?:A|a)|ba(?:th|))'
    """
    return f"(?:{alternatives(word.replace('_', ' ') for word in load_use(module, use))})"


@cache
def words_pattern(source: str, module: str, use: str) -> re.Pattern[str]:
    """Compile a pattern in which WORDS stands for any word of a module's list; a low line in a word is a space.

    >>> words_pattern(r"WORDS for $", "numeric_dates", "planned").search("booked for ")[0]
    'booked for '
    """
    return re.compile(source.replace("WORDS", one_of(module, use)))


def alternatives(options: Iterable[str]) -> str:
    """Return a pattern for any of the literal strings, longer ones first, branching letter by letter: it is quicker.

    >>> alternatives(["kg", "km", "k"])
    'k(?:g|m|)'
    """
    by_first: dict[str, list[str]] = {}
    for option in set(options):
        by_first.setdefault(option[:1], []).append(option[1:])
    ends = by_first.pop("", None)
    branches = [re.escape(first) + _branch(rest) for first, rest in sorted(by_first.items())]
    return "|".join([*branches, ""] if ends else branches)


def _branch(rest: list[str]) -> str:
    if len(rest) == 1:
        return re.escape(rest[0])
    pattern = alternatives(rest)
    return pattern if "|" not in pattern else f"(?:{pattern})"


CAPITAL_LABELS = alternatives(load_use("forms", "capital-labels"))
"""A pattern for short forms in capitals that announce a number."""
