"""How the program starts: interrupted, and with streams that are closed."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import environment

INTERRUPT = """import signal
signal.signal(signal.SIGINT, signal.{before})
import audiobuild.__main__
signal.raise_signal(signal.SIGINT)
print("on")
"""


@pytest.mark.parametrize(
    ("before", "code", "printed"),
    [("default_int_handler", -signal.SIGINT, ""), ("SIG_IGN", 0, "on\n")],
)
def test_ctrl_c_while_it_is_imported_says_nothing(before: str, code: int, printed: str) -> None:
    command = [sys.executable, "-c", INTERRUPT.format(before=before)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (code, printed, "")


@pytest.mark.parametrize(("closed", "printed"), [("2>&-", "six million\n"), ("<&- >&- 2>&-", "")])
def test_streams_may_be_closed(closed: str, printed: str, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("6m", encoding="utf-8")
    command = ["sh", "-c", f'exec "$0" -m audiobuild normalise --lines text {closed}', sys.executable]
    done = subprocess.run(command, cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, printed, "")
