"""Points of the compass before the names of places: S. Korea -> South Korea (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_map, load_rows, load_use
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.rule import Rule, make_rule, word_before, words_before

_COUNTRIES = {(point, name): said for point, names, said in load_rows("parted_countries") for name in names.split()}


def _say_parted(match: re.Match[str], context: Context) -> str | None:
    """Read the point of the compass in the name of a country or state: S. Korea."""
    return _COUNTRIES.get((match["point"], match["name"]))


def _say_two_points(match: re.Match[str], context: Context) -> str | None:
    """Read two points of the compass before the name of a country or its coast: N.E. England."""
    if match["name"] not in load_use("parted_places", "behind-points") and not _lies_in(match):
        return None
    joint = "" if is_american(context) else "-"
    return f"{_POINTS[match['first']]}{joint}{_POINTS[match['second']]}"


def _lies_in(match: re.Match[str]) -> bool:
    """Say whether the words beside two points show that they lead to a place: in NW Ecuador, across SE Queensland."""
    name = match["name"]
    if not re.fullmatch(r"[A-Z][a-z]{2,}", name):
        return False
    if word_before(match) == "and":
        return words_before(match, 2)[-1][:1].isupper()
    return word_before(match) in load_use("parted_places", "before-points")


_POINTS = {point: load_map("compass")[point].lower() for point in "NSEW"}


RULES: tuple[Rule, ...] = (
    make_rule(
        "place.two-points",
        r"(?P<first>[NS])\.?(?P<second>[EW])\.?(?=\s(?P<name>[A-Za-z]+))",
        _say_two_points,
        ("N", "S", "NE", "NW", "SE", "SW"),
        example="N.E. England -> north-east England",
    ),
    make_rule(
        "place.parted",
        r"(?P<point>[NSEW])\.?(?=\s(?P<name>[A-Z][a-z]+))",
        _say_parted,
        {point for point, _ in _COUNTRIES},
        example="S. Korea -> South Korea",
    ),
)
