"""The feed of a folder: manifests are read, or named where they are broken; pages that are none any more go."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from audiobuild.errors import OutputError, SourceError
from audiobuild.publish.episodes.manifest import read_manifest, render_manifest
from audiobuild.publish.feed.feed_facts import feed_file
from audiobuild.publish.feed.feed_folder import read_manifests, write_feed
from audiobuild.publish.feed.rss import render_feed
from audiobuild.publish.output.output_folder import OutputFolder
from audiobuild.publish.output.show_files import publish_show
from tests.feeds import (
    SHOW,
    make_manifest,
    weekly,
    with_feed,
)

OTHERS = {
    "empty": b"",
    "zero": b"\x00",
    "cut": b'{"generator": "some other program", "title": "a si',
    "cut-early": b'{"gen',
    "commented": b'// settings\n{"generator": "audiobuild 1"}',
    "nearly": b'{"generator": "audiobuilder 2", ',
    "nearly-whole": b'{"generator": "audiobuilder 2"}',
    "latin": b'{"title": "caf\xe9"}',
}
"""Files of others, by their names without ending, that are broken, or no JSON at all."""


def test_manifests_are_read_and_other_files_left_alone(tmp_path: Path) -> None:
    for manifest in (make_manifest("b"), make_manifest("a")):
        (tmp_path / f"{manifest.name}.json").write_bytes(render_manifest(manifest))
    (tmp_path / "a.chapters.json").write_text("{}")
    (tmp_path / "a.m4b.json").write_text("{}")
    (tmp_path / "package.json").write_text('{"name": "a site"}')
    (tmp_path / "deep.json").write_text("[" * 100_000)
    for name, data in OTHERS.items():
        (tmp_path / f"{name}.json").write_bytes(data)
    assert [manifest.name for manifest in read_manifests(tmp_path)] == ["a", "b"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", None),
        ("title", 7),
        ("bytes", "1234"),
        ("bytes", 0),
        ("published", "yesterday"),
        ("chapters", [{"title": "a"}]),
        ("chapters", [{"title": None, "start_ms": 0, "end_ms": 1}]),
        ("file", "../../etc/passwd"),
        ("file", "other.mp3"),
        ("cover", "co ver.jpg"),
        ("name", "other"),
        ("guid", ""),
        ("season", -1),
        ("number", "1"),
        ("type", "daily"),
        ("type", None),
        ("stray", 1),
        ("title", "\ud800"),
        ("revision", True),
        ("revision", 1.5),
        ("loudness", []),
        ("loudness", {}),
        ("loudness", {"integrated_lufs": -16.0, "true_peak_dbtp": -1.0, "rms_dbfs": -19.0}),
        ("loudness", {"integrated_lufs": "-16", "true_peak_dbtp": -1.0, "rms_dbfs": -19.0, "misses": []}),
        ("chapters", [{"title": "a", "start_ms": "0", "end_ms": 1}]),
        ("chapters", 7),
    ],
)
def test_a_broken_manifest_is_named(key: str, value: object, tmp_path: Path) -> None:
    path = tmp_path / "weekly.json"
    path.write_text(json.dumps({**json.loads(render_manifest(make_manifest())), key: value}))
    with pytest.raises(SourceError) as caught:
        read_manifests(tmp_path)
    assert caught.value.where == str(path)
    assert caught.value.hint


@pytest.mark.parametrize("data", ["", "[]", "null", "7", "[" * 100_000, '{"generator": "audiobuild 1"}'])
def test_what_is_no_manifest_is_refused_by_the_reader_of_one(data: str) -> None:
    with pytest.raises(SourceError, match=r"a\.json: this is no manifest"):
        read_manifest(data.encode(), "a.json")


@pytest.mark.parametrize("size", [40, 100, 600])
def test_a_manifest_that_was_cut_is_named(size: int, tmp_path: Path) -> None:
    path = tmp_path / "weekly.json"
    path.write_bytes(render_manifest(make_manifest())[:size])
    with pytest.raises(SourceError) as caught:
        read_manifests(tmp_path)
    assert caught.value.where == str(path)


def test_a_manifest_that_does_not_say_what_its_episode_was_made_of_will_do(tmp_path: Path) -> None:
    facts = json.loads(render_manifest(make_manifest()))
    del facts["made_of"], facts["sha256_of_manifest"]
    (tmp_path / "weekly.json").write_text(json.dumps(facts))
    assert read_manifests(tmp_path) == (dataclasses.replace(make_manifest(), made_of=""),)


def test_a_manifest_from_before_there_were_numbers_is_of_a_full_episode_without_one(tmp_path: Path) -> None:
    facts = json.loads(render_manifest(make_manifest(season=2, number=3, type="bonus")))
    for name in ("season", "number", "type", "sha256_of_manifest"):
        del facts[name]
    (tmp_path / "weekly.json").write_text(json.dumps(facts))
    assert read_manifests(tmp_path) == (make_manifest(),)


def test_two_manifests_of_one_episode_are_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        manifest = dataclasses.replace(make_manifest(name), guid="the same")
        (tmp_path / f"{name}.json").write_bytes(render_manifest(manifest))
    with pytest.raises(SourceError, match=r"b\.json: this is the same episode as a\.json"):
        read_manifests(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nowhere"):
        read_manifests(tmp_path / "nowhere")


def test_pages_that_are_none_any_more_go_and_those_of_others_stay(tmp_path: Path) -> None:
    private = with_feed(key="correct horse battery", page_size=1)
    write_feed(tmp_path, render_feed(with_feed(page_size=1), weekly(3)))
    (tmp_path / "feed-7.xml").write_text("<rss/>")
    (tmp_path / "feed-old.xml").write_text("<generator>audiobuild 1</generator>")
    kept = {"feed-7.xml", "feed-old.xml"}
    assert {path.name for path in tmp_path.iterdir()} == {"feed.xml", "feed-1.xml", "feed-2.xml", *kept}
    write_feed(tmp_path, render_feed(private, weekly(2)))
    first = feed_file(private.feed)
    pages = {first, first.replace(".xml", "-1.xml")}
    assert {path.name for path in tmp_path.iterdir()} == pages | kept


@pytest.mark.parametrize(
    ("name", "data"),
    [("index.html", b"<!doctype html><title>My own site</title>"), ("feed.xml", b"<rss><channel/></rss>")],
)
def test_a_page_or_a_feed_of_somebody_elses_is_not_written_over(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(OutputError) as caught:
        publish_show(SHOW, OutputFolder(tmp_path))
    assert caught.value.where == str(tmp_path / name)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {name: data}


def test_a_page_or_a_feed_that_is_ours_or_empty_is_written_anew(tmp_path: Path) -> None:
    for _ in range(2):
        publish_show(SHOW, OutputFolder(tmp_path))
    made = {name: (tmp_path / name).read_bytes() for name in ("index.html", "feed.xml")}
    for name in made:
        (tmp_path / name).write_bytes(b"")
    publish_show(SHOW, OutputFolder(tmp_path))
    assert {name: (tmp_path / name).read_bytes() for name in made} == made
