"""Dates in figures: 3/2/1951 -> the third of February nineteen fifty-one (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis import words
from audiobuild.normalisation.english.lexis.lists import load_map, load_use, load_words
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.english.lexis.roman_numerals import roman_value
from audiobuild.normalisation.english.lexis.word_patterns import one_of, words_pattern
from audiobuild.normalisation.english.rules.dates_and_times.weekdays import MONTHS, WEEKDAYS_AND_SHORT
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.rule import DIGIT, Rule, make_rule, text_after, text_before, word_after, word_before

_MONTHLY = load_use("dates", "monthly")
"""Behind one of these 6/2018 is a month, besides the words that date."""
_NAMES = list(MONTHS.values())[:12]
_ISO = r"(?P<year>(?:1\d|20|21)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\d-])"
_STAMP = (
    rf"{_ISO}(?:T|\s)(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d{{1,9}})?)?"
    r"(?:(?P<utc>Z)|(?P<sign>[+-])(?P<offset>\d\d):?(?P<odd>\d\d)?)?(?![\w:])"
)
_SLASHED = (
    r"(?P<first>0?[1-9]|[12]\d|3[01])(?P<mark>[/.-])(?P<second>0?[1-9]|[12]\d|3[01])(?P=mark)"
    r"(?P<year>(?:1\d|20|21)\d\d|\d\d)(?![\d/.-]\d|\d|/)"
)
_DAY_OF_MONTH = r"(?P<first>0?[1-9]|[12]\d|3[01])/(?P<second>0?[1-9]|[12]\d|3[01])"
_DAY_MONTH = rf"{_DAY_OF_MONTH}(?![\w/])"
_LAST_DAY_OF_MONTH = r"(?P<third>0?[1-9]|[12]\d|3[01])/(?P<fourth>0?[1-9]|[12]\d|3[01])(?![\w/])"


def _full_date(month: str, day: str, year: str | None, context: Context) -> str:
    said_year = f" {words.year(year, context.locale)}" if year else ""
    if is_american(context):
        return f"{month} {words.ordinal(day)}{said_year}"
    return f"the {words.ordinal(day)} of {month}{said_year}"


def _say_iso(match: re.Match[str], context: Context) -> str | None:
    return _full_date(_NAMES[int(match["month"]) - 1], match["day"], match["year"], context)


def _say_bracketed(match: re.Match[str], context: Context) -> str | None:
    """Read a date that a bracket holds and nothing else: Ann Smith (2012-03-02)."""
    closes = "" if text_after(match)[:1] in {"", *",.;:?!"} else ","
    return f", {_say_iso(match, context)}{closes}"


def _say_stamp(match: re.Match[str], context: Context) -> str | None:
    """Read a date with its time as machines write it: 2024-03-15T09:05:00Z."""
    hour, minute, second = match["hour"], match["minute"], match["second"]
    clock = (
        f"{words.cardinal(hour)} hundred"
        if minute == "00"
        else f"{words.cardinal(hour)} {words.two_digit_year(minute)}"
    )
    if second and int(second):
        clock += f" and {words.cardinal(second)} second{'' if int(second) == 1 else 's'}"
    if match["utc"]:
        clock += " U T C"
    elif match["sign"]:
        clock += f" {'plus' if match['sign'] == '+' else 'minus'} {words.cardinal(match['offset'])}"
        clock += f" {words.cardinal(match['odd'])}" if int(match["odd"] or 0) else ""
    return f"{_say_iso(match, context)}, {clock}"


def _say_slashed(match: re.Match[str], context: Context) -> str | None:
    is_short = match["mark"] == "." and len(match["year"]) == 2 and len(match["second"]) != 2
    if is_short and (is_american(context) or word_before(match).lower() not in load_use("numeric_dates", "dating")):
        return None
    if match["mark"] == "." and word_before(match).lower().rstrip(".") in load_words("section_labels"):
        return None
    if match["mark"] == "-" and len(match["year"]) == 2:
        return None
    day, month = (match["second"], match["first"]) if is_american(context) else (match["first"], match["second"])
    if int(month) > 12:
        day, month = month, day
    if int(month) > 12:
        return None
    year = match["year"]
    spoken = _full_date(_NAMES[int(month) - 1], day, year if len(year) == 4 else None, context)
    return spoken if len(year) == 4 else f"{spoken} {words.year(_century(year), context.locale)}"


def _say_span(match: re.Match[str], context: Context) -> str | None:
    """Read two dates in figures and what parts them as a range."""
    ends = []
    for written in (match["from"], match["till"]):
        figures, iso = re.fullmatch(_SLASHED, written), re.fullmatch(_ISO, written)
        said = _say_slashed(figures, context) if figures else _say_iso(iso, context) if iso else None
        if said is None:
            return None
        ends.append(said)
    return " to ".join(ends)


def _say_year_first(match: re.Match[str], context: Context) -> str | None:
    """Read a date that begins with its year: 2016/07/03."""
    return _full_date(_NAMES[int(match["month"]) - 1], match["day"], match["year"], context)


_PARTS = {"d": "day", "m": "month", "y": "year"}


def _say_placeholder(match: re.Match[str], context: Context) -> str | None:
    """Read what shows how to write a date: dd/mm/yyyy."""
    return ", ".join(_PARTS[part[0].lower()] for part in re.findall("[A-Za-z]+", match.group()))


def _century(year: str) -> str:
    return ("20" if int(year) < 40 else "19") + year


_HEADED = LatePattern(r"\([A-Z][\w-]+, $")
"""What appeared on a day, in a bracket: (Letters, 5/3)."""
_DATED_BEFORE = LatePattern(rf"(?i:\b{one_of('numeric_dates', 'dating')}) \d{{1,2}}/\d{{1,2}},? (?:and )?[a-z]{{3,}} $")


def _say_day_month(match: re.Match[str], context: Context) -> str | None:
    """Read 1/4 as a date after "on" and its like, unless a noun of amount follows."""
    before = word_before(match)
    dated = before.lower() in load_use("numeric_dates", "dating") or before.rstrip(".,") in WEEKDAYS_AND_SHORT
    headed = is_american(context) and text_after(match)[:1] == ")" and _HEADED.search(text_before(match))
    dated = dated or bool(headed) or _is_one_of_dates(match)
    if not dated and not (words_pattern(r"\bWORDS $", "numeric_dates", "planned").search(text_before(match))):
        return None
    after = word_after(match).lower()
    if after == "of" or after in load_words("halved_units") | load_use("numeric_dates", "halves"):
        return None
    if word_before(match) == "by" and not load_use("numeric_dates", "changes").isdisjoint(
        text_before(match).lower().split()
    ):
        return None
    if f"{match['first']}/{match['second']}" in load_map("number_names") or _changes_from(match):
        return None
    day, month = (match["second"], match["first"]) if is_american(context) else (match["first"], match["second"])
    if int(month) > 12 and not (word_before(match) == "by" and int(month) in {16, 20}):
        day, month = month, day
    if int(month) > 12:
        return None
    return _full_date(_NAMES[int(month) - 1], day, None, context)


def _is_one_of_dates(match: re.Match[str]) -> bool:
    """Say whether another date stands by, or what was done on one: "due 4/1 and arrived 4/5", "shipped 3/4,"."""
    after = text_after(match)
    if words_pattern(r" WORDS \d{1,2}/\d", "numeric_dates", "through").match(after):
        return True
    ends = re.match(r"[,.;)]|$", after) or word_after(match) in load_words("function_words") - {"of"}
    done = word_before(match).lower() in load_use("numeric_dates", "done")
    return bool(ends) and (done or _DATED_BEFORE.search(text_before(match)) is not None)


def _say_month_year(match: re.Match[str], context: Context) -> str | None:
    """Read 6/2018 behind a word of time as a month: "sold 6/2018", "since 06/2018"."""
    if word_before(match).lower().rstrip(":") not in load_use("numeric_dates", "dating") | _MONTHLY:
        return None
    return f"{_NAMES[int(match['month']) - 1]} {words.year(match['year'], context.locale)}"


def _say_day_months(match: re.Match[str], context: Context) -> str | None:
    """Read 8/5-8/9 as dates unless both can be fractions of something."""
    ends = [(int(match["first"]), int(match["second"])), (int(match["third"]), int(match["fourth"]))]
    dated = word_before(match).lower() in load_use("numeric_dates", "dating") or any(
        top >= bottom for top, bottom in ends
    )
    if not is_american(context):
        ends = [(month, day) for day, month in ends]
    if not dated or ends[0][0] > 12 or ends[1][0] > 12 or word_after(match) in load_words("halved_units"):
        return None
    said = [_full_date(_NAMES[month - 1], str(day), None, context) for month, day in ends]
    return " to ".join(said)


def _changes_from(match: re.Match[str]) -> bool:
    """Say whether something goes from one fraction to another: "fell from 5/6 to 2/3"."""
    onward = re.match(r"\sto\s(\d{1,2})/(\d{1,2})(?!\d)", text_after(match))
    if word_before(match).lower() != "from" or onward is None:
        return False
    return (
        int(match["first"]) < int(match["second"]) and int(onward[1]) < int(onward[2]) and onward[2] != match["second"]
    )


def _say_hyphened(match: re.Match[str], context: Context) -> str | None:
    """Read a month and a day behind "on" as Americans write them: "on 12-24"."""
    after = word_after(match)
    if not is_american(context) or word_before(match).lower() != "on" or after == "of":
        return None
    if after and after not in load_words("function_words"):
        return None
    return f"{_NAMES[int(match['month']) - 1]} {words.ordinal(match['day'])}"


_FIGURES = r"(?:\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)|\d{4}-\d\d-\d\d)"


_YEAR_FIRST = r"""
    (?P<year>(?:1\d|20|21)\d\d)(?P<mark>[/.])
    (?P<month>0?[1-9]|1[0-2])(?P=mark)  # parted by the same mark
    (?P<day>0?[1-9]|[12]\d|3[01])(?![\w/]|[.,]\d)
"""


def _say_roman_month(match: re.Match[str], context: Context) -> str | None:
    """Read a date whose month is a small numeral: 3.ix.1928."""
    month = _NAMES[roman_value(match["month"].upper()) - 1]
    year = match["year"]
    return _full_date(month, match["day"], year if len(year) == 4 else _century(year), context)


def _say_roman_capitals(match: re.Match[str], context: Context) -> str | None:
    """Read a date whose month is a Roman numeral: 28.VI.1919."""
    month = roman_value(match["month"].upper())
    day = words.ordinal(match["day"], context.locale)
    if not 0 < month < 13 or not 0 < int(match["day"]) < 32:
        return None
    return f"the {day} of {list(load_map('months').values())[month - 1]} {words.year(match['year'], context.locale)}"


RULES: tuple[Rule, ...] = (
    make_rule(
        "date.roman-capitals",
        r"(?P<day>\d{1,2})(?:\.\s?|\s|-|/)(?P<month>X?I{1,3}|IV|VI{0,3}|IX|X)"
        r"(?:\.\s?|\s|-|/)(?P<year>1[5-9]\d\d|20\d\d)(?!\w)",
        _say_roman_capitals,
        (DIGIT,),
        behind=" ./-",
        example="on 28.VI.1919 -> on the twenty-eighth of June nineteen nineteen",
    ),
    make_rule(
        "date.year-first",
        _YEAR_FIRST,
        _say_year_first,
        (DIGIT,),
        behind="./",
        flags=re.VERBOSE,
        example="2016/07/03 -> the third of July twenty sixteen",
    ),
    make_rule(
        "date.full-span",
        rf"(?P<from>{_FIGURES})(?:\s?–\s?|\s-\s|-)(?P<till>{_FIGURES})",
        _say_span,
        (DIGIT,),
        behind="./-",
        example="1/3/2024–4/3/2024 -> the first of March twenty twenty-four to the fourth of March twenty twenty-four",
    ),
    make_rule(
        "date.placeholder",
        r"(?:[dD]{2}([/.-])[mM]{2}|[mM]{2}([/.-])[dD]{2})[/.-][yY]{2,4}(?!\w)",
        _say_placeholder,
        ("dd", "DD", "mm", "MM"),
        example="dd/mm/yyyy -> day, month, year",
    ),
    make_rule(
        "date.time-stamp",
        _STAMP,
        _say_stamp,
        (DIGIT,),
        behind="-",
        example="2023-07-04T09:05:00Z -> the fourth of July twenty twenty-three, nine oh five U T C",
    ),
    make_rule(
        "date.iso",
        rf"{_ISO}(?![\w/]|[.:_][\w])",
        _say_iso,
        (DIGIT,),
        behind="-",
        example="2019-01-03 -> the third of January twenty nineteen",
    ),
    make_rule(
        "date.bracketed",
        rf"(?<=[\w.”] )\({_ISO}\)",
        _say_bracketed,
        ("(",),
        example="Ann (2012-03-02). -> Ann, the second of March twenty twelve.",
    ),
    make_rule(
        "date.month-and-day-hyphened",
        r"(?P<month>0?[1-9]|1[0-2])-(?P<day>0?[1-9]|[12]\d|3[01])(?![\w/-]|[.,:]\d)",
        _say_hyphened,
        (DIGIT,),
        behind="-",
        example="on 1-2 -> on January second",
        locale="en-US",
    ),
    make_rule(
        "date.month-and-year",
        r"(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)(?![\w/])",
        _say_month_year,
        (DIGIT,),
        behind="/",
        example="sold 6/2018 -> sold June twenty eighteen",
    ),
    make_rule(
        "date.span-of-figures",
        rf"{_DAY_OF_MONTH}[-–]{_LAST_DAY_OF_MONTH}",
        _say_day_months,
        (DIGIT,),
        behind="/",
        example="8/5-8/9 -> the eighth of May to the eighth of September",
    ),
    make_rule(
        "date.figures",
        _SLASHED,
        _say_slashed,
        (DIGIT,),
        behind="./-",
        example="3/2/1951 -> the third of February nineteen fifty-one",
    ),
    make_rule(
        "date.roman-month",
        r"(?P<day>[12]\d|3[01]|0?[1-9])(?P<mark>[./-])(?P<month>v?i{1,3}|i?[vx]|xi{1,2})(?P=mark)"
        r"(?P<year>(?:1\d|20)\d\d|\d\d)(?!\w|[.,]\d)",
        _say_roman_month,
        (DIGIT,),
        behind="./-",
        example="3.ix.1928 -> the third of September nineteen twenty-eight",
    ),
    make_rule(
        "date.day-and-month",
        _DAY_MONTH,
        _say_day_month,
        (DIGIT,),
        behind="/",
        example="on 3/9 -> on the third of September",
    ),
)
