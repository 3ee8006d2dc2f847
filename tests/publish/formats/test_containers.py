"""Every format holds the whole sound, its chapters, its tag and its cover, as programs that are not ours read them."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mutagen.mp4 import MP4
from numpy.typing import NDArray
from PIL import Image

from audiobuild.audio.clip import Clip
from audiobuild.audio.measurement import profile_file
from audiobuild.model.file_formats import FORMATS
from audiobuild.model.values import SAMPLE_RATE_HZ
from audiobuild.publish.formats.containers import read_facts, write_container
from audiobuild.publish.formats.tags import ChapterTag
from tests.containers import BARE, END_MS, KINDS, SAMPLES, TAG, TITLES, clips_of, probe
from tests.signals import as_wav, noise, snr_db
from tests.tools import run

LOSSLESS = ("flac", "wav")
FRAMES_MS = {"m4b": 1024 / 44.1, "opus": 20.0, "flac": 0.5, "wav": 0.5}
"""The unit in which each counts its sound, half a millisecond standing for the rounding of a time."""


@dataclass(frozen=True)
class Written:
    """An episode in a format, and what was put into it."""

    path: Path
    kind: str
    source: Clip
    told: dict[str, Any]
    """What ffprobe finds in it."""
    picture: bytes
    sound: NDArray[np.float32]
    """As ffmpeg hears it, shape (samples, channels)."""
    pcm: bytes

    @property
    def channels(self) -> int:
        return self.source.channels


@pytest.fixture(scope="module", params=[(kind, channels) for kind in KINDS for channels in (1, 2)], ids=str)
def episode(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Written:
    kind, channels = request.param
    path = tmp_path_factory.mktemp("episode") / f"episode{FORMATS[kind].suffix}"
    write_container(path, kind, iter(clips_of(channels)), TAG)
    folder = path.parent
    picture = ("-map", "0:v", "-c", "copy", "-f", "image2pipe", folder / "picture")
    sound = ("-map", "0:a", "-ar", SAMPLE_RATE_HZ, "-f", "f32le", folder / "sound")
    run("ffmpeg", "-v", "error", "-i", path, *picture, *sound, "-map", "0:a", "-f", "s16le", folder / "pcm")
    heard = np.fromfile(folder / "sound", dtype="<f4").reshape(-1, channels)
    cover, pcm = ((folder / name).read_bytes() for name in ("picture", "pcm"))
    return Written(path, kind, Clip.joined(clips_of(channels)), probe(path), cover, heard, pcm)


# --- what others read -------------------------------------------------------------------------------


def test_ffprobe_finds_the_chapters_to_the_millisecond(episode: Written) -> None:
    told = episode.told["chapters"]
    times = [(1000 * float(each["start_time"]), 1000 * float(each["end_time"])) for each in told]
    expected = [(each.start_ms, each.end_ms) for each in TAG.chapters]
    assert [each["tags"]["title"] for each in told] == TITLES
    assert np.array(times).ravel()[:-1] == pytest.approx(np.array(expected).ravel()[:-1], abs=0.02)
    assert times[-1][1] == pytest.approx(END_MS, abs=7)  # of Opus ffprobe counts what the encoder put before the sound


def test_ffprobe_finds_the_tags(episode: Written) -> None:
    told = episode.told
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
    assert [each["codec_name"] for each in episode.told["streams"] if each["disposition"]["attached_pic"]] == ["mjpeg"]
    assert episode.picture == TAG.cover


def test_ffprobe_knows_the_sound_and_its_length(episode: Written) -> None:
    told = episode.told
    sound = told["streams"][0]
    codec = {"m4b": "aac", "opus": "opus", "flac": "flac", "wav": "pcm_s16le"}[episode.kind]
    rate = "48000" if episode.kind == "opus" else "44100"
    assert (sound["codec_name"], sound["channels"], sound["sample_rate"]) == (codec, episode.channels, rate)
    length_ms = 1000 * float(told["format"]["duration"])
    assert length_ms == pytest.approx(1000 * SAMPLES / SAMPLE_RATE_HZ, abs=FRAMES_MS[episode.kind])


def test_lossless_sound_is_the_sound_that_was_given(episode: Written) -> None:
    if episode.kind not in LOSSLESS:
        return
    assert episode.pcm == episode.source.to_pcm16()


def test_sound_is_near_what_was_given_on_each_side(episode: Written) -> None:
    sound = episode.sound
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
        wanted = FORMATS[episode.kind].bit_rate_kbps(episode.channels)
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
