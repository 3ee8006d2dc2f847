"""Dates: Jan 3rd 2019 -> January the third twenty nineteen (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_words
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.word_patterns import alternatives, one_of, words_pattern
from audiobuild.normalisation.english.rules.dates_and_times.weekdays import MONTHS, kept_stop
from audiobuild.normalisation.english.rules.forms import AND_OR, AND_OR_TO, ORDINAL
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import (
    CAPITALS,
    DIGIT,
    Rule,
    make_rule,
    text_after,
    text_before,
    word_before,
    words_before,
)

_CAPITAL_MONTHS = frozenset(name.upper() for name in MONTHS)
_CAPITAL_ORDINAL = ORDINAL.upper()
_SHORT = frozenset(name for name, full in MONTHS.items() if name != full)
_SMALL = frozenset(map(str.lower, _SHORT))
_MONTH = rf"(?P<month>{alternatives(frozenset(MONTHS))})"
_DAY = rf"(?P<day>0?[1-9]|[12]\d|3[01]){ORDINAL}?"
_DAY2 = rf"(?P<day2>0?[1-9]|[12]\d|3[01]){ORDINAL}?"
_YEAR = r"(?:(?:,?\s|-(?=\d{4}(?![\w-])))(?P<year>(?:1\d|20|21)\d\d)(?![\d,]\d|[\w%]|-\d|\.\d))?"

_SHORT_STOP = r"(?:(?:(?<=(?<!\w)\w{3})|(?<=Sept))(?<!May)\.(?=\s\(?[^\sA-ZÀ-Þ“\"‘'(]|\s[’'‘]\d\d(?!\d)|[,;:)]))?"
"""The stop of a month that is shortened; before a capital it ends the sentence as well, and stays."""
_MONTH_BEHIND = LatePattern(rf"[-–](?:{alternatives(frozenset(MONTHS))})(?![a-z])")
_MONTH_FIRST = rf"""
    {_MONTH}(?:\.?\s|-(?=\d{{1,2}}-\d{{4}}(?!\w)))(?P<day>0?[1-9]|[12]\d|3[01])(?P<ending>{ORDINAL})?
    (?:  # another day, which has an ending if the first has one
        \s?(?P<dash>-|–|{AND_OR_TO}|&(?=\s?\d\d?(?:\s[a-z]|[,.;:)]|$)))\s?(?(ending)(?:(?<=[-–])|(?=\d\d?{ORDINAL}))){_DAY2}
    )?
    (?![\d%])(?!,\d|\.\d|:\d|[a-zA-Z])  # neither a decimal nor an hour
    {_YEAR}
"""
_DAY_FIRST = rf"""
    (?P<the>)(?:{_DAY}\s?(?P<dash>-|–|/|to|and)\s?)?  # the first of two days
    (?P<last>0?[1-9]|[12]\d|3[01]){ORDINAL}?(?P<of>\sof)?[\s-]{_MONTH}(?![\w’'])
    {_SHORT_STOP}  # the stop of a shortened month
    {_YEAR}
"""


def _spoken_day(day: str, context: Context, *, article: bool) -> str:
    ordinal = words.ordinal(day, context.locale)
    return f"the {ordinal}" if article else ordinal


def _said_year(year: str | None, context: Context) -> str:
    return f" {words.year(year, context.locale)}" if year else ""


def _month_first(month: str, day: str, context: Context) -> str:
    return f"{month} {_spoken_day(day, context, article=not is_american(context))}"


def _is_verb(match: re.Match[str]) -> bool:
    """Say whether a month is a verb before a number, or ends before it: "how to March 5 Miles", "to June 5 inches"."""
    before = word_before(match)
    return before == "may" or (
        before == "to" and words_pattern(r"(?i) WORDS\b", "casing", "of-measure").match(text_after(match)) is not None
    )


def _say_month_first(match: re.Match[str], context: Context) -> str | None:
    month = MONTHS[match["month"]]
    if match["year"] is None and _is_verb(match):
        return None
    spoken = _month_first(month, match["day"], context)
    if match["day2"]:
        joint = {"-": "to", "–": "to", "&": "and"}.get(match["dash"], match["dash"])
        spoken += f" {joint} {_spoken_day(match['day2'], context, article=not is_american(context))}"
    return spoken + _said_year(match["year"], context)


_CALENDARS_APART = range(10, 14)
"""Days between the old calendar and the new: 1/13 March 1881."""


def _say_day_first(match: re.Match[str], context: Context) -> str | None:
    month = MONTHS[match["month"]]
    before = word_before(match).lower()
    if match["month"] == "May" and match["year"] is None and text_after(match).startswith((" be ", " have ", " not ")):
        return None
    apart = int(match["last"]) - int(match["day"]) if match["dash"] == "/" else 1
    if apart not in {1, *_CALENDARS_APART}:
        return None
    article = "" if before == "the" else "the "
    last = f"{words.ordinal(match['last'])} of {month}{_said_year(match['year'], context)}"
    if is_american(context) and match["of"] is None:
        if match["day"] and not (match["dash"] in "/–" or match["year"] or before in {"on", "from"}):
            return None
        joint = "to" if apart == 1 else "or"
        if match["day"] and not article:
            return f"{words.ordinal(match['day'])} {joint} {last}"
        either = f"{words.ordinal(match['day'])} {joint} " if match["day"] else ""
        return (
            f"{month} {either}{words.ordinal(match['last'])}{_said_year(match['year'], context)}" if article else last
        )
    if match["day"]:
        joint = {"-": "to", "–": "to", "/": "to" if apart == 1 else "or"}.get(match["dash"], match["dash"])
        return f"{article}{words.ordinal(match['day'])} {joint} the {last}"
    return article + last


def _say_dates(match: re.Match[str], context: Context) -> str | None:
    """Read two dates and what parts them as a range: 1 Oct-12 Nov, Nov 29-Jan 4."""
    ends = []
    for day, month in (("day", "month"), ("till_day", "till")):
        number, name = match[day], MONTHS[match[month]]
        day_first = match.start(day) < match.start(month) and not is_american(context)
        said = _month_first(name, number, context)
        ends.append(f"the {words.ordinal(number)} of {name}" if day_first else said)
    return f"{' to '.join(ends)}{_said_year(match['year'], context)}"


def _say_days(match: re.Match[str], context: Context) -> str | None:
    """Read several days of one month: 3, 10 or 17 May."""
    *days, last = re.findall(r"\d{1,2}", match["days"])
    if len(days) == 1 and match["joint"] == "and" and not is_american(context):
        return None  # that is a range with its joint
    month = MONTHS[match["month"]]
    year = _said_year(match["year"], context)
    said = [words.ordinal(day) for day in days]
    joint = "and" if match["joint"] == "&" else match["joint"]
    listed = f"{', '.join(said)} {joint} {words.ordinal(last)}"
    if is_american(context):
        return f"{month} {listed}{year}"
    return f"{'' if word_before(match).lower() == 'the' else 'the '}{listed} of {month}{year}"


def _say_capital_month(match: re.Match[str], context: Context) -> str | None:
    """Read a shortened month in capitals before a day or a year: SEPT. 15."""
    dated = re.match(rf"\s(?:\d{{1,2}}{_CAPITAL_ORDINAL}|\d{{4}})", text_after(match))
    if match["month"] in {"MAY", "MARCH"} and not dated and word_before(match) not in load_words("before_months"):
        return None
    return MONTHS[match["month"].capitalize()]


def _say_capital_day(match: re.Match[str], context: Context) -> str | None:
    """Read the day behind a month in capitals, of which the opening it belongs to has been spoken: "ON MARCH 4TH"."""
    nearest = words_before(match, 2)
    month = nearest[0].rstrip(".")
    if month not in _CAPITAL_MONTHS:
        return None
    if month == "MAY" and not match["ending"] and nearest[1:2] and nearest[1] not in load_words("before_months"):
        return None
    if month == "MAY" and not match["ending"] and re.match(r"\s[A-Z]{2,}", text_after(match)):
        return None
    return _spoken_day(match["day"], context, article=not is_american(context)) + _said_year(match["year"], context)


def _say_small_month(match: re.Match[str], context: Context) -> str:
    """Read a shortened month in small letters with its stop and its day, within an ordinary line: on dec. 8, 1941."""
    month = MONTHS[match["month"].capitalize()]
    return _month_first(month, match["day"], context) + _said_year(match["year"], context)


def _say_month_alone(match: re.Match[str], context: Context) -> str | None:
    """Read a shortened month in full where a year follows or a word of time goes before."""
    if re.match(r"\.?,?\s(?:1[5-9]|20)\d\d(?![\d,]\d|\w)", match.string[match.end("month") : match.end() + 8]):
        return MONTHS[match["month"]]
    after = text_after(match)
    if re.match(r"-[A-Za-z]", after) and not _MONTH_BEHIND.match(after):
        return None  # a name: Mar-a-Lago, Jan-Erik
    if match["month"] == "Mar" and (after.startswith(" del ") or _IS_NOBLE.search(text_before(match))):
        return None  # Mar del Plata, the Earl of Mar
    if match["month"] == "Sept":
        return MONTHS[match["month"]] + kept_stop(match)
    if re.match(r"\s[A-Z]", after):
        return None
    before = text_before(match)
    if re.match(r"[’']s\b", after):
        return MONTHS[match["month"]]
    if words_pattern(r"(?:^|\s|\()WORDS[\s-]$", "dates", "before-month").search(before):
        return MONTHS[match["month"]] + kept_stop(match)
    if _MONTH_BEHIND.match(after):
        return MONTHS[match["month"]]
    return None


_IS_NOBLE = LatePattern(rf"\b{one_of('dates', 'peers')} of $")


def _say_months(match: re.Match[str], context: Context) -> str | None:
    """Read two months and a hyphen as a range: May-Oct. -> May to October; April-June needs no words."""
    if _SHORT.isdisjoint((match["month"], match["till"])) and match["dash"] == "-":
        return None
    return f"{MONTHS[match['month']]} to {MONTHS[match['till']]}{kept_stop(match)}"


_NAMED_MONTH = alternatives(frozenset(MONTHS))
_MONTH_WRITTEN = rf"(?:{_NAMED_MONTH}|{alternatives(_CAPITAL_MONTHS)})"
_DASH = r"\s?[-–—]\s?"
_DATE_SPAN = (
    rf"{_DAY}\s{_MONTH}\.?{_DASH}(?P<till_day>0?[1-9]|[12]\d|3[01])(?:{ORDINAL})?\s(?P<till>{_NAMED_MONTH})(?![\w’'])"
    rf"{_SHORT_STOP}{_YEAR}"
)
_SPAN_OF_DATES = (
    rf"{_MONTH}\.?\s{_DAY}{_DASH}(?P<till>{_NAMED_MONTH})\.?\s(?P<till_day>0?[1-9]|[12]\d|3[01])(?:{ORDINAL})?"
    rf"(?![\d%]|,\d|\.\d|:\d|[a-zA-Z]){_YEAR}"
)
_ANY_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_SEVERAL_DAYS = (
    rf"(?P<days>{_ANY_DAY}(?:, ?{_ANY_DAY}){{0,5}},? (?P<joint>{AND_OR}|&) (?:[12]\d|3[01]|0?[1-9]))"
    rf"\s{_MONTH}(?![\w’']){_SHORT_STOP}{_YEAR}"
)


RULES: tuple[Rule, ...] = (
    make_rule(
        "date.span-day-first",
        _DATE_SPAN,
        _say_dates,
        (DIGIT,),
        behind=" anrst",
        example="1 Oct-12 Nov -> the first of October to the twelfth of November",
    ),
    make_rule(
        "date.span-month-first",
        _SPAN_OF_DATES,
        _say_dates,
        MONTHS,
        example="Nov 29-Jan 4 -> November the twenty-ninth to January the fourth",
    ),
    make_rule(
        "date.several-days",
        _SEVERAL_DAYS,
        _say_days,
        (DIGIT,),
        behind=" ,",
        example="3, 10 or 17 May -> the third, tenth or seventeenth of May",
    ),
    make_rule(
        "date.month-first",
        _MONTH_FIRST,
        _say_month_first,
        MONTHS,
        flags=re.VERBOSE,
        example="Feb 3rd -> February the third",
    ),
    make_rule(
        "date.small-month",
        rf"(?P<month>{alternatives(_SMALL)})\.\s(?P<day>3[01]|[12]\d|[1-9])(?![\w%]|[.,:]\d){_YEAR}",
        _say_small_month,
        _SMALL,
        behind=".",
        example="She came on dec. 8 -> She came on December the eighth",
    ),
    make_rule(
        "month.span",
        rf"{_MONTH}\.?(?P<dash>[-–])(?P<till>{_NAMED_MONTH})(?P<stop>\.)?(?![\w’']|\s\d{{1,2}}(?!\d))",
        _say_months,
        MONTHS,
        example="(May-Oct.) -> (May to October)",
    ),
    make_rule(
        "month.year-span",
        rf"(?<=[a-zA-Z.] )(?P<first>(?:1[5-9]|20)\d\d)[-–](?={_MONTH_WRITTEN}\.? [12]\d{{3}}(?!\d))",
        lambda match, context: f"{words.year(match['first'], context.locale)} to ",
        (DIGIT,),
        behind="-",
        example="Sep 2007-Jul 2008 -> September two thousand and seven to July two thousand and eight",
    ),
    make_rule(
        "month.short",
        rf"{_MONTH}(?P<stop>\.(?=[’']s\b)|\.(?![\w’']))?(?(stop)|(?![\w’']))",
        _say_month_alone,
        _SHORT,
        example="Oct 2005 -> October two thousand and five",
    ),
    make_rule(
        "month.capital",
        rf"(?P<month>{alternatives(_CAPITAL_MONTHS)})\.?"
        rf"(?=\s(?:\d{{1,2}}|(?:19|20)\d\d){_CAPITAL_ORDINAL}?(?!\w|[.,:]\d))",
        _say_capital_month,
        (CAPITALS,),
        behind=" .",
        example="On SEPT. 15 -> On September the fifteenth",
    ),
    make_rule(
        "date.day-after-capitals",
        rf"(?:(?<=[A-Z] )|(?<=[A-Z]\. ))(?P<day>0?[1-9]|[12]\d|3[01])"
        rf"(?P<ending>{ORDINAL}|{_CAPITAL_ORDINAL})?(?![\w%]|[.,:]\d){_YEAR}",
        _say_capital_day,
        (DIGIT,),
        example="ON MARCH 4TH we -> On March the fourth we",
    ),
    make_rule(
        "date.day-first",
        _DAY_FIRST,
        _say_day_first,
        (DIGIT,),
        behind=" anrst/-",
        flags=re.VERBOSE,
        example="5th May -> the fifth of May",
    ),
)
