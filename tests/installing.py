"""Packages with engines that a test brings along, installed for the time of the test."""

from __future__ import annotations

from pathlib import Path


def install_engines(folder: Path, **engines: str) -> dict[str, str]:
    """Install engines, each by its name and "module:class", into a folder; give the environment that finds them."""
    package = folder / "engines_of_a_test-1.dist-info"
    package.mkdir(parents=True)
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: engines-of-a-test\nVersion: 1\n", encoding="utf-8")
    points = [f"{name} = {place}\n" for name, place in engines.items()]
    (package / "entry_points.txt").write_text("".join(["[audiobuild.engines]\n", *points]), encoding="utf-8")
    return {"PYTHONPATH": f"{folder}:{Path(__file__).resolve().parents[1]}"}
