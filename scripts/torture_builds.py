"""The small issues that scripts/torture publishes, and their builds (for scripts/torture)."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

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


def finish(process: subprocess.Popen[bytes]) -> str:
    """Wait for a build; what went wrong, or nothing."""
    told = process.communicate(timeout=600)[1].decode(errors="replace")
    return told if process.returncode or "Traceback" in told else ""


def tree(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} if folder.is_dir() else {}
