"""A program run to its end, within limits of time and size (layer 3).

The program's words go in; what it writes is in files when it has ended. An EngineError says how it failed.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import time
from pathlib import Path, PureWindowsPath

from audiobuild.errors import EngineError

MOST_BYTES = 100_000_000
"""How much all the files that it writes may hold together: at 48 kHz and 16 bits, 17 minutes of sound."""

_LOOK_S = 0.25
"""How often it is looked at how much it has written, in seconds."""
_SAID_BYTES = 4096
"""How much of the end of what it says is looked at."""
_MOST_SAID_CHARS = 200
_ORDERS = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|[\0-\x08\x0b-\x1f\x7f-\x9f]")
"""What a terminal would obey."""
_NOTHING = Path(os.devnull)
_ENGINE = "command"


def run_program(
    words: list[str], *, folder: Path, stdin: Path | None, stdout: Path | None, time_limit_s: float
) -> None:
    """Run a program in a folder, and wait for its end.

    Args:
        words: the program's path and its arguments.
        folder: where it runs, and what it may fill; it holds nothing else.
        stdin: the file that it reads from; None for nothing.
        stdout: the file that its standard output goes to; None to drop it.
        time_limit_s: after which it is ended, with all that it started.

    Raises:
        EngineError: it cannot be run, fails, takes too long or writes too much.
    """
    name = PureWindowsPath(words[0]).name
    said = folder / "stderr.txt"
    with (
        (stdin or _NOTHING).open("rb") as given,
        (stdout or _NOTHING).open("wb") as made,
        said.open("wb") as complaints,
    ):
        try:
            process = subprocess.Popen(
                words, stdin=given, stdout=made, stderr=complaints, cwd=folder, start_new_session=True
            )
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise EngineError(f"{name} cannot be run ({reason})", _ENGINE, "Try it in a terminal.") from error
    try:
        _wait(process, name, folder, time_limit_s)
    finally:
        _end(process)
    if process.returncode:
        last = _last_line(said)
        message = f"{name} {_how_it_ended(process.returncode)}{f': {last}' if last else ''}"
        raise EngineError(message, _ENGINE, "Try its command in a terminal.")


def _wait(process: subprocess.Popen[bytes], name: str, folder: Path, time_limit_s: float) -> None:
    """Wait for the program's end, and see now and then to its limits."""
    until_s = time.monotonic() + time_limit_s
    while True:
        left_s = until_s - time.monotonic()
        try:
            process.wait(max(0.0, min(_LOOK_S, left_s)))
        except subprocess.TimeoutExpired:
            if left_s <= 0:
                hint = "Raise engines.command.time_limit_s in show.toml, or see whether it waits for something."
                message = f"{name} was ended: it took longer than {time_limit_s:g} seconds"
                raise EngineError(message, _ENGINE, hint) from None
        else:
            left_s = 0.0
        if _size_bytes(folder) > MOST_BYTES:
            message = f"{name} wrote more than {MOST_BYTES // 1_000_000} MB"
            raise EngineError(message, _ENGINE, "Try its command in a terminal, with one sentence.")
        if process.returncode is not None:
            return


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program that still runs, with all that it started, and wait until it is gone."""
    if process.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):  # it has just ended, but for being waited for
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _size_bytes(folder: Path) -> int:
    """Add up the files of a folder, of which some may vanish meanwhile."""
    total = 0
    for entry in os.scandir(folder):
        with contextlib.suppress(OSError):
            total += entry.stat(follow_symlinks=False).st_size
    return total


def _how_it_ended(code: int) -> str:
    if code > 0:
        return f"ended with exit code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"


def _last_line(path: Path) -> str:
    """Read the last line of what a program said, fit to be shown."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _SAID_BYTES))
        text = file.read().decode("utf-8", "replace")
    lines = [line for line in (_ORDERS.sub("", line).strip() for line in text.splitlines()) if line]
    last = lines[-1] if lines else ""
    return last if len(last) <= _MOST_SAID_CHARS else f"{last[: _MOST_SAID_CHARS - 1]}…"
