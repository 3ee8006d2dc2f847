"""An archive, as the command line builds it (layer 5)."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import typer

from audiobuild.cli.command_line import INCOMPLETE
from audiobuild.cli.terminal import Terminal, print_json, print_line

if TYPE_CHECKING:
    from audiobuild.build import Options


def carry_out_archive(options: Options, progress: Terminal, *, quiet: bool, as_json: bool) -> None:
    """Build an archive, and tell what came of it."""
    from audiobuild.build.article_archive import build_archive
    from audiobuild.cli.reports import archive_facts, archive_lines

    progress.unit = "articles"
    gc.enable()  # which other builds do without: here what cycles hold would grow with the archive
    result = build_archive(options, progress)
    progress.end()
    if as_json:
        print_json(archive_facts(result))
    for line in () if as_json else archive_lines(result):
        print_line(line, is_error=True)
    if not quiet and not as_json:
        made, kept = _counted(result.made, "episode"), _counted(result.kept, "article")
        print_line(f"{made} made, {kept} done before, {_counted(result.episodes, 'episode')} in all")
    if result.failed:
        raise typer.Exit(INCOMPLETE)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
