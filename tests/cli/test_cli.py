"""The commands as users and programs run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from audiobuild import __version__
from audiobuild.model.clock_times import clock
from tests.building import run, run_here, shared_store, write_edition


def test_lines_gives_exactly_one_line_for_each(tmp_path: Path) -> None:
    text = "It cost $1.2bn.\n\nAll 6m of them\nThe World Food Programme (WFP) met.\nThe WFP left.\u2028Late.\n"
    done = run_here(["normalise", "--lines"], tmp_path, stdin=text.encode())
    assert done.stdout.split("\n") == [
        "It cost one point two billion dollars.",
        "",
        "All six million of them",
        "The World Food Programme met.",
        "The W F P left. Late.",
        "",
    ]


def test_lines_takes_the_last_line_without_its_end_and_windows_ends(tmp_path: Path) -> None:
    done = run_here(["normalise", "--lines", "-"], tmp_path, stdin=b"6m\r\n7m")
    assert done.stdout == "six million\nseven million\n"


def test_lines_of_nothing_is_nothing(tmp_path: Path) -> None:
    assert run_here(["normalise", "--lines"], tmp_path).stdout == ""


def test_lines_follows_the_locale(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("340 people, 12%\n")
    assert (
        run_here(["normalise", "--lines", "a.txt"], tmp_path).stdout
        == "three hundred and forty people, twelve per cent\n"
    )
    us = run_here(["normalise", "--lines", "--locale", "en-US", "a.txt"], tmp_path).stdout
    assert us == "three hundred forty people, twelve percent\n"


def test_lines_speaks_utf8_whatever_the_terminal(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "audiobuild", "normalise", "--lines"]
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, input="Kraków’s\n".encode(), capture_output=True, env=env)
    assert done.stdout.decode() == "Kraków’s\n"


def test_without_lines_a_definition_holds_to_the_end_and_each_paragraph_stands_at_its_line(tmp_path: Path) -> None:
    text = "# On the road\n\nThe Association of Inland\nMariners (AIM) met.\n\nWhat AIM wants is *rain*.\n"
    done = run_here(["normalise"], tmp_path, stdin=text.encode())
    assert done.stdout.splitlines() == [
        *("On the road", "", "The Association of Inland Mariners met.", "", ""),
        "What Association of Inland Mariners wants is rain.",
    ]


def test_an_article_of_which_nothing_is_read_is_an_error_of_two_lines(tmp_path: Path) -> None:
    done = run_here(["normalise"], tmp_path, stdin=b"Category: News\n")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "error: standard input: nothing of it is read aloud",
        "Write some paragraphs of prose.",
    ]


def test_explain_names_place_rule_and_both_forms(tmp_path: Path) -> None:
    done = run_here(["normalise", "--explain"], tmp_path, stdin=b"# First\nIt cost 6m and Mr Low wept.\n")
    assert done.stdout.splitlines() == [
        "2:9\t6m\tsix million\tnumber.magnitude",
        "2:16\tMr\tMister\tabbreviation.title",
    ]


def test_columns_are_those_of_the_file_behind_marks_of_markdown_too(tmp_path: Path) -> None:
    done = run_here(["normalise", "--explain"], tmp_path, stdin=b"- It *is* [now](https://a.example) 6m & **6m**\n")
    assert [line.split("\t")[:2] for line in done.stdout.splitlines()] == [
        ["1:36", "6m"],
        ["1:39", "&"],
        ["1:43", "6m"],
    ]


def test_json_gives_each_line_with_its_replacements(tmp_path: Path) -> None:
    for more in ([], ["--lines"]):
        done = run_here(["normalise", "--json", *more], tmp_path, stdin="Café\n\nIt cost 6m.\n".encode())
        told = json.loads(done.stdout)
        assert len(told) == (3 if more else 2)
        assert [told[0], told[-1]] == [
            {"line": 1, "written": "Café", "spoken": "Café", "replacements": [], "pronunciations": []},
            {
                "line": 3,
                "written": "It cost 6m.",
                "spoken": "It cost six million.",
                "replacements": [
                    {"line": 3, "column": 9, "written": "6m", "spoken": "six million", "rule": "number.magnitude"}
                ],
                "pronunciations": [],
            },
        ]


def test_phonemes_are_those_of_the_voice_and_name_who_says_each_name(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text('language = "en-US"\n', encoding="utf-8")
    (tmp_path / "lexicon.tsv").write_text("Quern\tKern\tkɜːrn\nGdańsk\tGdansk\n", encoding="utf-8")
    (tmp_path / "a.md").write_text("Macron’s Quern, in Gdańsk\n\nBlotzkur Brzęczyk\n", encoding="utf-8")
    _, first, second = run_here(["normalise", "--phonemes", "a.md"], tmp_path).stdout.splitlines()
    assert first.startswith("məˈkroʊnz{lexicon} ˈkɜrn{show's lexicon}, ɪn ")
    assert second == "ˈblɑtskɜr{guess} ˈbʒɛntʃɪk{language}"
    explained = run_here(["normalise", "--explain", "a.md"], tmp_path).stdout.splitlines()
    assert explained[0] == "1:1\tMacron\t/məˈkroʊn/\tname.lexicon"
    assert not any("Gdansk" in line and "name.lexicon" in line for line in explained)


def test_article_is_normalised_as_its_show_would_say_it_and_lines_are_not(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text('language = "en-US"\n', encoding="utf-8")
    (tmp_path / "lexicon.tsv").write_text("Quern\tKern\n", encoding="utf-8")
    (tmp_path / "a.md").write_text("# Mud\n12% of the Quern\n", encoding="utf-8")
    assert run_here(["normalise", "a.md"], tmp_path).stdout == "Mud\ntwelve percent of the Kern\n"
    spoken = run_here(["normalise", "a.md", "--locale", "en-GB"], tmp_path).stdout
    assert spoken == "Mud\ntwelve per cent of the Kern\n"
    assert run_here(["normalise", "--lines", "a.md"], tmp_path).stdout == "Mud\ntwelve per cent of the Quern\n"


@pytest.mark.parametrize("name", ["lost.txt", "."])
def test_text_that_cannot_be_read_is_told(name: str, tmp_path: Path) -> None:
    done = run_here(["normalise", name], tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 2)


def test_text_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    done = run_here(["normalise", "--lines"], tmp_path, stdin="café".encode("latin-1"))
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "error: -: this is not UTF-8 text")


def test_version(tmp_path: Path) -> None:
    assert run(["--version"], tmp_path).stdout == f"audiobuild {__version__}\n"


def test_quiet_prints_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    done = run_here(["build", write_edition(tmp_path / "issue"), "--store", shared_store(), "--quiet"], tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert capfd.readouterr() == ("", "")  # nor do its workers and its libraries


def test_in_a_pipe_progress_is_plain_lines(tmp_path: Path) -> None:
    done = run_here(["build", write_edition(tmp_path / "issue")], tmp_path)
    assert done.stderr.splitlines()[0] == "16 takes, 0 of them there already"
    assert done.stderr.splitlines()[-1].startswith("16 of 16 takes, ")
    assert "\x1b" not in done.stdout + done.stderr


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys, audiobuild.cli; "
        "print(*sorted({'numpy','soundfile','gtts','pydub','mutagen','PIL','markdown_it'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.strip() == ""


@pytest.mark.parametrize(("time_ms", "shown"), [(0, "0:00"), (307_999, "5:07"), (3_729_000, "1:02:09")])
def test_times_are_shown_as_people_write_them(time_ms: int, shown: str) -> None:
    assert clock(time_ms) == shown


def test_front_matter_is_not_said_and_keeps_its_lines(tmp_path: Path) -> None:
    text = b"---\nurl: https://a.example/6m\ntitle: 7m\n---\n# Mud\nIt cost 6m.\n"
    assert run_here(["normalise"], tmp_path, stdin=text).stdout.splitlines() == [
        "",
        "",
        "",
        "",
        "Mud",
        "It cost six million.",
    ]
    assert run_here(["normalise", "--explain"], tmp_path, stdin=text).stdout.startswith("6:9\t6m\t")
