"""A clip that is the speech of its text passes, however short; one that is not is found out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from audiobuild.audio.clip import Clip
from audiobuild.audio.soundness import Limits, find_fault, limits_of, measure
from audiobuild.engines.registry import open_engine
from audiobuild.model.values import Voice
from audiobuild.normalisation.spoken_length import spoken_letters
from audiobuild.takes.synthesis import CALIBRATION
from tests.signals import noise, tone

TEXT = "The boats came home before the storm, and nobody in the harbour said a word."
SHORT = ("A", "Up", "my", "Europe", "W W W", "go up by", "B B C", "T P S.", "See", "1971", "Lo!", "for example, the")


def say(text: str, rate: float = 1.0) -> Clip:
    return open_engine(Voice("espeak", rate=rate), "en-GB").synthesise(text).clip


def limits_at(rate: float) -> Limits:
    return limits_of(spoken_letters(CALIBRATION)[0], [measure(say(CALIBRATION, rate))])


def fault_of(clip: Clip, text: str, limits: Limits | None) -> str:
    return find_fault(clip, spoken_letters(text), limits)


@pytest.fixture(scope="module")
def limits() -> Limits:
    return limits_at(1.0)


@pytest.mark.parametrize("rate", [0.5, 1.0, 2.0])
def test_what_a_voice_says_is_its_speech_at_any_rate_and_length(rate: float) -> None:
    held_to = limits_at(rate)
    sentences = [f"{sentence}." for sentence in CALIBRATION.split(".") if sentence]
    texts = (*SHORT, TEXT, *sentences, " ".join([TEXT] * 20))
    assert {text: fault for text in texts if (fault := fault_of(say(text, rate), text, held_to))} == {}


def silent_behind(clip: Clip, share: float) -> Clip:
    samples = clip.samples.copy()
    samples[round(share * len(samples)) :] = 0
    return Clip(samples, clip.rate_hz)


def cut(clip: Clip, share: float) -> Clip:
    return Clip(clip.samples[: round(share * len(clip.samples))], clip.rate_hz)


def in_a_vowel(clip: Clip) -> Clip:
    """Cut where it is loudest in its last tenth."""
    start = len(clip.samples) * 9 // 10
    power = np.convolve(np.square(clip.samples[start:]), np.ones(200), mode="same")
    return Clip(clip.samples[: start + int(np.argmax(power))], clip.rate_hz)


def broken(clip: Clip, value: float) -> Clip:
    samples = clip.samples.copy()
    samples[1000] = value
    return Clip(samples, clip.rate_hz)


FAULTS: dict[str, tuple[Callable[[Clip], Clip], str]] = {
    "nothing": (lambda clip: Clip.silence(0, clip.rate_hz), "no sound"),
    "silence": (lambda clip: Clip.silence(len(clip.samples), clip.rate_hz), "no sound"),
    "as good as silence": (lambda clip: Clip(clip.samples * np.float32(0.001), clip.rate_hz), "no sound"),
    "half of it empty": (lambda clip: silent_behind(clip, 0.5), "at least"),
    "its first half alone": (lambda clip: cut(clip, 0.5), "at least"),
    "one word of it": (lambda clip: say("The"), "at least"),
    "another text": (lambda clip: say(CALIBRATION), "at most"),
    "the same twice": (lambda clip: Clip.joined([clip, clip]), "at most"),
    "ten seconds of silence behind": (lambda clip: Clip.joined([clip, Clip.silence(220_500, 22_050)]), "silent for"),
    "and before": (lambda clip: Clip.joined([Clip.silence(220_500, 22_050), clip]), "silent for"),
    "cut in mid-word": (in_a_vowel, "broke off"),
    "noise": (lambda clip: Clip(noise(len(clip.samples), 1).samples, clip.rate_hz), "noise"),
    "a tone": (lambda clip: tone(len(clip.samples), rate_hz=clip.rate_hz), "steady"),
    "no number": (lambda clip: broken(clip, float("nan")), "no numbers"),
    "endless": (lambda clip: broken(clip, float("inf")), "no numbers"),
    "whole numbers for parts": (lambda clip: Clip(clip.samples * np.float32(32768), clip.rate_hz), "full scale"),
    "at no rate": (lambda clip: Clip(clip.samples, 22), "samples a second"),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_what_is_not_its_speech_is_found_out(kind: str, limits: Limits) -> None:
    change, told = FAULTS[kind]
    assert told in fault_of(change(say(TEXT)), TEXT, limits)


@pytest.mark.parametrize("kind", ["nothing", "silence", "one word of it", "noise", "no number", "at no rate"])
def test_a_calibration_speech_is_judged_by_what_no_voice_can_be(kind: str) -> None:
    assert fault_of(say(CALIBRATION), CALIBRATION, None) == ""
    assert fault_of(FAULTS[kind][0](say(CALIBRATION)), CALIBRATION, None)


def test_the_speech_of_two_channels_is_judged_as_that_of_one(limits: Limits) -> None:
    clip = say(TEXT)
    assert fault_of(clip.with_channels(2), TEXT, limits) == ""
    assert fault_of(cut(clip, 0.5).with_channels(2), TEXT, limits)


def test_a_voice_that_ends_in_sound_may_do_so(limits: Limits) -> None:
    clip = in_a_vowel(say(TEXT))
    abrupt = limits_of(spoken_letters(CALIBRATION)[0], [measure(in_a_vowel(say(CALIBRATION)))])
    assert fault_of(clip, TEXT, limits)
    assert fault_of(clip, TEXT, abrupt) == ""


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("", 0, 0),
        ("boats", 5, 5),
        ("two boats, three", 13, 15),
        ("W W W", 7.5, 21),
        ("NASA", 4, 20),
        ("1971", 4, 40),
        ("渡轮", 0.5, 24),
        ("паром", 5, 15),
    ],
)
def test_letters_that_may_be_spoken_in_several_ways_have_room(text: str, least: float, most: float) -> None:
    assert spoken_letters(text) == (least, most)
