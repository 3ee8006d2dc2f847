"""A dry run says what would be made, and why, and makes nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from audiobuild.store.artefacts import Store
from tests.building import FERRY, SHOW, run_here, spoken_by, write_edition


def foreseen(folder: Path, *options: str) -> list[dict[str, Any]]:
    done = run_here(["build", "issue", "--store", "store", "--dry-run", "--json", *options], folder)
    assert done.returncode == 0, done.stderr
    needs: list[dict[str, Any]] = json.loads(done.stdout)
    return needs


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    write_edition(folder / "issue")
    assert run_here(["build", "issue", "--store", "store"], folder).returncode == 0
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "copy")
    return tmp_path / "copy"


def test_before_the_first_build_all_of_it_is_to_be_spoken(tmp_path: Path) -> None:
    write_edition(tmp_path / "issue")
    needs = foreseen(tmp_path)
    assert {need["reason"] for need in needs} == {"never built before"}
    assert sum(need["characters"] for need in needs) > 500
    assert not (tmp_path / "output").exists()
    assert not (tmp_path / "store").exists()


def test_after_a_build_nothing_is_to_be_made(folder: Path) -> None:
    assert foreseen(folder) == []


def test_a_changed_paragraph_is_the_one_thing_to_be_spoken(folder: Path) -> None:
    write_edition(folder / "issue", ferry=FERRY.replace("wept.", "laughed."))
    (need,) = foreseen(folder)
    assert (need["work"], need["reason"]) == ("speak", "its text is new")
    assert need["source"] == "issue/1-harbours/ferry.md:8"
    assert need["characters"] == len(need["text"])


def test_an_entry_of_the_lexicon_changes_the_paragraphs_that_hold_its_word(folder: Path) -> None:
    (folder / "issue" / "lexicon.tsv").write_text("Tolland\tTolund\n", encoding="utf-8")
    (need,) = foreseen(folder)
    assert need["source"] == "issue/1-harbours/ferry.md:8"
    assert need["reason"] == "it is read otherwise"
    assert need["readings"] == [{"written": "Tolland", "before": "Tolland", "now": "Tolund", "rule": "lexicon"}]
    done = run_here(["build", "issue", "--store", "store", "--dry-run"], folder)
    assert "\tit is read otherwise: lexicon\t" in done.stdout
    assert "read otherwise: 1 lexicon\n" in done.stdout


def test_a_reading_that_no_rule_gives_any_more_is_told_as_written(tmp_path: Path) -> None:
    lexicon = tmp_path / "issue" / "lexicon.tsv"
    write_edition(tmp_path / "issue")
    lexicon.write_text("Tolland\tTolund\n", encoding="utf-8")
    assert run_here(["build", "issue", "--store", "store"], tmp_path).returncode == 0
    lexicon.unlink()
    (need,) = foreseen(tmp_path)
    assert need["readings"] == [{"written": "Tolland", "before": "Tolund", "now": "Tolland", "rule": ""}]


def test_a_record_of_a_former_version_tells_of_new_texts_alone(folder: Path) -> None:
    (path,) = (each for each in (folder / "store" / "records").rglob("*") if each.is_file())
    store, key = Store(folder / "store"), f"records/{path.parent.name}{path.name}"
    kept = json.loads(store.get(key) or b"")
    store.put(key, json.dumps(kept["marks"]).encode())
    assert foreseen(folder) == []
    (folder / "issue" / "lexicon.tsv").write_text("Tolland\tTolund\n", encoding="utf-8")
    assert [(need["reason"], need["readings"]) for need in foreseen(folder)] == [("its text is new", [])]


@pytest.mark.parametrize(("engine", "spoken"), [("espeak", ["issue/1-harbours/ferry.md:8"]), ("silent", [])])
def test_another_ipa_is_spoken_anew_by_an_engine_that_knows_sounds(
    engine: str, spoken: list[str], tmp_path: Path
) -> None:
    write_edition(tmp_path / "issue", show=spoken_by(engine))
    lexicon = tmp_path / "issue" / "lexicon.tsv"
    for ipa in ("ˈtɒlənd", "ˈtəʊlənd"):
        lexicon.write_text(f"Tolland\t\t{ipa}\n", encoding="utf-8")
        if ipa == "ˈtɒlənd":
            assert run_here(["build", "issue", "--store", "store"], tmp_path).returncode == 0
    needs = foreseen(tmp_path)
    assert [need["source"] for need in needs] == spoken
    assert {(need["work"], need["reason"]) for need in needs} <= {("speak", "it is read otherwise")}
    assert {each["rule"] for need in needs for each in need["readings"]} <= {"name.lexicon"}


@pytest.mark.parametrize(
    ("options", "work", "reason"),
    [
        (["--rate", "1.5"], "speak", "its voice or engine has changed"),
        (["--loudness", "broadcast"], "encode", "level, encoding or sting have changed"),
        (["--bit-rate", "128"], "encode", "level, encoding or sting have changed"),
        (["--format", "flac"], "encode", "level, encoding or sting have changed"),
    ],
)
def test_each_option_has_its_reason(options: list[str], work: str, reason: str, folder: Path) -> None:
    """The stings are made anew as well where the level changes, and never spoken."""
    needs = [need for need in foreseen(folder, *options) if need["engine"]]
    assert len(needs) == 13
    assert {(need["work"], need["reason"]) for need in needs} == {(work, reason)}


def test_another_pause_is_encoded_and_not_spoken(folder: Path) -> None:
    write_edition(folder / "issue", show=SHOW + "[pauses]\nheadline = 900\n")
    needs = foreseen(folder)
    assert {(need["work"], need["reason"]) for need in needs} == {("encode", "its pause has changed")}
    assert len(needs) == 2


def test_what_the_store_has_lost_is_told_as_lost(folder: Path) -> None:
    shutil.rmtree(folder / "store" / "takes")
    assert {need["reason"] for need in foreseen(folder)} == {"the store has it no more"}
