"""What the options of `build` come to, some of them together (layer 5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import typer

from audiobuild.cli.command_line import sources_of, store_of
from audiobuild.errors import AudiobuildError, ConfigError
from audiobuild.store.buckets import SCHEMES, is_address

if TYPE_CHECKING:
    from audiobuild.progress import Progress
    from audiobuild.publish.output.succession import OnConflict
    from audiobuild.sources.remote.source_options import SourceOptions

_USUAL = "output"
"""The folder to which episodes go where nothing is said of it."""
_HERE = "local"
"""What stands for no cluster, whatever show.toml says."""
_SAMPLE = "seeds"
"""The sample edition, as this project has it."""


def sources_given(named: list[str] | None) -> tuple[Path | str, ...]:
    """Say what is built: what is named, or else the show that lies here, or the sample edition.

    Raises:
        ConfigError: there is none of these.
    """
    from audiobuild.config.show import FILE_NAME

    here = next((each for each in (FILE_NAME, _SAMPLE) if Path(each).exists()), None)
    if not named and here is None:
        hint = "Name it: audiobuild build my-articles. Or begin a show: audiobuild init my-show."
        raise ConfigError("nothing is named that could be built, and no show lies here", hint=hint)
    return sources_of(named or (["."] if here == FILE_NAME else [_SAMPLE]))


def date_of(given: str) -> dt.date:
    """Take a date as it was typed, if it may be one."""
    try:
        return dt.date.fromisoformat(given)
    except ValueError as error:
        raise typer.BadParameter(f"{given!r} is no date. Write it like 2026-11-07.") from error


def web_given(newest: int | None, since: dt.date | None, *, refresh: bool, allow_private: bool) -> SourceOptions:
    """How what is on the web is read."""
    from audiobuild.sources.remote.source_options import SourceOptions

    return SourceOptions(None, refresh, allow_private, newest, since)


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


def output_of(given: str | None, sources: Sequence[Path | str], progress: Progress) -> Path:
    """Say where episodes go: as is asked for, or as show.toml has it, or to the folder "output".

    Raises:
        AudiobuildError: the object store does not answer.
    """
    return folder_of(_shown_output(sources) if given is None else given, progress)


def folder_shown(sources: Sequence[Path | str]) -> str:
    """Say to which folder a show's episodes go: as show.toml has it, unless that is an object store."""
    shown = _shown_output(sources)
    return _USUAL if is_address(shown) else shown


def _shown_output(sources: Sequence[Path | str]) -> str:
    """Say where show.toml has episodes go; what is wrong with it, or with the sources, is told by the build."""
    from audiobuild.sources.edition import find_show

    try:
        show, home = find_show(sources)
    except (OSError, AudiobuildError):
        return _USUAL
    if not show.output or is_address(show.output):
        return show.output or _USUAL
    return str(home / show.output)


def folder_of(place: str, progress: Progress) -> Path:
    """Give the folder of an output: its own, or of one in an object store the copy on this machine.

    Raises:
        AudiobuildError: the object store does not answer.
    """
    if not is_address(place):
        return Path(place)
    from audiobuild.publish.output.working_copy import working_folder

    return working_folder(place, lambda: progress.wait(place))


@contextmanager
def named_by_address(folder: Path) -> Iterator[None]:
    """Have errors name what is in an object store by its address, and not by the copy on this machine."""
    try:
        yield
    except AudiobuildError as error:
        from audiobuild.publish.output.working_copy import find_working_copy

        copy = find_working_copy(folder)
        for each in (error, *error.others) if copy else ():
            each.where = each.where.replace(str(folder), copy.address if copy else "")
        raise


def require_folder(place: str, hint: str) -> Path:
    """Take a place for a folder.

    Raises:
        ConfigError: it is in an object store, for which the hint says what to do.
    """
    if is_address(place):
        raise ConfigError("this is no folder", place, hint)
    return Path(place)


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
    on_conflict: OnConflict


def succession_of(previous: str | None, *, publish: bool, replace: bool, new: bool) -> _Succession:
    """What was published, as a folder or an address, and what may become of it by this build."""
    from audiobuild.publish.output.succession import OnConflict

    if previous and previous.partition("://")[0] in SCHEMES:
        raise typer.BadParameter("An output in an object store is gone on from as it is: give it as --output.")
    if replace and new:
        raise typer.BadParameter("--replace and --new cannot both be.")
    on_conflict = OnConflict.REPLACE if replace else OnConflict.NEW if new else OnConflict.ASK
    place = Path(previous) if previous and "://" not in previous else previous
    return {"previous": place, "publish": publish, "on_conflict": on_conflict}


def loudness_given(given: str | None) -> str | float | None:
    """A number where one was typed, or else the name of a preset."""
    try:
        return float(given) if given else None
    except ValueError:
        return given
