"""Every format holds the whole sound, its chapters, its tag and its cover, as programs that are not ours read them."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
import tempfile
import types
import weakref
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen.mp4 import MP4
from numpy.typing import NDArray
from PIL import Image

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode
from audiobuild.audio.measurement import profile_file
from audiobuild.errors import OutputError, SoundError, SourceError
from audiobuild.model import SAMPLE_RATE_HZ
from audiobuild.publish import ogg, wav
from audiobuild.publish.containers import CONTAINERS, check_container, write_container
from audiobuild.publish.tags import ChapterTag, EpisodeTag, read_facts
from tests.signals import as_wav, bursts, noise, snr_db, stereo, tone
from tests.tools import run

KINDS = ("m4b", "opus", "flac", "wav")
LOSSLESS = ("flac", "wav")
FRAMES_MS = {"m4b": 1024 / 44.1, "opus": 20.0, "flac": 0.5, "wav": 0.5}
"""The unit in which each counts its sound, half a millisecond standing for the rounding of a time."""

LEFT = [bursts(3, 60), tone(70_001), bursts(2.2, 61, 0.4), Clip.silence(9000, SAMPLE_RATE_HZ), bursts(3, 62)]
RIGHT = [tone(len(clip.samples), 300 + 50 * index, 0.1) for index, clip in enumerate(LEFT)]
SAMPLES = sum(len(clip.samples) for clip in LEFT)
END_MS = round(1000 * SAMPLES / SAMPLE_RATE_HZ)

TITLES = [
    'Fish & chips <fresh> "quayside"',
    "🦊 أخبار الميناء " + "ميناء " * 49 + "ميناء",
    "é" * 300,
    "x" * 300,
    "Last; one = two",
]
STARTS = [0, 2001, 2777, 5000, 8123]
COVER = io.BytesIO()
Image.new("RGB", (300, 300), "#0b5394").save(COVER, "JPEG")

TAG = EpisodeTag(
    title="Tides & <timetables> 🦊 أخبار " + "ü" * 300,
    artist="The Harbour Review",
    album="Harbour = home",
    genre="Podcast",
    comment="Two pieces on boats,\nand one on a “quay”",
    chapters=tuple(map(ChapterTag, STARTS, [*STARTS[1:], END_MS], TITLES)),
    published=dt.date(2026, 3, 9),
    url="https://example.org/a?b=c&d=%20#e",
    cover=COVER.getvalue(),
)
BARE = EpisodeTag("Title", "", "", "", "", ())


@dataclass(frozen=True)
class Written:
    """An episode in a format, and what was put into it."""

    path: Path
    kind: str
    source: Clip

    @property
    def channels(self) -> int:
        return self.source.channels


def clips_of(channels: int) -> list[Clip]:
    return LEFT if channels == 1 else list(map(stereo, LEFT, RIGHT))


@pytest.fixture(scope="module", params=[(kind, channels) for kind in KINDS for channels in (1, 2)], ids=str)
def episode(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Written:
    kind, channels = request.param
    path = tmp_path_factory.mktemp("episode") / f"episode{CONTAINERS[kind].suffix}"
    write_container(path, kind, iter(clips_of(channels)), TAG)
    return Written(path, kind, Clip.joined(clips_of(channels)))


def probe(path: Path) -> dict[str, Any]:
    told, _ = run("ffprobe", "-v", "error", "-show_format", "-show_streams", "-show_chapters", "-of", "json", path)
    return dict(json.loads(told))


def sound_of(path: Path, channels: int, rate_hz: int = SAMPLE_RATE_HZ) -> NDArray[np.float32]:
    """The sound as ffmpeg hears it, shape (samples, channels)."""
    pcm, _ = run("ffmpeg", "-v", "error", "-i", path, "-map", "0:a", "-ar", rate_hz, "-f", "f32le", "-")
    return np.frombuffer(pcm, dtype="<f4").reshape(-1, channels)


# --- what others read -------------------------------------------------------------------------------


def test_ffprobe_finds_the_chapters_to_the_millisecond(episode: Written) -> None:
    told = probe(episode.path)["chapters"]
    times = [(1000 * float(each["start_time"]), 1000 * float(each["end_time"])) for each in told]
    expected = [(each.start_ms, each.end_ms) for each in TAG.chapters]
    assert [each["tags"]["title"] for each in told] == TITLES
    assert np.array(times).ravel()[:-1] == pytest.approx(np.array(expected).ravel()[:-1], abs=0.02)
    assert times[-1][1] == pytest.approx(END_MS, abs=7)  # of Opus ffprobe counts what the encoder put before the sound


def test_ffprobe_finds_the_tags(episode: Written) -> None:
    told = probe(episode.path)
    tags = told["format"].get("tags", {}) | told["streams"][0].get("tags", {})
    said = {name.lower(): text for name, text in tags.items()}
    assert said["title"] == TAG.title
    assert (said["artist"], said["album"], said["genre"]) == (TAG.artist, TAG.album, TAG.genre)
    assert said["comment"] == TAG.comment
    assert said["date"].startswith("2026")
    if episode.kind != "wav":  # of an ID3 link it says nothing
        assert said["url"] == TAG.url
    assert "creation_time" not in said


def test_the_cover_is_in_the_file_as_it_was_given(episode: Written) -> None:
    assert [each["codec_name"] for each in probe(episode.path)["streams"] if each["disposition"]["attached_pic"]] == [
        "mjpeg"
    ]
    picture, _ = run("ffmpeg", "-v", "error", "-i", episode.path, "-map", "0:v", "-c", "copy", "-f", "image2pipe", "-")
    assert picture == TAG.cover


def test_ffprobe_knows_the_sound_and_its_length(episode: Written) -> None:
    told = probe(episode.path)
    sound = told["streams"][0]
    codec = {"m4b": "aac", "opus": "opus", "flac": "flac", "wav": "pcm_s16le"}[episode.kind]
    rate = "48000" if episode.kind == "opus" else "44100"
    assert (sound["codec_name"], sound["channels"], sound["sample_rate"]) == (codec, episode.channels, rate)
    length_ms = 1000 * float(told["format"]["duration"])
    assert length_ms == pytest.approx(1000 * SAMPLES / SAMPLE_RATE_HZ, abs=FRAMES_MS[episode.kind])


def test_lossless_sound_is_the_sound_that_was_given(episode: Written) -> None:
    if episode.kind not in LOSSLESS:
        return
    pcm, _ = run("ffmpeg", "-v", "error", "-i", episode.path, "-map", "0:a", "-f", "s16le", "-")
    assert pcm == episode.source.to_pcm16()


def test_sound_is_near_what_was_given_on_each_side(episode: Written) -> None:
    sound = sound_of(episode.path, episode.channels)
    source = episode.source.samples.reshape(-1, episode.channels)
    assert len(sound) == pytest.approx(len(source), abs=FRAMES_MS[episode.kind] * 45)
    for side in range(episode.channels):
        ours, theirs = sound[: len(source), side], source[: len(sound), side]
        assert snr_db(ours, theirs) > 12
        assert 20 * np.log10(np.std(ours) / np.std(theirs)) == pytest.approx(0, abs=0.5)


def test_the_level_that_is_measured_is_that_of_the_sound(episode: Written, tmp_path: Path) -> None:
    plain = tmp_path / "plain.wav"
    plain.write_bytes(as_wav(episode.source))
    assert profile_file(episode.path).loudness_lufs == pytest.approx(profile_file(plain).loudness_lufs, abs=0.5)


# --- what we read -----------------------------------------------------------------------------------


def test_what_is_written_is_what_is_read(episode: Written) -> None:
    facts = read_facts(episode.path)
    assert facts.tag == TAG
    assert facts.kind == episode.kind
    assert facts.duration_ms == END_MS
    assert facts.sample_rate_hz == (48_000 if episode.kind == "opus" else SAMPLE_RATE_HZ)
    assert facts.channels == episode.channels
    if episode.kind == "wav":
        assert facts.bit_rate_kbps == round(44.1 * 16 * episode.channels)
    elif episode.kind != "flac":
        wanted = CONTAINERS[episode.kind].bit_rate_kbps(episode.channels)
        assert facts.bit_rate_kbps == pytest.approx(wanted, rel=0.25)


@pytest.mark.parametrize("kind", KINDS)
def test_an_episode_with_nothing_but_a_title_is_read_as_such(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "episode"
    write_container(path, kind, [noise(5000, 63)], BARE)
    assert read_facts(path).tag == BARE
    assert probe(path)["chapters"] == []


@pytest.mark.parametrize("kind", ["opus", "flac", "wav"])
def test_links_and_titles_without_a_letter_are_kept(kind: str, tmp_path: Path) -> None:
    chapters = (ChapterTag(0, 40, "", "https://example.org/1"), ChapterTag(40, 113, "Two", "https://example.org/2"))
    path = tmp_path / "episode"
    write_container(path, kind, [noise(5000, 63)], replace(BARE, chapters=chapters))
    assert read_facts(path).tag.chapters == chapters


@pytest.mark.parametrize("kind", KINDS)
def test_a_png_is_read_as_a_png(kind: str, tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(picture, "PNG")
    tag = replace(BARE, cover=picture.getvalue(), cover_mime="image/png")
    write_container(tmp_path / "episode", kind, [noise(5000, 63)], tag)
    assert read_facts(tmp_path / "episode").tag == tag
    assert [each["codec_name"] for each in probe(tmp_path / "episode")["streams"]][1:] == ["png"]


@pytest.mark.parametrize("kind", KINDS)
def test_three_hundred_chapters_are_all_there(kind: str, tmp_path: Path) -> None:
    chapters = tuple(ChapterTag(20 * index, 20 * index + 20, f"No {index} {'é' * index}") for index in range(300))
    path = tmp_path / "episode"
    write_container(path, kind, [noise(264_600, 64)], replace(BARE, chapters=chapters))
    assert read_facts(path).tag.chapters == chapters
    assert [each["tags"]["title"] for each in probe(path)["chapters"]] == [each.title for each in chapters]


def test_the_short_titles_of_m4b_end_with_a_whole_letter(tmp_path: Path) -> None:
    path = tmp_path / "episode.m4b"
    write_container(path, "m4b", clips_of(1), TAG)
    for chapter, title in zip(MP4(path).chapters or (), TITLES, strict=True):
        assert title.startswith(chapter.title.rstrip())
        assert len(chapter.title.encode()) == min(255, len(title.encode()))


def test_an_m4b_is_an_audiobook_that_plays_while_it_loads(tmp_path: Path) -> None:
    path = tmp_path / "episode.m4b"
    write_container(path, "m4b", clips_of(1), TAG)
    data = path.read_bytes()
    assert data[4:12] == b"ftypM4B "
    assert 0 < data.index(b"moov") < data.index(b"mdat")
    assert MP4(path)["stik"] == [2]


# --- the same bytes, little memory, no half files ---------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("channels", [1, 2])
def test_the_same_sound_gives_the_same_bytes_however_it_is_cut(kind: str, channels: int, tmp_path: Path) -> None:
    """So nothing of a clock or of chance is in them, and nothing happens at a joint."""
    whole = Clip.joined(clips_of(channels))
    pieces = [Clip(part, SAMPLE_RATE_HZ) for part in np.array_split(whole.samples, 37)]
    write_container(tmp_path / "first", kind, [whole], TAG)
    write_container(tmp_path / "second", kind, [*pieces, Clip.silence(0, SAMPLE_RATE_HZ, channels)], TAG)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


@pytest.mark.parametrize("kind", KINDS)
def test_no_more_than_a_few_clips_are_held_at_once(kind: str, tmp_path: Path) -> None:
    alive: set[int] = set()
    most = 0

    def clips() -> Iterator[Clip]:
        nonlocal most
        for number in range(40):
            clip = noise(20_000, number)
            alive.add(number)
            weakref.finalize(clip.samples, alive.discard, number)
            most = max(most, len(alive))
            yield clip

    write_container(tmp_path / "episode", kind, clips(), BARE)
    assert most <= 4
    assert len(decode((tmp_path / "episode").read_bytes(), "episode").samples) >= 800_000


class StoppedError(Exception):
    """What a test raises in the middle of a build."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_build_that_stops_leaves_the_last_good_episode(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "episode"
    path.write_bytes(b"the last good one")

    def clips() -> Iterator[Clip]:
        yield noise(60_000, 65)
        raise StoppedError

    with pytest.raises(StoppedError):
        write_container(path, kind, clips(), TAG)
    assert [each.name for each in tmp_path.iterdir()] == ["episode"]
    assert path.read_bytes() == b"the last good one"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("limit", [8_000, 60_000], ids=["in the sound", "later"])
def test_a_full_disk_is_told_and_leaves_the_last_good_episode(kind: str, limit: int, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    path = tmp_path / "episode"
    path.write_bytes(b"the last good one")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        with pytest.raises(OutputError, match="disk is full"):
            write_container(path, kind, clips_of(1)[:2], replace(TAG, cover=bytes(60_000)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [each.name for each in tmp_path.iterdir()] == ["episode"]
    assert path.read_bytes() == b"the last good one"


@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_that_cannot_be_made_is_an_error_of_ours(kind: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError):
        write_container(tmp_path / "file" / "episode", kind, [noise(5000, 66)], BARE)


@pytest.mark.parametrize("found", [None, types.SimpleNamespace(__version__="15.1.0")], ids=["missing", "too old"])
def test_without_its_package_m4b_is_an_error_that_says_what_to_install(
    found: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "av", found)
    taken = iter(clips_of(1))
    with pytest.raises(SoundError) as caught:
        check_container("m4b")
    assert "pip install 'audiobuild[m4b]'" in caught.value.hint
    with pytest.raises(SoundError):
        write_container(tmp_path / "episode", "m4b", taken, TAG)
    assert next(taken) is LEFT[0]
    assert list(tmp_path.iterdir()) == []
    for kind in ("mp3", "opus", "flac", "wav"):
        check_container(kind)


# --- what is asked for ------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["m4b", "opus"])
def test_the_bit_rate_is_the_one_that_was_asked_for(kind: str, tmp_path: Path) -> None:
    for asked in (32, 64, 128):
        write_container(tmp_path / "episode", kind, [bursts(8, 67)], TAG, bit_rate_kbps=asked)
        assert read_facts(tmp_path / "episode").bit_rate_kbps == pytest.approx(asked, rel=0.25)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_over_full_scale_is_clipped_and_does_not_wrap_round(kind: str, tmp_path: Path) -> None:
    loud = tone(44_100, 100, level=1.5)
    write_container(tmp_path / "episode", kind, [loud], BARE, bit_rate_kbps=192)
    sound = sound_of(tmp_path / "episode", 1)[:44_100, 0]
    assert snr_db(sound, np.clip(loud.samples, -1, 1)[: len(sound)]) > 20


def test_clips_that_are_not_alike_and_formats_there_are_not_are_defects(tmp_path: Path) -> None:
    good = noise(5000, 68)
    for bad in (Clip(good.samples, 48_000), good.with_channels(2)):
        with pytest.raises(ValueError, match="a clip of"):
            write_container(tmp_path / "episode", "flac", [good, bad], BARE)
    for kind in ("mp3", "ogg"):
        with pytest.raises(ValueError, match="no format"):
            write_container(tmp_path / "episode", kind, [good], BARE)
    with pytest.raises(ValueError, match="no clip"):
        write_container(tmp_path / "episode", "flac", [], BARE)
    assert list(tmp_path.iterdir()) == []


def test_the_table_says_of_each_format_what_others_must_know() -> None:
    assert {kind: (each.suffix, each.mime, each.lossless) for kind, each in CONTAINERS.items()} == {
        "mp3": (".mp3", "audio/mpeg", False),
        "m4b": (".m4b", "audio/mp4", False),
        "opus": (".opus", "audio/ogg", False),
        "flac": (".flac", "audio/flac", True),
        "wav": (".wav", "audio/wav", True),
    }
    for kind, each in CONTAINERS.items():
        assert each.kind == kind
        assert (0 < each.bit_rate_kbps(1) < each.bit_rate_kbps(2)) != each.lossless


# --- WAV past 4 GB ----------------------------------------------------------------------------------


def test_a_wav_that_32_bits_cannot_count_is_rf64(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wav, "_MOST_BYTES", 100_000)
    path = tmp_path / "episode.wav"
    write_container(path, "wav", clips_of(2), TAG)
    source = Clip.joined(clips_of(2))
    assert path.read_bytes()[:4] == b"RF64"
    assert decode(path.read_bytes(), "episode").to_pcm16() == source.to_pcm16()
    pcm, _ = run("ffmpeg", "-v", "error", "-i", path, "-map", "0:a", "-f", "s16le", "-")
    assert pcm == source.to_pcm16()
    assert len(probe(path)["chapters"]) == len(TITLES)
    facts = read_facts(path)
    assert (facts.tag, facts.duration_ms, facts.channels) == (TAG, END_MS, 2)


def test_a_wav_of_less_is_a_plain_one(tmp_path: Path) -> None:
    write_container(tmp_path / "episode.wav", "wav", [noise(1000, 69)], BARE)
    data = (tmp_path / "episode.wav").read_bytes()
    assert data[:4] == b"RIFF"
    assert int.from_bytes(data[4:8], "little") == len(data) - 8


@pytest.mark.parametrize("cover", [b"a", b"ab"])
def test_the_chunks_of_a_wav_start_and_end_at_even_places(cover: bytes, tmp_path: Path) -> None:
    path = tmp_path / "episode.wav"
    write_container(path, "wav", [noise(1001, 69)], replace(BARE, cover=cover))
    assert path.stat().st_size % 2 == 0
    assert read_facts(path).tag.cover == cover


# --- Ogg pages --------------------------------------------------------------------------------------


def crc32(data: bytes) -> int:
    """CRC-32 as Ogg has it, bit by bit: polynomial 04C11DB7, highest bit first, nothing turned round."""
    value = 0
    for byte in data:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ 0x04C11DB7 if value & 0x80000000 else value << 1) & 0xFFFFFFFF
    return value


@given(st.binary(max_size=300))
def test_the_checksum_of_a_page_is_the_published_one(data: bytes) -> None:
    assert ogg.checksum(data) == crc32(data)


def test_every_page_has_the_one_serial_number_and_its_checksum(tmp_path: Path) -> None:
    path = tmp_path / "episode.opus"
    write_container(path, "opus", clips_of(2), TAG)
    data = path.read_bytes()
    place = pages = 0
    while place < len(data):
        assert data[place : place + 4] == b"OggS"
        count = data[place + 26]
        end = place + 27 + count + sum(data[place + 27 : place + 27 + count])
        assert int.from_bytes(data[place + 14 : place + 18], "little") == ogg.SERIAL
        assert int.from_bytes(data[place + 18 : place + 22], "little") == pages
        plain = data[place : place + 22] + bytes(4) + data[place + 26 : end]
        assert int.from_bytes(data[place + 22 : place + 26], "little") == crc32(plain)
        place, pages = end, pages + 1
    assert pages > 5


@pytest.mark.parametrize("data", [b"no page", b"OggS" + bytes(10), b"OggS" + bytes(22) + b"\3\1\1\1ab"])
def test_what_is_no_ogg_file_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(ValueError, match="page"):
        ogg.fix_serial(tmp_path / "file")


# --- damaged files ----------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=KINDS)
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("small") / "episode"
    chapters = (ChapterTag(0, 40, "One"), ChapterTag(40, 113, "Two"))
    write_container(path, request.param, [noise(5000, 70, 0.01)], replace(BARE, chapters=chapters))
    return path.read_bytes()


@settings(max_examples=150)
@given(place=st.integers(0, 6000), other=st.binary(max_size=8))
def test_a_cut_or_altered_episode_is_read_or_an_error(small: bytes, place: int, other: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "episode"
        for data in (small[:place], small[:place] + other + small[place + len(other) :]):
            path.write_bytes(data)
            try:
                read_facts(path)
            except SourceError as error:
                assert error.where == str(path)
