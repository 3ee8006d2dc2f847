"""What a person sees while a build runs, and times as people write them (layer 5)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress


class Terminal:
    """Progress as a bar on a terminal, as plain lines in a pipe."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._bar: Progress | None = None
        self._tenths = 0
        self.total = 0
        """How many takes are needed."""
        self.done = 0
        """How many of them are there."""

    def begin(self, takes: int, reused: int) -> None:
        """Say what there is to do."""
        self.total, self.done = takes, reused
        if self._quiet:
            return
        if sys.stderr.isatty() and reused < takes:
            self._bar = _bar()
            self._bar.start()
            self._bar.add_task("speaking", total=takes, completed=reused)
        else:
            print(f"{takes} takes, {reused} of them there already", file=sys.stderr, flush=True)

    def advance(self) -> None:
        """Say that one more is done; in a pipe, at every tenth part of the whole."""
        self.done += 1
        if self._bar is not None:
            self._bar.advance(self._bar.task_ids[0])
        elif not self._quiet and (self.done == self.total or self.done * 10 // self.total > self._tenths):
            self._tenths = self.done * 10 // self.total
            print(f"{self.done} of {self.total} takes", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Clear the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def clock(time_ms: int) -> str:
    """Write a time as people do.

    >>> clock(3_729_000)
    '1:02:09'
    """
    minutes, seconds = divmod(time_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
