"""Times of day and scores: 14:30 Uhr -> vierzehn Uhr dreißig, 2:1 -> zwei zu eins (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.german.lexis.words import before_noun, cardinal
from audiobuild.normalisation.german.rules.forms import DASH
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule

_HOUR, _MINUTE = r"(?:[01]?\d|2[0-4])", r"[0-5]\d"


def _clock(hour: str, minute: str | None) -> str:
    """Say a time of day.

    >>> _clock("01", "05"), _clock("14", "00")
    ('ein Uhr fünf', 'vierzehn Uhr')
    """
    said = f"{before_noun(cardinal(str(int(hour))))} Uhr"
    return f"{said} {cardinal(str(int(minute)))}" if minute and int(minute) else said


def _say_time(match: re.Match[str], context: Context) -> str | None:
    return _clock(match["hour"], match["minute"])


def _say_span(match: re.Match[str], context: Context) -> str | None:
    first = _clock(match["hour"], match["minute"])
    if not match["minute"] and not match["minute2"]:
        first = first.removesuffix(" Uhr")
    return f"{first} bis {_clock(match['hour2'], match['minute2'])}"


def _say_score(match: re.Match[str], context: Context) -> str | None:
    return f"{cardinal(match['home'])} zu {cardinal(match['away'])}"


_TIME = rf"(?P<hour>{_HOUR})(?:[:.](?P<minute>{_MINUTE}))?"
RULES: tuple[Rule, ...] = (
    make_rule(
        "time.span",
        rf"{_TIME}(?: Uhr)?{DASH}(?P<hour2>{_HOUR})(?:[:.](?P<minute2>{_MINUTE}))? ?Uhr(?!\w)",
        _say_span,
        (DIGIT,),
        example="8–10 Uhr -> acht bis zehn Uhr",
        locale="de-DE",
    ),
    make_rule(
        "time.clock", rf"{_TIME} ?Uhr(?!\w)", _say_time, (DIGIT,), example="20:00 Uhr -> zwanzig Uhr", locale="de-DE"
    ),
    make_rule(
        "time.colon",
        rf"(?P<hour>{_HOUR}):(?P<minute>{_MINUTE})(?![\d:]|:\d)",
        _say_time,
        (DIGIT,),
        example="14:30 -> vierzehn Uhr dreißig",
        locale="de-DE",
    ),
    make_rule(
        "time.hours",
        rf"(?P<hour>{_HOUR})h(?P<minute>{_MINUTE})?(?!\w)",
        _say_time,
        (DIGIT,),
        example="14h -> vierzehn Uhr",
        locale="de-DE",
    ),
    make_rule(
        "score.points",
        r"(?P<home>\d{1,3}):(?P<away>\d{1,3})(?![\d:])",
        _say_score,
        (DIGIT,),
        example="3:1. -> drei zu eins.",
        locale="de-DE",
    ),
)
