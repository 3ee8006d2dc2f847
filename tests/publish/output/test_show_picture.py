"""The show has a picture of its own, which stays from episode to episode, and goes where its cover is a file."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import pytest
from PIL import Image

from audiobuild.config.show import CoverSettings, Show
from audiobuild.config.show_file import parse_show
from audiobuild.publish.episodes.manifest import render_manifest
from audiobuild.publish.output.folder_warnings import find_folder_warnings
from audiobuild.publish.output.output_folder import OutputFolder
from audiobuild.publish.output.show_files import publish_show
from tests.feeds import BASE, SHOW, attributes, channel_of, make_manifest

OWN = dataclasses.replace(SHOW, feed=dataclasses.replace(SHOW.feed, cover=""))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "first.json").write_bytes(render_manifest(make_manifest("first", revision=2)))
    return tmp_path


def published(folder: Path, show: Show) -> str:
    """Publish, and give the address of the picture that the feed names."""
    publish_show(show, OutputFolder(folder))
    (image,) = attributes(channel_of((folder / "feed.xml").read_bytes()), "itunes:image")
    return image["href"]


def test_feed_and_index_show_a_picture_that_no_episode_changes(folder: Path) -> None:
    assert published(folder, OWN) == f"{BASE}feed.jpg"
    picture = folder / "feed.jpg"
    with Image.open(io.BytesIO(picture.read_bytes())) as read:
        assert (read.format, read.size) == ("JPEG", (3000, 3000))
    assert 'src="feed.jpg"' in (folder / "index.html").read_text(encoding="utf-8")
    before = picture.stat()
    published(folder, OWN)
    assert (picture.stat().st_mtime_ns, picture.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    published(folder, dataclasses.replace(OWN, accent="#aa3300"))
    assert picture.stat().st_ino != before.st_ino


@pytest.mark.parametrize(
    ("show", "named"),
    [(SHOW, "cover.jpg"), (dataclasses.replace(OWN, cover=CoverSettings("own.jpg")), "first.r2.jpg")],
)
def test_a_show_that_has_a_picture_is_given_none(show: Show, named: str, folder: Path) -> None:
    assert published(folder, show) == f"{BASE}{named}"
    assert not (folder / "feed.jpg").exists()


def test_an_editor_is_told_of_letters_that_the_cover_lacks() -> None:
    (told,) = find_folder_warnings(dataclasses.replace(OWN, title="The \ue000"), (), None, None, None)
    assert told.startswith("the cover lacks letters of the title")
    assert find_folder_warnings(OWN, (), None, None, None) == ()


def test_a_cover_may_be_named_in_short() -> None:
    short, long = (parse_show(text, "show.toml") for text in (b'cover = "c.png"', b'[cover]\nfile = "c.png"'))
    assert short == long
    assert short.cover.file == "c.png"
