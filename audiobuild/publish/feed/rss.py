"""A show's feed, by which podcast apps find its episodes: RSS 2.0 with Apple's and the podcast namespace (layer 3).

Facts of the show and manifests of its episodes enter; files of XML leave. Nothing in them depends on the time of day or
on the order in which manifests are given, and no time is reckoned here: each stands in a manifest.

Where there are many episodes, the oldest go into older pages, archives in the sense of RFC 5005. Pages are numbered
from the oldest, and filled before the next is begun, so a new episode changes the newest of them at most. Apple and
some apps read the feed alone, so that is never left with few.

Source: RSS 2.0 specification; Apple Podcasts for Creators, "A podcaster's guide to RSS"; the podcast namespace 1.0;
RFC 2822, 3.3 (dates); RFC 5005, 4 (archived feeds).
"""

from __future__ import annotations

import datetime as dt
import itertools
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from email.utils import format_datetime
from types import MappingProxyType

from audiobuild import __version__
from audiobuild.config.show import FeedSettings, PersonSettings, Show
from audiobuild.model.addresses import file_address, web_address
from audiobuild.publish.companions import CHAPTERS, COMPANIONS
from audiobuild.publish.episodes.manifest import Manifest, newest_first, oldest_first
from audiobuild.publish.feed.feed_facts import feed_address, feed_facts, feed_file, frequency, show_guid, split_category
from audiobuild.publish.feed.feed_text import MOST_TITLE_CHARS, escape_for_apps, printable_line, printable_paragraphs
from audiobuild.publish.feed.feed_xml import add, add_text, render_xml
from audiobuild.publish.feed.show_notes import render_description, render_notes, render_summary

FEED_MIME = "application/rss+xml"
PAGE_SUFFIX = ".html"
_MOST_TXT_CHARS = 4000
"""Source: the podcast namespace, `podcast:txt`."""

_PUBLISHED_AT = dt.time(5, tzinfo=dt.UTC)
"""The hour of every episode: the same date from New York to Auckland, and past by breakfast in Europe, since Apple
hides an episode of the future."""


def render_feed(show: Show, manifests: Sequence[Manifest], known: Sequence[Manifest] = ()) -> dict[str, bytes]:
    """Write a show's feed and its older pages: their files' names, the feed's first, and what they hold.

    Episodes without a date stand last, as the oldest, and have none in the feed.

    Args:
        show: the show.
        manifests: of the episodes.
        known: those of other formats among them; the feed names them beside the episodes that they are of.

    Raises:
        ConfigError: a fact that cannot be.
    """
    in_order = oldest_first(manifests)
    others: dict[str, list[Manifest]] = {}
    for each in known:
        if not each.cover:
            others.setdefault(each.guid, []).append(each)
    cover = next((each.cover for each in newest_first(manifests)), "")
    pages = render_feed_pages(show, len(in_order), lambda start, end: in_order[start:end], cover, others)
    return dict(reversed(list(pages)))


def render_feed_pages(
    show: Show,
    count: int,
    load: Callable[[int, int], Sequence[Manifest]],
    cover: str,
    others: Mapping[str, Sequence[Manifest]] = MappingProxyType({}),
) -> Iterator[tuple[str, bytes]]:
    """Write a feed page by page, of which one alone is held: the oldest first, the feed itself last.

    Args:
        show: the show.
        count: how many episodes there are.
        load: gives some of them, by their places, the oldest first.
        cover: the file of a picture for a show that names none.
        others: the same episodes in other formats, by their guids.

    Raises:
        ConfigError: a fact that cannot be.
    """
    feed = feed_facts(show)
    size = feed.page_size
    archives = max(0, count // size - 1)
    numbers = _numbers(
        feed, (each for start in range(0, count, size) for each in load(start, min(count, start + size)))
    )
    files = [*(_older_page_file(feed, number) for number in range(1, archives + 1)), feed_file(feed)]
    addresses = [*(file_address(feed.base, file) for file in files[:-1]), feed_address(feed)]
    for page, file in enumerate(files):
        episodes = load(page * size, (page + 1) * size if page < archives else count)
        root = ET.Element("rss", {"version": "2.0"})
        channel = _add_channel(root, show, episodes, feed.cover or cover, _links(addresses, page))
        if page < archives:
            add(channel, "fh:archive")
        for manifest in reversed(episodes):
            item = _add_item(channel, feed, manifest, numbers.get(manifest.guid, (manifest.season, manifest.number)))
            _add_alternates(item, feed, others.get(manifest.guid, ()))
        yield file, render_xml(root)


def _older_page_file(feed: FeedSettings, number: int) -> str:
    """Name an older page; they are numbered from the oldest, from 1."""
    return f"{feed_file(feed).removesuffix('.xml')}-{number}.xml"


def _links(addresses: Sequence[str], page: int) -> list[tuple[str, str]]:
    """Link a page to its neighbours, both as an archive and as a page: podcast apps follow the latter.

    Args:
        addresses: of all pages, the oldest first.
        page: the index of the page.
    """
    links = [("self", addresses[page])]
    last = len(addresses) - 1
    if page > 0:
        links += [("prev-archive", addresses[page - 1]), ("next", addresses[page - 1])]
    if page < last:
        links += [("current", addresses[last])]
    if page < last - 1:
        links += [("next-archive", addresses[page + 1])]
    if last:
        links += [("first", addresses[last]), ("last", addresses[0])]
    return links


def _numbers(feed: FeedSettings, in_order: Iterable[Manifest]) -> dict[str, tuple[int, int]]:
    """Give the season and the number of each episode, by its guid; 0 for none.

    What an episode says of itself stands; where nothing is counted, that is all, and none is given here. Others are
    counted on, within their season, where the show asks for it; those of a serial in any case, for it needs numbers.
    Trailers and bonus episodes are not counted.
    """
    is_counted = feed.numbering != "none" or feed.type == "serial"
    if not is_counted:
        return {}
    numbers: dict[str, tuple[int, int]] = {}
    full = set()
    for each in in_order:
        year = each.published.year if feed.numbering == "year" and each.published else 0
        numbers[each.guid] = each.season or year, each.number
        if each.type == "full":
            full.add(each.guid)
    taken = set(numbers.values())
    last: Counter[int] = Counter()
    for guid, (season, number) in numbers.items():
        if not number and guid in full:
            number = next(free for free in itertools.count(last[season] + 1) if (season, free) not in taken)
        last[season] = max(last[season], number)
        numbers[guid] = season, number
    return numbers


def _add_channel(
    root: ET.Element, show: Show, episodes: Sequence[Manifest], cover: str, links: Sequence[tuple[str, str]]
) -> ET.Element:
    channel = add(root, "channel")
    title, link = printable_line(show.title, MOST_TITLE_CHARS), show.link or show.feed.base
    add(channel, "title", title)
    for relation, address in links:
        add(channel, "atom:link", "", {"href": address, "rel": relation, "type": FEED_MIME})
    add(channel, "link", link)
    add(channel, "description", escape_for_apps(printable_paragraphs(show.description) or title))
    add(channel, "language", show.language)
    add_text(channel, "copyright", printable_line(show.feed.copyright, MOST_TITLE_CHARS))
    newest = max(((each.published, each.place) for each in episodes if each.published), default=(None, 0))
    changes = sum(max(each.changes, each.revision - 1) for each in episodes)
    add_text(channel, "lastBuildDate", _date(newest[0], newest[1] + changes))
    add(channel, "generator", f"audiobuild {__version__}")
    if cover:
        address = web_address(cover) or file_address(show.feed.base, cover)
        image = add(channel, "image")
        for name, text in (("url", address), ("title", title), ("link", link)):
            add(image, name, text)
        add(channel, "itunes:image", "", {"href": address})
    _add_directory_entry(channel, show.feed, printable_line(show.author, MOST_TITLE_CHARS))
    _add_namespace_entry(channel, show.feed)
    for manifest in (each for each in episodes if each.type == "trailer"):
        _add_trailer(channel, show.feed, manifest)
    return channel


def _add_directory_entry(channel: ET.Element, feed: FeedSettings, author: str) -> None:
    """What Apple's directory, and those that are like it, ask for."""
    add_text(channel, "itunes:author", author)
    if feed.owner_email:
        owner = add(channel, "itunes:owner")
        add_text(owner, "itunes:name", printable_line(feed.owner_name, MOST_TITLE_CHARS) or author)
        add(owner, "itunes:email", feed.owner_email)
    for main, sub in map(split_category, filter(None, (feed.category, feed.second_category))):
        category = add(channel, "itunes:category", "", {"text": main})
        if sub:
            add(category, "itunes:category", "", {"text": sub})
    add(channel, "itunes:explicit", _truth(feed.explicit))
    add(channel, "itunes:type", feed.type)
    add_text(channel, "itunes:new-feed-url", feed.moved_to)
    if feed.key:
        add(channel, "itunes:block", "yes")


def _add_namespace_entry(channel: ET.Element, feed: FeedSettings) -> None:
    """What the podcast namespace has for a show."""
    add(channel, "podcast:guid", show_guid(feed))
    add(channel, "podcast:locked", "yes" if feed.locked else "no", {"owner": feed.owner_email})
    add(channel, "podcast:medium", feed.medium)
    if feed.key:
        add(channel, "podcast:block", "yes")
    if feed.license:
        add(channel, "podcast:license", printable_line(feed.license, MOST_TITLE_CHARS // 2), {"url": feed.license_url})
    if feed.funding:
        add(channel, "podcast:funding", printable_line(feed.funding_text, MOST_TITLE_CHARS // 2), {"url": feed.funding})
    for each in feed.txt:
        add(
            channel,
            "podcast:txt",
            printable_line(each.text, _MOST_TXT_CHARS),
            {"purpose": printable_line(each.purpose)},
        )
    if feed.update_frequency:
        name, rule = frequency(feed.update_frequency)
        add(channel, "podcast:updateFrequency", name, {"rrule": rule})
    _add_persons(channel, feed.persons)


def _add_trailer(channel: ET.Element, feed: FeedSettings, manifest: Manifest) -> None:
    given = {"pubdate": _date(manifest.published), "url": file_address(feed.base, manifest.file)}
    facts = {"length": str(manifest.bytes), "type": manifest.mime, "season": str(manifest.season or "")}
    add(channel, "podcast:trailer", printable_line(manifest.title, MOST_TITLE_CHARS // 2), given | facts)


def _add_alternates(item: ET.Element, feed: FeedSettings, manifests: Sequence[Manifest]) -> None:
    """The same episode in other formats."""
    for each in manifests:
        bits_a_second = each.bytes * 8000 // max(1, each.duration_ms)
        facts = {"type": each.mime, "length": str(each.bytes), "bitrate": str(bits_a_second)}
        alternate = add(item, "podcast:alternateEnclosure", "", facts)
        add(alternate, "podcast:source", "", {"uri": file_address(feed.base, each.file)})


def _add_persons(parent: ET.Element, persons: Sequence[PersonSettings]) -> None:
    for person in persons:
        texts = {"role": printable_line(person.role), "group": printable_line(person.group)}
        links = {"img": web_address(person.img), "href": web_address(person.href)}
        add(parent, "podcast:person", printable_line(person.name, MOST_TITLE_CHARS // 2), texts | links)


def _add_item(channel: ET.Element, feed: FeedSettings, manifest: Manifest, numbers: tuple[int, int]) -> ET.Element:
    item = add(channel, "item")
    title = printable_line(manifest.title, MOST_TITLE_CHARS) or manifest.name
    add(item, "title", title)
    add(item, "itunes:title", title)
    add(item, "link", file_address(feed.base, manifest.name + PAGE_SUFFIX))
    add(item, "guid", manifest.guid, {"isPermaLink": "false"})
    add_text(item, "pubDate", _date(manifest.published, manifest.place))
    add(item, "description", render_description(manifest))
    add(item, "content:encoded", render_notes(manifest))
    enclosure = {"url": file_address(feed.base, manifest.file), "length": str(manifest.bytes), "type": manifest.mime}
    add(item, "enclosure", "", enclosure)
    add(item, "itunes:duration", str(max(1, round(manifest.duration_ms / 1000))))
    add_text(item, "itunes:author", printable_line(manifest.author, MOST_TITLE_CHARS))
    add(item, "itunes:summary", render_summary(manifest))
    add(item, "itunes:explicit", _truth(feed.explicit))
    for name, number in zip(("season", "episode"), numbers, strict=True):
        if number:
            add(item, f"itunes:{name}", str(number))
            add(item, f"podcast:{name}", str(number))
    add(item, "itunes:episodeType", manifest.type)
    if manifest.cover:
        add(item, "itunes:image", "", {"href": file_address(feed.base, manifest.cover)})
    _add_companions(item, feed, manifest)
    _add_persons(item, manifest.persons or feed.persons)
    return item


def _add_companions(item: ET.Element, feed: FeedSettings, manifest: Manifest) -> None:
    """The files that go with the sound: chapters, and transcripts, which alone have a language."""
    named = sorted((each for each in COMPANIONS if each.feed_tag), key=lambda each: each is not CHAPTERS)
    for each in named:
        given = {"url": file_address(feed.base, manifest.stem + each.suffix), "type": each.media_type}
        if each is not CHAPTERS:
            given |= {"language": manifest.language, "rel": "captions"}
        if each is not CHAPTERS or manifest.chapters:
            add(item, each.feed_tag, "", given)


def _date(day: dt.date | None, second: int = 0) -> str:
    """Write a date as feeds do, at the hour of every episode, and so many seconds later.

    >>> _date(dt.date(2026, 11, 7), 3)
    'Sat, 07 Nov 2026 05:00:03 GMT'
    """
    if day is None:
        return ""
    return format_datetime(dt.datetime.combine(day, _PUBLISHED_AT) + dt.timedelta(seconds=second), usegmt=True)


def _truth(value: bool) -> str:
    return "true" if value else "false"
