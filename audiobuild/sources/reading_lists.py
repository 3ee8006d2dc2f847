"""Lists of what somebody means to read, as services export them: addresses, and no article (layer 1, pure).

Pocket's and Instapaper's as pages or CSV, Readwise's as CSV, and bookmarks of browsers.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress

from audiobuild.model.addresses import web_address
from audiobuild.sources.html.html_tags import HtmlPartKind, cut_html

_PAGE = re.compile(r"<!doctype\s+netscape-bookmark-file|<title>\s*(?:pocket export|instapaper: export)", re.IGNORECASE)
_HEAD_CHARS = 2000
_COLUMNS = frozenset("time_added timestamp status folder selection tags location saved_date document_tags".split())
"""What the tables of such lists have beside an address."""
_KEPT = frozenset({"archive", "read", "read archive", "archived"})
"""What a part of a list is called that has been read."""


def listed_addresses(text: str) -> tuple[str, ...]:
    """Give the addresses of a reading list: those that have not been read, or all where all have; none of other texts.

    >>> listed_addresses("title,url,time_added,tags,status\\nMud,https://mud.example/a,1400000000,,unread\\n")
    ('https://mud.example/a',)
    """
    found = list(_of_page(text) if _PAGE.search(text[:_HEAD_CHARS]) else _of_table(text))
    wanted = [address for address, is_read in found if not is_read] or [address for address, _ in found]
    return tuple(dict.fromkeys(wanted))


def _of_page(text: str) -> Iterator[tuple[str, bool]]:
    """Give the addresses of a page, each with whether it has been read."""
    heading = ""
    in_heading = False
    for part in cut_html(text):
        if part.tag in ("h1", "h2", "h3"):
            in_heading = part.kind is HtmlPartKind.START
            heading = "" if in_heading else heading
        elif in_heading:
            heading += part.text
        elif part.tag == "a" and (address := web_address(part.attributes.get("href", ""))):
            yield address, heading.strip().lower() in _KEPT


def _of_table(text: str) -> Iterator[tuple[str, bool]]:
    """Give the addresses of a table that has a column for them, each with whether it has been read."""
    head = text[:_HEAD_CHARS].partition("\n")[0]
    names = [name.strip().lower().replace(" ", "_") for name in next(_rows(head), [])]
    if "url" not in names or not _COLUMNS.intersection(names):
        return
    for row in _rows(text):
        cells = dict(zip(names, (cell.strip() for cell in row), strict=False))
        places = (cells.get(name, "").lower() for name in ("status", "folder", "location"))
        if address := web_address(cells.get("url", "")):
            yield address, any(place in _KEPT for place in places)


def _rows(text: str) -> Iterator[list[str]]:
    """Read a table as far as it is one."""
    with suppress(csv.Error):
        yield from csv.reader(io.StringIO(text))
