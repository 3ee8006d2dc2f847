"""The command that looks an edition over before it is built, and listens to it afterwards (layer 5)."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiobuild.cli.build_options import output_of, sources_given
from audiobuild.cli.command_line import app, default_store, report_errors
from audiobuild.cli.shared_options import AllowPrivate, AsJson, Sources, StoreFolder
from audiobuild.cli.terminal import Terminal, print_json, print_line
from audiobuild.progress import QUIET

if TYPE_CHECKING:
    from audiobuild.build import Options
    from audiobuild.sources.remote.source_options import SourceOptions

_Fix = Annotated[bool, typer.Option("--fix", help="Print rows for lexicon.tsv instead, to be mended and kept.")]
_Strict = Annotated[bool, typer.Option("--strict", help="End with 1 where there is anything to look at.")]
_Listen = Annotated[bool, typer.Option("--listen", help="Hear what was built, and list what was not heard.")]
_Model = Annotated[
    Path | None, typer.Option("--model", help="Folder of a model of faster-whisper's.", show_default="the one fetched")
]
_GetModel = Annotated[bool, typer.Option("--get-model", help="Fetch the model first, if it is not there: 148 MB.")]
_Clips = Annotated[
    Path | None, typer.Option("--clips", help="Folder for what is to be heard.", show_default="in the cache folder")
]
_Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="DIR|URL", help="Where the episode was built to.", show_default="output"),
]
_Engine = Annotated[str | None, typer.Option(help="Who spoke, as it was built.")]
_Voice = Annotated[str | None, typer.Option(help="The voice, as it was built.")]
_Rate = Annotated[float | None, typer.Option(help="Speed of speech, as it was built.")]
_Format = Annotated[str | None, typer.Option("--format", help="The format, as it was built.", show_default="mp3")]


@app.command(epilog="Example: audiobuild check my-articles")
def check(
    sources: Sources = None,
    as_json: AsJson = False,
    fix: _Fix = False,
    strict: _Strict = False,
    listen_to_takes: _Listen = False,
    model: _Model = None,
    get_model: _GetModel = False,
    clips: _Clips = None,
    output: _Output = None,
    store: StoreFolder = None,
    engine: _Engine = None,
    voice: _Voice = None,
    rate: _Rate = None,
    format_: _Format = None,
    allow_private: AllowPrivate = False,
) -> None:
    """List what to look at before an edition is built, the most frequent first; with --listen, what to hear after it.

    Short forms that nothing explains, forms that can be read in two ways, symbols left unsaid, names at which a voice
    must guess, pictures and links that lead nowhere, and what show.toml asks for and is not there. What is wrong is
    put right in lexicon.tsv, for which --fix prints rows, in the article, or in show.toml.

    With --listen a speech recogniser hears each take of the build and lists the words that it did not hear, the worst
    first, with the command to hear each. The options of the build are given again.
    """
    from audiobuild.sources.remote.source_options import SourceOptions

    with report_errors(as_json=as_json):
        places, kept = sources_given(sources), store or default_store()
    web = SourceOptions(kept, allow_private=allow_private)
    if not listen_to_takes:
        are_any = _look_over(places, web, as_json=as_json, fix=fix)
        raise typer.Exit(1 if strict and are_any else 0)
    from audiobuild.build import Options

    with report_errors(as_json=as_json):
        folder = output_of(output, places, QUIET)
    options = Options(places, folder, kept, engine=engine, voice=voice, rate=rate, format=format_, web=web)
    _listen(options, model, clips, get_model=get_model, as_json=as_json)


def _look_over(sources: tuple[Path | str, ...], web: SourceOptions, *, as_json: bool, fix: bool) -> bool:
    """Print what to look at before a build; say whether there is anything."""
    with report_errors(as_json=as_json):
        from audiobuild.cli.doubt_report import doubt_lines, lexicon_lines
        from audiobuild.inspection.preflight import find_all_doubts

        doubts = find_all_doubts(sources, web)
        if as_json:
            print_json([dataclasses.asdict(doubt) for doubt in doubts])
        else:
            for line in lexicon_lines(doubts) if fix else doubt_lines(doubts):
                print_line(line)
        return bool(doubts)


def _listen(options: Options, model: Path | None, clips: Path | None, *, get_model: bool, as_json: bool) -> None:
    progress = Terminal(quiet=as_json, task="listening")
    with report_errors(progress, as_json=as_json):
        from audiobuild.build import find_takes
        from audiobuild.cli.reports import listening_facts, listening_lines
        from audiobuild.config.user_folders import cache_folder
        from audiobuild.inspection.recogniser import Recogniser, fetch_model, model_folder
        from audiobuild.inspection.take_listening import listen_to_takes
        from audiobuild.takes.processes import default_workers

        if get_model:
            fetch_model(lambda done, whole: None)
        plan, store, locale = find_takes(options)
        recogniser = Recogniser(model or model_folder(), locale, options.workers or default_workers())
        heard = listen_to_takes(plan, store, recogniser, clips or cache_folder("heard"), progress=progress)
        progress.end()
        if as_json:
            print_json(listening_facts(heard))
            return
        for line in listening_lines(heard):
            print_line(line)
