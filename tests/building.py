"""Small editions for tests, and the command line run as its users run it."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from audiobuild.cli import main

SHARED_STORE = "PYTEST_SHARED_STORE"
"""The variable that names the store of all tests; it is not passed on."""

PROGRAM = (sys.executable, "-m", "audiobuild")

FERRY = """###### Small harbours
# The ferry that would not sink
##### A town buys back its boat
> Nov 5th 2026

ON A WET MORNING in March the council of Aldmouth paid £1.2m for a ferry. It is 34 metres long.

The boat had carried 6m people since 1971. Mr Tolland, who steered it, wept.

"She floats," he said. Nobody in the room could argue with that.
"""

LIGHTHOUSE = """# A lamp for sale
##### Keepers wanted

The lamp at Dunskerry was lit in 1848. In 2014 it went dark.

An Irish trust offered $2.5bn for it, by mistake. The price was 40 pounds.
"""

SHOW = """title = "The Breakwater"
author = "The harbour office"
date = 2026-11-07
[voices.narrator]
engine = "silent"
rate = 2.0
"""
"""Short sounds are made in a short time."""


def write_edition(folder: Path, *, show: str = SHOW, ferry: str = FERRY) -> Path:
    """Write an edition of two departments with an article each."""
    for name, text in (
        ("show.toml", show),
        ("1-harbours/ferry.md", ferry),
        ("2-lights/lighthouse.md", LIGHTHOUSE),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def spoken_by(engine: str, show: str = SHOW) -> str:
    """Give the settings of a show that an engine speaks, at its normal speed."""
    return show.replace('"silent"\nrate = 2.0', f'"{engine}"')


def shared_store() -> str:
    """Name the store of all tests."""
    return os.environ[SHARED_STORE]


def tree(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder, links included as what they point to."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = b"-> " + os.fsencode(path.readlink())
        elif path.is_file():
            found[name] = path.read_bytes()
    return found


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a newcomer: an empty home, no cache."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PYTEST_"))}
    return {**kept, "HOME": str(folder / "home"), "PYTHONDONTWRITEBYTECODE": "", **more}


def run(
    arguments: Sequence[str | Path], folder: Path, *, stdin: bytes = b"", network: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run audiobuild in a folder and wait for it: a process of its own, which takes seconds to build anything."""
    command = [*PROGRAM, *map(str, arguments)]
    done = subprocess.run(
        command, cwd=folder, env=environment(folder, **(network or {})), input=stdin, capture_output=True
    )
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


def run_here(arguments: Sequence[str | Path], folder: Path, *, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run audiobuild in a folder as `run` does, but in this process: where nothing depends on processes or on chance.

    The workers of a build keep the environment of the first that was started so.
    """
    command = ["audiobuild", *map(str, arguments)]
    _lend_levels(command, folder)
    written = io.BytesIO(), io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        for name in set(os.environ) - set(environment(folder)):
            patch.delenv(name)
        patch.setenv("HOME", environment(folder)["HOME"])
        patch.chdir(folder)
        patch.setattr(sys, "argv", command)
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        for name, stream in zip(("stdout", "stderr"), written, strict=True):
            patch.setattr(sys, name, io.TextIOWrapper(stream, encoding="utf-8", write_through=True))
        code = _exit_code()
        told = [stream.getvalue().decode() for stream in written]
    return subprocess.CompletedProcess(command, code, *told)


def _lend_levels(command: Sequence[str], folder: Path) -> None:
    """Let a build with a new store know the levels of voices that other builds have measured: that takes a while."""
    named = command[command.index("--store") + 1] if "--store" in command else "home/.cache/audiobuild/takes"
    own = folder / named
    if SHARED_STORE not in os.environ:  # no tests are running, but scripts/torture
        return
    if "build" in command and "--dry-run" not in command and ":" not in named and not own.exists():
        for measured in (Path(shared_store()) / kind for kind in ("levels", "limits")):
            if measured.exists():
                shutil.copytree(measured, own / measured.name, ignore=shutil.ignore_patterns(".*"))


def _exit_code() -> int:
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    except Exception:  # what Python itself does with a defect
        traceback.print_exc()
        return 1
    return 0
