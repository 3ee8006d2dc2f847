"""PCM in, PCM out, and nothing lost between."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobuild.audio.clip import Clip

SAMPLES16 = st.lists(st.integers(-32768, 32767))


@given(SAMPLES16)
def test_sixteen_bits_come_back_as_they_were(values: list[int]) -> None:
    pcm = struct.pack(f"<{len(values)}h", *values)
    assert Clip.from_pcm16(pcm, 22_050).to_pcm16() == pcm


def test_samples_are_of_full_scale_one() -> None:
    clip = Clip.from_pcm16(struct.pack("<3h", -32768, 0, 16384), 8000)
    assert clip.samples.tolist() == [-1.0, 0.0, 0.5]
    assert clip.samples.dtype == np.float32


@given(st.lists(st.floats(-1000, 1000, width=32)))
def test_what_is_over_full_scale_is_clipped_and_does_not_wrap_round(values: list[float]) -> None:
    pcm = Clip(np.array(values, dtype=np.float32), 8000).to_pcm16()
    for value, written in zip(values, struct.unpack(f"<{len(values)}h", pcm), strict=True):
        assert written == pytest.approx(min(32767, max(-32768, 32768 * value)), abs=0.51)


@given(st.lists(st.tuples(*[st.integers(-32768, 32767)] * 2)))
def test_two_channels_are_read_and_written_side_by_side(pairs: list[tuple[int, int]]) -> None:
    pcm = b"".join(struct.pack("<2h", *pair) for pair in pairs)
    clip = Clip.from_pcm16(pcm, 8000, channels=2)
    assert clip.samples.tolist() == [[left / 32768, right / 32768] for left, right in pairs]
    assert clip.channels == 2
    assert clip.to_pcm16() == pcm


def test_in_mono_two_channels_are_their_mean() -> None:
    clip = Clip.from_pcm16(struct.pack("<6h", 100, 200, -300, 100, 5, 5), 8000, 2).with_channels(1)
    assert struct.unpack("<3h", clip.to_pcm16()) == (150, -100, 5)
    assert clip.samples.shape == (3,)
    assert clip.samples.dtype == np.float32


def test_in_stereo_one_channel_is_heard_from_both_sides() -> None:
    clip = Clip.from_pcm16(struct.pack("<2h", 7, -9), 8000).with_channels(2)
    assert struct.unpack("<4h", clip.to_pcm16()) == (7, 7, -9, -9)
    assert clip.samples.dtype == np.float32


@pytest.mark.parametrize("channels", [1, 2])
def test_a_clip_that_has_the_channels_is_left_as_it_is(channels: int) -> None:
    clip = Clip.silence(5, 8000, channels)
    assert clip.with_channels(channels) is clip


@pytest.mark.parametrize(("channels", "shape"), [(1, (7,)), (2, (7, 2))])
def test_silence_has_its_channels(channels: int, shape: tuple[int, ...]) -> None:
    clip = Clip.silence(7, 8000, channels)
    assert clip.samples.shape == shape
    assert clip.channels == channels
    assert not clip.samples.any()


def test_length_is_in_milliseconds() -> None:
    assert Clip.silence(11_025, 44_100).duration_ms == 250
    assert Clip.silence(11_025, 44_100, channels=2).duration_ms == 250


def test_clips_are_laid_end_to_end() -> None:
    parts = [Clip.from_pcm16(struct.pack("<2h", first, first + 1), 8000) for first in (1, 3, 5)]
    joined = Clip.joined(parts)
    assert struct.unpack("<6h", joined.to_pcm16()) == (1, 2, 3, 4, 5, 6)
    assert joined.rate_hz == 8000


def test_stereo_clips_are_laid_end_to_end() -> None:
    parts = [Clip.from_pcm16(struct.pack("<2h", first, first + 1), 8000, 2) for first in (1, 3, 5)]
    joined = Clip.joined(parts)
    assert struct.unpack("<6h", joined.to_pcm16()) == (1, 2, 3, 4, 5, 6)
    assert joined.samples.shape == (3, 2)


def test_clips_of_several_rates_are_not_joined() -> None:
    with pytest.raises(ValueError, match=r"\(8000, 1\), \(16000, 1\)"):
        Clip.joined([Clip.silence(1, 16_000), Clip.silence(1, 8000)])


def test_a_mono_clip_is_not_joined_to_a_stereo_one() -> None:
    with pytest.raises(ValueError, match=r"\(8000, 1\), \(8000, 2\)"):
        Clip.joined([Clip.silence(1, 8000), Clip.silence(1, 8000, 2)])


def test_no_clips_are_not_joined() -> None:
    with pytest.raises(ValueError, match="cannot join"):
        Clip.joined([])
