"""Slips of whoever keeps the files of a show: titles, folders, merges and backups (after three weeks of it)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.building import run_here, tree
from tests.publish.output.test_slips import FOURTH, TEXTS, WEEKS, article, build, guids, manifest, refused, write_issue
from tests.publish.output.test_slips import _store as _store
from tests.publish.output.test_slips import month as month
from tests.publish.output.test_slips import place as place


def rewrite(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize("title", ['title = "The Quya"', ""])
def test_a_show_whose_title_is_mistyped_or_lost_does_not_publish_its_issue_again(title: str, place: Path) -> None:
    before = tree(place / "out")
    rewrite(place / "issue3/show.toml", 'title = "The Quay"', title)
    refused(build(place, "issue3"), place, before, "published twice", "of the show 'The Quay'", 'id = "The Quay"')
    write_issue(place / "issue3", WEEKS[2], more='date = 2026-11-21\nid = "The Quay"')
    rewrite(place / "issue3/show.toml", 'title = "The Quay"', 'title = "The Quay Today"')
    assert build(place, "issue3").returncode == 0
    assert len(guids(place)) == 3


def test_two_issues_named_for_one_build_do_not_become_one(place: Path) -> None:
    before = tree(place / "out")
    words = "would be replaced", "2 of the 2 articles of 'The Quay, 14 November 2026'", "one after the other"
    refused(build(place, "issue1", "issue2"), place, before, *words)


def test_what_is_left_of_an_issue_is_not_published_beside_it(place: Path) -> None:
    before = tree(place / "out")
    for name in ("01-buoys", "02-winch"):
        (place / f"issue3/{name}.md").unlink()
    refused(build(place, "issue3"), place, before, "published twice", "03-letters.md", "Put the others back")


def test_a_manifest_from_a_backup_neither_takes_a_revision_back_nor_gives_its_address_other_bytes(place: Path) -> None:
    path, article_file = place / "out/the-quay-2026-11-21.json", place / "issue3/01-buoys.md"
    backup = path.read_bytes()
    article_file.write_text(article("buoys", TEXTS["mast"]), encoding="utf-8")
    assert build(place, "issue3").returncode == 0
    second = tree(place / "out")

    path.write_bytes(backup)
    assert build(place, "issue1").returncode == 0
    assert tree(place / "out") == second

    path.write_bytes(backup)
    article_file.write_text(article("buoys", TEXTS["oars"]), encoding="utf-8")
    assert build(place, "issue3").returncode == 0
    assert manifest(place, "the-quay-2026-11-21")["revision"] == 3
    name = "the-quay-2026-11-21.r2.mp3"
    assert tree(place / "out")[name] == second[name]


@pytest.mark.parametrize("file", ["01-buoys.md", "show.toml", "lexicon.tsv"])
def test_a_merge_that_was_not_finished_is_not_read_aloud(file: str, place: Path) -> None:
    before, path = tree(place / "out"), place / "issue3" / file
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{text}\n<<<<<<< HEAD\none\n=======\nother\n>>>>>>> corrections\n", encoding="utf-8")
    line = text.count("\n") + 2
    refused(build(place, "issue3"), place, before, f"issue3/{file}:{line}: a merge is not finished", "<<<<<<<")


def test_a_merge_shown_in_an_article_about_them_is_none(place: Path) -> None:
    shown = "```\n<<<<<<< HEAD\none\n=======\nother\n>>>>>>> corrections\n```\n"
    (place / "issue3/01-buoys.md").write_text(f"{article('buoys')}\n{shown}", encoding="utf-8")
    assert build(place, "issue3").returncode == 0


def test_the_year_before_another_language_and_a_copied_article_are_told_of(place: Path) -> None:
    write_issue(place / "issue4", FOURTH[:2], more='date = 2025-11-28\nlanguage = "de-DE"')
    shutil.copy(place / "issue4/01-ferry.md", place / "issue4/01-ferry copy.md")
    done = build(place, "issue4")
    assert done.returncode == 0
    assert "warning: the-quay-2025-11-28: dated long before the newest episode" in done.stderr
    assert "warning: the language of the show was en-GB, and is de-DE now" in done.stderr
    assert "issue4/01-ferry.md has the text of issue4/01-ferry copy.md: it is heard twice" in done.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "the feed stays as it was, without this episode"),
        ('base = "https://quay.example/audio/"\nkey = "sixteen-letters-and-more"', "feed.xml is gone"),
    ],
)
def test_a_feed_that_is_no_longer_written_is_told_of(line: str, said: str, place: Path) -> None:
    rewrite(place / "issue3/show.toml", 'base = "https://quay.example/audio/"', line)
    done = build(place, "issue3")
    assert (done.returncode, done.stderr.count("warning: ")) == (0, 1)
    assert f"warning: {said}" in done.stderr


def test_an_issue_of_all_issues_is_told_of_when_it_comes_out_and_not_again(place: Path) -> None:
    write_issue(place / "all", (*WEEKS[0], *WEEKS[1], *FOURTH), more="date = 2026-12-05")
    before = "the-quay-2026-11-07, the-quay-2026-11-14"
    told = f"warning: the-quay-2026-12-05: 5 of its 10 articles came out before, in {before}"
    assert told in build(place, "all").stderr
    assert "came out before" not in build(place, "all").stderr


def test_a_feeds_cover_that_is_not_there_is_told_of_by_check_and_by_build(place: Path) -> None:
    write_issue(place / "issue4", FOURTH, more="date = 2026-11-28\noutput = '../out'")
    rewrite(place / "issue4/show.toml", "https://quay.example/cover.jpg", "cover.jpg")
    for is_there in (False, True):
        checked, built = run_here(["check", "issue4"], place), build(place, "issue4")
        assert ("cover of the feed that is not in its folder" in checked.stdout) is not is_there
        assert ("warning: the feed's cover cover.jpg is not in out" in built.stderr) is not is_there
        (place / "out/cover.jpg").write_bytes(b"picture")


def test_two_issues_of_one_id_are_one_only_if_their_articles_say_so(place: Path) -> None:
    write_issue(place / "issue4", FOURTH, more="date = 2026-11-28", last='[episode]\nid = "x"')
    assert build(place, "issue4").returncode == 0
    before = tree(place / "out")
    write_issue(place / "issue5", ("herring", "winch"), more="date = 2026-12-05", last='[episode]\nid = "x"')
    done = build(place, "issue5")
    assert done.returncode == 1
    assert tree(place / "out") == before


def test_an_empty_folder_of_the_next_issue_is_an_error(place: Path) -> None:
    before = tree(place / "out")
    write_issue(place / "issue4", (), more="date = 2026-11-28")
    refused(build(place, "issue4"), place, before, "issue4: the folder holds no articles")


def test_another_show_with_the_settings_of_this_one_and_its_date_stops(place: Path) -> None:
    before = tree(place / "out")
    shutil.copytree(place / "issue2", place / "jetty", ignore=shutil.ignore_patterns("*.md"))
    (place / "jetty/01-lamp.md").write_text(article("lamp"), encoding="utf-8")
    (place / "jetty/02-quern.md").write_text(article("quern"), encoding="utf-8")
    refused(build(place, "jetty"), place, before, "would be replaced", "'jetty'", "no article")
