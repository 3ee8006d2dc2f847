"""Tags that would take too much to hold: refused before they are read, in every format."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from mutagen.id3 import COMM, ID3, TIT2

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import encode_take
from audiobuild.errors import SourceError
from audiobuild.publish.episodes.episode_tag import ChapterTag, EpisodeTag
from audiobuild.publish.formats.containers import read_facts
from audiobuild.publish.formats.tag_limits import MOST_FRAMES
from audiobuild.publish.formats.tags import render_tag

SILENCE = encode_take(Clip.silence(0, 44_100, 1), 9, 64)
_BLOCK, _PAGE = 16_000_000, 255 * 255
_UNSYNCHED, _COMPRESSED = 0x80, 0x80


def _flac(file: BinaryIO) -> None:
    file.write(b"fLaC" + bytes([0, 0, 0, 34]) + bytes(34))
    for _ in range(4):
        file.write(b"\x02" + _BLOCK.to_bytes(3))
        file.seek(_BLOCK, io.SEEK_CUR)


def _opus(file: BinaryIO) -> None:
    for _ in range(800):
        file.write(b"OggS".ljust(26, b"\0") + b"\xff" + b"\xff" * 255)
        file.seek(_PAGE, io.SEEK_CUR)


def _m4b(file: BinaryIO) -> None:
    file.write(struct.pack(">I4s4sI", 16, b"ftyp", b"M4A ", 0) + struct.pack(">I4sQ", 1, b"moov", 60_000_016))
    file.seek(60_000_000, io.SEEK_CUR)
    file.write(bytes(9))


def _mp3(file: BinaryIO) -> None:
    file.write(b"ID3\x03\0\0\x18\0\0\0")


@pytest.mark.parametrize("write", [_flac, _opus, _m4b, _mp3])
def test_a_tag_of_more_than_30_mb_is_refused_unread(write: Callable[[BinaryIO], None], tmp_path: Path) -> None:
    path = tmp_path / "episode"
    with path.open("wb") as file:  # with holes where the bytes would be
        write(file)
    with pytest.raises(SourceError, match="its tag is longer than 30 MB"):
        read_facts(path)


def _tag(body: bytes, flags: int = 0, version: int = 3) -> bytes:
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3" + bytes([version, 0, flags]) + size + body


def _packed(data: bytes) -> bytes:
    packed = zlib.compress(data, 1)
    return struct.pack(">4sIBBI", b"COMM", 4 + len(packed), 0, _COMPRESSED, len(data)) + packed


def _within_chapter(frame: bytes) -> bytes:
    data = b"ch0\0" + bytes(16) + frame
    return struct.pack(">4sIH", b"CHAP", len(data), 0) + data


def test_what_is_packed_in_a_tag_may_come_to_30_mb_in_all_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "episode.mp3"
    path.write_bytes(_tag(_packed(b"\0eng\0A remark.")) + SILENCE)
    assert read_facts(path).tag.comment == "A remark."
    half = _packed(bytes(16_000_000))
    path.write_bytes(_tag(half + _within_chapter(half)) + SILENCE)
    with pytest.raises(SourceError, match="its tag unpacks to more than 30 MB"):
        read_facts(path)


def test_a_tag_has_so_many_parts_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "episode.mp3"
    frame = struct.pack(">4sIH", b"XABC", 1, 0) + b"a"
    path.write_bytes(_tag(MOST_FRAMES * frame) + SILENCE)
    assert read_facts(path).tag.title == ""
    path.write_bytes(_tag(_within_chapter((MOST_FRAMES + 1) * frame)) + SILENCE)
    with pytest.raises(SourceError, match="its tag has more than 5,000 parts"):
        read_facts(path)
    path.write_bytes(_tag(501 * (struct.pack(">4sIH", b"TXXX", 4, 0) + b"\0k\0v")) + SILENCE)
    with pytest.raises(SourceError, match="its tag has more than 500 parts of one name"):
        read_facts(path)


def test_tags_of_other_programs_are_read_as_ever(tmp_path: Path) -> None:
    path = tmp_path / "episode.mp3"
    title = TIT2(encoding=1, text="Höhe")  # whose mark of order is escaped where nothing may look like sound
    for version in (3, 4):
        tag = ID3()
        tag.add(title)
        tag.add(COMM(encoding=3, lang="eng", desc="", text="x" * 300))
        file = io.BytesIO()
        tag.save(file, v2_version=version, v1=0)
        path.write_bytes(file.getvalue() + SILENCE)
        assert read_facts(path).tag.title == "Höhe", version
    text = b"\x01\xff\xfeH\x00\xf6\x00"
    frame = struct.pack(">4sIH", b"TIT2", len(text), 0) + text
    path.write_bytes(_tag(frame.replace(b"\xff", b"\xff\x00"), _UNSYNCHED) + SILENCE)
    assert read_facts(path).tag.title == "Hö"
    chapter = ChapterTag(0, 10, "Höhe", "https://a.example/", b"\xff\xd8\xff")
    path.write_bytes(render_tag(EpisodeTag("Höhe", "b", "c", "Speech", "d", (chapter,))) + SILENCE)
    assert read_facts(path).tag.chapters == (chapter,)


def test_texts_of_a_tag_cost_no_more_than_their_length(tmp_path: Path) -> None:
    path, remark = tmp_path / "episode.mp3", "🙂" * 300_000
    text = b"\x01eng\xff\xfe\0\0" + remark.encode("utf-16")
    tracemalloc.start()
    try:
        path.write_bytes(_tag(struct.pack(">4sIH", b"COMM", len(text), 0) + text) + SILENCE)
        assert read_facts(path).tag.comment == remark
        escaped = struct.pack(">4sIH", b"XABC", 600_000, 0) + b"\xff\0" * 600_000
        path.write_bytes(_tag(escaped, _UNSYNCHED) + SILENCE)
        assert read_facts(path).tag.comment == ""
        assert tracemalloc.get_traced_memory()[1] < 10 * len(text)
    finally:
        tracemalloc.stop()
    text = b"\0" + b"a\0" * 100_000
    path.write_bytes(_tag(struct.pack(">4sIH", b"TIT2", len(text), 0) + text) + SILENCE)
    with pytest.raises(SourceError, match="its tag has a part of too many texts"):
        read_facts(path)
