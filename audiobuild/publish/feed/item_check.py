"""What a podcast app would complain of in one episode of a feed (layer 3)."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from audiobuild.config.show import EPISODE_TYPES
from audiobuild.publish.companions import CHAPTERS
from audiobuild.publish.feed.active_markup import active_parts
from audiobuild.publish.feed.feed_files import FeedFiles
from audiobuild.publish.feed.feed_text import MOST_DESCRIPTION_BYTES, MOST_TITLE_CHARS
from audiobuild.publish.feed.feed_xml import qualified
from audiobuild.publish.feed.finding import (
    Finding,
    address_faults,
    check_picture,
    date_fault,
    error,
    file_name_faults,
    quoted,
    text_of,
    truth_faults,
    warning,
)

_APPLE_TYPES = {"audio/mpeg": (".mp3",), "audio/x-m4a": (".m4a",), "audio/mp4": (".m4a", ".mp4")}
"""Source: Apple's podcast RSS, `enclosure`."""
_TRANSCRIPT_TYPES = {
    "text/vtt": ".vtt",
    "application/x-subrip": ".srt",
    "application/srt": ".srt",
    "application/json": ".json",
    "text/html": ".html",
    "text/plain": ".txt",
}
_READ_BY_APPLE = {"text/vtt", "application/x-subrip", "application/srt"}
_MOST_ACTIVE = 10
"""Parts of a description that are named."""


def check_item(
    item: ET.Element, number: int, home: FeedFiles | None, seen: dict[str, int], *, serial: bool
) -> Iterator[Finding]:
    """Tell what is wrong with an episode.

    Args:
        number: its place in the feed, from 1.
        seen: guids and addresses of the items before, with their numbers; its own are added.
        serial: whether the show needs numbers.
    """
    title = text_of(item, "title")
    place = f"item {number} {quoted(title)}" if title else f"item {number}"
    if not title:
        yield error(place, "title is missing")
    if len(title) > MOST_TITLE_CHARS:
        yield warning(place, f"the title has {len(title)} characters, and Apple takes {MOST_TITLE_CHARS}")
    yield from _check_guid(item, place, number, seen)
    date = text_of(item, "pubDate")
    if not date:
        yield error(place, "pubDate is missing: apps cannot put the episode in its place")
    elif fault := date_fault(date):
        yield error(place, f"pubDate {fault}")
    yield from _check_enclosure(item, place, number, seen, home)
    yield from _check_facts(item, place)
    yield from _check_number(item, place, number, seen, serial=serial)
    yield from _check_words(item, place)
    picture = item.find(qualified("itunes:image"))
    if picture is not None:
        yield from check_picture(place, "cover", picture.get("href", ""), home)
    yield from _check_chapters(item, place, home)
    yield from _check_transcripts(item, place, home)


def _check_guid(item: ET.Element, place: str, number: int, seen: dict[str, int]) -> Iterator[Finding]:
    element = item.find("guid")
    guid = text_of(item, "guid")
    if element is None or not guid:
        yield error(place, "guid is missing: apps will show the episode again whenever something changes")
        return
    before = seen.setdefault(f"guid {guid}", number)
    if before != number:
        yield error(place, f"guid is the same as of item {before}: apps will show one of the two")
    permanent = element.get("isPermaLink", "true")
    if permanent not in ("true", "false"):
        yield error(place, f"isPermaLink is {permanent!r}, not true or false")
    elif permanent == "true" and not guid.startswith(("http://", "https://")):
        yield error(place, "guid is no address, so it must say isPermaLink false")
    enclosure = item.find("enclosure")
    if enclosure is not None and guid == enclosure.get("url"):
        yield warning(place, "guid is the sound's address, which changes when the sound does")


def _check_enclosure(
    item: ET.Element, place: str, number: int, seen: dict[str, int], home: FeedFiles | None
) -> Iterator[Finding]:
    enclosures = item.findall("enclosure")
    if len(enclosures) != 1:
        yield error(place, f"there are {len(enclosures)} enclosures, not one" if enclosures else "enclosure is missing")
    for enclosure in enclosures[:1]:
        address, length, kind = (enclosure.get(name, "").strip() for name in ("url", "length", "type"))
        yield from address_faults(place, "the enclosure", address)
        yield from file_name_faults(place, "the enclosure", address)
        before = seen.setdefault(f"enclosure {address}", number)
        if address and before != number:
            yield error(place, f"the enclosure is the same as of item {before}")
        yield from _check_type(place, address, kind)
        if not re.fullmatch(r"[1-9]\d{0,17}", length):
            yield error(place, f"the enclosure's length is {length!r}, no number of bytes")
        path = home.path_of(address) if home else None
        if path is not None and not path.is_file():
            yield error(place, f"the enclosure {path.name} is not there")
        elif path is not None and re.fullmatch(r"\d{1,18}", length) and path.stat().st_size != int(length):
            size = path.stat().st_size
            yield error(place, f"the enclosure {path.name} has {size} bytes, and the feed says {length}")


def _check_type(place: str, address: str, kind: str) -> Iterator[Finding]:
    if not kind:
        yield error(place, "the enclosure has no type")
    elif kind not in _APPLE_TYPES:
        yield warning(place, f"the enclosure is {kind!r}: Apple and many apps play audio/mpeg and audio/x-m4a alone")
    elif not address.partition("?")[0].lower().endswith(_APPLE_TYPES[kind]):
        yield error(place, f"the enclosure is {kind}, but its name does not end in {' or '.join(_APPLE_TYPES[kind])}")


def _check_facts(item: ET.Element, place: str) -> Iterator[Finding]:
    yield from truth_faults(item, place, required=False)
    duration = text_of(item, "itunes:duration")
    if not duration:
        yield warning(place, "itunes:duration is missing")
    elif not re.fullmatch(r"\d+|(?:\d+:)?[0-5]?\d:[0-5]\d", duration):
        yield error(place, f"itunes:duration is {duration!r}, neither seconds nor HH:MM:SS")


def _check_number(
    item: ET.Element, place: str, number: int, seen: dict[str, int], *, serial: bool
) -> Iterator[Finding]:
    """What an episode is, and where it stands in its season."""
    kind = text_of(item, "itunes:episodeType") or "full"
    if kind not in EPISODE_TYPES:
        yield error(place, f"itunes:episodeType is {kind!r}, not full, trailer or bonus")
    season, episode = (text_of(item, name) for name in ("itunes:season", "itunes:episode"))
    for name, said in (("itunes:season", season), ("itunes:episode", episode)):
        if said and not re.fullmatch(r"[1-9]\d*", said):
            yield error(place, f"{name} is {said!r}, no number from 1")
        other = text_of(item, name.replace("itunes", "podcast"))
        if said and other and said != other:
            yield warning(place, f"{name} is {said!r}, and {name.replace('itunes', 'podcast')} is {other!r}")
    if kind != "full":
        return
    if serial and not episode:
        yield error(place, "itunes:episode is missing, which a serial show needs")
    before = seen.setdefault(f"season {season} episode {episode}", number)
    if episode and before != number:
        yield warning(place, f"itunes:episode is {episode!r}, as of item {before}")


def _check_words(item: ET.Element, place: str) -> Iterator[Finding]:
    description, notes = text_of(item, "description"), text_of(item, "content:encoded")
    if not description and not notes:
        yield warning(place, "there is no description")
    size = len(description.encode())
    if size > MOST_DESCRIPTION_BYTES:
        yield warning(place, f"the description has {size} bytes, and Apple takes {MOST_DESCRIPTION_BYTES}")
    active = dict.fromkeys(itertools.chain(active_parts(description), active_parts(notes)))
    if active:
        named = ", ".join(itertools.islice(active, _MOST_ACTIVE))
        yield warning(place, f"the description holds what apps take out: {named}")


def _check_chapters(item: ET.Element, place: str, home: FeedFiles | None) -> Iterator[Finding]:
    chapters = item.findall(qualified("podcast:chapters"))
    if len(chapters) > 1:
        yield error(place, f"there are {len(chapters)} podcast:chapters, not one")
    for each in chapters:
        yield from _check_file(place, "podcast:chapters", each.get("url", ""), home)
        if each.get("type") != CHAPTERS.media_type:
            yield error(place, f"podcast:chapters is {each.get('type')!r}, not {CHAPTERS.media_type}")


def _check_transcripts(item: ET.Element, place: str, home: FeedFiles | None) -> Iterator[Finding]:
    transcripts = item.findall(qualified("podcast:transcript"))
    for each in transcripts:
        address, kind = each.get("url", ""), each.get("type", "")
        yield from _check_file(place, "podcast:transcript", address, home)
        if kind not in _TRANSCRIPT_TYPES:
            yield error(place, f"podcast:transcript is {kind!r}, not {', '.join(_TRANSCRIPT_TYPES)}")
        elif not address.partition("?")[0].lower().endswith(_TRANSCRIPT_TYPES[kind]):
            yield warning(
                place, f"podcast:transcript is {kind}, but its name does not end in {_TRANSCRIPT_TYPES[kind]}"
            )
    if transcripts and not any(each.get("type") in _READ_BY_APPLE for each in transcripts):
        yield warning(place, "no podcast:transcript is VTT or SRT, which are what Apple reads")


def _check_file(place: str, name: str, address: str, home: FeedFiles | None) -> Iterator[Finding]:
    yield from address_faults(place, name, address)
    yield from file_name_faults(place, name, address)
    path = home.path_of(address) if home else None
    if path is not None and not path.is_file():
        yield error(place, f"the file of {name}, {path.name}, is not there")
