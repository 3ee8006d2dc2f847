"""Articles of what stands at an address, and of feeds, whose entries may stand at other addresses (layer 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from audiobuild.errors import AudiobuildError, NetworkError, NetworkOffline, NoArticle, SourceError, combine_errors
from audiobuild.model.values import Article
from audiobuild.network.http import shown_address
from audiobuild.sources.file_kinds import FEED_SUFFIXES, PAGE_SUFFIXES
from audiobuild.sources.readers import READERS
from audiobuild.sources.remote.feed_entries import (
    FeedEntry,
    choose_entries,
    entry_article,
    read_entry,
    read_feed,
)
from audiobuild.sources.remote.source_options import SourceOptions
from audiobuild.sources.remote.web_sources import FetchedSource, fetch_source, name_of_address, telling_of_kept
from audiobuild.sources.web_pages.web_page import read_web_page


def read_address(url: str, options: SourceOptions) -> Iterator[Article]:
    """Read what stands at an address.

    Raises:
        NetworkError: it cannot be fetched, or may not.
        SourceError: it is nothing that is read, or holds no text.
    """
    fetched = fetch_source(url, options)
    with telling_of_kept(fetched.fetched, options):
        yield from _articles_at(url, fetched, options)


def _articles_at(url: str, fetched: FetchedSource, options: SourceOptions) -> Iterable[Article]:
    if fetched.suffix in FEED_SUFFIXES:
        return read_feed_articles(fetched.data, shown_address(url), "", options)
    if fetched.suffix in PAGE_SUFFIXES:
        return (_page(fetched),)
    articles = READERS[fetched.suffix](fetched.data, name_of_address(url), "")
    return tuple(article if article.url or article.book else replace(article, url=url) for article in articles)


def read_feed_articles(data: bytes, source: str, section: str, options: SourceOptions) -> Iterator[Article]:
    """Read a feed: of each entry the text that it holds, or the page that it leads to.

    Raises:
        NetworkError: none of the pages can be fetched, or may be.
        SourceError: this is no feed, or there is nothing to read in it.
    """
    book, entries = read_feed(data, source)
    chosen = tuple(choose_entries(entries, options.newest, options.since, source))
    faults: list[AudiobuildError] = []
    for entry, unread in chosen:
        if unread:
            yield replace(entry_article(entry, source), section=section, book=book, unread=unread)
            continue
        try:
            article = _read_entry(entry, source, options)
        except (SourceError, NetworkError) as error:
            faults.append(error)
            article = replace(entry_article(entry, source), unread=error.message)
        yield replace(article, section=section, published=article.published or entry.published, book=book)
    if len(faults) == sum(not unread for _, unread in chosen):  # without a network, say
        _refuse_all(faults)


def _refuse_all(faults: Sequence[AudiobuildError]) -> None:
    """Tell why no entry of a feed can be read, unless it is that none has a text."""
    told = {error.message: error for error in reversed(faults) if not isinstance(error, NoArticle)}
    if told:
        raise combine_errors(tuple(reversed(told.values())))


def _read_entry(entry: FeedEntry, source: str, options: SourceOptions) -> Article:
    """Read what a feed holds of an entry, or the page that it leads to.

    Raises:
        NetworkError: the page cannot be fetched now, or may not, or is not there and the feed holds nothing of it.
        SourceError: there is no text in it.
    """
    if not entry.url or entry.is_whole:
        return read_entry(entry, source)
    try:
        page = _entry_page(entry, options)
    except NetworkError as error:
        # What may be there the next time is not replaced by its summary, which would be published for good.
        if not entry.html.strip() or error.may_pass or isinstance(error, NetworkOffline):
            raise
        page = None
    return page or read_entry(entry, source)


def _entry_page(entry: FeedEntry, options: SourceOptions) -> Article | None:
    """Read the page that an entry leads to; None where it is no page, and the feed has to do."""
    fetched = fetch_source(entry.url, options)
    if fetched.suffix not in PAGE_SUFFIXES:
        return None
    try:
        with telling_of_kept(fetched.fetched, options):
            return replace(_page(fetched), url=entry.url, published=entry.published)
    except SourceError:
        if not entry.html.strip():
            raise
        return None


def _page(fetched: FetchedSource) -> Article:
    return read_web_page(fetched.data, name_of_address(fetched.url), url=fetched.url, charset=fetched.charset)
