"""Files of every format are made whole or not at all, the same each time, in little memory."""

from __future__ import annotations

import struct
import sys
import types
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode
from audiobuild.errors import OutputError, SoundError
from audiobuild.model.file_formats import FORMATS
from audiobuild.model.values import SAMPLE_RATE_HZ
from audiobuild.publish.formats import ogg, wav
from audiobuild.publish.formats.containers import CONTAINERS, check_container, read_facts, write_container
from audiobuild.publish.formats.tags import ChapterTag
from tests.containers import BARE, END_MS, KINDS, LEFT, TAG, TITLES, check_damaged, clips_of, probe, sound_of
from tests.signals import bursts, noise, snr_db, tone
from tests.tools import run

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
    assert {kind: (each.suffix, each.media_type, each.is_lossless) for kind, each in FORMATS.items()} == {
        "mp3": (".mp3", "audio/mpeg", False),
        "m4b": (".m4b", "audio/mp4", False),
        "opus": (".opus", "audio/ogg", False),
        "flac": (".flac", "audio/flac", True),
        "wav": (".wav", "audio/wav", True),
        "epub": (".epub", "application/epub+zip", False),
    }
    for kind, each in FORMATS.items():
        assert each.name == kind
        assert (0 < each.bit_rate_kbps(1) < each.bit_rate_kbps(2)) != each.is_lossless
        assert (CONTAINERS[kind].write is None) == each.is_joined


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


def fields(head: bytes) -> tuple[int | bytes, ...]:
    """The head taken apart: form, size, first chunk with its three counts, and the length of the sound."""
    form, size, _, chunk, _, *counts = struct.unpack_from("<4sI4s4sIQQQ", head)
    return (form, size, chunk, *counts, *struct.unpack("<I", head[-4:]))


@pytest.mark.parametrize("channels", [1, 2])
def test_the_sizes_of_a_wav_are_counted_in_32_bits_as_long_as_they_can_be(channels: int) -> None:
    sound_bytes = 0xFFFFFFFF - 75
    head = wav.render_head(44_100, channels, sound_bytes, 0xFFFFFFFF)
    assert fields(head) == (b"RIFF", 0xFFFFFFFF, b"JUNK", 0, 0, 0, sound_bytes)


@pytest.mark.parametrize("channels", [1, 2])
def test_the_sizes_of_a_wav_past_4_gb_are_counted_in_64_bits(channels: int) -> None:
    sound_bytes, size = 30_000_000_000, 30_000_001_000
    head = wav.render_head(44_100, channels, sound_bytes, size)
    samples = sound_bytes // (2 * channels)
    assert fields(head) == (b"RF64", 0xFFFFFFFF, b"ds64", size, sound_bytes, samples, 0xFFFFFFFF)
    assert len(head) == len(wav.render_head(44_100, channels, 1000, 2000))


def test_one_byte_more_than_32_bits_count_makes_it_rf64() -> None:
    assert wav.render_head(44_100, 1, 0xFFFFFF00, 0xFFFFFFFF)[:4] == b"RIFF"
    assert wav.render_head(44_100, 1, 0xFFFFFF00, 0x100000000)[:4] == b"RF64"


def test_the_tag_behind_5_gb_of_sound_is_found(tmp_path: Path) -> None:
    """The file is one long hole, which takes no room on the disk."""
    path, sound_bytes = tmp_path / "long.wav", 5_000_000_000
    tag = struct.pack("<4sI", wav.ID3, 6) + b"ID3tag"
    head_bytes = len(wav.render_head(44_100, 2, 0, 0))
    head = wav.render_head(44_100, 2, sound_bytes, head_bytes + sound_bytes + len(tag) - 8)
    with path.open("wb") as file:
        file.write(head)
        file.seek(sound_bytes, 1)
        file.write(tag)
    said = wav.read_chunks(path)
    assert (said.samples, said.channels, said.id3) == (sound_bytes // 4, 2, b"ID3tag")


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
    check_damaged(small, place, other)
