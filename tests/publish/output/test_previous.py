"""A build in an empty folder goes on from what was published: no address ever gives other bytes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.building import FERRY, run_here, shared_store, tree
from tests.published import SHARED_FILES, Built, build, files_of, items_of, two_articles
from tests.website import running

OTHER = FERRY.replace("wept", "laughed")


@pytest.fixture
def published(tmp_path: Path) -> Built:
    two_articles(tmp_path / "issue", more='cover = "cover.jpg"\n')
    return build(tmp_path, "issue", "--per-article", output="published")


def corrected(place: Path) -> None:
    two_articles(place / "issue", OTHER, more='cover = "cover.jpg"\n')


def test_from_a_folder_it_ends_as_it_would_have_in_that_folder(published: Built) -> None:
    place = published.place
    expected = shutil.copytree(published.output, place / "expected")
    corrected(place)
    build(place, "issue", output="expected")
    built = build(place, "issue", "--previous", "published", output="ci")
    assert built.manifest()["revision"] == 2
    assert tree(built.output) == tree(expected)


def test_from_the_address_of_a_feed_names_guids_and_revisions_go_on(published: Built) -> None:
    place = published.place
    with running(published.output) as client:
        base = f"http://127.0.0.1:{client.port}/"
        show = place / "issue" / "show.toml"
        show.write_text(show.read_text(encoding="utf-8").replace("https://lock.example/audio/", base), encoding="utf-8")
        build(place, "issue", "--per-article", output="published")
        before = tree(published.output)
        text = show.read_text(encoding="utf-8")
        corrected(place)
        show.write_text(text, encoding="utf-8")
        done = run_here(
            ["build", "issue", "--previous", f"{base}feed.xml", "-o", "ci", "--store", shared_store(), "--quiet"], place
        )
    assert (done.returncode, done.stderr) == (0, "")
    ci = tree(place / "ci")
    now = Built(place, {"path": published.summary["path"]}, place / "ci").manifest()
    assert (now["guid"], now["revision"]) == (published.manifest()["guid"], 2)
    assert set(items_of(place / "ci")) == set(items_of(published.output))
    assert files_of(now) <= set(ci)
    same = {name for name in set(ci) & set(before) if not name.endswith((".json", ".html"))} - SHARED_FILES
    assert {name for name in same if ci[name] != before[name]} == set()


@pytest.mark.parametrize("previous", ["nowhere", "issue", "http://127.0.0.1:9/feed.xml"])
def test_what_was_never_published_cannot_be_gone_on_from(previous: str, published: Built) -> None:
    done = run_here(["build", "issue", "--previous", previous, "-o", "ci", "--store", shared_store()], published.place)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 2)
    assert tree(published.place / "ci") == {}
