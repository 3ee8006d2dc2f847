"""What front matter says of an article, by whatever key a site generator has for it (layer 1, pure)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from audiobuild.model.addresses import web_address
from audiobuild.model.language_tags import language_tag
from audiobuild.sources.article_parts.datelines import parse_date, parse_stamp

_TITLES = ("title", "headline", "name")
_SUBTITLES = ("subtitle", "sub_title", "dek", "deck", "standfirst", "tagline", "rubric")
_DESCRIPTIONS = ("description", "excerpt", "summary", "custom_excerpt", "meta_description", "abstract")
_DATES = (
    *("date", "publishdate", "publish_date", "published_date", "pubdate", "pub_date", "published", "published_at"),
    *("date_published", "datepublished", "post_date", "created", "created_at", "date_created", "updated", "lastmod"),
)
_AUTHORS = ("author", "authors", "byline", "by", "creator")
NOBODY = frozenset(
    (
        *("admin", "administrator", "webmaster", "root", "editor", "author", "autor", "auteur", "anonymous", "user"),
        *("unknown", "un-named", "python-docx", "microsoft office user", "windows user", "owner"),
    )
)
"""Whom programs name where nobody has told them an author."""
_IMAGES = (
    *("image", "cover", "cover_image", "coverimage", "featured_image", "featuredimage", "feature_image", "hero"),
    *("hero_image", "heroimage", "banner", "thumbnail", "images", "og_image", "ogimage", "socialimage"),
)
_ADDRESSES = ("url", "link", "canonical_url", "permalink", "canonicalurl", "canonical")
_LANGUAGES = ("lang", "language", "locale")
_DRAFT = ("draft", "is_draft", "isdraft", "unpublished")
_PUBLISHED = ("published", "publish", "is_published", "ispublished")
_STATUS = ("status", "visibility", "state")
_NOT_OUT = frozenset({"draft", "private", "unpublished", "hidden", "idea", "pending", "scheduled"})
_YES, _NO = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})
_WITHIN = ("name", "title", "src", "url", "path", "image", "file", "filename", "relative")
"""What a value of several parts is called by, the first that is there."""


KEYS = frozenset(
    (
        *("id", *_TITLES, *_SUBTITLES, *_DESCRIPTIONS, *_DATES, *_AUTHORS, *_IMAGES, *_ADDRESSES, *_LANGUAGES),
        *(*_DRAFT, *_PUBLISHED, *_STATUS),
    )
)
"""Every key that is known, in small letters and with underscores."""


def is_date_lost(key: str, text: str) -> bool:
    """Say whether a value of front matter is to be a date and is none that is understood.

    >>> is_date_lost("date", "03/04/2026"), is_date_lost("date", "2026-04-03"), is_date_lost("published", "true")
    (True, False, False)
    """
    return key in _DATES and bool(text) and text.lower() not in _YES | _NO and _date(text) is None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article beside its text."""

    title: str = ""
    subtitle: str = ""
    """The line under the headline, which is heard."""
    description: str = ""
    """What lists and feeds say of it, which is not."""
    published: dt.date | None = None
    authors: tuple[str, ...] = ()
    image: str = ""
    """The path of its picture as it is written."""
    url: str = ""
    language: str = ""
    is_draft: bool = False
    id: str = ""
    """What it is known by for ever."""


def find_metadata(values: Mapping[str, Any]) -> Metadata:
    """Find what is known of an article.

    >>> find_metadata({"title": "Mud", "pubdate": "2026-05-04", "draft": "true"}).is_draft
    True
    """
    addresses = [text for key in _ADDRESSES if (text := _scalar(values.get(key)))]
    addresses += filter(web_address, [_scalar(values.get("source"))])  # of a page that was clipped
    return Metadata(
        title=_text(values, _TITLES),
        subtitle=_text(values, _SUBTITLES),
        description=_text(values, _DESCRIPTIONS),
        published=next(filter(None, map(_date, _texts(values, _DATES))), None),
        authors=find_authors(values),
        image=next((each for each in _texts(values, _IMAGES) if _is_path(each)), ""),
        url=next(filter(web_address, addresses), next(iter(addresses), "")),
        language=next((each for each in map(language_tag, _texts(values, _LANGUAGES)) if each), ""),
        is_draft=_is_draft(values),
        id=_text(values, ("id",)),
    )


def find_authors(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Find who wrote an article.

    >>> find_authors({"author": "Ada Holt and Jo Lee"})
    ('Ada Holt', 'Jo Lee')
    """
    return tuple(dict.fromkeys(_authors(values)))


def _texts(values: Mapping[str, Any], keys: Sequence[str]) -> Iterator[str]:
    return (text for key in keys for text in _parts(values.get(key)))


def _text(values: Mapping[str, Any], keys: Sequence[str]) -> str:
    return next((" ".join(text.split()) for key in keys if (text := _scalar(values.get(key)))), "")


def _scalar(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int | float | dt.date | dt.time) else ""


def _parts(value: Any) -> list[str]:
    """List the texts of a value: itself, those of a list, what a table is called by."""
    if isinstance(value, list):
        return [text for each in value if not isinstance(each, list) for text in _parts(each)]
    if isinstance(value, dict):
        named = (_scalar(value.get(key)) for key in _WITHIN)
        return [next(filter(None, named), "")]
    return [_scalar(value)] if _scalar(value) else []


def _date(text: str) -> dt.date | None:
    return parse_date(text) or parse_stamp(text)


_OF_PICTURES = re.compile(r"(?:photo(?:graph)?|illustration|picture|graphic|video)s? by\b", re.IGNORECASE)


def _authors(values: Mapping[str, Any]) -> Iterator[str]:
    for key in _AUTHORS:
        for text in _parts(values.get(key)):
            names = (name.strip(" []") for name in re.split(r";|,\s|\s+and\s+|\s+&\s+|\s[·•|]\s", unescape(text)))
            found = (name for name in names if name and not _OF_PICTURES.match(name) and "@" not in name)
            yield from (name for name in found if name.lower() not in NOBODY)


def _is_path(text: str) -> bool:
    return "://" not in text and not text.startswith(("/", "data:")) and re.search(r"\.\w{3,4}$", text) is not None


def _is_draft(values: Mapping[str, Any]) -> bool:
    if any(_scalar(values.get(key)).lower() in _YES for key in _DRAFT):
        return True
    if any(_scalar(values.get(key)).lower() in _NO for key in _PUBLISHED):
        return True
    return any(_scalar(values.get(key)).lower() in _NOT_OUT for key in _STATUS)
