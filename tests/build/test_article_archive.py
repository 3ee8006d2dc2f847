"""An archive: an episode an article, each as it would be by itself; what is done is done, and the feed is paged."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from audiobuild.build.article_archive import build_archive
from audiobuild.build.options import Options
from audiobuild.errors import ConfigError
from audiobuild.model.xml_documents import read_xml
from audiobuild.publish.episodes.manifest import Manifest, read_manifest
from audiobuild.publish.output.archive_ledger import LEDGER_FILE
from audiobuild.publish.output.succession import OnConflict
from tests.building import run_here, shared_store, tree

SHOW = """title = "The Quay"
description = "Boats."
cover = ""
[intro]
sting = "none"
[outro]
sting = "none"
[voices.narrator]
engine = "silent"
rate = 2.0
[feed]
base = "https://quay.example/"
page_size = 2
"""


def write_archive(folder: Path, count: int = 5) -> Path:
    """Write articles of a year, in folders."""
    for number in range(1, count + 1):
        path = folder / f"2026/{number:02}/boat-{number}.md"
        path.parent.mkdir(parents=True)
        path.write_text(
            f"# Boat {number}\n> 2026-{number:02}-03\n\nShe came in at {number} o'clock.\n", encoding="utf-8"
        )
    (folder / "show.toml").write_text(SHOW, encoding="utf-8")
    return folder


def options(folder: Path, **more: object) -> Options:
    given = {"sources": (folder / "archive",), "output": folder / "out", "store": Path(shared_store()), "workers": 1}
    return Options(**{**given, "each": True, **more})  # type: ignore[arg-type]


def manifests(folder: Path) -> dict[str, Manifest]:
    found = (read_manifest(path.read_bytes(), str(path)) for path in sorted((folder / "out").glob("boat-*[0-9].json")))
    return {each.name: each for each in found}


def feed(folder: Path, name: str = "feed.xml") -> list[str]:
    """The titles of a page of the feed, the newest first."""
    return [str(each.text) for each in read_xml((folder / "out" / name).read_bytes()).findall("channel/item/title")]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of five articles, and one that cannot be read, built once."""
    folder = tmp_path_factory.mktemp("archive")
    write_archive(folder / "archive")
    (folder / "archive" / "2026" / "broken.md").write_bytes(b"# Nothing\n")
    done = run_here(["build", "archive", "--each", "--output", "out", "--store", shared_store(), "--jobs", "1"], folder)
    assert done.returncode == 3, done.stderr
    assert "1 article has failed:\n  archive/2026/broken.md: the article has no text to read" in done.stderr
    assert "5 episodes made, 0 articles done before, 5 episodes in all" in done.stdout
    return folder


def test_each_article_is_an_episode_and_there_is_no_whole(built: Path) -> None:
    assert [each.title for each in manifests(built).values()] == [f"Boat {number}" for number in range(1, 6)]
    assert len(list((built / "out").glob("*.mp3"))) == 5


def test_the_feed_is_paged_from_the_oldest(built: Path) -> None:
    assert feed(built) == ["Boat 5", "Boat 4", "Boat 3"]
    assert feed(built, "feed-1.xml") == ["Boat 2", "Boat 1"]
    page = (built / "out" / "feed-1.xml").read_text(encoding="utf-8")
    assert "<fh:archive" in page


def test_the_feed_and_the_index_have_the_shows_own_picture(built: Path) -> None:
    for name in ("feed.xml", "feed-1.xml"):
        (picture,) = read_xml((built / "out" / name).read_bytes()).findall("channel/image/url")
        assert picture.text == "https://quay.example/feed.jpg"
    assert 'src="feed.jpg"' in (built / "out" / "index.html").read_text(encoding="utf-8")
    assert (built / "out" / "feed.jpg").read_bytes().startswith(b"\xff\xd8")


def test_an_episode_of_an_archive_is_the_one_that_the_article_makes_alone(built: Path, tmp_path: Path) -> None:
    article = built / "archive/2026/03/boat-3.md"
    (tmp_path / "3").mkdir()
    (tmp_path / "3" / "boat-3.md").write_bytes(article.read_bytes())
    (tmp_path / "3" / "show.toml").write_text(SHOW, encoding="utf-8")
    alone = ["build", "3/boat-3.md", "--output", "alone", "--store", shared_store(), "--jobs", "1"]
    assert run_here(alone, tmp_path).returncode == 0
    found = {name: data for name, data in tree(tmp_path / "alone").items() if name.startswith("boat-3.")}
    assert found == {name: (built / "out" / name).read_bytes() for name in found}


def test_a_second_run_does_the_rest_alone(built: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (built / "out").glob("*.mp3")}  # by another path than before
    (built / "archive/2026/06").mkdir()
    new = built / "archive/2026/06/boat-6.md"
    new.write_text("# Boat 6\n> 2026-06-03\n\nShe came in late.\n", encoding="utf-8")
    (built / "out" / "boat-2.mp3").unlink()
    result = build_archive(options(built))
    assert (result.made, result.kept, len(result.failed), result.episodes) == (2, 4, 1, 6)
    assert feed(built) == ["Boat 6", "Boat 5"]
    after = {path: path.stat().st_mtime_ns for path in before}
    assert [path.name for path in before if before[path] != after[path]] == ["boat-2.mp3"]
    new.unlink()


def test_what_changes_is_made_again_and_what_it_was_stays_for_a_while(tmp_path: Path) -> None:
    write_archive(tmp_path / "archive", 2)
    build_archive(options(tmp_path))
    article = tmp_path / "archive/2026/02/boat-2.md"
    article.write_text(article.read_text(encoding="utf-8").replace("She", "The boat"), encoding="utf-8")
    guid = manifests(tmp_path)["boat-2"].guid
    result = build_archive(options(tmp_path))
    assert (result.made, result.kept) == (1, 1)
    found = manifests(tmp_path)["boat-2"]
    assert (found.guid, found.revision, found.file) == (guid, 2, "boat-2.r2.mp3")
    assert (tmp_path / "out" / "boat-2.mp3").is_file()


def test_a_ledger_that_is_lost_or_damaged_is_made_anew_from_the_manifests(tmp_path: Path) -> None:
    write_archive(tmp_path / "archive", 2)
    build_archive(options(tmp_path))
    before = tree(tmp_path / "out")
    (tmp_path / "out" / LEDGER_FILE).write_bytes(b"no ledger" * 1000)
    result = build_archive(options(tmp_path))
    assert (result.made, result.episodes) == (2, 2)
    after = tree(tmp_path / "out")
    assert {name for name in before if before[name] != after.get(name)} <= {LEDGER_FILE}
    assert before.keys() == after.keys()


def test_a_manifest_that_is_damaged_is_told_and_made_again(tmp_path: Path) -> None:
    write_archive(tmp_path / "archive", 2)
    build_archive(options(tmp_path))
    before = tree(tmp_path / "out")
    path = tmp_path / "out" / "boat-2.json"
    path.write_bytes(b'{"generator": "audiobuild')
    result = build_archive(options(tmp_path))
    assert [(each.where, each.message) for each in result.failed] == [(str(path), "this manifest is damaged")]
    assert feed(tmp_path) == ["Boat 1"]
    result = build_archive(options(tmp_path))
    assert (result.made, result.failed, feed(tmp_path)) == (1, (), ["Boat 2", "Boat 1"])
    assert {name for name, data in tree(tmp_path / "out").items() if before[name] != data} <= {LEDGER_FILE}


def test_two_articles_that_are_known_by_the_same_are_an_error_of_the_second(tmp_path: Path) -> None:
    write_archive(tmp_path / "archive", 1)
    other = tmp_path / "archive/other/boat-1.md"
    other.parent.mkdir()
    other.write_text("# A rope\n> 2026-01-03\n\nNothing holds like hemp, they say.\n", encoding="utf-8")
    result = build_archive(options(tmp_path))
    assert [(each.where, each.message) for each in result.failed] == [
        (str(other), "'Boat 1' would be replaced by 'A rope', another text")
    ]
    assert build_archive(options(tmp_path, on_conflict=OnConflict.REPLACE)).failed == ()


def test_what_a_killed_build_had_begun_is_taken_away(tmp_path: Path) -> None:
    write_archive(tmp_path / "archive", 2)
    build_archive(options(tmp_path))
    (tmp_path / "out" / "boat-2.json").unlink()
    (tmp_path / "out" / f".boat-2.mp3.{os.getpid()}.part").write_bytes(b"half")
    result = build_archive(options(tmp_path))
    assert (result.made, result.kept) == (1, 1)
    assert list((tmp_path / "out").glob(".*.part")) == []


def test_each_takes_one_folder_and_no_choice_of_articles(tmp_path: Path) -> None:
    write_archive(tmp_path / "archive", 1)
    with pytest.raises(ConfigError, match="one folder"):
        build_archive(options(tmp_path, sources=(tmp_path / "archive", tmp_path)))
    done = run_here(["build", "archive", "--each", "--only", "Boat 1"], tmp_path)
    assert done.returncode == 2
    told = run_here(["build", "archive", "--each", "--json", "--store", shared_store(), "--jobs", "1"], tmp_path)
    assert json.loads(told.stdout) == {"made": 1, "kept": 0, "episodes": 1, "failed": []}
