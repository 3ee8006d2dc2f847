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
def test_two_channels_become_their_mean(pairs: list[tuple[int, int]]) -> None:
    pcm = b"".join(struct.pack("<2h", *pair) for pair in pairs)
    clip = Clip.from_pcm16(pcm, 8000, channels=2)
    assert clip.samples.tolist() == [(left + right) / 65536 for left, right in pairs]


def test_three_channels_become_their_mean() -> None:
    assert Clip.from_pcm16(struct.pack("<6h", 0, 0, 3, -3, -3, -3), 8000, 3).samples * 32768 == pytest.approx([1, -3])


def test_length_is_in_milliseconds() -> None:
    assert Clip.silence(11_025, 44_100).duration_ms == 250


def test_clips_are_laid_end_to_end() -> None:
    parts = [Clip.from_pcm16(struct.pack("<2h", first, first + 1), 8000) for first in (1, 3, 5)]
    joined = Clip.joined(parts)
    assert struct.unpack("<6h", joined.to_pcm16()) == (1, 2, 3, 4, 5, 6)
    assert joined.rate_hz == 8000


def test_clips_of_several_rates_are_not_joined() -> None:
    with pytest.raises(ValueError, match=r"\[8000, 16000\] Hz"):
        Clip.joined([Clip.silence(1, 16_000), Clip.silence(1, 8000)])


def test_no_clips_are_not_joined() -> None:
    with pytest.raises(ValueError, match="cannot join"):
        Clip.joined([])
