"""Before the command line knows how it ends, Ctrl-C ends the process without a word of Python's."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

INTERRUPT = "import signal; {before}; import audiobuild.__main__; signal.raise_signal(signal.SIGINT); print('on')"


@pytest.mark.parametrize(
    ("before", "code", "printed"),
    [("", -signal.SIGINT, ""), ("signal.signal(signal.SIGINT, signal.SIG_IGN)", 0, "on\n")],
)
def test_ctrl_c_while_it_is_imported_says_nothing(before: str, code: int, printed: str) -> None:
    command = [sys.executable, "-c", INTERRUPT.format(before=before or "pass")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (code, printed, "")
