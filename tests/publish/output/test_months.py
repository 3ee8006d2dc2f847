"""A month of a show, and what happens in one: each week comes out once, and nobody is given other bytes than before."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.building import run_here, tree
from tests.publish.output.test_slips import FOURTH, TEXTS, WEEKS, article, build, guids, manifest, saturday, write_issue


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory, kept_store: Path) -> Path:
    """A place where four weeks were published."""
    place = tmp_path_factory.mktemp("month")
    for week, names in enumerate(WEEKS):
        write_issue(place / f"issue{week + 1}", names, more=f"date = {saturday(week)}")
        assert build(place, f"issue{week + 1}", store=kept_store).returncode == 0
    return place


@pytest.fixture
def place(month: Path, tmp_path: Path) -> Path:
    return shutil.copytree(month, tmp_path / "place")


def sounds(place: Path) -> dict[str, bytes]:
    return {name: data for name, data in tree(place / "out").items() if name.endswith(".mp3")}


def test_weeks_that_are_built_in_empty_folders_continue_each_other(
    month: Path, tmp_path: Path, kept_store: Path
) -> None:
    """A machine that is made anew for each build has the last result, and neither store nor folder."""
    shutil.copytree(month / "out", tmp_path / "last")
    (tmp_path / "last" / "feed.xml").unlink()
    for each in (tmp_path / "last").glob(f"the-quay-{saturday(3)}*"):
        each.unlink()
    write_issue(tmp_path / "issue4", FOURTH, more=f"date = {saturday(3)}")
    done = build(tmp_path, "issue4", "--previous", "last", store=kept_store)
    assert done.returncode == 0, done.stderr
    assert guids(tmp_path) == guids(month)
    assert sounds(tmp_path) == sounds(month)


def test_an_article_that_is_held_over_leaves_one_week_and_comes_in_the_next(place: Path, kept_store: Path) -> None:
    before = guids(place)
    (place / "issue3" / "03-letters.md").unlink()
    assert build(place, "issue3", store=kept_store).returncode == 0
    (place / "issue4" / "06-letters.md").write_text(article("letters"), encoding="utf-8")
    assert build(place, "issue4", store=kept_store).returncode == 0
    assert guids(place) == before
    assert [manifest(place, f"the-quay-{saturday(week)}")["revision"] for week in range(4)] == [1, 1, 2, 2]


def test_a_copy_of_a_weeks_folder_is_not_another_week(place: Path, kept_store: Path) -> None:
    shutil.copytree(place / "issue4", place / "issue4 (copy)")
    before = tree(place / "out")
    assert build(place, "issue4 (copy)", store=kept_store).returncode == 0
    assert tree(place / "out") == before
    write_issue(place / "issue4 (copy)", FOURTH, more="date = 2026-12-05")
    done = build(place, "issue4 (copy)", store=kept_store)
    assert (done.returncode, tree(place / "out")) == (1, before)
    assert "published twice" in done.stderr


def test_a_week_that_is_taken_back_comes_again_as_the_same_and_the_others_stay(place: Path, kept_store: Path) -> None:
    before = tree(place / "out")
    assert run_here(["remove", f"out/the-quay-{saturday(1)}", "--show", "issue4"], place).returncode == 0
    assert len(guids(place)) == 3
    assert build(place, "issue2", store=kept_store).returncode == 0
    assert tree(place / "out") == before


def test_a_correction_in_an_old_week_changes_that_week_alone(place: Path, kept_store: Path) -> None:
    before = sounds(place)
    corrected = TEXTS["crane"].replace("two tugs", "three tugs")
    (place / "issue1" / "01-crane.md").write_text(article("crane", corrected), encoding="utf-8")
    assert build(place, "issue1", store=kept_store).returncode == 0
    after = sounds(place)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {f"the-quay-{saturday(0)}.r2.mp3"}


def test_a_show_that_gets_another_title_in_its_third_week_goes_on_where_it_is_known_by_an_id(
    place: Path, kept_store: Path
) -> None:
    before = guids(place)
    path = place / "issue4" / "show.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('title = "The Quay"', 'title = "The Mole"\nid = "The Quay"'), encoding="utf-8")
    assert build(place, "issue4", store=kept_store).returncode == 0
    assert guids(place) == before


def test_a_week_whose_articles_move_into_page_bundles_stays_the_same(place: Path, kept_store: Path) -> None:
    before = tree(place / "out")
    for path in sorted((place / "issue2").glob("*.md")):
        bundle = path.with_suffix("")
        bundle.mkdir()
        (bundle / "photo.jpg").write_bytes(b"")
        path.rename(bundle / "index.md")
    done = build(place, "issue2", store=kept_store)
    assert done.returncode == 0, done.stderr
    assert tree(place / "out") == before


def test_empty_notes_of_a_week_are_all_told_of_and_come_in_when_they_are_written(place: Path, kept_store: Path) -> None:
    before = tree(place / "out")
    notes = [place / "issue4" / name for name in ("00-first.md", "07-last.md")]
    for note in notes:
        note.write_text("", encoding="utf-8")
    done = build(place, "issue4", store=kept_store)
    assert (done.returncode, tree(place / "out")) == (0, before)
    assert [note.name for note in notes if f"{note.name}: the file is empty" not in done.stderr] == []
    notes[0].write_text(article("letters"), encoding="utf-8")
    assert build(place, "issue4", store=kept_store).returncode == 0
    told = manifest(place, f"the-quay-{saturday(3)}")
    assert (told["revision"], len(guids(place))) == (2, 4)
