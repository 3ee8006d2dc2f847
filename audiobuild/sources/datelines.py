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
