"""What `build`, `feed` and `inspect` tell of a feed, by the command line."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from audiobuild.publish.episodes.manifest import render_manifest
from tests.building import SHOW, run_here, shared_store, write_edition
from tests.feeds import channel_of, make_manifest, said

FEED = (
    '[feed]\nbase = "https://pod.test/"\ncover = "https://pictures.test/cover.jpg"\n'
    'category = "News"\nowner_email = "a@pod.test"\n'
)
WHOLE, FERRY, LAMP = (
    f"{name}-2026-11-07" for name in ("the-breakwater", "the-ferry-that-would-not-sink", "a-lamp-for-sale")
)


def write_show(folder: Path, more: str = "", *, show: str = SHOW) -> None:
    write_edition(folder / "issue", show=f"{show}{FEED}{more}")


def build(folder: Path, *options: str) -> None:
    done = run_here(["build", "issue", "--store", shared_store(), *options], folder)
    assert done.returncode == 0, done.stderr


def facts(folder: Path, *names: str) -> dict[str, list[object]]:
    """What the manifests say, by the names of the episodes."""
    paths = [(name, folder / "output" / f"{name}.json") for name in (WHOLE, FERRY, LAMP)]
    told = {name: json.loads(path.read_bytes()) for name, path in paths if path.exists()}
    return {episode: [each[name] for name in names] for episode, each in told.items()}


def places(folder: Path) -> dict[str | None, list[str | None]]:
    """What the feed says, by the addresses of the episodes' pages."""
    names = ("itunes:season", "itunes:episode", "podcast:season", "podcast:episode", "itunes:episodeType")
    items = channel_of((folder / "output" / "feed.xml").read_bytes()).iter("item")
    return {said(item, "link"): [said(item, name) for name in names] for item in items}


def page(name: str) -> str:
    return f"https://pod.test/{name}.html"


def test_an_issue_has_the_number_that_it_says_and_its_articles_are_of_its_season(tmp_path: Path) -> None:
    write_show(tmp_path, '[episode]\nnumber = 12\nseason = 3\ntype = "bonus"\n')
    build(tmp_path, "--per-article")
    own, part = [3, 12, "bonus"], [3, 0, "bonus"]
    assert facts(tmp_path, "season", "number", "type") == {WHOLE: own, FERRY: part, LAMP: part}
    assert places(tmp_path) == {
        page(WHOLE): ["3", "12", "3", "12", "bonus"],
        page(FERRY): ["3", None, "3", None, "bonus"],
        page(LAMP): ["3", None, "3", None, "bonus"],
    }


def test_another_number_changes_manifest_and_feed_and_not_a_byte_of_the_sound(tmp_path: Path) -> None:
    write_show(tmp_path)
    build(tmp_path)
    sound, before = tmp_path / "output" / f"{WHOLE}.mp3", facts(tmp_path, "revision", "file", "sha256", "guid")
    data = sound.read_bytes()
    assert places(tmp_path) == {page(WHOLE): [None, None, None, None, "full"]}
    write_show(tmp_path, "[episode]\nnumber = 4\n")
    build(tmp_path)
    assert facts(tmp_path, "revision", "file", "sha256", "guid") == before
    assert sound.read_bytes() == data
    assert facts(tmp_path, "season", "number", "type") == {WHOLE: [0, 4, "full"]}
    assert places(tmp_path) == {page(WHOLE): [None, "4", None, "4", "full"]}


def test_one_article_of_an_issue_does_not_take_its_number(tmp_path: Path) -> None:
    write_show(tmp_path, "[episode]\nnumber = 12\n")
    build(tmp_path, "--only", "Lights", "--publish")
    assert facts(tmp_path, "number") == {LAMP: [0]}


@pytest.mark.parametrize("more", ["", FEED])
def test_an_issue_without_a_date_is_warned_of_where_there_is_a_feed(more: str, tmp_path: Path) -> None:
    ferry = "# The ferry\n\nShe floats.\n"
    write_edition(tmp_path / "issue", show='title = "T"\n[voices.narrator]\nengine = "silent"\n' + more, ferry=ferry)
    done = run_here(["build", "issue", "--store", shared_store()], tmp_path)
    assert done.returncode == 0, done.stderr
    warnings = [line for line in done.stderr.splitlines() if line.startswith("warning: ")]
    described = 'warning: the show has no description, which directories ask for: description = "..." in show.toml'
    told = "warning: t.mp3: no date, by which apps sort: give one in show.toml (date = ...) and build again"
    assert warnings == ([described, told] if more else [])


def test_an_issue_with_a_date_is_not_warned_of(tmp_path: Path) -> None:
    write_show(tmp_path, show=f'description = "Of boats."\n{SHOW}')
    assert "warning: " not in run_here(["build", "issue", "--store", shared_store()], tmp_path).stderr


# --- the command `feed` -------------------------------------------------------------------------------


def test_a_folder_without_episodes_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    write_show(tmp_path)
    (tmp_path / "output").mkdir()
    done = run_here(["feed", "output", "--show", "issue"], tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "error: output: there is no episode in it",
        "Give the folder of the MP3s, such as output.",
    ]
    assert list((tmp_path / "output").iterdir()) == []


def test_a_broken_manifest_is_named_in_two_lines(tmp_path: Path) -> None:
    write_show(tmp_path)
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "weekly.json").write_bytes(render_manifest(make_manifest())[:300])
    done = run_here(["feed", "output", "--show", "issue"], tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    first, second = done.stderr.splitlines()
    assert first.startswith("error: output/weekly.json: this is no manifest")
    assert second.startswith("Build the episode again")


def test_episodes_of_several_shows_and_such_without_a_date_are_told(tmp_path: Path) -> None:
    write_show(tmp_path)
    (tmp_path / "output").mkdir()
    for number in range(5):
        manifest = dataclasses.replace(make_manifest(f"e{number}", published=None), show=f"Show {number // 2}")
        (tmp_path / "output" / f"{manifest.name}.json").write_bytes(render_manifest(manifest))
    done = run_here(["feed", "output", "--show", "issue"], tmp_path)
    assert (done.returncode, done.stdout) == (0, str(Path("output", "feed.xml")) + "\n")
    undated, lost, shows, described = done.stderr.splitlines()
    assert lost.startswith("warning: e0.mp3, e1.mp3, e2.mp3 and 2 more: the sound is lost")
    assert "description" in described
    assert undated.startswith("warning: e0.mp3, e1.mp3, e2.mp3 and 2 more: no date")
    assert shows == "warning: the feed holds episodes of several shows: Show 0, Show 1, Show 2"


def test_a_private_feed_that_has_moved_is_named_and_told_of_without_its_key(tmp_path: Path) -> None:
    write_show(tmp_path, 'key = "correct horse battery"\nmoved_to = "https://new.test/feed.xml"\n')
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "weekly.json").write_bytes(render_manifest(make_manifest()))
    made = run_here(["feed", "output", "--show", "issue"], tmp_path)
    assert made.returncode == 0, made.stderr
    seen = run_here(["inspect", made.stdout.strip()], tmp_path)
    assert "note\tchannel\tthe feed has moved to 'https://new.test/feed.xml'" in seen.stdout
    assert "correct horse" not in made.stdout + made.stderr + seen.stdout + seen.stderr
