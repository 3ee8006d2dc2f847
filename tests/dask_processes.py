"""A scheduler of Dask's and its workers, as processes that talk over the loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from distributed import Client

START_S = 60


@dataclass
class Machines:
    """A scheduler, and the workers that were started for it."""

    folder: Path
    scheduler: subprocess.Popen[bytes]
    workers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where the scheduler listens."""
        found: str = json.loads((self.folder / "scheduler.json").read_bytes())["address"]
        return found

    def add(self, name: str, *options: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start a worker, with more in its environment; it is not waited for."""
        arguments = ("--scheduler-file", str(self.folder / "scheduler.json"), "--nthreads", "1", "--no-nanny")
        places = ("--name", name, "--local-directory", str(self.folder / name), "--host", "127.0.0.1")
        given = (*arguments, *places, "--no-dashboard", *options)
        self.workers[name] = _started(self.folder, "dask_worker", *given, **environment)
        return self.workers[name]

    def wait(self, count: int) -> None:
        """Wait until there are so many workers."""
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
def machines(folder: Path, workers: Sequence[str] = ()) -> Iterator[Machines]:
    """Start a scheduler and workers of these names, and end them."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "scheduler.json"
    scheduler = _started(
        folder, "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)
    )
    found = Machines(folder, scheduler)
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


def _started(folder: Path, module: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    with (folder / f"{module}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{module}", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0", **environment},
        )
