"""The commands: the only place that exits and knows typer (layer 5).

Whatever is heavy is imported by the command that needs it, so that `--help` answers at once.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiobuild import __version__
from audiobuild.errors import AudiobuildError, SourceError
from audiobuild.terminal import Terminal, clock

if TYPE_CHECKING:
    from audiobuild.build import Result

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn articles into an audio edition: one MP3 with chapters.",
)

INTERRUPTED = 130
"""The exit code of a command that Ctrl-C ended: 128 and the signal's number."""


class Locale(StrEnum):
    """The kinds of English there are."""

    GB = "en-GB"
    US = "en-US"


def main() -> None:
    """Run the command line."""
    app()


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"audiobuild {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Say which version this is.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    pass


# --- build ----------------------------------------------------------------------------------------


@app.command()
def build(
    sources: Annotated[
        list[Path] | None, typer.Argument(help="Articles, or folders of articles.", show_default="seeds")
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the episode.")] = Path("output"),
    engine: Annotated[str | None, typer.Option(help="Who speaks: espeak, gtts, ...")] = None,
    voice: Annotated[str | None, typer.Option(help="The engine's voice; see `audiobuild voices`.")] = None,
    rate: Annotated[float | None, typer.Option(help="Speed of speech; 1 is normal.")] = None,
    locale: Annotated[Locale | None, typer.Option(help="Which English is spoken.")] = None,
    bit_rate: Annotated[int | None, typer.Option(help="kbit/s of the MP3.", show_default="96")] = None,
    store: Annotated[
        Path | None, typer.Option(help="Folder for finished takes.", show_default="the user's cache folder")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Worker processes.", show_default="one a processor")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail where anything is left unsaid.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a summary for programs, and nothing else.")] = False,
) -> None:
    """Build one episode from articles."""
    progress = Terminal(quiet=quiet or as_json)
    with _told(progress):
        from audiobuild.build import Options
        from audiobuild.build import build as build_episode

        result = build_episode(
            Options(
                sources=tuple(sources or [Path("seeds")]),
                output=output,
                store=store or _default_store(),
                engine=engine,
                voice=voice,
                rate=rate,
                locale=locale.value if locale else None,
                bit_rate_kbps=bit_rate,
                workers=jobs,
                strict=strict,
            ),
            progress,
        )
        progress.end()
        if as_json:
            from audiobuild.reports import summary

            typer.echo(json.dumps(summary(result), ensure_ascii=False, indent=2))
        elif not quiet:
            _print_result(result)


def _default_store() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("audiobuild", appauthor=False) / "takes"


def _print_result(result: Result) -> None:
    from audiobuild.model import ms_of

    episode = result.episode
    for chapter in episode.timeline.chapters:
        typer.echo(f"  {clock(ms_of(chapter.start_frame)):>8}  {chapter.title}")
    typer.echo(
        f"{episode.path}: {clock(ms_of(episode.timeline.frames))}, {episode.loudness_lufs:.1f} LUFS, "
        f"{result.synthesised} segments spoken, {result.reused} reused"
    )


@contextmanager
def _told(progress: Terminal | None = None) -> Iterator[None]:
    """Turn errors into a line or two and an exit code; a defect of ours keeps its traceback."""
    try:
        yield
    except AudiobuildError as error:
        if progress:
            progress.end()
        typer.echo(str(error), err=True)
        if error.hint:
            typer.echo(error.hint, err=True)
        raise typer.Exit(1) from error
    except KeyboardInterrupt as error:
        if progress:
            progress.end()
            kept = f"{progress.done} of {progress.total} takes are kept"
            typer.echo(f"stopped: {kept}; build again to go on from there", err=True)
        raise typer.Exit(INTERRUPTED) from error


# --- normalise, check and lexicon -----------------------------------------------------------------


@app.command()
def normalise(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="The text; - for standard input.")] = "-",
    lines: Annotated[bool, typer.Option("--lines", help="Take each line alone; print one line for each.")] = False,
    locale: Annotated[
        Locale | None, typer.Option(help="Which English is spoken.", show_default="the show's, or else en-GB")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show each replacement with its place and rule.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print every line with its replacements.")] = False,
) -> None:
    """Say how a text is spoken.

    Without --lines the text is one article: an abbreviation defined in it holds to its end, Markdown's marks are
    not read, and the show.toml and the lexicon beside the file are heeded.
    """
    with _told():
        from audiobuild.reports import spoken_article, spoken_lines

        written = _read_text(file)
        if lines:
            told = spoken_lines(written, locale or Locale.GB)
        else:
            told = spoken_article(written, None if file == "-" else Path(file), locale)
        if as_json:
            _print_line(json.dumps([line.as_facts() for line in told], ensure_ascii=False, indent=2))
            return
        for line in told:
            if not explain:
                _print_line(" ".join(line.spoken.text.splitlines()))
                continue
            for column, change in line.placed():
                _print_line(f"{line.number}:{column}\t{change.written}\t{change.spoken}\t{change.rule}")


@app.command()
def check(
    sources: Annotated[list[Path], typer.Argument(help="Articles, or folders of articles.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print it for programs.")] = False,
) -> None:
    """List what to look at before an edition is built, the most frequent first.

    Short forms that nothing explains, forms that can be read in two ways, symbols left unsaid, names that an engine may
    stumble over. What is wrong is put right in lexicon.tsv, or in the article.
    """
    with _told():
        import dataclasses

        from audiobuild.build import preflight

        doubts = preflight(sources)
        if as_json:
            _print_line(json.dumps([dataclasses.asdict(doubt) for doubt in doubts], ensure_ascii=False, indent=2))
            return
        for doubt in doubts:
            _print_line(f"{doubt.count}\t{doubt.written}\t{doubt.spoken}\t{doubt.kind}\t{doubt.place}")
        if not doubts:
            _print_line("there is nothing to look at")


@app.command()
def lexicon(
    file: Annotated[Path, typer.Argument(metavar="FILE.tsv|FILE.pls", help="The lexicon.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The other format, by the name's ending.")],
    locale: Annotated[Locale, typer.Option(help="Which English a PLS file is for.")] = Locale.GB,
) -> None:
    """Convert a lexicon: TSV to the W3C's PLS 1.0, or back."""
    with _told():
        from audiobuild.sources import convert_lexicon

        kept, left_out = convert_lexicon(file, output, locale.value)
        _print_line(f"{output}: {kept} {'entry' if kept == 1 else 'entries'}")
        if left_out:
            typer.echo(f"{file}: left out, since PLS knows no context: {', '.join(left_out)}", err=True)


def _read_text(file: str) -> str:
    if file == "-":
        data = sys.stdin.buffer.read()
    else:
        try:
            data = Path(file).read_bytes()
        except OSError as error:
            raise SourceError(f"cannot be read ({error.strerror})", file, "Check the path.") from error
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise SourceError("this is not UTF-8 text", file, "Save it as UTF-8.") from error


def _print_line(text: str) -> None:
    """Print a line as UTF-8, whatever the terminal's own encoding."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")


# --- inspect and voices ---------------------------------------------------------------------------


@app.command()
def inspect(
    episode: Annotated[Path, typer.Argument(help="An MP3 file.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print it for programs.")] = False,
) -> None:
    """Show what an episode holds: chapters, tags, format, loudness."""
    with _told():
        from audiobuild.audio.level import measure_file
        from audiobuild.publish.tags import read_facts

        facts = read_facts(episode)
        loudness_lufs, peak_dbtp = measure_file(episode)
        tag = facts.tag
        if as_json:
            shown = {
                "title": tag.title,
                "artist": tag.artist,
                "album": tag.album,
                "genre": tag.genre,
                "published": tag.published.isoformat() if tag.published else None,
                "comment": tag.comment,
                "url": tag.url,
                "cover_bytes": len(tag.cover),
                "duration_ms": facts.duration_ms,
                "bit_rate_kbps": facts.bit_rate_kbps,
                "sample_rate_hz": facts.sample_rate_hz,
                "channels": facts.channels,
                "loudness": {"integrated_lufs": loudness_lufs, "true_peak_dbtp": peak_dbtp},
                "chapters": [
                    {"title": chapter.title, "start_ms": chapter.start_ms, "end_ms": chapter.end_ms}
                    for chapter in tag.chapters
                ],
            }
            typer.echo(json.dumps(shown, ensure_ascii=False, indent=2))
            return
        typer.echo(tag.title or str(episode))
        typer.echo(f"  {tag.artist} · {tag.album} · {tag.genre}" + (f" · {tag.published}" if tag.published else ""))
        typer.echo(
            f"  {clock(facts.duration_ms)}, {facts.bit_rate_kbps} kbit/s, {facts.sample_rate_hz} Hz, "
            f"{'mono' if facts.channels == 1 else 'stereo'}, {loudness_lufs:.1f} LUFS, peak {peak_dbtp:.1f} dBTP"
        )
        for chapter in tag.chapters:
            typer.echo(f"  {clock(chapter.start_ms):>8}  {chapter.title}")


@app.command()
def voices(
    engine: Annotated[str | None, typer.Option(help="Only this engine's.")] = None,
) -> None:
    """List the engines there are and their voices."""
    with _told():
        from audiobuild.engines import engine_names, load_engine

        for name in [engine] if engine else engine_names():
            for voice in load_engine(name).voices():
                typer.echo(f"{name:<8} {voice.name:<18} {voice.language:<8} {voice.description}".rstrip())
