"""All that a build leaves in the output folder, as programs of others find it."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import shutil
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import feedparser
import podcastparser
import pytest
import webvtt

from tests.building import spoken_by, tree
from tests.feeds import said
from tests.forked import run_forked
from tests.material import shared
from tests.published import SHARED_FILES, SHOW, Built, build, faults, feed_faults, files_of, items_of, write_articles
from tests.tools import run as run_tool

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
HOSTILE = (
    "Locks & weirs < sluices > \"gates\" 'paddles' ]]> the end",
    "]]>",
    "Nine boats 🚢 and a captain 👩🏽‍✈️",
    "قفل على القناة",
    ("A barge that " * 24)[:-1].ljust(300, "s"),
)


# --- what was built -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory, kept_store: Path) -> Built:
    """The user's document beside a show.toml with a feed, spoken by the default engine."""
    place = tmp_path_factory.mktemp("document")
    (source,) = shared("seeds").glob("*.txt")
    write_articles(place / "issue", {}, spoken_by("hibari", SHOW))
    shutil.copy(source, place / "issue")
    return build(place, "issue", store=kept_store)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """An edition whose titles are hard to write, and each of its articles, spoken by espeak."""
    place = tmp_path_factory.mktemp("hostile")
    quoted = html.escape(HOSTILE[0], quote=False)  # Markdown takes entities for what they stand for
    bodies = [
        f"# {quoted if title == HOSTILE[0] else title}\n##### {quoted}\n\nThe lock was shut; {boats} boats waited.\n"
        for boats, title in enumerate(HOSTILE, 2)
    ]
    show = spoken_by("espeak", SHOW).replace('"The Lock"', json.dumps(HOSTILE[0]))
    write_articles(place / "issue", {f"1-R&D ]]>/{number}.md": body for number, body in enumerate(bodies)}, show)
    return build(place, "issue", "--per-article")


@pytest.fixture(params=["document", "sample", "hostile"])
def built(request: pytest.FixtureRequest) -> Built:
    found: Built = request.getfixturevalue(request.param)
    return found


# --- what others find in it ---------------------------------------------------------------------------


def test_an_independent_reader_finds_no_fault_in_the_sound(hostile: Built) -> None:
    """In that of the document, test_user_document has it look."""
    whole, *each = hostile.manifests()
    for manifest in (whole, *each[-2:]):  # of the articles those with the hardest titles
        chapters = str(len(manifest["chapters"]))
        found = faults("check_episode.py", hostile.output / manifest["file"], "--expect-chapters", chapters)
        if max(manifest["title"]) > "\uffff":  # exiftool reads UCS-2, in which there is no such character
            found = [each for each in found if " : exiftool Title=" not in each]
        assert found == []


def test_an_independent_reader_finds_no_fault_in_the_feed(built: Built) -> None:
    assert feed_faults(built.output) == []


def test_the_folder_holds_the_files_of_its_episodes_and_no_others(built: Built) -> None:
    expected = SHARED_FILES.union(*map(files_of, built.manifests()))
    assert set(tree(built.output)) == expected


def test_titles_in_the_feed_are_those_of_the_articles(hostile: Built) -> None:
    read = feedparser.parse((hostile.output / "feed.xml").read_bytes(), sanitize_html=False)
    assert not read.bozo
    assert read.feed.title == HOSTILE[0]
    titles = {entry.id: entry.title for entry in read.entries}
    apart = [titles[manifest["guid"]] for manifest in hostile.manifests()[1:]]
    assert apart[:-1] == list(HOSTILE[:-1])
    assert re.fullmatch(r"(A barge that ){10,}.*…", apart[-1])
    assert len(apart[-1]) <= 255


def test_feedparser_reads_every_field_of_a_real_feed(sample: Built) -> None:
    show = tomllib.loads((SEEDS / "show.toml").read_text(encoding="utf-8"))
    base = show["feed"]["base"]
    read = feedparser.parse((sample.output / "feed.xml").read_bytes())
    assert not read.bozo
    feed = read.feed
    assert (feed.title, feed.subtitle, feed.language) == (show["title"], show["description"], show["language"])
    assert (feed.author, feed.link, feed.itunes_type) == (show["author"], show["link"], "episodic")
    owner = {"name": show["feed"]["owner_name"], "email": show["feed"]["owner_email"]}
    assert feed.publisher_detail == owner
    assert " > ".join(tag.term for tag in feed.tags) == show["feed"]["category"]
    assert not feed.itunes_explicit
    assert feed.image.href.removeprefix(base) in tree(sample.output)
    entries = {entry.id: entry for entry in read.entries}
    assert set(entries) == {manifest["guid"] for manifest in sample.manifests()}
    for manifest in sample.manifests():
        entry = entries[manifest["guid"]]
        assert (entry.title, entry.link) == (manifest["title"], f"{base}{manifest['name']}.html")
        assert (entry.summary, entry.author) == (manifest["description"], manifest["author"])
        assert dt.date(*entry.published_parsed[:3]) == show["date"]
        (sound,) = entry.enclosures
        size = (sample.output / manifest["file"]).stat().st_size
        assert (sound.href, sound.length, sound.type) == (f"{base}{manifest['file']}", str(size), "audio/mpeg")
        assert int(entry.itunes_duration) == round(manifest["duration_ms"] / 1000)
        assert entry.image.href == f"{base}{manifest['cover']}"
        assert (entry.itunes_episodetype, bool(entry.itunes_explicit)) == ("full", False)
        shown = re.sub("<[^>]+>", " ", html.unescape(entry.content[-1].value))
        assert html.unescape(manifest["description"]) in shown
        assert all(chapter["title"] in shown for chapter in manifest["chapters"])


def test_podcastparser_reads_every_field_of_a_real_feed(sample: Built, tmp_path: Path) -> None:
    show = tomllib.loads((SEEDS / "show.toml").read_text(encoding="utf-8"))
    base = show["feed"]["base"]
    # It knows the podcast namespace by its former address alone.
    former = b"https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"
    path = tmp_path / "feed.xml"
    feed = (sample.output / "feed.xml").read_bytes()
    path.write_bytes(feed.replace(b"https://podcastindex.org/namespace/1.0", former))
    with path.open("rb") as stream:
        read = podcastparser.parse(f"{base}feed.xml", stream)
    assert (read["title"], read["link"], read["language"]) == (show["title"], show["link"], show["language"])
    assert (read["description"], read["itunes_author"]) == (show["description"], show["author"])
    assert read["itunes_categories"] == [show["feed"]["category"].split(" > ")]
    assert read["itunes_owner"] == {"name": show["feed"]["owner_name"], "email": show["feed"]["owner_email"]}
    assert (read["type"], read["explicit"], read["import_prohibited"]) == ("episodic", False, False)
    assert read["cover_url"].removeprefix(base) in tree(sample.output)
    episodes = {episode["guid"]: episode for episode in read["episodes"]}
    for manifest in sample.manifests():
        episode = episodes[manifest["guid"]]
        stem = manifest["file"].removesuffix(".mp3")
        assert (episode["title"], episode["link"]) == (manifest["title"], f"{base}{manifest['name']}.html")
        assert episode["total_time"] == round(manifest["duration_ms"] / 1000)
        assert dt.datetime.fromtimestamp(episode["published"], dt.UTC).date() == show["date"]
        sound = {"url": f"{base}{stem}.mp3", "file_size": manifest["bytes"], "mime_type": "audio/mpeg"}
        assert episode["enclosures"] == [sound]
        assert episode["transcript_url"] in (f"{base}{stem}.vtt", f"{base}{stem}.srt")
        assert episode["chapters_json_url"] == f"{base}{stem}.chapters.json"
        assert episode["episode_art_url"] == f"{base}{stem}.jpg"
        assert all(
            html.escape(each["title"], quote=False) in episode["description_html"] for each in manifest["chapters"]
        )


# --- one time for all ---------------------------------------------------------------------------------


class Marks(HTMLParser):
    """The chapters of a page, each with its time in milliseconds and its name, and the times of its words."""

    def __init__(self) -> None:
        super().__init__()
        self.chapters: list[tuple[int, str]] = []
        self.words: list[tuple[int, int]] = []
        self._is_name = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self._is_name = tag == "span" and told.get("class") == "name"
        if tag == "a" and "data-start" in told:
            assert float(told["href"].removeprefix("#t=")) * 1000 == pytest.approx(int(told["data-start"]))
            self.chapters.append((int(told["data-start"]), ""))
        elif "data-words" in told:
            self.words.append((int(told["data-start"]), int(told["data-end"])))

    def handle_data(self, data: str) -> None:
        if self._is_name:
            start_ms, name = self.chapters[-1]
            self.chapters[-1] = (start_ms, name + data)


def marks_of_page(path: Path) -> Marks:
    marks = Marks()
    marks.feed(path.read_text(encoding="utf-8"))
    return marks


def chapters_of_sound(path: Path) -> list[tuple[int, int, str]]:
    told, _ = run_tool("ffprobe", "-v", "error", "-show_chapters", "-of", "json", path)
    return [
        (round(float(each["start_time"]) * 1000), round(float(each["end_time"]) * 1000), each["tags"]["title"])
        for each in json.loads(told)["chapters"]
    ]


def chapters_of_json(path: Path) -> list[tuple[int, int, str]]:
    told = json.loads(path.read_text(encoding="utf-8"))["chapters"]
    return [(round(each["startTime"] * 1000), round(each["endTime"] * 1000), each["title"]) for each in told]


def chapters_of_notes(item: Any) -> list[tuple[int, str]]:
    """Seconds and titles, in the order of the notes, without what articles say under their titles."""
    notes = said(item, "content:encoded") or ""
    found = re.findall(r"<li>\((\d\d):(\d\d):(\d\d)\) (.*?)(?: – .*?)?</li>", notes)
    return [
        (int(hours) * 3600 + int(minutes) * 60 + int(seconds), html.unescape(title))
        for hours, minutes, seconds, title in found
    ]


def test_sound_chapters_notes_and_page_tell_the_same_times_and_titles(built: Built) -> None:
    items = items_of(built.output)
    for manifest in built.manifests():
        stem = manifest["file"].removesuffix(".mp3")
        sound = chapters_of_sound(built.output / manifest["file"])
        assert sound == [(each["start_ms"], each["end_ms"], each["title"]) for each in manifest["chapters"]]
        assert chapters_of_json(built.output / f"{stem}.chapters.json") == sound
        assert chapters_of_notes(items[manifest["guid"]]) == [(start // 1000, title) for start, _, title in sound]
        names = [(start, title) for start, _, title in sound]
        assert marks_of_page(built.output / f"{manifest['name']}.html").chapters == names


def spans_of(subtitles: Any) -> list[tuple[int, int]]:
    """From when to when each cue is shown, in milliseconds."""
    return [(ms_of_stamp(cue.start), ms_of_stamp(cue.end)) for cue in subtitles]


def ms_of_stamp(stamp: str) -> int:
    hours, minutes, seconds = stamp.split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000)


def test_subtitles_and_words_of_the_page_lie_in_order_each_within_a_chapter(built: Built) -> None:
    for manifest in built.manifests():
        path = built.output / manifest["file"]
        spans = spans_of(webvtt.read(str(path.with_suffix(".vtt"))))
        assert spans_of(webvtt.from_srt(str(path.with_suffix(".srt")))) == spans
        bounds = [(chapter["start_ms"], chapter["end_ms"]) for chapter in manifest["chapters"]]
        for times in (spans, marks_of_page(built.output / f"{manifest['name']}.html").words):
            assert times == sorted(times)
            assert len(times) >= 2
            outside = [each for each in times if not any(start <= each[0] < each[1] <= end for start, end in bounds)]
            assert outside == []
        assert bounds[-1][1] == manifest["duration_ms"]


# --- built again --------------------------------------------------------------------------------------


def test_another_build_leaves_every_file_as_it_is(hostile: Built) -> None:
    before = tree(hostile.output)
    again = build(hostile.place, "issue", "--per-article")
    assert (again.synthesised, again.encoded) == (0, 0)
    assert tree(again.output) == before


def test_another_store_folder_and_number_of_workers_give_the_same_files(hostile: Built) -> None:
    source = hostile.place / "issue"
    again = build(
        hostile.place, source, "--per-article", "--jobs", "1", output="elsewhere/there", store="other", run=run_forked
    )
    assert again.synthesised == hostile.synthesised > 0
    assert tree(again.output) == tree(hostile.output)
