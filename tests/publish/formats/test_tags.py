"""The tag says what it was told, in the order of time, and every reader hears the same from it."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mutagen.id3 import ID3

from audiobuild.audio.codec import encode_take
from audiobuild.errors import SourceError
from audiobuild.model.values import SAMPLE_RATE_HZ, ms_of
from audiobuild.publish.formats.containers import read_facts
from audiobuild.publish.formats.tags import MOST_CHAPTERS, ChapterTag, EpisodeTag, render_tag
from audiobuild.publish.pictures.cover import draw_cover
from audiobuild.publish.pictures.cover_designs import CoverFacts
from tests.containers import check_damaged
from tests.signals import noise, whole_file
from tests.tools import run

FRAMES = 80
SOUND = whole_file([encode_take(noise(90_000, 50), FRAMES, 96)], [FRAMES])

TAG = EpisodeTag(
    title="Tides & timetables",
    artist="The Harbour Review",
    album="Harbour",
    genre="Podcast",
    comment="Two pieces on boats",
    chapters=(
        ChapterTag(0, 700, "Start"),
        ChapterTag(700, 2090, "The rest", "https://example.org/rest", b"\xff\xd8\xff b"),
    ),
    published=dt.date(2026, 3, 9),
    url="https://example.org/",
    cover=b"\xff\xd8\xff a picture",
)


def write(tag: EpisodeTag, folder: Path) -> Path:
    path = folder / "episode.mp3"
    path.write_bytes(render_tag(tag) + SOUND)
    return path


def frames_of_tag(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Walk a tag of version 2.3: name and body of each frame."""
    assert data[:6] == b"ID3\x03\x00\x00"
    size = 0
    for byte in data[6:10]:
        assert byte < 128
        size = size << 7 | byte
    assert len(data) == 10 + size
    place = 10
    while place < len(data):
        name, length, flags = struct.unpack_from(">4sIH", data, place)
        assert flags == 0
        yield name.decode(), data[place + 10 : place + 10 + length]
        place += 10 + length
    assert place == len(data)


def named(data: bytes, name: str) -> list[bytes]:
    return [body for found, body in frames_of_tag(data) if found == name]


# --- what is written is what is read ----------------------------------------------------------------

TEXT = st.one_of(
    st.sampled_from(
        ["Fish & chips <fresh>", "🦊 Füchse 🦊", "أخبار الميناء", "The “quay” — ½ full", "x" * 300, "17", "(4)"]
    ),
    st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=60).filter(lambda text: "\ufeff" not in text),
)
URL = st.sampled_from(["", "https://example.org/", "https://example.org/a?b=c&d=%20#e"])

PICTURE = st.sampled_from([b"", b"\xff\xd8\xff a", b"\xff\xd8\xff" + b"\xff\x00" * 9999])


@st.composite
def chapter_lists(draw: st.DrawFn, most: int = 60) -> tuple[ChapterTag, ...]:
    lengths = draw(st.lists(st.integers(1, 10_000_000), min_size=1, max_size=most))
    starts = [sum(lengths[:index]) for index in range(len(lengths) + 1)]
    return tuple(
        ChapterTag(start, end, draw(TEXT), draw(URL), draw(PICTURE)) for start, end in itertools.pairwise(starts)
    )


TAGS = st.builds(
    EpisodeTag,
    title=TEXT,
    artist=TEXT | st.just(""),
    album=TEXT | st.just(""),
    genre=st.sampled_from(["", "Podcast", "News & politics 🦊"]),  # a number would stand for a genre of a fixed list
    comment=TEXT | st.just(""),
    chapters=chapter_lists(),
    published=st.none() | st.dates(min_value=dt.date(1000, 1, 1)),
    url=URL,
    cover=st.sampled_from([TAG.cover, b""]),
)


@settings(max_examples=40, deadline=None)
@given(TAGS)
@example(TAG)
@example(replace(TAG, cover=b"\x89PNG\r\n\x1a\n", cover_mime="image/png"))
@example(EpisodeTag("t", "", "", "", "", ()))
def test_what_is_written_is_what_is_read(tag: EpisodeTag) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert read_facts(write(tag, Path(folder))).tag == tag


def test_the_facts_of_the_sound_are_read_too(tmp_path: Path) -> None:
    facts = read_facts(write(TAG, tmp_path))
    assert facts.duration_ms == pytest.approx(ms_of(FRAMES), abs=1)
    assert (facts.bit_rate_kbps, facts.sample_rate_hz, facts.channels) == (96, SAMPLE_RATE_HZ, 1)


def test_the_same_tag_gives_the_same_bytes() -> None:
    assert render_tag(TAG) == render_tag(TAG)


# --- the bytes --------------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(chapter_lists())
def test_chapters_stand_in_the_order_of_time(chapters: tuple[ChapterTag, ...]) -> None:
    bodies = named(render_tag(replace(TAG, chapters=chapters, cover=b"")), "CHAP")
    times = [struct.unpack_from(">IIII", body, body.index(b"\0") + 1) for body in bodies]
    assert [(start, end) for start, end, _, _ in times] == [(each.start_ms, each.end_ms) for each in chapters]
    assert {offset for time in times for offset in time[2:]} == {0xFFFFFFFF}


@pytest.mark.parametrize("count", [1, 2, 60, 255, 256, 400])
def test_the_table_of_contents_lists_the_chapters_in_order_and_nests_beyond_255(count: int) -> None:
    chapters = tuple(ChapterTag(1000 * index, 1000 * index + 1000, f"No {index}") for index in range(count))
    data = render_tag(replace(TAG, chapters=chapters))
    tables = {}
    for contents in named(data, "CTOC"):
        element, _, rest = contents.partition(b"\0")
        tables[element] = rest[0], rest[2:].split(b"\0")[: rest[1]]
    names = [body.partition(b"\0")[0] for body in named(data, "CHAP")]
    assert len(set(names)) == count
    assert {flags for element, (flags, _) in tables.items() if element != b"toc"} <= {1}  # ordered
    flags, children = tables.pop(b"toc")
    assert flags == 3  # top-level and ordered
    assert len(tables) == (0 if count <= MOST_CHAPTERS else -(-count // MOST_CHAPTERS))
    listed = [name for child in children for name in (tables[child][1] if child in tables else [child])]
    assert listed == names
    assert max(len(each) for each in (children, *(part for _, part in tables.values()))) <= MOST_CHAPTERS


def test_without_chapters_there_is_no_table_of_contents() -> None:
    names = [name for name, _ in frames_of_tag(render_tag(replace(TAG, chapters=())))]
    assert "CTOC" not in names
    assert "CHAP" not in names
    assert "TIT2" in names


def test_the_date_is_written_as_version_2_3_has_it() -> None:
    data = render_tag(TAG)
    texts = {name: body.strip(b"\0") for name, body in frames_of_tag(data)}
    assert (texts["TYER"], texts["TDAT"], texts["TLAN"]) == (b"2026", b"0903", b"eng")
    assert "TDRC" not in texts


def test_text_is_utf_16_with_its_byte_order() -> None:
    (title,) = named(render_tag(replace(TAG, title="Ünï 🦊")), "TIT2")
    assert title[:1] == b"\1"
    assert title[1:].decode("utf-16").rstrip("\0") == "Ünï 🦊"


def test_an_empty_field_is_left_out() -> None:
    names = [name for name, _ in frames_of_tag(render_tag(EpisodeTag("Title", "", "", "", "", ())))]
    assert names == ["TIT2", "TLAN"]


def test_a_link_with_letters_beyond_ascii_is_written_as_an_address() -> None:
    (link,) = named(render_tag(replace(TAG, url="https://example.org/ميناء?q=ü", chapters=())), "WXXX")
    assert link.strip(b"\0") == (b"https://example.org/%D9%85%D9%8A%D9%86%D8%A7%D8%A1?q=%C3%BC")


# --- what others read -------------------------------------------------------------------------------


def test_ffprobe_and_mutagen_read_the_same_chapters(tmp_path: Path) -> None:
    starts = [0, 400, 500, 1400]
    titles = ["A", "Fish & chips, and a title that is far longer than its neighbours " * 4, "🦊", "أخبار"]
    ends = [*starts[1:], ms_of(FRAMES)]
    chapters = tuple(map(ChapterTag, starts, ends, titles))
    path = write(replace(TAG, chapters=chapters, cover=draw_cover(CoverFacts("Harbour", "#0b5394"), "type")), tmp_path)
    told, said = run("ffprobe", "-v", "warning", "-show_chapters", "-show_format", "-of", "json", path)
    assert said == ""
    theirs = json.loads(told)
    expected = [(each.start_ms, each.end_ms, each.title) for each in chapters]
    assert [
        (round(1000 * float(each["start_time"])), round(1000 * float(each["end_time"])), each["tags"]["title"])
        for each in theirs["chapters"]
    ] == expected
    tags = ID3(path, translate=False)
    assert tags.version[:2] == (2, 3)
    listed = [tags[f"CHAP:{name}"] for name in tags["CTOC:toc"].child_element_ids]
    assert [(each.start_time, each.end_time, str(each.sub_frames["TIT2"])) for each in listed] == expected
    facts = theirs["format"]["tags"]
    assert (facts["title"], facts["artist"], facts["album"]) == (TAG.title, TAG.artist, TAG.album)


def test_mp3val_finds_nothing_wrong_with_a_tagged_file(tmp_path: Path) -> None:
    told, _ = run("mp3val", write(TAG, tmp_path))
    assert b"WARNING" not in told
    assert b"ID3v2" in told


# --- files that are no episodes ---------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"not an MP3", render_tag(TAG), bytes(5000), b"ID3"])
def test_a_file_without_sound_is_an_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "episode.mp3"
    path.write_bytes(data)
    with pytest.raises(SourceError, match="no MP3, M4B, Opus, FLAC or WAV file"):
        read_facts(path)


def test_a_file_that_is_not_there_and_a_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read_facts(tmp_path / "episode.mp3")
    with pytest.raises(SourceError, match="this is a folder"):
        read_facts(tmp_path)


EPISODE = render_tag(replace(TAG, cover=b"")) + SOUND[:4000]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(EPISODE)), st.binary(max_size=8))
def test_a_cut_or_altered_episode_is_read_or_an_error(place: int, other: bytes) -> None:
    check_damaged(EPISODE, place, other)


def test_a_tag_does_not_go_by_the_locale_of_the_machine() -> None:
    code = f"import sys; from {__name__} import TAG, render_tag; sys.stdout.buffer.write(render_tag(TAG))"
    root = Path(__file__).resolve().parents[3]
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "Pacific/Kiritimati", "PATH": "", "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
    assert done.stdout == render_tag(TAG)
