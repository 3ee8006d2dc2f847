"""The finished file against one pass of the encoder over the same sound, and how long players take it to be."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import lameenc
import numpy as np
import pytest
from mutagen.mp3 import MP3
from numpy.typing import NDArray

from audiobuild import build as building
from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import LAME_QUALITY, encode_take
from audiobuild.audio.frames import info_frame, split_frames
from audiobuild.cli.terminal import Terminal
from audiobuild.model.values import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME, Take
from audiobuild.takes import render as rendering
from audiobuild.takes.jobs import Job
from tests.published import Built
from tests.sample_edition import write_openings
from tests.signals import heard, snr_db
from tests.tools import run as run_tool

BIT_RATE_KBPS = 96
AGREE_S = 0.03
"""Players that count frames in other ways differ by one: 26 ms."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """An episode, and the sound that its takes were encoded from."""

    path: Path
    source: Clip
    """Laid end to end, each with its pause."""
    joints: tuple[int, ...]
    """Where one take ends and the next starts, in samples."""


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Delivered]:
    """The opening of an article, built in this process, so that what reaches the encoder can be seen."""
    folder = tmp_path_factory.mktemp("delivered")
    given: list[tuple[Clip, int]] = []
    by_key: dict[str, tuple[Clip, int]] = {}

    def recorded(clip: Clip, frames: int, bit_rate_kbps: int) -> bytes:
        assert bit_rate_kbps == BIT_RATE_KBPS
        given.append((clip, frames))
        return encode_take(clip, frames, bit_rate_kbps)

    def render_here(jobs: Sequence[Job], *_: object, **__: object) -> Iterator[Take]:
        for job in jobs:
            take = rendering.render(job)
            by_key[job.key] = given[-1]  # a voice's calibration is encoded before the take
            yield take

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "encode_take", recorded)
        patch.setattr("audiobuild.takes.workers.render_all", render_here)
        (folder / "issue").mkdir()
        source = write_openings(folder / "issue", 1)
        options = building.Options((source,), folder / "output", folder / "store", engine="espeak")
        episode = building.build(options, Terminal(quiet=True)).episode
    clips = []
    cues = episode.timeline.cues
    for cue in cues:
        clip, frames = by_key[cue.take.key]
        missing = frames * SAMPLES_PER_FRAME - len(clip.samples)
        clips += [clip, Clip.silence(missing, clip.rate_hz, clip.channels)]
    yield Delivered(episode.path, Clip.joined(clips), tuple(cue.end_frame * SAMPLES_PER_FRAME for cue in cues[:-1]))
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def joined(delivered: Delivered) -> NDArray[np.float32]:
    return heard(delivered.path.read_bytes())


@pytest.fixture(scope="module")
def in_one_pass(delivered: Delivered) -> NDArray[np.float32]:
    """The same sound as LAME makes it in one go, behind an Info frame, decoded."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(SAMPLE_RATE_HZ)
    encoder.set_out_sample_rate(SAMPLE_RATE_HZ)
    encoder.set_bit_rate(BIT_RATE_KBPS)
    encoder.set_quality(LAME_QUALITY)
    data = bytes(encoder.encode(delivered.source.to_pcm16())) + bytes(encoder.flush())
    return heard(info_frame(data, [(len(split_frames(data)), len(data))]) + data)


def test_the_episode_is_as_long_as_its_sound_to_the_sample(
    delivered: Delivered, joined: NDArray[np.float32], in_one_pass: NDArray[np.float32]
) -> None:
    length = len(delivered.source.samples)
    assert length % SAMPLES_PER_FRAME == 0
    assert (len(joined), len(in_one_pass)) == (length, length)


def test_the_joined_episode_is_as_true_to_its_sound_as_one_pass_of_the_encoder(
    delivered: Delivered, joined: NDArray[np.float32], in_one_pass: NDArray[np.float32]
) -> None:
    joined_db, one_pass_db = (snr_db(each, delivered.source.samples) for each in (joined, in_one_pass))
    assert one_pass_db > 10  # else they were not even laid over each other rightly
    assert joined_db == pytest.approx(one_pass_db, abs=0.2)


def test_around_its_joints_the_episode_is_as_true_as_elsewhere(
    delivered: Delivered, joined: NDArray[np.float32], in_one_pass: NDArray[np.float32]
) -> None:
    """A take starts without a bit reservoir; two frames to either side of the joints that must not be heard."""
    reach = 2 * SAMPLES_PER_FRAME
    around = np.concatenate([np.arange(place - reach, place + reach) for place in delivered.joints])
    source = delivered.source.samples
    assert snr_db(joined[around], source[around]) > snr_db(in_one_pass, source) - 1


# --- how long it is ---------------------------------------------------------------------------------


def by_ffprobe(path: Path) -> float:
    told, _ = run_tool("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "json", path)
    return float(json.loads(told)["format"]["duration"])


def by_header(path: Path) -> float:
    """Read what the heads of the file say, and no more of it: size of the tag, frames, delay and padding.

    Source: ID3v2.3 section 3.1; "Mp3 Info Tag rev 1" of the LAME project.
    """
    with path.open("rb") as file:
        head = file.read(10)
        assert head[:3] == b"ID3"
        size = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
        file.seek(10 + size)
        frame = file.read(200)
    is_mono = frame[3] >> 6 == 3
    info = frame[4 + (17 if is_mono else 32) :]
    assert info[:4] == b"Info"
    assert info[7] & 1, "it does not say how many frames there are"
    frames = int.from_bytes(info[8:12], "big")
    lame = info[8 + 4 + 4 + 100 + 4 :]
    assert lame[:4] == b"LAME"
    both = int.from_bytes(lame[21:24], "big")
    rate_hz = (44100, 48000, 32000)[frame[2] >> 2 & 3]
    return (frames * SAMPLES_PER_FRAME - (both >> 12) - (both & 0xFFF)) / rate_hz


def durations_s(path: Path) -> list[float]:
    return [by_ffprobe(path), float(MP3(path).info.length), by_header(path)]


def test_all_readers_take_an_edition_to_be_as_long_as_it_is(delivered: Delivered, joined: NDArray[np.float32]) -> None:
    assert durations_s(delivered.path) == pytest.approx([len(joined) / SAMPLE_RATE_HZ] * 3, abs=AGREE_S)


def test_all_readers_take_the_sample_edition_to_be_as_long_as_is_told(sample: Built) -> None:
    path, told_s = sample.place / sample.summary["path"], sample.summary["duration_ms"] / 1000
    assert durations_s(path) == pytest.approx([told_s] * 3, abs=AGREE_S)
    assert len(heard(path.read_bytes())) / SAMPLE_RATE_HZ == pytest.approx(told_s, abs=0.001)
