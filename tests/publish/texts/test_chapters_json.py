"""Chapters as JSON, for feeds and players."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobuild.publish.episodes.manifest import ChapterEntry
from audiobuild.publish.texts.chapters_json import render_chapters_json
from tests.timed import EDITION, entries

BASE = "https://audio.example/shows/breakwater"


def chapters_in(data: bytes) -> list[dict[str, object]]:
    told = json.loads(data)
    assert told["version"] == "1.2.0"
    found: list[dict[str, object]] = told["chapters"]
    return found


def test_chapter_has_its_times_in_seconds_with_title_picture_and_link() -> None:
    chapter = ChapterEntry("Tides", 94_250, 120_000, "https://a.example/tides?x=1", "weekly-ch02.jpg")
    assert chapters_in(render_chapters_json([chapter], BASE)) == [
        {
            "startTime": 94.25,
            "endTime": 120.0,
            "title": "Tides",
            "img": f"{BASE}/weekly-ch02.jpg",
            "url": "https://a.example/tides?x=1",
        }
    ]


def test_chapter_without_picture_or_link_names_none() -> None:
    assert chapters_in(render_chapters_json([ChapterEntry("Tides", 0, 5)], BASE)) == [
        {"startTime": 0.0, "endTime": 0.005, "title": "Tides"}
    ]


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "//a.example/b", "a.html", "https://a.example/b c"])
def test_only_whole_web_addresses_are_given(url: str) -> None:
    chapter = ChapterEntry("Tides", 0, 5, url, "picture.jpg")
    assert {"img", "url"} & chapters_in(render_chapters_json([chapter], url))[0].keys() == set()


def test_picture_stays_in_its_folder_whatever_it_is_called() -> None:
    chapter = ChapterEntry("Tides", 0, 5, image='a b"?.jpg')
    assert chapters_in(render_chapters_json([chapter], f"{BASE}/"))[0]["img"] == f"{BASE}/a%20b%22%3F.jpg"


def test_chapter_without_a_title_that_can_be_shown_is_numbered() -> None:
    made = chapters_in(render_chapters_json([ChapterEntry("A\u202e\nb", 0, 5), ChapterEntry("\u200b", 5, 9)]))
    assert [chapter["title"] for chapter in made] == ["A b", "Chapter 2"]


@given(st.lists(st.tuples(st.text(), st.integers(1, 10**7), st.text()), max_size=8), st.text())
def test_chapters_are_read_back_whatever_they_are_called(rows: list[tuple[str, int, str]], title: str) -> None:
    bounds = list(itertools.accumulate((length for _, length, _ in rows), initial=0))
    chapters = [
        ChapterEntry(name, start, end, url)
        for (name, _, url), (start, end) in zip(rows, itertools.pairwise(bounds), strict=True)
    ]
    made = chapters_in(render_chapters_json(chapters, BASE, title=title))
    assert [round(1000 * float(str(chapter["startTime"]))) for chapter in made] == bounds[:-1]
    assert [round(1000 * float(str(chapter["endTime"]))) for chapter in made] == bounds[1:]
    assert all(chapter["title"] for chapter in made)


def test_edition_is_written_as_agreed(golden: Callable[[str, str], None]) -> None:
    told = render_chapters_json(entries(EDITION), BASE, title="The Breakwater", podcast="Boats", file="weekly.mp3")
    golden("transcript.chapters.json", told.decode())
