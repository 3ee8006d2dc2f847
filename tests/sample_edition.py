"""The sample edition of seeds/, as much of it as tests have spoken."""

from __future__ import annotations

import shutil
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
_OPENED, _OPENING = 4, 7
"""How many articles are opened, and how many lines of each: the first five are its headings, picture and date."""


def write_beginning(folder: Path) -> Path:
    """Copy the first department: its chapters begin when they begin in the whole, which speaks four times as much."""
    first = min(path for path in SEEDS.iterdir() if path.is_dir())
    shutil.copytree(first, folder / first.name)
    shutil.copy(SEEDS / "show.toml", folder)
    return folder


def write_openings(folder: Path) -> Path:
    """Lay out the openings of some articles, each in a department of its own."""
    shutil.copy(SEEDS / "show.toml", folder)
    articles = sorted(path for path in SEEDS.rglob("*.md") if path.parent != SEEDS)[:_OPENED]
    for place, path in enumerate(articles):
        target = folder / f"{place:02}-{path.parent.name.partition('-')[2]}" / path.name
        target.parent.mkdir()
        opening = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()][:_OPENING]
        target.write_text("\n\n".join(opening) + "\n", encoding="utf-8")
    return folder
