"""Times of day and lengths of time: 7.15pm -> seven fifteen P M (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.speech import words
from audiobuild.speech.context import Context
from audiobuild.speech.rule import DIGIT, Rule, make_rule, text_after, text_before, word_after, word_before
from audiobuild.speech.rules.forms import DASH
from audiobuild.speech.tables import load_words

_HALF = r"(?P<half>[AaPp]\.?\s?[Mm](?P<stop>\.)?)(?!\w)"
_CLOCK = r"(?P<hour>[01]?\d|2[0-4])"
_ZONES = frozenset("GMT UTC BST EST EDT ET PT PST PDT CT CST CDT CET CEST MST MDT IST JST Z".split())
_ZONE = rf"(?:\s?(?P<zone>{'|'.join(sorted(_ZONES, key=len, reverse=True))})(?!\w))?"
_TIME_WORDS = frozenset("at by from until till before after around about the to and between past since for".split())
_MOMENT_WORDS = frozenset("at by until till since".split())
_RATIO_NOUNS = frozenset(
    "ratio odds scale mix split margin majority lead vote win victory defeat loss draw stock proportion merger".split()
)
_BOARDING = re.compile(r"\b(?:caught|catch|missed|take|took|trains?|bus|on|late|delayed|cancelled|full|punctual)\b")
_RUNS = frozenset("was is were will has had leaves left arrives arrived departs departed runs ran".split())
_RACES = load_words("race_words")


def _said_clock(hour: str, minute: str, *, half: str = "") -> str:
    if minute == "00" and half:
        return words.cardinal(hour)
    if minute == "00":
        if int(hour) in {0, 24}:
            return "midnight"
        return words.cardinal(hour) + (" o'clock" if int(hour) <= 12 else " hundred")
    if hour == "00":
        return f"zero zero {words.two_digit_year(minute)}"
    return f"{words.cardinal(hour)} {words.two_digit_year(minute)}"


def _half(match: re.Match[str]) -> str:
    spelt = words.letters(re.sub(r"[^A-Za-z]", "", match["half"]))
    ends = match["stop"] and re.match(r"\s*$|\s+[A-Z\"“‘]", text_after(match)) and not match.groupdict().get("zone")
    return f"{spelt}{'.' if ends else ''}"


def _zone(match: re.Match[str]) -> str:
    return f" {words.letters(match['zone'])}" if match["zone"] else ""


def _say_half_day(match: re.Match[str], context: Context) -> str | None:
    first = ""
    if match["from"]:
        first = f"{_said_clock(match['from'], match['from_minute'] or '00', half='x')} to "
        if match["from_half"]:
            first = first.replace(" to ", f" {words.letters(re.sub('[^A-Za-z]', '', match['from_half']))} to ")
    return first + f"{_said_clock(match['hour'], match['minute'] or '00', half='x')} {_half(match)}{_zone(match)}"


def _say_clock(match: re.Match[str], context: Context) -> str | None:
    """Read 16:20 as a time unless a ratio, a verse or a race is meant."""
    before = word_before(match)
    after = word_after(match)
    if match["seconds"] or after.lower() in _RATIO_NOUNS:
        return None
    if len(match["minute"]) != 2:
        return None
    nearby = set(text_before(match).lower().replace(",", " ").split())
    if before != "at" and load_words("ratio_words") & nearby:
        return None
    if (
        match.group() in {"2:1", "2:2"}
        or before in load_words("scripture")
        or (before.lower() in {"ratio", "chapter", "verse", "odds", "verses", "in"} and before.lower() != "in")
    ):
        return None
    if nearby & _RACES and before.lower() not in {"at", "by", "from", "until", "before", "after"}:
        return None
    if match["zone"]:
        return f"{_said_clock(match['hour'], match['minute'])}{_zone(match)}"
    return _said_clock(match["hour"], match["minute"])


def _say_clocks(match: re.Match[str], context: Context) -> str | None:
    first = _said_clock(match["from"], match["from_minute"])
    return f"{first} to {_said_clock(match['hour'], match['minute'])}"


def _say_clock_with_point(match: re.Match[str], context: Context) -> str | None:
    """Read 7.15 as a time after "at" and its like, where no quantity follows."""
    before = word_before(match).lower()
    after = word_after(match).lower()
    if before == "the" and (
        (after in {"from", "to", "train", "bus"} and _BOARDING.search(text_before(match)))
        or (after in _RUNS and _BOARDING.search(text_after(match)))
    ):
        return _said_clock(match["hour"], match["minute"])
    if before != "at":
        return None
    if after and after not in load_words("clock_followers"):
        return None
    return _said_clock(match["hour"], match["minute"])


def _say_duration(match: re.Match[str], context: Context) -> str | None:
    """Read 2:03:59, or 3:43 after a word about racing, as a length of time."""
    seconds = match["third"]
    if seconds and word_before(match).lower() in _MOMENT_WORDS and int(match["first"]) < 25:
        clock = _said_clock(match["first"], match["second"], half="x" if match["second"] == "00" else "")
        return clock + (
            f" and {words.cardinal(seconds)} second{'' if int(seconds) == 1 else 's'}" if int(seconds) else ""
        )
    if seconds:
        units = [(match["first"], "hour"), (match["second"], "minute"), (seconds, "second")]
    else:
        nearby = set(text_before(match).lower().replace(",", " ").split())
        if not nearby & _RACES:
            return None
        units = [(match["first"], "minute"), (match["second"], "second")]
    parts = []
    for digits, unit in units:
        if int(digits):
            parts.append(f"{words.cardinal(digits)} {unit}{'' if int(digits) == 1 else 's'}")
    if match["tenths"] and parts:
        number, name = parts[-1].split(" ", 1)
        parts[-1] = (
            f"{number} point {words.digit_by_digit(match['tenths'])} {name if name.endswith('s') else name + 's'}"
        )
    if len(parts) > 1:
        return f"{' '.join(parts[:-1])} {parts[-1]}" if context.american else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return parts[0] if parts else None


def _say_hours(match: re.Match[str], context: Context) -> str | None:
    if match["digits"][0] != "0" and word_before(match).lower() not in _TIME_WORDS:
        return None
    hour, minute = match["digits"][:2], match["digits"][2:]
    return (
        f"{_said_clock(hour, minute)} hours"
        if minute != "00"
        else f"{words.two_digit_year(hour) if hour[0] == '0' else words.cardinal(hour)} hundred hours"
    )


RULES: tuple[Rule, ...] = (
    make_rule(
        "time",
        rf"(?:(?P<from>[01]?\d)(?:[:.](?P<from_minute>[0-5]\d))?\s?(?P<from_half>[AaPp]\.?[Mm]\.?)?{DASH})?"
        rf"(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s?{_HALF}{_ZONE}",
        _say_half_day,
        (DIGIT,),
    ),
    make_rule("hours", r"(?P<digits>[012]\d[0-5]\d)\s?(?:hrs|hours|h)(?!\w)", _say_hours, (DIGIT,)),
    make_rule(
        "time",
        rf"(?P<from>[01]?\d|2[0-4]):(?P<from_minute>[0-5]\d){DASH}{_CLOCK}:(?P<minute>[0-5]\d)(?![\d:])",
        _say_clocks,
        (DIGIT,),
    ),
    make_rule(
        "duration",
        r"(?P<first>\d{1,2}):(?P<second>[0-5]\d)(?::(?P<third>[0-5]\d))?(?:\.(?P<tenths>\d{1,3}))?(?![\d:])",
        _say_duration,
        (DIGIT,),
    ),
    make_rule(
        "time", rf"{_CLOCK}:(?P<minute>[0-5]\d)(?P<seconds>:\d\d)?(?![\d:]|,\d|-\d){_ZONE}", _say_clock, (DIGIT,)
    ),
    make_rule("time", rf"{_CLOCK}\.(?P<minute>[0-5]\d)(?![\d.%]|\.\d)", _say_clock_with_point, (DIGIT,)),
)
