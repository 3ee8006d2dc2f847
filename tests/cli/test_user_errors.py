"""Bad input: a line or two that say what, where and what to do; exit code 1; the last good episode untouched."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.building import LIGHTHOUSE, PROGRAM, SHOW, environment, run_here, shared_store, spoken_by, write_edition
from tests.forked import run_forked


def _no_such_file(folder: Path) -> list[str]:
    return ["lost.md"]


def _empty_file(folder: Path) -> list[str]:
    (folder / "empty.md").write_text(" \n")
    return ["empty.md"]


def _no_articles(folder: Path) -> list[str]:
    (folder / "bare").mkdir()
    return ["bare"]


def _into_the_articles(folder: Path) -> list[str]:
    write_edition(folder / "issue")
    return ["issue", "-o", "issue"]


def _onto_the_article(folder: Path) -> list[str]:
    (folder / "mud.md").write_text("It rained.\n", encoding="utf-8")
    return ["mud.md", "-o", "mud.md"]


def _link_to_nowhere(folder: Path) -> list[str]:
    (folder / "mud.md").symlink_to("gone.md")
    return ["mud.md"]


def _unknown_key(folder: Path) -> list[str]:
    write_edition(folder / "issue", show=SHOW.replace("author", "auther"))
    return ["issue"]


def _unknown_engine(folder: Path) -> list[str]:
    return ["issue", "--engine", "espeek"]


def _unknown_voice(folder: Path) -> list[str]:
    return ["issue", "--engine", "espeak", "--voice", "en-gbb"]


def _bad_sting(folder: Path) -> list[str]:
    write_edition(folder / "issue", show=SHOW + '[intro]\nsting = "show.toml"\n')
    return ["issue"]


def _no_sting(folder: Path) -> list[str]:
    write_edition(folder / "issue", show=SHOW + '[intro]\nsting = "bell.wav"\n')
    return ["issue"]


def _bad_cover(folder: Path) -> list[str]:
    write_edition(folder / "issue", show='cover = "show.toml"\n' + SHOW)
    return ["issue"]


def _unwritable_output(folder: Path) -> list[str]:
    (folder / "file").write_text("in the way")
    return ["issue", "--output", "file/out"]


def _wrong_suffix(folder: Path) -> list[str]:
    (folder / "article.xlsx").write_bytes(b"PK")
    return ["article.xlsx"]


def edition_and_good_episode(folder: Path) -> Path:
    """Write an edition, and the file that an earlier build of it left."""
    write_edition(folder / "issue")
    good = folder / "output" / "the-breakwater-2026-11-07.mp3"
    good.parent.mkdir()
    good.write_bytes(b"the last good episode")
    return good


def refused(done: subprocess.CompletedProcess[str], told: list[str], good: Path) -> None:
    """A build failed with those words, in a line or two, and left the good episode alone."""
    assert done.returncode == 1
    assert 1 <= len(done.stderr.splitlines()) <= 2, done.stderr
    for words in told:
        assert words in done.stderr
    assert done.stdout == ""
    assert good.read_bytes() == b"the last good episode"
    assert [path.name for path in good.parent.iterdir()] == [good.name]


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        (_no_such_file, ["lost.md: there is no such file or folder"]),
        (_empty_file, ["empty.md: the file is empty"]),
        (_no_articles, ["bare: the folder holds no articles", ".md, .markdown, .txt"]),
        (_into_the_articles, ["issue: the articles are in this folder", "--output"]),
        (_onto_the_article, ["mud.md: this is a file", "Choose another folder"]),
        (_link_to_nowhere, ["mud.md: this link leads nowhere", "gone.md"]),
        (_unknown_key, ["issue/show.toml: there is no setting auther", "Did you mean author?"]),
        (_unknown_engine, ["there is no engine 'espeek'", "Did you mean espeak?", "espeak, gtts, "]),
        (_unknown_voice, ["en-gbb", "en-gb"]),
        (_bad_sting, ["issue/show.toml: this is no sound file"]),
        (_no_sting, ["issue/bell.wav: the sound file cannot be read"]),
        (_bad_cover, ["issue/show.toml: this is no picture"]),
        (_unwritable_output, ["file/out: this is a file", "--output"]),
        (_wrong_suffix, ["article.xlsx: this is a table, which is not read"]),
    ],
)
def test_a_mistake_is_told_in_a_line_or_two(
    cause: Callable[[Path], list[str]], told: list[str], tmp_path: Path
) -> None:
    good = edition_and_good_episode(tmp_path)
    refused(run_here(["build", *cause(tmp_path), "--quiet"], tmp_path), told, good)


def test_an_engine_without_its_network_is_told_in_a_line_or_two(tmp_path: Path) -> None:
    good = edition_and_good_episode(tmp_path)
    write_edition(tmp_path / "issue", show=spoken_by("gtts"))
    closed = {"HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    done = run_forked(["build", "issue", "--quiet"], tmp_path, network=closed)
    refused(done, ["gtts", "--engine espeak"], good)


def test_a_full_disk_is_told_and_the_build_goes_on_when_there_is_room(tmp_path: Path) -> None:
    write_edition(tmp_path / "issue")
    command = " ".join((*PROGRAM, "build", "issue", "--store", "store", "--quiet"))
    # The shell's limit on a file's size answers a write as a full disk does: here for the episode, not for its takes.
    limited = ["bash", "-c", f"trap '' XFSZ; ulimit -f 400; exec {command}"]
    done = subprocess.run(limited, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True)
    assert (done.returncode, "the disk is full" in done.stderr, done.stdout) == (1, True, "")
    assert len(done.stderr.splitlines()) == 2
    assert list((tmp_path / "output").iterdir()) == []
    again = run_here(["build", "issue", "--store", "store"], tmp_path)
    assert again.returncode == 0
    assert "\n0 segments spoken" in again.stdout


def test_a_source_that_is_not_there_is_told_before_the_settings_above_it(tmp_path: Path) -> None:
    write_edition(tmp_path, show=SHOW.replace("author", "auther"))
    assert "lost.md: there is no such file" in run_here(["build", "lost.md"], tmp_path).stderr


def test_all_that_is_wrong_with_the_files_is_told_at_once(tmp_path: Path) -> None:
    write_edition(tmp_path / "issue", show=SHOW.replace("author", "auther"))
    (tmp_path / "issue" / "lexicon.tsv").write_text("Ghent\n", encoding="utf-8")
    for number in (1, 2, 3):
        (tmp_path / "issue" / f"{number}.md").write_text("---\ntitle: Mud: a history\n---\nMud.\n", encoding="utf-8")
    (tmp_path / "issue" / "4.md").write_text("# Four\n\nMud.\n\n<!-- skip -->\n\nMore.\n", encoding="utf-8")
    done = run_here(["build", "issue", "lost.md", "issue/5.docx", "--json"], tmp_path)
    assert (done.returncode, done.stderr.count("error: ")) == (1, 8)
    told = json.loads(done.stdout)["errors"]
    places = [each["where"] for each in told]
    assert places[:4] == ["issue/1.md:2", "issue/2.md:2", "issue/3.md:2", "issue/4.md:5"]
    assert places[4:6] == ["lost.md", "issue/5.docx"]
    assert all(each["hint"] for each in told)


def test_all_that_is_wrong_with_the_show_is_told_at_once(tmp_path: Path) -> None:
    stings = '[intro]\nsting = "bell.wav"\n[outro]\nsting = "gong.wav"\n'
    show = f'{SHOW}{stings}[feed]\nbase = "https://x.example/"\ncategory = "Mud"\n'
    write_edition(tmp_path / "issue", show=show)
    (tmp_path / "issue" / "lexicon.tsv").write_text("Ghent\n", encoding="utf-8")
    told = run_here(["build", "issue", "--engine", "espeek"], tmp_path).stderr
    wrong = [line for line in told.splitlines() if line.startswith("error: ")]
    for place, words in zip(("espeek", "Mud", "lexicon.tsv:1", "bell.wav", "gong.wav"), wrong, strict=True):
        assert place in words


def test_a_wrong_option_is_a_usage_error(tmp_path: Path) -> None:
    assert run_here(["build", "--colour"], tmp_path).returncode == 2


def test_an_article_named_twice_is_read_twice(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(LIGHTHOUSE)
    done = run_here(["build", "a.md", "a.md", "--engine", "silent", "--store", shared_store()], tmp_path)
    assert (done.returncode, done.stdout.count("A lamp for sale")) == (0, 2)
