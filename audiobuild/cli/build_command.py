"""The command that makes episodes (layer 5)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiobuild.cli.archive_build import carry_out_archive
from audiobuild.cli.build_options import (
    date_of,
    loudness_given,
    making_of,
    named_by_address,
    output_of,
    selection_of,
    sources_given,
    succession_of,
    web_given,
)
from audiobuild.cli.command_line import INCOMPLETE, app, locale_of, report_errors
from audiobuild.cli.shared_options import AllowPrivate, EngineName, Sources, VoiceName
from audiobuild.cli.terminal import Terminal, print_json, print_line, recorded
from audiobuild.model.clock_times import clock
from audiobuild.model.file_formats import FORMATS

if TYPE_CHECKING:
    from audiobuild.build import Options
    from audiobuild.build.outcome import BuildPlan, Result
    from audiobuild.config.show import Show


_Output = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="DIR|URL", help="Folder or s3:// address for the episode.", show_default="output"
    ),
]
_Rate = Annotated[float | None, typer.Option(help="Speed of speech; 1 is normal.")]
_Locale = Annotated[
    str | None, typer.Option(parser=locale_of, metavar="TAG", help="The language: en-GB, en-US, de-DE, ...")
]
_FORMATS = " or ".join(", ".join(FORMATS).rsplit(", ", 1))
_Format = Annotated[str | None, typer.Option("--format", help=f"{_FORMATS}.", show_default="mp3")]
_BitRate = Annotated[int | None, typer.Option(help="kbit/s.", show_default="96 for MP3")]
_Loudness = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|LUFS", help="podcast, audiobook, broadcast, or LUFS as heard: -18.", show_default="podcast"
    ),
]
_Only = Annotated[
    list[str] | None, typer.Option("--only", help="Read this department or article alone; may be repeated.")
]
_Skip = Annotated[
    list[str] | None, typer.Option("--skip", help="Leave this department or article out; may be repeated.")
]
_Chapters = Annotated[
    str | None,
    typer.Option("--chapters", metavar="NUMBERS", help="Read these alone, by their numbers: 3, 3-5, 3- or 1,4-6."),
]
_PerArticle = Annotated[bool, typer.Option("--per-article", help="Make an episode of each article as well.")]
_Each = Annotated[
    bool, typer.Option("--each", help="Make an episode of each article, and nothing of all; do what is not done yet.")
]
_Newest = Annotated[
    int | None, typer.Option("--newest", min=1, help="Entries of a feed to read, the newest first.", show_default="10")
]
_Since = Annotated[
    dt.date | None,
    typer.Option("--since", parser=date_of, metavar="DATE", help="Read a feed's entries from this day on: 2026-11-07."),
]
_Refresh = Annotated[bool, typer.Option("--refresh", help="Fetch anew what was fetched from the web before.")]
_DryRun = Annotated[
    bool, typer.Option("--dry-run", help="List what would be spoken or encoded, and why; make nothing.")
]
_Store = Annotated[
    str | None,
    typer.Option(
        metavar="DIR|URL",
        help="Folder or s3:// address for what was spoken once.",
        show_default="the user's cache folder",
    ),
]
_StoreLimit = Annotated[
    float, typer.Option(help="GB that the store may hold; what was not used for longest goes.", min=0)
]
_Jobs = Annotated[
    int | None, typer.Option("--jobs", "-j", min=1, help="Worker processes.", show_default="one a processor")
]
_Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster", metavar="ADDRESS", help="Let the workers of this Dask scheduler speak; local for this machine."
    ),
]
_Publish = Annotated[bool, typer.Option("--publish", help="Publish a part of an edition, not only a preview of it.")]
_Previous = Annotated[
    str | None,
    typer.Option(metavar="DIR|URL", help="Go on from what is published: its folder, or the address of its feed."),
]
_Replace = Annotated[bool, typer.Option("--replace", help="Replace what was published, whatever it was.")]
_New = Annotated[bool, typer.Option("--new", help="Publish beside what was published; of a feed what is new.")]
_Strict = Annotated[bool, typer.Option("--strict", help="Fail where anything is left unsaid, or the level is missed.")]
_KeepGoing = Annotated[
    bool,
    typer.Option(
        "--keep-going",
        help="Where a segment cannot be spoken, make a preview of the rest, publish nothing, and exit 3.",
    ),
]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")]
_Json = Annotated[bool, typer.Option("--json", help="Print a summary for programs, and nothing else.")]
_Verbose = Annotated[bool, typer.Option("--verbose", help="Tell of every take, and where an error comes from.")]
_Log = Annotated[
    Path | None,
    typer.Option("--log", metavar="FILE", help="Keep what is told, and more, in this file."),
]
_EXAMPLES = """Examples:

audiobuild build article.md

audiobuild build my-articles --output public --voice emma

audiobuild build my-articles --format epub"""


@app.command(epilog=_EXAMPLES)
def build(
    sources: Sources = None,
    output: _Output = None,
    engine: EngineName = None,
    voice: VoiceName = None,
    rate: _Rate = None,
    locale: _Locale = None,
    format_: _Format = None,
    bit_rate: _BitRate = None,
    loudness: _Loudness = None,
    only: _Only = None,
    skip: _Skip = None,
    chapters: _Chapters = None,
    per_article: _PerArticle = False,
    each: _Each = False,
    newest: _Newest = None,
    since: _Since = None,
    refresh: _Refresh = False,
    allow_private: AllowPrivate = False,
    dry_run: _DryRun = False,
    store: _Store = None,
    store_limit: _StoreLimit = 10.0,
    jobs: _Jobs = None,
    cluster: _Cluster = None,
    publish: _Publish = False,
    previous: _Previous = None,
    replace: _Replace = False,
    new: _New = False,
    strict: _Strict = False,
    keep_going: _KeepGoing = False,
    quiet: _Quiet = False,
    as_json: _Json = False,
    verbose: _Verbose = False,
    log: _Log = None,
) -> None:
    """Build an episode from articles, or several."""
    with _working(log, is_verbose=verbose, quiet=quiet, as_json=as_json) as progress:
        from audiobuild.build import Options

        given = sources_given(sources)
        options = Options(
            sources=given,
            output=output_of(output, given, progress),
            engine=engine,
            voice=voice,
            rate=rate,
            locale=locale,
            format=format_,
            bit_rate_kbps=bit_rate,
            loudness=loudness_given(loudness),
            strict=strict,
            **selection_of(only, skip, chapters, per_article=per_article, each=each),
            web=web_given(newest, since, refresh=refresh, allow_private=allow_private),
            keep_going=keep_going,
            **making_of(store, store_limit, jobs, cluster),
            **succession_of(previous, publish=publish, replace=replace, new=new),
        )
        with named_by_address(options.output):
            _run_build(options, progress, dry_run=dry_run, quiet=quiet, as_json=as_json)


def _run_build(options: Options, progress: Terminal, *, dry_run: bool, quiet: bool, as_json: bool) -> None:
    from audiobuild.build import build as build_episodes
    from audiobuild.build import plan_build
    from audiobuild.sources.edition import find_show

    if options.each:
        if dry_run or options.previous or options.keep_going:
            raise typer.BadParameter("--each goes without --dry-run, --previous and --keep-going.")
        carry_out_archive(options, progress, quiet=quiet, as_json=as_json)
        return
    if dry_run:
        _print_plan(plan_build(options), quiet=quiet, as_json=as_json)
        return
    result = build_episodes(dataclasses.replace(options, today=dt.date.today()), progress)
    progress.end()
    _print_result(result, find_show(options.sources)[0], quiet=quiet, as_json=as_json)
    if result.missing:
        raise typer.Exit(INCOMPLETE)


@contextmanager
def _working(log: Path | None, *, is_verbose: bool, quiet: bool, as_json: bool) -> Iterator[Terminal]:
    """Give what tells of progress; what is told goes into the log as well, and errors are told."""
    progress = Terminal(quiet=quiet or as_json)
    logged = recorded(log, is_verbose=is_verbose)
    with report_errors(as_json=as_json), logged, report_errors(progress, as_json=as_json), _uncollected():
        yield progress


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave cycles be, now and at the end: a build makes hardly any, and a search takes a tenth of its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _print_result(result: Result, show: Show, *, quiet: bool, as_json: bool) -> None:
    from audiobuild.cli.reports import missing_lines, summary, warnings
    from audiobuild.model.values import ms_of
    from audiobuild.publish.output.working_copy import shown_place

    if as_json:
        print_json(summary(result))
    for line in () if as_json else missing_lines(result):
        print_line(line, is_error=True)
    _print_notes((), result.folder_warnings)
    if result.is_preview and not result.missing and not as_json:
        print_line("a part of the edition: this is a preview, in no feed; --publish publishes it", is_error=True)
    if quiet or as_json:
        return

    for chapter in result.episode.timeline.chapters:
        print_line(f"  {clock(ms_of(chapter.start_frame)):>8}  {chapter.title}")
    for built in result.episodes:
        measured = built.measured
        print_line(
            f"{shown_place(built.path)}: {clock(ms_of(built.timeline.frames))}, "
            f"{measured.loudness_lufs:.1f} LUFS, peak {measured.peak_dbtp:.1f} dBTP"
        )
    _print_notes(result.notes, (*result.voice_warnings, *warnings(result, show)))
    encoded = f", {result.encoded} levelled and encoded anew" if result.encoded else ""
    print_line(f"{result.synthesised} segments spoken{encoded}, {result.reused} reused")
    if not result.is_preview and result.episode.manifest.cover:
        print_line(_how_to_listen(result.episode.path, show.feed.base))


def _how_to_listen(path: Path, base: str) -> str:
    from audiobuild.publish.output.working_copy import shown_place

    page = path.with_name("index.html")
    if shown_place(page) != str(page):
        return f"To listen, open {base}{page.name} in a browser" if base else f"It is published as {shown_place(page)}"
    return f"To listen, open {page} in a browser, or: audiobuild serve {path.parent}"


def _print_plan(foreseen: BuildPlan, *, quiet: bool, as_json: bool) -> None:
    from audiobuild.cli.reports import need_facts, need_lines

    if as_json:
        print_json(need_facts(foreseen.needs))
        return
    for line in need_lines(foreseen.needs):
        print_line(line)
    if not quiet:
        _print_notes(foreseen.notes, foreseen.voice_warnings)


def _print_notes(notes: Iterable[str], warnings: Iterable[str]) -> None:
    for note in notes:
        print_line(f"note: {note}", is_error=True)
    for warning in warnings:
        print_line(f"warning: {warning}", is_error=True)
