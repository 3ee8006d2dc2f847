"""Findings in a feed, and the checks that its channel and its items share (layer 3)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum
from urllib.parse import urlsplit

from audiobuild.publish.feed.feed_files import FeedFiles
from audiobuild.publish.feed.feed_xml import qualified
from audiobuild.publish.pictures.drawing import read_head

LEAST_COVER_PX, MOST_COVER_PX = 1400, 3000
MOST_COVER_BYTES = 512 * 1024
"""Source: Apple Podcasts' artwork rules; the bytes are what it recommends."""

_DATE = re.compile(
    r"(?:(Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT|UT|[ECMP][SD]T)"
)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MOST_SHOWN_CHARS = 60


class Severity(StrEnum):
    """How bad it is."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to be said of a feed."""

    severity: Severity
    place: str
    """"channel", or the item, with its number from 1 and its title."""
    message: str


def error(place: str, message: str) -> Finding:
    """Say what apps or directories refuse."""
    return Finding(Severity.ERROR, place, message)


def warning(place: str, message: str) -> Finding:
    """Say what could serve listeners better."""
    return Finding(Severity.WARNING, place, message)


def note(place: str, message: str) -> Finding:
    """Say what is to be known."""
    return Finding(Severity.NOTE, place, message)


def text_of(parent: ET.Element, name: str) -> str:
    """Give the text of an element in another, without space around it; empty where there is none."""
    return (parent.findtext(qualified(name)) or "").strip()


def quoted(text: str) -> str:
    """Quote a text, and no more of it than can be read at a glance."""
    return repr(text if len(text) <= _MOST_SHOWN_CHARS else f"{text[:_MOST_SHOWN_CHARS]}…")


def date_fault(date: str) -> str:
    """Say what is wrong with a date; empty where nothing is.

    >>> date_fault("Sun, 07 Nov 2026 05:00:00 GMT")
    "is 'Sun, 07 Nov 2026 05:00:00 GMT', but that day was a Sat"
    """
    written = _DATE.fullmatch(date)
    if not written:
        return f"is {quoted(date)}, not of the form 'Sat, 07 Nov 2026 05:00:00 GMT'"
    try:
        day = _DAYS[parsedate_to_datetime(date).weekday()]
    except ValueError:
        return f"is {quoted(date)}, and there is no such day"
    return f"is {quoted(date)}, but that day was a {day}" if written[1] and written[1] != day else ""


def address_faults(place: str, name: str, address: str) -> Iterator[Finding]:
    """Tell what is wrong with an address."""
    try:
        parts = urlsplit(address)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        whole = False
    if not address:
        yield error(place, f"{name} has no address")
    elif not whole:
        yield error(place, f"{name} is {quoted(address)}, no whole address of the web")
    elif not re.fullmatch(r"[!-~]+", address) or re.search(r'[<>"{}|\\^`]|%(?![0-9A-Fa-f]{2})', address):
        yield error(place, f"{name} is {quoted(address)}: an address is of ASCII, and all else is escaped")
    elif parts.scheme == "http":
        yield warning(place, f"{name} is {quoted(address)}: apps ask for https")


def file_name_faults(place: str, name: str, address: str) -> Iterator[Finding]:
    """Tell whether a file's name is one that every app can fetch: Apple asks for plain letters and digits."""
    file = address.rpartition("/")[2].partition("?")[0]
    if file and not re.fullmatch(r"[A-Za-z0-9._~-]+", file):
        yield warning(place, f"{name} has the file name {quoted(file)}: use ASCII letters, digits and hyphens")


def truth_faults(parent: ET.Element, place: str, *, required: bool) -> Iterator[Finding]:
    """Tell what is wrong with itunes:explicit."""
    said = text_of(parent, "itunes:explicit")
    if said not in ("true", "false") and (said or required):
        yield error(place, f"itunes:explicit is {said!r}, not true or false" if said else "itunes:explicit is missing")


def check_picture(place: str, name: str, address: str, home: FeedFiles | None) -> Iterator[Finding]:
    """Tell what is wrong with a cover, and with its file where that lies beside the feed."""
    yield from address_faults(place, f"the {name}", address)
    yield from file_name_faults(place, f"the {name}", address)
    path = home.path_of(address) if home else None
    if path is None:
        return
    if not path.is_file():
        yield error(place, f"the {name} {path.name} is not there")
        return
    data = path.read_bytes()
    picture = read_head(data)
    if picture is None:
        yield error(place, f"the {name} {path.name} is no JPEG or PNG")
        return
    if path.suffix.lower() not in {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",)}[picture.kind]:
        yield error(place, f"the {name} {path.name} is a {picture.kind}, which its name does not say")
    width_px, height_px = picture.width_px, picture.height_px
    if width_px != height_px or not LEAST_COVER_PX <= width_px <= MOST_COVER_PX:
        asked = f"Apple asks for a square of {LEAST_COVER_PX} to {MOST_COVER_PX}"
        yield error(place, f"the {name} {path.name} has {width_px} x {height_px} pixels; {asked}")
    if len(data) > MOST_COVER_BYTES:
        yield warning(place, f"the {name} {path.name} has {len(data) // 1024} KiB: at most 512 load quickly")
