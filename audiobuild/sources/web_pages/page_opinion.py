"""What trafilatura takes for the article of a web page (layer 1): its words, and what the page says of it.

This is the only module that knows trafilatura. Its text is not read aloud: it tells which blocks of the page are the
article's, so that every other block can be accounted for.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from dataclasses import dataclass

from audiobuild.errors import SourceError
from audiobuild.sources.article_parts.datelines import parse_date

_MOST_ITEMS, _MOST_TAGS = 2_000, 20_000
"""Of a page with more the opinion is not asked: it would take time that grows with their square. Pages have 4,000."""
_MANY_TAGS, _FEWEST_CHARS = 2_000, 10
"""Nor of one with so many and fewer characters for each: its tags have hardly a word between them."""
_FIRST_OF_JANUARY = re.compile(
    r"\b0?1(?:st)?[ ./-]{1,2}(?:0?1\b|Jan)|Jan(?:uary|\.)?[ ]0?1\b|-01-01|\b20\d\d0101", re.IGNORECASE
)
_ABOUT = re.compile(r"\s*(?:about\b|more (?:from|by)\b)", re.IGNORECASE)
"""What the heading of a box about its author begins with, which is no name."""
_ALL_POSTS = re.compile(
    r"^(?:(?:view|see|read) all (?:posts|articles)(?: by)? |(?:autor(?:in)?|author|text): ?)", re.IGNORECASE
)
_TO_READERS = re.compile(r"\b(?:you|your|please|our|subscribe|click)\b|[!?]", re.IGNORECASE)
"""What stands in words to readers, and in no name."""
_INSTALL = "Install it: pip install 'audiobuild[web]'"


@dataclass(frozen=True, slots=True)
class PageOpinion:
    """What somebody who has seen many pages says of one."""

    paragraphs: tuple[str, ...] = ()
    """The article, its headings among them."""
    title: str = ""
    author: str = ""
    published: dt.date | None = None
    image: str = ""
    """The address of the picture that stands for it."""
    url: str = ""


def judge_page(text: str, url: str, where: str) -> PageOpinion:
    """Ask what the article of a page is.

    Args:
        text: the page.
        url: where it was fetched; empty where that is not known.
        where: for error messages.

    Raises:
        SourceError: trafilatura is not installed.
    """
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise SourceError("web pages are read with trafilatura", where, _INSTALL) from error
    tags = text.count("<")
    is_bare = tags > _MANY_TAGS and len(text) < _FEWEST_CHARS * tags
    if is_bare or tags > _MOST_TAGS or text.count("<li") > _MOST_ITEMS:
        return PageOpinion()
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot do is told by its answer
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(text, url=url or None, include_comments=False, with_metadata=True, favor_recall=True)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, LookupError, RecursionError, AssertionError):
        found = None  # it meets pages every day that it was not made for
    if found is None or isinstance(found, dict) or found.body is None:
        return PageOpinion()
    paragraphs = [
        " ".join("".join(each.itertext()).split())
        for each in found.body.iter("p", "head", "item", "cell", "quote", "code")
    ]
    author = _ALL_POSTS.sub("", found.author or "")
    return PageOpinion(
        tuple(filter(None, paragraphs)),
        found.title or "",
        "" if _ABOUT.match(author) or _TO_READERS.search(author) else author,
        _day(found.date or "", text),
        found.image or "",
        found.url or "",
    )


def _day(told: str, text: str) -> dt.date | None:
    """Read a date; where only a year was found, such as that of a copyright, the first of January is said for it."""
    day = parse_date(told)
    is_guessed = day is not None and (day.month, day.day) == (1, 1) and not _FIRST_OF_JANUARY.search(text)
    return None if is_guessed else day
