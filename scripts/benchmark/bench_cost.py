"""What a command costs: wall time, processor time and memory of the command and all that it starts. Linux only.

Processor time is the kernel's own count for every process below this one, also for those that outlive the command by
a moment. Memory is read from /proc ten times a second: of one process the peak of its resident set as the kernel keeps
it (VmHWM, shared pages included), of the whole tree the sum of the proportional set sizes (Pss, shared pages counted
once). To add up Pss the kernel goes through all pages, so that is done more rarely where it takes long.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

SAMPLE_SECONDS = 0.1
"""How often memory is read."""
_MOST_TREE_SHARE = 0.01
"""Of a core, that reading the memory of the whole tree may take."""

_PR_SET_CHILD_SUBREAPER = 36
"""Source: linux/prctl.h."""
_PROC = Path("/proc")
_GONE = (FileNotFoundError, ProcessLookupError, PermissionError)
"""What /proc says of a process that is ending."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    wall_s: float
    cpu_s: float
    """User and system time of the whole tree of processes."""
    process_mb: float
    """The highest peak of the resident set of any one process, in millions of bytes."""
    tree_mb: float
    """The highest sum of the proportional set sizes of all processes at one time, in millions of bytes."""
    others_cpu_s: float
    """What all else on the machine took meanwhile, also what a host above it took away; it makes wall time longer."""


def adopt_orphans() -> None:
    """Make this process the parent of all below it whose own parent ends, so that their time is counted here.

    Raises:
        OSError: the system has no such thing.
    """
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def measure(command: Sequence[str], folder: Path) -> tuple[Cost, str]:
    """Run a command in a folder, with no other process below this one, and wait for it and all that it started.

    Returns:
        What it took, and what it wrote to its standard output.

    Raises:
        CalledProcessError: it failed; `stderr` has what it said.
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as said:
        before_s, busy_s = _children_cpu_s(), _busy_cpu_s() - own_cpu_s()
        with _Sampler() as sampler:
            start = time.perf_counter()
            process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=said)
            try:
                code = process.wait()
            except BaseException:
                process.kill()
                raise
            wall_s = time.perf_counter() - start
            _reap()
        texts = []
        for file in (output, said):
            file.seek(0)
            texts.append(file.read().decode(errors="replace"))
        if code:
            raise subprocess.CalledProcessError(code, command, *texts)
        cpu_s = _children_cpu_s() - before_s
        others_s = max(0.0, _busy_cpu_s() - own_cpu_s() - busy_s - cpu_s)
        return Cost(wall_s, cpu_s, sampler.process_bytes / 1e6, sampler.tree_bytes / 1e6, others_s), texts[0]


def own_cpu_s() -> float:
    """Say what this process itself has used, which is little but the reading of memory."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _children_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _busy_cpu_s() -> float:
    """Read what all processors have worked since the machine started. Source: proc(5), /proc/stat."""
    user, nice, system, _idle, _wait, irq, softirq, steal = map(int, (_PROC / "stat").read_bytes().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def _reap() -> None:
    """Wait for all that the command left behind."""
    with suppress(ChildProcessError):
        while True:
            os.wait()


class _Sampler:
    """A thread that reads the memory of all processes below this one and keeps the highest."""

    def __init__(self) -> None:
        self.process_bytes = 0
        self.tree_bytes = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> _Sampler:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        tree_due_s = 0.0
        while not self._ended.wait(SAMPLE_SECONDS):
            below = _below(os.getpid())
            self.process_bytes = max([self.process_bytes, *(_bytes_of(pid, "status", "VmHWM:") for pid in below)])
            if time.perf_counter() >= tree_due_s:
                start_s = time.thread_time()
                self.tree_bytes = max(self.tree_bytes, sum(_bytes_of(pid, "smaps_rollup", "Pss:") for pid in below))
                tree_due_s = time.perf_counter() + (time.thread_time() - start_s) / _MOST_TREE_SHARE


def _below(root: int) -> list[int]:
    """List the processes that a process started, and those that they did."""
    children: dict[int, list[int]] = {}
    for entry in os.scandir(_PROC):
        if entry.name.isdigit():
            with suppress(*_GONE):
                # The second field, the name, may hold anything, blanks and brackets too; the parent's number is fourth.
                stat = Path(entry.path, "stat").read_bytes()
                children.setdefault(int(stat.rpartition(b")")[2].split()[1]), []).append(int(entry.name))
    found: list[int] = []
    left = [root]
    while left:
        found += (more := children.get(left.pop(), []))
        left += more
    return found


def _bytes_of(pid: int, file: str, name: str) -> int:
    """Read one value of a process, in bytes; 0 where it is ending."""
    with suppress(*_GONE):
        for line in (_PROC / str(pid) / file).read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith(name):
                return 1024 * int(line.split()[1])
    return 0
