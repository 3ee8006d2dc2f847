"""A show begins with one command; what goes wrong is told all at once, to people and to programs."""

from __future__ import annotations

import json
from pathlib import Path

from tests.building import SHOW, run_here, shared_store, tree, write_edition


def test_show_that_was_begun_can_be_built(tmp_path: Path) -> None:
    begun = run_here(["init", "my-show"], tmp_path)
    assert (begun.returncode, begun.stderr) == (0, "")
    assert begun.stdout.splitlines()[-1] == "  audiobuild build my-show"
    done = run_here(["build", "my-show", "--engine", "silent", "--store", shared_store()], tmp_path)
    assert (done.returncode, "A sub-heading" in done.stdout) == (0, True), done.stderr
    assert done.stdout.splitlines()[-1].endswith(
        "my-show/output/index.html in a browser, or: audiobuild serve my-show/output"
    )
    done = run_here(["build", "my-show"], tmp_path / "my-show")
    assert done.stderr.splitlines()[-1] == "The folder my-show is where you are: write . for it, or nothing at all."
    assert "Name its folder: my-show." in run_here(["build", "my-show/show.toml"], tmp_path).stderr
    done = run_here(["build", "my-show/output"], tmp_path)
    assert done.stderr.startswith("error: my-show/output: this is what a build has made\n")


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "my-show").mkdir()
    (tmp_path / "my-show" / ".gitignore").write_text("mine")
    before = tree(tmp_path)
    done = run_here(["init", "my-show"], tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: my-show/.gitignore: this file is there already\n")
    assert tree(tmp_path) == before


def test_what_is_asked_for_and_cannot_be_is_told_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A lamp\n\nIt went dark.\n")
    for command, told in (
        (["build"], "error: nothing is named that could be built, and no show lies here"),
        (["init", "a.md"], "error: a.md: this is a file"),
        (["build", "a.md", "--store", "a.md"], "error: a.md: this is a file"),
        (["build", "a.md", "--since", "soon"], "is no date. Write it like"),
        (["build", "b.md"], "Did you mean a.md?"),
        (["build", "quay.example/lamp.html"], "if it is an address, write https://quay.example/lamp.html."),
        (["build", "a.md", "--voice", "French"], "Did you mean fr-fr?"),
        (["build", *(f"{name}.md" for name in "cdefg")], "error: c.md, d.md, e.md and 2 more: there is no such file"),
        (["build", "ftp://quay.example/a.md"], "error: ftp://quay.example/a.md: no article is read from there"),
    ):
        assert told in run_here(command, tmp_path).stderr


def test_all_values_that_cannot_be_are_told_at_once(tmp_path: Path) -> None:
    write_edition(tmp_path / "issue", show=SHOW + "[pauses]\ndate = -1\n[audio]\nchannels = 6\n")
    done = run_here(["build", "issue"], tmp_path)
    assert done.stderr.splitlines() == [
        "error: issue/show.toml: audio.channels cannot be 6",
        "Use 1 for mono, 2 for stereo.",
        "error: issue/show.toml: pauses.date cannot be -1",
        "Use 0 to 60000 milliseconds.",
    ]


def test_programs_are_told_errors_as_json(tmp_path: Path) -> None:
    done = run_here(["build", "lost.md", "--json"], tmp_path)
    assert done.returncode == 1
    [error] = json.loads(done.stdout)["errors"]
    assert (error["kind"], error["where"], error["message"]) == (
        *("SourceError", "lost.md", "there is no such file or folder"),
    )


def test_log_holds_what_was_told_and_where_an_error_comes_from(tmp_path: Path) -> None:
    write_edition(tmp_path / "issue")
    run_here(["build", "issue", "--store", shared_store(), "--log", "log.txt", "--quiet"], tmp_path)
    done = run_here(["build", "lost.md", "--log", "log.txt"], tmp_path)
    log = (tmp_path / "log.txt").read_text(encoding="utf-8")
    assert "FileNotFoundError" in log
    assert "FileNotFoundError" not in done.stderr
    assert "FileNotFoundError" in run_here(["build", "lost.md", "--verbose"], tmp_path).stderr


def test_voice_of_another_language_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A lamp\n\nIt went dark.\n")
    done = run_here(["build", "a.md", "--voice", "fr", "--engine", "espeak", "--store", shared_store()], tmp_path)
    assert "voice fr-fr: it speaks fr-FR, and the text is read as en-GB; choose --voice en-gb" in done.stderr


def test_help_says_nothing_of_the_types_of_flags_and_shows_examples(tmp_path: Path) -> None:
    for command in ([], ["build"], ["voices"], ["store", "prune"]):
        shown = run_here([*command, "--help"], tmp_path).stdout
        assert "bool" not in shown and "<" not in shown
        assert "-h" in shown
    assert "audiobuild build my-articles --format epub" in run_here(["build", "-h"], tmp_path).stdout
