"""Whatever hostile input failed once is read or refused now."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests.fuzzing import CASES, ROOT, TARGETS, survives

KEPT = sorted(path for path in CASES.glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", KEPT, ids=[f"{path.parent.name}/{path.name}" for path in KEPT])
def test_an_input_that_failed_once_fails_no_more(path: Path) -> None:
    survives(TARGETS[path.parent.name], path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_and_a_few_changes_of_them_are_read_or_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts" / "fuzzing"))
    from fuzz_inputs import mutated  # type: ignore[import-not-found,unused-ignore]

    target, lot = TARGETS[name], random.Random(name)
    for data in target.seeds()[:3]:
        survives(target, data)
    for _ in range(5):
        survives(target, mutated(target.seeds(), lot, is_text=target.is_text))
    assert "fuzz_inputs" in sys.modules
