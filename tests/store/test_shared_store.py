"""Several builds use one store at the same time, and each of them as if it were alone."""

from __future__ import annotations

from pathlib import Path

from tests.building import FERRY, run_here, tree, write_edition
from tests.forked import ForkedRun

LAUGHS = FERRY.replace("wept.", "laughed.")
"""Shares all but one paragraph with the other edition."""


def command(folder: Path, issue: str, output: str, store: str) -> list[str]:
    places = ["--output", str(folder / output), "--store", str(folder / store)]
    # So small a store is emptied by whoever is done, but for what another build needs.
    return ["build", str(folder / issue), *places, "--store-limit", "0.000001", "--quiet"]


def test_builds_at_the_same_time_give_what_each_gives_alone(tmp_path: Path) -> None:
    names = ("weeps", "laughs")
    for name, ferry in zip(names, (FERRY, LAUGHS), strict=True):
        write_edition(tmp_path / name, ferry=ferry)
        alone = run_here(command(tmp_path, name, f"alone/{name}", f"own-store-of-{name}"), tmp_path)
        assert alone.returncode == 0, alone.stderr
    together = [ForkedRun(command(tmp_path, name, f"together/{name}", "store"), tmp_path) for name in names]
    said = [build.communicate()[1] for build in together]
    assert [build.returncode for build in together] == [0, 0], said
    for name in names:
        assert tree(tmp_path / f"together/{name}") == tree(tmp_path / f"alone/{name}")
