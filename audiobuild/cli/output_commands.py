"""The commands about what is made: a finished episode, the feed of all of them, the folder to listen to (layer 5)."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer

from audiobuild.cli.build_options import folder_of, named_by_address, require_folder
from audiobuild.cli.command_line import app, default_store, report_errors
from audiobuild.cli.shared_options import AsJson
from audiobuild.cli.terminal import Terminal, print_json, print_line
from audiobuild.store.buckets import is_address


@app.command(epilog="Example: audiobuild inspect output/EPISODE.mp3 --png episode.png")
def inspect(
    episode: Annotated[
        str,
        typer.Argument(metavar="FILE|URL", help="A finished file: MP3, M4B, Opus, FLAC, WAV or EPUB; or a feed."),
    ],
    as_json: AsJson = False,
    png: Annotated[
        Path | None, typer.Option("--png", metavar="FILE", help="Draw wave, loudness and peaks as a PNG.")
    ] = None,
) -> None:
    """Show what an episode holds and how it sounds; or what a podcast app would complain of in a feed."""
    with report_errors(as_json=as_json):
        from audiobuild.publish.output.placeholders import fetched_here

        with fetched_here(episode) as path:
            if path.suffix == ".xml":
                _inspect_feed(path, as_json=as_json)
            else:
                _inspect_file(path, png, as_json=as_json)


def _inspect_file(path: Path, png: Path | None, *, as_json: bool) -> None:
    from audiobuild.cli.inspection_report import facts_of, lines_of
    from audiobuild.inspection.finished_file import check_picture_path, inspect_episode, write_picture

    if png:
        check_picture_path(png, path)
    seen = inspect_episode(path)
    if png:
        write_picture(seen, png)
    if as_json:
        print_json(facts_of(seen))
        return
    for line in lines_of(seen):
        print_line(line)


def _inspect_feed(path: Path, *, as_json: bool) -> None:
    from dataclasses import asdict

    from audiobuild.publish.feed.feed_check import Severity, check_feed

    findings = check_feed(path, dt.date.today())
    if as_json:
        print_json([asdict(finding) for finding in findings])
    for finding in () if as_json else findings:
        print_line(f"{finding.severity}\t{finding.place}\t{finding.message}")
    if not findings and not as_json:
        print_line("there is nothing to complain of")
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise typer.Exit(1)


@app.command(epilog="Example: audiobuild feed output --show my-articles")
def feed(
    output: Annotated[
        str, typer.Argument(metavar="DIR|URL", help="The folder, or s3:// address, that holds the episodes.")
    ],
    show: Annotated[Path, typer.Option("--show", help="The show.toml that says what the show is, or its folder.")],
) -> None:
    """Rebuild the feed and the pages of a folder from the manifests of its episodes."""
    progress = Terminal(quiet=False)
    with report_errors(progress):
        from audiobuild.build.release import refresh_folder
        from audiobuild.cli.reports import feed_warnings
        from audiobuild.publish.feed.feed_facts import feed_file
        from audiobuild.publish.output.working_copy import shown_place
        from audiobuild.sources.edition import read_show
        from audiobuild.store.artefacts import Store

        facts, folder = read_show(show), folder_of(output, progress)
        with named_by_address(folder):
            manifests, warnings = refresh_folder(folder, facts, Store(default_store()), progress, dt.date.today())
        for warning in (*feed_warnings(manifests), *warnings):
            print_line(f"warning: {warning}", is_error=True)
        print_line(shown_place(folder / (feed_file(facts.feed) if facts.feed.base else "index.html")))


@app.command()
def remove(
    episode: Annotated[str, typer.Argument(metavar="FILE|URL", help="The episode: its MP3, or any file of its name.")],
    show: Annotated[
        Path | None,
        typer.Option("--show", help="The show.toml that says what the show is, or its folder.", show_default=False),
    ] = None,
) -> None:
    """Take an episode back: out of feed and index, and its files away."""
    progress = Terminal(quiet=False)
    with report_errors(progress):
        from audiobuild.build.release import withdraw_episode
        from audiobuild.publish.output.working_copy import shown_place
        from audiobuild.sources.edition import read_show

        address, _, name = episode.rpartition("/")
        file = folder_of(address, progress) / name if is_address(episode) else Path(episode)
        with named_by_address(file.parent):
            files = withdraw_episode(file, read_show(show) if show else None, progress)
        for name in files:
            print_line(f"gone: {shown_place(file.with_name(name))}")


def _holds_episodes(folder: Path) -> bool:
    from audiobuild.model.file_formats import FORMATS

    suffixes = {each.suffix for each in FORMATS.values()}
    return any(path.suffix in suffixes for path in folder.iterdir())


@app.command(epilog="Example: audiobuild serve output --port 8080")
def serve(
    folder: Annotated[str, typer.Argument(metavar="DIR", help="The folder that holds the episodes.")] = "output",
    host: Annotated[
        str, typer.Option(metavar="HOST", help="Who may listen: this machine alone, unless it is changed.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for any that is free.")] = 8000,
) -> None:
    """Serve the output folder on this machine, as listeners will find it; Ctrl-C ends it."""
    with report_errors():
        from audiobuild.publish.site.serving import serve as serve_folder

        def announce(address: str) -> None:
            if not _holds_episodes(Path(folder)):
                print_line(f"note: {folder} holds no episode; name the folder into which one was built", is_error=True)
            print_line(f"{folder} is at {address}")
            sys.stdout.flush()

        hint = "What is there is served by the object store itself: open the address of its index.html."
        serve_folder(require_folder(folder, hint), host, port, announce)
