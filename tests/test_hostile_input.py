"""What once ended in a traceback ends in a line or two, or in nothing out of the way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from audiobuild.publish.episodes.manifest import render_manifest
from tests.building import run_here, shared_store, write_edition
from tests.feeds import make_manifest

FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
<title>t</title><item><title>x</title><description><![CDATA[{description}]]></description>
<enclosure url="https://e.example/{file}" length="{length}" type="audio/mpeg"/>
<itunes:duration>{length}</itunes:duration></item></channel></rss>"""
HUGE = int("9" * 400)


def inspected(folder: Path, **said: str) -> str:
    facts = {"description": "d", "file": "there.mp3", "length": "3", **said}
    (folder / "there.mp3").write_bytes(b"abc")
    (folder / "feed.xml").write_text(FEED.format(**facts), encoding="utf-8")
    done = run_here(["inspect", "feed.xml"], folder)
    assert (done.returncode, done.stderr) == (1, "")
    return done.stdout


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"description": "<![hello[ there"}, "guid is missing"),
        ({"length": "1" * 5000}, "no number of bytes"),
        ({"file": "n" * 300 + ".mp3"}, "guid is missing"),
    ],
)
def test_a_hostile_feed_is_inspected_like_any_other(said: dict[str, str], words: str, tmp_path: Path) -> None:
    assert words in inspected(tmp_path, **said)


@pytest.mark.parametrize("text", ["It cost 0s a year.", "It cost 0p and $0s, in 00s."])
def test_nothing_at_all_can_be_read(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"# A\n\n{text}\n", encoding="utf-8")
    done = run_here(["normalise", "a.md"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_settings_that_are_nested_without_end_are_told_in_two_lines(tmp_path: Path) -> None:
    write_edition(tmp_path / "issue", show=f"a = {'[' * 3000}{']' * 3000}")
    done = run_here(["check", "issue"], tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 2)


@pytest.mark.parametrize(
    "changes",
    [
        {"duration_ms": HUGE},
        {"bytes": HUGE},
        {"season": HUGE},
        {"loudness": {"integrated_lufs": HUGE, "true_peak_dbtp": 0, "rms_dbfs": 0, "misses": []}},
    ],
)
def test_a_manifest_of_numbers_beyond_all_bounds_is_named(changes: dict[str, Any], tmp_path: Path) -> None:
    facts = json.loads(render_manifest(make_manifest()))
    del facts["sha256_of_manifest"]
    write_edition(tmp_path / "issue")
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "weekly.json").write_text(json.dumps({**facts, **changes}), encoding="utf-8")
    done = run_here(["feed", "output", "--show", "issue"], tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 2)


def test_episodes_are_not_put_among_the_articles_that_they_are_made_of(tmp_path: Path) -> None:
    write_edition(tmp_path / "issue")
    for output in ("issue", "issue/../issue"):
        done = run_here(["build", "issue", "-o", output, "--store", shared_store()], tmp_path)
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 2)
    assert run_here(["build", "issue", "-o", "issue/output", "--store", shared_store()], tmp_path).returncode == 0
    assert run_here(["build", "issue", "-o", "issue/output", "--store", shared_store()], tmp_path).returncode == 0


def test_an_article_that_a_link_leads_out_of_the_folder_to_is_left_out_and_told_of(tmp_path: Path) -> None:
    write_edition(tmp_path / "issue")
    (tmp_path / "secret.md").write_text("# Secret\n\nNobody is to hear this.\n", encoding="utf-8")
    (tmp_path / "issue" / "3-more.md").symlink_to(tmp_path / "secret.md")
    done = run_here(["build", "issue", "--store", "store"], tmp_path)
    assert done.returncode == 0
    assert "Secret" not in done.stdout
    assert "issue/3-more.md: this link leads out of the folder" in done.stderr
