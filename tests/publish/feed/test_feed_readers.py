"""The feed as other programs read it, none of them ours."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import feedparser
import podcastparser
import pytest

from audiobuild.config.show import Show
from audiobuild.publish.episodes.manifest import Manifest
from audiobuild.publish.feed.feed_check import check_feed
from audiobuild.publish.feed.feed_facts import feed_file
from audiobuild.publish.feed.feed_folder import read_manifests, write_feed
from audiobuild.publish.feed.feed_text import printable_line
from audiobuild.publish.feed.feed_xml import NAMESPACES
from audiobuild.publish.feed.rss import render_feed
from audiobuild.publish.feed.show_notes import render_notes
from tests.feeds import (
    BASE,
    HOSTILE,
    SHOW,
    attributes,
    channel_of,
    make_manifest,
    said,
    with_feed,
    write_episode,
)
from tests.published import feed_faults

# --- read by others -----------------------------------------------------------------------------------


FULL = with_feed(
    address="https://breakwater.test/feed",
    type="serial",
    locked=True,
    medium="newsletter",
    numbering="year",
    page_size=1,
    explicit=True,
    guid="9b024349-ccf0-5f69-a609-6b82873eab3c",
    moved_to="https://new.test/feed.xml",
    key="correct horse battery",
)
"""A show that says all that can be said of its feed."""


def test_feedparser_reads_every_field_back() -> None:
    manifests = [make_manifest("first", published=dt.date(2026, 10, 31)), make_manifest(season=3, number=12)]
    read = feedparser.parse(next(iter(render_feed(FULL, manifests).values())))
    assert not read.bozo
    assert read.feed.title == SHOW.title
    assert read.feed.subtitle == SHOW.description
    assert read.feed.language == "en-GB"
    assert read.feed.rights == SHOW.feed.copyright
    assert read.feed.publisher_detail == {"name": SHOW.feed.owner_name, "email": SHOW.feed.owner_email}
    assert [tag.term for tag in read.feed.tags] == ["News", "Business News"]
    assert read.feed.image.href == f"{BASE}cover.jpg"
    assert (read.feed.itunes_type, read.feed["itunes_new-feed-url"]) == ("serial", FULL.feed.moved_to)
    assert (read.feed.podcast_guid, read.feed.podcast_medium) == (FULL.feed.guid, "newsletter")
    assert (read.feed.itunes_block, read.feed.podcast_block) == (1, "yes")
    assert read.feed.podcast_locked == {"owner": SHOW.feed.owner_email}
    person = SHOW.feed.persons[0]
    assert read.feed.podcast_person == {name: getattr(person, name) for name in ("role", "group", "href", "img")}
    links = {link.rel: link.href for link in read.feed.links}
    assert (links["self"], links["alternate"]) == (FULL.feed.address, SHOW.link)
    assert re.fullmatch(rf"{BASE}feed-[0-9a-f]{{32}}-1\.xml", links["prev-archive"])
    (entry,) = read.entries
    assert entry.author == SHOW.author
    assert (entry.id, entry.title, entry.link) == ("guid-of-weekly", "The issue weekly", f"{BASE}weekly.html")
    assert entry.published_parsed[:5] == (2026, 11, 7, 5, 0)
    (enclosure,) = entry.enclosures
    assert (enclosure.href, enclosure.length, enclosure.type) == (f"{BASE}weekly.mp3", "1234", "audio/mpeg")
    assert (entry.itunes_duration, entry.itunes_title) == ("61", entry.title)
    assert (entry.itunes_season, entry.itunes_episode, entry.itunes_episodetype) == ("3", "12", "full")
    assert (entry.podcast_season, entry.podcast_episode) == ("3", "12")
    assert entry.podcast_chapters["url"] == f"{BASE}weekly.chapters.json"
    assert entry.podcast_transcript["url"] == f"{BASE}weekly.srt"
    assert entry.image.href == f"{BASE}weekly.jpg"
    assert "(00:00:02)" in entry.content[0].value
    assert '<a href="https://breakwater.test/ferry">The ferry</a>' in entry.content[0].value


def test_podcastparser_reads_every_field_back(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    manifests = [make_manifest("first", published=dt.date(2026, 10, 31)), make_manifest(season=3, type="bonus")]
    feed, older = render_feed(FULL, manifests).values()
    # It knows the podcast namespace by its former address alone.
    former = b"https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"

    def parse(page: bytes) -> dict[str, Any]:
        path.write_bytes(page.replace(NAMESPACES["podcast"].encode(), former))
        with path.open("rb") as stream:
            read: dict[str, Any] = podcastparser.parse(f"{BASE}feed.xml", stream)
        return read

    read = parse(feed)
    assert (read["title"], read["link"], read["language"]) == (SHOW.title, SHOW.link, "en-GB")
    assert (read["itunes_author"], read["type"], read["explicit"]) == (SHOW.author, "serial", True)
    assert read["itunes_categories"] == [["News", "Business News"]]
    assert read["itunes_owner"] == {"name": SHOW.feed.owner_name, "email": SHOW.feed.owner_email}
    assert read["new_url"] == FULL.feed.moved_to
    assert read["cover_url"] == f"{BASE}cover.jpg"
    assert read["import_prohibited"] is True
    assert read["paged_feed_next"] == f"{BASE}{feed_file(FULL.feed).replace('.xml', '-1.xml')}"
    (episode,) = read["episodes"]
    assert (episode["guid"], episode["title"]) == ("guid-of-weekly", "The issue weekly")
    assert (episode["total_time"], episode["explicit"], episode["itunes_author"]) == (61, True, SHOW.author)
    assert (episode["season"], episode.get("number"), episode["type"]) == (3, None, "bonus")
    (first,) = parse(older)["episodes"]
    assert (first["season"], first["number"], first["type"]) == (2026, 1, "full")
    assert episode["published"] == dt.datetime(2026, 11, 7, 5, tzinfo=dt.UTC).timestamp()
    assert episode["enclosures"] == [{"url": f"{BASE}weekly.mp3", "file_size": 1234, "mime_type": "audio/mpeg"}]
    assert episode["transcript_url"] == f"{BASE}weekly.srt"
    assert episode["chapters_json_url"] == f"{BASE}weekly.chapters.json"
    assert episode["episode_art_url"] == f"{BASE}weekly.jpg"
    assert episode["persons"] == [dataclasses.asdict(person) for person in SHOW.feed.persons]
    assert episode["description_html"] == render_notes(make_manifest())


@pytest.mark.parametrize("title", HOSTILE)
def test_feedparser_reads_hostile_titles_as_they_are(title: str) -> None:
    feed = render_feed(SHOW, [make_manifest(title=title)])["feed.xml"]
    read = feedparser.parse(feed, sanitize_html=False, resolve_relative_uris=False)
    assert not read.bozo
    assert read.entries[0].title == printable_line(title, 255)


# --- a folder, and an independent reader --------------------------------------------------------------


def folder_of(folder: Path, titles: Sequence[str], show: Show = SHOW, **own: Any) -> list[Manifest]:
    """Write a show of several episodes, of which each says the same of itself, with its feed, and a cover."""
    folder.mkdir(exist_ok=True)
    manifests = [
        write_episode(
            folder,
            f"issue-{number}",
            ["The lamp was lit in March.", f"Boat number {'one' * (number + 1)} floats."],
            title=printable_line(title, 255),
            published=dt.date(2026, 1, 3) + dt.timedelta(weeks=number),
            description=title,
            **own,
        )
        for number, title in enumerate(titles)
    ]
    (folder / "cover.jpg").write_bytes((folder / manifests[0].cover).read_bytes())
    write_feed(folder, render_feed(show, read_manifests(folder)))
    return manifests


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    folder_of(folder, ["The ferry that would not sink", "A lamp for sale & more", *HOSTILE])
    return folder


def test_an_independent_reader_finds_no_fault_even_with_hostile_titles(published: Path, tmp_path: Path) -> None:
    manifests = sorted(read_manifests(published), key=lambda each: each.published or dt.date.min, reverse=True)
    items = [{"title": each.title, "itunes:title": each.title} for each in manifests]
    expected = {"channel.title": SHOW.title, "items": items}
    (tmp_path / "expected.json").write_text(json.dumps(expected), encoding="utf-8")
    assert feed_faults(published, "--expect", tmp_path / "expected.json") == []


def test_a_feed_of_ordinary_words_gives_that_reader_nothing_to_warn_of(tmp_path: Path) -> None:
    folder_of(tmp_path, ["The ferry that would not sink", "A lamp for sale"])
    assert feed_faults(tmp_path, "--strict") == []


@pytest.mark.parametrize("kind", ["full", "trailer", "bonus"])
def test_a_feed_that_says_all_there_is_to_say_gives_that_reader_nothing_to_warn_of(kind: str, tmp_path: Path) -> None:
    # It warns of a guid that is not of the feed's own address, as that of a show that has moved is not.
    show = dataclasses.replace(FULL, feed=dataclasses.replace(FULL.feed, guid=""))
    folder_of(tmp_path, ["The ferry that would not sink", "A lamp for sale"], show, season=3, type=kind)
    page = tmp_path / feed_file(FULL.feed)
    assert feed_faults(tmp_path, "--strict", feed=page.name) == []
    assert [each.message for each in check_feed(page) if each.severity != "note"] == []


def test_after_a_changed_paragraph_that_reader_finds_the_episode_the_same(tmp_path: Path) -> None:
    first, second = folder_of(tmp_path, ["The ferry", "A lamp"])
    previous = tmp_path / "previous.xml"
    previous.write_bytes((tmp_path / "feed.xml").read_bytes())
    changed = write_episode(
        tmp_path, second.name, ["The lamp was lit in May.", "It is dark."], title="A lamp", revision=2,
        published=second.published,
    )  # fmt: skip
    write_feed(tmp_path, render_feed(SHOW, read_manifests(tmp_path)))
    assert feed_faults(tmp_path, "--strict", "--previous", previous) == []
    items = {said(item, "guid"): item for item in channel_of((tmp_path / "feed.xml").read_bytes()).iter("item")}
    assert set(items) == {first.guid, second.guid}
    (enclosure,) = attributes(items[second.guid], "enclosure")
    assert enclosure["url"] == f"{BASE}issue-1.r2.mp3"
    assert enclosure["length"] == str(changed.bytes) != str(second.bytes)


def test_the_independent_reader_sees_a_fault_when_there_is_one(tmp_path: Path) -> None:
    (manifest,) = folder_of(tmp_path, ["The ferry"])
    with (tmp_path / manifest.file).open("ab") as sound:
        sound.write(b"\0")
    assert any("length equals file size" in each for each in feed_faults(tmp_path))
