"""A voice is tried on one sentence, which is normalised and levelled as in an episode."""

from __future__ import annotations

from pathlib import Path

import pytest

from audiobuild.build.audition import _sentences, hold_audition
from audiobuild.engines.registry import load_engine
from audiobuild.errors import EngineError, OutputError
from audiobuild.inspection.finished_file import inspect_episode
from audiobuild.store.artefacts import Store
from tests import other_voices
from tests.building import run_here


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def spoken(voice: str, text: str = "", show: Path | None = None) -> str:
    return hold_audition(voice, text, engine=None, output=Path("a.flac"), show=show, store=Store(Path("store"))).spoken


def test_a_sentence_of_ours_is_spoken_to_a_wav_file(folder: Path) -> None:
    done = run_here(["voices", "try", "en-gb"], folder)
    assert (done.returncode, done.stderr) == (0, "")
    path, _, told = done.stdout.partition(": ")
    assert path == "audiobuild-en-gb.wav"
    assert told.endswith("s, en-gb (espeak), GPL-3.0-or-later\n")
    heard = inspect_episode(folder / path)
    assert told.startswith(f"{heard.facts.duration_ms / 1000:.1f} s")


@pytest.mark.parametrize("name", ["a.wav", "a.mp3", "A.FLAC"])
def test_the_files_ending_chooses_its_format_and_its_level_is_an_episodes(name: str, folder: Path) -> None:
    done = run_here(["voices", "try", "en-gb", "The tide turns at four.", "-o", name], folder)
    assert done.returncode == 0, done.stderr
    heard = inspect_episode(folder / name)
    assert heard.facts.kind == Path(name.lower()).suffix[1:]
    assert heard.profile.loudness_lufs == pytest.approx(-16, abs=1.5)
    assert heard.profile.peak_dbtp <= -1


def test_another_ending_is_refused(folder: Path) -> None:
    with pytest.raises(OutputError, match="which format") as caught:
        hold_audition("en-gb", engine=None, output=Path("a.doc"), show=None, store=Store(Path("store")))
    assert ".wav" in caught.value.hint
    assert not list(folder.iterdir())


def test_text_is_normalised_as_the_voices_own_locale_has_it_or_the_shows(folder: Path) -> None:
    assert spoken("en-gb", "All 340 won £6m") == "All three hundred and forty won six million pounds."
    assert spoken("en-us", "All 340 won £6m") == "All three hundred forty won six million pounds."
    (folder / "show").mkdir()
    (folder / "show" / "show.toml").write_text('language = "en-GB"\n', encoding="utf-8")
    (folder / "show" / "lexicon.tsv").write_text("Quern\tKern\n", encoding="utf-8")
    assert spoken("en-us", "The Quern has 340", folder / "show") == "The Kern has three hundred and forty."


def test_language_without_rules_is_spoken_as_it_is_written_and_has_a_sentence_of_its_own() -> None:
    assert spoken("fr-fr", "A 4 heures.") == "A 4 heures."
    assert "Fähre" in spoken("de")
    assert "ferry" in spoken("eo")


def test_settings_of_the_show_in_the_folder_are_heeded(folder: Path) -> None:
    (folder / "show.toml").write_text("[engines.espeak]\nvolume = 3\n", encoding="utf-8")
    with pytest.raises(EngineError, match="no settings of its own"):
        spoken("en-gb")


def test_an_unknown_voice_names_the_nearest_and_one_that_is_not_here_how_to_get_it(folder: Path) -> None:
    done = run_here(["voices", "try", "herat"], folder)
    assert (done.returncode, "Did you mean heart?" in done.stderr) == (1, True)
    done = run_here(["voices", "try", "emma"], folder)
    assert (done.returncode, "audiobuild voices get emma" in done.stderr) == (1, True)


def test_a_warning_goes_beside_what_is_printed(folder: Path, others: dict[str, str]) -> None:
    done = run_here(["voices", "try", "low", "--engine", "quay"], folder)
    assert done.stderr == f"warning: quay, voice low: {other_voices.WARNING}\n"
    assert done.stdout.splitlines()[1] == f"credit: {other_voices.CREDIT}"


def test_every_sentence_of_ours_is_in_a_language_that_some_engine_speaks() -> None:
    tags = {info.language.partition("-")[0].lower() for info in load_engine("espeak").voices()}
    assert set(_sentences()) - tags <= {"zh"}
