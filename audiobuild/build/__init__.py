"""The one place where the stages meet: articles in, episodes out (layer 4)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from audiobuild.build.kept_texts import keep_texts, read_texts
from audiobuild.build.options import Options, cluster_of, encoding_of, find_stings, with_options
from audiobuild.build.outcome import BuildPlan, Missing, Result
from audiobuild.build.reading_ahead import read_ahead
from audiobuild.build.release import Release
from audiobuild.config.limits import check_values
from audiobuild.config.show import Show, WorkersSettings
from audiobuild.errors import ConfigError, EngineError, Faults, SourceError
from audiobuild.model.values import Edition, Script, Segment, Take, Timeline
from audiobuild.normalisation import Entry, KnownTexts
from audiobuild.progress import QUIET, Progress
from audiobuild.publish.episodes.identity import find_doubles
from audiobuild.publish.episodes.manifest import former_narrator
from audiobuild.publish.feed.feed_facts import feed_facts
from audiobuild.publish.output.draft import Publisher
from audiobuild.publish.output.output_folder import OutputFolder
from audiobuild.publish.output.output_lock import lock_folder
from audiobuild.publish.output.previous import continue_from
from audiobuild.publish.output.repair import needs_repair, repair
from audiobuild.publish.output.show_files import refuse_foreign_files
from audiobuild.publish.output.succession import OnConflict, Succession
from audiobuild.script.casting import narrator
from audiobuild.script.doubts import find_unsaid
from audiobuild.script.foreign_texts import left_out
from audiobuild.script.sections import Stings, plan_script, show_context
from audiobuild.sources.edition import read_edition, read_lexicons
from audiobuild.sources.remote.source_options import SourceOptions
from audiobuild.sources.selection import select, select_new, split_articles
from audiobuild.sources.source_files import is_output
from audiobuild.store.artefacts import Store, address, check_writable
from audiobuild.store.upkeep import in_use, prune
from audiobuild.takes.jobs import Encoding, Job, open_sound
from audiobuild.takes.plan import Plan, keep_record, plan_jobs
from audiobuild.takes.processes import default_workers, start_workers
from audiobuild.takes.stored_takes import SoundGone
from audiobuild.timeline.layout import lay_out
from audiobuild.voices.speakers import find_warnings, with_engines

__all__ = ["Options", "build", "find_takes", "plan_build"]

_AS_USUAL = SourceOptions()
_MOST_PLACES = 10
"""Of what was left unsaid, that an error names."""


@dataclass(frozen=True, slots=True)
class _Work:
    """All that is known before the first word is spoken."""

    publisher: Publisher
    editions: tuple[Edition, ...]
    scripts: tuple[Script, ...]
    texts: KnownTexts
    encoding: Encoding
    identity: str
    mark: str
    """The address at which the store keeps which sounds exactly this was built as."""
    known: bytes
    """What it keeps there; empty where this was not built before."""
    notes: tuple[str, ...]
    """What the user should be told of the choice of voices."""
    on_conflict: OnConflict
    is_preview: bool
    """Whether this is a part of an edition, which is not to be published."""
    today: dt.date | None
    are_elsewhere: bool
    """Whether sounds of former builds are not looked for here."""

    @property
    def show(self) -> Show:
        """The show, with what the command line says of it."""
        return self.publisher.show

    @property
    def store(self) -> Store:
        """Where takes are kept."""
        return self.publisher.store


def build(options: Options, progress: Progress = QUIET) -> Result:
    """Build one episode, or several.

    Args:
        options: what the command line would decide.
        progress: told how far it is.

    Raises:
        AudiobuildError: whatever the user can put right; the last good episode is as it was.
    """
    _refuse_same_folder(options)
    if options.previous is not None or needs_repair(options.output):
        with lock_folder(options.output, progress):
            if options.previous is not None:
                continue_from(options.previous, options.output)
            repair(options.output, Store(options.store))
    work = _prepare(options, will_build=True, will_publish=True)
    check_writable(options.output)
    refuse_foreign_files(options.output, work.show)
    if options.strict:
        _refuse_unsaid([place for script in work.scripts[:1] for place in find_unsaid(script, show_context(work.show))])
    with in_use(work.store):
        plan, record = _plan(work)
        takes, missing = _render(plan, options, work.show, progress)
        release = _release(work, plan, takes, progress)
        is_preview = bool(missing) or work.is_preview
        episodes, folder_warnings = (release.preview(), ()) if is_preview else release.publish()
        if not is_preview:
            keep_record(work.store, work.identity, record)
            keep_texts(work.store, work.identity, work.editions[0], work.texts)
            work.store.put(work.mark, work.publisher.folder.sounds(each.path.name for each in episodes))
        if not work.store.shelf.is_far:
            prune(work.store, options.store_limit_bytes)
    spoken = [need for need in plan.needs if isinstance(need.job.item, Segment)]
    synthesised = sum(not need.is_spoken for need in spoken) - len(missing)
    encoded = len(spoken) - len(missing) - synthesised
    reused = _count_segments(plan) - len(spoken)
    warnings = _voice_warnings(plan, work.show)
    counts, missed = (synthesised, encoded, reused), tuple(missing)
    return Result(episodes, work.scripts[0], *counts, work.notes, warnings, missed, is_preview, folder_warnings)


def _render(plan: Plan, options: Options, show: Show, progress: Progress) -> tuple[dict[str, Take], list[Missing]]:
    """Make the missing takes; return all takes, and the segments that could not be spoken where those are allowed.

    Raises:
        EngineError: a segment cannot be spoken; or none at all, of which there is no preview.
    """
    takes, missing = dict(plan.takes), list[Missing]()
    jobs = tuple(need.job for need in plan.needs)
    if not jobs:
        progress.begin(len(takes), len(takes), 0)
        return takes, missing
    from audiobuild.takes.workers import render_all, size_chars  # with processes, which nothing new does without

    progress.begin(len(takes) + len(jobs), len(takes), sum(map(size_chars, jobs)))
    on_missing = partial(_note_missing, missing, takes) if options.keep_going else None
    workers = options.workers or default_workers()
    made = render_all(jobs, workers, progress, on_missing, cluster=cluster_of(show, options))
    with read_ahead(plan, show.language):
        takes |= {take.key: take for take in made}
    if missing and len(missing) == _count_segments(plan):
        raise missing[0].error
    return takes, missing


def _count_segments(plan: Plan) -> int:
    return len({job.key for item, job in plan.jobs.items() if isinstance(item, Segment)})


def _note_missing(missing: list[Missing], takes: dict[str, Take], job: Job, error: EngineError) -> None:
    """Take note of a segment that cannot be spoken, and put its silence in its place."""
    from audiobuild.takes.render import render_wordless

    if isinstance(job.item, Segment):
        missing.append(Missing(job.item, error))
    takes[job.key] = render_wordless(job)


def plan_build(options: Options) -> BuildPlan:
    """Say what a build would have to make, and why, without making it.

    Raises:
        AudiobuildError: whatever the user can put right.
    """
    work = _prepare(options, will_publish=True)
    plan, _ = _plan(work)
    return BuildPlan(plan.needs, work.notes, _voice_warnings(plan, work.show))


def find_takes(options: Options) -> tuple[Plan, Store, str]:
    """Find what a build would consist of, without making anything: its plan, the store it is in, and its locale.

    Raises:
        AudiobuildError: whatever the user can put right.
    """
    work = _prepare(options)
    return _plan(work)[0], work.store, work.show.language


def _prepare(options: Options, *, will_build: bool = False, will_publish: bool = False) -> _Work:
    edition, show, home = read_edition(options.sources, dataclasses.replace(options.web, store=options.store))
    show = check_values(with_options(show, options), "the command line")
    folder = OutputFolder(options.output)
    editions = _chosen(edition, options, folder)
    is_preview = not options.publish and _is_part(options, Succession(folder, show), editions[0])
    on_conflict = options.on_conflict if will_publish and not is_preview else OnConflict.REPLACE
    standing, *_ = Succession(folder, show, on_conflict).find_standings(editions, is_whole=_is_whole_folder(options))
    identity = standing.text
    faults = Faults()
    with faults.gathered():
        show, notes = with_engines(show, former_narrator(show, identity, folder.known()))
    stings, lexicon = _read_own_files(show, home, faults)
    faults.tell()
    notes, store = (*notes, *left_out(edition), *find_doubles(edition.articles)), Store(options.store)
    mark = address("marks", read=repr((editions, _heard_of(show), stings, lexicon)))
    publisher = Publisher.of(show, home, store, folder, strict=options.strict)
    known = store.get(mark)
    if known is None:
        _check_format(show.audio.format)
        if will_build and not cluster_of(show, options):
            start_workers(narrator(show).engine)
    texts = read_texts(store, identity)
    scripts = tuple(plan_script(each, show, stings, lexicon, known=texts) for each in editions)
    return _Work(
        publisher,
        editions,
        scripts,
        texts,
        encoding_of(show),
        identity,
        mark,
        known or b"",
        notes,
        options.on_conflict,
        is_preview,
        options.today,
        isinstance(options.previous, str),
    )


def _heard_of(show: Show) -> Show:
    """Leave out of a show what changes nothing of its episodes."""
    return dataclasses.replace(show, output="", workers=WorkersSettings())


def _chosen(edition: Edition, options: Options, folder: OutputFolder) -> tuple[Edition, ...]:
    """Choose the articles that are read, then make an edition of each where each becomes an episode as well."""
    if options.on_conflict is OnConflict.NEW:
        edition = select_new(edition, [chapter for each in folder.known() for chapter in each.chapters])
    chosen = select(edition, options.only, options.skip, options.chapters)
    return (chosen, *(split_articles(chosen) if options.per_article else ()))


def _read_own_files(show: Show, home: Path, faults: Faults) -> tuple[Stings, tuple[Entry, ...]]:
    """Read the show's lexicons and look at its stings; what cannot be of these, and in its feed, is gathered."""
    with faults.gathered():
        if show.feed.base:
            feed_facts(show)  # what cannot be in a feed is told before the work, not after it
    lexicon: tuple[Entry, ...] = ()
    with faults.gathered():
        lexicon = read_lexicons(home)
    stings = find_stings(show, home)
    for sting in (stings.intro, stings.outro, stings.section):
        with faults.gathered():
            if sting:
                open_sound(sting).close()
    return stings, lexicon


def _check_format(name: str) -> None:
    from audiobuild.publish.formats.containers import check_container  # with codecs, which nothing new does without

    check_container(name)


def _is_whole_folder(options: Options) -> bool:
    is_chosen = options.only or options.skip or options.chapters
    return not is_chosen and all(isinstance(source, Path) and source.is_dir() for source in options.sources)


def _is_part(options: Options, succession: Succession, chosen: Edition) -> bool:
    """Whether a build is of a part: of what was chosen by name, or of files that are all in one published issue."""
    are_files = (isinstance(source, Path) and not source.is_dir() for source in options.sources)
    is_of_files = len(options.sources) > 1 and all(are_files)
    return bool(options.only or options.skip or options.chapters) or (is_of_files and succession.holds(chosen))


def _plan(work: _Work) -> tuple[Plan, bytes]:
    return plan_jobs(work.scripts, work.encoding, work.show.language, work.store, work.identity)


def _voice_warnings(plan: Plan, show: Show) -> tuple[str, ...]:
    return find_warnings((job.voice, job.locale or show.language) for job in plan.jobs.values() if job.voice)


def _release(work: _Work, plan: Plan, takes: dict[str, Take], progress: Progress) -> Release:
    """Make ready what is to be published."""
    jobs = {job.key: job for job in plan.jobs.values()}

    def laid_out(place: int) -> Timeline:
        script = work.scripts[place]
        items = [item for section in script.sections for item in section.items]
        return lay_out(script, {item: takes[plan.jobs[item].key] for item in items})

    def make_again(gone: SoundGone) -> None:
        from audiobuild.takes.workers import render_all

        job = jobs.pop(gone.where, None)
        if job is None:
            raise gone
        takes.update({take.key: take for take in render_all((job,), 1, progress)})

    return Release(
        work.publisher,
        work.editions,
        laid_out,
        make_again,
        work.on_conflict,
        progress,
        work.today,
        work.known,
        are_elsewhere=work.are_elsewhere,
    )


def _refuse_same_folder(options: Options) -> None:
    """Refuse an output folder from which articles are read: its transcripts would be articles, or it none any more."""
    output = options.output.resolve()
    is_same = output.is_dir() and any(isinstance(each, Path) and each.resolve() == output for each in options.sources)
    if is_same and not is_output(output):  # which holds no articles, and is told of as such
        hint = f"Give the episodes a folder of their own, such as --output {options.output / 'output'}."
        raise ConfigError("the articles are in this folder", str(options.output), hint)


def _refuse_unsaid(places: Sequence[str]) -> None:
    if places:
        count = "one thing is" if len(places) == 1 else f"{len(places)} things are"
        more = [f"and {len(places) - _MOST_PLACES} more"] if len(places) > _MOST_PLACES else []
        raise SourceError(f"{count} left unsaid", hint="\n".join([*places[:_MOST_PLACES], *more]))
