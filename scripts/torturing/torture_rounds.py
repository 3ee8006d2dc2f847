"""Run several builds into one folder at once; it must end as if one had come after another (for scripts/torture)."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

from torture_builds import BUILDS, Forked, tree
from torture_record import note

_PREVIEW = ".preview."
_MOST = 4
"""Builds at once."""
_LATEST_S = 0.05
"""How much later than the first another one may start: much of a build that finds all spoken lies within that."""


def torture_rounds(base: Path, count: int, chance: random.Random) -> None:
    """Run two to four builds at once, of any that there are, each started at a moment drawn by chance."""
    if not count:
        return
    known: dict[tuple[int, ...], dict[str, bytes]] = {}
    warm = shutil.copytree(base / "prepared", base / "at-once")
    shutil.rmtree(warm / "out")
    results = Counter[str]()
    for number in range(count):
        if number and number % 25 == 0:
            print(f"  {number} rounds: {dict(results)}", flush=True)
        chosen = chance.sample(range(len(BUILDS)), chance.randint(2, _MOST))
        expected = known.get(tuple(sorted(chosen)))
        if expected is None:
            expected = known[tuple(sorted(chosen))] = _one_after_another(base, warm, sorted(chosen))
        place = shutil.copytree(warm, base / "work")
        running = [Forked(place, BUILDS[each], after_s=chance.uniform(0, _LATEST_S)) for each in chosen]
        wrong = [told for process in running if (told := process.finish())]
        after = tree(place / "out")
        wrong += [name for name in sorted({*after, *expected}) if not _is_right(name, after, expected)]
        results["WRONG" if wrong else "as one after another"] += 1
        note(base, "two to four builds at once into one folder", wrong=bool(wrong))
        if wrong:
            print([BUILDS[each] for each in chosen], wrong, flush=True)
        shutil.rmtree(place)
    print(f"rounds at once: {count}: {dict(results)}", flush=True)


def _is_right(name: str, after: dict[str, bytes], expected: dict[str, bytes]) -> bool:
    """Whether a file is as it should be; a preview is gone where what it was of came out later."""
    return after.get(name) == expected.get(name) or (_PREVIEW in name and name not in after)


def _one_after_another(base: Path, warm: Path, chosen: list[int]) -> dict[str, bytes]:
    place = shutil.copytree(warm, base / "work")
    for each in chosen:
        wrong = Forked(place, BUILDS[each]).finish()
        assert not wrong, wrong
    found = tree(place / "out")
    shutil.rmtree(place)
    return found
