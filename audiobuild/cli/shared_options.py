"""Options that several commands take, and take alike (layer 5)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SOURCE]...",
        help="Articles, books, folders of articles, or addresses of the web.",
        show_default="the show here, or else seeds",
    ),
]
StoreFolder = Annotated[
    Path | None,
    typer.Option("--store", help="Folder for what was spoken once.", show_default="the user's cache folder"),
]
EngineName = Annotated[str | None, typer.Option("--engine", help="Who speaks: hibari, espeak, gtts, ...")]
VoiceName = Annotated[str | None, typer.Option("--voice", help="A voice; see `audiobuild voices`.")]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from machines of a private network as well.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print it for programs.")]
