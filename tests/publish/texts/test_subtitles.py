"""Subtitles and readable transcripts: what is written is read back by programs that are none of ours."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
import webvtt
from hypothesis import given

from audiobuild.model.plain_text import plain_line
from audiobuild.model.values import Timeline
from audiobuild.publish.episodes.manifest import ChapterEntry
from audiobuild.publish.texts.phrases import HALF_CHARS, Phrase, phrases_of
from audiobuild.publish.texts.subtitles import render_srt, render_vtt
from audiobuild.publish.texts.transcripts import render_text, render_transcript_html
from audiobuild.timeline.word_times import words_of
from tests.timed import EDITION, GUEST, NAMES, NARRATOR, entries, phrases, segment, timeline
from tests.timeline.test_word_times import any_timeline
from tests.tools import run

HOSTILE = (
    '<script>alert(1)</script> & \u202etxt.exe\u202c --> 00:00:09.000 {\\an8} ]]> <v Eve>" onload=x',
    "NOTE this: 14:30, e.g. a:b: c 🙂 مرحبا بالعالم ../../etc/passwd",
    "12",
    "WEBVTT",
)


def read_vtt(text: str) -> list[tuple[int, int, str, str]]:
    """Start, end, speaker and text of each cue, by webvtt-py."""
    return [
        (
            round(1000 * cue.start_in_seconds) + cue.start_time.milliseconds,
            round(1000 * cue.end_in_seconds) + cue.end_time.milliseconds,
            html.unescape(cue.voice or ""),
            html.unescape(cue.text),
        )
        for cue in webvtt.from_string(text).captions
    ]


def read_srt(text: str) -> list[tuple[int, int, list[str]]]:
    """Start, end and lines of each cue, strictly."""
    cues = []
    for number, block in enumerate(text.removesuffix("\n").split("\n\n") if text else [], 1):
        head, times, *lines = block.split("\n")
        assert head == str(number)
        found = re.fullmatch(r"(\d\d+):(\d\d):(\d\d),(\d{3}) --> (\d\d+):(\d\d):(\d\d),(\d{3})", times)
        assert found
        parts = list(map(int, found.groups()))
        start, end = (((p[0] * 60 + p[1]) * 60 + p[2]) * 1000 + p[3] for p in (parts[:4], parts[4:]))
        assert lines
        assert all(line.strip() for line in lines)
        cues.append((start, end, lines))
    return cues


def ffmpeg_cues(path: Path) -> int:
    """How many cues ffmpeg finds; it is told to fail at anything wrong."""
    shown = ("-show_entries", "stream=nb_read_packets", "-of", "csv=p=0")
    told, _ = run("ffprobe", "-v", "error", "-err_detect", "explode", "-count_packets", *shown, path)
    return int(told)


# --- WebVTT ---------------------------------------------------------------------------------------


@given(any_timeline())
def test_vtt_is_read_back_as_it_was(line: Timeline) -> None:
    found = phrases_of(words_of(line), NAMES)
    cues = read_vtt(render_vtt(found, "en-GB"))
    assert [(start, end, name) for start, end, name, _ in cues] == [
        (phrase.start_ms, phrase.end_ms, phrase.speaker) for phrase in found
    ]
    assert [text for *_, text in cues] == [phrase.text for phrase in found]


def test_vtt_names_the_language_unless_it_is_none() -> None:
    assert render_vtt((), "en-GB") == "WEBVTT\nLanguage: en-GB\n"
    assert render_vtt((), "en\n\n1 --> 2") == "WEBVTT\n"


def test_vtt_escapes_what_is_markup_and_holds_no_arrow_but_in_its_times() -> None:
    text = render_vtt(phrases(*HOSTILE))
    assert "<" not in text
    assert len(re.findall("-->", text)) == len(re.findall(r"^\d\d:\d\d:\d\d\.\d{3} --> \S+$", text, re.MULTILINE))
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)


def test_vtt_names_the_speaker_in_every_cue() -> None:
    line = timeline(segment("We float. So far we float very well."), segment("Do we?", voice=GUEST))
    text = render_vtt(phrases_of(words_of(line), {NARRATOR: "A <b> & C", GUEST: "The keeper"}))
    assert "<v A &lt;b&gt; &amp; C>We float." in text
    assert text.count("<v ") == text.count(" --> ")


# --- SubRip ---------------------------------------------------------------------------------------


def in_srt(text: str) -> str:
    """What a player would take for a tag, a command or a time is written with signs that are like its own."""
    untagged = re.sub(r"<(?=[A-Za-z/!?])", "‹", re.sub(r"<([A-Za-z/!?][^<>]*)>", r"‹\1›", text))
    return re.sub(r"\{(?=\\)", "(", untagged).replace("-->", "—>")


@given(any_timeline())
def test_srt_is_read_back_as_it_was(line: Timeline) -> None:
    found = phrases_of(words_of(line))
    cues = read_srt(render_srt(found))
    assert [(start, end) for start, end, _ in cues] == [(phrase.start_ms, phrase.end_ms) for phrase in found]
    assert [" ".join(lines).replace("\u00a0", " ") for *_, lines in cues] == [in_srt(phrase.text) for phrase in found]


def test_srt_lines_are_short_and_two_at_most() -> None:
    found = phrases("Ports compete for the custom of a few big shipping lines, and dues are the easiest price to cut.")
    for *_, lines in read_srt(render_srt(found)):
        assert len(lines) <= 2
        assert all(len(line) <= HALF_CHARS for line in lines)


def test_srt_holds_what_is_said_and_no_names_of_speakers() -> None:
    line = timeline(segment("We float."), segment("Do we?", voice=GUEST), segment("Yes: we do.", voice=GUEST))
    texts = [" ".join(lines) for *_, lines in read_srt(render_srt(phrases_of(words_of(line), NAMES)))]
    assert texts == ["We float.", "Do we?", "Yes:\u00a0we do."]


def test_srt_holds_nothing_that_a_player_takes_for_a_tag_a_command_or_a_speaker() -> None:
    text = render_srt(phrases(*HOSTILE))
    assert not re.search(r"<[a-z/]|\{\\|: ", text)
    assert len(re.findall("-->", text)) == len(read_srt(text))


def test_times_of_an_hour_and_more_are_written_in_hours() -> None:
    phrase = Phrase(3_723_004, 360_000_000, "Late.", 0, 0)
    assert "01:02:03.004 --> 100:00:00.000\n" in render_vtt([phrase])
    assert "01:02:03,004 --> 100:00:00,000\n" in render_srt([phrase])


@pytest.mark.parametrize("render", [render_vtt, render_srt])
def test_ffmpeg_reads_every_cue(render: Callable[[Sequence[Phrase]], str], tmp_path: Path) -> None:
    found = phrases("The lock opens at six each morning. By seven there are nine barges in it.", *HOSTILE)
    path = tmp_path / f"hostile.{render.__name__.removeprefix('render_')}"
    path.write_text(render(found), encoding="utf-8", newline="\n")
    assert ffmpeg_cues(path) == len(found)


def test_webvtt_py_reads_every_cue_of_the_srt(tmp_path: Path) -> None:
    found = phrases("The lock opens at six each morning. By seven there are nine barges in it.", *HOSTILE)
    assert len(webvtt.from_buffer(io.StringIO(render_srt(found)), format="srt").captions) == len(found)


# --- for reading ----------------------------------------------------------------------------------


class Page(HTMLParser):
    """What a page shows and is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in ("meta", "link", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1] != "style":
            self.texts.append(data)


def hostile_page() -> tuple[str, str]:
    line = timeline(*map(segment, HOSTILE))
    chapters = [ChapterEntry('"><img src=x onerror=alert(1)>\u202e' + "x" * 300, 0, 1)]
    words = words_of(line)
    page = render_transcript_html(words, chapters, title="</title><script>", language='en" onload="x')
    return page, render_text(words, chapters, title="\u202eTitle")


def test_page_is_whole_and_every_word_of_it_is_escaped() -> None:
    page, _ = hostile_page()
    seen = Page(page)
    assert seen.open == []
    assert not {"script", "img", "v"} & set(seen.tags)
    assert not {"onload", "onerror", "src"} & {name for name, _ in seen.attributes}
    assert plain_line(HOSTILE[0]) in seen.texts
    assert "\u202e" not in page


def test_page_has_a_section_a_chapter_and_a_way_to_each() -> None:
    seen = Page(render_transcript_html(words_of(EDITION), entries(EDITION), title="The Breakwater", language="en-GB"))
    links = [value for name, value in seen.attributes if name == "href" and value != "data:,"]
    names = [f"#{value}" for name, value in seen.attributes if name == "id" and value and value[1:].isdigit()]
    assert links == names == ["#c1", "#c2", "#c3"]
    assert seen.tags.count("section") == 3
    assert ("lang", "en-GB") in seen.attributes


@given(any_timeline())
def test_every_paragraph_is_in_the_text_and_in_the_page(line: Timeline) -> None:
    words, chapters = words_of(line), entries(line)
    text = render_text(words, chapters)
    texts = Page(render_transcript_html(words, chapters, title="", language="en")).texts
    for place in {word.segment for word in words}:
        said = plain_line(" ".join(word.text for word in words if word.segment == place))
        assert said in text
        assert not said or said in texts


def test_heading_that_is_the_chapter_title_is_not_said_twice() -> None:
    text = render_text(words_of(EDITION), entries(EDITION))
    assert text.count("The ferry that would not sink") == 1
    assert text.count("What went on board") == 1


@pytest.mark.parametrize("kind", ["vtt", "srt", "txt", "html"])
def test_edition_is_written_as_agreed(kind: str, golden: Callable[[str, str], None]) -> None:
    words, chapters = words_of(EDITION), entries(EDITION)
    found = phrases_of(words, NAMES)
    rendered = {
        "vtt": lambda: render_vtt(found, "en-GB"),
        "srt": lambda: render_srt(found),
        "txt": lambda: render_text(words, chapters, title="The Breakwater", speakers=NAMES),
        "html": lambda: render_transcript_html(
            words, chapters, title="The Breakwater", language="en-GB", speakers=NAMES
        ),
    }
    golden(f"transcript.{kind}", rendered[kind]())
