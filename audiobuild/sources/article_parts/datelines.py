"""Dates as an article's date line writes them (layer 1, pure)."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?i:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_FORMS = (
    re.compile(rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}"),  # Jan 3rd 2019; January 3, 2019
    re.compile(rf"{_DAY}\s+{_MONTH},?\s+{_YEAR}"),  # 3 January 2019
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"),  # 2019-01-03
)


_TIME = r"(?=$|[T,\s])"
_STAMPS = (
    re.compile(rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}{_TIME}"),
    re.compile(rf"{_DAY}[\s-]+(?:of\s+)?{_MONTH}[,\s-]+{_YEAR}{_TIME}"),
    re.compile(rf"{_YEAR}[\s-]+{_MONTH}[\s-]+{_DAY}{_TIME}"),  # 2019 January 3
    re.compile(rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TIME}"),
    re.compile(rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d){_TIME}"),
    re.compile(rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}){_TIME}"),
)
_STROKES = re.compile(rf"(\d{{1,2}})/(\d{{1,2}})/(\d{{4}}){_TIME}")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LONGEST_CHARS = 80


def parse_date(text: str) -> dt.date | None:
    """Read a whole text as a date; None where it is none.

    >>> parse_date("Jan 3rd 2019")
    datetime.date(2019, 1, 3)
    >>> parse_date("Room 101") is None
    True
    """
    for form in _FORMS:
        if found := form.fullmatch(text.strip()):
            return _date(found["year"], found["month"], found["day"])
    return None


def parse_stamp(text: str) -> dt.date | None:
    """Read a date as programs and people write it in front matter and feeds, with or without time and weekday.

    Of days and months in figures, parted by strokes, the one over twelve is the day; where none is, neither is known.

    >>> parse_stamp("Mon, 04 May 2026 09:00:00 GMT"), parse_stamp("25/12/2026"), parse_stamp("3/1/2019")
    (datetime.date(2026, 5, 4), datetime.date(2026, 12, 25), None)
    """
    begins = text.strip()[:_LONGEST_CHARS]
    if not _DIGIT.search(begins):
        return None
    words = _WEEKDAY.sub("", begins.strip())
    if whole := parse_date(words):
        return whole
    for form in _STAMPS:
        if found := form.match(words):
            return _date(found["year"], found["month"], found["day"])
    if found := _STROKES.match(words):
        first, second = int(found[1]), int(found[2])
        if first > 12 or second > 12 or first == second:
            return _date(found[3], *((found[2], found[1]) if first > 12 else (found[1], found[2])))
    return None


def parse_date_line(text: str) -> tuple[dt.date | None, str]:
    """Read a date with a place, if there is one; a text that is no date has None for it.

    >>> parse_date_line("Jan 3rd 2019 | ALEPPO")
    (datetime.date(2019, 1, 3), 'ALEPPO')
    """
    date, _, place = text.partition("|")
    return parse_date(date), place.strip()


def _date(year: str, month: str, day: str) -> dt.date | None:
    numbers = [number for number, name in enumerate(_MONTHS, 1) if name.startswith(month.lower())]
    if not numbers and not month.isdigit():
        return None
    try:
        return dt.date(int(year), numbers[0] if numbers else int(month), int(day))
    except ValueError:
        return None
