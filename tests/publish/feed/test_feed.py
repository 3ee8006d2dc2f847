"""The feed says what apps and directories ask for, whatever the text, and steadily from build to build."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
import subprocess
import sys
import unicodedata
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobuild.config.show import EPISODE_TYPES, FeedSettings, Show
from audiobuild.publish.feed.feed_facts import show_guid
from audiobuild.publish.feed.feed_text import cut_bytes, printable_line
from audiobuild.publish.feed.feed_xml import qualified
from audiobuild.publish.feed.rss import render_feed
from tests.feeds import (
    ANYTHING,
    BASE,
    SHOW,
    attributes,
    channel_of,
    make_manifest,
    only_item,
    said,
    weekly,
    with_feed,
)

TIDY = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), min_size=1, max_size=255).filter(
    lambda text: text == printable_line(text)
)


# --- what it says -------------------------------------------------------------------------------------


def test_an_item_says_all_that_apps_ask_for() -> None:
    item = only_item(revision=3)
    texts = {name: said(item, name) for name in ("title", "itunes:title", "link", "guid", "pubDate", "itunes:duration")}
    assert texts == {
        "title": "The issue weekly",
        "itunes:title": "The issue weekly",
        "link": f"{BASE}weekly.html",
        "guid": "guid-of-weekly",
        "pubDate": "Sat, 07 Nov 2026 05:00:00 GMT",
        "itunes:duration": "61",
    }
    assert attributes(item, "guid") == [{"isPermaLink": "false"}]
    assert attributes(item, "enclosure") == [{"url": f"{BASE}weekly.r3.mp3", "length": "1234", "type": "audio/mpeg"}]
    assert attributes(item, "itunes:image") == [{"href": f"{BASE}weekly.r3.jpg"}]
    assert attributes(item, "podcast:chapters") == [
        {"url": f"{BASE}weekly.r3.chapters.json", "type": "application/json+chapters"}
    ]
    assert [(each["url"], each["type"], each["language"]) for each in attributes(item, "podcast:transcript")] == [
        (f"{BASE}weekly.r3.vtt", "text/vtt", "en-GB"),
        (f"{BASE}weekly.r3.srt", "application/x-subrip", "en-GB"),
    ]
    assert said(item, "itunes:explicit") == "false"
    assert said(item, "itunes:episodeType") == "full"
    assert said(item, "podcast:person") == "Iona Tolland"


def test_the_channel_says_all_that_directories_ask_for() -> None:
    channel = channel_of(render_feed(SHOW, weekly(3))["feed.xml"])
    assert said(channel, "title") == "The Breakwater"
    assert said(channel, "description") == "Harbours & their people, read aloud.\n\nEvery week."
    assert said(channel, "language") == "en-GB"
    assert said(channel, "copyright") == "© 2026 The harbour office"
    assert said(channel, "lastBuildDate") == "Sat, 17 Jan 2026 05:00:00 GMT"
    assert said(channel, "itunes:type") == "episodic"
    assert said(channel, "podcast:medium") == "podcast"
    assert said(channel, "itunes:block") is None
    assert attributes(channel, "atom:link") == [
        {"href": f"{BASE}feed.xml", "rel": "self", "type": "application/rss+xml"}
    ]
    category = channel.find(qualified("itunes:category"))
    assert category is not None
    assert category.get("text") == "News"
    assert attributes(category, "itunes:category") == [{"text": "Business News"}]
    owner = channel.find(qualified("itunes:owner"))
    assert owner is not None
    assert (said(owner, "itunes:name"), said(owner, "itunes:email")) == ("Iona Tolland", "iona@breakwater.test")
    assert attributes(channel, "itunes:image") == [{"href": f"{BASE}cover.jpg"}]
    assert attributes(channel, "podcast:locked") == [{"owner": "iona@breakwater.test"}]


def test_the_shows_guid_is_that_of_the_example_in_the_podcast_namespace() -> None:
    show = with_feed(address="https://podnews.net/rss")
    assert show_guid(show.feed) == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    moved = with_feed(guid="9B024349-CCF0-5F69-A609-6B82873EAB3C")
    assert show_guid(moved.feed) == show_guid(show.feed)
    assert uuid.UUID(show_guid(SHOW.feed)).version == 5


def test_a_show_of_few_words_has_a_feed_as_well() -> None:
    channel = channel_of(render_feed(Show("Tides", feed=FeedSettings(BASE)), [make_manifest()])["feed.xml"])
    assert said(channel, "description") == "Tides"
    assert said(channel, "link") == BASE
    assert attributes(channel, "itunes:image") == [{"href": f"{BASE}weekly.jpg"}]
    assert [channel.find(qualified(name)) for name in ("itunes:owner", "itunes:category", "copyright")] == [None] * 3
    assert list(channel_of(render_feed(SHOW, [])["feed.xml"]).iter("item")) == []


def test_an_episode_without_a_date_stands_last_and_has_none() -> None:
    pages = render_feed(SHOW, [make_manifest("a", published=None), *weekly(2)])
    items = list(channel_of(pages["feed.xml"]).iter("item"))
    assert [said(item, "guid") for item in items] == ["guid-of-w001", "guid-of-w000", "guid-of-a"]
    assert said(items[-1], "pubDate") is None


@pytest.mark.parametrize(
    ("numbering", "kind", "expected"),
    [
        ("none", "episodic", [(None, None)] * 4),
        ("none", "serial", [(None, "4"), (None, "3"), (None, "2"), (None, "1")]),
        ("show", "episodic", [(None, "4"), (None, "3"), (None, "2"), (None, "1")]),
        ("year", "episodic", [("2026", "2"), ("2026", "1"), ("2025", "1"), (None, "1")]),
    ],
)
def test_episodes_are_numbered_as_the_show_says(
    numbering: str, kind: str, expected: Sequence[tuple[str | None, str | None]]
) -> None:
    dates = [dt.date(2026, 2, 1), None, dt.date(2025, 12, 31), dt.date(2026, 1, 1)]
    manifests = [make_manifest(f"e{index}", published=date) for index, date in enumerate(dates)]
    feed = render_feed(with_feed(numbering=numbering, type=kind), manifests)["feed.xml"]
    items = channel_of(feed).iter("item")
    assert [places_of(item) for item in items] == expected


def places_of(item: ET.Element) -> tuple[str | None, str | None]:
    """Season and number of an episode, which Apple and the podcast namespace are told alike."""
    ours, theirs = (
        (said(item, f"{namespace}:season"), said(item, f"{namespace}:episode")) for namespace in ("itunes", "podcast")
    )
    assert ours == theirs
    return ours


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({}, (None, None, "full")),
        ({"number": 7}, (None, "7", "full")),
        ({"season": 2}, ("2", None, "full")),
        ({"season": 2, "number": 7, "type": "bonus"}, ("2", "7", "bonus")),
        ({"season": 2, "type": "trailer"}, ("2", None, "trailer")),
    ],
)
def test_an_item_says_what_its_episode_says_of_itself(
    own: dict[str, Any], expected: tuple[str | None, str | None, str]
) -> None:
    item = only_item(**own)
    assert (*places_of(item), said(item, "itunes:episodeType")) == expected


@pytest.mark.parametrize(
    ("numbering", "own", "expected"),
    [
        ("show", {"w001": {"number": 40}}, [(None, "1"), (None, "40"), (None, "41"), (None, "42")]),
        ("show", {"w003": {"number": 2}}, [(None, "1"), (None, "3"), (None, "4"), (None, "2")]),
        ("show", {"w001": {"type": "bonus"}}, [(None, "1"), (None, None), (None, "2"), (None, "3")]),
        ("show", {"w002": {"season": 9}}, [(None, "1"), (None, "2"), ("9", "1"), (None, "3")]),
        ("year", {"w001": {"season": 9}}, [("2026", "1"), ("9", "1"), ("2026", "2"), ("2026", "3")]),
        ("year", {"w000": {"type": "trailer"}}, [("2026", None), ("2026", "1"), ("2026", "2"), ("2026", "3")]),
    ],
)
def test_what_an_episode_says_of_itself_stands_and_the_others_are_counted_on(
    numbering: str, own: dict[str, dict[str, Any]], expected: Sequence[tuple[str | None, str | None]]
) -> None:
    manifests = [dataclasses.replace(each, **own.get(each.name, {})) for each in weekly(4)]
    items = channel_of(render_feed(with_feed(numbering=numbering), manifests)["feed.xml"]).iter("item")
    assert [places_of(item) for item in items][::-1] == expected


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9), st.sampled_from(EPISODE_TYPES)), max_size=12))
def test_no_number_that_is_counted_is_one_that_another_episode_has(own: list[tuple[int, int, str]]) -> None:
    manifests = [
        dataclasses.replace(each, season=season, number=number, type=kind)
        for each, (season, number, kind) in zip(weekly(len(own)), own, strict=True)
    ]
    items = list(channel_of(render_feed(with_feed(numbering="show"), manifests)["feed.xml"]).iter("item"))[::-1]
    places = [places_of(item) for item in items]
    for (_, number, kind), place in zip(own, places, strict=True):
        assert (place[1] is None) == (number == 0 and kind != "full")
        assert number or kind != "full" or places.count(place) == 1


# --- whatever the text --------------------------------------------------------------------------------


@given(TIDY)
def test_any_tidy_title_reads_back_the_same(title: str) -> None:
    item = only_item(title=title)
    assert said(item, "title") == said(item, "itunes:title") == title


@given(title=ANYTHING, name=ANYTHING)
def test_any_text_at_all_gives_well_formed_xml_without_control_characters(title: str, name: str) -> None:
    show = dataclasses.replace(with_feed(copyright=title), author=title, description=name)
    page = render_feed(show, [make_manifest(title=title, description=name, author=name)])["feed.xml"]
    text = page.decode()
    assert not [char for char in text if unicodedata.category(char) in ("Cc", "Cs") and char != "\n"]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\ufffd-\uffff]", text)
    item = channel_of(page).find("item")
    assert item is not None
    read = said(item, "title")
    assert read == (printable_line(title, 255) or "weekly")
    assert 0 < len(read) <= 255


def test_a_long_title_is_cut_between_words() -> None:
    title = said(only_item(title="The tide " * 40), "title") or ""
    assert title.endswith((" tide…", " The…"))
    assert 200 < len(title) <= 255


def test_a_cut_never_parts_what_makes_one_character() -> None:
    family = "👩‍👩‍👧"
    for size in range(8, 80):
        kept = cut_bytes(family * 4, size).removesuffix("…")
        assert kept == family * (len(kept) // len(family))


def test_the_end_of_a_cdata_section_is_harmless() -> None:
    page = render_feed(SHOW, [make_manifest(title="]]> and <![CDATA[")])["feed.xml"]
    assert b"]]>" not in page
    assert said(channel_of(page).find("item") or ET.Element("none"), "title") == "]]> and <![CDATA["


# --- the same bytes, and little change ----------------------------------------------------------------


def test_the_same_input_gives_the_same_bytes_in_whatever_order() -> None:
    manifests = weekly(5)
    page = render_feed(SHOW, manifests)["feed.xml"]
    assert page == render_feed(SHOW, manifests[::-1])["feed.xml"]
    assert page.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<rss ")
    assert page.endswith(b"</rss>\n")


def test_the_same_input_gives_the_same_bytes_in_other_processes_elsewhere_in_time() -> None:
    program = (
        "import sys; from audiobuild.publish.feed.rss import render_feed; from tests.feeds import SHOW, make_manifest;"
        "sys.stdout.buffer.write(render_feed(SHOW, [make_manifest('a'), make_manifest('b')])['feed.xml'])"
    )
    root = Path(__file__).parents[3]
    pages = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/Los_Angeles"))
    }
    assert pages == {render_feed(SHOW, [make_manifest("a"), make_manifest("b")])["feed.xml"]}


def test_after_a_change_only_that_items_files_and_length_differ() -> None:
    before = [make_manifest("a"), make_manifest("b")]
    after = [before[0], make_manifest("b", revision=2, bytes=1300, duration_ms=62_500)]
    old, new = (render_feed(SHOW, each)["feed.xml"].decode().splitlines() for each in (before, after))
    changed = {(a.strip(), b.strip()) for a, b in zip(old, new, strict=True) if a != b}
    assert {re.sub("[ >].*", "", a) for a, _ in changed} == {
        "<lastBuildDate",  # which has no clock: it is a second later
        *("<enclosure", "<itunes:duration", "<itunes:image", "<podcast:chapters", "<podcast:transcript"),
    }
    assert all("b.r2." in b or "<itunes:duration>62<" in b or "05:00:01 GMT" in b for _, b in changed)
