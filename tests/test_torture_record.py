"""What scripts/torture has tried, added up over runs in the table of docs/trust.md."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tests.fuzzing import ROOT


def test_what_was_tried_is_added_to_what_was_tried_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts" / "torturing"))
    torture = importlib.import_module("torture_record")
    table, text = tmp_path / "trust.md", (ROOT / "docs" / "trust.md").read_text(encoding="utf-8")
    table.write_text(text, encoding="utf-8")
    torture.record(tmp_path, table)
    assert table.read_text(encoding="utf-8") == text, "where nothing was tried, nothing changes"
    table.write_text("Before.\n<!-- tortured -->\n<!-- /tortured -->\nAfter.\n", encoding="utf-8")
    for wrong in (False, True, False):
        torture.note(tmp_path, "a build killed: cold", wrong=wrong)
    torture.note(tmp_path, "a bit turned", wrong=False)
    for _ in range(2):
        torture.record(tmp_path, table)
    assert table.read_text(encoding="utf-8").splitlines() == [
        "Before.",
        "<!-- tortured -->",
        "| what                 |  tried | wrong |",
        "|---|--:|--:|",
        "| a bit turned         |      2 |     0 |",
        "| a build killed: cold |      6 |     2 |",
        "<!-- /tortured -->",
        "After.",
    ]
