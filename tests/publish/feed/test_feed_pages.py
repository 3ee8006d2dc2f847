"""Older pages, private feeds, and settings that cannot be."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobuild.config.show import PersonSettings
from audiobuild.config.show_file import parse_show
from audiobuild.errors import ConfigError
from audiobuild.publish.feed.feed_facts import feed_file, load_categories
from audiobuild.publish.feed.feed_xml import qualified
from audiobuild.publish.feed.rss import render_feed
from audiobuild.publish.site.pages import SiteFacts, render_index
from tests.feeds import (
    BASE,
    SHOW,
    attributes,
    channel_of,
    guids,
    make_manifest,
    said,
    weekly,
    with_feed,
)

# --- older pages --------------------------------------------------------------------------------------


def test_older_episodes_go_into_archives_that_are_chained_to_the_feed() -> None:
    show = with_feed(page_size=3)
    pages = render_feed(show, weekly(10))
    assert list(pages) == ["feed.xml", "feed-2.xml", "feed-1.xml"]
    numbers = {name: [(guid or "")[-3:] for guid in guids(page)] for name, page in pages.items()}
    assert numbers == {
        "feed.xml": ["009", "008", "007", "006"],
        "feed-2.xml": ["005", "004", "003"],
        "feed-1.xml": ["002", "001", "000"],
    }
    links = {
        name: {each["rel"]: each["href"].removeprefix(BASE) for each in attributes(channel_of(page), "atom:link")}
        for name, page in pages.items()
    }
    ends = {"first": "feed.xml", "last": "feed-1.xml"}
    assert links == {
        "feed.xml": {"self": "feed.xml", "prev-archive": "feed-2.xml", "next": "feed-2.xml", **ends},
        "feed-2.xml": {
            "self": "feed-2.xml",
            "prev-archive": "feed-1.xml",
            "next": "feed-1.xml",
            "current": "feed.xml",
            **ends,
        },
        "feed-1.xml": {"self": "feed-1.xml", "current": "feed.xml", "next-archive": "feed-2.xml", **ends},
    }
    archived = {name: channel_of(page).find(qualified("fh:archive")) is not None for name, page in pages.items()}
    assert archived == {"feed.xml": False, "feed-2.xml": True, "feed-1.xml": True}
    assert len({said(channel_of(page), "podcast:guid") for page in pages.values()}) == 1


@given(size=st.integers(1, 7), count=st.integers(0, 40))
def test_every_episode_is_on_one_page_and_the_feed_has_at_least_a_page(size: int, count: int) -> None:
    pages = render_feed(with_feed(page_size=size), weekly(count))
    found = [guid for page in pages.values() for guid in guids(page)]
    assert found == [manifest.guid for manifest in reversed(weekly(count))]
    assert len(guids(pages["feed.xml"])) >= min(size, count)


def test_a_new_episode_leaves_older_pages_as_they_are() -> None:
    show = with_feed(page_size=3)
    before, after = render_feed(show, weekly(9)), render_feed(show, weekly(10))
    assert [name for name in before if before[name] != after[name]] == ["feed.xml"]


# --- a private feed -----------------------------------------------------------------------------------


def test_a_private_feed_has_a_name_of_its_own_and_asks_not_to_be_listed() -> None:
    show = with_feed(key="correct horse battery", page_size=1)
    pages = render_feed(show, weekly(3))
    first, *older = pages
    assert re.fullmatch(r"feed-[0-9a-f]{32}\.xml", first)
    assert older == [first.replace(".xml", "-2.xml"), first.replace(".xml", "-1.xml")]
    for page in pages.values():
        channel = channel_of(page)
        assert (said(channel, "itunes:block"), said(channel, "podcast:block")) == ("yes", "yes")
        assert b"correct horse" not in page
    assert attributes(channel_of(pages[first]), "atom:link")[0]["href"] == BASE + first


def test_another_key_or_another_show_gives_another_name() -> None:
    shows = [
        with_feed(key="correct horse battery"),
        with_feed(key="correct horse batterz"),
        with_feed(key="correct horse battery", base="https://other.test/"),
    ]
    assert len({feed_file(show.feed) for show in shows}) == 3


def test_the_key_of_a_private_feed_is_never_shown() -> None:
    show = with_feed(key="correct horse battery")
    assert "correct horse" not in repr(show)
    assert "correct horse" not in repr(show.feed)
    with pytest.raises(ConfigError) as caught:
        render_feed(with_feed(key="hunter2", type="daily"), [])
    assert "hunter2" not in f"{caught.value}{caught.value.hint}"


@pytest.mark.parametrize("key", ["8675309867530986", '["hunter2"]', "1999-12-31", '{hunter2 = "hunter2"}'])
def test_a_key_that_is_no_text_is_refused_without_being_shown(key: str) -> None:
    with pytest.raises(ConfigError, match=r"feed\.key must be text in quotation marks$") as caught:
        parse_show(f"[feed]\nkey = {key}".encode(), "show.toml")
    assert not re.search("hunter2|86753|1999", f"{caught.value}{caught.value.hint}")


# --- a feed that has moved ----------------------------------------------------------------------------


def test_a_feed_that_has_moved_says_so_on_each_page() -> None:
    pages = render_feed(with_feed(moved_to="https://new.test/feed.xml", page_size=1), weekly(3))
    assert len(pages) == 3
    assert {said(channel_of(page), "itunes:new-feed-url") for page in pages.values()} == {"https://new.test/feed.xml"}
    assert said(channel_of(render_feed(SHOW, weekly(1))["feed.xml"]), "itunes:new-feed-url") is None


# --- what cannot be -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"base": ""}, "feed.base"),
        ({"base": "https://pod.test/show"}, "feed.base"),
        ({"base": "https://pod.test/?a=/"}, "feed.base"),
        ({"base": "ftp://pod.test/"}, "feed.base"),
        ({"address": "feed.xml"}, "feed.address"),
        ({"moved_to": "new.test/feed.xml"}, "feed.moved_to"),
        ({"moved_to": "https://new.test/the feed.xml"}, "feed.moved_to"),
        ({"cover": "../cover.jpg"}, "feed.cover"),
        ({"owner_email": "iona"}, "feed.owner_email"),
        ({"category": "Boats"}, "feed.category"),
        ({"category": "News > Boats"}, "feed.category"),
        ({"category": "News > "}, "feed.category"),
        ({"type": "daily"}, "feed.type"),
        ({"medium": "video"}, "feed.medium"),
        ({"numbering": "month"}, "feed.numbering"),
        ({"page_size": 0}, "feed.page_size"),
        ({"key": "short"}, "feed.key"),
        ({"guid": "the breakwater"}, "feed.guid"),
        ({"persons": (PersonSettings("Iona"), PersonSettings(""))}, "feed.persons.2.name"),
        ({"persons": (PersonSettings("Iona", href="javascript:alert(1)"),)}, "feed.persons.1.href"),
    ],
)
def test_a_setting_that_cannot_be_is_named(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(ConfigError) as caught:
        render_feed(with_feed(**changes), [])
    assert caught.value.message.startswith(f"{named} cannot be")
    assert caught.value.hint
    assert "short" not in str(caught.value)


@pytest.mark.parametrize("changes", [{"title": " "}, {"link": "https://"}])
def test_a_title_or_link_that_no_feed_can_have_is_named(changes: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match=f"{next(iter(changes))} cannot be"):
        render_feed(dataclasses.replace(SHOW, **changes), [])


def test_a_category_that_is_near_is_told_what_there_is() -> None:
    with pytest.raises(ConfigError) as caught:
        render_feed(with_feed(category="News > Polytics"), [])
    assert "News > Politics" in caught.value.hint


def test_every_category_can_be_chosen() -> None:
    categories = load_categories()
    assert len(categories) == 19
    assert sum(map(len, categories.values())) == 91
    for main, subs in categories.items():
        for category in (main, *(f"{main} > {sub}" for sub in subs)):
            assert render_feed(with_feed(category=category), [])


# --- order --------------------------------------------------------------------------------------------


def test_episodes_of_one_day_keep_the_order_of_the_issue() -> None:
    """The issue, then its articles, whatever they are called: numbers count so, and the cover is that of the issue."""
    parts = {"weekly": "", "zebra": "1-boats|01.md", "ferry": "1-boats|02.md", "anchor": "2-lights|01.md"}
    manifests = [make_manifest(name, identity=f"Show|2026-11-07|{part}") for name, part in parts.items()]
    (feed,) = render_feed(with_feed(cover="", numbering="show"), manifests[::-1]).values()
    items = channel_of(feed).findall("item")
    numbers = {said(item, "guid"): said(item, "itunes:episode") for item in items}
    assert numbers == {f"guid-of-{name}": str(number) for number, name in enumerate(parts, 1)}
    assert attributes(channel_of(feed), "itunes:image") == [{"href": f"{BASE}weekly.jpg"}]
    index = render_index(SiteFacts("The Breakwater"), manifests[::-1])
    assert re.findall(r'<h3 dir="auto"><a href="(\w+)\.html"', index) == list(parts)
