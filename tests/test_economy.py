"""A build reads and writes each file as often as it needs to, and no oftener: counted in all of its processes."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.building import FERRY, write_edition
from tests.forked import ForkedRun


@dataclass(frozen=True)
class Opened:
    """How often files were opened, by where they are: a kind of entry in the store, or a name in the output folder."""

    read: Counter[str]
    written: Counter[str]
    summary: dict[str, dict[str, int]]


@dataclass(frozen=True)
class Cold:
    """A build where nothing had been spoken before, and what was in its store after it."""

    folder: Path
    opened: Opened
    takes: int
    sounds: int


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> Cold:
    """Built once for the tests that change nothing in it."""
    folder = tmp_path_factory.mktemp("cold")
    write_edition(folder / "issue")
    opened = build(folder)
    return Cold(folder, opened, entries(folder, "takes"), entries(folder, "sounds"))


@pytest.fixture
def edition(cold: Cold, tmp_path: Path) -> Path:
    """The same edition in another folder, with all that was spoken, for tests that change it."""
    for name in ("issue", "store", "output"):
        shutil.copytree(cold.folder / name, tmp_path / name)
    return tmp_path / "issue"


def build(folder: Path, *options: str) -> Opened:
    """Build, and count what is opened in the store and in the output folder."""
    log = folder / "opened"
    log.write_bytes(b"")
    process = ForkedRun(["build", folder / "issue", "--store", folder / "store", "--json", *options], folder, log=log)
    summary, told = process.communicate()
    assert process.returncode == 0, told
    opened = {b"r": Counter[str](), b"w": Counter[str]()}
    for line in log.read_bytes().splitlines():
        kind, _, path = line.partition(b" ")
        place = folder.joinpath(path.decode())
        if place.is_relative_to(folder / "store"):
            opened[kind][place.relative_to(folder / "store").parts[0]] += 1
        elif place.is_relative_to(folder / "output"):
            opened[kind][place.name] += 1
    return Opened(opened[b"r"], opened[b"w"], json.loads(summary))


def entries(folder: Path, kind: str) -> int:
    return sum(path.is_file() for path in (folder / "store" / kind).rglob("*"))


def bytes_of(folder: Path, kind: str) -> int:
    return sum(path.stat().st_size for path in (folder / "store" / kind).rglob("*") if path.is_file())


def heard(opened: Opened, stings: int = 3) -> int:
    """Count the takes of an episode: one of each segment, and of the stings before, after and between departments."""
    return sum(opened.summary["segments"].values()) + stings


def test_a_cold_build_writes_every_entry_once_and_reads_every_sound_once(cold: Cold) -> None:
    opened = cold.opened
    made = opened.summary["segments"]["synthesised"]
    takes = heard(opened)
    assert cold.takes == cold.sounds == takes
    assert opened.written["takes"] == opened.written["sounds"] == takes
    assert opened.written["speech"] == made + 1  # and the text by which the voice was measured
    assert opened.written["levels"] == 1
    assert opened.read["sounds"] == takes


def test_an_unchanged_build_reads_no_sound_and_writes_no_episode(cold: Cold) -> None:
    takes = heard(cold.opened)
    opened = build(cold.folder)
    assert opened.summary["segments"]["synthesised"] == 0
    assert opened.read["sounds"] == opened.read["speech"] == 0
    assert opened.read["takes"] == takes
    assert opened.written["takes"] == opened.written["sounds"] == opened.written["speech"] == 0
    assert not [name for name in opened.written if "the-breakwater" in name]
    assert not [name for name in opened.read if name.endswith(".mp3")]


def test_a_changed_paragraph_costs_its_own_entries_and_one_new_file(cold: Cold, edition: Path) -> None:
    folder = edition.parent
    takes = heard(cold.opened)
    sound_bytes, speech_bytes = bytes_of(folder, "sounds"), bytes_of(folder, "speech")
    write_edition(edition, ferry=FERRY.replace("wept.", "laughed and wept."))
    opened = build(folder)
    assert opened.summary["segments"] == {"synthesised": 1, "encoded": 0, "reused": takes - 4}
    assert opened.written["takes"] == opened.written["sounds"] == opened.written["speech"] == 1
    assert opened.read["sounds"] == takes
    assert opened.written["levels"] == 0
    assert sum(count for name, count in opened.written.items() if ".mp3" in name) == 1
    new_sound, new_speech = bytes_of(folder, "sounds") - sound_bytes, bytes_of(folder, "speech") - speech_bytes
    assert 0 < new_sound < sound_bytes / 5
    assert 0 < new_speech < speech_bytes / 5


def test_another_pause_speaks_nothing_and_reads_what_was_spoken_once(edition: Path) -> None:
    folder = edition.parent
    show = (edition / "show.toml").read_text(encoding="utf-8")
    (edition / "show.toml").write_text(f"{show}[pauses]\nparagraph = 900\n", encoding="utf-8")
    opened = build(folder)
    encoded = opened.summary["segments"]["encoded"]
    assert encoded > 0
    assert opened.summary["segments"]["synthesised"] == 0
    assert opened.written["speech"] == 0
    assert opened.written["takes"] == opened.written["sounds"] == opened.read["speech"] == encoded


def test_an_article_by_itself_needs_nothing_that_the_edition_does_not(cold: Cold) -> None:
    opened = build(cold.folder, "--only", "A lamp for sale")
    assert opened.summary["segments"]["synthesised"] == opened.summary["segments"]["encoded"] == 0
    assert opened.written["takes"] == opened.written["sounds"] == opened.written["speech"] == 0
    assert 0 < opened.read["sounds"] == heard(opened, stings=2)
