"""`audiobuild` and `python -m audiobuild` (layer 5).

Until the command line knows how it ends, Ctrl-C ends the process at once, without a word of Python's: most of what is
done before that is importing.
"""

import signal

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # whoever started it may have it ignored
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def main() -> None:
    """Run the command line."""
    from audiobuild.cli import main as run

    run()


if __name__ == "__main__":
    main()
