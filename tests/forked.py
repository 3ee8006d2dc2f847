"""The command line in a process of its own that is forked from one that has imported all: a third of the work.

What it starts workers from is forked as well, so that its processes have the environment, the streams, the group and
the signals of a program that was started afresh. That one imports by itself what it needs, other tests see.
"""

from __future__ import annotations

import os
import runpy
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing import forkserver, resource_tracker, util
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from audiobuild.takes import processes
from tests.building import environment

_ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class ForkedRun:
    """A run of audiobuild; what it says on stderr can be read while it goes on."""

    def __init__(
        self,
        arguments: Sequence[str | Path],
        folder: Path,
        *,
        network: Mapping[str, str] | None = None,
        log: Path | None = None,
    ) -> None:
        """Start it.

        Args:
            arguments: of the command line.
            folder: where it runs.
            network: more variables than a newcomer has.
            log: a file for a line about each file that any of its processes opens.
        """
        with processes.open_pool(1):  # starts the process from which it is forked, unless it runs
            context: Any = processes._processes()
        variables = environment(folder, **(network or {}))
        reader, writer = os.pipe()
        self.stderr = os.fdopen(reader, encoding="utf-8")
        self._stdout = tempfile.NamedTemporaryFile("r", encoding="utf-8")  # noqa: SIM115  # closed when it has been read
        with Connection(writer, readable=False) as stderr:
            given = (list(map(str, arguments)), folder, variables, self._stdout.name, stderr, log)
            self._process = context.Process(target=_run, args=given)
            self._process.start()
        self.pid: int = self._process.pid
        self._is_given_up = False

    @property
    def returncode(self) -> int | None:
        """The code with which it ended; None while it runs."""
        code: int | None = self._process.exitcode
        return code

    def communicate(self, patience_s: float = 120) -> tuple[str, str]:
        """Wait until it has ended, and its workers: what it said on stdout and on stderr.

        Raises:
            TimeoutError: they have not ended in that time.
        """
        timer = threading.Timer(patience_s, self._give_up)
        timer.start()
        with self.stderr, self._stdout:
            told = self.stderr.read()
            self._process.join()
            timer.cancel()
            if self._is_given_up:
                raise TimeoutError(told)
            return self._stdout.read(), told

    def end(self) -> None:
        """Kill whatever of it still runs."""
        self._kill()
        self._process.join()
        self.stderr.close()
        self._stdout.close()

    def _give_up(self) -> None:
        self._is_given_up = True
        self._kill()

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)


def run_forked(
    arguments: Sequence[str | Path], folder: Path, *, network: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run audiobuild in a folder as `tests.building.run` does, and wait for it."""
    process = ForkedRun(arguments, folder, network=network)
    told = process.communicate()
    return subprocess.CompletedProcess(["audiobuild", *map(str, arguments)], process.returncode or 0, *told)


def _run(
    arguments: list[str], folder: Path, variables: dict[str, str], stdout: str, stderr: Connection, log: Path | None
) -> None:
    """Become what `python -m audiobuild` is in a session of its own, and run."""
    os.setsid()
    for number, stream in enumerate((os.open(os.devnull, os.O_RDONLY), os.open(stdout, os.O_WRONLY), stderr.fileno())):
        os.dup2(stream, number)
    stderr.close()
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(number, mode, buffering, encoding="utf-8", closefd=False)
        for number, mode, buffering in ((0, "r", -1), (1, "w", -1), (2, "w", 1))
    )
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(folder)
    _reset_signals()
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    kept = _observe(log) if log else ()
    tracker: Any = resource_tracker._resource_tracker
    tracker._fd = tracker._pid = None
    vars(util)["spawnv_passfds"] = _forking(util.spawnv_passfds, kept)
    processes.open_pool(1).shutdown()  # now that nothing runs beside it: no library with threads of its own
    sys.argv = ["audiobuild", *arguments]
    runpy.run_module("audiobuild", run_name="__main__", alter_sys=True)


def _reset_signals() -> None:
    for each in _ENDINGS:
        signal.signal(each, signal.default_int_handler if each == signal.SIGINT else signal.SIG_DFL)


def _observe(log: Path) -> tuple[int]:
    """Write down what this process opens, and those that are forked from it."""
    number = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def observe(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes):
            path, _, flags = arguments
            kind = b"w" if flags & os.O_CREAT else b"r"  # a file that is only settled on the disk is not written
            os.write(number, kind + b" " + os.fsencode(path) + b"\n")

    sys.addaudithook(observe)
    return (number,)


def _forking(spawn: Any, kept: tuple[int, ...]) -> Any:
    """Fork the process from which workers start, where it would be started; what else is started is started."""

    def start(path: bytes, command: list[str], passed: list[int]) -> int:
        if "multiprocessing.forkserver" not in command[-1]:
            number: int = spawn(path, command, passed)
            return number
        child = os.fork()
        if not child:
            try:
                _reset_signals()
                for each in set(map(int, os.listdir("/proc/self/fd"))) - {0, 1, 2, *passed, *kept}:  # noqa: PTH208
                    with suppress(OSError):
                        os.close(each)
                vars(forkserver._forkserver)["_lock"] = threading.Lock()
                exec(command[-1], {})
            finally:
                os._exit(0)
        return child

    return start
