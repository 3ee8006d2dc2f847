"""The listening page as text: what stands in it, what is left out, and the files that all pages share."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from audiobuild.model.values import Role, Voice
from audiobuild.publish.episodes.manifest import ChapterEntry, Manifest
from audiobuild.publish.site.pages import (
    POLICY,
    SiteFacts,
    render_episode,
    render_index,
    render_transcript,
    static_files,
)
from audiobuild.publish.site.passages import CONTINUED, passages_of
from audiobuild.timeline.word_times import TimedWord

SHOW = SiteFacts("The Breakwater", "The harbour office", "Read aloud.\n\nEvery week.", accent="#0b6e5f")
CHAPTERS = (
    ChapterEntry("Start", 0, 4000),
    ChapterEntry("The ferry", 4000, 65_000, "https://breakwater.example/ferry", "weekly-ch02.jpg", "It floats", "Sea"),
)
MANIFEST = Manifest(
    name="weekly",
    identity="weekly",
    guid="29f08af2-25dc-5fa2-91c9-5d2fa5eac7bb",
    revision=2,
    title="Weekly, 7 November 2026",
    show="The Breakwater",
    author="The harbour office",
    description="What the sea brought.",
    language="en-GB",
    published=dt.date(2026, 11, 7),
    file="weekly.r2.mp3",
    mime="audio/mpeg",
    bytes=860_675,
    made_of="",
    sha256="",
    duration_ms=65_463,
    cover="weekly.r2.jpg",
    words="engine",
    loudness={},
    chapters=CHAPTERS,
)
VOICE = Voice("silent", "", 1.0)
HOME = "https://breakwater.example/"


def said(text: str, start_ms: int = 0, segment: int = 0, role: Role = Role.PARAGRAPH) -> list[TimedWord]:
    """Words of one segment, half a second each."""
    words = text.split("|")
    return [
        TimedWord(at, at + 500, at + 450, word, segment, 0, role, VOICE, place == 0)
        for place, (word, at) in enumerate(zip(words, range(start_ms, start_ms + 500 * len(words), 500), strict=True))
    ]


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the text of each that bears times."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.passages: list[str] = []
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        self.found.append((tag, values))
        if "data-words" in values:
            self._inside = tag
            self.passages.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.passages[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""

    def all(self, name: str) -> list[str]:
        """The values of an attribute, wherever it stands."""
        return [attributes[name] for _, attributes in self.found if name in attributes]


def episode(words: list[TimedWord] | None = None, manifest: Manifest = MANIFEST, show: SiteFacts = SHOW) -> str:
    return render_episode(show, manifest, render_transcript(words if words is not None else said("Mr Tolland|wept.")))


# --- transcript ---------------------------------------------------------------------------------------


def test_every_piece_of_the_text_has_its_time_or_goes_with_the_one_before() -> None:
    [passage] = passages_of(said("Mr  Tolland|said|£1.2m (see\u202e chart).", start_ms=2000))
    assert (passage.text, passage.offsets) == ("Mr Tolland said £1.2m (see chart).", "0 - 500 1000 - -")
    assert (passage.start_ms, passage.end_ms) == (2000, 3500)


@given(st.lists(st.text(max_size=12), min_size=1, max_size=12))
def test_text_and_times_have_the_same_number_of_pieces(texts: list[str]) -> None:
    words = [word._replace(text=text) for word, text in zip(said("|" * (len(texts) - 1)), texts, strict=True)]
    for passage in passages_of(words):
        assert len(passage.text.split(" ")) == len(passage.offsets.split(" "))
        assert not passage.offsets.startswith(CONTINUED)


def test_words_of_the_page_are_those_that_were_given_with_their_times() -> None:
    words = said("Mr Tolland|wept.") + said("“She|floats,”|he|said <b>&amp;</b>.", 9000, 1, Role.QUOTATION)
    page = Elements(episode(words))
    read: list[tuple[int, str]] = []
    for (_, attributes), text in zip([one for one in page.found if "data-words" in one[1]], page.passages, strict=True):
        pieces = text.split(" ")
        for piece, offset in zip(pieces, attributes["data-words"].split(" "), strict=True):
            if offset == CONTINUED:
                read[-1] = (read[-1][0], f"{read[-1][1]} {piece}")
            else:
                read.append((int(attributes["data-start"]) + int(offset), piece))
    assert read == [(word.start_ms, word.text) for word in words]


def test_headings_step_down_one_level_at_a_time() -> None:
    roles = (Role.HEADING, Role.SECTION, Role.FLY_TITLE, Role.HEADLINE, Role.RUBRIC, Role.HEADING, Role.LIST_ITEM)
    words = [word for place, role in enumerate(roles) for word in said("A|b", 1000 * place, place, role)]
    levels = [int(tag[1]) for tag, _ in Elements(episode(words)).found if re.fullmatch(r"h[1-6]", tag)]
    assert levels[:3] == [1, 2, 2]
    assert levels[3:] == [3, 3, 4, 2]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_items_that_follow_one_another_are_one_list() -> None:
    roles = (Role.LIST_ITEM, Role.LIST_ITEM, Role.PARAGRAPH, Role.LIST_ITEM)
    words = [word for place, role in enumerate(roles) for word in said("Stone", 1000 * place, place, role)]
    page = episode(words)
    assert (page.count("<ul>"), page.count("</ul>")) == (2, 2)


def test_hours_of_words_make_a_page_of_few_elements() -> None:
    words = [word for place in range(1000) for word in said("|".join(["harbour"] * 50), 30_000 * place, place)]
    page = episode(words)
    assert len(Elements(page).found) < 1300
    assert len(page) < 16 * len(words)


def test_page_says_where_there_is_no_transcript() -> None:
    page = episode([])
    assert "This episode has no transcript." in page
    assert not {"weekly.r2.txt", "weekly.r2.vtt"} & set(Elements(page).all("href"))


def test_reader_is_told_of_times_that_are_reckoned() -> None:
    assert "are reckoned" in episode(manifest=dataclasses.replace(MANIFEST, words="estimated"))
    assert "are reckoned" not in episode()


# --- links and text that mean ill ---------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    '" onload="alert(1)',
    "' onload='alert(1)",
    "]]>",
    "{{ 7 * 7 }}{% raw %}",
    "\u202egnihsif",
    "🚢 سفينة",
    "x" * 300,
    "../../etc/passwd",
    "</title><script>",
)


def everywhere(text: str) -> tuple[str, str]:
    """The page of an episode, and the list of episodes, of which every text is the same."""
    chapters = tuple(dataclasses.replace(one, title=text, rubric=text, section=text) for one in CHAPTERS)
    manifest = dataclasses.replace(MANIFEST, title=text, guid=text, description=text, chapters=chapters)
    show = dataclasses.replace(SHOW, title=text, author=text, description=text)
    return episode(said(text), manifest, show), render_index(show, [manifest])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_wherever_it_stands(text: str) -> None:
    for page, innocent in zip(everywhere(text), everywhere("harmless"), strict=True):
        found, expected = Elements(page), Elements(innocent)
        assert [(tag, list(attributes)) for tag, attributes in found.found] == [
            (tag, list(attributes)) for tag, attributes in expected.found
        ]
        assert "\u202e" not in page
    assert Elements(everywhere(text)[0]).passages == [" ".join(text.replace("\u202e", "").split())]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "//a.example", "/a"],
)
def test_only_web_addresses_become_links(address: str) -> None:
    chapters = (dataclasses.replace(CHAPTERS[0], url=address),)
    page = episode(manifest=dataclasses.replace(MANIFEST, chapters=chapters))
    assert "Read the article" not in page
    assert "Website" not in render_index(dataclasses.replace(SHOW, link=address), [MANIFEST])


def test_web_address_becomes_a_link() -> None:
    assert CHAPTERS[1].url in Elements(episode()).all("href")
    index = render_index(dataclasses.replace(SHOW, link="https://breakwater.example/?a=1&b=2"), [MANIFEST])
    assert "https://breakwater.example/?a=1&b=2" in Elements(index).all("href")


@pytest.mark.parametrize("name", ["../../etc/passwd", "javascript:alert(1)", "https://a.example/x", "a b?c#d%2e.mp3"])
def test_file_is_looked_for_in_the_same_folder_whatever_it_is_called(name: str) -> None:
    elements = Elements(episode(manifest=dataclasses.replace(MANIFEST, file=name, cover=name)))
    sources = [source for source in elements.all("src") if unquote(source) == name]
    assert len(sources) == 2
    assert [source for source in sources if re.search(r"[/:?#]", source)] == []


def test_nothing_in_the_pages_is_inline_or_from_elsewhere() -> None:
    for page in (episode(), render_index(SHOW, [MANIFEST])):
        elements = Elements(page)
        assert elements.all("style") == []
        assert "<style" not in page
        assert [attributes.get("src") for tag, attributes in elements.found if tag == "script"] == [
            f"player.js?v={re.search(r'[?]v=([0-9a-f]{10})', page)[1]}"  # type: ignore[index]
        ]
        assert POLICY in elements.all("content")
        assert [source for source in elements.all("src") if ":" in source or source.startswith("/")] == []


# --- what the pages say -------------------------------------------------------------------------------


def test_episode_page_names_its_files_and_facts() -> None:
    page = episode()
    links = set(Elements(page).all("href"))
    assert {"weekly.r2.mp3", "weekly.r2.txt", "weekly.r2.vtt", "feed.xml", "index.html", "#t=4"} <= links
    assert "7 November 2026</time> · <span>1 min</span>" in page
    assert '<html lang="en-GB"' in page
    assert "861 kB" in page


def test_index_lists_the_newest_episode_first() -> None:
    dates = [dt.date(2026, 10, 1), None, dt.date(2026, 12, 24)]
    manifests = [
        dataclasses.replace(MANIFEST, name=f"e{place}", title=f"Episode {place}", published=date)
        for place, date in enumerate(dates)
    ]
    page = render_index(SHOW, manifests)
    assert re.findall(r'href="(e\d)\.html"', page) == ["e2", "e0", "e1"]
    assert render_index(SHOW, reversed(manifests)) == page
    assert '<p class="about" dir="auto">Every week.</p>' in page


def test_department_is_named_once_where_titles_name_it() -> None:
    for title, times in (("The ferry", 1), ("Sea: The ferry", 0)):
        chapters = (MANIFEST.chapters[0], dataclasses.replace(MANIFEST.chapters[1], title=title))
        page = episode(manifest=dataclasses.replace(MANIFEST, chapters=chapters))
        assert page.count('<li class="department" dir="auto">Sea</li>') == times


def test_index_links_what_there_is() -> None:
    bare = dataclasses.replace(SHOW, feed="")
    index = render_index(bare, [dataclasses.replace(MANIFEST, file="weekly.flac", mime="audio/flac")])
    assert {"weekly.flac"} == {link for link in Elements(index).all("href") if link.startswith("weekly")}
    assert "Subscribe" not in index
    assert "rss+xml" not in index + episode(show=bare)
    assert "subscribe.html" in Elements(render_index(SHOW, [MANIFEST])).all("href")


def test_empty_index_says_so() -> None:
    assert "There is no episode yet." in render_index(SHOW, [])


def test_dates_are_written_as_in_the_language_of_the_show() -> None:
    assert ">November 7, 2026</time>" in episode(manifest=dataclasses.replace(MANIFEST, language="en-US"))


def test_shared_links_are_described_only_where_the_address_is_known() -> None:
    assert "og:" not in episode()
    elements = Elements(episode(show=dataclasses.replace(SHOW, address="https://breakwater.example/cast/")))
    assert "https://breakwater.example/cast/weekly.html" in elements.all("href")
    assert "https://breakwater.example/cast/weekly.r2.mp3" in elements.all("content")


@pytest.mark.parametrize("text", ["The ferry & the <i>lamp</i>", *HOSTILE])
def test_search_engines_are_told_what_it_is_in_words_that_stay_where_they_are(text: str) -> None:
    show = dataclasses.replace(SHOW, title=text, author=text, address=f"{HOME}cast/")
    for page in (
        episode(manifest=dataclasses.replace(MANIFEST, title=text), show=show),
        render_index(show, [MANIFEST]),
    ):
        assert page.count("<script") == 2
        [data] = re.findall(r'<script type="application/ld[+]json">(.*?)</script>', page)
        told = json.loads(data)
        series = told.get("partOfSeries", told)
        plain = " ".join(text.replace("\u202e", "").split())
        assert (told["@context"], told["name"], series["name"]) == ("https://schema.org", plain, plain)
        assert series["webFeed"] == f"{HOME}cast/feed.xml"
        if told is series:
            assert series["author"]["name"] == plain
        else:
            sound = told["associatedMedia"]
            assert (sound["contentUrl"], sound["duration"]) == (f"{HOME}cast/weekly.r2.mp3", "PT65S")
            assert (told["datePublished"], told["url"]) == ("2026-11-07", f"{HOME}cast/weekly.html")


def test_other_sites_are_given_a_player_and_a_card() -> None:
    show = dataclasses.replace(SHOW, address=f"{HOME}cast/")
    elements = Elements(episode(manifest=dataclasses.replace(MANIFEST, title='The "ferry" <i>'), show=show))
    [snippet] = [value for value in elements.all("value") if "iframe" in value]
    [(tag, frame)] = Elements(snippet).found
    assert (tag, frame["src"], frame["title"]) == ("iframe", f"{HOME}cast/embed.html?weekly", 'The "ferry" <i>')
    assert {"summary", "website", "The Breakwater", f"{HOME}cast/weekly.r2.jpg"} <= set(elements.all("content"))
    assert "iframe" not in episode()


def test_who_wants_to_subscribe_is_told_how_in_place_of_markup() -> None:
    show = dataclasses.replace(SHOW, address=f"{HOME}cast/")
    assert "subscribe.html" in Elements(render_index(show, [])).all("href")
    page = Elements(static_files(show)["subscribe.html"].decode())
    assert f"{HOME}cast/feed.xml" in page.all("value")
    assert {"podcast://breakwater.example/cast/feed.xml", "feed.xml", "index.html"} <= set(page.all("href"))


def test_same_input_gives_the_same_bytes() -> None:
    assert episode() == episode()
    assert static_files(SHOW) == static_files(SHOW)


# --- shared files -------------------------------------------------------------------------------------


def test_shared_files_are_whole() -> None:
    files = static_files(SHOW)
    shared = {"player.js", "player.css", "sw.js", "manifest.webmanifest", "icon.png", "embed.html", "embed.js"}
    assert set(files) == shared | {"subscribe.html"}
    assert set(static_files(dataclasses.replace(SHOW, feed=""))) == shared
    assert b"@" not in files["sw.js"]
    assert Image.open(io.BytesIO(files["icon.png"])).size == (512, 512)
    told = json.loads(files["manifest.webmanifest"])
    assert (told["name"], told["start_url"], told["display"]) == ("The Breakwater", "index.html", "standalone")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}


def test_pages_ask_anew_for_shared_files_that_have_changed() -> None:
    def version(show: SiteFacts) -> str:
        return next(source for source in Elements(episode(show=show)).all("src") if source.startswith("player.js"))

    other = dataclasses.replace(SHOW, accent="#aa3300")
    assert version(SHOW) != version(other)
    assert static_files(SHOW)["sw.js"] != static_files(other)["sw.js"]
