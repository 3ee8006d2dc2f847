"""When a house is open, in the short forms of a sign on its door: M-F -> Monday to Friday (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use, load_words
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_after, text_before

_DAYS = load_map("day_letters")
_DAY = rf"(?:{alternatives(list(_DAYS))})"
_FULL_DAY = rf"(?:{alternatives(load_map('weekdays').values())})"
_TIME_BEHIND = LatePattern(r"[,:]?\s?(?:from |at )?\(?\d{1,2}(?::\d\d|\s?[ap]\.?m|\s?[-–—]|\sto\b)")
_OPENS_BEFORE = LatePattern(rf"(?:{alternatives(load_words('opening_words'))}|available|closed):?\s$", re.IGNORECASE)


def _say_days(match: re.Match[str], context: Context) -> str | None:
    """Read days of the week in letters, where hours stand behind or the words before speak of them."""
    opens = _OPENS_BEFORE.search(text_before(match))
    opens = opens or re.search(r"\d(?:[-–]\d{1,2})?(?:\s?[ap]\.?m\.?)?,? $", text_before(match))
    if not opens and not (match["hours"] or _TIME_BEHIND.match(text_after(match))):
        return None
    days = f"{_DAYS[match['first']]} to {_DAYS[match['second']]}"
    if not match["hours"]:
        return days
    return f"{days}{match['gap']}{words.cardinal(match['from'])} to {words.cardinal(match['until'])}"


def _say_full_days(match: re.Match[str], context: Context) -> str | None:
    """Read days in full and a hyphen as a span, unless the second is the next day."""
    days = list(load_map("weekdays").values())
    names = list(dict.fromkeys(days))
    apart = (names.index(match["second"]) - names.index(match["first"])) % len(names)
    if apart < 2 and not _TIME_BEHIND.match(text_after(match)):
        return None
    return f"{match['first']}{match['several']} to {match['second']}"


def _say_from_noon(match: re.Match[str], context: Context) -> str:
    """Read a span of hours from noon or midnight."""
    return f"{match['start']} to "


def _say_till_noon(match: re.Match[str], context: Context) -> str:
    """Read a span of hours that ends at noon or midnight: 9–noon."""
    minute = words.two_digit_year(match["minute"]) if match["minute"] not in {None, "00"} else ""
    return f"{words.cardinal(match['hour'])} {minute}".rstrip() + " to "


def _say_airs(match: re.Match[str], context: Context) -> str | None:
    """Read when something is broadcast in the east and in the middle of America: 9/8c."""
    if (int(match["east"]) - int(match["middle"])) % 12 != 1:
        return None
    half = " thirty" if match["half"] else ""
    return f"{words.cardinal(match['east'])}{half}, {words.cardinal(match['middle'])}{half} central"


def _say_parted_days(match: re.Match[str], context: Context) -> str:
    """Read days in letters about strokes."""
    return ", ".join(_DAYS[day] for day in match["days"].split("/"))


def _say_day(match: re.Match[str], context: Context) -> str:
    """Read the letters of a day and its hours."""
    return f"{_DAYS[match['day']]}{match['gap']}{words.cardinal(match['from'])} to {words.cardinal(match['until'])}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "weekday.parted-days",
        rf"(?P<days>{_DAY}(?:/{_DAY}){{1,5}})(?=,? (?:at )?\d{{1,2}}(?::\d\d|\s?[ap]\.?m|[-–]\d|[ap]\b))",
        _say_parted_days,
        _DAYS,
        behind="/",
        example="M/W/F 9:30 -> Monday, Wednesday, Friday nine thirty",
    ),
    make_rule(
        "weekday.opening-day",
        rf"(?P<day>{one_of('schedules', 'lone-days')})(?P<gap>[,:]? )(?P<from>1[0-2]|[1-9])[-–]"
        r"(?P<until>1[0-2]|[1-9])(?![\w:%–-]|\.\d)",
        _say_day,
        _DAYS,
        behind=" ,:",
        example="Su 12–6 -> Sunday twelve to six",
    ),
    make_rule(
        "weekday.full-span",
        rf"(?P<first>{_FULL_DAY})(?P<several>s?)[-–](?P<second>{_FULL_DAY})(?!\w|-)",
        _say_full_days,
        load_map("weekdays").values(),
        behind="s-",
        example="Open Monday-Friday -> Open Monday to Friday",
    ),
    make_rule(
        "time.from-noon",
        rf"(?P<start>{one_of('schedules', 'starts')})\s?[-–]\s?"
        r"(?=\d{1,2}(?![\w/-])|\d{1,2}(?::\d\d)?\s?[ap]\.?m)",
        _say_from_noon,
        load_use("schedules", "starts"),
        example="open noon-4pm -> open noon to four P M",
    ),
    make_rule(
        "time.two-zones",
        rf"(?P<east>\d{{1,2}})(?P<half>:30)?/(?P<middle>\d{{1,2}})(?(half):30)"
        rf"(?:[cC]| ?{one_of('schedules', 'central')})(?!\w)",
        _say_airs,
        (DIGIT,),
        behind=":/",
        example="at 9/8c -> at nine, eight central",
    ),
    make_rule(
        "time.till-noon",
        rf"(?P<hour>1[0-2]|[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?[-–]\s?(?={one_of('schedules', 'starts')}\b)",
        _say_till_noon,
        (DIGIT,),
        behind=" :.-",
        example="open 9-noon -> open nine to noon",
    ),
    make_rule(
        "weekday.opening-days",
        rf"(?P<first>{_DAY})[-–](?P<second>{_DAY})(?!\w|[-–])"
        r"(?P<hours>(?P<gap>[,:]? )(?P<from>\d{1,2})[-–](?P<until>\d{1,2})(?![\w:%–-]|\.\d|\s?[ap]\.?m))?",
        _say_days,
        _DAYS,
        example="Open M–F -> Open Monday to Friday",
    ),
)
