"""Frames are found as others find them, and the Info frame says of the stream what is true."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audiobuild.audio.codec import encode_take
from audiobuild.audio.frames import info_frame, split_frames
from audiobuild.model.file_formats import FORMATS
from tests.signals import bursts, frames_for, heard, noise, stereo, whole_file
from tests.tools import run

CLIP = bursts(1.5, seed=1)
FRAMES = frames_for(CLIP)
TAKE = encode_take(CLIP, FRAMES, 96)


# --- split_frames -----------------------------------------------------------------------------------


def test_frames_of_real_output_are_those_that_ffprobe_finds() -> None:
    packets, _ = run("ffprobe", "-v", "error", "-show_entries", "packet=size", "-of", "csv=p=0", "-", given=TAKE)
    sizes = [int(line.strip(b",")) for line in packets.split()]
    assert [frame.stop - frame.start for frame in split_frames(TAKE)] == sizes
    assert set(sizes) == {313, 314}
    assert len(sizes) == FRAMES


@pytest.mark.parametrize("bit_rate_kbps", FORMATS["mp3"].bit_rates_kbps)
def test_frames_stand_end_to_end_at_every_bit_rate(bit_rate_kbps: int) -> None:
    data = encode_take(CLIP, FRAMES, bit_rate_kbps)
    frames = split_frames(data)
    assert [frame.start for frame in frames] == [0, *(frame.stop for frame in frames[:-1])]
    assert frames[-1].stop == len(data)
    assert len(frames) == FRAMES


def test_no_bytes_are_no_frames() -> None:
    assert split_frames(b"") == []


@given(st.integers(0, len(TAKE)))
@example(313)
@example(len(TAKE) - 1)
@example(len(TAKE))
def test_a_cut_stream_gives_whole_frames_or_a_value_error(cut: int) -> None:
    ends = [0, *(frame.stop for frame in split_frames(TAKE))]
    if cut in ends:
        assert len(split_frames(TAKE[:cut])) == ends.index(cut)
    else:
        with pytest.raises(ValueError, match="no whole MP3 frame at byte"):
            split_frames(TAKE[:cut])


HEADER = st.binary(min_size=2, max_size=2).map(b"\xff\xfb".__add__)


@given(st.lists(st.one_of(st.binary(max_size=400), HEADER, st.just(TAKE[:313])), max_size=4).map(b"".join))
def test_rubbish_is_a_value_error_or_frames_that_cover_it(data: bytes) -> None:
    try:
        frames = split_frames(data)
    except ValueError:
        return
    assert b"".join(data[frame] for frame in frames) == data
    assert all(data[frame.start] == 0xFF for frame in frames)


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("fff3 9044", id="MPEG-2"),
        pytest.param("fffd 90c4", id="Layer II"),
        pytest.param("fffb 00c4", id="free bit rate"),
        pytest.param("fffb f0c4", id="bit rate 15"),
        pytest.param("fffb 9cc4", id="reserved sample rate"),
        pytest.param("fefb 90c4", id="no sync"),
        pytest.param("4944 3303", id="ID3 tag"),
    ],
)
def test_a_header_of_another_kind_is_refused(header: str) -> None:
    with pytest.raises(ValueError, match="byte 0"):
        split_frames(bytes.fromhex(header) + bytes(2000))


# --- info_frame -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Info:
    """What an Info frame says, read by its published layout."""

    word: bytes
    frames: int
    length: int
    table: bytes
    encoder: bytes
    delay: int
    padding: int
    bit_rate_kbps: int
    music_length: int
    crc: int


def info_place(frame: bytes) -> int:
    """Where it stands: behind four bytes of header, and 17 of side information in mono, 32 in stereo."""
    return 4 + (17 if frame[3] >> 6 == 3 else 32)


def read_info(frame: bytes) -> Info:
    place = info_place(frame)
    word, flags, count, length, table, _quality = struct.unpack_from(">4sIII100sI", frame, place)
    assert flags == 0xF
    encoder, _revision, _lowpass, _gains, _flags, rate, edges = struct.unpack_from(">9sBB8sBB3s", frame, place + 120)
    music_length, _music_crc, crc = struct.unpack_from(">IHH", frame, place + 148)
    delay, padding = divmod(int.from_bytes(edges, "big"), 1 << 12)
    return Info(word, count, length, table, encoder, delay, padding, rate, music_length, crc)


def crc16(data: bytes) -> int:
    """CRC-16/ARC by long division of the bits as they are sent, lowest first; "123456789" gives 0xBB3D."""
    bits = [byte >> shift & 1 for byte in data for shift in range(8)] + [0] * 16
    rest = 0
    for bit in bits:
        rest = rest << 1 | bit
        if rest & 0x10000:
            rest ^= 0x18005
    return int(f"{rest:016b}"[::-1], 2)


def test_the_checksum_of_this_test_is_the_published_one() -> None:
    assert crc16(b"123456789") == 0xBB3D


@pytest.mark.parametrize("bit_rate_kbps", FORMATS["mp3"].bit_rates_kbps)
@pytest.mark.parametrize("channels", [1, 2])
def test_the_info_frame_says_what_is_true_of_the_stream(channels: int, bit_rate_kbps: int) -> None:
    clips = [CLIP.with_channels(channels), noise(5000, 2).with_channels(channels)]
    counts = [FRAMES, 9]
    takes = [encode_take(clip, count, bit_rate_kbps) for clip, count in zip(clips, counts, strict=True)]
    data = whole_file(takes, counts, bit_rate_kbps)
    frames = split_frames(data)
    first = data[frames[0]]
    info = read_info(first)
    assert (info.word, info.encoder[:4]) == (b"Info", b"LAME")
    assert info.frames == FRAMES + 9 + 1 == len(frames) - 1
    assert info.length == info.music_length == len(data)
    assert (info.delay, info.padding) == (576, 576)
    assert info.bit_rate_kbps == bit_rate_kbps
    end = info_place(first) + 156
    assert info.crc == crc16(first[: end - 2])
    assert first[:2] == data[frames[1]][:2]
    assert first[3] >> 6 == data[frames[1]][3] >> 6
    assert not any(first[4 : info_place(first)] + first[end:])


@given(st.lists(st.tuples(st.integers(1, 4000), st.integers(200, 600)), min_size=1, max_size=30))
@example([(1, 313)])
def test_the_seek_table_rises_and_points_where_the_stream_is(stretches: list[tuple[int, int]]) -> None:
    pieces = [(frames, frames * size) for frames, size in stretches]
    info = read_info(info_frame(TAKE, pieces))
    assert list(info.table) == sorted(info.table)
    total = sum(frames for frames, _ in pieces)
    for hundredth, entry in enumerate(info.table):
        frame = total * hundredth / 100
        place: float = 313
        for frames, size in stretches:
            place += min(frame, frames) * size
            frame -= min(frame, frames)
        assert entry == pytest.approx(min(255, 256 * place / info.length), abs=1.001)


def test_padding_of_the_first_frame_is_not_taken_over() -> None:
    padded = next(TAKE[frame] for frame in split_frames(TAKE) if frame.stop - frame.start == 314)
    assert len(info_frame(padded, [(1, 314)])) == 313


# --- what others make of it -------------------------------------------------------------------------


@dataclass(frozen=True)
class Heard:
    """A file of three takes, and the samples of each channel that are heard of it."""

    path: Path
    samples: int
    channels: int
    bit_rate_kbps: int


@pytest.fixture(scope="module", params=[1, 2], ids=["mono", "stereo"])
def episode(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Heard:
    channels = int(request.param)
    clips = [CLIP, noise(30_000, 3), bursts(2, 4)]
    if channels == 2:
        others = [noise(len(clip.samples), seed) for seed, clip in enumerate(clips, start=40)]
        clips = [stereo(clip, other) for clip, other in zip(clips, others, strict=True)]
    frames = [frames_for(clip) for clip in clips]
    bit_rate_kbps = 96 if channels == 1 else 128
    takes = [encode_take(clip, count, bit_rate_kbps) for clip, count in zip(clips, frames, strict=True)]
    path = tmp_path_factory.mktemp("frames") / "episode.mp3"
    path.write_bytes(whole_file(takes, frames, bit_rate_kbps))
    return Heard(path, sum(frames) * 1152, channels, bit_rate_kbps)


def test_ffmpeg_hears_every_sample_and_no_more(episode: Heard) -> None:
    assert len(heard(episode.path.read_bytes(), episode.channels)) == episode.samples


def test_mpg123_hears_every_sample_and_no_more(episode: Heard) -> None:
    pcm, said = run("mpg123", "-q", "-s", episode.path)
    assert len(pcm) == 2 * episode.channels * episode.samples
    assert said == ""


def test_ffprobe_knows_the_length_and_the_constant_bit_rate(episode: Heard) -> None:
    told, said = run("ffprobe", "-v", "warning", "-show_streams", "-of", "json", episode.path)
    assert said == ""
    stream = json.loads(told)["streams"][0]
    # ffprobe's container length counts the frame that makes up for the delays, which a decoder leaves out.
    assert float(stream["duration"]) == pytest.approx((episode.samples + 1152) / 44100, abs=1e-3)
    assert int(stream["bit_rate"]) == 1000 * episode.bit_rate_kbps
    assert (stream["channels"], stream["sample_rate"], stream["codec_name"]) == (episode.channels, "44100", "mp3")


def test_mp3val_has_nothing_to_complain_of(episode: Heard) -> None:
    tagged = episode.path.with_name("tagged.mp3")
    tagged.write_bytes(b"ID3\3\0\0\0\0\0\13TIT2\0\0\0\1\0\0\0" + episode.path.read_bytes())
    told, said = run("mp3val", tagged)
    # The Info frame counts for it, and so does the frame that makes up for the delays.
    assert f"{episode.samples // 1152 + 2} MPEG frames (MPEG 1 Layer III), +ID3v2, CBR" in told.decode()
    assert b"WARNING" not in told
    assert b"PROBLEM" not in told
    assert said == ""
