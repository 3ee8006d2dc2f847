"""A power cut: what had not been flushed to the disk is empty afterwards, under its name all the same."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.building import FERRY, run_here, tree, write_edition
from tests.published import SHOW

_BUILD = ("build", "edition", "-o", "out", "--store", "store", "--quiet")


def _flushed(patch: pytest.MonkeyPatch) -> set[tuple[int, int]]:
    """Note which files are flushed from now on, and how long they are then."""
    found = set[tuple[int, int]]()
    flush = os.fsync

    def note(number: int) -> None:
        facts = os.fstat(number)
        found.add((facts.st_ino, facts.st_size))
        flush(number)

    patch.setattr(os, "fsync", note)
    return found


def test_after_a_power_cut_listeners_have_all_that_they_were_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed, out = _flushed(monkeypatch), tmp_path / "out"
    for ferry in (FERRY, FERRY.replace("34 metres", "35 metres")):  # a first edition, and another revision
        write_edition(tmp_path / "edition", show=SHOW, ferry=ferry)
        assert run_here(_BUILD, tmp_path).returncode == 0
        whole = tree(out)
        assert (out.stat().st_ino, out.stat().st_size) in flushed, "the folder itself"
        empty = [
            path
            for path in (*out.iterdir(), *(each for each in (tmp_path / "store").rglob("*") if each.is_file()))
            if (path.stat().st_ino, path.stat().st_size) not in flushed
        ]
        for path in empty:
            path.write_bytes(b"")
        given = {name for name in whole if name.endswith((".mp3", "xml")) or name == "the-lock-2026-11-07.json"}
        assert len(given) > 2
        assert not given & {path.name for path in empty}
        assert run_here(_BUILD, tmp_path).returncode == 0
        assert tree(out) == whole
