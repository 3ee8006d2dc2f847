"""Small editions for tests, and the command line run as its users run it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

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
"""


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


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a newcomer: an empty home, no cache."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PYTEST_"))}
    return {**kept, "HOME": str(folder / "home"), "PYTHONDONTWRITEBYTECODE": "1", **more}


def run(
    arguments: Sequence[str | Path], folder: Path, *, stdin: bytes = b"", network: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run audiobuild in a folder and wait for it."""
    command = [*PROGRAM, *map(str, arguments)]
    done = subprocess.run(
        command, cwd=folder, env=environment(folder, **(network or {})), input=stdin, capture_output=True
    )
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())
