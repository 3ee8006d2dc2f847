"""Hostile files, names and pictures: nothing but the output folder is written, and nothing else is published."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from functools import partial
from pathlib import Path

import pytest
from mutagen.id3 import ID3
from PIL import Image

from tests.building import SHOW
from tests.hostile import PRECIOUS, Build, article, build_silently, digest, is_manifest, output_of


@pytest.fixture(scope="module")
def build(kept_store: Path) -> Build:
    return partial(build_silently, store=kept_store)


# --- the output folder -------------------------------------------------------------------------------


def test_links_in_the_output_folder_are_replaced_and_not_followed(build: Build, tmp_path: Path) -> None:
    article(tmp_path / "a.md", "A lamp")
    precious = tmp_path / "precious.txt"
    precious.write_text(PRECIOUS)
    output = tmp_path / "output"
    output.mkdir()
    for name in ("a-lamp.mp3", "a-lamp.jpg", "a-lamp.html", "a-lamp.vtt", "feed.xml", "index.html"):
        (output / name).symlink_to(precious)
    done = build(tmp_path, "a.md")
    assert (done.returncode, precious.read_text()) == (0, PRECIOUS), done.stderr
    assert (output / "a-lamp-2.mp3").is_file()
    assert not any((output / name).is_symlink() for name in ("a-lamp-2.mp3", "a-lamp-2.html", "index.html"))


@pytest.mark.parametrize(
    "text",
    ['{"mine": 1}', "[]", "null", '{"generator": 1, "published": {}, "chapters": [[]]}', "\x00", "", '{"mine": 1'],
)
def test_file_that_is_no_manifest_keeps_its_place_and_the_episode_finds_another(
    build: Build, text: str, tmp_path: Path
) -> None:
    article(tmp_path / "a.md", "A lamp")
    mine = tmp_path / "output" / "a-lamp.json"
    mine.parent.mkdir()
    mine.write_text(text)
    done = build(tmp_path, "a.md", "--quiet")
    assert (done.returncode, mine.read_text()) == (0, text), done.stderr
    assert (mine.parent / "a-lamp-2.mp3").is_file()


def test_article_called_index_does_not_take_the_page_of_all_episodes(build: Build, tmp_path: Path) -> None:
    article(tmp_path / "a.md", "Index")
    assert build(tmp_path, "a.md").returncode == 0
    [manifest] = [json.loads(data) for name, data in output_of(tmp_path).items() if is_manifest(name, data)]
    assert manifest["name"] not in ("index", "feed", "player", "sw", "manifest", "icon")


def test_revision_does_not_take_the_files_of_an_episode_that_is_called_like_it(build: Build, tmp_path: Path) -> None:
    other = article(tmp_path / "other.md", "A lamp r2", "\n\nAnother article altogether.\n")
    lamp = article(tmp_path / "lamp.md", "A lamp")
    assert [build(tmp_path, path.name).returncode for path in (other, lamp)] == [0, 0]
    theirs = output_of(tmp_path)["a-lamp-r2.mp3"]
    article(lamp, "A lamp", "\n\nIt was changed since.\n")
    assert build(tmp_path, "lamp.md", "--replace").returncode == 0
    assert digest(output_of(tmp_path)["a-lamp-r2.mp3"]) == digest(theirs)


def test_format_that_changes_leaves_the_other_format_whole(build: Build, tmp_path: Path) -> None:
    lamp = article(tmp_path / "lamp.md", "A lamp")
    assert [build(tmp_path, "lamp.md", "--format", kind).returncode for kind in ("mp3", "flac")] == [0, 0]
    article(lamp, "A lamp", "\n\nIt was changed since.\n")
    assert build(tmp_path, "lamp.md", "--format", "flac", "--replace").returncode == 0
    output = output_of(tmp_path)
    manifest = json.loads(output["a-lamp.json"])
    assert {manifest["file"], manifest["cover"]} <= set(output)


# --- what is said of them ----------------------------------------------------------------------------


def test_terminal_is_told_titles_without_orders_to_it(build: Build, tmp_path: Path) -> None:
    article(tmp_path / "a.md", "Red \x1b[31mhere\x1b]0;x\x07 \x9b2J \u202etxt")
    done = build(tmp_path, "a.md")
    assert done.returncode == 0
    assert [char for char in done.stdout if unicodedata.category(char) in ("Cc", "Cf") and char != "\n"] == []


def test_title_that_cannot_be_seen_is_none(build: Build, tmp_path: Path) -> None:
    article(tmp_path / "a.md", "\u200b\u200d\u2060")
    assert build(tmp_path, "a.md").returncode == 0
    for path in (tmp_path / "output").glob("*.mp3"):
        frames = ID3(path)
        assert str(frames["TIT2"]).strip()
        assert all(str(chapter.sub_frames["TIT2"]).strip() for chapter in frames.getall("CHAP"))


# --- file names -----------------------------------------------------------------------------------------


ODD_NAMES = (
    *("a\nb.md", "a'\"`$(x)b.md", "--output=x.md", "*?[a].md", "a\u202eb.md", "   .md", "; rm -rf x;.md", "%s{0}.md"),
    *("w" * 250 + ".md", "\U0001f600.md", "\x1b[31mred.md", "a..\u2025md.md", "e\u0301.md", "A.MD", "a&b<c>.md"),
)


def test_odd_names_of_files_and_folders_do_no_harm(build: Build, tmp_path: Path) -> None:
    issue = tmp_path / "issue"
    for place, name in enumerate(ODD_NAMES):
        folder = issue / f"{place}<b>&\n\"'" if place % 3 == 0 else issue
        article(folder / name, f"Article {place}", f"\n\nSome words of article {place}.\n")
    (issue / "show.toml").write_text(SHOW, encoding="utf-8")
    done = build(tmp_path, "issue", "--per-article", "--json")
    assert done.returncode == 0, done.stderr
    manifests = [json.loads(data) for name, data in output_of(tmp_path).items() if is_manifest(name, data)]
    assert len(manifests) == len(ODD_NAMES) + 1
    assert all(re.fullmatch(r"[a-z0-9-]+\.mp3", manifest["file"]) for manifest in manifests)
    assert {path.name for path in tmp_path.iterdir()} <= {"home", "issue", "output", "store"}


def test_name_that_is_no_unicode_does_no_harm(build: Build, tmp_path: Path) -> None:
    name = os.fsdecode(b"bad\xff.md")
    try:
        article(tmp_path / name, "A lamp")
    except OSError:
        pytest.skip("this file system takes no such name")
    done = build(tmp_path, name)
    assert done.returncode in (0, 1)
    assert bool(output_of(tmp_path)) == (done.returncode == 0)


def test_folder_that_links_to_itself_is_read_once(build: Build, tmp_path: Path) -> None:
    issue = tmp_path / "issue"
    article(issue / "a.md", "A lamp")
    article(issue / "b.md", "A boat")
    (issue / "loop").symlink_to(issue)
    done = build(tmp_path, "issue", "--json")
    assert (done.returncode, done.stdout.count('"A lamp"')) in ((0, 1), (1, 0))


# --- pictures ---------------------------------------------------------------------------------------------


RED = (255, 0, 0)


def is_red(data: bytes, folder: Path) -> bool:
    (folder / "seen.jpg").write_bytes(data)
    with Image.open(folder / "seen.jpg") as image:
        image.draft("RGB", (64, 64))  # decoded small
        pixel = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
    return isinstance(pixel, tuple) and all(abs(a - b) < 8 for a, b in zip(pixel, RED, strict=True))


OUTSIDE = {
    "up": "../private.png",
    "absolute": "{folder}/private.png",
    "link": "link.png",
    "roundabout": "./../issue/../private.png",
    "file": "file://{folder}/private.png",
    "one-slash": "file:{folder}/private.png",
    "encoded": "%2e%2e/private.png",
    "backslashes": "..\\\\private.png",
    "home": "~/private.png",
    "web": "http://127.0.0.1:9/private.png",
    "any-scheme": "//127.0.0.1/private.png",
    "script": "javascript:alert(1)",
    "data": "data:image/png;base64,AAAA",
    "folder": "..",
    "zero": "a%00b.png",
}


@pytest.fixture(scope="module")
def red_covers(build: Build, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bool]:
    """Build articles with pictures in and outside their edition, all of them red: whose episodes show red."""
    folder = tmp_path_factory.mktemp("pictures")
    issue = folder / "issue"
    issue.mkdir()
    for path in (folder / "private.png", issue / "own.png"):
        Image.new("RGB", (1500, 1500), RED).save(path)
    (issue / "link.png").symlink_to(folder / "private.png")
    for name, address in {**OUTSIDE, "own": "own.png"}.items():
        body = f"\n\n![lamp]({address.format(folder=folder)})\n\nSome words are said here.\n"
        article(issue / f"{name}.md", name.title(), body)
    done = build(folder, "issue", "--per-article")
    assert done.returncode == 0, done.stderr
    output = output_of(folder)
    found = {}
    for name, data in output.items():
        manifest = json.loads(data) if is_manifest(name, data) else {"identity": ""}
        if "|name " in manifest["identity"]:
            tags = ID3(folder / "output" / manifest["file"])
            pictures = [data for file, data in output.items() if file.startswith(f"{manifest['name']}.jpg")]
            pictures += [frame.data for frame in tags.getall("APIC")]
            pictures += [frame.data for chapter in tags.getall("CHAP") for frame in chapter.sub_frames.getall("APIC")]
            assert len(pictures) >= 2
            source = manifest["title"].lower()
            found[source] = any(is_red(picture, folder) for picture in pictures)
    return found


def test_picture_of_the_edition_is_published(red_covers: dict[str, bool]) -> None:
    assert red_covers["own"]


@pytest.mark.parametrize("name", OUTSIDE)
def test_picture_outside_the_edition_is_not_published(red_covers: dict[str, bool], name: str) -> None:
    assert not red_covers[name]


@pytest.mark.parametrize("address", ["/etc/hosts", "../secret.txt", "file:///etc/hosts", "secret.md"])
def test_picture_that_is_none_is_left_out_or_told_in_two_lines(build: Build, address: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(PRECIOUS)
    article(tmp_path / "issue" / "a.md", "A lamp", f"\n\n![lamp]({address})\n\nSome words are said here.\n")
    article(tmp_path / "issue" / "secret.md", "Another")
    done = build(tmp_path, "issue/a.md", "--quiet")
    assert done.returncode in (0, 1)
    assert PRECIOUS not in done.stderr
    if done.returncode:
        assert 1 <= len(done.stderr.splitlines()) <= 2
        assert output_of(tmp_path) == {}
    else:
        assert PRECIOUS.encode() not in b"".join(output_of(tmp_path).values())


def test_picture_of_an_endless_name_is_not_there(build: Build, tmp_path: Path) -> None:
    article(tmp_path / "a.md", "A lamp", f"\n\n![lamp]({'a' * 5000}.png)\n\nSome words are said here.\n")
    assert build(tmp_path, "a.md").returncode == 0


# --- the whole article ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xfe\x00", id="half a character"),
        pytest.param(b"# T\n\n\x00\x01\x02 words\n", id="zero bytes"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), id="a picture"),
        pytest.param(b"# T\n\n\xe4\xf6\xfc words\n", id="Latin 1"),
        pytest.param(
            b"---\ntitle: !!python/object/apply:os.system [touch pwned]\n---\n\nSome words.\n", id="YAML objects"
        ),
        pytest.param(b"---\na: &a [x,x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n\nSome words.\n", id="YAML references"),
        pytest.param(b"> " * 300 + b"deep words\n", id="quotations in quotations"),
        pytest.param(b"[" * 5000 + b" open words\n", id="open brackets"),
        pytest.param(b"*_" * 5000 + b" open marks\n", id="open emphasis"),
        pytest.param(b"# T\n\n" + "e\u0301\u0327".encode() * 500 + b" words\n", id="accents on accents"),
        pytest.param(b"# T\n\nThe sum is " + b"9" * 300 + b" pounds.\n", id="a number of no name"),
        pytest.param(
            "# T\n\n\u202eLRO \u2066isolates\u2069 \ufeff\u200b words \U000e0041\n".encode(), id="unseen marks"
        ),
    ],
)
def test_article_of_any_bytes_is_read_or_refused_in_two_lines(build: Build, data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(data)
    done = build(tmp_path, "a.md", "--quiet")
    assert done.returncode in (0, 1)
    assert not (tmp_path / "pwned").exists()
    if done.returncode:
        assert 1 <= len(done.stderr.splitlines()) <= 2, done.stderr
        assert output_of(tmp_path) == {}
