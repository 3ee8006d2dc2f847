"""What is told of a folder in one line each; an episode that is taken back; what a feed may say beside the episodes."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from audiobuild.build.release import refresh_folder, withdraw_episode
from audiobuild.progress import QUIET
from audiobuild.publish.output.leftovers import GONE_FILE
from audiobuild.publish.output.output_folder import OutputFolder
from audiobuild.publish.output.output_lock import lock_folder
from audiobuild.publish.output.withdrawal import find_episode
from audiobuild.sources.edition import read_show
from audiobuild.store.artefacts import Store
from tests.building import run_here, shared_store, tree
from tests.feeds import attributes, channel_of, said
from tests.published import BASE, SHARED_FILES, Built, build, feed_faults, files_of, items_of, two_articles

MORE = 'cover = "https://pictures.example/cover.jpg"\n'
COVER = "cover.jpg missing"
"""What the checks say of these shows: their picture is named, and never was."""


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Built:
    place = tmp_path_factory.mktemp("issue")
    two_articles(place / "issue", more=MORE)
    return build(place, "issue", "--per-article")


@pytest.fixture
def copy(issue: Built, tmp_path: Path) -> Path:
    return shutil.copytree(issue.place, tmp_path / "copy")


def told(copy: Path, *arguments: str) -> list[str]:
    done = run_here(["build", "issue", "--store", shared_store(), "--quiet", *arguments], copy)
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()


def change(copy: Path, was: str, now: str) -> None:
    path = copy / "issue" / "show.toml"
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, now), encoding="utf-8")


# --- one line each ------------------------------------------------------------------------------------


def test_of_a_folder_that_is_as_it_should_be_nothing_is_told(copy: Path) -> None:
    assert told(copy) == []


MOVED = f"the feed has moved from {BASE}feed.xml to https://new.example/feed.xml"


@pytest.mark.parametrize(
    ("was", "now", "words", "seen"),
    [
        ("date = 2026-11-07", "date = 2999-11-07", "the date is in the future", "pubDate is in the future"),
        ('description = "Articles, read aloud."', "", "the show has no description", "the show has none of its own"),
        (BASE, "https://new.example/", MOVED, "the feed has moved"),
        ("The Lock", "The Weir", "of several shows: The Lock, The Weir", "of 2 shows: 'The Lock', 'The Weir'"),
    ],
)
def test_what_listeners_would_stumble_over_is_one_line_also_under_quiet_and_is_seen_in_the_feed(
    was: str, now: str, words: str, seen: str, copy: Path
) -> None:
    change(copy, was, now)
    (line,) = told(copy, "--new")
    assert line.startswith("warning: ")
    assert words in line
    findings = run_here(["inspect", "output/feed.xml"], copy).stdout.splitlines()
    assert any(seen in each for each in findings), findings


def test_a_feed_that_moves_keeps_its_guid_and_tells_of_it_once(copy: Path) -> None:
    def guid() -> str | None:
        return said(channel_of((copy / "output" / "feed.xml").read_bytes()), "podcast:guid")

    before = guid()
    change(copy, BASE, "https://new.example/")
    assert len(told(copy)) == 1
    assert told(copy) == []
    assert guid() == before


@pytest.mark.parametrize("command", [["build", "issue", "--only", "ferry", "--publish"], []])
def test_a_sound_that_is_lost_or_cut_is_told_of(command: list[str], copy: Path, issue: Built) -> None:
    lost = issue.manifest()["file"]
    (copy / "output" / lost).unlink() if command else (copy / "output" / lost).write_bytes(b"")
    done = run_here([*command, "--store", shared_store()] if command else ["feed", "output", "--show", "issue"], copy)
    assert f"warning: {lost}: the sound is lost" in done.stderr


@pytest.mark.parametrize("damage", ["lost", "emptied", "cut"])
@pytest.mark.parametrize("ending", [".html", ".jpg", ".vtt", ".chapters.json"])
def test_what_goes_with_another_episode_and_is_lost_or_cut_is_told_of(
    damage: str, ending: str, copy: Path, issue: Built
) -> None:
    name = issue.manifest()["name"]
    path = copy / "output" / f"{name}{ending}"
    data = path.read_bytes()
    path.unlink() if damage == "lost" else path.write_bytes(data[: len(data) // 3 if damage == "cut" else 0])
    done = run_here(["feed", "output", "--show", "issue"], copy)
    assert done.stderr.splitlines() == [
        f"warning: {path.name}: lost or cut, and made again with the episode: build it again"
    ]
    assert told(copy) == []
    assert path.read_bytes() == data


def test_the_page_of_another_episode_whose_transcript_is_whole_is_written_again(copy: Path, issue: Built) -> None:
    path = copy / "output" / f"{issue.manifest()['name']}.html"
    data = path.read_bytes()
    path.write_bytes(data[:-20])
    done = run_here(["feed", "output", "--show", "issue"], copy)
    assert (done.stderr, path.read_bytes()) == ("", data)


# --- taken back ---------------------------------------------------------------------------------------


def remove(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_here(["remove", *arguments], copy)


@pytest.mark.parametrize("show", [(), ("--show", "issue")])
def test_an_episode_that_is_removed_is_in_no_feed_and_no_index_and_its_files_are_gone(
    show: tuple[str, ...], copy: Path, issue: Built
) -> None:
    whole, ferry, lamp = issue.manifests()
    done = remove(copy, f"output/{whole['file']}", *show)
    assert done.returncode == 0, done.stderr
    output = copy / "output"
    assert set(tree(output)) == SHARED_FILES - {"feed.jpg"} | files_of(ferry) | files_of(lamp)
    assert set(items_of(output)) == {ferry["guid"], lamp["guid"]}
    index = (output / "index.html").read_text(encoding="utf-8")
    assert whole["guid"] not in index
    assert whole["cover"] not in index
    assert ferry["guid"] in index
    assert [fault for fault in feed_faults(output) if COVER not in fault] == []


def test_what_was_removed_may_be_built_again(copy: Path, issue: Built) -> None:
    before = tree(copy / "output")
    assert remove(copy, f"output/{issue.manifest()['name']}", "--show", "issue").returncode == 0
    build(copy, "issue")
    assert tree(copy / "output") == before


def test_what_is_not_there_cannot_be_removed(copy: Path) -> None:
    before = tree(copy / "output")
    done = remove(copy, "output/nothing.mp3")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 2)
    assert tree(copy / "output") == before


# --- what a feed may say ------------------------------------------------------------------------------

SAID = """second_category = "Arts > Books"
license = "cc-by-4.0"
funding = "https://lock.example/give"
funding_text = "Keep the gates oiled"
update_frequency = "weekly"
[[feed.txt]]
text = "naj3eEZaWVVY9a38uhX8FekACyhtqP4JN"
purpose = "verify"
[[feed.persons]]
name = "Iona Tolland"
[episode]
title = "The flood"
description = "All of one night."
type = "trailer"
[[episode.persons]]
name = "Ned Weir"
role = "guest"
"""


def test_a_feed_says_what_the_podcast_namespace_has_for_it(tmp_path: Path) -> None:
    two_articles(tmp_path / "issue", more=MORE + SAID)
    build(tmp_path, "issue", "--format", "flac")
    built = build(tmp_path, "issue")
    channel = channel_of((built.output / "feed.xml").read_bytes())
    assert [each["text"] for each in attributes(channel, "itunes:category")] == ["News", "Arts"]
    assert said(channel, "podcast:license") == "cc-by-4.0"
    assert (said(channel, "podcast:funding"), attributes(channel, "podcast:funding")) == (
        "Keep the gates oiled",
        [{"url": "https://lock.example/give"}],
    )
    assert attributes(channel, "podcast:updateFrequency") == [{"rrule": "FREQ=WEEKLY"}]
    assert (said(channel, "podcast:txt") or "").startswith("naj3")
    (trailer,) = attributes(channel, "podcast:trailer")
    assert trailer["url"] == f"{BASE}{built.manifest()['file']}"
    assert [said(channel, "podcast:person")] == ["Iona Tolland"]
    (item,) = channel.iter("item")
    assert (said(item, "title"), said(item, "itunes:summary")) == ("The flood", "All of one night.")
    assert (said(item, "podcast:person"), attributes(item, "podcast:person")[0]["role"]) == ("Ned Weir", "guest")
    (other,) = attributes(item, "podcast:alternateEnclosure")
    flac = json.loads((built.output / f"{built.manifest()['name']}.flac.json").read_bytes())
    assert (other["type"], other["length"]) == ("audio/flac", str(flac["bytes"]))
    assert [fault for fault in feed_faults(built.output) if COVER not in fault] == []


# --- taken back, and killed meanwhile -----------------------------------------------------------------


def killed_at(call: int, work: Callable[[], object]) -> bool:
    """Do something in a process of its own, which ends before that call of it that changes a disk; tell if it did."""
    child = os.fork()
    if not child:
        calls = itertools.count(1)

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            is_writing = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & os.O_CREAT)
            if (is_writing or event in {"os.rename", "os.remove"}) and next(calls) == call:
                os._exit(9)

        sys.addaudithook(hook)
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def seen(output: Path) -> dict[str, bytes]:
    """What stands in a folder, but for the lock and parts of files that a dead process leaves."""
    return {name: data for name, data in tree(output).items() if not name.endswith((".lock", ".part"))}


@pytest.mark.parametrize("with_show", [False, True])
def test_a_removal_that_is_killed_has_not_begun_or_is_finished_by_whoever_comes_next(
    with_show: bool, copy: Path, issue: Built, tmp_path: Path
) -> None:
    name, show = issue.manifest()["file"], read_show(copy / "issue")
    facts = show if with_show else None
    before = seen(copy / "output")
    done = shutil.copytree(copy / "output", tmp_path / "done")
    withdraw_episode(done / name, facts, QUIET)
    expected = seen(done)
    assert len(expected) < len(before)
    outcomes = []
    for call in itertools.count(1, 2 if with_show else 1):
        place = shutil.copytree(copy / "output", tmp_path / str(call))
        if not killed_at(call, partial(withdraw_episode, place / name, facts, QUIET)):
            break
        again = shutil.copytree(place, tmp_path / f"{call} again")
        with lock_folder(place, QUIET):
            is_whole = seen(place) == before
        if not is_whole and with_show:
            refresh_folder(place, show, Store(tmp_path / "store"), QUIET, None)
        assert is_whole or seen(place) == expected, call
        if is_whole:
            assert find_episode(OutputFolder(place), name)
        elif (again / GONE_FILE).exists():
            assert withdraw_episode(again / name, facts, QUIET)
            assert not any(each.startswith(name.removesuffix("mp3")) for each in tree(again))
        outcomes.append(is_whole)
    assert len(outcomes) > 10
    assert outcomes == sorted(outcomes, reverse=True)
    assert not all(outcomes)
    assert outcomes[0]
