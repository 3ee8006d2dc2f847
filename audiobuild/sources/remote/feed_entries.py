"""A feed (RSS or Atom) to its entries, and each entry to an article (layer 1, pure).

This is the only module that knows feedparser.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from audiobuild.errors import NoArticle, SourceError
from audiobuild.model.addresses import web_address
from audiobuild.model.book import Book
from audiobuild.model.values import PROSE, Article
from audiobuild.normalisation import split_sentences
from audiobuild.sources.article_parts.metadata import find_authors
from audiobuild.sources.html.html_blocks import find_html_blocks
from audiobuild.sources.html.html_tags import refuse_many_tags
from audiobuild.sources.html.markup_text import mark_note_links
from audiobuild.sources.marked.markdown import DRAFT
from audiobuild.sources.marked.plain_titles import plain_title
from audiobuild.sources.web_pages.page_body import find_furniture
from audiobuild.sources.web_pages.page_head import with_title_as_headline
from audiobuild.sources.web_pages.page_tree import parse_page
from audiobuild.sources.web_pages.web_page import find_blocks_without

USUAL_ENTRIES = 10
"""How many entries are read of a feed where nobody says how many."""
_CAPTION = re.compile(
    r"\[caption\b[^\[\]]{0,300}\]\s*((?:<a\b[^<>]{0,300}>)?<img\b[^<>]{0,500}>(?:</a>)?)([^\[]{0,500})\[/caption\]"
)
_PARAGRAPH = re.compile(r"<(?:p|div|br)\b", re.IGNORECASE)
_WHOLE_WORDS = 150
"""A summary with as many words is the whole text."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of a feed."""

    title: str
    url: str
    """Empty for none that may be followed."""
    published: dt.date | None
    html: str
    is_whole: bool
    """Whether the feed holds the whole text, and no summary of it."""
    place: int
    """Where in the feed it stands, from 0."""
    authors: tuple[str, ...] = ()
    unread: str = ""
    """Why it is not for reading, in an export of a whole site; empty for what is."""


def read_feed(data: bytes, source: str) -> tuple[Book, tuple[FeedEntry, ...]]:
    """Read a feed, its newest entries first; where one has no date, all stand where the feed has them.

    Returns:
        What the feed says of itself, as a book would, and its entries.

    Raises:
        SourceError: this is no feed, or there is nothing in it.
    """
    import feedparser

    if b"<!ENTITY" in data.replace(b"\0", b"").upper():
        raise SourceError("it declares entities, which are not followed", source, "A feed that is sound needs none.")
    try:
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        raise SourceError("this feed cannot be read", source, "Look at it in a browser.") from error
    if not feed.get("version") and not feed.entries:
        raise SourceError("this is no feed", source, "A feed is RSS or Atom.")
    if not feed.entries:
        raise SourceError("there is nothing in this feed", source, "Try again when something has been published.")
    entries = [_entry(entry, place) for place, entry in enumerate(feed.entries)]
    if all(entry.published for entry in entries):
        entries.sort(key=lambda entry: entry.published or dt.date.min, reverse=True)
    title, author, language = (str(feed.feed.get(key, "")) for key in ("title", "author", "language"))
    book = Book(plain_title(title), _plain(author), language, is_feed=True)
    return book, tuple(entries)


def choose_entries(
    entries: Sequence[FeedEntry], newest: int | None, since: dt.date | None, where: str
) -> Iterator[tuple[FeedEntry, str]]:
    """Choose the entries to be read.

    Args:
        newest: how many at most; None for all since a day, or as many as is usual.
        since: the day before which none is read.
        where: the feed, for an error's message.

    Returns:
        Each entry with the reason why it is not read; that is empty for those that are.

    Raises:
        SourceError: there is none since that day.
    """
    is_late = [
        not entry.unread and (since is None or (entry.published is not None and entry.published >= since))
        for entry in entries
    ]
    if since and not any(is_late):
        raise SourceError(f"nothing was published since {since}", where, "Choose an earlier --since.")
    most = newest or (sum(is_late) if since else USUAL_ENTRIES)
    for entry, number in zip(entries, itertools.accumulate(is_late), strict=True):
        if entry.unread:
            yield entry, entry.unread
        elif since and (entry.published is None or entry.published < since):
            yield entry, f"published before {since}" if entry.published else "no date says whether it is new"
        else:
            yield entry, "" if number <= most else f"not among the newest {most}"


_TITLE_CHARS = 120
"""Of an entry that has no title of its own."""
_BLOGGERS = re.compile(r"/blogger/2008/kind#\w+$")
"""What Blogger's export says of an entry: a post, a comment, a template."""
_SHORTCODES = re.compile(
    r"""\[/[a-z][\w-]{0,40}\]|\[[a-z][\w-]{0,40}(?:\s+[\w-]{1,40}=(?:"[^"\]]{0,300}"|'[^'\]]{0,300}'|[^\s\]"']{1,100})){1,20}\s*/?\]
    """,
    re.VERBOSE,
)
"""Of WordPress: with attributes, or at an end."""
_EMBEDDED = re.compile(r"\[(embed|audio|video|code|playlist)\b[^\]]{0,300}\][^\[]{0,2000}\[/\1\]")


def read_entry(entry: FeedEntry, source: str) -> Article:
    """Make an article of what a feed holds of an entry.

    Raises:
        NoArticle: there is no text in it.
    """
    article = entry_article(entry, source)
    if not any(block.kind in PROSE and not block.unread for block in article.blocks):
        raise NoArticle("there is no text of it in the feed", article.source, "Leave it out with --skip.")
    return article


def entry_article(entry: FeedEntry, source: str) -> Article:
    """Make an article of what a feed holds of an entry, whether or not there is a text in it."""
    name = entry.url or f"{source}/{entry.place + 1}"
    html = mark_note_links(_laid_out(entry.html))
    found = tuple(find_blocks_without(html, find_furniture(parse_page(html))))
    blocks = tuple(with_title_as_headline(found, entry.title))
    return Article(entry.title, name, blocks, published=entry.published, url=entry.url, authors=entry.authors)


def _entry(entry: Any, place: int) -> FeedEntry:
    contents = [str(each.get("value", "")) for each in entry.get("content", [])]
    summary = str(entry.get("summary", ""))
    html = max((*contents, summary), key=len)
    author = entry.get("author_detail", {}).get("name") or entry.get("author", "")  # the latter with an address
    refuse_many_tags(html, web_address(str(entry.get("link", ""))))
    texts = list(_texts(html))
    words = " ".join(texts).split()
    told = entry.get("published_parsed") or dict.get(entry, "updated_parsed")  # past its own stand-in for that
    return FeedEntry(
        title=plain_title(str(entry.get("title", ""))) or _opening(texts) or f"Entry {place + 1}",
        url=web_address(str(entry.get("link", ""))),
        published=_date(told),
        html=html,
        is_whole=bool(any(contents) and words) or len(words) >= _WHOLE_WORDS,
        place=place,
        authors=find_authors({"author": str(author)}),
        unread=_unread(entry),
    )


def _opening(texts: Sequence[str]) -> str:
    """Name an entry without a title by its first sentence; where that is long, by its first words."""
    sentence = next((each.strip() for text in texts for each in split_sentences(text) if each.strip()), "")
    if len(sentence) <= _TITLE_CHARS:
        return sentence
    return f"{sentence[: _TITLE_CHARS - 1].rsplit(None, 1)[0].rstrip(',;:–— ')}…"


def _unread(entry: Any) -> str:
    """Say why an entry of an export, WordPress's or Blogger's, is not for reading."""
    terms = (str(each.get("term") or "") for each in entry.get("tags", []))
    if any(_BLOGGERS.search(term) and not term.endswith("#post") for term in terms):
        return "this is no article"
    status, kind = (str(entry.get(f"wp_{name}", "")) for name in ("status", "post_type"))
    if kind and kind not in ("post", "page"):
        return "this is no article"
    return DRAFT if status and status != "publish" else ""


def _laid_out(html: str) -> str:
    """Write as HTML what an export has for it: paragraphs parted by blank lines, captions in brackets."""
    is_laid_out = _PARAGRAPH.search(html) is not None
    html = _CAPTION.sub(r"<figure>\1<figcaption>\2</figcaption></figure>", html)
    html = _EMBEDDED.sub(lambda found: f"<template>{found[0]}</template>", html)
    pairs = {found[1] for found in re.finditer(r"\[/([a-z][\w-]{0,40})\]", html)}
    if pairs:
        opening = re.compile(rf"\[(?:{'|'.join(map(re.escape, sorted(pairs)))})\]")
        html = opening.sub(lambda found: f"<template>{found[0]}</template>", html)
    html = _SHORTCODES.sub(lambda found: f"<template>{found[0]}</template>", html)
    html = re.sub(r"((?:</template>|-->)[ \t]*)\n[ \t]*\n", r"\1<p>", html)
    return html if is_laid_out else re.sub(r"\n[ \t]*\n", "<p>", html)


def _date(told: Any) -> dt.date | None:
    try:
        return dt.date(told.tm_year, told.tm_mon, told.tm_mday) if told else None
    except ValueError:
        return None


def _plain(html: str) -> str:
    return " ".join(_texts(html))


def _texts(html: str) -> Iterator[str]:
    for found in find_html_blocks(html):
        if found.block.kind in PROSE or found.tag:
            yield found.block.text
