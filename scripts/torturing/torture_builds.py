"""The small issues that scripts/torture publishes, and their builds (for scripts/torture)."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing import forkserver
from pathlib import Path

from audiobuild.cli import main

SHOW = """title = "The Quay"
description = "Of harbours."
date = 2026-11-{day:02}
[voices.narrator]
engine = "silent"
rate = 2.0
[feed]
base = "https://quay.example/"
cover = "https://pictures.example/cover.jpg"
category = "News"
"""
WORDS = (
    "tide rope lamp crane gull brine quern mast ferry pier salt herring oar fog bell anchor buoy winch net gale".split()
)
_POLL_S = 0.001
BUILDS = (
    ("issue1",),
    ("issue1", "--per-article"),
    ("issue2", "--per-article"),
    ("issue1", "--format", "flac"),
    ("issue2",),
    ("issue1", "--only", "1-ferry"),
)


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


class Forked:
    """A build in a process that is forked from this one, which has imported all: a tenth of the work of a fresh one.

    Its workers come from the process that `prepare` has started, and end when it does.
    """

    def __init__(self, place: Path, arguments: Sequence[str], *, after_s: float = 0) -> None:
        self._told = tempfile.TemporaryFile()  # noqa: SIM115  # closed when it has been read
        self._pid = os.fork()
        if not self._pid:
            time.sleep(after_s)
            self._build(place, arguments)

    def _build(self, place: Path, arguments: Sequence[str]) -> None:
        code = 1
        try:
            os.setsid()
            os.chdir(place)
            os.dup2(self._told.fileno(), 2)
            for each in (forkserver, forkserver._forkserver):
                vars(each)["ensure_running"] = lambda: None  # it runs already
            code = _build_here(arguments)
        except BaseException:
            traceback.print_exc()
        finally:
            threading._shutdown()  # type: ignore[attr-defined]  # what Python does when it ends
            sys.stderr.flush()
            os._exit(code)

    def finish(self) -> str:
        """Wait for it, however long it takes; what went wrong, or nothing."""
        _, status = os.waitpid(self._pid, 0)
        return self._wrong(status)

    def kill_when(self, is_reached: Callable[[], bool]) -> bool:
        """Kill it and its workers when something has come to pass, unless it ends before; say whether it was killed.

        No other build may run meanwhile, for all workers are killed that there are.
        """
        while not is_reached():
            ended, status = os.waitpid(self._pid, os.WNOHANG)
            if ended:
                wrong = self._wrong(status)
                assert not wrong, wrong
                return False
            time.sleep(_POLL_S)
        workers = _workers()
        for process in (self._pid, *workers):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        while _workers():
            time.sleep(_POLL_S)
        self._told.close()
        return True

    def _wrong(self, status: int) -> str:
        self._told.seek(0)
        with self._told as file:
            told = file.read().decode(errors="replace")
        return told or f"status {status}" if status or "Traceback" in told else ""


def _workers() -> list[int]:
    """Find all workers, which the process that starts them has for children."""
    process = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()]


def _build_here(arguments: Sequence[str]) -> int:
    sys.argv = ["audiobuild", "build", *arguments, "-o", "out", "--store", "store", "--quiet"]
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def prepare(base: Path) -> None:
    """Make each build once in this process: so all that is loaded once is there in those that are forked from it.

    The process from which their workers come is started as well.
    """
    here = Path.cwd()
    os.chdir(shutil.copytree(base / "articles", base / "prepared", dirs_exist_ok=True))
    try:
        for build in BUILDS:
            assert _build_here(build) == 0
    finally:
        os.chdir(here)


def tree(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} if folder.is_dir() else {}
