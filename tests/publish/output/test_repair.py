"""Damaged manifests come back under the same names and guids, and what dead builds left goes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from audiobuild.publish.output.repair import find_damaged
from tests.building import FERRY, run_here, tree
from tests.published import Built, build, feed_faults, items_of, two_articles

STORE = "store"
"""Their own: that of all tests has the manifests of other tests under the same names."""
NAME = "the-ferry-that-would-not-sink-2026-11-07"
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[: len(data) // 2],
    "emptied": lambda data: b"",
    "zeroed": lambda data: bytes(len(data)),
    "one letter of a title": lambda data: data.replace(b"The ferry that", b"The fairy that"),
    "one letter of the generator": lambda data: data.replace(b'"audiobuild ', b'"audiobvild '),
    "one digit of a duration": lambda data: data.replace(b'"duration_ms": ', b'"duration_ms": 1'),
    "a duration of 400 digits": lambda data: data.replace(b'"duration_ms": ', b'"duration_ms": ' + b"9" * 400),
    "one letter of its checksum": lambda data: data.replace(b'"sha256_of_', b'"sha255_of_'),
}


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Built:
    place = tmp_path_factory.mktemp("issue")
    two_articles(place / "issue")
    return build(place, "issue", "--per-article", store=STORE)


@pytest.fixture
def copy(issue: Built, tmp_path: Path) -> Path:
    return shutil.copytree(issue.place, tmp_path / "copy")


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_manifest_comes_back_byte_by_byte_with_the_next_build_of_any_episode(damage: str, copy: Path) -> None:
    before = tree(copy / "output")
    path = copy / "output" / f"{NAME}.json"
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    assert find_damaged(copy / "output") == (path,)
    build(copy, "issue", store=STORE)
    assert tree(copy / "output") == before


@pytest.mark.parametrize("store", [STORE, "another"])
@pytest.mark.parametrize("told_by", ["feed.xml", "index.html"])
def test_an_episode_whose_manifest_was_deleted_stays_in_feed_and_list(
    told_by: str, store: str, issue: Built, copy: Path
) -> None:
    output = copy / "output"
    (output / f"{NAME}.json").unlink()
    (output / ({"feed.xml", "index.html"} - {told_by}).pop()).unlink()
    assert find_damaged(output) == (output / f"{NAME}.json",)
    build(copy, "issue", store=store)
    assert json.loads((output / f"{NAME}.json").read_bytes())["guid"] == issue.manifest(f"{NAME}.mp3")["guid"]
    assert set(items_of(output)) == set(items_of(issue.output))


def test_a_manifest_that_another_episodes_was_copied_over_comes_back(issue: Built, copy: Path) -> None:
    before = tree(copy / "output")
    path = copy / "output" / f"{NAME}.json"
    path.write_bytes((copy / "output" / f"{Path(str(issue.manifest()['file'])).stem}.json").read_bytes())
    build(copy, "issue", "--per-article", store=STORE)
    assert tree(copy / "output") == before


def test_a_feed_and_a_list_of_zeros_are_written_again_and_a_folder_in_the_place_of_a_file_is_named(copy: Path) -> None:
    before = tree(copy / "output")
    for name in ("feed.xml", "index.html"):
        (copy / "output" / name).write_bytes(bytes(100))
    build(copy, "issue", "--per-article", store=STORE)
    assert tree(copy / "output") == before
    (copy / "output/player.css").unlink()
    (copy / "output/player.css").mkdir()
    done = run_here(["build", "issue", "--store", STORE], copy)
    assert done.returncode == 1
    assert "error: output/player.css: a folder stands where this file belongs" in done.stderr


def test_an_episode_all_of_whose_files_were_deleted_does_not_come_back(copy: Path) -> None:
    for path in (copy / "output").glob(f"{NAME}.*"):
        path.unlink()
    assert find_damaged(copy / "output") == ()


@pytest.mark.parametrize("damage", ["cut", "emptied"])
def test_a_damaged_manifest_that_the_store_does_not_know_comes_back_from_feed_and_sound(
    damage: str, issue: Built, copy: Path
) -> None:
    before = tree(copy / "output")
    path = copy / "output" / f"{NAME}.json"
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    build(copy, "issue", store="another")
    told, was = json.loads(path.read_bytes()), issue.manifest(f"{NAME}.mp3")
    for name in ("name", "guid", "title", "file", "bytes", "sha256", "published", "language", "duration_ms"):
        assert told[name] == was[name]
    assert feed_faults(copy / "output", "--previous", issue.output / "feed.xml") == []
    build(copy, "issue", "--per-article", store=STORE)
    after = tree(copy / "output")
    assert {name for name in before if before[name] != after[name]} <= {f"{NAME}.json", f"{NAME}.html", "feed.xml"}
    assert set(after) == set(before)


def test_without_feed_or_store_the_list_of_episodes_knows_the_guid(issue: Built, copy: Path) -> None:
    path = copy / "output" / f"{NAME}.json"
    path.write_bytes(b"")
    (copy / "output" / "feed.xml").unlink()
    build(copy, "issue", store="another")
    assert json.loads(path.read_bytes())["guid"] == issue.manifest(f"{NAME}.mp3")["guid"]


def test_a_file_of_somebody_else_beside_a_sound_of_theirs_is_left_alone(tmp_path: Path) -> None:
    two_articles(tmp_path / "issue")
    (tmp_path / "output").mkdir()
    for name, data in {"song.mp3": b"la", "song.json": b'{"title": "La"}', "tune.mp3": b"", "tune.json": b""}.items():
        (tmp_path / "output" / name).write_bytes(data)
    before = tree(tmp_path / "output")
    build(tmp_path, "issue")
    after = tree(tmp_path / "output")
    assert {name: after[name] for name in before} == before


def test_a_failure_while_the_pages_are_written_leaves_nothing_behind_for_good(copy: Path) -> None:
    style = copy / "output" / "player.css"
    style.unlink()
    style.mkdir()
    for word in ("laughed", "sneezed", "sang"):
        two_articles(copy / "issue", FERRY.replace("wept", word))
        assert run_here(["build", "issue", "--store", STORE], copy).returncode == 1
    style.rmdir()
    last = build(copy, "issue", store=STORE).manifest()
    sounds = {path.name for path in (copy / "output").glob(f"{last['name']}*.mp3")}
    assert sounds == {f"{last['name']}.r{last['revision'] - back}.mp3" for back in (0, 1)}
    assert len(items_of(copy / "output")) == 3


def test_an_episode_that_was_never_finished_goes_with_the_next_build(copy: Path) -> None:
    output = copy / "output"
    before = tree(output)
    (output / ".audiobuild.names").write_text('["half.json", "half.flac.json"]', encoding="utf-8")
    for name in ("half.mp3", "half.jpg", "half.ch01.jpg", "half.html", "half.flac", ".half.vtt.77.part"):
        (output / name).write_bytes(b"half")
    (output / "halfway.txt").write_bytes(b"of somebody else")
    build(copy, "issue", "--per-article", store=STORE)
    assert tree(output) == {**before, "halfway.txt": b"of somebody else"}
