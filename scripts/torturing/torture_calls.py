"""Let single calls to the system fail in builds, and see that what was published stays whole (for scripts/torture).

    python scripts/torturing/torture_calls.py FOLDER COUNT WAY

Without a C compiler nothing is tried. FOLDER holds the articles. All builds are made in one process and its workers,
which is much faster than one each: for that this module starts itself once more, in a workshop.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from torture_builds import BUILDS, correct
from torture_record import note
from torture_workshop import BOTH, NONE, Fault, Workshop, in_workshop

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.building import run_here  # noqa: E402  # the tests are found by the line above

_MOST_LINES = 3
"""That an error may have."""
_NOTED = ("a disk that is full, or can only be read, from some call on", "a call to the system that fails once")
"""What is noted of a fault that stays, and of one that does not."""
_ERRORS, _LASTING = (errno.ENOSPC, errno.EIO), (errno.ENOSPC, errno.EROFS)


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build."""

    code: int
    told: str
    calls: int
    """How many calls it made below the folders that are watched."""


def torture_calls(base: Path, count: int, disks: int = 0, watched: Sequence[str] = BOTH) -> None:
    """Let calls fail while another revision is published, and while a first one is: each once, or all from one on.

    Args:
        base: a folder with the articles, for all that is made.
        count: how many of the first calls are to fail once each.
        disks: how many times a disk fills up, or can only be read any more, at some call, and stays so.
        watched: the folders and files below which calls are counted that fail once.
    """
    for way, number, places in (
        ("once", count, watched),
        ("both disks for good", disks // 3, BOTH),
        ("the store's disk for good", disks // 3, BOTH[1:]),
        ("the output's disk for good", disks // 3, BOTH[:1]),
    ):
        if number:
            in_workshop(base, __file__, [str(number), way], places)


def _build(workshop: Workshop, fault: Fault) -> Built:
    """Build there."""
    workshop.choose(fault)
    done = run_here(["build", *BUILDS[1], "-o", "out", "--store", "store", "--quiet"], workshop.place)
    calls = workshop.calls
    workshop.choose(NONE)
    return Built(done.returncode, done.stderr, calls)


def faults_of(built: Built, before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """Say what is wrong after a build of which a call failed.

    Args:
        built: what came of it.
        before: what was in the folder before.
        after: what is in it now.
    """
    wrong = []
    if built.code not in (0, 1) or "Traceback" in built.told:
        wrong.append(f"exit {built.code}: {built.told}")
    elif built.code and not 1 <= len(built.told.splitlines()) <= _MOST_LINES:
        wrong.append(f"{len(built.told.splitlines())} lines: {built.told}")
    wrong += [f"{name} is gone" for name in before if name.endswith(".mp3") and name not in after]
    for name, data in after.items():
        if name.endswith(".json") and not name.endswith(".chapters.json"):
            told_of = json.loads(data)
            if hashlib.sha256(after.get(told_of["file"], b"")).hexdigest() != told_of["sha256"]:
                wrong.append(f"{told_of['file']} is not what {name} says")
    return wrong


def main(base: Path, count: int, way: str) -> None:
    """Try them all."""
    workshop, results, tried = Workshop(base), Counter[str](), 0
    published = base / "published"
    workshop.lay(base / "articles")
    assert _build(workshop, NONE).code == 0
    shutil.copytree(base / "work", published, dirs_exist_ok=True)
    correct(published)
    for kind, place in (("another revision", published), ("a first edition", base / "articles")):
        if way == "once" and tried == count:
            break
        workshop.lay(place)
        before = workshop.published()
        whole = _build(workshop, NONE)
        expected = workshop.published()
        assert whole.code == 0, whole.told
        print(f"failing calls, {way}, {kind}: {whole.calls} in a build", flush=True)
        for fault in _faults(whole.calls, count if way != "once" else count - tried, way):
            tried += 1
            workshop.lay(place)
            built = _build(workshop, fault)
            wrong = faults_of(built, before, workshop.published())
            again = _build(workshop, NONE)
            after = workshop.published()
            differing = sorted(name for name in {*after, *expected} if after.get(name) != expected.get(name))
            wrong += [f"then exit {again.code}: {again.told}"] if again.code else []
            wrong += [f"afterwards: {differing}"] if differing else []
            wrong += [f"left: {name}" for name in workshop.left(fault)]
            results["WRONG" if wrong else "told in a line" if built.code else "borne"] += 1
            note(base, _NOTED[way == "once"], wrong=bool(wrong))
            if wrong:
                print(kind, fault.number, os.strerror(fault.error), wrong, flush=True)
    print(f"failing calls, {way}: {tried}: {dict(sorted(results.items()))}", flush=True)


def _faults(calls: int, count: int, way: str) -> Iterator[Fault]:
    """Choose the faults of a build of so many calls: the first of them, or, of those that stay, some all over it."""
    if way == "once":
        for number in range(1, min(calls, count) + 1):
            yield Fault(number, _ERRORS[number % 2])
        return
    for place in range(count // 2):
        yield Fault(-(calls - place * calls // (count // 2)), _LASTING[place % 2])


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
