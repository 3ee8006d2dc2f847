"""What the command line decides of a build, and what becomes of show.toml under it (layer 4)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from audiobuild.audio.shipped_stings import shipped_sting
from audiobuild.config.show import NO_STING, Show, StingSettings
from audiobuild.model.file_formats import FORMATS
from audiobuild.model.levels import level_of
from audiobuild.publish.output.succession import OnConflict
from audiobuild.script.sections import Stings
from audiobuild.sources.remote.source_options import SourceOptions
from audiobuild.store.upkeep import DEFAULT_LIMIT_BYTES
from audiobuild.takes.jobs import Encoding
from audiobuild.voices.speakers import with_chosen_voice

if TYPE_CHECKING:
    from audiobuild.takes.cluster import ClusterSettings

_AS_USUAL = SourceOptions()


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line decides; None leaves it to show.toml."""

    sources: tuple[Path | str, ...]
    """Files, folders, and addresses of the web as texts."""
    output: Path
    store: Path | str
    """A folder, or the address of an object store."""
    engine: str | None = None
    voice: str | None = None
    rate: float | None = None
    """1 is normal."""
    locale: str | None = None
    format: str | None = None
    bit_rate_kbps: int | None = None
    loudness: str | float | None = None
    workers: int | None = None
    """Processes; None for one a processor."""
    cluster: str | None = None
    """The address of a scheduler of Dask's; empty for this machine alone."""
    strict: bool = False
    """Whether anything left unsaid is an error, and a level that was missed."""
    only: tuple[str, ...] = ()
    """Departments or articles that are read alone."""
    skip: tuple[str, ...] = ()
    """Departments or articles that are left out."""
    chapters: str = ""
    """The articles that are read alone, by their numbers: "3-5"."""
    each: bool = False
    """Whether each article becomes an episode, and nothing is made of all of them."""
    per_article: bool = False
    """Whether each article becomes an episode as well."""
    web: SourceOptions = _AS_USUAL
    """How addresses and feeds are read; what was fetched is kept in the store."""
    keep_going: bool = False
    """Whether a preview is made of the rest where a segment cannot be spoken."""
    store_limit_bytes: int = DEFAULT_LIMIT_BYTES
    publish: bool = False
    """Whether a part of an edition is published, which else is a preview."""
    on_conflict: OnConflict = OnConflict.ASK
    """What is done where an episode would be replaced by another, or published twice."""
    previous: Path | str | None = None
    """What was published, to go on from: a folder, or the address of a feed as text."""
    today: dt.date | None = None
    """The present day, for a warning of the future alone; None for no such warning."""


def with_options(show: Show, options: Options) -> Show:
    """Lay the options over show.toml; an engine or a voice that is asked for reads everything."""
    audio = dataclasses.replace(
        show.audio,
        format=options.format or show.audio.format,
        bit_rate_kbps=show.audio.bit_rate_kbps if options.bit_rate_kbps is None else options.bit_rate_kbps,
        loudness=show.audio.loudness if options.loudness is None else options.loudness,
    )
    show = dataclasses.replace(show, language=options.locale or show.language, audio=audio)
    return with_chosen_voice(show, options.engine, options.voice, options.rate)


def encoding_of(show: Show) -> Encoding:
    """Say how the takes of a show are levelled and kept."""
    kind = FORMATS[show.audio.format]
    bit_rate_kbps = show.audio.bit_rate_kbps or kind.bit_rate_kbps(show.audio.channels)
    return Encoding.of(kind, bit_rate_kbps, show.audio.channels, level_of(show.audio.loudness))


def find_stings(show: Show, home: Path) -> Stings:
    """Find the sound files: the show's own, or those that are shipped."""

    def find(settings: StingSettings, name: Literal["intro", "outro", "section"]) -> Path | None:
        if settings.sting == NO_STING:
            return None
        return home / settings.sting if settings.sting else shipped_sting(name)

    return Stings(find(show.intro, "intro"), find(show.outro, "outro"), find(show.section, "section"))


def cluster_of(show: Show, options: Options) -> ClusterSettings | None:
    """Say which cluster does the work; None for this machine."""
    scheduler = show.workers.dask if options.cluster is None else options.cluster
    if not scheduler:
        return None
    from audiobuild.takes.cluster import ClusterSettings  # which others do without

    return ClusterSettings(scheduler, show.workers.resources)
