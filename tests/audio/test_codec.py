"""Takes laid end to end are one stream, exact to the sample."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode, decode_blocks, encode_take, resample
from audiobuild.audio.frames import split_frames
from audiobuild.engines.espeak import Espeak
from audiobuild.model.file_formats import FORMATS
from audiobuild.model.values import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME, Voice
from tests.signals import bursts, frames_for, heard, noise, snr_db, stereo, tone, whole_file
from tests.tools import run

PAUSE_FRAMES = 3
ONSET = 20_000
"""Sample of the third take at which its tone starts."""

PARAGRAPHS = [
    "A heron stood in the shallows all morning, and the anglers on the bridge gave up one after another.",
    "Nobody was surprised.",
    "The council has promised new steps, a better path and, if the money lasts, a lamp at the corner of the yard.",
]


def late_tone() -> Clip:
    return Clip.joined([Clip.silence(ONSET, SAMPLE_RATE_HZ), tone(30_000, 997)])


MONO = [bursts(2, seed=5), noise(40_001, seed=6), late_tone(), tone(50_000, 313, 0.8), bursts(1.3, seed=7, level=0.7)]
OTHERS = [noise(88_200, seed=15), tone(40_001, 700), late_tone(), noise(50_000, seed=16), bursts(1.3, seed=17)]
STEREO = list(map(stereo, MONO, OTHERS))
"""Nothing in common, all in common, and one side loud while the other is quiet."""


@dataclass(frozen=True)
class Joined:
    """Takes laid end to end, and what ffmpeg hears of them."""

    clips: list[Clip]
    counts: list[int]
    takes: list[bytes]
    file: bytes
    heard: NDArray[np.float32]
    """Shape (samples,), or (samples, 2)."""

    @property
    def channels(self) -> int:
        return self.clips[0].channels

    @property
    def source(self) -> NDArray[np.float32]:
        return np.concatenate([padded(clip, count) for clip, count in zip(self.clips, self.counts, strict=True)])

    @property
    def starts(self) -> list[int]:
        return [sum(self.counts[:index]) * SAMPLES_PER_FRAME for index in range(len(self.counts))]


def padded(clip: Clip, frames: int) -> NDArray[np.float32]:
    missing = frames * SAMPLES_PER_FRAME - len(clip.samples)
    return Clip.joined([clip, Clip.silence(missing, clip.rate_hz, clip.channels)]).samples


def join(clips: list[Clip], bit_rate_kbps: int) -> Joined:
    counts = [frames_for(clip, PAUSE_FRAMES) for clip in clips]
    takes = [encode_take(clip, count, bit_rate_kbps) for clip, count in zip(clips, counts, strict=True)]
    file = whole_file(takes, counts, bit_rate_kbps)
    return Joined(clips, counts, takes, file, heard(file, clips[0].channels))


@pytest.fixture(scope="module", params=["mono", "stereo"])
def joined(request: pytest.FixtureRequest) -> Joined:
    return join(MONO, 96) if request.param == "mono" else join(STEREO, 160)


# --- the joint --------------------------------------------------------------------------------------


def main_data_begin(frame: bytes) -> int:
    """Nine bits behind the header: how far back in the stream the frame's data starts."""
    return int.from_bytes(frame[4:6], "big") >> 7


def test_a_take_needs_no_data_from_before_it(joined: Joined) -> None:
    for take in joined.takes:
        frames = split_frames(take)
        assert main_data_begin(take[frames[0]]) == 0
        # LAME does use its reservoir; else the test above could not fail.
        assert any(main_data_begin(take[frame]) for frame in frames)


def test_joined_takes_are_exact_to_the_sample(joined: Joined) -> None:
    assert joined.heard.shape == joined.source.shape


def test_mpg123_decodes_the_joints_without_a_word(joined: Joined, tmp_path: Path) -> None:
    path = tmp_path / "joined.mp3"
    path.write_bytes(joined.file)
    pcm, said = run("mpg123", "--no-control", "-v", "-s", path)
    assert len(pcm) == 2 * joined.source.size
    assert not [line for line in said.splitlines() if "warning" in line.lower() or "error" in line.lower()]
    assert "Illegal" not in said


@pytest.mark.parametrize("index", range(len(MONO)))
def test_every_take_is_heard_where_it_stands_to_the_sample(joined: Joined, index: int) -> None:
    most = 60
    clip, start = joined.clips[index], joined.starts[index]
    for side in range(joined.channels):
        sound = np.pad(joined.heard.reshape(-1, joined.channels)[:, side], most)
        given = clip.samples.reshape(-1, joined.channels)[:, side]
        alike = [float(sound[start + lag :][: len(given)] @ given) for lag in range(2 * most + 1)]
        assert int(np.argmax(alike)) - most == 0


def test_a_tone_in_the_third_take_starts_when_it_should(joined: Joined) -> None:
    around = np.abs(joined.heard[joined.starts[2] : joined.starts[2] + ONSET + 5000])
    first = int(np.argwhere(around > 0.1)[0][0])
    assert 1000 * abs(first - ONSET) / SAMPLE_RATE_HZ < 2


def test_nothing_of_a_take_leaks_into_the_pause_behind_it(joined: Joined) -> None:
    """A frame's length behind the sound it has died away; a frame's length before the next, which MP3 needs to begin
    softly, there is no click either."""
    for clip, start, count in zip(joined.clips, joined.starts, joined.counts, strict=True):
        end = start + (count - 1) * SAMPLES_PER_FRAME
        assert np.abs(joined.heard[start + len(clip.samples) + SAMPLES_PER_FRAME : end]).max() < 1e-4


def test_each_side_is_heard_from_its_side() -> None:
    left, right = tone(60_000, 440), tone(60_000, 997, 0.2)
    sound = join([stereo(left, right)], 128).heard[5000:55_000]
    assert snr_db(sound[:, 0], left.samples[5000:55_000]) > 25
    assert snr_db(sound[:, 1], right.samples[5000:55_000]) > 25


@pytest.mark.parametrize(("channels", "bit_rate_kbps"), [(1, 96), (2, 160)])
def test_joined_speech_is_as_good_as_speech_encoded_in_one_pass(channels: int, bit_rate_kbps: int) -> None:
    engine = Espeak(Voice("espeak"), "en-GB")
    clips = [resample(engine.synthesise(text).clip, SAMPLE_RATE_HZ) for text in PARAGRAPHS]
    if channels == 2:  # the voice a little to the left, and something else to the right
        clips = [stereo(clip, quieter(clip, bursts(9, seed=18))) for clip in clips]
    ours = join(clips, bit_rate_kbps)
    source, frames = ours.source, sum(ours.counts)
    whole = encode_take(Clip(source, SAMPLE_RATE_HZ), frames, bit_rate_kbps)
    one_pass = heard(whole_file([whole], [frames], bit_rate_kbps), channels)
    assert ours.heard.shape == one_pass.shape == source.shape
    assert snr_db(ours.heard, source) == pytest.approx(snr_db(one_pass, source), abs=0.2)
    assert snr_db(one_pass, source) > 20


def quieter(voice: Clip, music: Clip) -> Clip:
    """A voice at two thirds, with as much of some music below it."""
    mixed = 0.66 * voice.samples + 0.25 * music.samples[: len(voice.samples)]
    return Clip(mixed.astype(np.float32), voice.rate_hz)


@pytest.mark.parametrize("bit_rate_kbps", FORMATS["mp3"].bit_rates_kbps)
@pytest.mark.parametrize("clip", [MONO[0], STEREO[0]], ids=["mono", "stereo"])
def test_every_frame_is_of_the_channels_and_the_bit_rate(clip: Clip, bit_rate_kbps: int) -> None:
    frames = frames_for(clip, PAUSE_FRAMES)
    take = encode_take(clip, frames, bit_rate_kbps)
    headers = {take[frame.start : frame.start + 4] for frame in split_frames(take)}
    (mode,) = {header[3] >> 6 for header in headers}  # 3 is mono
    assert (mode == 3) == (clip.channels == 1)
    assert {header[2] & ~2 for header in headers} == {take[2] & ~2}
    assert len(take) == pytest.approx(frames * 144 * bit_rate_kbps * 1000 / SAMPLE_RATE_HZ, abs=1)


# --- encode_take ------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 5000), st.integers(0, 4), st.sampled_from([1, 2]))
def test_a_take_has_exactly_its_frames(samples: int, more: int, channels: int) -> None:
    frames = max(1, -(-samples // SAMPLES_PER_FRAME) + more)
    assert len(split_frames(encode_take(noise(samples, 8).with_channels(channels), frames, 96))) == frames


def test_a_take_that_is_too_short_for_its_samples_is_refused() -> None:
    with pytest.raises(ValueError, match="1153 samples do not fit into 1 frames"):
        encode_take(noise(1153, 9), 1, 96)


def test_the_same_samples_give_the_same_bytes() -> None:
    for clip in (MONO[0], STEREO[0]):
        assert encode_take(clip, 90, 96) == encode_take(clip, 90, 96)


@pytest.mark.parametrize("frames", [2, 3, 4])
def test_a_take_of_very_few_frames_can_be_decoded(frames: int) -> None:
    clip = decode(encode_take(noise(800, 10), frames, 96), "here")
    assert len(clip.samples) > 0


def test_blocks_of_a_file_shorter_than_its_head_says_end_with_its_sound(tmp_path: Path, joined: Joined) -> None:
    """An episode cut short, and a stream without an Info frame, of which the length is a guess."""
    path = tmp_path / "short.mp3"
    head = split_frames(joined.file)[0].stop
    for data in (joined.file[: len(joined.file) // 2], joined.file[head:]):
        path.write_bytes(data)
        there = np.concatenate([block.samples for block in decode_blocks(path, 60_000)])
        assert np.array_equal(there, decode(data, "here").samples)
        assert np.abs(there).max() < 1.5


def test_encoding_and_decoding_a_take_say_nothing_on_the_terminal() -> None:
    code = "from audiobuild.audio.codec import decode, encode_take; from audiobuild.audio.clip import Clip\n"
    code += "decode(encode_take(Clip.silence(5000, 44100), 6, 96), 'take')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
