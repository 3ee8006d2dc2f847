"""The command with which a show begins (layer 5)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from audiobuild.cli.command_line import app, report_errors
from audiobuild.cli.terminal import print_line
from audiobuild.errors import OutputError

_HERE = Path()


@app.command(epilog="Example: audiobuild init my-show")
def init(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Where the show is to be.")] = _HERE,
) -> None:
    """Begin a show: a show.toml with every setting explained, an article to write over, and a .gitignore.

    Nothing that is there is written over.
    """
    with report_errors():
        from audiobuild.config.starter import ARTICLE_FILE, starter_files
        from audiobuild.sources.file_names import name_of

        if folder.is_file():
            raise OutputError("this is a file", str(folder), "Name a folder: audiobuild init my-show.")
        files = starter_files(name_of(folder.resolve()))
        there = [folder / name for name in files if (folder / name).exists()]
        if there:
            hint = "Give the show a folder of its own, or change what is there by hand."
            raise OutputError("this file is there already", str(there[0]), hint)
        _write(folder, files)
        print_line(f"{folder / ARTICLE_FILE} is an article, and {folder / 'show.toml'} says how it is read. Next:")
        print_line(f"  audiobuild build {folder}")


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files of a show.

    Raises:
        OutputError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"cannot be written ({error.strerror})", str(folder), "Choose another folder.") from error
