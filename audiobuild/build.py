"""The one place where the stages meet: articles in, episodes out (layer 4)."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from audiobuild.audio.loudness import integrated_loudness
from audiobuild.audio.stings import shipped_sting
from audiobuild.config.rules import check
from audiobuild.config.show import Show, StingSettings
from audiobuild.errors import SourceError
from audiobuild.jobs import Need, Plan, plan_jobs, remember
from audiobuild.levels import Measured, level_of
from audiobuild.model import Edition, Episode, Script, Segment, Take, Timeline, ms_of
from audiobuild.preflight import Doubt, find_doubts, find_unsaid
from audiobuild.progress import Progress
from audiobuild.publish.description import identity_of
from audiobuild.publish.feed.facts import feed_facts
from audiobuild.publish.folder import OutputFolder
from audiobuild.publish.formats.containers import CONTAINERS, check_container
from audiobuild.publish.manifest import Manifest
from audiobuild.publish.output import Finish, publish, publish_show, remove, spare_others
from audiobuild.publish.pictures.artwork import find_lost_pictures
from audiobuild.render import Encoding
from audiobuild.script import Stings, plan_script, show_context
from audiobuild.selection import apart, select
from audiobuild.sources import read_edition, read_lexicons
from audiobuild.speakers import find_warnings, with_asked, with_engines
from audiobuild.store import Store, address, check_writable
from audiobuild.takes import SoundGone
from audiobuild.timeline import lay_out
from audiobuild.upkeep import DEFAULT_LIMIT_BYTES, in_use, prune
from audiobuild.workers import default_workers, make_ready, render_all, size_chars

NO_STING = "none"
"""What show.toml says for no sting at all."""

_MOST_PLACES = 10
"""Of what was left unsaid, that an error names."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line decides; None leaves it to show.toml."""

    sources: tuple[Path, ...]
    output: Path
    store: Path
    engine: str | None = None
    voice: str | None = None
    rate: float | None = None
    locale: str | None = None
    format: str | None = None
    bit_rate_kbps: int | None = None
    loudness: str | float | None = None
    workers: int | None = None
    strict: bool = False
    """Whether anything left unsaid is an error, and a level that was missed."""
    only: tuple[str, ...] = ()
    """Departments or articles that are read alone."""
    skip: tuple[str, ...] = ()
    """Departments or articles that are left out."""
    per_article: bool = False
    """Whether each article becomes an episode as well."""
    store_limit_bytes: int = DEFAULT_LIMIT_BYTES


@dataclass(frozen=True, slots=True)
class Built:
    """An episode, what it says, and what stands in the output folder."""

    episode: Episode
    script: Script
    manifest: Manifest
    superseded: Manifest | None
    """The revision that it has taken the place of."""


@dataclass(frozen=True, slots=True)
class Result:
    """What was built, and what it took."""

    whole: Built
    apart: tuple[Built, ...]
    """An episode an article, where that was asked for."""
    synthesised: int
    """Segments that were spoken anew."""
    encoded: int
    """Segments whose speech was kept, but not at this level, pause or bit rate."""
    reused: int
    """Segments whose takes were in the store."""
    notes: tuple[str, ...] = ()
    """What the user should be told of the choice of voices, a line each."""
    voice_warnings: tuple[str, ...] = ()
    """Of the voices that are heard, those that a publisher may not be allowed to use."""

    @property
    def episode(self) -> Episode:
        """The whole edition's."""
        return self.whole.episode

    @property
    def episodes(self) -> tuple[Built, ...]:
        """All of them."""
        return (self.whole, *self.apart)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would be built."""

    needs: tuple[Need, ...]
    notes: tuple[str, ...]
    """As in `Result`."""
    voice_warnings: tuple[str, ...]
    """As in `Result`."""


@dataclass(frozen=True, slots=True)
class _Work:
    """All that is known before the first word is spoken."""

    show: Show
    home: Path
    editions: tuple[Edition, ...]
    scripts: tuple[Script, ...]
    store: Store
    folder: OutputFolder
    encoding: Encoding
    identity: str
    mark: str
    """The address of an entry that the store has once the same has been built."""
    notes: tuple[str, ...]
    """What the user should be told of the choice of voices."""


def build(options: Options, progress: Progress) -> Result:
    """Build one episode, or several.

    Raises:
        AudiobuildError: whatever the user can put right; the last good episode is as it was.
    """
    work = _prepare(options, will_build=True)
    check_writable(options.output)
    spare_others(options.output, work.show)
    if options.strict:
        _refuse_unsaid([place for script in work.scripts[:1] for place in find_unsaid(script)])
    with in_use(work.store):
        plan, record = _plan(work)
        takes = dict(plan.takes)
        jobs = tuple(need.job for need in plan.needs)
        progress.begin(len(takes) + len(jobs), len(takes), sum(map(size_chars, jobs)))
        if jobs:
            takes |= {take.key: take for take in render_all(jobs, _workers(options), progress)}
        built = [_finish(work, plan, takes, place, options, progress) for place in range(len(work.editions))]
        publish_show(work.show, work.folder)
        for each in built:
            if each.superseded:
                remove(each.superseded, options.output)
        remember(work.store, work.identity, record)
        work.store.put(work.mark, b"")
        prune(work.store, options.store_limit_bytes)
    spoken = [need for need in plan.needs if isinstance(need.job.item, Segment)]
    synthesised = sum(not need.is_spoken for need in spoken)
    segments = len({job.key for item, job in plan.jobs.items() if isinstance(item, Segment)})
    encoded = len(spoken) - synthesised
    told = work.notes, _voice_warnings(plan, work.show)
    return Result(built[0], tuple(built[1:]), synthesised, encoded, segments - len(spoken), *told)


def _workers(options: Options) -> int:
    return options.workers or default_workers()


def foresee(options: Options) -> Foreseen:
    """Say what a build would have to make, and why, without making it.

    Raises:
        AudiobuildError: whatever the user can put right.
    """
    work = _prepare(options)
    plan, _ = _plan(work)
    return Foreseen(plan.needs, work.notes, _voice_warnings(plan, work.show))


def preflight(sources: Sequence[Path]) -> tuple[Doubt, ...]:
    """List what an editor should look at before an edition is built.

    Raises:
        AudiobuildError: whatever the user can put right.
    """
    edition, show, home = read_edition(sources)
    lexicon = read_lexicons(home)
    script = plan_script(edition, show, Stings(), lexicon)
    return (*find_doubts(edition, script, show_context(show, lexicon)), *find_lost_pictures(edition, home))


def _prepare(options: Options, *, will_build: bool = False) -> _Work:
    edition, show, home = read_edition(options.sources)
    show = check(_with_options(show, options), "the command line")
    chosen = select(edition, options.only, options.skip)
    folder, identity = OutputFolder(options.output), identity_of(chosen, show)
    show, notes = with_engines(show, identity, folder.known())
    if show.feed.base:
        feed_facts(show)  # what cannot be in a feed is told before the work, not after it
    check_container(show.audio.format)
    editions = (chosen, *(apart(chosen) if options.per_article else ()))
    stings, lexicon, store = _stings(show, home), read_lexicons(home), Store(options.store)
    mark = address("marks", read=repr((editions, show, stings, lexicon)))
    if will_build and not store.has(mark):
        make_ready()
    scripts = tuple(plan_script(each, show, stings, lexicon) for each in editions)
    return _Work(show, home, editions, scripts, store, folder, _encoding(show), identity, mark, notes)


def _plan(work: _Work) -> tuple[Plan, bytes]:
    return plan_jobs(work.scripts, work.encoding, work.show.language, work.store, work.identity)


def _voice_warnings(plan: Plan, show: Show) -> tuple[str, ...]:
    return find_warnings((job.voice for job in plan.jobs.values() if job.voice), show.language)


def _finish(work: _Work, plan: Plan, takes: dict[str, Take], place: int, options: Options, progress: Progress) -> Built:
    """Lay the takes of an episode end to end, and put it into the output folder."""
    script, audio, edition = work.scripts[place], work.show.audio, work.editions[place]
    level, rate = work.encoding.level, _bit_rate_kbps(work.show)
    finish = Finish(work.folder, audio.format, rate, audio.channels, level, options.strict)
    items = [item for section in script.sections for item in section.items]
    while True:
        timeline = lay_out(script, {item: takes[plan.jobs[item].key] for item in items})
        measured = _measured(timeline)
        try:
            published = publish(edition, work.show, work.home, timeline, measured, work.store, finish)
        except SoundGone as gone:  # damaged since it was made: it is made again
            jobs = [job for job in plan.jobs.values() if job.key == gone.where]
            takes |= {take.key: take for take in render_all(jobs[:1], 1, progress)}
        else:
            episode = Episode(published.path, timeline, published.measured)
            return Built(episode, script, published.manifest, published.superseded)


def _refuse_unsaid(places: Sequence[str]) -> None:
    if places:
        count = "one thing is" if len(places) == 1 else f"{len(places)} things are"
        more = [f"and {len(places) - _MOST_PLACES} more"] if len(places) > _MOST_PLACES else []
        raise SourceError(f"{count} left unsaid", hint="\n".join([*places[:_MOST_PLACES], *more]))


def _with_options(show: Show, options: Options) -> Show:
    """Lay the options over show.toml; an engine or a voice that is asked for reads everything."""
    audio = dataclasses.replace(
        show.audio,
        format=options.format or show.audio.format,
        bit_rate_kbps=show.audio.bit_rate_kbps if options.bit_rate_kbps is None else options.bit_rate_kbps,
        loudness=show.audio.loudness if options.loudness is None else options.loudness,
    )
    show = dataclasses.replace(show, language=options.locale or show.language, audio=audio)
    return with_asked(show, options.engine, options.voice, options.rate)


def _stings(show: Show, home: Path) -> Stings:
    """Find the sound files: the show's own, or those that are shipped."""

    def find(settings: StingSettings, name: Literal["intro", "outro", "section"]) -> Path | None:
        if settings.sting == NO_STING:
            return None
        return home / settings.sting if settings.sting else shipped_sting(name)

    return Stings(find(show.intro, "intro"), find(show.outro, "outro"), find(show.section, "section"))


def _encoding(show: Show) -> Encoding:
    """Say how takes are kept: as the episode's own MP3 frames, or so that another format is made of them."""
    lossless = show.audio.format != "mp3"
    bit_rate_kbps = 0 if lossless else _bit_rate_kbps(show)
    return Encoding(lossless, bit_rate_kbps, show.audio.channels, level_of(show.audio.loudness))


def _bit_rate_kbps(show: Show) -> int:
    return show.audio.bit_rate_kbps or CONTAINERS[show.audio.format].bit_rate_kbps(show.audio.channels)


def _measured(timeline: Timeline) -> Measured:
    """Gather what was measured on the decoded takes: they are the episode, laid end to end."""
    blocks = (level for cue in timeline.cues for level in cue.take.blocks_lufs)
    energy = sum(cue.take.frames * 10 ** (cue.take.rms_dbfs / 10) for cue in timeline.cues)
    return Measured(
        round(integrated_loudness(blocks), 1),
        max(cue.take.peak_dbtp for cue in timeline.cues),
        round(10 * math.log10(energy / timeline.frames), 1),
        ms_of(timeline.frames) / 1000,
    )
