"""The user's own document, which must always come out perfect; it is read where it lies, beside the project."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.building import run_here, shared_store
from tests.forked import run_forked
from tests.material import shared
from tests.published import faults


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("user")


@pytest.fixture(scope="module")
def document() -> Path:
    (path,) = shared("seeds").glob("*.txt")
    return path


@pytest.fixture(scope="module")
def summary(folder: Path, document: Path) -> dict[str, Any]:
    """The document built with the default engine; the proxy variables lead nowhere, as offline."""
    offline = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    done = run_forked(["build", document, "--store", shared_store(), "--json"], folder, network=offline)
    assert done.returncode == 0, done.stderr
    built: dict[str, Any] = json.loads(done.stdout)
    return built


@pytest.fixture(scope="module")
def spoken(folder: Path, document: Path) -> str:
    return run_here(["normalise", document], folder).stdout


def test_it_lasts_four_to_nine_minutes_in_at_least_five_chapters(summary: dict[str, Any]) -> None:
    assert 4 * 60_000 <= summary["duration_ms"] <= 9 * 60_000
    assert len(summary["chapters"]) >= 5


def test_an_independent_reader_finds_no_fault(summary: dict[str, Any], folder: Path) -> None:
    chapters = str(len(summary["chapters"]))
    assert faults("check_episode.py", folder / summary["path"], "--strict", "--expect-chapters", chapters) == []


@pytest.mark.parametrize(
    "words",
    [
        "the six million Syrians",
        "Islamic State in Syria",
        "two thousand are expected",
        "January the third twenty nineteen",
        "In the past four years",
    ],
)
def test_its_written_forms_are_spoken(words: str, spoken: str) -> None:
    assert words in spoken


def test_nothing_is_left_that_cannot_be_said(spoken: str) -> None:
    assert re.findall(r"[^A-Za-z’.,;:?!()\s-]", spoken) == []


def test_every_paragraph_is_spoken_and_only_the_picture_is_not(summary: dict[str, Any]) -> None:
    assert [each["kind"] for each in summary["skipped"]] == ["image"]
