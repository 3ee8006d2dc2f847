"""Chapters and words as JSON, for feeds, players and the page."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobuild.model import Timeline
from audiobuild.publish.chapters_json import is_web_address, render_chapters_json
from audiobuild.publish.manifest import ChapterEntry
from audiobuild.publish.transcript import shown
from audiobuild.publish.words_json import render_words_json
from audiobuild.word_times import words_of
from tests.test_word_times import any_timeline
from tests.timed import EDITION, entries

BASE = "https://audio.example/shows/breakwater"
BAD_ADDRESSES = (
    *(
        "javascript:alert(1)",
        "data:text/html,x",
        "//audio.example/a",
        "a.html",
        "https://",
        "http:///a",
        "ftp://a.example",
    ),
    *(
        "https://[bad",
        "https://a.example/a b",
        "https://a.example/\n",
        'https://a.example/"onload=',
        "https://a\u202e.b",
        "",
    ),
)


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


@pytest.mark.parametrize("url", BAD_ADDRESSES)
def test_only_whole_web_addresses_are_given(url: str) -> None:
    assert not is_web_address(url)
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


# --- words ----------------------------------------------------------------------------------------


@given(any_timeline())
def test_words_are_read_back_with_their_times(line: Timeline) -> None:
    words = words_of(line)
    told = json.loads(render_words_json(words, len(line.chapters)))
    found = []
    for number, chapter in enumerate(told["chapters"]):
        for role, start, end, lasts, texts, reckoned in chapter:
            bounds = [*itertools.accumulate(lasts, initial=start), end]
            found += [
                (first, last, text, role, number, bool(reckoned))
                for (first, last), text in zip(itertools.pairwise(bounds), texts, strict=True)
            ]
    assert found == [
        (word.start_ms, word.end_ms, shown(word.text), word.role, word.chapter, word.estimated) for word in words
    ]
    assert told["estimated"] == any(word.estimated for word in words)


@given(any_timeline())
def test_words_may_stand_in_a_script_element(line: Timeline) -> None:
    data = render_words_json(words_of(line), len(line.chapters)).decode()
    assert not set("<>&\u2028\u2029") & set(data)


def test_word_costs_little_more_than_its_letters() -> None:
    words = words_of(EDITION)
    letters = sum(len(word.text.encode()) for word in words)
    paragraphs = sum(word.paragraph_start for word in words)
    assert len(render_words_json(words, len(EDITION.chapters))) < letters + 8 * len(words) + 40 * paragraphs + 60


def test_edition_is_written_as_agreed(golden: Callable[[str, str], None]) -> None:
    words, chapters = words_of(EDITION), entries(EDITION)
    golden("transcript.words.json", render_words_json(words, len(chapters)).decode() + "\n")
    golden(
        "transcript.chapters.json",
        render_chapters_json(chapters, BASE, title="The Breakwater", podcast="Boats", file="weekly.mp3").decode(),
    )
