"""Let single calls to the system fail in builds, and see that what was published stays whole (for scripts/torture).

    python scripts/torture_calls.py FOLDER COUNT

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
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from torture_builds import BUILDS, correct, tree

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.building import run_here  # noqa: E402  # the tests are found by the line above

SOURCE = Path(__file__).with_name("failing_call.c")
_MOST_LINES = 3
"""That an error may have."""
_ERRORS = (errno.ENOSPC, errno.EIO)
_LAYOUT = struct.Struct("lll")
"""What failing_call.c shares: how many calls there were, which one fails, and with which error."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Which call fails, and how."""

    number: int
    """The first call is 1; 0 lets none fail; of a negative one all fail that write, from that call on."""
    error: int
    """Such as errno.ENOSPC."""


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


def torture_calls(base: Path, count: int, watched: Sequence[str] = ("out", "store")) -> None:
    """Let each of the first calls fail once, while another revision is published, and then while a first one is.

    Args:
        base: a folder with the articles, for all that is made.
        count: how many calls.
        watched: the folders and files below which calls are counted.
    """
    library = compile_fault(base)
    if library is None:
        print("failing calls: there is no C compiler", flush=True)
        return
    shared = base / "calls"
    shared.write_bytes(bytes(_LAYOUT.size))
    under = ":".join(str(base.resolve() / "work" / each) for each in watched)
    environment = os.environ | {"LD_PRELOAD": str(library), "FAILING_CALLS": str(shared), "FAILING_UNDER": under}
    subprocess.run([sys.executable, __file__, str(base.resolve()), str(count)], env=environment, check=True)


class Workshop:
    """A folder in which builds are made, each with a fault of its own."""

    def __init__(self, base: Path) -> None:
        self._work = base / "work"
        with (base / "calls").open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), 0)

    def lay(self, place: Path) -> None:
        """Lay it out as that place is."""
        shutil.rmtree(self._work, ignore_errors=True)
        shutil.copytree(place, self._work)

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

    def parts(self) -> list[str]:
        """Find what was begun and not finished."""
        return [path.name for path in self._work.rglob("*.part")]


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


def main(base: Path, count: int) -> None:
    """Try them all."""
    workshop, results, tried = Workshop(base), Counter[str](), 0
    none = Fault(0, 0)
    for kind in ("publishing", "first"):
        place = shutil.copytree(base / "articles", base / f"calls-{kind}")
        if kind == "publishing":
            workshop.lay(place)
            assert workshop.build(none).code == 0
            place = shutil.copytree(base / "work", base / "calls-published")
            correct(place)
        workshop.lay(place)
        before = workshop.published()
        whole = workshop.build(none)
        expected = workshop.published()
        assert whole.code == 0, whole.told
        print(f"failing calls, {kind}: {whole.calls} in a build", flush=True)
        for number in range(1, min(whole.calls, count - tried) + 1):
            tried += 1
            workshop.lay(place)
            fault = Fault(number, _ERRORS[number % 2])
            built = workshop.build(fault)
            wrong = faults_of(built, before, workshop.published())
            again = workshop.build(none)
            after = workshop.published()
            differing = sorted(name for name in {*after, *expected} if after.get(name) != expected.get(name))
            wrong += [f"then exit {again.code}: {again.told}"] if again.code else []
            wrong += [f"afterwards: {differing}"] if differing else []
            wrong += [f"left: {name}" for name in workshop.parts()]
            results["WRONG" if wrong else "told in a line" if built.code else "borne"] += 1
            if wrong:
                print(kind, number, os.strerror(fault.error), wrong, flush=True)
    print(f"failing calls: {tried}: {dict(sorted(results.items()))}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
