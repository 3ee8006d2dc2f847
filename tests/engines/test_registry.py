"""Engines are found by name, by voice and by language, and refuse what they cannot do, naming who can."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from audiobuild.engines import read_settings
from audiobuild.engines.registry import (
    DEFAULT,
    default_engine,
    engine_names,
    find_engine,
    load_engine,
    open_engine,
    ranked_engines,
)
from audiobuild.errors import ConfigError, EngineError
from audiobuild.model.values import Voice
from tests.building import run_here, write_edition


@pytest.mark.parametrize(
    ("voice", "engine"),
    [
        ("heart", "hibari"),
        ("emma", "hibari"),
        ("en-gb-scotland", "espeak"),
        ("en-us+f3", "espeak"),
        ("EN-GB", "espeak"),
        ("low", "silent"),
        ("co.uk", "gtts"),
    ],
)
def test_a_voice_finds_its_engine(voice: str, engine: str) -> None:
    assert find_engine(voice, "en-GB") == engine


def test_a_voice_that_nobody_has_names_the_nearest() -> None:
    with pytest.raises(EngineError, match="no engine has a voice 'herat'") as caught:
        find_engine("herat", "en-GB")
    assert caught.value.hint.startswith("Did you mean heart?")


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
def test_the_default_engine_is_asked_first_and_those_on_the_network_last(locale: str) -> None:
    engines = ranked_engines(locale)
    assert sorted(engine.name for engine in engines) == list(engine_names())
    assert engines[0].name == default_engine(locale)
    online = [engine.abilities.connections > 0 for engine in engines[1:]]
    assert online == sorted(online)


def test_languages_without_a_default_of_their_own_are_espeaks() -> None:
    assert default_engine("cy") == default_engine("de-DE") == DEFAULT == "espeak"
    assert default_engine("en-GB") == default_engine("EN-us")


@pytest.mark.parametrize("engine", ["espeak", "hibari", "silent"])
def test_rates_are_taken_up_to_the_bounds_and_not_beyond(engine: str) -> None:
    slowest, fastest = load_engine(engine).abilities.rates
    for rate in (slowest, 1.0, fastest):
        assert open_engine(Voice(engine, rate=rate), "en-GB").name == engine
    for rate in (slowest - 0.01, fastest + 0.01):
        with pytest.raises(EngineError, match="cannot speak at the rate") as caught:
            open_engine(Voice(engine, rate=rate), "en-GB")
        assert f"from {slowest:g} to {fastest:g}" in caught.value.hint


def test_a_pitch_beyond_the_bounds_tells_them() -> None:
    assert open_engine(Voice("espeak", pitch_semitones=9.0), "en-GB").name == "espeak"
    with pytest.raises(EngineError, match=r"cannot change the pitch by 9\.5 semitones") as caught:
        open_engine(Voice("espeak", pitch_semitones=9.5), "en-GB")
    assert "from -9 to 9" in caught.value.hint


def test_a_pitch_of_a_voice_that_has_one_alone_names_the_engines_that_have_others() -> None:
    with pytest.raises(EngineError, match="cannot change the pitch by 2 semitones") as caught:
        open_engine(Voice("hibari", pitch_semitones=2.0), "en-GB")
    able = [name for name in engine_names() if any(load_engine(name).abilities.pitches_semitones)]
    assert caught.value.hint == f"Leave the pitch at 0, or choose an engine that can: {', '.join(able)}."
    assert "espeak" in able
    assert "hibari" not in able


# --- settings of an engine's own ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Settings:
    """What an engine might be told."""

    address: str = "here"
    words: tuple[str, ...] = ()
    limit_s: float = 1.5


def told(*pairs: tuple[str, object]) -> Voice:
    return Voice("quay", settings=pairs)


def test_settings_are_laid_over_their_defaults() -> None:
    assert read_settings(told(), Settings()) == Settings()
    given = read_settings(told(("words", ("a", "b")), ("limit_s", 2)), Settings())
    assert given == Settings(words=("a", "b"), limit_s=2)


def test_a_setting_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match=r"there is no setting engines\.quay\.adress") as caught:
        read_settings(told(("adress", "there")), Settings())
    assert "address?" in caught.value.hint


@pytest.mark.parametrize("pair", [("address", 7), ("words", "a"), ("limit_s", "long")])
def test_a_setting_of_another_kind_is_refused(pair: tuple[str, object]) -> None:
    with pytest.raises(ConfigError, match=rf"engines\.quay\.{pair[0]}"):
        read_settings(told(pair), Settings())


def test_a_table_of_an_engine_that_has_no_settings_is_refused(tmp_path: Path) -> None:
    show = '[voices.narrator]\nengine = "espeak"\n[engines.espeak]\nvolume = 3\n'
    write_edition(tmp_path / "issue", show=show)
    done = run_here(["build", "issue", "--store", "store", "--dry-run"], tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "error: [engines.espeak]: it has no settings of its own",
        "Take the table away.",
    ]
