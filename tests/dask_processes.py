"""A scheduler of Dask's and its workers, as processes that talk over the loopback."""

from __future__ import annotations

import json
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from audiobuild.takes import processes

START_S = 60
_SETTINGS = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}


class Machine(Protocol):
    """A process that was started."""

    pid: int

    def poll(self) -> int | None:
        """Say how it has ended; None while it runs."""

    def kill(self) -> None:
        """End it outright."""

    def send_signal(self, number: int) -> None:
        """Send it a signal."""

    def wait(self, timeout: float | None = None) -> object:
        """Wait until it has ended."""


Start = Callable[[Path, str, Sequence[str], dict[str, str]], Machine]
"""Starts a module with arguments, and more in its environment; what it says goes into a file of the folder."""


def start_afresh(folder: Path, module: str, arguments: Sequence[str], more: dict[str, str]) -> Machine:
    """Start a program, as those do who have a cluster."""
    with (folder / f"{module}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{module}", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, **_SETTINGS, **more},
        )


class Forked:
    """A process that is forked from that of workers, which has imported what a build needs: half of the work."""

    def __init__(self, folder: Path, module: str, arguments: Sequence[str], more: dict[str, str]) -> None:
        with processes.open_pool(1):  # starts that process, unless it runs
            context: Any = processes._processes()
        self._process = context.Process(target=_run, args=(folder / f"{module}.log", module, arguments, more))
        self._process.start()
        self.pid: int = self._process.pid

    def poll(self) -> int | None:
        code: int | None = self._process.exitcode
        return code

    def kill(self) -> None:
        self._process.kill()

    def send_signal(self, number: int) -> None:
        with suppress(ProcessLookupError):  # it has ended
            os.kill(self.pid, number)

    def wait(self, timeout: float | None = None) -> None:
        self._process.join(timeout)


def _run(log: Path, module: str, arguments: Sequence[str], more: dict[str, str]) -> None:
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.environ.update({**_SETTINGS, **more})
    sys.argv = [module, *arguments]
    runpy.run_module(f"distributed.cli.{module}", run_name="__main__")


@dataclass
class Machines:
    """A scheduler, and the workers that were started for it."""

    folder: Path
    start: Start
    scheduler: Machine
    workers: dict[str, Machine] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where the scheduler listens."""
        found: str = json.loads((self.folder / "scheduler.json").read_bytes())["address"]
        return found

    def add(self, name: str, *options: str, start: Start | None = None, **environment: str) -> None:
        """Start a worker, with more in its environment; it is not waited for."""
        arguments = ("--scheduler-file", str(self.folder / "scheduler.json"), "--nthreads", "1", "--no-nanny")
        places = ("--name", name, "--local-directory", str(self.folder / name), "--host", "127.0.0.1")
        given = (*arguments, *places, "--no-dashboard", *options)
        self.workers[name] = (start or self.start)(self.folder, "dask_worker", given, environment)

    def wait(self, count: int) -> None:
        """Wait until there are so many workers."""
        from distributed import Client  # which other tests do without, and takes half a second to import

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=START_S)
            while len(client.scheduler_info(n_workers=-1)["workers"]) > count:  # one that has ended is forgotten soon
                client.wait_for_workers(count, timeout=START_S)

    def restore(self, *names: str) -> None:
        """Have these workers and no others."""
        for name in set(self.workers) - set(names):
            self.remove(name)
        dead = [name for name in names if name not in self.workers or self.workers[name].poll() is not None]
        for name in dead:
            self.add(name)
        self.wait(len(names))

    def remove(self, name: str) -> None:
        """End a worker, and wait until the scheduler has forgotten it."""
        process = self.workers.pop(name)
        process.send_signal(signal.SIGTERM)
        process.wait(START_S)

    def end(self) -> None:
        """End them all."""
        for process in (*self.workers.values(), self.scheduler):
            process.kill()
        for process in (*self.workers.values(), self.scheduler):
            process.wait(START_S)
        self.workers.clear()


@contextmanager
def machines(folder: Path, workers: Sequence[str] = (), start: Start = start_afresh) -> Iterator[Machines]:
    """Start a scheduler and workers of these names, and end them."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "scheduler.json"
    given = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    found = Machines(folder, start, start(folder, "dask_scheduler", given, {}))
    scheduler = found.scheduler
    try:
        for name in workers:
            found.add(name)
        while not file.is_file() or not file.read_bytes().endswith(b"}"):  # which workers wait for as well
            if scheduler.poll() is not None:
                raise RuntimeError((folder / "dask_scheduler.log").read_text(encoding="utf-8"))
            os.sched_yield()
        found.wait(len(workers))
        yield found
    finally:
        found.end()
