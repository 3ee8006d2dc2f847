"""What show.toml says of the feed: what of it can be, and the names and addresses that follow from it (layer 3)."""

from __future__ import annotations

import hashlib
import hmac
import re
import uuid
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from audiobuild.config.show import FeedSettings, Show
from audiobuild.errors import ConfigError
from audiobuild.model.addresses import file_address, is_plain_file, web_address
from audiobuild.publish.feed.feed_text import printable_line

TYPES = ("episodic", "serial")
NUMBERINGS = ("none", "show", "year")
MEDIUMS = ("podcast", "audiobook", "newsletter", "blog", "course")
"""Of those that the podcast namespace knows, those that speech can be."""
FREQUENCIES = {
    "daily": "FREQ=DAILY",
    "weekly": "FREQ=WEEKLY",
    "biweekly": "FREQ=WEEKLY;INTERVAL=2",
    "monthly": "FREQ=MONTHLY",
}
"""Source: RFC 5545, 3.3.10."""
LEAST_KEY_CHARS = 16
MOST_PAGE_SIZE = 2000

_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Source: the podcast namespace, `podcast:guid`."""
_SEPARATOR = " > "
_NAME_DIGITS = 32
"""128 bits: nobody comes upon a private feed by trying."""


def feed_file(feed: FeedSettings) -> str:
    """Name the feed's file.

    Of a private feed it is made from the key by HMAC: who knows the address has not got the key, and one key gives
    every show another name. Only the address is secret: whoever has it can pass it on.
    """
    if not feed.key:
        return "feed.xml"
    name = hmac.new(feed.key.encode(), f"feed {feed.base}".encode(), hashlib.sha256).hexdigest()
    return f"feed-{name[:_NAME_DIGITS]}.xml"


def feed_address(feed: FeedSettings) -> str:
    """Say where the feed itself is found."""
    return feed.address or file_address(feed.base, feed_file(feed))


def show_guid(feed: FeedSettings) -> str:
    """Say the show's identity among directories: a UUID of the feed's address, without scheme and last slash."""
    if feed.guid:
        return str(uuid.UUID(feed.guid))
    return feed_guid(feed_address(feed))


def feed_guid(address: str) -> str:
    """Say which identity a feed has by its address."""
    return str(uuid.uuid5(_GUIDS, address.partition("://")[2].rstrip("/")))


def frequency(said: str) -> tuple[str, str]:
    """Say how often an episode comes out, in words and as a rule.

    >>> frequency("weekly"), frequency("FREQ=WEEKLY;INTERVAL=3")
    (('weekly', 'FREQ=WEEKLY'), ('FREQ=WEEKLY;INTERVAL=3', 'FREQ=WEEKLY;INTERVAL=3'))
    """
    return said, FREQUENCIES.get(said, said)


@cache
def load_categories() -> dict[str, tuple[str, ...]]:
    """Read Apple's categories, each with its subcategories."""
    text = files("audiobuild.publish.feed").joinpath("apple_categories.tsv").read_text(encoding="utf-8")
    rows = (row.split("\t") for row in text.splitlines() if row and not row.startswith("# "))
    return {row[0]: tuple(row[1:]) for row in rows}


def split_category(category: str) -> tuple[str, str]:
    """Part a category from its subcategory, which may be empty.

    >>> split_category("News > Politics"), split_category("History")
    (('News', 'Politics'), ('History', ''))
    """
    main, _, sub = category.partition(_SEPARATOR)
    return main, sub


def is_category(main: str, sub: str) -> bool:
    """Whether Apple has a category of that name, and a subcategory of it, unless that is empty."""
    categories = load_categories()
    return main in categories and (not sub or sub in categories[main])


def feed_facts(show: Show) -> FeedSettings:
    """Check what show.toml says of the feed, and give it back.

    Raises:
        ConfigError: a value that cannot be; it is named by its key.
    """
    for name, value, holds, hint in _rules(show):
        if not holds:
            raise ConfigError(f"{name} cannot be {value!r}", "show.toml", hint)
    return show.feed


_Rule: TypeAlias = tuple[str, object, object, str]
"""A setting's name, its value, whether that can be, and what to do where it cannot."""


def _rules(show: Show) -> Iterator[_Rule]:
    feed = show.feed
    whole = "Use a whole address, such as https://example.org/show/."
    yield "title", show.title, printable_line(show.title), "Give the show a title: every feed has one."
    base = feed.base
    folder = web_address(base) == base and base.endswith("/") and not re.search("[?#]", base)
    yield "feed.base", base, base and folder, f"{whole[:-1]}, with a slash at its end."
    cover = feed.cover
    hint = "Use a whole address, or a file beside the feed, such as cover.jpg."
    yield "feed.cover", cover, _is_address(cover) or is_plain_file(cover), hint
    email = not feed.owner_email or re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", feed.owner_email)
    yield "feed.owner_email", feed.owner_email, email, "Use an address such as post@example.org."
    yield "feed.category", feed.category, *_category_rule(feed.category)
    yield "feed.second_category", feed.second_category, *_category_rule(feed.second_category)
    often = frequency(feed.update_frequency)[1]
    rule = not often or re.fullmatch(r"FREQ=[A-Z]+(;[A-Z]+=[-+A-Z0-9,]+)*", often)
    yield "feed.update_frequency", feed.update_frequency, rule, f"Use one of {', '.join(FREQUENCIES)}, or an RRULE."
    yield "feed.keep_revisions", feed.keep_revisions, 0 <= feed.keep_revisions <= 99, "Use 0 to 99."
    for name, value, known in (
        ("type", feed.type, TYPES),
        ("medium", feed.medium, MEDIUMS),
        ("numbering", feed.numbering, NUMBERINGS),
    ):
        yield f"feed.{name}", value, value in known, f"Use one of {', '.join(known)}."
    size = feed.page_size
    yield "feed.page_size", size, 1 <= size <= MOST_PAGE_SIZE, f"Use 1 to {MOST_PAGE_SIZE} episodes."
    key = not feed.key or len(feed.key) >= LEAST_KEY_CHARS
    yield "feed.key", "...", key, f"Use {LEAST_KEY_CHARS} characters or more, drawn at random."  # a secret is not shown
    yield "feed.guid", feed.guid, not feed.guid or _is_uuid(feed.guid), "Use the podcast:guid of the former feed."
    addresses = [("link", show.link), ("feed.address", feed.address), ("feed.moved_to", feed.moved_to)]
    addresses += [("feed.funding", feed.funding), ("feed.license_url", feed.license_url)]
    for place, person in enumerate(feed.persons, 1):
        name = f"feed.persons.{place}"
        yield f"{name}.name", person.name, printable_line(person.name), "Give the person a name."
        addresses += [(f"{name}.href", person.href), (f"{name}.img", person.img)]
    yield from ((name, value, _is_address(value), whole) for name, value in addresses)


def _is_address(text: str) -> bool:
    """Whether this is an address as it is to be written, or none at all."""
    return web_address(text) == text


def _category_rule(category: str) -> tuple[bool, str]:
    """Whether a category can be, and what to do where it cannot: those there are, named."""
    main, sub = split_category(category)
    categories = load_categories()
    if main not in categories:
        return not category, f"Use one of {', '.join(categories)}."
    of_it = ", ".join(f"{main}{_SEPARATOR}{name}" for name in categories[main]) or main
    return is_category(main, sub) and category == (f"{main}{_SEPARATOR}{sub}" if sub else main), f"Use one of {of_it}."


def _is_uuid(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text))
