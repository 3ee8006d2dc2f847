"""Four weeks of a show, and the slips of its editor: what was published is neither replaced nor published twice."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.building import run_here, tree
from tests.published import items_of

SHOW = """title = "The Quay"
description = "News of the harbour."
{more}
[voices.narrator]
engine = "silent"
rate = 2.0
[feed]
base = "https://quay.example/audio/"
cover = "https://quay.example/cover.jpg"
category = "News"
owner_email = "post@quay.example"
{last}
"""
TEXTS = {
    "crane": "The crane on the north pier was lifted away by two tugs, and its driver went along with it to Leith.",
    "herring": "Nobody had seen a herring here since the war, until a boy caught eleven of them with his mother's hat.",
    "tolls": "Lorries pay twice on the swing bridge, once for each way, though they can only ever leave by the other.",
    "gulls": "A pair of gulls nested in the crow's nest of the lightship, which could therefore not be painted white.",
    "letters": "Sir, your tide tables were those of another harbour altogether, and my cellar is the worse for them.",
    "choir": "The seamen's choir sings on Fridays in the salt store, where nobody minds how long they hold a note.",
    "buoys": "Five buoys drifted out to sea in October, and four came back, which the harbour master calls a success.",
    "ferry": "The ferry from Aldmouth came in without its funnel and asked for another, preferably of the same red.",
    "lamp": "Two keepers trimmed the lamp at Dunskerry for forty years, and neither would say who had lit it first.",
    "quern": "A quern dredged up with the mud has been grinding salt ever since, if you believe the dredger's mate.",
    "oars": "Seven oars were handed in as lost property, and seven owners say that theirs was the longest of them.",
    "mast": "The mast of the Providence became a flagpole, then a bean pole, and is a mast again since Whitsuntide.",
    "winch": "An old winch was found beneath the market, with a rope around it that ran straight down into the dark.",
}
FOURTH = ("ferry", "lamp", "quern", "oars", "mast")
WEEKS = (("crane", "herring", "tolls"), ("gulls", "choir"), ("buoys", "winch", "letters"), FOURTH)


def article(name: str, text: str = "", *, front: str = "", title: str = "") -> str:
    head = f"---\n{front}\n---\n" if front else ""
    return (
        f"{head}# {title or f'Of the {name}'}\n\n{text or TEXTS[name]}\n\nMore of the {name} next week, we are told.\n"
    )


def write_issue(
    folder: Path, names: tuple[str, ...], *, more: str = "date = 2026-11-07", last: str = "", start: int = 1
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "show.toml").write_text(SHOW.format(more=more, last=last), encoding="utf-8")
    for number, name in enumerate(names, start):
        (folder / f"{number:02}-{name}.md").write_text(article(name), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory, kept_store: Path) -> Path:
    """A place where three weeks were published, and all have been heard."""
    place = tmp_path_factory.mktemp("month")
    for week in range(3):
        write_issue(place / f"issue{week + 1}", WEEKS[week], more=f"date = {saturday(week)}")
        assert build(place, f"issue{week + 1}", store=kept_store).returncode == 0
    return place


@pytest.fixture
def place(month: Path, tmp_path: Path) -> Path:
    return shutil.copytree(month, tmp_path / "place")


@pytest.fixture(autouse=True)
def _store(kept_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.publish.output.test_slips.STORE", kept_store)


STORE = Path("store")


def build(place: Path, *arguments: str | Path, store: Path | None = None) -> subprocess.CompletedProcess[str]:
    return run_here(["build", *arguments, "-o", "out", "--store", store or STORE], place)


def saturday(week: int) -> dt.date:
    return dt.date(2026, 11, 7) + dt.timedelta(weeks=week)


def guids(place: Path) -> set[str]:
    return set(items_of(place / "out"))


def manifest(place: Path, name: str) -> dict[str, object]:
    told: dict[str, object] = json.loads((place / "out" / f"{name}.json").read_text(encoding="utf-8"))
    return told


def refused(done: subprocess.CompletedProcess[str], place: Path, before: dict[str, bytes], *words: str) -> None:
    """The build stopped before any work, said of what, and left every byte as it was."""
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 2
    assert [word for word in words if word not in done.stderr] == []
    assert tree(place / "out") == before


# --- the date was forgotten, or wrong -----------------------------------------------------------------


def test_an_issue_with_the_date_of_another_stops_and_names_both(place: Path) -> None:
    write_issue(place / "issue4", WEEKS[3], more="date = 2026-11-14")
    before = tree(place / "out")
    words = "the-quay-2026-11-14.mp3", "would be replaced", "'issue4'", "no article", "date", "--new", "--replace"
    refused(build(place, "issue4"), place, before, *words)
    refused(build(place, "issue4", "--dry-run"), place, before, *words)

    assert build(place, "issue4", "--new").returncode == 0
    assert len(guids(place)) == 4
    after = tree(place / "out")
    assert {name: after[name] for name in before if "quay" in name} == {n: before[n] for n in before if "quay" in n}
    (place / "issue4/01-ferry.md").write_text(article("ferry", "A correction: it had never had a funnel at all."))
    assert build(place, "issue4").returncode == 0  # it is its own successor from now on
    assert len(guids(place)) == 4
    assert manifest(place, "the-quay-2026-11-14-2")["revision"] == 2


def test_an_issue_with_the_date_of_another_replaces_it_where_that_is_meant(place: Path) -> None:
    guid = manifest(place, "the-quay-2026-11-14")["guid"]
    write_issue(place / "issue4", WEEKS[3], more="date = 2026-11-14")
    assert build(place, "issue4", "--replace").returncode == 0
    now = manifest(place, "the-quay-2026-11-14")
    assert (now["guid"], now["revision"], len(guids(place))) == (guid, 2, 3)
    assert (place / "out" / "the-quay-2026-11-14.mp3").exists()  # which feeds that apps have kept still name


@pytest.mark.parametrize("folder", ["issue", "issue2"])
def test_issues_without_a_date_are_told_apart_by_their_folders_or_texts(folder: str, tmp_path: Path) -> None:
    write_issue(tmp_path / "issue", WEEKS[0], more="")
    assert build(tmp_path, "issue").returncode == 0
    before = tree(tmp_path / "out")
    shutil.rmtree(tmp_path / "issue")
    write_issue(tmp_path / folder, WEEKS[1], more="")
    done = build(tmp_path, folder)
    if folder == "issue":
        refused(done, tmp_path, before, "would be replaced", "'issue'")
    else:
        assert done.returncode == 0
        assert len(guids(tmp_path)) == 2


def test_a_date_put_right_does_not_publish_an_issue_twice(place: Path) -> None:
    guid = manifest(place, "the-quay-2026-11-21")["guid"]
    write_issue(place / "issue3", WEEKS[2], more="date = 2026-11-20")
    before = tree(place / "out")
    refused(build(place, "issue3"), place, before, "published twice", "3 of its 3", "21 November", "--replace")
    assert build(place, "issue3", "--replace").returncode == 0
    now = manifest(place, "the-quay-2026-11-21")
    assert (now["guid"], now["published"], len(guids(place))) == (guid, "2026-11-20", 3)


@pytest.mark.parametrize("named", ["number = 3", 'id = "buoys"'])
def test_an_issue_that_is_known_by_more_than_its_date_may_get_another_date(named: str, place: Path) -> None:
    last = f"[episode]\n{named}"
    guid = manifest(place, "the-quay-2026-11-21")["guid"]
    write_issue(place / "issue3", WEEKS[2], more="date = 2026-11-21", last=last)
    assert build(place, "issue3").returncode == 0
    write_issue(place / "issue3", WEEKS[2], more="date = 2026-11-20", last=last)
    assert build(place, "issue3").returncode == 0
    assert manifest(place, "the-quay-2026-11-21")["guid"] == guid
    assert len(guids(place)) == 3


def test_numbers_tell_issues_of_one_day_apart(tmp_path: Path) -> None:
    for number in (1, 2):
        write_issue(tmp_path / f"issue{number}", WEEKS[number], last=f"[episode]\nnumber = {number}")
        assert build(tmp_path, f"issue{number}").returncode == 0
    assert len(guids(tmp_path)) == 2


# --- articles -----------------------------------------------------------------------------------------


def test_one_file_rewritten_every_month_with_its_date_is_an_episode_a_month(tmp_path: Path) -> None:
    write_issue(tmp_path, (), more="")
    for date, name in (("2026-05-04", "crane"), ("2026-06-08", "gulls")):
        (tmp_path / "article.md").write_text(article(name, front=f"date: {date}"), encoding="utf-8")
        assert build(tmp_path, "article.md").returncode == 0
    assert len(guids(tmp_path)) == 2


def test_one_file_rewritten_without_a_date_stops(tmp_path: Path) -> None:
    write_issue(tmp_path, (), more="")
    (tmp_path / "article.md").write_text(article("crane"), encoding="utf-8")
    assert build(tmp_path, "article.md").returncode == 0
    before = tree(tmp_path / "out")
    (tmp_path / "article.md").write_text(article("gulls"), encoding="utf-8")
    refused(build(tmp_path, "article.md"), tmp_path, before, "'Of the crane'", "'Of the gulls'", "id", "--new")
    assert build(tmp_path, "article.md", "--new").returncode == 0
    assert len(guids(tmp_path)) == 2


@pytest.mark.parametrize("front", ["id: a-crane", "url: https://quay.example/crane/"])
def test_an_article_that_says_what_it_is_may_be_rewritten_renamed_and_dated_anew(front: str, tmp_path: Path) -> None:
    write_issue(tmp_path, (), more="")
    (tmp_path / "crane.md").write_text(article("crane", front=f"{front}\ndate: 2026-05-04"), encoding="utf-8")
    assert build(tmp_path, "crane.md").returncode == 0
    (guid,) = guids(tmp_path)
    (tmp_path / "pier.md").write_text(article("gulls", front=f"{front}\ndate: 2026-05-05"), encoding="utf-8")
    assert build(tmp_path, "pier.md").returncode == 0
    assert guids(tmp_path) == {guid}


def test_a_file_that_is_renumbered_or_in_a_renamed_folder_stays_the_same_episode(tmp_path: Path) -> None:
    write_issue(tmp_path / "issue", WEEKS[0])
    assert build(tmp_path, "issue", "--per-article").returncode == 0
    before = guids(tmp_path)
    shutil.rmtree(tmp_path / "issue")
    write_issue(tmp_path / "renamed", tuple(reversed(WEEKS[0])), start=7)
    assert build(tmp_path, "renamed", "--per-article").returncode == 0
    assert guids(tmp_path) == before
    assert len(before) == 4


def test_a_renamed_article_stops_and_is_not_published_twice(tmp_path: Path) -> None:
    write_issue(tmp_path / "issue", ("crane",))
    assert build(tmp_path, "issue/01-crane.md").returncode == 0
    before = tree(tmp_path / "out")
    (tmp_path / "issue/01-crane.md").rename(tmp_path / "issue/01-pier.md")
    refused(build(tmp_path, "issue/01-pier.md"), tmp_path, before, "published twice", "01-pier.md", "--replace")


def test_articles_of_one_name_in_two_departments_are_two_episodes_and_stay_two(tmp_path: Path) -> None:
    for department, name in (("1-pier", "crane"), ("2-sea", "buoys")):
        write_issue(tmp_path / "issue" / department, ())
        (tmp_path / "issue" / department / "1-brief.md").write_text(article(name), encoding="utf-8")
    shutil.copy(tmp_path / "issue/1-pier/show.toml", tmp_path / "issue/show.toml")
    for _ in range(2):
        assert build(tmp_path, "issue", "--per-article").returncode == 0
        assert len(guids(tmp_path)) == 3
    before = tree(tmp_path / "out")
    (tmp_path / "issue/3-air").mkdir()
    (tmp_path / "issue/3-air/1-brief.md").write_text(article("gulls"), encoding="utf-8")
    refused(build(tmp_path, "issue/3-air/1-brief.md"), tmp_path, before, "would be replaced", "'Of the gulls'")


def test_the_articles_of_an_issue_come_out_a_second_apart_in_its_order(tmp_path: Path) -> None:
    write_issue(tmp_path / "issue", WEEKS[0])
    assert build(tmp_path, "issue", "--per-article").returncode == 0
    items = items_of(tmp_path / "out").values()
    dated = sorted((item.findtext("pubDate")[-12:-4], item.findtext("title")) for item in items)
    titles = ["The Quay, 7 November 2026", "Of the crane", "Of the herring", "Of the tolls"]
    assert dated == [(f"05:00:0{second}", title) for second, title in enumerate(titles)]


# --- parts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "chosen",
    [
        ("issue3/01-buoys.md", "issue3/02-winch.md"),
        ("issue3", "--only", "Of the winch"),
        ("issue3", "--skip", "03-letters"),
    ],
)
def test_a_part_of_a_published_issue_is_a_preview_beside_the_others(chosen: tuple[str, ...], place: Path) -> None:
    before = tree(place / "out")
    done = build(place, *chosen)
    assert done.returncode == 0
    assert "preview" in done.stderr
    after = tree(place / "out")
    (preview,) = set(after) - set(before)
    assert preview.endswith(".preview.mp3")
    assert {name: after[name] for name in before} == before


def test_files_of_a_published_issue_do_not_replace_it_even_if_they_are_to_be_published(place: Path) -> None:
    write_issue(place / "issue4", FOURTH, more="date = 2026-11-28")
    assert build(place, "issue4").returncode == 0
    before = tree(place / "out")
    files = "issue4/01-ferry.md", "issue4/02-lamp.md"
    refused(build(place, *files, "--publish"), place, before, "would be replaced", "2 of its 5")


def test_files_of_no_published_issue_are_an_edition_of_their_own(tmp_path: Path) -> None:
    write_issue(tmp_path / "issue", WEEKS[0])
    assert build(tmp_path, "issue/01-crane.md", "issue/02-herring.md").returncode == 0
    assert len(guids(tmp_path)) == 1


# --- what is none -------------------------------------------------------------------------------------


def test_an_issue_that_was_corrected_shortened_and_put_in_another_order_stays_the_same(place: Path) -> None:
    guid = manifest(place, "the-quay-2026-11-07")["guid"]
    shutil.rmtree(place / "issue1")
    write_issue(place / "issue1", ("tolls", "crane"))
    corrected = TEXTS["tolls"].replace("twice", "thrice")
    (place / "issue1/01-tolls.md").write_text(article("tolls", corrected, title="Tolls, again"), encoding="utf-8")
    assert build(place, "issue1").returncode == 0
    assert manifest(place, "the-quay-2026-11-07")["guid"] == guid
    assert len(guids(place)) == 3


def test_a_repeated_article_makes_no_issue_the_same(place: Path) -> None:
    write_issue(place / "issue4", ("letters", "tolls", "gulls"), more="date = 2026-11-28")
    assert build(place, "issue4").returncode == 0
    assert len(guids(place)) == 4


def test_two_shows_of_one_day_in_one_folder_are_two_and_are_told_of(place: Path) -> None:
    write_issue(place / "other", WEEKS[1], more="date = 2026-11-07")
    path = place / "other" / "show.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("The Quay", "The Jetty"), encoding="utf-8")
    done = build(place, "other", "--new")
    assert done.returncode == 0
    assert len(guids(place)) == 4


# --- folders of the version before --------------------------------------------------------------------

BEFORE = Path(__file__).parents[2] / "cases" / "published-before"
ISSUES = {
    "2026-11-07": {
        "ferry": "###### Small harbours\n# The ferry that would not sink\n##### A town buys back its boat\n"
        "> Nov 5th 2026\n\n"
        "On a wet morning in March the council of Aldmouth paid for a ferry. It is long.\n\n"
        "The boat had carried people since then. Mr Tolland, who steered it, wept.\n",
        "lamp": "# A lamp for sale\n\nThe lamp at Dunskerry was lit long ago. It went dark again, and no one has lit "
        "it since.\n",
        "letters": "# Letters\n\nSir, the tide tables in your last issue were those of another harbour altogether. "
        "A reader.\n",
    },
    "2026-11-14": {
        "mud": "# Mud in May\n> Nov 12th 2026\n\nIt rained upon the fields for a month, and the lanes were rivers of "
        "brown water.\n",
        "kelp": "# Kelp for breakfast\n\nA baker in Stromness has made bread of seaweed, and her neighbours have begun "
        "to like it.\n",
        "letters": "# Letters\n\nSir, I never wrote the letter that you printed under my name; nor do I own a "
        "goat. Another.\n",
    },
}


def write_former(place: Path, date: str, *, folder: str, as_of: str = "") -> None:
    for number, (name, text) in enumerate(ISSUES[date].items(), 1):
        path = place / folder / f"{number}-dept" / f"{number}-{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    show = SHOW.format(more=f"date = {as_of or date}", last="")
    (place / folder / "show.toml").write_text(show, encoding="utf-8")


@pytest.fixture
def former(tmp_path: Path) -> Path:
    """A folder as the version before left it, but for its sounds; and the articles that it was built from."""
    shutil.copytree(BEFORE, tmp_path / "out")
    for number, date in enumerate(ISSUES, 1):
        write_former(tmp_path, date, folder=f"issue{number}")
    return tmp_path


def guids_by_name(place: Path) -> dict[str, object]:
    paths = (place / "out").glob("*-????-??-??.json")
    return {path.stem: json.loads(path.read_text(encoding="utf-8"))["guid"] for path in paths}


def test_a_folder_of_the_version_before_keeps_every_guid(former: Path) -> None:
    before = guids_by_name(former)
    for folder in ("issue1", "issue2"):
        assert build(former, folder, "--per-article").returncode == 0
    after = guids_by_name(former)
    assert {name: after[name] for name in before} == before
    assert len(after) == len(guids(former)) == 8


@pytest.mark.parametrize("chosen", ["issue2", "issue2/3-dept/3-letters.md"])
def test_slips_are_found_in_a_folder_of_the_version_before(chosen: str, former: Path) -> None:
    write_former(former, "2026-11-14", folder="issue2", as_of="2026-11-07")
    before = tree(former / "out")
    refused(build(former, chosen), former, before, "would be published twice", "--replace")


def test_another_issue_with_the_date_of_one_of_the_version_before_stops(former: Path) -> None:
    write_issue(former / "issue3", WEEKS[0], more="date = 2026-11-14")
    before = tree(former / "out")
    refused(build(former, "issue3"), former, before, "would be replaced", "'issue3'")
