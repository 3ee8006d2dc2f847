"""Pictures and links of chapters: in the sound, beside it, and in all that tells of chapters."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from mutagen.id3 import ID3
from PIL import Image

from audiobuild.publish.feed.feed_xml import qualified
from audiobuild.publish.formats.containers import read_facts
from audiobuild.publish.pictures.cover import CHAPTER_PX
from audiobuild.store.artefacts import Store
from audiobuild.store.upkeep import count_holdings
from tests.building import SHOW, run_here, shared_store, spoken_by, tree
from tests.feeds import said
from tests.published import Built, build, faults, feed_faults, items_of, write_articles
from tests.tools import run as run_tool

FEED = """[feed]
base = "https://lock.example/audio/"
owner_email = "iona@lock.example"
category = "News"
[chapters]
title = "{section}: {title}"
"""
FERRY = "https://lock.example/ferry"
ARTICLES = {
    "1-boats/ferry.md": f"---\nurl: {FERRY}\n---\n# The ferry\n![f](../images/blue.png)\n\nIt floats.\n",
    "1-boats/barge.md": "# The barge\n![b](../images/red.jpg)\n\nIt sank.\n",
    "lamp.md": "---\nlink: javascript:alert(1)\n---\n# The lamp\n![l](images/blue.png)\n\nIt is lit.\n",
    "mist.md": "# The mist\n![m](images/nowhere.png)\n\nIt came back.\n",
    "night.md": "# The night\n![n](images/broken.png)\n\nIt fell.\n",
}
TITLES = ["Introduction", "The lamp", "The mist", "The night", "Boats: The barge", "Boats: The ferry", "Outro"]
BLUE, RED = (11, 83, 148), (170, 0, 0)


def write_issue(folder: Path) -> Path:
    """Articles of which two have the same picture, one has another, and two name pictures that are none."""
    write_articles(folder, ARTICLES, spoken_by("espeak", SHOW) + FEED)
    (folder / "images").mkdir(exist_ok=True)
    Image.new("RGBA", (1600, 900), (*BLUE, 255)).save(folder / "images" / "blue.png")
    Image.new("CMYK", (90, 120), (0, 255, 255, 85)).save(folder / "images" / "red.jpg")
    (folder / "images" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n no picture")
    return folder


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Built:
    place = tmp_path_factory.mktemp("issue")
    write_issue(place / "issue")
    return build(place, "issue", store="store")


@pytest.fixture
def copy(issue: Built, tmp_path: Path) -> Path:
    """A place of one's own where that edition was built already."""
    return shutil.copytree(issue.place, tmp_path / "copy")


def colour_of(jpeg: bytes) -> tuple[int, ...]:
    """The colour in the middle of a chapter's picture, which must be a square JPEG in RGB."""
    picture = Image.open(io.BytesIO(jpeg))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (CHAPTER_PX, CHAPTER_PX))
    colour = picture.getpixel((CHAPTER_PX // 2, CHAPTER_PX // 2))
    assert isinstance(colour, tuple)
    return tuple(round(value) for value in colour)


def chapters_json(built: Built) -> list[dict[str, Any]]:
    path = built.output / built.manifest()["file"].replace(".mp3", ".chapters.json")
    told: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["chapters"]
    return told


def pictures(built: Built) -> list[str]:
    return [chapter["image"] for chapter in built.manifest()["chapters"]]


def test_a_chapter_has_the_picture_of_its_article_and_goes_without_a_broken_one(issue: Built) -> None:
    manifest = issue.manifest()
    assert [chapter["title"] for chapter in manifest["chapters"]] == TITLES
    stem = manifest["file"].removesuffix(".mp3")
    blue, red = f"{stem}.ch02.jpg", f"{stem}.ch05.jpg"
    assert pictures(issue) == ["", blue, "", "", red, blue, ""]
    assert colour_of((issue.output / blue).read_bytes()) == pytest.approx(BLUE, abs=6)
    assert colour_of((issue.output / red).read_bytes()) == pytest.approx(RED, abs=6)
    assert sorted(path.name for path in issue.output.glob("*.ch*.jpg")) == [blue, red]


def test_the_sound_holds_each_picture_in_its_chapter_with_the_link(issue: Built) -> None:
    manifest = issue.manifest()
    tags = ID3(issue.output / manifest["file"], translate=False)
    names = tags["CTOC:toc"].child_element_ids
    for name, chapter in zip(names, manifest["chapters"], strict=True):
        parts = tags[f"CHAP:{name}"].sub_frames
        images = [(each.mime, each.data) for each in parts.getall("APIC")]
        file = chapter["image"]
        assert images == ([("image/jpeg", (issue.output / file).read_bytes())] if file else [])
        assert [each.url for each in parts.getall("WXXX")] == [chapter["url"]] * bool(chapter["url"])


def test_all_that_tells_of_chapters_has_links_that_can_be_followed_and_no_others(issue: Built) -> None:
    base = "https://lock.example/audio/"
    assert [chapter["url"] for chapter in issue.manifest()["chapters"]] == ["", "", "", "", "", FERRY, ""]
    told = [(chapter.get("url", ""), chapter.get("img", "")) for chapter in chapters_json(issue)]
    assert told == [
        (chapter["url"], f"{base}{chapter['image']}" if chapter["image"] else "")
        for chapter in issue.manifest()["chapters"]
    ]
    (item,) = items_of(issue.output).values()
    assert (said(item, "content:encoded") or "").count("<a href=") == 1
    assert f'<a href="{FERRY}">Boats: The ferry</a>' in (said(item, "content:encoded") or "")
    assert not [name for name, data in tree(issue.output).items() if b"javascript:alert" in data]


def test_independent_checks_find_no_fault_in_an_episode_with_pictures(issue: Built) -> None:
    path = issue.output / issue.manifest()["file"]
    assert faults("check_episode.py", path, "--expect-chapters", str(len(TITLES))) == []
    assert feed_faults(issue.output) == []
    told, said_wrong = run_tool("ffprobe", "-v", "warning", "-show_chapters", "-of", "json", path)
    assert said_wrong == ""
    assert [each["tags"]["title"] for each in json.loads(told)["chapters"]] == TITLES


def test_an_unchanged_build_decodes_no_picture_and_leaves_every_file(issue: Built, copy: Path) -> None:
    before = tree(issue.output)
    kept = [each for each in count_holdings(Store(copy / "store")) if each.kind == "pictures"]
    assert [each.entries for each in kept] == [2]
    shutil.rmtree(copy / "store" / "pictures")
    assert tree(build(copy, "issue", store="store").output) == before
    assert not (copy / "store" / "pictures").exists()


def test_pictures_that_were_shaped_before_are_not_shaped_again(issue: Built, copy: Path) -> None:
    """What is kept is taken, which shows where it is another picture than the file's."""
    store = Store(copy / "store")
    for path in sorted((store.root / "pictures").glob("*/*")):
        store.put(f"pictures/{path.parent.name}{path.name}", b"\xff\xd8\xff kept")
    (copy / "issue" / "mist.md").write_text("# The mist\n\nIt went away.\n", encoding="utf-8")
    built = build(copy, "issue", store="store")
    assert built.synthesised == 1
    assert {(built.output / name).read_bytes() for name in pictures(built) if name} == {b"\xff\xd8\xff kept"}


def test_another_folder_and_store_give_the_same_files(issue: Built) -> None:
    write_issue(issue.place / "elsewhere" / "issue")
    again = build(issue.place, "elsewhere/issue", output="there", store="other")
    assert tree(again.output) == tree(issue.output)


def test_another_picture_makes_a_new_revision_and_speaks_nothing(copy: Path) -> None:
    Image.new("RGB", (300, 300), "#aa0000").save(copy / "issue" / "images" / "blue.png")
    built = build(copy, "issue", store="store")
    assert (built.synthesised, built.manifest()["revision"]) == (0, 2)
    assert colour_of((built.output / pictures(built)[1]).read_bytes()) == pytest.approx(RED, abs=6)


@pytest.mark.parametrize("of_show", ["", 'cover = "images/red.jpg"\n'])
def test_a_single_article_has_its_picture_as_cover_and_none_in_chapters(of_show: str, copy: Path) -> None:
    show = copy / "issue" / "show.toml"
    show.write_text(of_show + show.read_text(encoding="utf-8"), encoding="utf-8")
    built = build(copy, "issue/1-boats/ferry.md")
    manifest = built.manifest()
    picture = items_of(built.output)[manifest["guid"]].find(qualified("itunes:image"))
    assert picture.get("href", "").endswith(f"/{manifest['cover']}")
    assert {chapter["image"] for chapter in manifest["chapters"]} == {""}
    assert manifest["chapters"][0]["url"] == FERRY
    with Image.open(built.output / manifest["cover"]) as cover:
        assert cover.getpixel((700, 700)) == pytest.approx(BLUE, abs=6)


def test_a_picture_outside_the_articles_folder_is_not_published(tmp_path: Path) -> None:
    write_issue(tmp_path / "issue")
    shutil.move(tmp_path / "issue" / "images" / "blue.png", tmp_path)
    (tmp_path / "issue" / "images" / "blue.png").symlink_to(tmp_path / "blue.png")
    built = build(tmp_path, "issue")
    assert [bool(name) for name in pictures(built)] == [False, False, False, False, True, False, False]


@pytest.mark.parametrize("kind", ["flac", "opus", "wav"])
def test_other_formats_hold_what_links_and_pictures_they_can(kind: str, copy: Path) -> None:
    done = run_here(["build", "issue", "--store", shared_store(), "--format", kind, "--quiet"], copy)
    assert done.returncode == 0, done.stderr
    (path,) = (copy / "output").glob(f"*.{kind}")
    chapters = read_facts(path).tag.chapters
    assert [chapter.url for chapter in chapters] == ["", "", "", "", "", FERRY, ""]
    assert [bool(each.picture) for each in chapters] == [kind == "wav" and place in (1, 4, 5) for place in range(7)]
    facts = json.loads(path.with_suffix(f".{kind}.json").read_text(encoding="utf-8"))
    assert {chapter["image"] for chapter in facts["chapters"]} == {""}
