"""Feeds become articles: the newest entries, from what the feed holds or from the pages it leads to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobuild.build import Options, build
from audiobuild.errors import NetworkOffline, NothingNew, SourceError
from audiobuild.model.values import BlockKind, Fate
from audiobuild.publish.output.succession import OnConflict
from audiobuild.script.foreign_texts import left_out
from audiobuild.script.sections import plan_script
from audiobuild.sources.edition import read_edition
from audiobuild.sources.remote.feed_entries import FeedEntry, choose_entries, read_entry, read_feed
from audiobuild.sources.remote.source_options import SourceOptions
from tests.known_documents import PAGES, heard
from tests.scripts import NO_STINGS
from tests.web_server import reply, running_web_server

PAGE = PAGES[0].read_bytes()


def item(day: int, *, link: str = "", whole: bool = True) -> str:
    text = f"&lt;p&gt;It rained on day {day} &amp;amp; hailed.&lt;/p&gt;&lt;p&gt;The mud was deep.&lt;/p&gt;"
    body = (
        f"<content:encoded>{text}</content:encoded>" if whole else f"<description>Day {day} &amp;lt; two</description>"
    )
    return (
        f"<item><title>Day {day}</title><link>{link or f'https://mud.example/{day}'}</link>"
        f"<pubDate>{day:02} Mar 2026 07:12:00 GMT</pubDate>{body}</item>"
    )


def rss(*items: str) -> bytes:
    namespaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    channel = f"<title>The Mud Letter</title><link>https://mud.example</link>{''.join(items)}"
    return f'<?xml version="1.0"?><rss version="2.0" {namespaces}><channel>{channel}</channel></rss>'.encode()


ATOM = b"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Mud</title>
<entry><title type="html">The &lt;i&gt;Ada&lt;/i&gt; sails</title><link href="https://mud.example/ada"/>
<updated>2026-03-04T07:12:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>She left at noon.</p><h2>What she carried</h2><p>Bricks.</p></div></content></entry></feed>"""

FEED = rss(item(3), item(5), item(4))


def titles(entries: Iterable[tuple[FeedEntry, str]]) -> list[str]:
    return [entry.title for entry, unread in entries if not unread]


def test_entries_that_are_not_chosen_are_accounted_for_and_told_of_in_a_line(tmp_path: Path) -> None:
    feed = tmp_path / "mud.xml"
    feed.write_bytes(FEED)
    edition, show, _ = read_edition([feed], SourceOptions(newest=1))
    assert left_out(edition) == ("The Mud Letter: 2 entries are left out: not among the newest 1",)
    skipped = [entry for entry in plan_script(edition, show, NO_STINGS).ledger if entry.fate is Fate.SKIPPED]
    assert [(entry.text, entry.reason) for entry in skipped][::2] == [
        ("It rained on day 4 & hailed.", "not among the newest 1"),
        ("It rained on day 3 & hailed.", "not among the newest 1"),
    ]
    late, _, _ = read_edition([feed], SourceOptions(since=dt.date(2026, 3, 4)))
    assert left_out(late) == ("The Mud Letter: one entry is left out: published before 2026-03-04",)


def test_newest_entries_come_first() -> None:
    book, entries = read_feed(FEED, "mud.xml")
    assert book.title == "The Mud Letter"
    assert titles(choose_entries(entries, None, None, "")) == ["Day 5", "Day 4", "Day 3"]
    assert titles(choose_entries(entries, 2, None, "")) == ["Day 5", "Day 4"]
    assert titles(choose_entries(entries, None, dt.date(2026, 3, 4), "")) == ["Day 5", "Day 4"]
    assert len(titles(choose_entries(entries * 10, None, None, ""))) == 10


def test_nothing_since_a_day_is_an_error() -> None:
    _, entries = read_feed(FEED, "mud.xml")
    with pytest.raises(SourceError, match="nothing was published since 2026-04-01"):
        titles(choose_entries(entries, None, dt.date(2026, 4, 1), ""))


def test_entry_is_an_article_with_its_date_and_address() -> None:
    _, entries = read_feed(ATOM, "mud.xml")
    article = read_entry(entries[0], "mud.xml")
    facts = (article.title, article.url, str(article.published))
    assert facts == ("The Ada sails", "https://mud.example/ada", "2026-03-04")
    assert heard(article) == ["She left at noon.", "What she carried", "Bricks."]


def test_page_is_read_where_the_feed_has_a_summary_alone(tmp_path: Path) -> None:
    with running_web_server(reply(200, PAGE, Content_Type="text/html")) as server:
        path = tmp_path / "feed.xml"
        path.write_bytes(rss(item(3, link=f"{server.address}/pier", whole=False)))
        edition, _, _ = read_edition([path], SourceOptions(allow_private=True))
    assert edition.articles[0].title.endswith("other matters of wordpress")
    assert edition.articles[0].url == f"{server.address}/pier"
    assert edition.title == "The Mud Letter"


def test_page_that_cannot_be_fetched_leaves_the_other_entries_to_be_read(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    with running_web_server(reply(404)) as server:
        gone = item(4, link=f"{server.address}/gone", whole=False)
        path.write_bytes(rss(item(5), gone, item(3, link="http://127.0.0.1:1/pier", whole=False)))
        edition, _, _ = read_edition([path], SourceOptions(allow_private=True))
    assert [heard(article)[-1] for article in edition.articles] == ["The mud was deep.", "Day 4 < two"]
    (told,) = left_out(edition)
    assert told.startswith("The Mud Letter: one entry is left out: the server cannot be reached")


def test_feed_none_of_whose_pages_can_be_fetched_is_one_error(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(rss(*(item(day, link=f"http://127.0.0.1:1/{day}", whole=False) for day in (3, 4))))
    with pytest.raises(NetworkOffline, match="cannot be reached") as caught:
        read_edition([path], SourceOptions(allow_private=True))
    assert caught.value.others == ()


def test_only_what_is_new_is_built(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"

    def made() -> list[str]:
        options = Options((path,), tmp_path / "output", tmp_path / "store", engine="silent", on_conflict=OnConflict.NEW)
        return [chapter.title for chapter in build(options).episode.timeline.chapters]

    path.write_bytes(rss(item(3), item(4)))
    assert [title for title in made() if title.startswith("Day")] == ["Day 4", "Day 3"]
    with pytest.raises(NothingNew):
        made()
    path.write_bytes(rss(item(3), item(4), item(5)))
    assert "Day 5" in made()
    assert len(list((tmp_path / "output").glob("*.mp3"))) == 2


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no feed"),
        (b"It rained.", "no feed"),
        (rss(), "nothing in this feed"),
        (b'<!DOCTYPE a [<!ENTITY b "mud">]><rss version="2.0"><channel/></rss>', "declares entities"),
    ],
)
def test_what_is_no_feed_is_an_error(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read_feed(data, "mud.xml")


@settings(max_examples=settings().max_examples // 2)
@given(st.integers(0, len(FEED) - 1), st.integers(1, 255), st.booleans())
def test_damaged_feed_is_read_or_is_one_clear_error(place: int, change: int, is_cut: bool) -> None:
    damaged = FEED[:place] if is_cut else FEED[:place] + bytes([FEED[place] ^ change]) + FEED[place + 1 :]
    try:
        _, entries = read_feed(damaged, "mud.xml")
        articles = [read_entry(entry, "mud.xml") for entry in entries]
    except SourceError as error:
        assert error.message
    else:
        assert all(article.title for article in articles)


BLOCKS = """<!-- wp:paragraph -->
<p>An eel will cross a wet field at night to get round a weir.</p>
<figure class="wp-block-pullquote"><blockquote><p>Cross a wet field at night to get round</p></blockquote></figure>
<div class="wp-block-buttons"><a class="wp-block-button__link">Donate now</a></div>
<div class="wp-block-file"><a href="pass.pdf">Plans</a><a href="pass.pdf" download>Download</a></div>
<ol class="wp-block-footnotes"><li id="a">Counted by hand.</li></ol>"""
CLASSIC = "The weir was raised in 1812.\n\nhttps://www.youtube.com/watch?v=abc\n\n<!--more-->\n\nIt fell in 1813."


@pytest.mark.parametrize(
    ("html", "read"),
    [
        (BLOCKS, ["An eel will cross a wet field at night to get round a weir."]),
        (CLASSIC, ["The weir was raised in 1812.", "https://www.youtube.com/watch?v=abc", "It fell in 1813."]),
    ],
    ids=["blocks", "classic"],
)
def test_of_wordpress_nothing_is_read_but_the_text(html: str, read: list[str]) -> None:
    entry = FeedEntry("Eels", "https://mud.example/eels", None, html, is_whole=True, place=0)
    blocks = read_entry(entry, "mud.xml").blocks
    kinds = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTATION)
    assert [block.text for block in blocks if block.kind in kinds and not block.unread] == read
    assert all(each in " ".join(block.text for block in blocks) for each in ("get round", "1813") if each in html)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "The pond froze this morning and Mr. Holt walked over it. It was cold.",
            "The pond froze this morning and Mr. Holt walked over it.",
        ),
        ("It rained and rained on the mill, " * 9, "It rained and rained on the mill, " * 3 + "It rained and…"),
    ],
)
def test_entry_without_a_title_is_called_by_its_first_sentence(text: str, title: str) -> None:
    _, (entry,) = read_feed(rss(f"<item><description>{text}</description></item>"), "mud.xml")
    assert entry.title == title
