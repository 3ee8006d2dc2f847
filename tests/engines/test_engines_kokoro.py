"""Kokoro's voices and mixtures of them; its real network in 8 bits, with the five styles that there are."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from audiobuild.engines import Engine
from audiobuild.engines.kokoro import MODEL, STYLES, Kokoro
from audiobuild.engines.neural.kokoro_network import KokoroNetwork
from audiobuild.engines.registry import find_engine, open_engine
from audiobuild.errors import ConfigError, EngineError
from audiobuild.model.values import Voice
from tests.fetched import stand_in_for_kokoro

FAST = 2.0


@pytest.fixture(scope="module", autouse=True)
def fetched(tmp_path_factory: pytest.TempPathFactory, kept_kokoro: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        stand_in_for_kokoro(kept_kokoro)
        yield


def kokoro(name: str = "", locale: str = "en-GB", **settings: str) -> Engine:
    return open_engine(Voice("kokoro", name, FAST, settings=tuple(settings.items())), locale)


@pytest.mark.parametrize("name", ["af_heart", "af_heart+bf_emma", "af_heart:60+bf_emma:40", "bm_lewis:1.5 + am_puck"])
def test_a_voice_and_any_mixture_of_voices_is_its_own(name: str) -> None:
    assert Kokoro.has_voice(name)
    assert find_engine(name, "en-GB") == "kokoro"


@pytest.mark.parametrize(
    "name", ["", "heart", "af_heart+", "af_heart:0", "af_heart:-1+bf_emma", "af_heart:60+bf_emmy:40"]
)
def test_what_is_no_mixture_of_its_voices_is_not(name: str) -> None:
    assert not Kokoro.has_voice(name)


def test_only_the_proportion_of_the_shares_counts() -> None:
    assert kokoro("af_heart:60+bf_emma:40").fingerprint == kokoro("af_heart:3+bf_emma:2").fingerprint
    assert kokoro("af_heart+bf_emma").fingerprint != kokoro("af_heart:3+bf_emma:2").fingerprint


def test_a_mixture_is_the_mean_of_its_styles(kept_kokoro: Path) -> None:
    network = KokoroNetwork(kept_kokoro / MODEL.path, kept_kokoro / STYLES.path)
    alone = [network.style([(name, 1.0)]) for name in ("af_heart", "af_bella")]
    mixed = network.style([("af_heart", 0.75), ("af_bella", 0.25)])
    assert np.allclose(mixed, 0.75 * alone[0] + 0.25 * alone[1], atol=1e-6)
    assert not np.allclose(mixed, alone[0], atol=1e-3)


def test_a_mixture_speaks_with_the_sounds_of_its_greatest_part() -> None:
    assert kokoro("af_heart:60+bf_emma:40").info.language == "en-US"
    assert kokoro("af_heart:40+bf_emma:60").info.language == "en-GB"
    said = kokoro("af_heart:40+af_bella:60").synthesise("At last.")
    assert said.clip.to_pcm16() != kokoro("af_heart").synthesise("At last.").clip.to_pcm16()


def test_a_part_that_is_no_voice_is_named_with_the_nearest() -> None:
    with pytest.raises(EngineError, match="there is no voice 'bf_emmy'") as caught:
        _ = kokoro("af_heart:60+bf_emmy:40").fingerprint
    assert "Did you mean bf_emma?" in caught.value.hint


def test_every_file_that_is_fetched_has_an_address_a_size_and_a_checksum() -> None:
    for download in (MODEL, STYLES):
        assert download.url.startswith("https://")
        assert download.url.endswith(f"/{download.path}")
        assert len(bytes.fromhex(download.sha256)) == 32
        assert download.size_bytes > 1_000_000


def test_without_its_files_it_says_how_to_fetch_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert not kokoro("bm_george").info.is_here
    with pytest.raises(EngineError, match="'bm_george' is not here yet") as caught:
        _ = kokoro("bm_george").fingerprint
    assert "audiobuild voices get bm_george" in caught.value.hint


def test_without_its_package_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "kokoro_onnx", None)
    assert "pip install 'audiobuild[kokoro]'" in Kokoro.missing()
    with pytest.raises(EngineError, match="kokoro-onnx") as caught:
        _ = kokoro().fingerprint
    assert "pip install 'audiobuild[kokoro]'" in caught.value.hint
    monkeypatch.setattr(sys, "version_info", (3, 14, 0))
    assert "Python 3.13 or older" in Kokoro.missing()


def test_files_of_ones_own_need_not_be_fetched(
    kept_kokoro: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    own = {"model_file": str(kept_kokoro / MODEL.path), "voices_file": str(kept_kokoro / STYLES.path)}
    assert kokoro("bm_george", **own).info.downloads == ()
    assert str(tmp_path) not in kokoro("bm_george", **own).fingerprint


def test_a_file_of_ones_own_that_is_not_there_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "other.onnx"
    with pytest.raises(EngineError) as caught:
        _ = kokoro(model_file=str(missing)).fingerprint
    assert caught.value.where == str(missing)


def test_files_that_are_not_what_they_should_be_are_errors(kept_kokoro: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    for content in (b"", b"PK\x03\x04 and no more", (kept_kokoro / STYLES.path).read_bytes()[:100_000]):
        damaged.write_bytes(content)
        with pytest.raises(EngineError):
            kokoro(voices_file=str(damaged)).synthesise("At last.")
        with pytest.raises(EngineError):
            kokoro(model_file=str(damaged)).synthesise("At last.")


def test_an_unknown_setting_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"engines\.kokoro\.model_fil") as caught:
        kokoro(model_fil="x")
    assert "model_file" in caught.value.hint


def test_another_language_is_spoken_with_its_own_sounds_and_word_times() -> None:
    engine = kokoro(locale="fr-FR")
    assert not engine.abilities.phonetic
    speech = engine.synthesise("Bon, oui. Allons !")
    assert [word.offset for word in speech.words] == [0, 5, 10]
    english = kokoro("ff_siwis").synthesise("Bon, oui. Allons !")
    assert speech.clip.to_pcm16() != english.clip.to_pcm16()


@pytest.mark.parametrize("locale", ["de-DE", "ja-JP", "zh-CN"])
def test_a_language_that_it_has_no_phonemes_for_is_an_error(locale: str) -> None:
    with pytest.raises(EngineError, match=f"no phonemes for the language of {locale!r}"):
        _ = kokoro("af_heart", locale).fingerprint


def test_words_that_it_has_no_sound_for_are_an_error() -> None:
    with pytest.raises(EngineError, match="no sound"):
        kokoro().synthesise("Привет, мир.")


def test_a_pause_parts_its_sentences_and_words_start_with_their_sound() -> None:
    speech = kokoro("af_heart").synthesise("Go. Go.")
    first, second = speech.words
    rate_hz = speech.clip.rate_hz
    levels = np.abs(speech.clip.samples)
    onset = second.start_ms * rate_hz // 1000
    assert first.start_ms == 0
    assert levels[onset - rate_hz // 10 : onset - rate_hz // 50].max() < 0.01
    assert levels[onset : onset + rate_hz // 5].max() > 0.05


def test_what_is_known_of_it_says_language_gender_and_licence() -> None:
    voices = Kokoro.voices()
    assert len(voices) == 54
    assert {info.licence for info in voices} == {"Apache-2.0"}
    assert {info.language[:2] for info in voices} == {"en", "es", "fr", "hi", "it", "ja", "pt", "zh"}
    assert voices[0] == dataclasses.replace(voices[0], name="af_heart", language="en-US")


def test_the_slower_the_speech_the_sooner_a_long_sentence_is_cut() -> None:
    text = "The keeper of the old lighthouse, who had seen many storms, waited for the boat, and for the post."
    said = {rate: list(Kokoro(Voice("kokoro", rate=rate), "en-GB")._english(text, ())) for rate in (2.0, 1.0, 0.61)}
    assert [len(each) for each in said.values()] == [1, 1, 2]
    assert said[0.61][0][0].endswith(",")
