"""The output folder: what is known of it, what was damaged or lost in it, and pages that follow the show."""

from __future__ import annotations

import dataclasses
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from audiobuild.build import Options, build
from audiobuild.build.outcome import Result
from audiobuild.errors import SoundError, SourceError
from audiobuild.publish.episodes.manifest import SUFFIX, Manifest, read_manifest, render_manifest
from audiobuild.publish.output.companion_files import files_of
from audiobuild.publish.output.output_folder import OutputFolder
from audiobuild.publish.output.show_files import publish_show, site_facts
from audiobuild.publish.site.pages import SiteFacts, page_mark, render_episode, static_files, transcript_in
from audiobuild.sources.edition import read_show
from tests.building import FERRY, LIGHTHOUSE, SHOW, shared_store
from tests.feeds import make_manifest

FEED = '[feed]\nbase = "https://old.example/audio/"\n'
SHARED_FILES = {
    *("feed.xml", "feed.jpg", "index.html", "player.js", "player.css", "sw.js", "manifest.webmanifest", "icon.png"),
    *("embed.html", "embed.js", "subscribe.html"),
}
BREAKS: dict[str, Callable[[bytes], bytes | None]] = {
    "lost": lambda _: None,
    "empty": lambda _: b"",
    "cut short": lambda data: data[: len(data) * 2 // 3],
    "without its last byte": lambda data: data[:-1],
    "another byte in the middle": lambda data: data[: len(data) // 2] + b"\0" + data[len(data) // 2 + 1 :],
}


def write_issue(folder: Path) -> Path:
    """Two articles, each with a picture and an address."""
    for number, (name, text) in enumerate({"ferry": FERRY, "lighthouse": LIGHTHOUSE}.items()):
        front = f"---\nurl: https://breakwater.example/{name}\n---\n"
        (folder / name).mkdir(parents=True)
        (folder / name / f"{name}.md").write_text(f"{front}{text}\n![A picture]({name}.png)\n", encoding="utf-8")
        Image.new("RGB", (900, 700), (40 + 90 * number, 80, 120)).save(folder / name / f"{name}.png")
    (folder / "show.toml").write_text(SHOW + FEED, encoding="utf-8")
    return folder


def built(place: Path, source: str = "issue", **options: Any) -> Result:
    return build(Options((place / source,), place / "output", Path(shared_store()), **options))


def tree(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def written_at(folder: Path) -> dict[str, tuple[int, int]]:
    """Which file a name stands for, and when it was written."""
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.iterdir()}


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("issue")
    write_issue(place / "issue")
    built(place)
    return place


@pytest.fixture
def copy(issue: Path, tmp_path: Path) -> Path:
    """A place of one's own where that issue was built already."""
    return shutil.copytree(issue, tmp_path / "copy")


def put(folder: Path, manifest: Manifest) -> Path:
    path = folder / f"{manifest.name}{SUFFIX}"
    path.write_bytes(render_manifest(manifest))
    return path


# --- names and places ---------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b'{"name": "a site"}', render_manifest(make_manifest("ferry"))])
def test_a_name_is_taken_by_whatever_stands_there(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "ferry.json").write_bytes(data)
    (tmp_path / "ferry-2.json").mkdir()
    (tmp_path / "ferry-3.json").symlink_to("nowhere")
    assert OutputFolder(tmp_path).free_name("ferry", ()) == "ferry-4"
    assert OutputFolder(tmp_path).free_name("ferry", ["ferry-4"]) == "ferry-5"


def test_a_name_is_taken_by_an_episode_of_another_format_and_by_a_page_of_somebody_else(tmp_path: Path) -> None:
    (tmp_path / f"ferry.m4b{SUFFIX}").write_bytes(render_manifest(make_manifest("ferry")))
    (tmp_path / "ferry-2.html").write_text("<title>About our ferry</title>", encoding="utf-8")
    assert OutputFolder(tmp_path).free_name("ferry", ()) == "ferry-3"


def test_a_name_that_was_given_is_taken_and_found_again(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path)
    first = make_manifest("ferry", identity="one", guid="1")
    folder.put(tmp_path / "ferry.json", first, SUFFIX)
    assert folder.free_name("ferry", ()) == "ferry-2"
    folder.put(tmp_path / "ferry-2.json", make_manifest("ferry-2", identity="two", guid="2"), SUFFIX)
    assert [each.identity for each in folder.manifests()] == ["two", "one"]
    assert [each.identity for each in folder.known()] == ["one", "two"]
    assert read_manifest((tmp_path / "ferry.json").read_bytes(), "ferry.json") == first


def test_a_manifest_is_read_once_unless_it_has_changed(tmp_path: Path) -> None:
    path = put(tmp_path, make_manifest("ferry"))
    folder = OutputFolder(tmp_path)
    folder.known()
    before = path.stat()
    with path.open("r+b") as file:  # unseen: the same file, of the same size and time
        file.write(b"x" * before.st_size)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert folder.manifests() == (make_manifest("ferry"),)
    path.unlink()
    put(tmp_path, make_manifest("ferry", title="Another"))
    assert [each.title for each in folder.manifests()] == ["Another"]


@pytest.mark.parametrize("name", ["ferry", "other"])
def test_a_broken_manifest_that_was_read_before_is_named_all_the_same(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.json"
    path.write_bytes(render_manifest(make_manifest("ferry", guid="" if name == "ferry" else "1")))
    folder = OutputFolder(tmp_path)
    folder.known()
    with pytest.raises(SourceError) as caught:
        folder.manifests()
    assert caught.value.where == str(path)


def test_a_manifest_that_was_renamed_is_that_of_a_whole_episode_after_the_next_build(copy: Path) -> None:
    """The episode takes the name of its manifest."""
    output = copy / "output"
    before = built(copy).episode.manifest
    (output / f"{before.name}.json").rename(output / "moved.json")
    manifest = built(copy).episode.manifest
    assert (manifest.name, manifest.guid) == ("moved", before.guid)
    assert set(files_of(manifest)) <= set(tree(output))
    assert OutputFolder(output).manifests() == (manifest,)


# --- whole again --------------------------------------------------------------------------------------


def test_the_list_of_an_episodes_files_is_what_stands_in_the_folder(issue: Path) -> None:
    (manifest,) = OutputFolder(issue / "output").manifests()
    assert len([name for name in files_of(manifest) if ".ch" in name and name.endswith(".jpg")]) == 2
    assert len(set(files_of(manifest))) == len(files_of(manifest))
    assert {f"{manifest.name}.json", *files_of(manifest)} == set(tree(issue / "output")) - SHARED_FILES


def test_files_of_an_episode_without_a_page_are_its_sound_alone() -> None:
    assert files_of(make_manifest(cover="", file="weekly.flac", mime="audio/flac")) == ("weekly.flac",)


@pytest.mark.parametrize("broken", BREAKS)
def test_any_file_that_was_damaged_or_lost_comes_back_as_it_was(broken: str, copy: Path) -> None:
    output = copy / "output"
    before = tree(output)
    (manifest,) = OutputFolder(output).manifests()
    first = list(BREAKS).index(broken) % 2
    for name in files_of(manifest)[first::2]:  # each is broken in some ways, and in each way every other one
        damaged = BREAKS[broken](before[name])
        if damaged is None:
            (output / name).unlink()
        else:
            (output / name).write_bytes(damaged)
        again = built(copy)
        assert (again.synthesised, again.encoded) == (0, 0), name
        assert tree(output) == before, name


def test_sound_that_is_whole_is_left_alone_when_another_file_is_lost(copy: Path) -> None:
    output = copy / "output"
    (manifest,) = OutputFolder(output).manifests()
    before = written_at(output)
    (output / f"{manifest.stem}.vtt").unlink()
    built(copy)
    assert written_at(output)[manifest.file] == before[manifest.file]


def test_an_unchanged_build_writes_no_file_of_the_episode(copy: Path) -> None:
    output = copy / "output"
    (manifest,) = OutputFolder(output).manifests()
    before = written_at(output)
    built(copy)
    after = written_at(output)
    names = {f"{manifest.name}.json", *files_of(manifest)}
    assert {name: after[name] for name in names} == {name: before[name] for name in names}


@pytest.mark.parametrize("kept", [0, 1])
def test_another_revision_takes_the_pictures_of_one_away_that_is_not_to_be_kept(kept: int, copy: Path) -> None:
    output, show = copy / "output", copy / "issue" / "show.toml"
    toml = show.read_text(encoding="utf-8").replace("[feed]", f"[feed]\nkeep_revisions = {kept}")
    show.write_text(toml, encoding="utf-8")
    (before,) = OutputFolder(output).manifests()
    (copy / "issue" / "ferry" / "ferry.png").unlink()
    manifest = built(copy).episode.manifest
    assert manifest.revision == 2
    assert [bool(chapter.image) for chapter in manifest.chapters].count(True) == 1
    former = set(files_of(before)) if kept else set()
    assert {f"{manifest.name}.json", *files_of(manifest)} | former == set(tree(output)) - SHARED_FILES
    assert set(files_of(manifest)) & set(files_of(before)) == {f"{manifest.name}.html"}


def test_a_missed_level_is_an_error_under_strict_even_if_it_stands_there_already(copy: Path) -> None:
    """Nothing is measured anew: the manifest says what was."""
    manifest = built(copy, strict=True).episode.manifest
    put(copy / "output", dataclasses.replace(manifest, loudness={**manifest.loudness, "integrated_lufs": -30.0}))
    with pytest.raises(SoundError, match="-30"):
        built(copy, strict=True)


# --- pages that follow the show -----------------------------------------------------------------------

ALTERED = {
    'title = "The Breakwater"': 'title = "The Mole"\nid = "The Breakwater"\naccent = "#aa3300"\nlink = "https://mole.example/"',
    "https://old.example/audio/": "https://new.example/cast/",
}


def alter(show: Path, changes: dict[str, str]) -> None:
    text = show.read_text(encoding="utf-8")
    for old, new in changes.items():
        text = text.replace(old, new)
    show.write_text(text, encoding="utf-8")


def pages(output: Path) -> dict[str, str]:
    """The pages of episodes, by their files."""
    return {
        each.name: text
        for each in output.glob("*.html")
        if 'class="transcript"' in (text := each.read_text(encoding="utf-8"))
    }


@pytest.fixture
def three(copy: Path) -> Path:
    """A place with three episodes: the issue, and each of its articles."""
    built(copy, per_article=True)
    return copy


@pytest.fixture
def archive(three: Path) -> Path:
    """The same, but the show has become another since."""
    alter(three / "issue" / "show.toml", ALTERED)
    return three


def test_pages_of_all_episodes_follow_the_show(archive: Path) -> None:
    output, show = archive / "output", read_show(archive / "issue")
    before = pages(output)
    publish_show(show, OutputFolder(output))
    after = pages(output)
    assert len(after) == len(before) == 3
    version = static_files(site_facts(show))["sw.js"].decode().partition('VERSION = "')[2][:10]
    for name, page in after.items():
        assert "<title>" in page
        assert "· The Mole</title>" in page
        assert f'href="https://new.example/cast/{name}"' in page
        assert f"player.css?v={version}" in page
        assert "old.example" not in page
        assert "The Breakwater</" not in page
        assert transcript_in(page) == transcript_in(before[name]) != ""


def test_addresses_of_pictures_follow_the_show(archive: Path) -> None:
    publish_show(read_show(archive / "issue"), OutputFolder(archive / "output"))
    told = [path.read_text() for path in (archive / "output").glob("*.chapters.json")]
    assert len([text for text in told if "https://new.example/cast/" in text]) == 1  # the others have one chapter
    assert not [text for text in told if "old.example" in text]


def test_a_build_of_one_episode_brings_the_pages_of_the_others_along(archive: Path) -> None:
    built(archive, "issue/ferry/ferry.md")
    assert all("· The Mole</title>" in page for page in pages(archive / "output").values())


def test_pages_that_say_what_the_show_says_are_left_alone(archive: Path) -> None:
    output, show = archive / "output", read_show(archive / "issue")
    publish_show(show, OutputFolder(output))
    before = written_at(output)
    publish_show(dataclasses.replace(show, description="Nothing that is said there."), OutputFolder(output))
    after = written_at(output)
    assert {name for name in pages(output) if before[name] != after[name]} == set()


@pytest.mark.parametrize("broken", BREAKS)
def test_a_page_whose_transcript_is_damaged_waits_for_the_next_build_of_its_episode(broken: str, three: Path) -> None:
    output = three / "output"
    alter(three / "issue" / "show.toml", {"https://old.example/audio/": "https://new.example/cast/"})
    path = next(output / name for name in pages(output) if "lamp" in name)
    transcript = transcript_in(path.read_text(encoding="utf-8"))
    damaged = BREAKS[broken](transcript.encode())
    page = path.read_text(encoding="utf-8").replace(transcript, (damaged or b"").decode())
    path.write_text(page, encoding="utf-8")
    publish_show(read_show(three / "issue"), OutputFolder(output))
    assert path.read_text(encoding="utf-8") == page
    built(three, only=("lighthouse",), publish=True)
    assert transcript_in(path.read_text(encoding="utf-8")) == transcript
    assert "https://new.example/cast/" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(SiteFacts)])
def test_pages_have_the_same_mark_if_and_only_if_they_are_the_same(name: str) -> None:
    """So the mark alone tells whether a page has to be made anew."""
    show = SiteFacts("The Breakwater", address="https://old.example/")
    other = dataclasses.replace(show, **{name: "#aa3300" if name == "accent" else "https://other.example/"})
    manifest = make_manifest()
    first, second = (render_episode(each, manifest, "") for each in (show, other))
    assert (page_mark(show, manifest) == page_mark(other, manifest)) == (first == second)
    assert page_mark(show, manifest) in first[:256]
