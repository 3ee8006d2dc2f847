"""Show notes list chapters with their times and links, within the lengths that directories take."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobuild.model.addresses import web_address
from audiobuild.publish.episodes.manifest import ChapterEntry
from audiobuild.publish.feed.show_notes import render_description, render_notes
from tests.feeds import (
    ANYTHING,
    make_manifest,
    only_item,
    said,
)


class Tags(HTMLParser):
    """Gathers the tags, addresses and text of some HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def test_notes_list_chapters_with_times_links_rubrics_and_departments() -> None:
    assert render_notes(make_manifest()) == (
        "<p>A town buys back its boat.</p><ul><li>(00:00:00) Start</li></ul>"
        '<p><b>Harbours</b></p><ul><li>(00:00:02) <a href="https://breakwater.test/ferry">The ferry</a>'
        " – She floats.</li></ul><p><b>Lights</b></p><ul><li>(00:00:30) A lamp for sale – Keepers wanted.</li></ul>"
    )
    item = only_item()
    assert said(item, "content:encoded") == render_notes(make_manifest())
    assert said(item, "description") == (
        "A town buys back its boat.\n\n"
        "(00:00:00) Start\n(00:00:02) The ferry – She floats.\n(00:00:30) A lamp for sale – Keepers wanted."
    )


def test_notes_do_not_name_departments_that_titles_name() -> None:
    chapters = (ChapterEntry("Start", 0, 1000), ChapterEntry("Boats: The ferry", 1000, 2000, section="Boats"))
    listed = "<ul><li>(00:00:00) Start</li><li>(00:00:01) Boats: The ferry</li></ul>"
    assert render_notes(make_manifest(chapters=chapters)).endswith(listed)


def test_a_single_chapter_is_not_listed() -> None:
    assert render_notes(make_manifest(chapters=(ChapterEntry("All", 0, 9),))) == "<p>A town buys back its boat.</p>"


@pytest.mark.parametrize("count", [3, 40, 90, 300])
def test_a_description_keeps_to_apples_limit_and_notes_keep_everything(count: int) -> None:
    chapters = [ChapterEntry(f"Chapter {n} & more", n * 1000, n * 1000 + 1000, rubric="r" * 90) for n in range(count)]
    manifest = make_manifest(description="Tides & times. " * 400, chapters=tuple(chapters))
    description = render_description(manifest)
    assert 3000 < len(description.encode()) <= 4000 or count == 3
    assert Tags(render_notes(manifest)).text.count("Chapter") == count
    listed = Tags(description).text.count("Chapter")
    assert listed == count or f"… and {count - listed} more" in description
    assert Tags(description).tags <= {"p", "ul", "li", "a", "b"}


@given(description=ANYTHING.map(lambda text: text * 20), titles=st.lists(ANYTHING, max_size=12))
def test_no_description_is_longer_than_apple_takes_or_holds_other_markup(description: str, titles: list[str]) -> None:
    chapters = tuple(ChapterEntry(title, n, n + 1, title, "", title, title) for n, title in enumerate(titles))
    item = only_item(description=description, chapters=chapters)
    for name in ("description", "itunes:summary"):
        assert 0 < len((said(item, name) or "").encode()) <= 4000
    for name in ("description", "content:encoded"):
        html = Tags(said(item, name) or "")
        assert html.tags <= {"p", "ul", "li", "a", "b"}
        assert all(key == "href" and re.match("https?://", value or "") for key, value in html.attributes)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "https://ünsafe.test/",
        "https://bank.test@evil.test/",
        "//evil.test",
        "https://",
        "https://[",
        "ferry.html",
    ],
)
def test_an_address_that_may_not_be_followed_is_no_link(address: str) -> None:
    chapters = (ChapterEntry("A", 0, 1000, address), ChapterEntry("B", 1000, 2000))
    assert "a" not in Tags(render_notes(make_manifest(chapters=chapters))).tags


@given(ANYTHING)
def test_an_address_is_ascii_and_of_the_web_or_nothing(text: str) -> None:
    for address in (web_address(text), web_address(f"https://breakwater.test/{text}")):
        assert not address or re.fullmatch(r"https?://[!-~]+", address)
        assert web_address(address) == address
        assert not set('<>"{}|\\^`') & set(address)
