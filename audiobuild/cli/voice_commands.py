"""The commands about who speaks: which voices there are, fetching one, hearing one, and what is amiss (layer 5)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiobuild.cli.command_line import app, default_store, report_errors
from audiobuild.cli.shared_options import AsJson
from audiobuild.cli.terminal import Arrival, print_json, print_line, size

if TYPE_CHECKING:
    from audiobuild.engines import Download
    from audiobuild.voices.offers import Offer

voices_app = typer.Typer(help="List the voices there are; get and try them.")
app.add_typer(voices_app, name="voices")

_Engine = Annotated[str | None, typer.Option(help="Of this engine.")]
_Show = Annotated[
    Path | None,
    typer.Option("--show", help="The show.toml that is heeded, or its folder.", show_default="the one here, if any"),
]
_HERE = Path()


@voices_app.callback(invoke_without_command=True)
def voices(
    context: typer.Context,
    engine: Annotated[str | None, typer.Option(help="All of this engine.")] = None,
    language: Annotated[
        str | None,
        typer.Option(
            metavar="TAG", help="All of a language or region: de, en-GB.", show_default="the show's, or English"
        ),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="All of all languages.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the voices there are: which can speak now, which can be had, and what to heed before they are published."""
    if context.invoked_subcommand:
        return
    with report_errors(as_json=as_json):
        from audiobuild.cli.voice_report import Choice, offer_facts, offer_lines
        from audiobuild.errors import EngineError
        from audiobuild.sources.edition import find_show
        from audiobuild.voices.offers import default_offer, list_offers

        locale = find_show([_HERE])[0].language
        is_short = not (all_ or engine or language)
        chosen = locale.partition("-")[0] if is_short and not as_json else "" if all_ else language or ""
        choice = Choice(locale, chosen, engine or "", is_short=is_short)
        offers = list(list_offers(engine, locale))
        if not any(map(choice.takes, offers)):
            hint = "A language is written as in de or pt-BR; `audiobuild voices --all` lists them all."
            raise EngineError(f"no voice speaks {chosen!r}" if chosen else "it has no voice", engine or "", hint)
        if as_json:
            print_json(offer_facts(offers, choice))
            return
        default = default_offer(locale)
        print_line(f"The default voice of a show in {locale}: {default.info.name}, of {default.engine}.")
        print_line("")
        for line in offer_lines(offers, choice):
            print_line(line)


@voices_app.command()
def get(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Voices; see `audiobuild voices`.")],
    engine: _Engine = None,
) -> None:
    """Fetch what voices need before they can speak, into the user's cache folder."""
    arrival = Arrival()
    with report_errors(arrival):
        from audiobuild.sources.edition import find_show
        from audiobuild.voices.offers import find_offer

        locale = find_show([_HERE])[0].language
        for offer in [find_offer(name, engine, locale) for name in names]:
            _get(offer, arrival)


def _get(offer: Offer, arrival: Arrival) -> None:
    from audiobuild.voices.offers import fetch_offer

    info, about = offer.info, f"{offer.info.name} ({offer.engine})"

    def announce(wanted: Sequence[Download]) -> None:
        size_bytes = sum(download.size_bytes for download in wanted)
        licence = info.licence or "no licence is stated"
        credit = f", credit: {info.credit}" if info.credit else ""
        print_line(f"fetching {about}: {size(size_bytes)}, {licence}{credit}", is_error=True)
        arrival.begin(info.name)

    is_new = fetch_offer(offer, announce, arrival.advance)
    arrival.end()
    if info.warning:
        print_line(f"warning: {about}: {info.warning}", is_error=True)
    if offer.missing:
        print_line(f"{about} also needs {offer.missing}", is_error=True)
    if is_new:
        print_line(f"{about} is here now; hear it: audiobuild voices try {info.name}")
    elif info.downloads or not offer.is_online:
        print_line(f"{about} is here already")
    else:
        print_line(f"{about} speaks over the network: there is nothing to fetch")


@voices_app.command("try")
def try_(
    voice: Annotated[str, typer.Argument(metavar="VOICE", help="See `audiobuild voices`.")],
    text: Annotated[
        str, typer.Argument(metavar="[TEXT]", help="What it says.", show_default="a sentence in its language")
    ] = "",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file: .wav, .mp3, .flac, ...", show_default="audiobuild-VOICE.wav"),
    ] = None,
    engine: _Engine = None,
    show: _Show = None,
) -> None:
    """Hear a voice: speak a sentence to a file, normalised and levelled as in an episode."""
    with report_errors():
        from audiobuild.build.audition import hold_audition
        from audiobuild.store.artefacts import Store

        held = hold_audition(voice, text, engine=engine, output=output, show=show, store=Store(default_store()))
        info = held.info
        licence = info.licence or "no licence is stated"
        print_line(f"{held.path}: {held.duration_ms / 1000:.1f} s, {info.name} ({held.engine}), {licence}")
        if info.credit:
            print_line(f"credit: {info.credit}")
        if info.warning:
            print_line(f"warning: {held.engine}, voice {info.name}: {info.warning}", is_error=True)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Say what a build needs and is missing, and what to do about it. Exits 1 if nothing can be built."""
    with report_errors(as_json=as_json):
        from audiobuild.cli.diagnosis_report import diagnosis_facts, diagnosis_lines
        from audiobuild.config.user_folders import cache_folder
        from audiobuild.inspection.diagnosis import diagnose
        from audiobuild.sources.edition import find_show

        folders = ("takes", default_store()), ("voices", cache_folder("voices"))
        found = diagnose(find_show([_HERE])[0], folders)
        if as_json:
            print_json(diagnosis_facts(found))
        else:
            for line in diagnosis_lines(found):
                print_line(line)
        if not found.is_well:
            raise typer.Exit(1)
