"""A folder in which builds are made while calls to the system are counted, fail, or are the last (for scripts/torture).

What counts them is failing_call.c, which is compiled here and has to be loaded before all else: so whatever makes
builds in a workshop is a program that `in_workshop` starts.
"""

from __future__ import annotations

import errno
import mmap
import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from torture_builds import tree

SOURCE = Path(__file__).with_name("failing_call.c")
BOTH = ("out", "store")
_LAYOUT = struct.Struct("lllll")
"""What failing_call.c shares: how many calls there were, which one fails, with which error, whether it is to be the
last, and whether it has come."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Which call fails, and how."""

    number: int
    """The first call is 1; 0 lets none fail; of a negative one all fail that write, from that call on."""
    error: int
    """Such as errno.ENOSPC."""
    is_last: bool = False
    """Whether the process stays in that call for good instead; then all that change a folder are counted as well."""


NONE = Fault(0, 0)


def compile_fault(folder: Path) -> Path | None:
    """Compile what lets calls fail; None where there is no compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return None
    library = folder / "failing_call.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True)
    return library


def in_workshop(base: Path, program: Path | str, arguments: Sequence[str], watched: Sequence[str] = BOTH) -> None:
    """Run a Python program that counts calls.

    Args:
        base: a folder with the articles, for all that is made; the first argument.
        program: its file.
        arguments: those that come after the folder.
        watched: the folders and files below which calls are counted.
    """
    library = base / "failing_call.so" if (base / "failing_call.so").is_file() else compile_fault(base)
    if library is None:
        print(f"{Path(program).stem}: there is no C compiler", flush=True)
        return
    shared = base / "calls"
    shared.write_bytes(bytes(_LAYOUT.size))
    under = ":".join(str(base.resolve() / "work" / each) for each in watched)
    environment = os.environ | {"LD_PRELOAD": str(library), "FAILING_CALLS": str(shared), "FAILING_UNDER": under}
    subprocess.run([sys.executable, program, str(base.resolve()), *arguments], env=environment, check=True)


class Workshop:
    """The folder, and what is known of the calls that were made in it."""

    def __init__(self, base: Path) -> None:
        self.place = base / "work"
        with (base / "calls").open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), 0)

    def lay(self, place: Path) -> None:
        """Lay it out as that place is; what is the same stays, for many a disk takes its time over deletions."""
        for path in [path for path in self.place.rglob("*") if path.is_file() or path.is_symlink()]:
            if not (place / path.relative_to(self.place)).is_file():
                path.unlink()
        for path in (path for path in place.rglob("*") if path.is_file()):
            copy = self.place / path.relative_to(place)
            copy.parent.mkdir(parents=True, exist_ok=True)
            if not copy.is_file() or copy.read_bytes() != path.read_bytes():
                shutil.copyfile(path, copy)

    def choose(self, fault: Fault) -> None:
        """Count from one, and let that call fail."""
        self._shared[:] = _LAYOUT.pack(0, fault.number, fault.error, fault.is_last, 0)

    @property
    def calls(self) -> int:
        """How many calls have been counted."""
        return int(_LAYOUT.unpack(self._shared[:])[0])

    @property
    def is_reached(self) -> bool:
        """Whether a process stays in the call that is to be the last."""
        return bool(_LAYOUT.unpack(self._shared[:])[4])

    def published(self) -> dict[str, bytes]:
        """Read what has been published."""
        return tree(self.place / "out")

    def left(self, fault: Fault) -> list[str]:
        """Find what was begun, and locks; what could not be taken away goes when the store is pruned."""
        is_store_let_be = fault.is_last or fault.error == errno.EROFS
        places = (self.place / "out",) if is_store_let_be else (self.place,)
        found = (path for place in places for path in place.rglob("*.*"))
        return [path.name for path in found if path.suffix == ".part" or path.name[0] == "."]
