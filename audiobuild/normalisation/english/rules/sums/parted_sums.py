"""Sums in parts: $2 1/2 million, between $400 and $500 million (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_table
from audiobuild.normalisation.english.lexis.spoken_fractions import spoken_fraction, with_article
from audiobuild.normalisation.english.rules.forms import AND_OR_TO, MAGNITUDE, NUMBER, spoken_magnitude, spoken_number
from audiobuild.normalisation.english.rules.sums.money import qualifies
from audiobuild.normalisation.rule import Rule, make_rule, word_before

_SIGN = r"(?P<sign>[$£€])"


def _say_mixed(match: re.Match[str], context: Context) -> str | None:
    """Read a whole number with its fraction as one number."""
    top, bottom = int(match["top"]), int(match["bottom"])
    if not 0 < top < bottom:
        return None
    one, many = load_table("currencies")[match["sign"]][:2]
    fraction = with_article(spoken_fraction(top, bottom, context))
    number = f"{words.cardinal(match['whole'], context.locale)} and {fraction}{spoken_magnitude(match['magnitude'])}"
    return f"{number} {one if qualifies(match) else many}"


def _say_halved(match: re.Match[str], context: Context) -> str:
    """Read a whole number with the sign of a fraction as one number."""
    one, many = load_table("currencies")[match["sign"]][:2]
    fraction = load_map("fractions")[match["part"]].replace("one ", "a ")
    number = f"{words.cardinal(match['whole'], context.locale)} and {fraction}{spoken_magnitude(match['magnitude'])}"
    return f"{number} {one if qualifies(match) else many}"


def _say_shared(match: re.Match[str], context: Context) -> str | None:
    """Read a sum whose scale and currency stand with the larger one behind it."""
    if match["joint"] == "and" and word_before(match).lower() != "between":
        return None
    if float(match["first"]) >= float(match["second"].replace(",", "")):
        return None
    return spoken_number(match["first"], context)


RULES: tuple[Rule, ...] = (
    make_rule(
        "money.mixed",
        rf"{_SIGN}(?P<whole>\d{{1,3}})[ -](?P<top>\d)/(?P<bottom>\d)(?!\w|/)(?P<magnitude>{MAGNITUDE})?",
        _say_mixed,
        "$£€",
        example="$2 1/2 million -> two and a half million dollars",
    ),
    make_rule(
        "money.halved",
        rf"{_SIGN}(?P<whole>\d{{1,3}})(?P<part>[{''.join(load_map('fractions'))}])(?P<magnitude>{MAGNITUDE})?(?!\w)",
        _say_halved,
        "$£€",
        example="$5½ a gallon -> five and a half dollars a gallon",
    ),
    make_rule(
        "money.shared",
        rf"{_SIGN}(?P<first>\d{{1,3}}(?:\.\d)?)(?= (?P<joint>{AND_OR_TO}) (?P=sign)(?P<second>{NUMBER}){MAGNITUDE})",
        _say_shared,
        "$£€",
        example="$10 or $20 million -> ten or twenty million dollars",
    ),
)
