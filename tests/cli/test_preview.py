"""One paragraph, said as a build would say it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.building import run_here, write_edition


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("article.md:8", "The boat had carried six million people since nineteen seventy-one."),
        ("article.md:9", "The boat had carried six million people since nineteen seventy-one."),
        ("article.md", "On a wet morning in March the council of Aldmouth paid one point two million pounds"),
    ],
)
def test_paragraph_of_a_line_is_said_and_told(tmp_path: Path, place: str, said: str) -> None:
    ferry = write_edition(tmp_path / "edition") / "1-harbours" / "ferry.md"
    ferry.rename(ferry.with_name("article.md"))
    command = ["preview", f"edition/1-harbours/{place}", "--output", "said.wav", "--store", "store"]
    done = run_here(command, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1].startswith(said)
    assert (tmp_path / "said.wav").read_bytes().startswith(b"RIFF")


@pytest.mark.parametrize(
    ("place", "output", "error"),
    [
        ("no.md:3", "said.wav", "there is no such file"),
        ("code.md:3", "said.wav", "code.md:3: this is not read: code is not read"),
        ("ferry.md:8", "said.xyz", "which format"),
        ("ferry.md:99", "said.wav", "ferry.md:99: the file has "),
    ],
)
def test_what_cannot_be_said_is_told(tmp_path: Path, place: str, output: str, error: str) -> None:
    folder = write_edition(tmp_path / "edition") / "1-harbours"
    (folder / "code.md").write_text("# Code\n\n```\n7\n```\n\nIt ran.\n", encoding="utf-8")
    done = run_here(["preview", f"edition/1-harbours/{place}", "--output", output, "--store", "store"], tmp_path)
    assert (done.returncode, error in done.stderr) == (1, True), done.stderr


def test_loudspeaker_is_a_program_that_plays_and_its_failure_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_edition(tmp_path / "edition")
    player = tmp_path / "bin" / "ffplay"
    player.parent.mkdir()
    monkeypatch.setenv("PATH", f"{player.parent}{os.pathsep}{os.environ['PATH']}")
    command = ["preview", "edition/1-harbours/ferry.md:8", "--store", "store"]
    silent = "error: nothing could be heard: ffplay could not play it"
    for last, told in (("sleep 3", ""), ("exit 3", silent), ("echo no card 1>&2", f"{silent}: no card")):
        player.write_text(f'#!/bin/sh\nfor file; do :; done\ncp "$file" {tmp_path}/heard.wav\n{last}\n')
        player.chmod(0o755)
        done = run_here(command, tmp_path)
        assert (done.returncode, done.stderr.partition("\n")[0]) == (int(bool(told)), told)
        assert (tmp_path / "heard.wav").read_bytes().startswith(b"RIFF")
