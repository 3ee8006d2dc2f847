"""What a podcast app, or a directory, would complain of in a feed, and in the files beside it (layer 3).

A feed enters, of whoever's making; findings leave, in the order of the feed. An error is what apps or directories
refuse, or what makes a listener's program fail; a warning, what serves listeners less well than it could; a note, what
is to be known. Nothing is fetched: addresses are held against files only where those lie beside the feed.

Source: RSS 2.0 specification; Apple Podcasts for Creators, "A podcaster's guide to RSS" and its artwork rules; the
podcast namespace 1.0; RFC 2822, 3.3.
"""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from audiobuild.errors import SourceError
from audiobuild.model.xml_documents import DocumentType, read_xml
from audiobuild.publish.feed.feed_facts import is_category
from audiobuild.publish.feed.feed_files import FeedFiles
from audiobuild.publish.feed.feed_text import MOST_DESCRIPTION_BYTES
from audiobuild.publish.feed.feed_xml import NAMESPACES, qualified
from audiobuild.publish.feed.finding import (
    Finding,
    Severity,
    address_faults,
    check_picture,
    date_fault,
    error,
    note,
    quoted,
    text_of,
    truth_faults,
    warning,
)
from audiobuild.publish.feed.item_check import check_item
from audiobuild.publish.feed.show_check import check_show

__all__ = ["Finding", "Severity", "check_feed"]

_CHANNEL = "channel"
_HINT = "Give the path of an RSS feed, such as output/feed.xml."


def check_feed(path: Path, today: dt.date | None = None) -> tuple[Finding, ...]:
    """Tell what is wrong with a feed.

    Args:
        path: its file.
        today: the present day; None where nothing is to be said of the future.

    Raises:
        SourceError: the file cannot be read, or it is no RSS feed.
    """
    try:
        data = path.read_bytes()
    except OSError as failure:
        raise SourceError(f"cannot be read ({failure.strerror})", str(path), "Check the path.") from failure
    channel = _read(data, str(path))
    home = _home(channel, path.parent)
    own = _own_addresses(channel)
    return (*_findings(channel, home), *check_show(channel, own, home, today))


def _read(data: bytes, where: str) -> ET.Element:
    try:
        root = read_xml(data)
    except DocumentType as failure:
        message = "this has a document type, with which a feed is not read"
        raise SourceError(message, where, "Take the DOCTYPE out.") from failure
    except ValueError as failure:
        raise SourceError(f"this is no XML: {failure}", where, _HINT) from failure
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        raise SourceError("this is XML, but no RSS feed", where, _HINT)
    return channel


def _home(channel: ET.Element, folder: Path) -> FeedFiles | None:
    """Find what addresses the folder's files have; None where no episode of the feed is in it."""
    enclosures = [each.get("url", "") for each in channel.iterfind("item/enclosure")]
    for address in [*_own_addresses(channel), *enclosures]:
        home = FeedFiles(address.rpartition("/")[0] + "/" if "/" in address else "", folder)
        if any(path.is_file() for each in enclosures if (path := home.path_of(each))):
            return home
    return None


def _own_addresses(channel: ET.Element) -> list[str]:
    """Where the feed says that it is itself."""
    return [each.get("href", "") for each in channel.iterfind(qualified("atom:link")) if each.get("rel") == "self"]


def _findings(channel: ET.Element, home: FeedFiles | None) -> Iterator[Finding]:
    if home is None:
        yield note(_CHANNEL, "no episode lies beside the feed: the files were not looked at")
    yield from _words(channel)
    yield from _directory(channel)
    yield from _identity(channel)
    picture = channel.find(qualified("itunes:image"))
    if picture is None:
        yield error(_CHANNEL, "there is no cover: itunes:image is missing")
    else:
        yield from check_picture(_CHANNEL, "cover", picture.get("href", ""), home)
    items = channel.findall("item")
    if not items:
        yield error(_CHANNEL, "there is no episode in it")
    seen: dict[str, int] = {}
    serial = text_of(channel, "itunes:type") == "serial"
    for number, item in enumerate(items, 1):
        yield from check_item(item, number, home, seen, serial=serial)


def _words(channel: ET.Element) -> Iterator[Finding]:
    for name in ("title", "link", "description"):
        if not text_of(channel, name):
            yield error(_CHANNEL, f"{name} is missing")
    if link := text_of(channel, "link"):
        yield from address_faults(_CHANNEL, "link", link)
    size = len(text_of(channel, "description").encode())
    if size > MOST_DESCRIPTION_BYTES:
        yield warning(_CHANNEL, f"the description has {size} bytes, and Apple takes {MOST_DESCRIPTION_BYTES}")
    language = text_of(channel, "language")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
        yield error(_CHANNEL, f"language is {language!r}, no code such as en-GB" if language else "language is missing")
    for name in ("lastBuildDate", "pubDate"):
        date = text_of(channel, name)
        if date and (fault := date_fault(date)):
            yield error(_CHANNEL, f"{name} {fault}")


def _directory(channel: ET.Element) -> Iterator[Finding]:
    """What directories list a show by."""
    categories = channel.findall(qualified("itunes:category"))
    if not categories:
        yield error(_CHANNEL, "itunes:category is missing: Apple lists no show without one")
    for category in categories:
        main = category.get("text", "")
        subs = [sub.get("text", "") for sub in category.findall(qualified("itunes:category"))]
        yield from (
            error(_CHANNEL, f"Apple has no category {' > '.join(filter(None, (main, sub)))!r}")
            for sub in subs or [""]
            if not is_category(main, sub)
        )
    yield from truth_faults(channel, _CHANNEL, required=True)
    if not text_of(channel, "itunes:author"):
        yield warning(_CHANNEL, "itunes:author is missing: the show has no name under its title")
    owner = channel.find(qualified("itunes:owner"))
    if owner is None or "@" not in text_of(owner, "itunes:email"):
        yield warning(_CHANNEL, "itunes:owner has no e-mail address, to which some directories write to know the owner")
    kind = text_of(channel, "itunes:type")
    if kind not in ("", "episodic", "serial"):
        yield error(_CHANNEL, f"itunes:type is {kind!r}, not episodic or serial")
    if text_of(channel, "itunes:block").lower() == "yes":
        yield note(_CHANNEL, "the show is private: itunes:block keeps it out of directories")


def _identity(channel: ET.Element) -> Iterator[Finding]:
    """What tells the feed from others."""
    own = _own_addresses(channel)
    if not own:
        yield warning(_CHANNEL, "there is no atom:link to the feed itself (rel self)")
    for address in own:
        yield from address_faults(_CHANNEL, "the feed's own address", address)
    moved_to = channel.find(qualified("itunes:new-feed-url"))
    if moved_to is not None:
        address = (moved_to.text or "").strip()
        yield from address_faults(_CHANNEL, "itunes:new-feed-url", address)
        if address and address not in own:
            yield note(_CHANNEL, f"the feed has moved to {quoted(address)}: apps go on there")
    guid = text_of(channel, "podcast:guid")
    if not guid:
        yield warning(_CHANNEL, f"podcast:guid is missing ({NAMESPACES['podcast']})")
    elif not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", guid.lower()):
        yield error(_CHANNEL, f"podcast:guid is {guid!r}, no UUID")
    locked = text_of(channel, "podcast:locked")
    if locked not in ("", "yes", "no"):
        yield error(_CHANNEL, f"podcast:locked is {locked!r}, not yes or no")
