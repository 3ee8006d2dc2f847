"""Times of day and lengths of time: 7.15pm -> seven fifteen P M (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use, load_words
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.english.rules.forms import DASH
from audiobuild.normalisation.english.rules.pastimes.racing import is_race
from audiobuild.normalisation.english.rules.travel.trains import is_departure
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    DIGIT,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_after,
    word_before,
    words_before,
)

_HALF = r"(?P<half>[AaPp]\.?\s?[Mm](?P<stop>\.)?)(?!\w)"
_CLOCK = r"(?P<hour>[01]?\d|2[0-4])"
_ZONE = rf"(?:\s?(?P<zone>{alternatives(load_words('zones'))})(?!\w))?"
_BEHIND_CLOCKS = load_use("times", "clock-followers", "joints-of-spans")
_OPENS = LatePattern(
    rf"(?:^|[.!?]\s)[\"“‘]?(?:(?:On|Every) \w+ (?:\w+ )?at|{one_of('times', 'opening')})"
    rf"(?: {one_of('times', 'rounding')})? $"
)
"""A sentence that has nothing but this before a time does not end behind it: "At 10 a.m. I rose."."""
_DAYS = alternatives({*load_map("weekdays"), *load_map("weekdays").values()})
_WEEKDAYS = frozenset(day.lower() for days in load_map("weekdays").items() for day in days)
_QUARTERS = frozenset({"00", "15", "30", "45"})
_GOES_ON = LatePattern(
    rf"""
    \s+(?:
        (?:{_DAYS})s?\b(?![ ]{one_of("times", "telling")}\b)  # a day, unless it tells something
        | (?:{alternatives(frozenset(load_map("months")))})\.?\s\d  # a date
        | {one_of("times", "long-zones")}  # a zone
            (?:[ ](?:Standard|Daylight|Mean|[Tt]ime)|[.,;)]|\s[a-z]|$)
        | {one_of("times", "holidays")}\b  # a holiday
    )
    """,
    re.VERBOSE,
)
"""What belongs to a time of day though it begins with a capital: a day, a date, a zone."""
_TIME_BEFORE = LatePattern(r"\d ?[ap]\.?m\.?[,;] (?:[a-z-]+ ){1,3}$")
RACES = load_use("times", "race")
CLOCK_BEFORE = LatePattern(
    rf"(?<!\d)0\d:[0-5]\d(?: {one_of('durations', 'joints-of-spans')}|[-–]) ?$|\b{one_of('times', 'before-shown')} $"
)
"""Before the other end of a span of the day, between 06:00 and 23:30, and before what a clock shows."""


def said_clock(hour: str, minute: str, *, half: str = "") -> str:
    """Say a time of day; with a half of the day behind it, a full hour is the number alone."""
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
    ends = (
        match["stop"]
        and not _OPENS.search(text_before(match))
        and word_before(match).lower() not in load_use("times", "before-mornings")
        and re.match(r"\s*$|\s+[A-Z\"“‘]", text_after(match))
        and not _GOES_ON.match(text_after(match))
        and not match.groupdict().get("zone")
    )
    return f"{spelt}{'.' if ends else ''}"


def _zone(match: re.Match[str]) -> str:
    return f" {words.letters(match['zone'])}" if match["zone"] else ""


def _say_half_day(match: re.Match[str], context: Context) -> str | None:
    first = ""
    if match["from"]:
        first = f"{said_clock(match['from'], match['from_minute'] or '00', half='x')} to "
        if match["from_half"]:
            first = first.replace(" to ", f" {words.letters(re.sub('[^A-Za-z]', '', match['from_half']))} to ")
    return first + f"{said_clock(match['hour'], match['minute'] or '00', half='x')} {_half(match)}{_zone(match)}"


def _say_lettered_span(match: re.Match[str], context: Context) -> str | None:
    """Read hours with a letter for their half of the day: 7a-3p."""
    first = said_clock(match["from"], match["from_minute"] or "00", half="x")
    last = said_clock(match["hour"], match["minute"] or "00", half="x")
    return f"{first} {match['from_half'].upper()} M to {last} {match['half'].upper()} M"


def _say_lettered(match: re.Match[str], context: Context) -> str | None:
    """Read an hour with a letter for its half of the day: 6:05a."""
    half = match["half"] or match["short"]
    return f"{said_clock(match['hour'], match['minute'] or '00', half='x')} {half.upper()} M"


def _say_of_the_clock(match: re.Match[str], context: Context) -> str | None:
    """Read figures before "o'clock"."""
    return said_clock(match["hour"], match["minute"], half="x")


def _say_clock(match: re.Match[str], context: Context) -> str | None:
    """Read 16:20 as a time unless a ratio, a verse or a race is meant."""
    before = word_before(match)
    after = word_after(match)
    if after.lower() in load_use("times", "ratio-behind"):
        return None
    if match["hour"] == "0" and after in load_use("times", "running-out"):
        return f"{words.cardinal(match['minute'])} seconds"
    if match["zone"]:
        return f"{said_clock(match['hour'], match['minute'])}{_zone(match)}"
    nearby = set(text_before(match).lower().replace(",", " ").split())
    if before.lower() not in load_use("times", "moment") and load_use("times", "ratio") & nearby:
        return None
    if before in load_words("scripture") or before in load_use("scripture", "bare"):
        return None
    is_run = nearby & RACES and before.lower() not in load_use("times", "before-clocks")
    if is_run and match["hour"][0] != "0" and not CLOCK_BEFORE.search(text_before(match)):
        return None
    return f"{said_clock(match['hour'], match['minute'])}{_zone(match)}"


def _say_clocks(match: re.Match[str], context: Context) -> str | None:
    first = said_clock(match["from"], match["from_minute"])
    return f"{first} to {said_clock(match['hour'], match['minute'])}"


def _say_short_hours(match: re.Match[str], context: Context) -> str | None:
    """Read 9:30-9 and 9-5:30 as times where something is open between them."""
    before = {re.split("[-–]", word.strip(",:.").lower())[-1] for word in words_before(match, 3)}
    opens = before & load_words("opening_words") or word_after(match).lower() in load_words("opening_words")
    if not (opens or before & _WEEKDAYS) or not (match["from_minute"] or match["minute"]):
        return None
    first, last = (
        f"{words.cardinal(hour)} {words.two_digit_year(minute)}" if minute and minute != "00" else words.cardinal(hour)
        for hour, minute in ((match["from"], match["from_minute"]), (match["hour"], match["minute"]))
    )
    return f"{first} to {last}"


def _say_opening_hours(match: re.Match[str], context: Context) -> str | None:
    """Read 10.00-17.30 as times where something is open or goes on between them."""
    near = set(re.findall(r"[a-z]+", f"{text_before(match)} {text_after(match)}".lower()))
    timed = near & (load_words("opening_words") | load_use("times", "happenings"))
    if not timed or near & load_use("times", "price") or {match["from_minute"][1], match["minute"][1]} - {"0", "5"}:
        return None
    return _say_clocks(match, context)


def _say_clock_with_point(match: re.Match[str], context: Context) -> str | None:
    """Read 7.15 as a time after "at" and its like, where no quantity follows."""
    before = word_before(match).lower().rstrip(",")
    after = word_after(match).lower()
    if match["zone"] or before in load_use("times", "stamped"):
        return f"{said_clock(match['hour'], match['minute'])}{_zone(match)}"
    if re.match(r" for \d{1,2}(?:[.,;](?!\d)|$| [a-z]{2}\b)", text_after(match)):
        return said_clock(match["hour"], match["minute"])
    if match["minute"] in _QUARTERS and _INVITED.search(text_before(match)):
        return said_clock(match["hour"], match["minute"])
    if before == "at" and after in load_use("times", "behind-meetings") and match["minute"][1] in "05":
        return said_clock(match["hour"], match["minute"]) if _is_happening(match) else None
    if match["minute"][1] in "05" and _is_on_day(match, before) and not _is_priced(match):
        return said_clock(match["hour"], match["minute"], half="x")
    if before == "the" and (is_departure(match) or is_race(match)):
        return said_clock(match["hour"], match["minute"])
    if _BETWEEN_CLOCKS.search(text_before(match)):
        return said_clock(match["hour"], match["minute"])
    if not after or (before != "at" and after in _BEHIND_CLOCKS):
        told = _happens(match, before) or _follows_time(match)
        return said_clock(match["hour"], match["minute"]) if told else None
    if before == "at" and after in load_use("times", "behind-appointments") and match["minute"][1] in "05":
        return None if _is_priced(match) else said_clock(match["hour"], match["minute"])
    return said_clock(match["hour"], match["minute"]) if after in load_use("times", "clock-followers") else None


def _is_on_day(match: re.Match[str], before: str) -> bool:
    """Say whether a day of the week stands before, or a racecourse and a comma: Tue-Sat 7.45, Ayr, 2.40."""
    if re.split("[-–/]", before)[-1].rstrip(".") in _WEEKDAYS:
        return match["minute"] in _QUARTERS
    course = word_before(match)
    return course[-1:] == "," and course[:-1] in load_words("racecourses")


_BETWEEN_CLOCKS = LatePattern(r"\b[Bb]etween 0\d\.[0-5]\d and $")
_INVITED = LatePattern(r"(?<![\w.,£$€:])(?:1[0-2]|[1-9])(?:[.:][0-5]\d)?(?: ?[ap]\.?m\.?)? for $")
"""When guests come, before when they eat: 6 for 6.30."""


def _is_priced(match: re.Match[str]) -> bool:
    near = set(re.findall(r"[a-z-]+", f"{text_before(match)} {text_after(match)}".lower()))
    return not near.isdisjoint(load_use("times", "price"))


def _follows_time(match: re.Match[str]) -> bool:
    """Say whether another time of day stands before it in a list: "doors 7pm, first band 8.15"."""
    return bool(_TIME_BEFORE.search(text_before(match))) and match["minute"][1] in "05" and not _is_priced(match)


def _is_happening(match: re.Match[str]) -> bool:
    """Say whether words of what happens at a time stand near, and none of a price."""
    near = set(re.findall(r"[a-z-]+", f"{text_before(match)} {text_after(match)}".lower()))
    return bool(near & load_use("times", "happenings")) and near.isdisjoint(load_use("times", "price"))


def _happens(match: re.Match[str], before: str) -> bool:
    """Say whether something happens at a time that ends its clause: "the train left at 6.45."."""
    if before not in load_use("times", "time") or int(match["hour"]) == 0:
        return False
    clause = (
        re.split(r"[.;:!?]\s", text_before(match))[-1] + re.split(r"[.;:!?](?:\s|$)", text_after(match), maxsplit=1)[0]
    )
    near = set(re.findall(r"[a-z-]+", clause.lower()))
    if not near.isdisjoint(load_use("times", "price")):
        return False
    return bool(near & load_use("times", "happenings")) or (before == "at" and match["minute"][1] in "05")


RULES: tuple[Rule, ...] = (
    make_rule(
        "time.half-day",
        rf"(?:(?P<from>[01]?\d)(?:[:.](?P<from_minute>[0-5]\d))?\s?(?P<from_half>[AaPp]\.?[Mm]\.?)?(?:{DASH}|\s-\s))?"
        rf"(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s?{_HALF}{_ZONE}",
        _say_half_day,
        (DIGIT,),
        behind=" .:APap-",
        example="at 7.15pm -> at seven fifteen P M",
    ),
    make_rule(
        "time.lettered-span",
        r"(?P<from>1[0-2]|[1-9])(?::(?P<from_minute>[0-5]\d))?(?P<from_half>[ap])[-–]"
        r"(?P<hour>1[0-2]|[1-9])(?::(?P<minute>[0-5]\d))?(?P<half>[ap])(?!\w)",
        _say_lettered_span,
        (DIGIT,),
        behind=":ap",
        example="7a-3p -> seven A M to three P M",
    ),
    make_rule(
        "time.lettered",
        r"(?P<hour>1[0-2]|[1-9])(?::(?P<minute>[0-5]\d)(?P<half>[ap])(?!\w)"
        rf"|(?P<short>[ap])(?=\s{one_of('times', 'american-zones')}\b))",
        _say_lettered,
        (DIGIT,),
        behind=":ap",
        example="at 6:05a -> at six oh five A M",
    ),
    make_rule(
        "time.joined-half",
        rf"(?P<from>)(?P<from_half>)(?P<hour>1[0-2]|[1-9])(?P<minute>[0-5]\d)\s?{_HALF}{_ZONE}",
        _say_half_day,
        (DIGIT,),
        behind=" APap",
        example="at 1030 am -> at ten thirty A M",
    ),
    make_rule(
        "time.of-the-clock",
        r"(?P<hour>\d{1,2})[:.](?P<minute>[0-5]\d)(?=\s?o[’']clock)",
        _say_of_the_clock,
        (DIGIT,),
        behind=".:",
        example="08:30 o'clock -> eight thirty o'clock",
    ),
    make_rule(
        "time.span",
        rf"(?P<from>[01]?\d|2[0-4]):(?P<from_minute>[0-5]\d){DASH}{_CLOCK}:(?P<minute>[0-5]\d)(?!:?\d)",
        _say_clocks,
        (DIGIT,),
        behind=":",
        example="open 8:00-17:00 -> open eight o'clock to seventeen hundred",
    ),
    make_rule(
        "time.short-span",
        rf"(?P<from>[01]?\d|2[0-4])(?::(?P<from_minute>[0-5]\d))?{DASH}"
        rf"{_CLOCK}(?:[:.](?P<minute>[0-5]\d))?(?![\w:%]|[.,-]\d)",
        _say_short_hours,
        (DIGIT,),
        behind=" :-",
        example="open 9:30-9 -> open nine thirty to nine",
    ),
    make_rule(
        "time.pointed-span",
        rf"(?P<from>[01]?\d|2[0-4])\.(?P<from_minute>[0-5]\d)(?:{DASH}|\sto\s)"
        rf"{_CLOCK}\.(?P<minute>[0-5]\d)(?![\w%]|\.\d)",
        _say_opening_hours,
        (DIGIT,),
        behind=".",
        example="open 10.00-17.30 -> open ten o'clock to seventeen thirty",
    ),
    make_rule(
        "time.colon",
        rf"{_CLOCK}:(?P<minute>[0-5]\d)(?!:?\d|,\d|-\d){_ZONE}",
        _say_clock,
        (DIGIT,),
        behind=":",
        example="at 04:17 -> at four seventeen",
    ),
    make_rule(
        "time.point",
        rf"{_CLOCK}\.(?P<minute>[0-5]\d)(?![\w%]|\.\d|\s?[-–—/]\s?\d|-){_ZONE}",
        _say_clock_with_point,
        (DIGIT,),
        behind=".",
        example="At 7.30 -> At seven thirty",
    ),
)
