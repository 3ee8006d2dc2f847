"""The command line: the only package that prints, exits and knows typer (layer 5).

Whatever is heavy is imported by the command that needs it, so that `--help` answers at once. A module of commands adds
them to the program as it is imported.
"""

from __future__ import annotations

import atexit
import gc
import signal
from typing import Annotated, Any

import typer

from audiobuild import __version__
from audiobuild.cli.command_line import HELP_NAMES, Ended, app
from audiobuild.cli.terminal import print_line

# in this order `--help` lists their commands:
# isort: off
from audiobuild.cli import build_command  # noqa: F401
from audiobuild.cli import check_command  # noqa: F401
from audiobuild.cli import voice_commands  # noqa: F401
from audiobuild.cli import store_commands  # noqa: F401
from audiobuild.cli import output_commands  # noqa: F401
from audiobuild.cli import desk_commands  # noqa: F401
from audiobuild.cli import init_command  # noqa: F401
from audiobuild.cli import text_commands  # noqa: F401
# isort: on

_ENDINGS = ("SIGTERM", "SIGHUP")
"""Signals that end a command as Ctrl-C does; not every system has both."""


def main() -> None:
    """Run the command line."""
    for name in _ENDINGS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)
    atexit.register(gc.freeze)  # what the process holds at its end need not be searched for cycles once more
    program = typer.main.get_command(app)
    _hide_types_of_flags(program)
    program()


def _hide_types_of_flags(command: Any) -> None:
    """Have the help say nothing of the type of an option that takes no value, here and in all commands within."""
    help_option = command.get_help_option(typer.Context(command, help_option_names=HELP_NAMES))
    for each in (*command.params, help_option):
        if getattr(each, "is_flag", False):
            each.metavar = ""
    for inner in getattr(command, "commands", {}).values():
        _hide_types_of_flags(inner)


def _end(number: int, _: object) -> None:
    """End tidily, and once: whoever asks again, or hangs up as well, has not to wait longer."""
    for name in _ENDINGS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    raise Ended(128 + number)


def _show_version(asked: bool) -> None:
    if asked:
        print_line(f"audiobuild {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Say which version this is.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    pass
