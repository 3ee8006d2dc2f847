"""What the options of `build` come to, some of them together (layer 5)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import typer

from audiobuild.cli import store_of

if TYPE_CHECKING:
    from audiobuild.publish.succession import Wish
    from audiobuild.sources.remote.source_options import SourceOptions

_HERE = "local"
"""What stands for no cluster, whatever show.toml says."""


def web_given(newest: int | None, since: dt.datetime | None, *, refresh: bool, allow_private: bool) -> SourceOptions:
    """How what is on the web is read."""
    from audiobuild.sources.remote.source_options import SourceOptions

    return SourceOptions(None, refresh, allow_private, newest, since.date() if since else None)


class _Selection(TypedDict):
    only: tuple[str, ...]
    skip: tuple[str, ...]
    chapters: str
    per_article: bool
    each: bool


def selection_of(
    only: list[str] | None, skip: list[str] | None, chapters: str | None, *, per_article: bool, each: bool
) -> _Selection:
    """Which articles are read, and what becomes of each."""
    if each and (only or skip or chapters or per_article):
        raise typer.BadParameter("--each reads all there is: no --only, --skip, --chapters or --per-article.")
    chosen = tuple(only or ()), tuple(skip or ())
    return {"only": chosen[0], "skip": chosen[1], "chapters": chapters or "", "per_article": per_article, "each": each}


class _Making(TypedDict):
    store: Path | str
    store_limit_bytes: int
    workers: int | None
    cluster: str | None


def making_of(store: str | None, limit_gb: float, jobs: int | None, cluster: str | None) -> _Making:
    """Where takes are made and kept."""
    scheduler = "" if cluster == _HERE else cluster
    limit_bytes = round(limit_gb * 1e9)
    return {"store": store_of(store), "store_limit_bytes": limit_bytes, "workers": jobs, "cluster": scheduler}


class _Succession(TypedDict):
    previous: Path | str | None
    publish: bool
    wish: Wish


def succession_of(previous: str | None, *, publish: bool, replace: bool, new: bool) -> _Succession:
    """What was published, as a folder or an address, and what may become of it by this build."""
    from audiobuild.publish.succession import Wish

    if replace and new:
        raise typer.BadParameter("--replace and --new cannot both be.")
    wish = Wish.REPLACE if replace else Wish.NEW if new else Wish.ASK
    place = Path(previous) if previous and "://" not in previous else previous
    return {"previous": place, "publish": publish, "wish": wish}


def loudness_given(given: str | None) -> str | float | None:
    """A number where one was typed, or else the name of a preset."""
    try:
        return float(given) if given else None
    except ValueError:
        return given
