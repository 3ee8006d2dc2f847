"""What a person sees while a build runs or something is fetched, and whatever else is printed (layer 5)."""

from __future__ import annotations

import json
import os
import re
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from audiobuild.errors import OutputError
from audiobuild.model.values import ms_of

if TYPE_CHECKING:
    from rich.progress import Progress

_ORDERS = re.compile("[\0-\x08\n-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal would obey, what turns the direction of all that follows, and halves of characters; tabs are none."""


def escape_unprintable(text: str) -> str:
    """Show as an escape whatever would not be printed, but done, on a terminal.

    >>> escape_unprintable("Red \\x1b[31m here")
    'Red \\\\x1b[31m here'
    """
    return _ORDERS.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def print_line(text: str, *, is_error: bool = False) -> None:
    """Print a printable line as UTF-8, whatever the terminal's own encoding.

    Args:
        is_error: whether it goes to standard error, and at once.
    """
    stream = sys.stderr if is_error else sys.stdout
    stream.buffer.write(escape_unprintable(text).encode() + b"\n")
    _record.put(text)
    if is_error:
        stream.flush()


class _Record:
    """What is kept of a command beside what it prints."""

    def __init__(self) -> None:
        self.file: IO[str] | None = None
        self.is_verbose = False

    def put(self, text: str) -> None:
        """Add a line to the log, if there is one, with the time."""
        if self.file:
            self.file.write(f"{time.strftime('%Y-%m-%dT%H:%M:%S')} {escape_unprintable(text)}\n")
            self.file.flush()


_record = _Record()


@contextmanager
def recorded(log: Path | None, *, is_verbose: bool) -> Iterator[None]:
    """Tell more while the block runs: to a log, to which all that is printed goes as well, or on the terminal.

    Raises:
        OutputError: the log cannot be written.
    """
    before = vars(_record).copy()
    try:
        file = log.open("a", encoding="utf-8") if log else None
    except OSError as error:
        raise OutputError(f"cannot be written ({error.strerror})", str(log), "Choose another --log.") from error
    with file or nullcontext():
        _record.file, _record.is_verbose = file, is_verbose
        try:
            yield
        finally:
            vars(_record).update(before)


def print_detail(text: str) -> None:
    """Print a line for `--verbose`."""
    if _record.is_verbose:
        print_line(text, is_error=True)
    else:
        _record.put(text)


def note_cause(error: BaseException) -> None:
    """Tell where an error comes from to those who asked for more."""
    for part in traceback.format_exception(error):
        for line in part.rstrip().splitlines():
            print_detail(line)


def print_error(text: str, hint: str = "") -> None:
    """Print an error, with what to do about it on the lines below."""
    is_coloured = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    sys.stderr.buffer.write(b"\x1b[1;31merror:\x1b[0m " if is_coloured else b"error: ")
    print_line(text, is_error=True)
    for line in hint.splitlines():
        print_line(line, is_error=True)


def print_json(value: Any) -> None:
    """Print a value for programs: they read exactly what it holds, and a terminal is given no orders either."""
    for line in json.dumps(value, ensure_ascii=False, indent=2).split("\n"):
        print_line(_ORDERS.sub(lambda found: f"\\u{ord(found[0]):04x}", line))


class Terminal:
    """Progress as a bar on a terminal, as plain lines in a pipe."""

    def __init__(self, *, quiet: bool, task: str = "speaking") -> None:
        self._quiet = quiet
        self._task = task
        self._bar: Progress | None = None
        self._tenths = 0
        self._frames = 0
        self._began_s = 0.0
        self.total = 0
        """How many takes are needed."""
        self.done = 0
        """How many of them are there."""
        self.unit = "takes"
        """What they are."""

    def begin(self, takes: int, reused: int, size_chars: int) -> None:
        """Say what there is to do."""
        self.total, self.done = takes, reused
        self._began_s = time.monotonic()
        if self._quiet:
            return
        if sys.stderr.isatty() and reused < takes:
            self._bar = _bar()
            self._bar.start()
            self._bar.add_task(self._task, total=size_chars, told="")
        else:
            there = f", {reused} of them there already" if self._task == "speaking" and self.unit == "takes" else ""
            print_line(f"{takes} {self._units(takes)}{there}", is_error=True)

    def advance(self, size_chars: int, frames: int, waiting_for: str) -> None:
        """Say that one more is done; in a pipe, at every tenth part of the whole."""
        self.done += 1
        self._frames += frames
        if self._quiet:
            return
        told = (
            f"{self.done} of {self.total} {self._units(self.total)}, {self._sound_a_second():.0f} s of sound a second"
        )
        told += f", waiting for {waiting_for}" if waiting_for else ""
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], advance=size_chars, told=told)
        elif self.done == self.total or self.done * 10 // self.total > self._tenths:
            self._tenths = self.done * 10 // self.total
            print_line(told, is_error=True)
        else:
            print_detail(told)

    def wait(self, place: str) -> None:
        """Say for whom it waits; quiet builds say it too, as nobody knows how long it will take."""
        self.end()
        print_line(f"{place}: another build is writing to it; waiting until it is done", is_error=True)

    @property
    def stopped(self) -> str:
        """What to say when it was stopped."""
        return f"{self.done} of {self.total} {self._units(self.total)} are kept; build again to go on from there"

    def end(self) -> None:
        """Clear the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _units(self, count: int) -> str:
        return self.unit.removesuffix("s") if count == 1 else self.unit

    def _sound_a_second(self) -> float:
        return ms_of(self._frames) / 1000 / max(0.001, time.monotonic() - self._began_s)


class Arrival:
    """What of a download has arrived: as a bar on a terminal, as plain lines in a pipe."""

    stopped = "what has arrived is kept; fetch it again to go on from there"
    """What to say when it was stopped."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._tenths = 0

    def begin(self, name: str) -> None:
        """Say what comes next."""
        self._tenths = 0
        if sys.stderr.isatty():
            self._bar = _bar()
            self._bar.start()
            self._bar.add_task(escape_unprintable(name), told="")

    def advance(self, done_bytes: int, whole_bytes: int) -> None:
        """Say how much is there, and how much there will be, 0 where nobody knows; in a pipe, at every tenth of it."""
        told = f"{size(done_bytes)} of {size(whole_bytes)}" if whole_bytes else size(done_bytes)
        if self._bar is not None:
            task = self._bar.task_ids[0]
            self._bar.update(task, completed=done_bytes, total=whole_bytes or None, told=told)
            return
        tenths = done_bytes * 10 // whole_bytes if whole_bytes else 0
        if tenths > self._tenths:
            self._tenths = tenths
            print_line(f"  {told}", is_error=True)

    def end(self) -> None:
        """Clear the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def size(size_bytes: int) -> str:
    """Say how large a file is.

    >>> size(7_936_868), size(142_333_725), size(812)
    ('7.9 MB', '142 MB', '0.0 MB')
    """
    return f"{size_bytes / 1e6:.0f} MB" if size_bytes >= 99.95e6 else f"{size_bytes / 1e6:.1f} MB"


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TimeRemainingColumn(),
        TextColumn("left; {task.fields[told]}"),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)
