"""The commands of an editor who listens: the desk, and one paragraph aloud (layer 5)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiobuild.cli.build_options import folder_shown, require_folder, sources_given
from audiobuild.cli.command_line import app, default_store, report_errors, sources_of
from audiobuild.cli.shared_options import EngineName, Sources, StoreFolder, VoiceName
from audiobuild.cli.terminal import print_line

if TYPE_CHECKING:
    from audiobuild.build.options import Options

_Output = Annotated[
    str | None,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR",
        help="Folder for the episode that is built from the desk.",
        show_default="as show.toml says, or else output",
    ),
]


@app.command(epilog="Example: audiobuild desk my-articles")
def desk(
    sources: Sources = None,
    output: _Output = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for any that is free.")] = 0,
    browser: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    store: StoreFolder = None,
    engine: EngineName = None,
    voice: VoiceName = None,
) -> None:
    """Proof an edition on a local page: see what is said, hear it, mend a word and hear it again; Ctrl-C ends it.

    What is mended is written into lexicon.tsv, into the article as a remark, or into corrections.tsv, and can be taken
    back. The page is for this machine alone, at an address that nobody can guess.
    """
    with report_errors():
        from audiobuild.desk.opening import run_desk

        def announce(address: str) -> None:
            print_line(f"The desk is at {address}")
            sys.stdout.flush()
            if browser:
                import webbrowser

                webbrowser.open(address)

        given = sources_given(sources)
        hint = "The desk builds into a folder; `audiobuild build` publishes into an object store."
        folder = require_folder(output or folder_shown(given), hint)
        run_desk(_options(given, folder, store, engine, voice), port, announce)


@app.command(epilog="Example: audiobuild preview article.md:12")
def preview(
    place: Annotated[str, typer.Argument(metavar="FILE[:LINE]", help="The file, and a line of the paragraph.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="A file: .wav, .mp3, .flac, ...", show_default="the loudspeaker"),
    ] = None,
    store: StoreFolder = None,
    engine: EngineName = None,
    voice: VoiceName = None,
) -> None:
    """Say one paragraph as a build would, by the loudspeaker or to a file, and print what is said."""
    with report_errors():
        from audiobuild.desk.paragraph_preview import say_paragraph

        file, line = _place(place)
        said = say_paragraph(_options(sources_of([file]), Path("output"), store, engine, voice), line, output)
        print_line(f"{file}:{said.line or 1}\t{said.duration_ms / 1000:.1f} s")
        print_line(said.spoken)


def _options(
    sources: tuple[Path | str, ...], output: Path, store: Path | None, engine: str | None, voice: str | None
) -> Options:
    from audiobuild.build.options import Options

    return Options(sources, output, store or default_store(), engine=engine, voice=voice)


def _place(place: str) -> tuple[str, int]:
    """Part a file from the line behind it.

    >>> _place("article.md:12"), _place("article.md")
    (('article.md', 12), ('article.md', 0))
    """
    file, colon, line = place.rpartition(":")
    if colon and line.isascii() and line.isdigit() and len(line) < 8 and not Path(place).exists():
        return file, int(line)
    return place, 0
