"""Lengths of time: 3h 20m -> three hours and twenty minutes (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_use, load_words
from audiobuild.normalisation.english.lexis.noun_phrases import DETERMINERS, noun_follows
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.english.rules.dates_and_times.times import CLOCK_BEFORE, RACES, said_clock
from audiobuild.normalisation.english.rules.forms import AND_OR_TO, spoken_number
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    DIGIT,
    Rule,
    make_rule,
    stop_ends_sentence,
    text_after,
    text_before,
    word_after,
    word_before,
)

_UNITS = ("hour", "minute", "second")
_RUN = alternatives(load_use("durations", "raced-things") - {"half", "pace"} | load_use("durations", "run"))
_HAS = LatePattern(rf"(?:\b{one_of('durations', 'has')}|[’']s) $")
_PACE_BEHIND = LatePattern(rf"(?:/|-per-| per | a ){one_of('durations', 'paced')}\b")
"""What stands behind the pace of a runner: 6:48/mile."""
_RUN_BEHIND = LatePattern(rf" (?:in|for|over|per) (?:(?:the|a|his|her) )?(?:{_RUN})\b")
"""What is run in the time before it: 3:59 for the mile."""


_ZONE_BEHIND = LatePattern(rf" \(?(?:{alternatives(load_words('zones'))})(?!\w)")
_DATE_BEFORE = LatePattern(r"\b(?:1\d|20)\d\d,? $")


def _say_whole_hours(match: re.Match[str], context: Context) -> str | None:
    """Read the shorter form of two lengths of time: from 11h to 7h 40m."""
    return _said_part(match["hours"], "hour")


def _say_duration(match: re.Match[str], context: Context) -> str | None:
    """Read 2:03:59, or 3:43 after a word about racing, as a length of time."""
    seconds = match["third"]
    if seconds and word_before(match).lower() in load_use("times", "moment") and int(match["first"]) < 25:
        return _said_moment(match)
    if not seconds and _is_pace(match):
        tenths = f" point {words.digit_by_digit(match['tenths'])}" if match["tenths"] else ""
        return f"{words.cardinal(match['first'])} {words.two_digit_year(match['second'])}{tenths}"
    if not seconds and not _is_race_time(match):
        return None
    figures = (match["first"], match["second"], seconds) if seconds else (match["first"], match["second"])
    units = zip(figures, _UNITS[-len(figures) :], strict=True)
    parts = [_said_part(digits, unit) for digits, unit in units if int(digits)]
    if match["tenths"] and parts:
        number, name = parts[-1].split(" ", 1)
        parts[-1] = f"{number} point {words.digit_by_digit(match['tenths'])} {name.removesuffix('s')}s"
    return _joined_parts(parts, context) if parts else None


def _said_part(digits: str, unit: str) -> str:
    return f"{_said_number(digits)} {unit}{'' if float(digits) == 1 else 's'}"


def _said_number(digits: str) -> str:
    whole, _, tenths = digits.partition(".")
    return words.cardinal(whole) + (f" point {words.digit_by_digit(tenths)}" if tenths else "")


def _joined_parts(parts: Sequence[str], context: Context) -> str:
    """Join the parts of a length of time: two hours, three minutes and four seconds; in America, without "and".

    >>> _joined_parts(("two hours", "one minute"), Context())
    'two hours and one minute'
    """
    if len(parts) == 1 or is_american(context):
        return " ".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _said_moment(match: re.Match[str]) -> str:
    """Say when something happened, to the second: at 12:04:30."""
    clock = said_clock(match["first"], match["second"], half="x" if match["second"] == "00" else "")
    return f"{clock} and {_said_part(match['third'], 'second')}" if int(match["third"]) else clock


def _is_pace(match: re.Match[str]) -> bool:
    """Say whether minutes and seconds are a runner's pace, or stand before what is raced: 6:48/mile, a 3:59 mile."""
    if _PACE_BEHIND.match(text_after(match)):
        return True
    return word_after(match) in load_use("durations", "raced-things") and word_before(match).lower() in DETERMINERS


def _is_race_time(match: re.Match[str]) -> bool:
    """Say whether minutes and seconds are what somebody took, by what is told of a race; else it is a time of day."""
    if not match["tenths"] and _ZONE_BEHIND.match(text_after(match)):
        return False
    is_hour = 0 < int(match["first"]) < 13 and not match["tenths"] and not match["third"]
    if is_hour and word_before(match).lower() in load_use("times", "before-clocks") and not _is_pace(match):
        return False
    if (match["first"][0] == "0" and not match["tenths"]) or CLOCK_BEFORE.search(text_before(match)):
        return False
    if match["tenths"] or word_before(match) in load_use("times", "outrun") or _RUN_BEHIND.match(text_after(match)):
        return True
    if int(match["first"]) > 24 and word_before(match) in load_use("durations", "before-minutes"):
        return True
    return not RACES.isdisjoint(text_before(match).lower().replace(",", " ").split())


def _say_lettered(match: re.Match[str], context: Context) -> str | None:
    """Read 3h 20m and 20m 15s as lengths of time."""
    units = [(match[f"{unit}s"], unit) for unit in _UNITS]
    if noun_follows(match) and _HAS.search(text_before(match)):
        return " ".join(f"{_said_number(number)} {unit}" for number, unit in units if number)
    return _joined_parts([_said_part(number, unit) for number, unit in units if number], context)


def _say_seconds(match: re.Match[str], context: Context) -> str | None:
    """Read a time of day with its seconds, where its half or its zone shows that it is one: 9:05:07 a.m."""
    half, zone, seconds = match["half"], match["zone"], match["seconds"]
    if not (half or zone or _DATE_BEFORE.search(text_before(match))):
        if match["hour"] != "00" or match["minute"] == "00":
            return None
        units = zip((match["minute"], seconds), _UNITS[1:], strict=True)
        return _joined_parts([_said_part(digits, unit) for digits, unit in units], context)
    is_even = not float(seconds)
    is_bare = not half and (is_even or match["hour"] in {"0", "00"})
    clock = said_clock(match["hour"], match["minute"], half="" if is_bare else "x")
    said = [clock if is_even else f"{clock} and {spoken_number(seconds.removeprefix('0'), context)} seconds"]
    said += [words.letters(re.sub("[^A-Za-z]", "", half))] if half else []
    said += [words.letters(zone)] if zone else []
    ends = match.group().endswith(".") and stop_ends_sentence(text_after(match))
    return " ".join(said) + ("." if ends else "")


def _say_stamp(match: re.Match[str], context: Context) -> str | None:
    """Read a place in a recording: "at 41:02 he coughs"."""
    first, second = match["first"], match["second"]
    marked = word_before(match).lower() in load_use("durations", "before-stamps") or text_before(match)[-1:] in {
        "[",
        "(",
    }
    if int(first) < 25 or not (second[0] == "0" or marked):
        return None
    return f"{words.cardinal(first)} {words.two_digit_year(second)}"


def _say_hour_and(match: re.Match[str], context: Context) -> str | None:
    """Read 1h30 as cooks write it."""
    if match["minutes"] == "00" and int(match["hours"]) < 25:
        return said_clock(match["hours"], "00")
    hours = _said_part(match["hours"], "hour")
    return f"{hours} {words.cardinal(match['minutes'])}" if int(match["minutes"]) else hours


def _say_cooking(match: re.Match[str], context: Context) -> str | None:
    """Read 15m as minutes behind what takes them in a kitchen."""
    if word_before(match).lower().rstrip(":") not in load_use("durations", "cooking"):
        return None
    return f"{words.cardinal(match['minutes'])} minutes"


def _say_at_seconds(match: re.Match[str], context: Context) -> str | None:
    """Read 12s behind "at" as seconds; full tens may be decades or bands of age."""
    if word_before(match).lower() != "at" or match["first"].endswith("0"):
        return None
    return f"{words.cardinal(match['first'])} second{'' if match['first'] == '1' else 's'}"


def _say_marked(match: re.Match[str], context: Context) -> str | None:
    """Read minutes and seconds as a race's clock shows them: 1'16" ahead; fewer than twelve may be inches."""
    near = set(re.findall("[a-z]+", f"{text_before(match)} {text_after(match)}".lower()))
    if int(match["seconds"]) < 12 and near.isdisjoint(load_use("durations", "ridden")):
        return None
    units = [(match[f"{unit}s"], unit) for unit in _UNITS[1:]]
    return " ".join(
        f"{words.cardinal(number)} {unit}{'' if int(number) == 1 else 's'}" for number, unit in units if int(number)
    )


def _say_left(match: re.Match[str], context: Context) -> str:
    """Read the seconds that are left of a half: :08 to play."""
    seconds = str(int(match["seconds"]))
    return f"{words.cardinal(seconds)} second{'' if seconds == '1' else 's'}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "duration.whole-hours",
        rf"(?P<hours>\d{{1,3}})h(?=\s{AND_OR_TO}\s\d{{1,3}}h\s?\d)",
        _say_whole_hours,
        (DIGIT,),
        behind="h",
        example="from 2h to 3h 20m -> from two hours to three hours and twenty minutes",
    ),
    make_rule(
        "duration.lettered",
        r"(?:(?P<hours>\d{1,3})\s?h(?:rs?)?\s?(?=\d)|(?=\d{1,2}\s?m(?:ins?)?\s?\d{1,2}(?:\.\d{1,3})?\s?s))"
        r"(?P<minutes>\d{1,2})\s?m(?:ins?)?(?:\s?(?P<seconds>\d{1,2}(?:\.\d{1,3})?)\s?s(?:ecs?)?)?(?!\w)",
        _say_lettered,
        (DIGIT,),
        behind=" hm",
        example="3h 20m -> three hours and twenty minutes",
    ),
    make_rule(
        "duration.hour-and",
        r"(?P<hours>\d{1,2})h(?P<minutes>[0-5]\d)(?!\w)",
        _say_hour_and,
        (DIGIT,),
        behind="h",
        example="1h30 -> one hour thirty",
    ),
    make_rule(
        "duration.cooking",
        r"(?P<minutes>[1-9]\d?)m(?!\w)",
        _say_cooking,
        (DIGIT,),
        behind="m",
        example="prep 15m -> prep fifteen minutes",
    ),
    make_rule(
        "time.seconds",
        r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d):(?P<seconds>[0-5]\d(?:\.\d{1,3})?)"
        rf"(?:\s?(?P<half>[AaPp]\.?[Mm]\.?)(?!\w))?(?:\s?(?P<zone>{alternatives(load_words('zones'))})(?!\w))?",
        _say_seconds,
        (DIGIT,),
        behind=":",
        example="at 9:05:07 a.m. PST -> at nine oh five and seven seconds A M P S T",
    ),
    make_rule(
        "duration.left",
        rf"(?<!\w):(?P<seconds>[0-5]\d)(?= {one_of('durations', 'left')}\b)",
        _say_left,
        ":",
        example="scored with :08 left -> scored with eight seconds left",
    ),
    make_rule(
        "duration.marked",
        r"(?P<minutes>\d{1,2})['′’](?P<seconds>[0-5]\d)(?:[\"″”]|'')(?!\w)",
        _say_marked,
        (DIGIT,),
        behind="'",
        example="1'16\" ahead -> one minute sixteen seconds ahead",
    ),
    make_rule(
        "duration.at-seconds",
        r"(?P<first>[1-9]\d?)s(?!\w|\.? ?\d{1,2}d)",
        _say_at_seconds,
        (DIGIT,),
        behind="s",
        example="peaks at 12s -> peaks at twelve seconds",
    ),
    make_rule(
        "duration.stamp",
        r"(?P<first>\d{2,3}):(?P<second>[0-5]\d)(?![:.]?\d)",
        _say_stamp,
        (DIGIT,),
        behind=":",
        example="at 41:02 -> at forty-one oh two",
    ),
    make_rule(
        "duration.colon",
        r"(?P<first>\d{1,2}|\d{3}(?=:\d\d:\d\d)):(?P<second>[0-5]\d)(?::(?P<third>[0-5]\d))?"
        r"(?:\.(?P<tenths>\d{1,3}))?(?!:?\d)",
        _say_duration,
        (DIGIT,),
        behind=":",
        example="3:58.2 -> three minutes and fifty-eight point two seconds",
    ),
)
