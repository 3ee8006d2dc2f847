"""What another build leaves of an output folder: what changed is made anew, and nothing else is touched."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.building import FERRY, run_here, shared_store, tree
from tests.feeds import attributes
from tests.published import BASE, SHARED_FILES, Built, build, feed_faults, files_of, items_of, two_articles
from tests.tools import run as run_tool

# --- built again --------------------------------------------------------------------------------------


def test_lost_files_come_back_as_they_were(tmp_path: Path) -> None:
    two_articles(tmp_path / "issue")
    built = build(tmp_path, "issue")
    before = tree(built.output)
    for name in before:
        if not name.endswith(".json") or name.endswith(".chapters.json"):
            (built.output / name).unlink()
    assert tree(build(tmp_path, "issue").output) == before


def test_a_changed_paragraph_changes_its_own_episode_alone(tmp_path: Path) -> None:
    """Two articles are published one by one into one folder, then a paragraph of the first is another."""
    two_articles(tmp_path / "issue")
    ferry, lighthouse = (build(tmp_path, f"issue/{name}.md") for name in ("1-boats/ferry", "2-lights/lighthouse"))
    was, other = ferry.manifest(), lighthouse.manifest()
    before = tree(ferry.output)
    assert set(before) == SHARED_FILES | files_of(was) | files_of(other)
    (tmp_path / "previous.xml").write_bytes(before["feed.xml"])

    two_articles(tmp_path / "issue", FERRY.replace("Mr Tolland, who steered it, wept.", "Mr Tolland wept for a week."))
    changed = build(tmp_path, "issue/1-boats/ferry.md")
    now, after = changed.manifest(), tree(changed.output)
    assert changed.synthesised == 1
    assert set(after) == SHARED_FILES | files_of(now) | files_of(other) | files_of(was)
    assert not (files_of(was) & files_of(now)) - {f"{now['name']}.json", f"{now['name']}.html"}
    assert (now["guid"], now["revision"], was["revision"]) == (was["guid"], 2, 1)
    common = set(before) & set(after)
    assert {name for name in common if before[name] != after[name]} <= {
        *(f"{now['name']}.json", f"{now['name']}.html", "feed.xml", "index.html"),
    }
    assert feed_faults(changed.output, "--previous", tmp_path / "previous.xml") == []
    items = items_of(changed.output)
    assert set(items) == {was["guid"], other["guid"]}
    (sound,) = attributes(items[now["guid"]], "enclosure")
    assert sound["url"] == f"{BASE}{now['file']}"
    assert sound["length"] == str(len(after[now["file"]])) != str(len(before[was["file"]]))

    two_articles(tmp_path / "issue")
    back = build(tmp_path, "issue/1-boats/ferry.md").manifest()
    assert (back["sha256"], back["revision"]) == (was["sha256"], 3)
    assert back["file"] not in (was["file"], now["file"])
    assert set(tree(changed.output)) == SHARED_FILES | files_of(back) | files_of(now) | files_of(other)


def test_a_corrected_headline_keeps_the_episode(tmp_path: Path) -> None:
    two_articles(tmp_path / "issue", FERRY.replace("would not sink", "would not shrink"))
    was = build(tmp_path, "issue/1-boats/ferry.md").manifest()
    two_articles(tmp_path / "issue")
    corrected = build(tmp_path, "issue/1-boats/ferry.md")
    now = corrected.manifest()
    assert (now["guid"], now["title"]) == (was["guid"], "The ferry that would not sink")
    assert set(items_of(corrected.output)) == {was["guid"]}
    assert set(tree(corrected.output)) == SHARED_FILES | files_of(now) | files_of(was)


def test_a_build_that_fails_leaves_every_file_that_the_feed_names(tmp_path: Path) -> None:
    two_articles(tmp_path / "issue")
    output = build(tmp_path, "issue/1-boats/ferry.md").output
    (output / "index.html").unlink()
    (output / "index.html").mkdir()  # no file can be put there
    two_articles(tmp_path / "issue", FERRY.replace("wept", "laughed"))
    done = run_here(["build", "issue/1-boats/ferry.md", "--store", shared_store(), "--quiet"], tmp_path)
    assert done.returncode == 1
    assert feed_faults(output) == []


# --- parts of an edition ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Built:
    place = tmp_path_factory.mktemp("issue")
    two_articles(place / "issue")
    return build(place, "issue")


@pytest.fixture
def copy(issue: Built, tmp_path: Path) -> Path:
    """A place of one's own where that edition was built already."""
    return shutil.copytree(issue.place, tmp_path / "copy")


def test_articles_as_episodes_need_nothing_spoken_that_the_whole_does_not(issue: Built, copy: Path) -> None:
    apart = build(copy, "issue", "--per-article")
    assert apart.synthesised == 0
    both = build(copy, "issue", "--per-article", output="both", store="both-store")
    assert both.synthesised == sum(issue.summary["segments"].values())
    assert tree(both.output) == tree(apart.output)
    manifests = apart.manifests()
    assert len({manifest["guid"] for manifest in manifests}) == 3
    assert set(tree(apart.output)) == SHARED_FILES.union(*map(files_of, manifests))
    assert set(items_of(apart.output)) == {manifest["guid"] for manifest in manifests}
    assert feed_faults(apart.output) == []


@pytest.mark.parametrize("choice", [("--only", "boats"), ("--skip", "lights"), ("--only", "ferry")])
def test_a_chosen_part_is_an_episode_of_its_own_and_leaves_the_whole(
    choice: Sequence[str], issue: Built, copy: Path
) -> None:
    part = build(copy, "issue", *choice, "--publish")
    manifest, whole = part.manifest(), issue.manifest()
    assert part.synthesised == 0
    assert manifest["title"] == "The ferry that would not sink"
    assert not [chapter for chapter in manifest["chapters"] if "lamp" in chapter["title"].lower()]
    assert set(items_of(part.output)) == {manifest["guid"], whole["guid"]}
    before, after = tree(issue.output), tree(part.output)
    assert {name: after[name] for name in files_of(whole)} == {name: before[name] for name in files_of(whole)}
    assert set(after) == SHARED_FILES | files_of(whole) | files_of(manifest)


def test_an_article_is_the_same_episode_however_it_was_chosen(copy: Path) -> None:
    apart = build(copy, "issue", "--per-article")
    before = tree(apart.output)
    again = build(copy, "issue", "--only", "ferry", "--publish")
    assert again.manifest()["guid"] in {manifest["guid"] for manifest in apart.manifests()[1:]}
    assert (again.synthesised, tree(again.output)) == (0, before)


def test_an_article_is_the_same_episode_by_its_file_as_by_its_issue(copy: Path) -> None:
    apart = build(copy, "issue", "--per-article")
    alone = build(copy, "issue/1-boats/ferry.md")
    assert alone.manifest()["guid"] in {manifest["guid"] for manifest in apart.manifests()[1:]}
    assert len(items_of(alone.output)) == len(items_of(apart.output)) == 3


def test_a_show_that_gets_another_title_keeps_its_episodes(copy: Path, issue: Built) -> None:
    path = copy / "issue" / "show.toml"
    was = path.read_text(encoding="utf-8")
    title = issue.manifest()["show"]
    path.write_text(f'id = "{title}"\n' + was.replace(f'title = "{title}"', 'title = "The Jetty"'), encoding="utf-8")
    renamed = build(copy, "issue")
    now = renamed.manifest()
    assert (now["show"], now["guid"]) == ("The Jetty", issue.manifest()["guid"])
    assert set(items_of(renamed.output)) == {now["guid"]}


# --- other settings -----------------------------------------------------------------------------------


def test_another_sting_needs_nothing_spoken(copy: Path, issue: Built) -> None:
    two_articles(copy / "issue", more='[intro]\nsting = "bell.wav"\n')
    run_tool("sox", "-n", "-r", 22050, "-c", 2, copy / "issue" / "bell.wav", "synth", 2, "sine", 440)
    other = build(copy, "issue")
    assert (other.synthesised, other.encoded) == (0, 0)
    assert other.manifest()["revision"] == 2
    assert other.manifest()["duration_ms"] != issue.manifest()["duration_ms"]
    assert set(tree(other.output)) == SHARED_FILES | files_of(other.manifest()) | files_of(issue.manifest())


@pytest.mark.parametrize(
    ("arguments", "settings"),
    [(("--bit-rate", "128"), ""), (("--loudness", "-18"), ""), ((), "[pauses]\nparagraph = 900\n")],
)
def test_another_encoding_needs_nothing_spoken(
    arguments: Sequence[str], settings: str, copy: Path, issue: Built
) -> None:
    two_articles(copy / "issue", more=settings)
    other = build(copy, "issue", *arguments)
    assert other.synthesised == 0
    was, now = issue.manifest(), other.manifest()
    assert (now["guid"], now["revision"]) == (was["guid"], 2)
    assert set(tree(other.output)) == SHARED_FILES | files_of(now) | files_of(was)
    assert feed_faults(other.output, "--previous", issue.output / "feed.xml") == []


def test_another_format_needs_nothing_spoken_and_leaves_the_other_as_it_is(copy: Path, issue: Built) -> None:
    other = build(copy, "issue", "--format", "flac")
    assert other.synthesised == 0
    before, after = tree(issue.output), tree(other.output)
    assert Path(other.summary["path"]).name in set(after) - set(before)
    assert [name for name in before if after[name] != before[name]] == ["feed.xml"]  # it names the other format too
    assert b".flac" in after["feed.xml"]
    assert feed_faults(other.output, "--previous", issue.output / "feed.xml") == []


def test_an_article_whose_picture_is_broken_gets_a_drawn_cover_and_stops_no_other(tmp_path: Path) -> None:
    """A cover that the show names is another matter: that must be a picture."""
    two_articles(tmp_path / "issue", f"{FERRY}\n![f](ferry.png)\n")
    (tmp_path / "issue/1-boats/ferry.png").write_text("no picture", encoding="utf-8")
    built = build(tmp_path, "issue", "--per-article")
    covers = [(built.output / manifest["cover"]).read_bytes() for manifest in built.manifests()]
    assert len(covers) == 3
    assert len(set(covers)) == 2, "each shows its headline, and the issue that of its first article"

    show = tmp_path / "issue/show.toml"
    show.write_text(f'cover = "1-boats/ferry.png"\n{show.read_text(encoding="utf-8")}', encoding="utf-8")
    done = run_here(["build", "issue", "--output", "output", "--store", shared_store()], tmp_path)
    assert (done.returncode, "this is no picture that can be read" in done.stderr) == (1, True)
