"""What the names of files and folders say: a title, a date, a place in the order (layer 1, pure)."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import PurePath

from audiobuild.sources.article_parts.datelines import parse_date

_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?=$|[-_\s.])[-_\s.]*")
_MONTHS = "january february april june july august september october november december"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_CALENDAR = re.compile(
    rf"\b(?:{'|'.join((*_MONTHS.split(), *_DAYS.split()))})\b"
    r"|(?<=\bin )(?:may|march)\b|(?<=\bof )(?:may|march)\b|(?<=\d )(?:may|march)\b|\b(?:may|march)(?= \d)"
)
"""Two months are words as well, and are months behind "in", "of" and beside a number."""


def name_of(path: PurePath, endings: tuple[str, ...] = ()) -> str:
    """Make a title of a file or folder name: no ordering number, no date, no ending, spaces for hyphens.

    >>> name_of(PurePath("issue/02-leaders")), name_of(PurePath("2026-05-04-mud-in-may.md"), (".md",))
    ('Leaders', 'Mud in May')
    """
    name = path.stem if path.suffix.lower() in endings else path.name
    dated = _DATE.match(name)
    rest = name[dated.end() :] if dated else name
    if not rest:
        return name
    words = re.sub(r"[-_\s]+", " ", rest).strip()
    words = re.sub(r"^\d+\s+(?=\S)", "", words) if not dated else words
    words = _CALENDAR.sub(lambda found: found[0].capitalize(), words)
    return words[:1].upper() + words[1:]


def date_of(path: PurePath) -> dt.date | None:
    """Read the date with which a name begins.

    >>> date_of(PurePath("posts/2026-05-04-mud-in-may.md"))
    datetime.date(2026, 5, 4)
    """
    found = _DATE.match(path.name)
    return parse_date(found[1]) if found else None


def natural_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """Give what names are sorted by: numbers in them by their size, 2 before 10.

    >>> sorted(["10-c", "2-b", "1-a"], key=natural_order)
    ['1-a', '2-b', '10-c']
    """
    parts = re.split(r"([0-9]+)", name)
    keys = ((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)
    return (*keys, (-1, 0, name))
