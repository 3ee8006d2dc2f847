"""An episode as a book that reads along: what is marked when, what its pages hold, and that the format is kept."""

from __future__ import annotations

import dataclasses
import itertools
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from audiobuild.audio.frames import split_frames
from audiobuild.model.plain_text import plain_line
from audiobuild.model.values import Article, Block, BlockKind, Edition, Role, Timeline, ms_of
from audiobuild.publish.episodes.episode_tag import ChapterTag, EpisodeTag
from audiobuild.publish.formats.containers import read_facts
from audiobuild.publish.formats.volume_facts import write_sound
from audiobuild.publish.readalong.chapter_page import render_chapter
from audiobuild.publish.readalong.narration import render_narration
from audiobuild.publish.readalong.package_document import render_nav
from audiobuild.publish.readalong.volume import Volume, read_volume
from audiobuild.timeline.word_times import words_of
from tests import published
from tests.building import FERRY, run_here, write_edition
from tests.epubs import OPF, XHTML, Epub, faults
from tests.feeds import make_manifest
from tests.timed import EDITION, entries, segment, timeline
from tests.timeline.test_word_times import any_timeline

NO_EDITION = Edition((), "", None)


def volume_of(line: Timeline, follow: str = "sentence", edition: Edition = NO_EDITION) -> Volume:
    chapters = entries(line)
    manifest = make_manifest(chapters=chapters, language="en-GB")
    tags = tuple(ChapterTag(each.start_ms, each.end_ms, each.title) for each in chapters)
    return read_volume(edition, line, manifest, EpisodeTag("", "", "", "", "", tags), follow)


def marked(volume: Volume) -> list[list[str]]:
    """What is marked at one time, chapter by chapter."""
    return [[each.text for block in chapter.blocks for each in block.highlights] for chapter in volume.chapters]


# --- what is marked -----------------------------------------------------------------------------------


def test_each_sentence_is_marked_by_itself() -> None:
    line = timeline(segment("Mr. Tolland paid $3.50 at No. 10. He left."), segment("It rained."))
    assert marked(volume_of(line)) == [["Mr. Tolland paid $3.50 at No. 10.", "He left.", "It rained."]]


def test_each_word_is_marked_by_itself_where_that_is_asked_for() -> None:
    assert marked(volume_of(timeline(segment("He left. It rained.")), "word")) == [["He", "left.", "It", "rained."]]


@pytest.mark.parametrize("follow", ["sentence", "word"])
@settings(max_examples=40)
@given(line=any_timeline())
def test_clips_follow_each_other_without_gap_from_the_first_sample_to_the_last(follow: str, line: Timeline) -> None:
    for chapter in volume_of(line, follow).chapters:
        clips = [(each.start_ms, each.end_ms) for block in chapter.blocks for each in block.highlights]
        times = [chapter.opening_ms, *(end_ms for _, end_ms in clips)]
        assert [start_ms for start_ms, _ in clips] == times[:-1]
        assert times[-1] == chapter.length_ms
        assert all(start_ms < end_ms for start_ms, end_ms in clips)
    assert sum(chapter.length_ms for chapter in volume_of(line, follow).chapters) == ms_of(line.frames)


@pytest.mark.parametrize("follow", ["sentence", "word"])
@settings(max_examples=40)
@given(line=any_timeline())
def test_every_word_is_within_its_clip_and_none_is_lost(follow: str, line: Timeline) -> None:
    heard = [(word.start_ms, plain_line(word.text)) for word in words_of(line) if plain_line(word.text)]
    volume = volume_of(line, follow)
    for chapter in volume.chapters:
        for each in (each for block in chapter.blocks for each in block.highlights):
            text = ""
            while text != each.text:
                start_ms, word = heard.pop(0)
                assert each.start_ms <= start_ms - chapter.entry.start_ms <= each.end_ms
                text = f"{text} {word}".lstrip()
                assert each.text.startswith(text)
    assert heard == []


def test_what_is_heard_before_the_first_words_is_heard_at_the_title() -> None:
    introduction, _, outro = volume_of(EDITION).chapters
    overlay = render_narration(introduction, "one.xhtml", "one.mp3")
    assert 'src="one.xhtml#title"/><audio src="one.mp3" clipBegin="0:00:00.000" clipEnd="0:00:02.612"' in overlay
    assert outro.opening_ms == outro.length_ms
    assert "Outro</h1>" in render_chapter(outro, "en-GB", "")


# --- what stands in a page ------------------------------------------------------------------------------


def test_headline_is_the_title_of_its_page_and_is_not_said_twice() -> None:
    page = ET.fromstring(render_chapter(volume_of(EDITION).chapters[1], "en-GB", ""))
    assert ["".join(each.itertext()) for each in page.iter(f"{XHTML}h1")] == ["The ferry that would not sink"]
    assert ["".join(each.itertext()) for each in page.iter(f"{XHTML}h2")] == ["What went on board"]


def test_quotations_and_lists_are_what_they_are() -> None:
    page = ET.fromstring(render_chapter(volume_of(EDITION).chapters[1], "en-GB", ""))
    [quotation] = page.iter(f"{XHTML}blockquote")
    assert "".join(quotation.itertext()).strip() == "She floats. Nobody could argue with that, & nobody did."
    [items] = page.iter(f"{XHTML}ul")
    assert ["".join(each.itertext()) for each in items] == ["Sheep <and> goats;", "gravel."]


def test_footnote_that_is_read_stands_in_its_place_alone_and_foreign_words_say_what_they_are_in() -> None:
    notes = tuple(Block(BlockKind.FOOTNOTE, text, place) for place, text in ((9, "In 1971."), (10, "Nobody knows.")))
    article = Article("A", "a.md", notes)
    said = (("It sank.", 3, ""), ("In 1971.", 9, ""), ("Elle flotte.", 5, "fr"))
    passages = [dataclasses.replace(segment(text), source="a.md", line=at, language=tag) for text, at, tag in said]
    line = timeline(*passages, segment("2. Two.", Role.LIST_ITEM))
    [chapter] = volume_of(line, edition=Edition((article,), "", None)).chapters
    text = render_chapter(chapter, "en-GB", "")
    page = ET.fromstring(text)
    assert ["".join(each.itertext()) for each in page.iter(f"{XHTML}aside")] == ["In 1971.", "Nobody knows."]
    assert text.count("In 1971.") == 1
    assert '<li class="numbered" dir="auto"><span id="h4">2.' in text
    assert '<p dir="auto" lang="fr" xml:lang="fr"><span id="h3">Elle flotte.</span></p>' in text


def test_title_that_is_how_the_text_begins_is_not_shown() -> None:
    line = timeline(segment("All the barges left."), segment("It rained."))
    [chapter] = volume_of(line).chapters
    assert "<h1" not in render_chapter(chapter, "en-GB", "")
    assert ">All</a>" in render_nav(volume_of(line))


def test_second_headline_of_a_chapter_stands_under_the_first() -> None:
    [chapter] = volume_of(timeline(segment("One", Role.HEADLINE), segment("Two", Role.HEADLINE))).chapters
    page = render_chapter(chapter, "en-GB", "")
    assert (page.count("<h1"), page.count("<h2")) == (1, 1)


# --- the whole book ---------------------------------------------------------------------------------------

SHOW = """title = "The Lock & Key"
date = 2026-11-07
[voices.narrator]
engine = "espeak"
[audio]
format = "epub"
"""
NOTES = """![A boat at its quay](boat.png)

It cost more than the town hall.[^1]

[^1]: The hall was sold in 1971.
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from PIL import Image

    folder = write_edition(tmp_path_factory.mktemp("books"), show=SHOW, ferry=f"{FERRY}\n{NOTES}")
    Image.new("RGB", (40, 30), "#884422").save(folder / "1-harbours" / "boat.png")
    return folder


def build(place: Path, output: str, *options: str, store: Path) -> Path:
    done = run_here(["build", ".", "--output", output, "--store", store, "--quiet", *options], place)
    assert done.returncode == 0, done.stderr
    return place / output


@pytest.fixture(scope="module")
def book(place: Path, kept_store: Path) -> Path:
    [path] = build(place, "books", store=kept_store).glob("*.epub")
    return path


def test_book_keeps_the_rules_of_its_format(book: Path) -> None:
    assert faults(Epub(book)) == []


def test_epubcheck_finds_no_error_and_no_warning(book: Path) -> None:
    program = shutil.which("epubcheck")
    if not program:
        pytest.skip("epubcheck is not installed: scripts/check-epub installs it, with 200 MB of Java")
    done = subprocess.run(["java", "-jar", program, book], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert "No errors or warnings detected" in done.stdout


def test_sound_of_the_book_is_that_of_the_mp3(book: Path, place: Path, kept_store: Path, tmp_path: Path) -> None:
    [episode] = build(place, "episodes", "--format", "mp3", store=kept_store).glob("*.mp3")
    write_sound(book, tmp_path / "sound.mp3")
    sound = (tmp_path / "sound.mp3").read_bytes()
    assert episode.read_bytes().endswith(sound)
    epub = Epub(book)
    frames = [len(split_frames(epub.files[f"EPUB/{pars[0].sound}"])) - 2 for pars in epub.pars()]
    lengths = [pars[-1].end_ms for pars in epub.pars()]
    assert all(abs(length - ms_of(count)) <= 1 for length, count in zip(lengths, frames, strict=True))
    assert sum(lengths) == ms_of(sum(frames)) == read_facts(episode).duration_ms == read_facts(book).duration_ms


def test_same_input_gives_the_same_bytes(book: Path, place: Path, tmp_path: Path) -> None:
    [other] = build(place, "others", "--jobs", "1", store=tmp_path / "store").glob("*.epub")
    assert other.read_bytes() == book.read_bytes()


def test_what_is_marked_in_the_book_are_the_words_of_the_subtitles(book: Path, place: Path, kept_store: Path) -> None:
    [subtitles] = build(place, "episodes", "--format", "mp3", store=kept_store).glob("*.srt")
    shown = "".join(line for line in subtitles.read_text().splitlines() if "-->" not in line and not line.isdigit())
    pars = itertools.chain.from_iterable(Epub(book).pars())
    assert "".join("".join(par.text.split()) for par in pars if par.target[0] == "h") == "".join(shown.split())


def test_book_says_what_it_is_and_who_can_read_it(book: Path) -> None:
    epub = Epub(book)
    said = {each.tag.rpartition("}")[2]: each.text for each in next(epub.package.iter(f"{OPF}metadata"))}
    assert (said["title"], said["language"], said["date"]) == (
        "The Lock & Key, 7 November 2026",
        "en-GB",
        "2026-11-07",
    )
    assert (said["identifier"] or "").startswith("urn:uuid:")
    features = [each.text for each in epub.package.iter(f"{OPF}meta") if "Feature" in each.get("property", "")]
    assert {"synchronizedAudioText", "tableOfContents", "alternativeText"} <= set(features)
    assert epub.metas("media:active-class") == {"": "-epub-media-overlay-active"}
    assert b".-epub-media-overlay-active {" in epub.files["EPUB/style.css"]


def test_picture_and_footnote_stand_with_their_article_and_the_departments_in_the_contents(book: Path) -> None:
    epub = Epub(book)
    page = epub.files["EPUB/chapter-002.xhtml"].decode()
    assert '<img src="chapter-002.jpg" alt="A boat at its quay"/>' in page
    assert '<aside epub:type="footnote" role="doc-footnote"><p dir="auto">The hall was sold in 1971.</p>' in page
    assert ">Harbours</span>" in epub.files["EPUB/nav.xhtml"].decode()


def test_book_is_known_by_its_own_manifest_and_the_feed_does_not_tell_of_it(book: Path) -> None:
    assert (book.parent / f"{book.name}.json").is_file()
    assert {path.name for path in book.parent.iterdir()} == {
        *(book.name, f"{book.name}.json"),
        *(published.SHARED_FILES - {"feed.xml", "feed.jpg", "subscribe.html"}),
    }
    assert book.name not in (book.parent / "index.html").read_text(encoding="utf-8")


def test_book_can_be_inspected(book: Path) -> None:
    facts = read_facts(book)
    assert [each.title for each in facts.tag.chapters] == [
        *("Introduction", "The ferry that would not sink", "A lamp for sale", "Outro"),
    ]
    assert (facts.bit_rate_kbps, facts.sample_rate_hz, facts.channels) == (96, 44_100, 1)
    done = run_here(["inspect", book], book.parent)
    assert (done.returncode, "but" in done.stdout, "A lamp for sale" in done.stdout) == (0, False, True), done.stderr
