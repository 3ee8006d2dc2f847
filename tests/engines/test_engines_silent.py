"""The silent engine is exact: its length, its tone and its words can be computed."""

from __future__ import annotations

import pytest

from audiobuild.engines.silent import CHAR_SAMPLES, RATE_HZ, Silent
from audiobuild.model.speech_marks import WordTime
from audiobuild.model.values import Voice


@pytest.mark.parametrize("text", ["a", "One two.", "Déjà vu — again, and again…", "x" * 10_000])
def test_its_length_is_sixty_milliseconds_a_character(text: str) -> None:
    clip = Silent(Voice("silent"), "en-GB").synthesise(text).clip
    assert clip.rate_hz == RATE_HZ
    assert len(clip.samples) == CHAR_SAMPLES * len(text)
    assert clip.duration_ms == pytest.approx(60 * len(text))


def test_its_length_goes_by_the_rate() -> None:
    clip = Silent(Voice("silent", rate=1.25), "en-GB").synthesise("One two.").clip
    assert len(clip.samples) == round(1323 / 1.25) * 8


def test_words_sound_and_all_else_is_silent() -> None:
    samples = Silent(Voice("silent"), "en-GB").synthesise("One two.").clip.samples
    one, space, two, stop = (samples[CHAR_SAMPLES * a : CHAR_SAMPLES * b] for a, b in ((0, 3), (3, 4), (4, 7), (7, 8)))
    assert not space.any()
    assert not stop.any()
    assert list(one) == list(two)
    assert one.max() == pytest.approx(0.1, abs=0.001)
    assert one.mean() == pytest.approx(0, abs=1e-6)
    assert one[0] == 0


def test_its_words_are_where_their_characters_are() -> None:
    words = Silent(Voice("silent"), "en-GB").synthesise("One two.").words
    assert words == (WordTime(0, 0, 3), WordTime(240, 4, 3))


@pytest.mark.parametrize(("name", "hertz"), [("low", 150), ("middle", 200), ("high", 300)])
def test_its_voices_are_pitches(name: str, hertz: int) -> None:
    samples = Silent(Voice("silent", name), "en-GB").synthesise("a" * 50).clip.samples  # three seconds
    rises = ((samples[:-1] < 0) & (samples[1:] >= 0)).sum()
    assert rises == pytest.approx(3 * hertz, abs=1)
