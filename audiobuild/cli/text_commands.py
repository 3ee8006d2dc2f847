"""The commands that work on text: how it is spoken, and the editor's lexicon (layer 5)."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiobuild.cli.command_line import app, locale_of, report_errors
from audiobuild.cli.terminal import print_json, print_line
from audiobuild.errors import OutputError, SourceError

if TYPE_CHECKING:
    from audiobuild.cli.spoken_text import SpokenText

SUGGEST = "suggest"
"""What asks `lexicon` for rows, in the place of a file."""


@app.command(epilog="Example: audiobuild normalise --explain article.md")
def normalise(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="The text; - for standard input.")] = "-",
    lines: Annotated[bool, typer.Option("--lines", help="Take each line alone; print one line for each.")] = False,
    locale: Annotated[
        str | None,
        typer.Option(
            parser=locale_of,
            metavar="TAG",
            help="The language: en-US, de.",
            show_default="the show's, or else en-GB",
        ),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show each replacement with its place and rule.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print every line with its replacements.")] = False,
    phonemes: Annotated[
        bool, typer.Option("--phonemes", help="Show in IPA what the voice is given; names with who says so.")
    ] = False,
) -> None:
    """Say how a text is spoken.

    Without --lines it is an article, and what is printed is what a build would say of it, each paragraph at its line;
    the show.toml and the lexicon beside the file are heeded, and an abbreviation defined in it holds to its end.
    """
    with report_errors(as_json=as_json):
        from audiobuild.cli.spoken_text import spoken_article, spoken_lines
        from audiobuild.normalisation import DEFAULT_LOCALE

        path = None if file == "-" else Path(file)
        if lines:
            spoken = spoken_lines(_read_text(path), locale or DEFAULT_LOCALE)
        else:
            spoken = spoken_article(path or sys.stdin.buffer.read(), locale)
        if as_json:
            print_json([stretch.as_facts() for stretch in spoken])
        elif explain:
            for change in (change for stretch in spoken for change in stretch.explained()):
                print_line(
                    f"{change.line}:{change.column}\t{change.made.written}\t{change.made.spoken}\t{change.made.rule}"
                )
        else:
            from audiobuild.cli.phonemes import phoneme_lines

            stretches = tuple(spoken)
            texts = [stretch.spoken.text for stretch in stretches]
            _print_at_lines(stretches, phoneme_lines(stretches, None if lines else path, locale) if phonemes else texts)


def _print_at_lines(stretches: Iterable[SpokenText], texts: Iterable[str]) -> None:
    """Print a text for each stretch, in the line at which that stands in its file."""
    printed = 0
    for stretch, text in zip(stretches, texts, strict=True):
        for row in (*[""] * (stretch.line - 1 - printed), " ".join(text.splitlines())):
            print_line(row)
            printed += 1


@app.command()
def lexicon(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE|suggest SOURCES", help="A lexicon, TSV or PLS; or: suggest, and articles or folders of them."
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The other format, by the name's ending; or the file for suggestions."),
    ] = None,
    locale: Annotated[
        str, typer.Option(parser=locale_of, metavar="TAG", help="The language that a PLS file is for.")
    ] = "en-GB",
) -> None:
    """Convert a lexicon: TSV to the W3C's PLS 1.0, or back. Or suggest rows for names that are in none.

    `lexicon suggest my-articles` prints a row for each name at which the voice must guess, the most frequent first, as
    it will be said: mend what is wrong, and put it into lexicon.tsv.
    """
    with report_errors():
        if what[0] == SUGGEST:
            _suggest([Path(each) for each in what[1:]], output)
            return
        if len(what) > 1 or output is None:
            raise typer.BadParameter("Give one lexicon, and --output for the other format.")
        from audiobuild.sources.edition import convert_lexicon

        file = Path(what[0])
        kept, left_out = convert_lexicon(file, output, locale)
        print_line(f"{output}: {kept} {'entry' if kept == 1 else 'entries'}")
        if left_out:
            print_line(f"{file}: left out, since PLS knows no context: {', '.join(left_out)}", is_error=True)


def _suggest(sources: list[Path], output: Path | None) -> None:
    from audiobuild.inspection.preflight import suggest_names
    from audiobuild.normalisation import Entry
    from audiobuild.normalisation.lexicon_formats import render_lexicon

    if not sources:
        raise typer.BadParameter("Name the articles, or folders of articles, behind suggest.")
    names = suggest_names(sources)
    rows = []
    for name in names:
        times = "time" if name.count == 1 else "times"
        rows.append(f"# {name.count} {times}, first at {name.place}\n")
        rows.append(render_lexicon([Entry(name.written, name.written, name.ipa)]))
    text = "".join(["# written\tspoken\tIPA: mend what is wrong; leave out what is right\n", *rows])
    if output is None:
        for line in text.splitlines():
            print_line(line)
        return
    try:
        with output.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError as error:
        raise OutputError("there is such a file already", str(output), "Give a name that is free.") from error
    except OSError as error:
        raise OutputError(f"cannot be written ({error.strerror})", str(output), "Check the folder.") from error
    print_line(f"{output}: {len(names)} {'name' if len(names) == 1 else 'names'}")


def _read_text(path: Path | None) -> str:
    try:
        data = path.read_bytes() if path else sys.stdin.buffer.read()
    except OSError as error:
        if path and path.is_dir():
            raise SourceError("this is a folder", str(path), "Give one article, such as FOLDER/article.md.") from error
        raise SourceError(f"cannot be read ({error.strerror})", str(path), "Check the path.") from error
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise SourceError("this is not UTF-8 text", str(path or "-"), "Save it as UTF-8.") from error
