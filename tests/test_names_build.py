"""Names in an edition reach the voice that speaks it, and only their own paragraphs depend on how they are said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from audiobuild.build import Options, build, plan_build
from audiobuild.model.values import Segment
from audiobuild.normalisation.english.lexis import name_sounds
from audiobuild.normalisation.english.lexis.lists import load_lines
from tests.building import run_here

ARTICLE = """# Two boats

Mr Macron met the harbour master of Youghal.

The other boat was late, and nobody met it.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "a.md").write_text(ARTICLE, encoding="utf-8")
    yield tmp_path
    forget_names()


def forget_names() -> None:
    for kept in (name_sounds._lines, name_sounds._rows, name_sounds._plural):
        kept.cache_clear()


def options(folder: Path, engine: str) -> Options:
    return Options((folder / "a.md",), folder / "output", folder / "store", engine=engine, workers=1)


def texts_to_speak(folder: Path, engine: str) -> list[str]:
    needs = plan_build(options(folder, engine)).needs
    return [need.job.item.spoken.text for need in needs if isinstance(need.job.item, Segment) and not need.is_spoken]


@pytest.mark.parametrize(
    ("engine", "row", "other", "spoken"),
    [
        ("espeak", "\tˈmækrɒn\t", "\tməˈkrɔːn\t", ["Mister Macron met the harbour master of Youghal."]),
        ("silent", "\tˈmækrɒn\t", "\tməˈkrɔːn\t", []),
        ("silent", "\tYawl", "\tYoll", ["Mister Macron met the harbour master of Youghal."]),
        ("espeak", "\tYawl", "\tYoll", []),
    ],
)
def test_what_is_spoken_anew_when_a_row_changes_are_the_paragraphs_with_its_name_where_it_is_heard(
    folder: Path, monkeypatch: pytest.MonkeyPatch, engine: str, row: str, other: str, spoken: list[str]
) -> None:
    build(options(folder, engine))
    assert texts_to_speak(folder, engine) == []
    lines = [line.replace(row, other) for line in load_lines(name_sounds.TABLE)]
    monkeypatch.setattr(name_sounds, "load_lines", lambda name: lines)
    forget_names()
    assert texts_to_speak(folder, engine) == spoken


def test_an_edition_with_names_is_built_and_its_transcript_has_them_as_they_are_written(folder: Path) -> None:
    for engine in ("espeak", "silent"):
        done = run_here(["build", "a.md", "--engine", engine, "--output", engine, "--store", "store"], folder)
        assert done.returncode == 0, done.stderr
        (transcript,) = (folder / engine).glob("*.txt")
        assert "Mr Macron met the harbour master of Youghal." in transcript.read_text(encoding="utf-8")
