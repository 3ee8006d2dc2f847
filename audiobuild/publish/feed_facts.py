"""What a feed says of its show, and what of that can be (layer 3)."""

from __future__ import annotations

import hashlib
import hmac
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from audiobuild.errors import ConfigError
from audiobuild.publish.feed_text import file_address, is_plain_file, line, web_address

TYPES = ("episodic", "serial")
NUMBERINGS = ("none", "show", "year")
MEDIUMS = ("podcast", "audiobook", "newsletter", "blog", "course")
"""Of those that the podcast namespace knows, those that speech can be."""
LEAST_KEY_CHARS = 16
MOST_PAGE_SIZE = 2000

_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Source: the podcast namespace, `podcast:guid`."""
_SEPARATOR = " > "
_NAME_DIGITS = 32
"""128 bits: nobody comes upon a private feed by trying."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is heard, or who has a part in the show."""

    name: str
    role: str = ""
    """A role of the Podcast Taxonomy, such as "host" or "reporter"; empty means host."""
    group: str = ""
    """The group of that role; empty means cast."""
    href: str = ""
    """A page about them."""
    img: str = ""
    """The address of a picture of them."""


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """What a feed says of its show."""

    title: str
    base: str
    """The address of the folder in which the feed and the episodes are published; it ends with a slash."""
    description: str = ""
    author: str = ""
    owner_name: str = ""
    owner_email: str = ""
    """Where directories write to, to know that the show is yours; everybody can read it."""
    link: str = ""
    """The show's own page; empty for the folder's address."""
    address: str = ""
    """Where listeners subscribe, if that is not the feed's file in the folder."""
    language: str = "en-GB"
    """BCP 47."""
    category: str = ""
    """One of Apple's: "News", or with a subcategory, "News > Politics"."""
    explicit: bool = False
    cover: str = ""
    """The address of the show's cover, or its file in the folder; empty for the cover of the newest episode."""
    type: str = "episodic"
    """One of TYPES: serial where episodes are heard from the first on."""
    copyright: str = ""
    persons: tuple[Person, ...] = ()
    locked: bool = False
    """Whether other hosts are asked not to take the show over."""
    medium: str = "podcast"
    """One of MEDIUMS."""
    numbering: str = "none"
    """How episodes are numbered in the order of their dates: through the show, or through each year as a season."""
    page_size: int = 300
    """How many episodes make an older page; the feed itself holds as many, and up to twice as many less one."""
    key: str = field(default="", repr=False)
    """A secret that gives the feed a name that cannot be guessed; empty for a public feed."""
    guid: str = ""
    """The show's `podcast:guid` for a show that has moved; empty for the one that its address gives."""

    @property
    def file(self) -> str:
        """Name the feed's file.

        Of a private feed it is made from the key by HMAC: who knows the address has not got the key, and one key gives
        every show another name. Only the address is secret: whoever has it can pass it on.
        """
        if not self.key:
            return "feed.xml"
        name = hmac.new(self.key.encode(), f"feed {self.base}".encode(), hashlib.sha256).hexdigest()
        return f"feed-{name[:_NAME_DIGITS]}.xml"

    @property
    def self_address(self) -> str:
        """Where the feed itself is found."""
        return web_address(self.address) or file_address(self.base, self.file)

    @property
    def show_guid(self) -> str:
        """The show's identity among directories: a UUID of the feed's address, without scheme and last slash."""
        if self.guid:
            return str(uuid.UUID(self.guid))
        return str(uuid.uuid5(_GUIDS, self.self_address.partition("://")[2].rstrip("/")))

    def address_of(self, cover_or_file: str) -> str:
        """Say where a picture is found that is named by its address or by its file."""
        return web_address(cover_or_file) or file_address(self.base, cover_or_file)


@cache
def load_categories() -> dict[str, tuple[str, ...]]:
    """Read Apple's categories, each with its subcategories."""
    text = files("audiobuild.publish").joinpath("apple_categories.tsv").read_text(encoding="utf-8")
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


def check_facts(facts: FeedFacts, where: str = "show.toml") -> FeedFacts:
    """Hold the facts against what is possible, and give them back.

    Raises:
        ConfigError: one that cannot be; it is named as a key of the table [feed].
    """
    for name, value, holds, hint in _rules(facts):
        if not holds:
            raise ConfigError(f"{name} cannot be {value!r}", where, hint)
    return facts


_Rule: TypeAlias = tuple[str, object, object, str]
"""A setting's name, its value, whether that can be, and what to do where it cannot."""


def _rules(facts: FeedFacts) -> Iterator[_Rule]:
    whole = "Use a whole address, such as https://example.org/show/."
    yield "title", facts.title, line(facts.title), "Give the show a title: every feed has one."
    base = facts.base
    folder = web_address(base) == base and base.endswith("/") and not re.search("[?#]", base)
    yield "feed.base", base, base and folder, f"{whole[:-1]}, with a slash at its end."
    for name in ("link", "address"):
        value = getattr(facts, name)
        yield f"{'feed.' if name == 'address' else ''}{name}", value, not value or web_address(value) == value, whole
    cover = facts.cover
    hint = "Use a whole address, or a file beside the feed, such as cover.jpg."
    yield "feed.cover", cover, not cover or web_address(cover) == cover or is_plain_file(cover), hint
    language = re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", facts.language)
    yield "language", facts.language, language, "Use a code such as en-GB."
    email = not facts.owner_email or re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", facts.owner_email)
    yield "feed.owner_email", facts.owner_email, email, "Use an address such as post@example.org."
    yield "feed.category", facts.category, *_category_rule(facts.category)
    yield "feed.type", facts.type, facts.type in TYPES, f"Use one of {', '.join(TYPES)}."
    yield "feed.medium", facts.medium, facts.medium in MEDIUMS, f"Use one of {', '.join(MEDIUMS)}."
    yield "feed.numbering", facts.numbering, facts.numbering in NUMBERINGS, f"Use one of {', '.join(NUMBERINGS)}."
    size = facts.page_size
    yield "feed.page_size", size, 1 <= size <= MOST_PAGE_SIZE, f"Use 1 to {MOST_PAGE_SIZE} episodes."
    key = not facts.key or len(facts.key) >= LEAST_KEY_CHARS
    yield "feed.key", "...", key, f"Use {LEAST_KEY_CHARS} characters or more, drawn at random."  # a secret is not shown
    yield "feed.guid", facts.guid, not facts.guid or _is_uuid(facts.guid), "Use the podcast:guid of the former feed."
    for place, person in enumerate(facts.persons, 1):
        yield f"feed.persons.{place}.name", person.name, line(person.name), "Give the person a name."
        for name, value in (("href", person.href), ("img", person.img)):
            yield f"feed.persons.{place}.{name}", value, not value or web_address(value) == value, whole


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
