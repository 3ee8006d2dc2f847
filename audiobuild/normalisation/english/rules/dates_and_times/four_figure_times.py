"""Times of day in four figures, as armies and timetables write them: 0530 -> oh five thirty (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use, load_words
from audiobuild.normalisation.english.lexis.word_patterns import one_of
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_before, word_after, word_before


def _say_hours(match: re.Match[str], context: Context) -> str | None:
    before, even = word_before(match).lower(), match["digits"].endswith("00")
    sure = match["digits"][0] == "0" or before in load_use("times", "time")
    if not sure and (even or match["unit"] == "hours" or before in load_use("times", "before-spells")):
        return None
    return f"{_soldiers_time(match['digits'])} hours"


def _soldiers_time(digits: str) -> str:
    """Say four digits as armies do: 0530 -> oh five thirty."""
    hour = words.two_digit_year(digits[:2]) if digits[0] == "0" and digits[1] != "0" else words.cardinal(digits[:2])
    if digits[:2] == "00":
        return f"zero zero {words.two_digit_year(digits[2:])}" if digits[2:] != "00" else "zero hundred"
    return f"{hour} hundred" if digits[2:] == "00" else f"{hour} {words.two_digit_year(digits[2:])}"


def _say_bare_hours(match: re.Match[str], context: Context) -> str | None:
    """Read 0530 behind "at" and its like as a time."""
    before = word_before(match).lower()
    till = re.search(r"\d{4}(?: hours)? to $", text_before(match)) or word_after(match) in load_use("times", "duties")
    if not till and (before not in load_use("times", "struck") or word_after(match) in {"number", "numbers"}):
        return None
    return _soldiers_time(match["digits"])


def _say_hour_span(match: re.Match[str], context: Context) -> str | None:
    """Read 0930-1700 as times, unless a telephone is spoken of."""
    if word_before(match).lower().rstrip(":") in load_words("before_phones") - {"on", "at"}:
        return None
    return f"{_soldiers_time(match['digits'])} to {_soldiers_time(match['till'])}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "time.span-of-hours",
        r"(?P<digits>0\d[0-5][05])[-–](?P<till>(?:[01]\d|2[0-4])[0-5][05])(?![\w%-]|[.,:/]\d)",
        _say_hour_span,
        (DIGIT,),
        behind="-",
        example="0930-1700 -> oh nine thirty to seventeen hundred",
    ),
    make_rule(
        "time.hundred-hours",
        rf"(?P<digits>[012]\d[0-5]\d)\s?(?P<unit>{one_of('times', 'hours')})(?!\w)",
        _say_hours,
        (DIGIT,),
        behind=" h",
        example="0600 hours -> oh six hundred hours",
    ),
    make_rule(
        "time.four-figures",
        r"(?P<digits>0\d[0-5]\d)(?![\w%]|[.,:/-]\d)",
        _say_bare_hours,
        (DIGIT,),
        example="at 0530 -> at oh five thirty",
    ),
)
