"""The command line: the only package that prints, exits and knows typer (layer 5).

Whatever is heavy is imported by the command that needs it, so that `--help` answers at once. A module of commands adds
them to the program as it is imported.
"""

from __future__ import annotations

import atexit
import gc
import signal
from copy import copy
from functools import cache
from inspect import cleandoc
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

_TAKEN = {
    "str": "NAME",
    "path": "PATH",
    "int": "NUMBER",
    "int range": "NUMBER",
    "float": "NUMBER",
    "float range": "NUMBER",
    "datetime": "DATE",
}
"""What the help calls what an option takes, by the type of it, where nothing is said of it."""


def main() -> None:
    """Run the command line."""
    for name in _ENDINGS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)
    atexit.register(gc.freeze)  # what the process holds at its end need not be searched for cycles once more
    _program()()


@cache
def _program() -> Any:
    """Make the commands of what is written of them."""
    program = typer.main.get_command(app)
    _put_help_plainly(program)
    return program


def _put_help_plainly(command: Any) -> None:
    """Have the help say in words what an option takes, and fill its lines, here and in all commands within."""
    command.help = "\n\n".join(" ".join(part.split()) for part in cleandoc(command.help or "").split("\n\n"))
    help_option = command.get_help_option(typer.Context(command, help_option_names=HELP_NAMES))
    for each in (*command.params, help_option):
        if each.param_type_name == "argument":
            each.type = copy(each.type)
            each.type.get_metavar = lambda **_: ""
        elif getattr(each, "is_flag", False):
            each.metavar = ""
        else:
            each.metavar = each.metavar or _TAKEN.get(each.type.name)
    for inner in getattr(command, "commands", {}).values():
        _put_help_plainly(inner)


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
