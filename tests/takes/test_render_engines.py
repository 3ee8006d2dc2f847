"""An engine is measured once, is given no more than it takes, and is an error where it fails, never a gap."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode
from audiobuild.engines import Abilities, Engine, Speech, VoiceInfo, find_words
from audiobuild.errors import EngineError, UnsoundSpeech
from audiobuild.model.pronunciation import Pronunciation
from audiobuild.model.speech_marks import WordTime
from audiobuild.model.values import SAMPLE_RATE_HZ, Voice
from audiobuild.store.artefacts import Store
from audiobuild.takes import synthesis
from audiobuild.takes.render import calibrate, fetch, render
from audiobuild.takes.stored_takes import read_take
from tests.jobs import LOSSLESS, job, segment
from tests.signals import bursts, loudness_of, tone


class Fake:
    """An engine of the tests: a tone of 60 ms a character, with its words."""

    name = "fake"
    abilities = Abilities(max_chars=10_000)
    settings = None
    fingerprint = "fake 1"
    info = VoiceInfo("fake", "en-GB")

    def __init__(self, voice: Voice, locale: str) -> None:
        pass

    def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
        words = tuple(WordTime(60 * start, start, length) for start, length in find_words(text))
        return Speech(tone(len(text) * 2646), words)

    @classmethod
    def voices(cls) -> Sequence[VoiceInfo]:
        return [cls.info]

    @classmethod
    def has_voice(cls, name: str) -> bool:
        return name == cls.info.name

    @classmethod
    def missing(cls) -> str:
        return ""


CALIBRATION = synthesis.CALIBRATION.partition(". ")[0] + "."


@pytest.fixture(autouse=True)
def short_calibration(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tone is the same for a sentence as for a paragraph of it."""
    for module in ("synthesis", "render"):
        monkeypatch.setattr(f"audiobuild.takes.{module}.CALIBRATION", CALIBRATION)


def speak_with(monkeypatch: pytest.MonkeyPatch, engine: type[Fake]) -> None:
    def opened(voice: Voice, locale: str) -> Engine:
        return engine(voice, locale)

    monkeypatch.setattr("audiobuild.takes.render.open_engine", opened)


def speak_and_note(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Have an engine speak that notes in this list what it was given."""
    spoken: list[str] = []

    class Noting(Fake):
        def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
            spoken.append(text)
            return super().synthesise(text)

    speak_with(monkeypatch, Noting)
    return spoken


# --- the voice's gain ----------------------------------------------------------------------------


def test_a_voice_has_one_gain_however_loud_its_sentences_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the engine says softly stays soft."""

    class Fading(Fake):
        def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
            level = 0.02 if "softly" in text else 0.2
            return Speech(bursts(0.06 * len(text), seed=1, level=level))

    speak_with(monkeypatch, Fading)
    texts = ("It rained, she said, on all the boats.", "It rained, she said softly, on all the boats.")
    loud, soft = (render(job(segment(text), tmp_path, text)) for text in texts)
    difference = loudness_of(loud) - loudness_of(soft)
    assert difference == pytest.approx(20, abs=1)


def test_a_voice_is_measured_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken = speak_and_note(monkeypatch)
    one = job(segment("Four boats."), tmp_path)
    calibrate(one)
    assert len(spoken) == 1
    calibrate(one)
    render(one)
    render(job(segment("Five boats."), tmp_path, "another"))
    assert spoken[1:] == ["Four boats.", "Five boats."]


# --- engines that fail ------------------------------------------------------------------------------


SHORT_SOUNDS = {
    "empty": Clip.silence(0, 22_050),
    "silent": Clip.silence(80_000, 22_050),
    "far too short": tone(2000),
    "a click in silence": Clip.joined([Clip.silence(40_000, SAMPLE_RATE_HZ), tone(40), Clip.silence(40_000, 44_100)]),
}


@pytest.mark.parametrize("kind", SHORT_SOUNDS)
def test_a_sound_too_short_for_its_text_is_an_error_that_quotes_it(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(Fake):
        def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
            return Speech(SHORT_SOUNDS[kind]) if text.startswith("Nineteen") else super().synthesise(text)

    speak_with(monkeypatch, Failing)
    one = job(segment("Nineteen boats lay in the harbour that night."), tmp_path)
    with pytest.raises(UnsoundSpeech, match=r"fake gave .*'Nineteen boats lay in the harbour") as caught:
        render(one)
    assert caught.value.where == "article.md:7"
    assert caught.value.hint
    assert read_take(Store(tmp_path), one.key) is None


def test_a_voice_that_cannot_even_be_measured_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Mute(Fake):
        def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
            return Speech(Clip.silence(0, 22_050))

    speak_with(monkeypatch, Mute)
    with pytest.raises(EngineError):
        calibrate(job(segment("one"), tmp_path))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("text", ["", " ", "…", "—?!"])
def test_a_text_without_a_word_is_an_error(text: str, tmp_path: Path) -> None:
    with pytest.raises(EngineError):
        render(job(segment(text), tmp_path))


# --- long texts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["One two. Three four five. Six.", "One  two.\nThree four five.  Six.", "One two six ten four five nine."]
)
@pytest.mark.parametrize("max_chars", [8, 12, 20, 10_000])
def test_a_text_longer_than_the_engine_takes_is_said_in_pieces(
    text: str, max_chars: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of its words are said, and each has its place in the whole text, and its time in the whole sound."""
    spoken: list[str] = []

    class Breathless(Fake):
        def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
            assert len(text) <= max_chars
            spoken.append(text)
            return super().synthesise(text)

    Breathless.abilities = Abilities(max_chars)
    speak_with(monkeypatch, Breathless)
    one = job(segment(text), tmp_path, encoding=LOSSLESS)
    calibrate(one)
    spoken.clear()
    take = render(one)
    assert " ".join(spoken).split() == text.split()
    assert [(word.offset, word.length) for word in take.words] == find_words(text)
    times = [word.start_ms for word in take.words]
    assert times == sorted(set(times))
    assert times[-1] < 60 * sum(map(len, spoken)) + 350 * len(spoken)


@pytest.mark.parametrize(("stop", "pause_ms"), [(".", 350), (",", 150), (";", 250), ("", 0)])
def test_between_the_pieces_of_a_text_there_is_a_pause_by_the_stop(
    stop: str, pause_ms: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Breathless(Fake):
        abilities = Abilities(max_chars=12)

    speak_with(monkeypatch, Breathless)
    first, second = f"harbour one{stop}", "harbour two"
    together = render(job(segment(f"{first} {second}"), tmp_path)).words
    margins_ms = 40
    sounding_ms = 60 * len("harbour one")
    assert together[2].start_ms - together[0].start_ms == pytest.approx(sounding_ms + pause_ms + margins_ms, abs=80)


# --- clips that are not as they should be -----------------------------------------------------------

BOATS = "Nineteen boats lay in the harbour that night."


def unsteady(faults: int, spoken: list[str], *, repeatable: bool) -> type[Fake]:
    """An engine that gives half of a text so many times before it gives the whole of it."""

    class Unsteady(Fake):
        abilities = Abilities(max_chars=10_000, repeatable=repeatable)

        def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
            spoken.append(text)
            return super().synthesise(
                text[: len(text) // 2] if text == BOATS and spoken.count(text) <= faults else text
            )

    return Unsteady


@pytest.mark.parametrize("faults", [0, 1, 2])
def test_an_engine_that_gives_another_sound_each_time_is_asked_again(
    faults: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str] = []
    speak_with(monkeypatch, unsteady(faults, spoken, repeatable=False))
    take = render(job(segment(BOATS), tmp_path))
    assert spoken == [CALIBRATION, *[BOATS] * (faults + 1)]
    assert [(word.offset, word.length) for word in take.words] == find_words(BOATS)


@pytest.mark.parametrize(("repeatable", "times"), [(False, 3), (True, 1)])
def test_after_three_times_or_one_the_segment_is_named_and_nothing_is_kept(
    repeatable: bool, times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str] = []
    speak_with(monkeypatch, unsteady(9, spoken, repeatable=repeatable))
    one = job(segment(BOATS), tmp_path)
    for total in (times, 2 * times):
        with pytest.raises(
            UnsoundSpeech, match=r"^article.md:7: fake gave 1320 ms of speech, where at least"
        ) as caught:
            render(one)
        assert f"'{BOATS[:40]}…'" in caught.value.message
        assert caught.value.message.endswith(", 3 times") == (times == 3)
        assert spoken.count(BOATS) == total
    assert read_take(Store(tmp_path), one.key) is None


def test_an_error_of_the_engines_own_is_not_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken: list[str] = []

    class Failing(Fake):
        abilities = Abilities(max_chars=10_000, repeatable=False)

        def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
            spoken.append(text)
            raise EngineError("the service is closed", "fake")

    speak_with(monkeypatch, Failing)
    with pytest.raises(EngineError, match="closed"):
        render(job(segment(BOATS), tmp_path))
    assert len(spoken) == 1


def test_a_sound_that_cannot_be_read_is_asked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken: list[str] = []

    class Garbled(Fake):
        abilities = Abilities(max_chars=10_000, repeatable=False)

        def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
            spoken.append(text)
            return super().synthesise(text) if spoken.count(text) > 1 else Speech(decode(b"no sound", "fake"))

    speak_with(monkeypatch, Garbled)
    render(job(segment(BOATS), tmp_path))
    assert spoken == [CALIBRATION, CALIBRATION, BOATS, BOATS]


def test_no_verdict_hangs_on_what_was_spoken_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A voice is held to its calibration speech, which comes first, whatever is asked for."""
    texts = [BOATS, "Four.", "A bell rang twice, then all was still but for the rain on the roofs."]
    spoken = speak_and_note(monkeypatch)
    for name, order in (("one", texts), ("other", texts[::-1])):
        for text in order:
            fetch(job(segment(text), tmp_path / name, text))
        calibrate(job(segment("Four."), tmp_path / name))
        assert spoken == [CALIBRATION, *order]
        spoken.clear()
    kept = [
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name / "limits").rglob("*/*")}
        for name in ("one", "other")
    ]
    assert kept[0] == kept[1]
    assert len(kept[0]) == 1
