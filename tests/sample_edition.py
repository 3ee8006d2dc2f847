"""The sample edition of seeds/, as much of it as tests have spoken."""

from __future__ import annotations

import shutil
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
_OPENING = 7
"""How many lines of an article are its opening: the first five are its headings, picture and date."""


def write_beginning(folder: Path) -> Path:
    """Copy the first department: its chapters begin when they begin in the whole, which speaks four times as much."""
    first = min(path for path in SEEDS.iterdir() if path.is_dir())
    shutil.copytree(first, folder / first.name)
    shutil.copy(SEEDS / "show.toml", folder)
    return folder


def write_openings(folder: Path, articles: int = 3) -> Path:
    """Lay out the openings of some articles, each in a department of its own."""
    shutil.copy(SEEDS / "show.toml", folder)
    paths = sorted(path for path in SEEDS.rglob("*.md") if path.parent != SEEDS)[:articles]
    for place, path in enumerate(paths):
        target = folder / f"{place:02}-{path.parent.name.partition('-')[2]}" / path.name
        target.parent.mkdir()
        opening = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()][:_OPENING]
        target.write_text("\n\n".join(opening) + "\n", encoding="utf-8")
    return folder
