"""The small issues that scripts/torture publishes, and their builds (for scripts/torture)."""

from __future__ import annotations

import importlib
import os
import random
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Sequence
from multiprocessing import forkserver
from pathlib import Path

from audiobuild.cli import main
from audiobuild.takes.processes import start_workers

SHOW = """title = "The Quay"
description = "Of harbours."
date = 2026-11-{day:02}
[voices.narrator]
engine = "silent"
[feed]
base = "https://quay.example/"
cover = "cover.jpg"
category = "News"
"""
WORDS = (
    "tide rope lamp crane gull brine quern mast ferry pier salt herring oar fog bell anchor buoy winch net gale".split()
)
_IMPORTED = (
    *("audiobuild.build", "audiobuild.cli.building", "audiobuild.cli.reports", "audiobuild.takes.render", "jinja2"),
    *(
        "audiobuild.publish.sound_writing",
        "audiobuild.publish.pictures.cover",
        "mutagen.id3",
        "markdown_it",
        "filelock",
    ),
)
BUILDS = (("issue1",), ("issue1", "--per-article"), ("issue2", "--per-article"), ("issue1", "--format", "flac"))


def write_issue(folder: Path, day: int, chance: random.Random) -> None:
    """Write an issue of three short articles."""
    folder.mkdir(parents=True)
    (folder / "show.toml").write_text(SHOW.format(day=day), encoding="utf-8")
    for number in range(1, 4):
        text = "\n\n".join(" ".join(chance.choices(WORDS, k=20)).capitalize() + "." for _ in range(4))
        (folder / f"{number}-{WORDS[number + day]}.md").write_text(f"# Of {WORDS[number + day]}\n\n{text}\n", "utf-8")


def correct(place: Path) -> None:
    """Correct an article, so that another revision comes out."""
    (article,) = (place / "issue1").glob("1-*.md")
    article.write_text(article.read_text(encoding="utf-8") + "\nA correction is one sentence more.\n", encoding="utf-8")


def start(place: Path, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a build, in a group of processes of its own."""
    command = [sys.executable, "-m", "audiobuild", "build", *arguments, "-o", "out", "--store", "store", "--quiet"]
    return subprocess.Popen(command, cwd=place, stderr=subprocess.PIPE, start_new_session=True)


class Forked:
    """A build in a process that is forked from this one, which has imported all: a tenth of the work of a fresh one.

    Its workers come from the process that `prepare` has started, and end when it does.
    """

    def __init__(self, place: Path, arguments: Sequence[str]) -> None:
        self._told = tempfile.TemporaryFile()  # noqa: SIM115  # closed when it has been read
        self._pid = os.fork()
        if not self._pid:
            self._build(place, arguments)

    def _build(self, place: Path, arguments: Sequence[str]) -> None:
        code = 1
        try:
            os.setsid()
            os.chdir(place)
            os.dup2(self._told.fileno(), 2)
            for each in (forkserver, forkserver._forkserver):
                vars(each)["ensure_running"] = lambda: None  # it runs already
            sys.argv = ["audiobuild", "build", *arguments, "-o", "out", "--store", "store", "--quiet"]
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        except BaseException:
            traceback.print_exc()
        finally:
            threading._shutdown()  # type: ignore[attr-defined]  # what Python does when it ends
            sys.stderr.flush()
            os._exit(code)

    def finish(self) -> str:
        """Wait for it; what went wrong, or nothing."""
        _, status = os.waitpid(self._pid, 0)
        self._told.seek(0)
        with self._told as file:
            told = file.read().decode(errors="replace")
        return told or f"status {status}" if status or "Traceback" in told else ""


def prepare() -> None:
    """Import what builds need, and start the process from which their workers come."""
    for name in _IMPORTED:
        importlib.import_module(name)
    start_workers("silent")


def finish(process: subprocess.Popen[bytes]) -> str:
    """Wait for a build; what went wrong, or nothing."""
    told = process.communicate(timeout=600)[1].decode(errors="replace")
    return told if process.returncode or "Traceback" in told else ""


def tree(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} if folder.is_dir() else {}
