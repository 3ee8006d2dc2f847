"""`audiobuild` and `python -m audiobuild` (layer 5).

Until the command line knows how it ends, Ctrl-C ends the process at once, without a word of Python's: most of what is
done before that is importing.
"""

import os
import signal
import sys

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # whoever started it may have it ignored
    signal.signal(signal.SIGINT, signal.SIG_DFL)

# Else numpy starts threads, which nothing here needs, and which use the processors while they wait for work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> None:
    """Run the command line."""
    _open_streams()
    from audiobuild.cli import main as run

    run()


def _open_streams() -> None:
    """Put nothing in the place of streams that are closed: else the next file that is opened is taken for one."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free, which is this one
    sys.stdin, sys.stdout, sys.stderr = (
        stream or os.fdopen(number, mode, encoding="utf-8")
        for stream, number, mode in ((sys.stdin, 0, "r"), (sys.stdout, 1, "w"), (sys.stderr, 2, "w"))
    )


if __name__ == "__main__":
    main()
