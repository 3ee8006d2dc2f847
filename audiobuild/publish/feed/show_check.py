"""What no app refuses in a feed, and listeners stumble over all the same (layer 3)."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Sequence
from email.utils import parsedate_to_datetime
from pathlib import Path

from audiobuild.errors import SourceError
from audiobuild.publish.feed.feed_facts import feed_guid
from audiobuild.publish.feed.feed_files import FeedFiles
from audiobuild.publish.feed.feed_folder import read_manifests
from audiobuild.publish.feed.feed_xml import qualified
from audiobuild.publish.feed.finding import Finding, error, note, quoted, text_of, warning

_CHANNEL = "channel"
_MOST_SHOWS = 3
"""Named where a folder holds episodes of several."""


def check_show(
    channel: ET.Element, own: Sequence[str], home: FeedFiles | None, today: dt.date | None
) -> Iterator[Finding]:
    """Tell what its editor should know of a show.

    Args:
        own: where the feed says that it is itself.
        home: the folder in which its files are, if that is known.
        today: the present day; None where nothing is to be said of the future.
    """
    if text_of(channel, "description") == text_of(channel, "title") != "":
        yield warning(_CHANNEL, "the description is the title again: the show has none of its own")
    if _is_of_an_episode(channel):
        yield warning(_CHANNEL, "the cover is that of an episode: the show has another picture with each")
    guid = text_of(channel, "podcast:guid").lower()
    if own and guid and guid not in map(feed_guid, own):
        yield note(_CHANNEL, "podcast:guid is that of another address: the feed has moved, or the guid was chosen")
    if today:
        yield from _of_the_future(channel, today)
    if home:
        yield from _of_folder(home.folder)


def _is_of_an_episode(channel: ET.Element) -> bool:
    """Whether the show's picture is named as the sound of one of its episodes is."""
    picture = channel.find(qualified("itunes:image"))
    named = picture.get("href", "").rpartition(".")[0] if picture is not None else ""
    sounds = (each.get("url", "").rpartition(".")[0] for each in channel.iterfind("item/enclosure"))
    return bool(named) and named in sounds


def _of_the_future(channel: ET.Element, today: dt.date) -> Iterator[Finding]:
    for number, item in enumerate(channel.findall("item"), 1):
        try:
            day = parsedate_to_datetime(text_of(item, "pubDate")).date()
        except (ValueError, OverflowError):
            continue
        if day > today:
            yield warning(
                f"item {number} {quoted(text_of(item, 'title'))}", "pubDate is in the future: apps may hide it"
            )


def _of_folder(folder: Path) -> Iterator[Finding]:
    try:
        shows = Counter(manifest.show for manifest in read_manifests(folder))
    except SourceError as failure:
        yield error(_CHANNEL, str(failure))
        return
    if len(shows) > 1:
        named = ", ".join(quoted(name) for name, _ in shows.most_common(_MOST_SHOWS))
        yield warning(_CHANNEL, f"the folder holds episodes of {len(shows)} shows: {named}")
