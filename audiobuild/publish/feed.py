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
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Mapping, Sequence
from email.utils import format_datetime

from audiobuild import __version__
from audiobuild.publish.feed_facts import FeedFacts, Person, check_facts, split_category
from audiobuild.publish.feed_notes import render_description, render_notes, render_summary
from audiobuild.publish.feed_text import (
    MOST_TITLE_CHARS,
    file_address,
    line,
    lines,
    unmistakable,
    web_address,
)
from audiobuild.publish.feed_xml import add, add_text, render_xml
from audiobuild.publish.manifest import Manifest

__all__ = ["CHAPTERS_MIME", "TRANSCRIPT_MIMES", "FeedFacts", "Person", "render_feed"]

FEED_MIME = "application/rss+xml"
CHAPTERS_MIME = "application/json+chapters"
CHAPTERS_SUFFIX = ".chapters.json"
TRANSCRIPT_MIMES = {".vtt": "text/vtt", ".srt": "application/x-subrip"}
"""What the files of a transcript are, by their endings."""
PAGE_SUFFIX = ".html"

_PUBLISHED_AT = dt.time(5, tzinfo=dt.UTC)
"""The hour of every episode: the same date from New York to Auckland, and past by breakfast in Europe, since Apple
hides an episode of the future."""


def render_feed(show: FeedFacts, manifests: Sequence[Manifest]) -> dict[str, bytes]:
    """Write a show's feed and its older pages: their files' names, the feed's first, and what they hold.

    Episodes without a date stand last, as the oldest, and have none in the feed.

    Raises:
        ConfigError: a fact that cannot be.
    """
    check_facts(show)
    oldest_first = sorted(manifests, key=lambda manifest: (manifest.published or dt.date.min, manifest.name))
    numbers = _numbers(show, oldest_first)
    archives = max(0, len(oldest_first) // show.page_size - 1)
    pages = [oldest_first[page * show.page_size :][: show.page_size] for page in range(archives)]
    pages.append(oldest_first[archives * show.page_size :])
    addresses = [file_address(show.base, _page_file(show, page)) for page in range(1, archives + 1)]
    addresses.append(show.self_address)
    cover = show.address_of(show.cover or oldest_first[-1].cover) if show.cover or oldest_first else ""
    rendered = {}
    for page, episodes in reversed(list(enumerate(pages))):
        root = ET.Element("rss", {"version": "2.0"})
        channel = _add_channel(root, show, episodes, cover, _links(addresses, page))
        if page < archives:
            add(channel, "fh:archive")
        for manifest in reversed(episodes):
            _add_item(channel, show, manifest, numbers.get(manifest.guid, {}))
        rendered[_page_file(show, page + 1) if page < archives else show.file] = render_xml(root)
    return rendered


def _page_file(show: FeedFacts, number: int) -> str:
    """Name an older page, which are numbered from the oldest, from 1."""
    return f"{show.file.removesuffix('.xml')}-{number}.xml"


def _links(addresses: Sequence[str], page: int) -> list[tuple[str, str]]:
    """Say how a page is related to others: as archives are, and as pages, which is what podcast apps follow.

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


def _numbers(show: FeedFacts, oldest_first: Sequence[Manifest]) -> dict[str, dict[str, int]]:
    """Number the episodes, by their guids: as the show says, and a serial in any case, for it needs numbers."""
    if show.numbering == "none" and show.type != "serial":
        return {}
    counted: Counter[int] = Counter()
    numbers: dict[str, dict[str, int]] = {}
    for manifest in oldest_first:
        season = manifest.published.year if show.numbering == "year" and manifest.published else 0
        counted[season] += 1
        seasons = {"itunes:season": season} if season else {}
        numbers[manifest.guid] = {**seasons, "itunes:episode": counted[season]}
    return numbers


def _add_channel(
    root: ET.Element, show: FeedFacts, episodes: Sequence[Manifest], cover: str, links: Sequence[tuple[str, str]]
) -> ET.Element:
    channel = add(root, "channel")
    title, link = line(show.title, MOST_TITLE_CHARS), show.link or show.base
    add(channel, "title", title)
    for relation, address in links:
        add(channel, "atom:link", "", {"href": address, "rel": relation, "type": FEED_MIME})
    add(channel, "link", link)
    add(channel, "description", unmistakable(lines(show.description) or title))
    add(channel, "language", show.language)
    add_text(channel, "copyright", line(show.copyright, MOST_TITLE_CHARS))
    add_text(
        channel, "lastBuildDate", _date(max((each.published for each in episodes if each.published), default=None))
    )
    add(channel, "generator", f"audiobuild {__version__}")
    if cover:
        image = add(channel, "image")
        for name, text in (("url", cover), ("title", title), ("link", link)):
            add(image, name, text)
        add(channel, "itunes:image", "", {"href": cover})
    _add_directory_entry(channel, show)
    _add_namespace_entry(channel, show)
    return channel


def _add_directory_entry(channel: ET.Element, show: FeedFacts) -> None:
    """What Apple's directory, and those that are like it, ask for."""
    add_text(channel, "itunes:author", line(show.author, MOST_TITLE_CHARS))
    if show.owner_email:
        owner = add(channel, "itunes:owner")
        add_text(owner, "itunes:name", line(show.owner_name or show.author, MOST_TITLE_CHARS))
        add(owner, "itunes:email", show.owner_email)
    main, sub = split_category(show.category)
    if main:
        category = add(channel, "itunes:category", "", {"text": main})
        if sub:
            add(category, "itunes:category", "", {"text": sub})
    add(channel, "itunes:explicit", _truth(show.explicit))
    add(channel, "itunes:type", show.type)
    if show.key:
        add(channel, "itunes:block", "yes")


def _add_namespace_entry(channel: ET.Element, show: FeedFacts) -> None:
    """What the podcast namespace has for a show."""
    add(channel, "podcast:guid", show.show_guid)
    add(channel, "podcast:locked", "yes" if show.locked else "no", {"owner": show.owner_email})
    add(channel, "podcast:medium", show.medium)
    if show.key:
        add(channel, "podcast:block", "yes")
    _add_persons(channel, show)


def _add_persons(parent: ET.Element, show: FeedFacts) -> None:
    for person in show.persons:
        texts = {"role": line(person.role), "group": line(person.group)}
        links = {"img": web_address(person.img), "href": web_address(person.href)}
        add(parent, "podcast:person", line(person.name, MOST_TITLE_CHARS // 2), texts | links)


def _add_item(channel: ET.Element, show: FeedFacts, manifest: Manifest, numbers: Mapping[str, int]) -> None:
    item = add(channel, "item")
    title = line(manifest.title, MOST_TITLE_CHARS) or manifest.name
    add(item, "title", title)
    add(item, "itunes:title", title)
    add(item, "link", file_address(show.base, manifest.name + PAGE_SUFFIX))
    add(item, "guid", manifest.guid, {"isPermaLink": "false"})
    add_text(item, "pubDate", _date(manifest.published))
    add(item, "description", render_description(manifest))
    add(item, "content:encoded", render_notes(manifest))
    enclosure = {"url": file_address(show.base, manifest.file), "length": str(manifest.bytes), "type": manifest.mime}
    add(item, "enclosure", "", enclosure)
    add(item, "itunes:duration", str(max(1, round(manifest.duration_ms / 1000))))
    add_text(item, "itunes:author", line(manifest.author, MOST_TITLE_CHARS))
    add(item, "itunes:summary", render_summary(manifest))
    add(item, "itunes:explicit", _truth(show.explicit))
    for name, number in numbers.items():
        add(item, name, str(number))
    add(item, "itunes:episodeType", "full")
    if manifest.cover:
        add(item, "itunes:image", "", {"href": file_address(show.base, manifest.cover)})
    _add_companions(item, show, manifest)
    _add_persons(item, show)


def _add_companions(item: ET.Element, show: FeedFacts, manifest: Manifest) -> None:
    """The files that go with the sound: chapters and transcripts."""
    if manifest.chapters:
        address = file_address(show.base, manifest.stem + CHAPTERS_SUFFIX)
        add(item, "podcast:chapters", "", {"url": address, "type": CHAPTERS_MIME})
    for suffix, mime in TRANSCRIPT_MIMES.items():
        address = file_address(show.base, manifest.stem + suffix)
        given = {"url": address, "type": mime, "language": manifest.language, "rel": "captions"}
        add(item, "podcast:transcript", "", given)


def _date(day: dt.date | None) -> str:
    """Write a date as feeds do, at the hour of every episode.

    >>> _date(dt.date(2026, 11, 7))
    'Sat, 07 Nov 2026 05:00:00 GMT'
    """
    return format_datetime(dt.datetime.combine(day, _PUBLISHED_AT), usegmt=True) if day else ""


def _truth(value: bool) -> str:
    return "true" if value else "false"
