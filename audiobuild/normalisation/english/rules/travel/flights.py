"""Flights from one airport to another: LHR-BKK -> L H R to B K K (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_words
from audiobuild.normalisation.rule import Rule, make_rule


def _say_route(match: re.Match[str], context: Context) -> str | None:
    """Read every airport of a route letter by letter; what is no airport makes it none."""
    airports = re.findall("[A-Z]{3}", match.group())
    if not load_words("airports").issuperset(airports[1:]):
        return None
    return " to ".join(map(words.letters, airports))


RULES: tuple[Rule, ...] = (
    make_rule(
        "code.route",
        r"[A-Z]{3}(?:\s?[-–/→]\s?[A-Z]{3}){1,4}(?![\w&-])",
        _say_route,
        load_words("airports"),
        behind="-/ ",
        example="LHR–BKK -> L H R to B K K",
    ),
)
