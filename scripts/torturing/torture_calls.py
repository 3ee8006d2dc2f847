"""Let single calls to the system fail in builds, and see that what was published stays whole (for scripts/torture).

    python scripts/torturing/torture_calls.py FOLDER COUNT WAY

What lets them fail is failing_call.c, which is compiled here; without a C compiler nothing is tried. FOLDER holds the
articles. All builds are made in one process and its workers, which is much faster than one each: for that this module
starts itself once more, with the library loaded.
"""

from __future__ import annotations

import errno
import hashlib
import json
import mmap
import os
import shutil
import struct
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from torture_builds import BUILDS, correct, tree

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.building import run_here  # noqa: E402  # the tests are found by the line above

SOURCE = Path(__file__).with_name("failing_call.c")
_MOST_LINES = 3
"""That an error may have."""
_ERRORS, _LASTING = (errno.ENOSPC, errno.EIO), (errno.ENOSPC, errno.EROFS)
_BOTH = ("out", "store")
_LAYOUT = struct.Struct("lll")
"""What failing_call.c shares: how many calls there were, which one fails, and with which error."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Which call fails, and how."""

    number: int
    """The first call is 1; 0 lets none fail; of a negative one all fail that write, from that call on."""
    error: int
    """Such as errno.ENOSPC."""


_NONE = Fault(0, 0)


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build."""

    code: int
    told: str
    calls: int
    """How many calls it made below the folders that are watched."""


def compile_fault(folder: Path) -> Path | None:
    """Compile what lets calls fail; None where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return None
    library = folder / "failing_call.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True)
    return library


def torture_calls(base: Path, count: int, disks: int = 0, watched: Sequence[str] = _BOTH) -> None:
    """Let calls fail while another revision is published, and while a first one is: each once, or all from one on.

    Args:
        base: a folder with the articles, for all that is made.
        count: how many of the first calls are to fail once each.
        disks: how many times a disk fills up, or can only be read any more, at some call, and stays so.
        watched: the folders and files below which calls are counted that fail once.
    """
    library = compile_fault(base)
    if library is None:
        print("failing calls: there is no C compiler", flush=True)
        return
    shared = base / "calls"
    shared.write_bytes(bytes(_LAYOUT.size))
    for way, number, places in (
        ("once", count, watched),
        ("both disks for good", disks // 3, _BOTH),
        ("the store's disk for good", disks // 3, _BOTH[1:]),
        ("the output's disk for good", disks // 3, _BOTH[:1]),
    ):
        under = ":".join(str(base.resolve() / "work" / each) for each in places)
        environment = os.environ | {"LD_PRELOAD": str(library), "FAILING_CALLS": str(shared), "FAILING_UNDER": under}
        if number:
            command = [sys.executable, __file__, str(base.resolve()), str(number), way]
            subprocess.run(command, env=environment, check=True)


class Workshop:
    """A folder in which builds are made, each with a fault of its own."""

    def __init__(self, base: Path) -> None:
        self._work = base / "work"
        with (base / "calls").open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), 0)

    def lay(self, place: Path) -> None:
        """Lay it out as that place is; what is the same stays, for many a disk takes its time over deletions."""
        for path in [path for path in self._work.rglob("*") if path.is_file() or path.is_symlink()]:
            if not (place / path.relative_to(self._work)).is_file():
                path.unlink()
        for path in (path for path in place.rglob("*") if path.is_file()):
            copy = self._work / path.relative_to(place)
            copy.parent.mkdir(parents=True, exist_ok=True)
            if not copy.is_file() or copy.read_bytes() != path.read_bytes():
                shutil.copyfile(path, copy)

    def build(self, fault: Fault) -> Built:
        """Build there."""
        self._shared[:] = _LAYOUT.pack(0, fault.number, fault.error)
        done = run_here(["build", *BUILDS[1], "-o", "out", "--store", "store", "--quiet"], self._work)
        calls, _, _ = _LAYOUT.unpack(self._shared[:])
        self._shared[:] = bytes(_LAYOUT.size)
        return Built(done.returncode, done.stderr, calls)

    def published(self) -> dict[str, bytes]:
        """Read what has been published."""
        return tree(self._work / "out")

    def left(self, fault: Fault) -> list[str]:
        """Find what was begun, and locks; what could not be taken away goes when the store is pruned."""
        places = (self._work / "out",) if fault.error == errno.EROFS else (self._work,)
        found = (path for place in places for path in place.rglob("*.*"))
        return [path.name for path in found if path.suffix == ".part" or path.name[0] == "."]


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
    assert workshop.build(_NONE).code == 0
    shutil.copytree(base / "work", published, dirs_exist_ok=True)
    correct(published)
    for kind, place in (("another revision", published), ("a first edition", base / "articles")):
        if way == "once" and tried == count:
            break
        workshop.lay(place)
        before = workshop.published()
        whole = workshop.build(_NONE)
        expected = workshop.published()
        assert whole.code == 0, whole.told
        print(f"failing calls, {way}, {kind}: {whole.calls} in a build", flush=True)
        for fault in _faults(whole.calls, count if way != "once" else count - tried, way):
            tried += 1
            workshop.lay(place)
            built = workshop.build(fault)
            wrong = faults_of(built, before, workshop.published())
            again = workshop.build(_NONE)
            after = workshop.published()
            differing = sorted(name for name in {*after, *expected} if after.get(name) != expected.get(name))
            wrong += [f"then exit {again.code}: {again.told}"] if again.code else []
            wrong += [f"afterwards: {differing}"] if differing else []
            wrong += [f"left: {name}" for name in workshop.left(fault)]
            results["WRONG" if wrong else "told in a line" if built.code else "borne"] += 1
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
