"""The contract that every engine keeps, each with two of its voices; online ones with a service on the loopback."""

from __future__ import annotations

import dataclasses
import functools
import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from audiobuild.engines import Speech, find_words
from audiobuild.engines.registry import engine_names, load_engine, open_engine
from audiobuild.errors import EngineError
from audiobuild.model.pronunciation import Pronunciation
from audiobuild.model.values import Voice
from tests import edge_service
from tests.edge_service import running_edge
from tests.fetched import stand_in_for_kokoro, stand_in_for_piper, stand_in_for_voices
from tests.programs import SPEAKER
from tests.service import Identity, make_identity, running_service, set_environment
from tests.speech_server import speech
from tests.web_server import running_web_server

LOCALE = "en-GB"
SHORT = "At last."
TEXT = "At Núñez’s café it is late; go home."

SAYS = (Pronunciation(3, 7, "ˈnuːnjɛz"), Pronunciation(11, 4, "kəˈfiː"))
"""How two words of the text sound."""

PROGRAM = Voice("command", settings=(("command", SPEAKER), ("voices", ("low", "high"))))

VOICES = {
    "command": (PROGRAM, dataclasses.replace(PROGRAM, name="high"), dataclasses.replace(PROGRAM, rate=1.5)),
    "edge": (Voice("edge"), Voice("edge", "en-US-AvaNeural"), Voice("edge", rate=1.5)),
    "espeak": (Voice("espeak"), Voice("espeak", "en-us"), Voice("espeak", rate=1.5)),
    "gtts": (Voice("gtts"), Voice("gtts", "com"), Voice("gtts", rate=0.5)),
    "hibari": (Voice("hibari"), Voice("hibari", "emma"), Voice("hibari", rate=1.5)),
    "kokoro": (Voice("kokoro", rate=2.0), Voice("kokoro", "af_heart"), Voice("kokoro", rate=1.5)),  # it takes long
    "openai": (Voice("openai"), Voice("openai", "nova"), Voice("openai", rate=1.5)),
    "piper": (Voice("piper"), Voice("piper", "en_US-joe-medium"), Voice("piper", rate=1.5)),
    "silent": (Voice("silent"), Voice("silent", "high"), Voice("silent", rate=1.5)),
}
"""The engine's default voice, another one, and another speed of the default."""

SERVICES: dict[str, Callable[[Identity], AbstractContextManager[tuple[object, str]]]] = {
    "edge": running_edge,
    "gtts": running_service,
}
"""What stands in for the service of an engine on the network; gives it and the address of its proxy."""

HOSTS = ["translate.google.co.uk", "translate.google.com", edge_service.HOST]


@pytest.fixture(scope="module", autouse=True)
def fetched(tmp_path_factory: pytest.TempPathFactory, kept_kokoro: Path) -> Iterator[None]:
    """A cache in which the voices lie that would have to be fetched: all with the sound of the one that comes along."""
    cache = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        stand_in_for_voices(load_engine("hibari"))
        stand_in_for_kokoro(kept_kokoro)
        stand_in_for_piper()
        yield


@pytest.fixture(params=sorted(VOICES))
def voice(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Voice]:
    """The default voice of each engine in turn, with all that it needs to speak."""
    default, _, _ = VOICES[request.param]
    if not load_engine(request.param).abilities.connections:
        yield default
        return
    if request.param == "openai":
        set_environment(monkeypatch)
        with running_web_server(speech) as server:
            own = (("base_url", server.address), ("word_times", True))
            yield dataclasses.replace(default, settings=own)
        return
    identity = make_identity(tmp_path_factory.mktemp("identity"), HOSTS)
    with SERVICES[request.param](identity) as (_, proxy):
        set_environment(monkeypatch, HTTPS_PROXY=proxy, SSL_CERT_FILE=str(identity.authority))
        yield default


def another(engine: str, name: str = "", **settings: float) -> Voice:
    """A voice of the engine, with whatever else it needs."""
    default, _, _ = VOICES[engine]
    return dataclasses.replace(default, name=name, **settings)  # type: ignore[arg-type]  # rate and pitch alone


def say(voice: Voice, text: str = TEXT, pronunciations: tuple[Pronunciation, ...] = ()) -> Speech:
    return open_engine(voice, LOCALE).synthesise(text, pronunciations)


heard = functools.cache(say)
"""The same, but once for all tests that have nothing against it."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[ProcessPoolExecutor]:
    """Another process, which is not born of this one."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool


def say_pickled(voice: bytes, environment: dict[str, str]) -> tuple[bytes, str]:
    """What another process does: the voice arrives as bytes, the samples and the fingerprint go back."""
    os.environ.clear()
    os.environ.update(environment)
    engine = open_engine(pickle.loads(voice), LOCALE)
    return engine.synthesise(TEXT, SAYS).clip.to_pcm16(), engine.fingerprint


def test_the_contract_is_run_by_every_engine_of_ours() -> None:
    assert set(VOICES) <= set(engine_names())
    assert set(VOICES) == {name for name in engine_names() if load_engine(name).__module__.startswith("audiobuild.")}


def test_it_is_found_by_its_own_name(voice: Voice) -> None:
    engine = load_engine(voice.engine)
    assert engine.name == voice.engine
    assert engine.abilities.max_chars >= len(TEXT)


def test_it_gives_mono_float_samples_in_range(voice: Voice) -> None:
    clip = heard(voice).clip
    assert clip.samples.ndim == 1
    assert clip.samples.dtype == "float32"
    assert clip.rate_hz > 0
    assert 0.01 < abs(clip.samples).max() <= 1


def test_a_longer_text_sounds_longer(voice: Voice) -> None:
    assert heard(voice, SHORT).clip.duration_ms > 200
    assert heard(voice).clip.duration_ms > 2 * heard(voice, SHORT).clip.duration_ms


def test_the_same_text_gives_the_same_samples(voice: Voice) -> None:
    first, engine = heard(voice), open_engine(voice, LOCALE)
    engine.synthesise(SHORT)
    again = engine.synthesise(TEXT)
    assert again.clip.to_pcm16() == first.clip.to_pcm16()
    assert again.words == first.words


def test_a_pickled_voice_speaks_the_same_in_another_process(voice: Voice, elsewhere: ProcessPoolExecutor) -> None:
    ours = heard(voice, TEXT, SAYS).clip.to_pcm16(), open_engine(voice, LOCALE).fingerprint
    assert elsewhere.submit(say_pickled, pickle.dumps(voice), dict(os.environ)).result() == ours


@pytest.mark.parametrize("name", sorted(VOICES))
def test_the_fingerprint_differs_by_voice_and_by_rate_and_is_steady(name: str) -> None:
    fingerprints = [open_engine(voice, LOCALE).fingerprint for voice in VOICES[name]]
    assert len(set(fingerprints)) == 3
    assert all(fingerprint.startswith(name) for fingerprint in fingerprints)
    assert fingerprints == [open_engine(voice, LOCALE).fingerprint for voice in VOICES[name]]


@pytest.mark.parametrize("name", sorted(VOICES))
def test_the_default_voice_follows_the_locale_where_there_is_a_choice(name: str) -> None:
    british, american = (open_engine(another(name), locale).fingerprint for locale in ("en-GB", "en-US"))
    assert (british != american) == (name not in ("openai", "silent"))


def test_its_words_are_those_of_the_text_in_order_and_inside_the_clip(voice: Voice) -> None:
    speech = heard(voice)
    if not open_engine(voice, LOCALE).abilities.tells_words:
        assert speech.words == ()
        return
    assert [(word.offset, word.length) for word in speech.words] == find_words(TEXT)
    starts = [word.start_ms for word in speech.words]
    assert starts == sorted(set(starts))
    assert 0 <= starts[0] < 500
    assert starts[-1] < speech.clip.duration_ms


def test_pronunciations_are_heard_from_a_phonetic_engine_and_make_no_difference_to_another(voice: Voice) -> None:
    plain, said = heard(voice), heard(voice, TEXT, SAYS)
    same = said.clip.to_pcm16() == plain.clip.to_pcm16()
    assert same != load_engine(voice.engine).abilities.phonetic
    assert [(word.offset, word.length) for word in said.words] == [(word.offset, word.length) for word in plain.words]


def test_a_symbol_that_a_phonetic_engine_has_no_sound_for_is_an_error(voice: Voice) -> None:
    clicks = (Pronunciation(3, 7, "ˈʘu"),)
    if not load_engine(voice.engine).abilities.phonetic:
        assert say(voice, TEXT, clicks).clip.duration_ms > 0
        return
    with pytest.raises(EngineError, match=r"'ʘ' .* 'Núñez’s'"):
        say(voice, TEXT, clicks)


@pytest.mark.parametrize("text", ["", " ", "...", "—", "!?"])
def test_a_text_without_a_word_is_an_error_not_an_empty_clip(voice: Voice, text: str) -> None:
    with pytest.raises(EngineError, match="nothing to say"):
        say(voice, text)


def test_a_text_longer_than_it_takes_is_refused(voice: Voice) -> None:
    engine = open_engine(voice, LOCALE)
    with pytest.raises(ValueError, match=str(engine.abilities.max_chars)):
        engine.synthesise("word " * (engine.abilities.max_chars // 5 + 1))


@pytest.mark.parametrize("name", sorted(VOICES))
def test_an_unknown_voice_is_an_error_that_names_the_nearest(name: str) -> None:
    _, other, _ = VOICES[name]
    with pytest.raises(EngineError, match="there is no voice") as caught:
        _ = open_engine(another(name, f"{other.name}x"), LOCALE).fingerprint
    assert f"Did you mean {other.name}?" in caught.value.hint


@pytest.mark.parametrize("name", sorted(VOICES))
@pytest.mark.parametrize("rate", [0.0, -1.0, 100.0])
def test_an_impossible_rate_is_an_error(name: str, rate: float) -> None:
    with pytest.raises(EngineError, match="rate"):
        _ = open_engine(another(name, rate=rate), LOCALE).fingerprint


@pytest.mark.parametrize("name", sorted(VOICES))
def test_a_pitch_that_it_has_not_is_an_error(name: str) -> None:
    pitches = [60.0, -60.0] if name == "espeak" else [0.5, -3.0]
    for semitones in pitches:
        with pytest.raises(EngineError, match="pitch"):
            _ = open_engine(another(name, pitch_semitones=semitones), LOCALE).fingerprint


@pytest.mark.parametrize("name", sorted(VOICES))
def test_every_voice_it_lists_can_be_chosen(name: str) -> None:
    engine = load_engine(name)
    opened = [open_engine(another(name, info.name), LOCALE) for info in engine.voices()]
    assert len({each.fingerprint for each in opened}) == len(opened) > 0
    assert all(each.info.language for each in opened)
    assert [each.info for each in opened] == list(engine.voices()) or engine.settings is not None


@pytest.mark.parametrize("name", sorted(VOICES))
def test_its_name_leads_to_every_voice_it_lists_and_to_no_other(name: str) -> None:
    engine = load_engine(name)
    assert all(engine.has_voice(info.name) for info in engine.voices()) or engine.settings is not None
    assert not engine.has_voice("nobody-at-all")


@pytest.mark.parametrize("name", sorted(VOICES))
def test_its_fingerprint_holds_no_path(name: str) -> None:
    for voice in VOICES[name]:
        fingerprint = open_engine(voice, LOCALE).fingerprint
        assert str(Path.home()) not in fingerprint
        assert "/" not in fingerprint or "://" in fingerprint
