"""The commands about the store: info, prune, verify (layer 5)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from audiobuild.cli.command_line import app, report_errors, store_of
from audiobuild.cli.shared_options import AsJson
from audiobuild.cli.terminal import print_json, print_line
from audiobuild.errors import ConfigError

store_app = typer.Typer(no_args_is_help=True, help="What was spoken once and is kept: how much, how sound, what goes.")
app.add_typer(store_app, name="store")

_Place = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="DIR|URL", help="The folder, or an s3:// address.", show_default="the user's cache folder"
    ),
]
_MB = 1_000_000


def _place_of(store: str | None) -> Path | str:
    """Find the store; one that is named must be there.

    Raises:
        ConfigError: it is not.
    """
    place = store_of(store)
    if store and isinstance(place, Path) and not place.exists():
        raise ConfigError("there is no such folder", store, "Check the path; a build makes the store that it is given.")
    return place


@store_app.command()
def info(store: _Place = None, as_json: AsJson = False) -> None:
    """Show what the store holds."""
    with report_errors(as_json=as_json):
        from audiobuild.store.artefacts import Store
        from audiobuild.store.upkeep import count_holdings

        place = Store(_place_of(store))
        held = count_holdings(place)
        if as_json:
            kinds = {each.kind: {"entries": each.entries, "bytes": each.size_bytes} for each in held}
            print_json({"path": str(place.where), "kinds": kinds})
            return
        print_line(str(place.where))
        for each in held:
            print_line(f"  {each.kind:<8} {each.entries:>8} {each.size_bytes / _MB:>10.1f} MB")
        total = sum(each.size_bytes for each in held)
        print_line(f"  {'all':<8} {sum(each.entries for each in held):>8} {total / _MB:>10.1f} MB")


@store_app.command()
def prune(
    limit: Annotated[float, typer.Option(help="GB that may stay; what was not used for longest goes.", min=0)] = 10.0,
    days: Annotated[
        float | None,
        typer.Option(help="Take away what was not used, or in an object store written, for so long.", min=1),
    ] = None,
    store: _Place = None,
) -> None:
    """Make the store smaller; what a running build has used stays."""
    with report_errors():
        from audiobuild.store.artefacts import Store
        from audiobuild.store.upkeep import prune as prune_store
        from audiobuild.store.upkeep import prune_old

        place = Store(_place_of(store))
        gone, freed = prune_store(place, round(limit * 1e9)) if days is None else prune_old(place, days)
        print_line(f"{gone} {'entry' if gone == 1 else 'entries'} gone, {freed / _MB:.1f} MB")


@store_app.command()
def verify(store: _Place = None) -> None:
    """Read everything in the store, and take away what is damaged: it is made anew when it is needed."""
    with report_errors():
        from audiobuild.store.artefacts import Store
        from audiobuild.store.upkeep import verify as verify_store

        read, damaged = verify_store(Store(_place_of(store)))
        for path in damaged:
            print_line(f"damaged, taken away: {path}")
        print_line(f"{read} {'entry' if read == 1 else 'entries'} read, {len(damaged)} damaged")
