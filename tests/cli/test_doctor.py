"""The doctor says what a machine lacks, with the command that mends it, and asks no network."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audiobuild.engines import registry
from audiobuild.inspection import diagnosis
from tests import other_voices
from tests.building import run_here


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The default voice takes no time to speak."""
    monkeypatch.setitem(registry.DEFAULTS, "en", "silent")


def test_a_machine_on_which_all_is_well(tmp_path: Path, others: dict[str, str]) -> None:
    done = run_here(["doctor"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = {line.split()[0]: line for line in done.stdout.splitlines() if line.startswith("  ")}
    default = registry.default_engine("en-GB")
    assert f"  {default:<9} " in done.stdout
    assert " speaks: a sentence takes it " in done.stdout
    assert lines["silent"].split(maxsplit=1)[1] == "ready: 3 voices"
    assert lines["hibari"].endswith("4 more to be fetched") or default == "hibari"
    assert lines["gtts"].endswith("it needs the network, which was not asked")
    assert lines["lacking"].split(maxsplit=1)[1] == f"missing: {other_voices.MISSING}"
    assert "can be written" in lines["takes"]
    assert "can be written" in lines["voices"]


def test_json_tells_the_same(tmp_path: Path, others: dict[str, str]) -> None:
    facts = json.loads(run_here(["doctor", "--json"], tmp_path).stdout)
    assert facts["is_well"]
    assert facts["default"]["engine"] == registry.default_engine("en-GB")
    assert facts["default"]["duration_ms"] > 1000
    engines = {engine["name"]: engine for engine in facts["engines"]}
    assert set(engines) == set(registry.engine_names())
    assert (engines["lacking"]["missing"], engines["lacking"]["is_ready"]) == (other_voices.MISSING, False)
    assert engines["gtts"]["is_online"]
    assert [folder["purpose"] for folder in facts["folders"]] == ["takes", "voices"]
    assert all(folder["free_bytes"] > 0 for folder in facts["folders"])


def test_a_default_engine_that_cannot_speak_is_told_with_its_remedy(
    tmp_path: Path, others: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry.DEFAULTS, "en", "lacking")
    done = run_here(["doctor"], tmp_path)
    assert done.returncode == 1
    assert "does not speak: it is not installed\n" in done.stdout
    assert "Install it: pip install 'audiobuild[lacking]'" in done.stdout
    assert json.loads(run_here(["doctor", "--json"], tmp_path).stdout)["is_well"] is False


@pytest.mark.usefixtures("quick")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / ".cache").write_text("in the way")
    done = run_here(["doctor"], tmp_path)
    assert done.returncode == 1
    assert done.stdout.count("is a file, or below one") == 2
    assert " speaks: " in done.stdout


@pytest.mark.usefixtures("quick")
def test_an_engine_that_was_not_told_what_it_needs_is_not_ready(tmp_path: Path) -> None:
    lines = run_here(["doctor"], tmp_path).stdout.splitlines()
    place = next(place for place, line in enumerate(lines) if line.startswith("  command "))
    assert lines[place].endswith("not ready: show.toml: engines.command.command names no program")
    (tmp_path / "show.toml").write_text('[engines.command]\ncommand = ["true", "{wav}"]\n', encoding="utf-8")
    assert "  command   ready" in run_here(["doctor"], tmp_path).stdout


@pytest.mark.usefixtures("quick")
def test_a_server_that_asks_for_a_key_is_not_ready_without_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    states = {each["name"]: each for each in json.loads(run_here(["doctor", "--json"], tmp_path).stdout)["engines"]}
    assert not states["openai"]["is_ready"]
    assert "OPENAI_API_KEY" in states["openai"]["hint"]
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-nobody")
    done = run_here(["doctor"], tmp_path).stdout
    assert "  openai    ready" in done
    assert "sk-of-nobody" not in done


@pytest.mark.usefixtures("quick")
def test_an_extra_that_is_not_installed_is_told_with_the_command_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnosis, "_EXTRAS", (("web", "no_such_module", "pages"), ("s3", "json", "stores")))
    done = run_here(["doctor"], tmp_path)
    assert done.returncode == 0
    assert "  web       missing: pip install 'audiobuild[web]'; for pages\n" in done.stdout
    assert "  s3        ready; for stores\n" in done.stdout
