"""How the pages write dates, lengths, sizes and the names of files (layer 3, pure)."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import quote

from audiobuild.model.plain_text import plain_line

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def length_of_time(time_ms: int) -> str:
    """Write how long something takes.

    >>> length_of_time(3_900_000), length_of_time(9000)
    ('1 hr 5 min', '9 sec')
    """
    minutes = round(time_ms / 60_000)
    if not minutes:
        return f"{round(time_ms / 1000)} sec"
    hours, minutes = divmod(minutes, 60)
    return " ".join([f"{hours} hr"] * bool(hours) + [f"{minutes} min"] * bool(minutes))


def day_in(date: dt.date, language: str) -> str:
    """Write a date as in that language of the pages."""
    month = _MONTHS[date.month - 1]
    return f"{month} {date.day}, {date.year}" if language == "en-US" else f"{date.day} {month} {date.year}"


def size_in_words(size: int) -> str:
    """Write a number of bytes."""
    if size < 1_000_000:
        return f"{round(size / 1000)} kB"
    return f"{size / 1e6:.1f} MB" if size < 10_000_000 else f"{round(size / 1e6)} MB"


def seconds(time_ms: int) -> str:
    """Write a time in seconds, as links to a moment have it."""
    return f"{time_ms / 1000:.3f}".rstrip("0").rstrip(".")


def paragraphs(text: str) -> list[str]:
    """Part a text at its empty lines."""
    return [plain for part in re.split(r"\n\s*\n", text) if (plain := plain_line(part))]


def file_link(name: str) -> str:
    """A link to a file in the same folder and nowhere else, whatever it is called."""
    return quote(name, safe="")
