"""What all commands share: the program they belong to, how they end, and how they take what is typed (layer 5)."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer

from audiobuild.cli.terminal import Arrival, Terminal, note_cause, print_error, print_json, print_line
from audiobuild.errors import AudiobuildError, ConfigError, NothingNew, OutputError

HELP_NAMES = ["-h", "--help"]
app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": HELP_NAMES},
    help="Turn articles into an audio edition: one MP3 with chapters.",
    epilog="Begin with `audiobuild init my-show`.",
)

INCOMPLETE = 3
"""The exit code of a build in which something is missing."""
_MOST_ALIKE = 3
"""How many places are named at which the same is wrong."""
INTERRUPTED = 130
"""The exit code of a command that Ctrl-C ended: 128 and the signal's number."""


class Ended(SystemExit):
    """A signal has asked the command to end; its code is 128 and the signal's number."""


@contextmanager
def report_errors(progress: Terminal | Arrival | None = None, *, as_json: bool = False) -> Iterator[None]:
    """Turn errors into a line or two each and an exit code; a defect of ours keeps its traceback.

    Args:
        progress: ended first.
        as_json: whether a program reads the output, to which the errors are told in place of what it asked for.
    """
    _hear_interrupts()
    try:
        yield
    except NothingNew as error:
        if progress:
            progress.end()
        print_line(str(error), is_error=True)
    except AudiobuildError as error:
        if progress:
            progress.end()
        note_cause(error)
        _tell(error, *error.others, as_json=as_json)
        raise typer.Exit(1) from error
    except (KeyboardInterrupt, Ended) as error:
        _hear_interrupts(no_more=True)
        if progress:
            progress.end()
            print_line(f"stopped: {progress.stopped}", is_error=True)
        if isinstance(error, Ended):
            raise
        raise typer.Exit(INTERRUPTED) from error
    except BrokenPipeError:
        raise  # nobody reads on; there is nobody to be told
    except OSError as error:  # of a disk or a folder, at a place where nobody expects it to fail
        if progress:
            progress.end()
        _tell(_error_of_disk(error), as_json=as_json)
        raise typer.Exit(1) from error


def _tell(*errors: AudiobuildError, as_json: bool) -> None:
    if as_json:
        print_json({"errors": [_error_facts(each) for each in errors]})
    for text, hint in _together(errors):
        print_error(text, hint)


def _error_of_disk(error: OSError) -> OutputError:
    hint = "See that it can be read and written, and that the disk has room."
    return OutputError(error.strerror or str(error), str(error.filename or ""), hint)


def _hear_interrupts(*, no_more: bool = False) -> None:
    """Have Ctrl-C end a command tidily, or, once it has, or before a command has begun, the process at once."""
    at_once, tidily = signal.SIG_DFL, signal.default_int_handler
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is threading.main_thread() and before == (tidily if no_more else at_once):
        signal.signal(signal.SIGINT, at_once if no_more else tidily)


def _together(errors: Sequence[AudiobuildError]) -> Iterator[tuple[str, str]]:
    """Say each error with what to do; of what is wrong at many places alike, say it once with the first of them."""
    alike: dict[tuple[str, str], list[AudiobuildError]] = {}
    for each in errors:
        alike.setdefault((each.message, each.hint), []).append(each)
    for (message, hint), some in alike.items():
        if len(some) <= _MOST_ALIKE or not all(each.where for each in some):
            yield from ((str(each), hint) for each in some)
            continue
        named = ", ".join(each.where for each in some[:_MOST_ALIKE])
        yield f"{named} and {len(some) - _MOST_ALIKE} more: {message}", hint


def _error_facts(error: AudiobuildError) -> dict[str, str]:
    return {"kind": type(error).__name__, "message": error.message, "where": error.where, "hint": error.hint}


def locale_of(given: str) -> str:
    """Take a language as it was typed, if it may be one."""
    from audiobuild.config.show import LANGUAGE_HINT, LANGUAGE_TAG

    if not LANGUAGE_TAG.fullmatch(given):
        raise typer.BadParameter(f"{given!r} is no language tag. {LANGUAGE_HINT}")
    return given


def sources_of(given: Sequence[str]) -> tuple[Path | str, ...]:
    """Tell addresses of the web, which stay as they are, from paths.

    Raises:
        ConfigError: an address that is none of the web's.
    """
    return tuple(each if _is_of_the_web(each) else Path(each) for each in given)


def _is_of_the_web(given: str) -> bool:
    scheme, mark, _ = given.lower().partition("://")
    if not mark or Path(given).exists():
        return False
    if scheme not in ("https", "http"):
        raise ConfigError("no article is read from there", given, "Give an address with https://, or download it.")
    return True


def store_of(given: str | None) -> Path | str:
    """Tell the address of an object store, which stays as it is, from a folder; where nothing is said, the user's.

    Raises:
        ConfigError: it is a file.
    """
    if not given:
        return default_store()
    if "://" in given:
        return given
    if Path(given).is_file():
        raise ConfigError("this is a file", given, "Give a folder as --store.")
    return Path(given)


def default_store() -> Path:
    """Where takes are kept when nothing is said of it: the user's cache folder."""
    from audiobuild.config.user_folders import cache_folder

    return cache_folder("takes")
