"""An archive: an episode an article, and nothing of all of them; streamed, however many there are (layer 4).

Articles are read one after the other, and some are in work at once. What is done stands in the folder and in its ledger
at once, so a build that is stopped, or begun again a year later, does the rest alone.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audiobuild import __version__
from audiobuild.build.article_episode import ArchiveSetup, ArticleEpisode, make_article_episode
from audiobuild.build.options import Options, cluster_of, with_options
from audiobuild.config.limits import check_values
from audiobuild.config.show import Show, WorkersSettings
from audiobuild.engines.registry import open_engine
from audiobuild.errors import AudiobuildError, ConfigError, SourceError
from audiobuild.progress import QUIET, Progress
from audiobuild.publish.episodes.manifest import Manifest
from audiobuild.publish.feed.feed_facts import feed_facts
from audiobuild.publish.output.archive_episodes import ArchiveEpisodes
from audiobuild.publish.output.archive_ledger import opened_ledger
from audiobuild.publish.output.leftovers import NAMES_FILE, remove_superseded, remove_unfinished
from audiobuild.publish.output.output_lock import lock_folder
from audiobuild.publish.output.show_files import refuse_foreign_files
from audiobuild.publish.output.working_copy import WorkingCopy, shown_place
from audiobuild.script.casting import narrator, voices_of
from audiobuild.sources.edition import find_archive, find_show, read_alone, read_lexicons
from audiobuild.sources.source_files import SourceFile, read_file, written
from audiobuild.store.artefacts import Store, check_writable, flush_to_disk, written_whole
from audiobuild.store.upkeep import in_use, prune
from audiobuild.takes.cluster import Cluster
from audiobuild.takes.processes import default_workers
from audiobuild.takes.worker_pool import WorkerPool
from audiobuild.voices.speakers import with_engines


@dataclass(frozen=True, slots=True)
class ArchiveResult:
    """What came of an archive."""

    made: int
    """Episodes that were made."""
    kept: int
    """Files of which all was done before."""
    failed: tuple[AudiobuildError, ...]
    """Why there is no episode of the others, which are named."""
    episodes: int
    """How many there are now."""
    frames: int
    """Of sound, in those that were made."""


@dataclass(frozen=True, slots=True)
class _Task:
    """A file, or an article of it, in work."""

    key: str
    """The file, within the archive."""
    path: str
    """As the user has it."""
    mark: str


@dataclass
class _Run:
    """A build of an archive, as it goes."""

    place: ArchiveSetup
    options: Options
    episodes: ArchiveEpisodes
    progress: Progress
    copy: WorkingCopy | None
    """Of the output in an object store."""
    kept: int = 0
    """Files of which all was done before."""
    made: int = 0
    """Episodes so far."""
    frames: int = 0
    """Of sound, in those."""
    failed: list[AudiobuildError] = field(default_factory=list)
    revised: list[Manifest] = field(default_factory=list)
    """Episodes with superseded files."""
    _open: dict[str, int] = field(default_factory=dict)
    """How many articles of a file are in work; -1000000 and more for one of which one has failed."""

    def calls(self, files: tuple[SourceFile, ...]) -> Iterator[tuple[_Task, str, Callable[..., Any], tuple[Any, ...]]]:
        """Read the files that are not done, each when a worker is free, and give the calls that make its episodes."""
        settings = _settings_mark(self.place)
        engine = narrator(self.place.show).engine
        for file in files:
            path, key = written(file.path), written(file.path.relative_to(self.options.sources[0]))
            try:
                mark = _mark(file, settings)
                if self.episodes.is_done(key, mark):
                    self.kept += 1
                    self.progress.advance(0, 0, "")
                    continue
                editions = read_alone(file, self.place.show, dataclasses.replace(self.options.web, store=None))
                self._open[key] = len(editions)
                for edition in editions:
                    standing = self.episodes.find_standing(edition, key, self.place.show, self.options.on_conflict)
                    yield _Task(key, path, mark), engine, make_article_episode, (edition, standing, self.place)
            except AudiobuildError as error:
                self.fail(key, path, error)

    def settle(self, task: _Task, outcome: ArticleEpisode | AudiobuildError) -> None:
        """Put down what came of an article."""
        if isinstance(outcome, AudiobuildError):
            if isinstance(outcome, ConfigError):
                raise outcome  # it is nothing of this article's, and would be said of every other
            self.fail(task.key, task.path, outcome)
            return
        manifest = outcome.manifest
        if self.copy:
            self.copy.note(manifest, self.episodes.suffix, outcome.delivered)
        self.episodes.ledger.finish(manifest, task.key)
        self.made, self.frames = self.made + 1, self.frames + outcome.frames
        if manifest.revision > 1:
            self.revised.append(manifest)
        self.progress.advance(0, outcome.frames, "")
        self._open[task.key] -= 1
        if not self._open[task.key]:
            del self._open[task.key]
            self.episodes.ledger.note_read(task.key, task.mark)

    def fail(self, key: str, path: str, error: AudiobuildError) -> None:
        """Take note of an article of which no episode came."""
        named = error.where if path in error.where else path
        message = error.message if path in error.where or not error.where else f"{error.where}: {error.message}"
        self.failed.append(SourceError(message, named, error.hint))
        self._open[key] = -1_000_000
        self.progress.advance(0, 0, "")


def build_archive(options: Options, progress: Progress = QUIET) -> ArchiveResult:
    """Build an episode of each article of a folder that is not done yet.

    Raises:
        AudiobuildError: whatever is wrong with all of it: the settings, the folders, the cluster.
    """
    source = _only_source(options)
    show, home = find_show(options.sources)
    show = check_values(with_options(show, options), "the command line")
    show, _ = with_engines(show)
    if show.feed.base:
        feed_facts(show)
    files = find_archive(source, show)
    check_writable(options.output)
    refuse_foreign_files(options.output, show)
    lexicon = read_lexicons(home)
    store = options.store if isinstance(options.store, str) else options.store.absolute()
    with (
        lock_folder(options.output, progress) as copy,
        in_use(Store(store)),
        opened_ledger(options.output) as ledger,
    ):
        output = copy.address if copy else options.output.absolute()
        place = ArchiveSetup(show, home.absolute(), store, output, lexicon, options.strict)
        suffix = place.publisher(options.output).manifest_suffix
        _clear(options.output, tuple(ledger.unfinished()), suffix)
        run = _Run(place, options, ArchiveEpisodes(options.output, ledger, suffix), progress, copy)
        _make_episodes(run, files)
        flush_to_disk(options.output)
        remove_superseded(options.output, run.revised, show.feed.keep_revisions)
        if not Store(store).shelf.is_far:
            prune(Store(store), options.store_limit_bytes)
        return ArchiveResult(run.made, run.kept, tuple(run.failed), ledger.count(), run.frames)


def _make_episodes(run: _Run, files: tuple[SourceFile, ...]) -> None:
    """Make an episode of each article that is not done, and tell the listeners of all there are."""
    show = run.place.show
    run.episodes.reconcile()
    run.progress.begin(len(files), 0, 0)
    pool = WorkerPool[_Task](_workers(show, run.options), _join(run.place, run.options))
    try:
        for task, outcome in pool.run(run.calls(files)):
            run.settle(task, outcome)
    finally:
        damaged = run.episodes.announce(show)  # what is done is told of, also where the rest was stopped
    hint = "Build again: the episode is made anew."
    run.failed += [SourceError("this manifest is damaged", shown_place(path), hint) for path in damaged]


def _only_source(options: Options) -> Path:
    source, *others = options.sources
    if others or not isinstance(source, Path):
        raise ConfigError("--each takes one folder of articles", "--each", "Give that folder alone.")
    if source.resolve() == options.output.resolve():
        raise ConfigError("the articles are in this folder", str(options.output), "Choose another --output.")
    return source


def _workers(show: Show, options: Options) -> int:
    """Say how many processes work at once: no more than an engine on the network takes connections."""
    limits = [open_engine(voice, show.language).abilities.connections for voice in voices_of(show)]
    return min([options.workers or default_workers(), *filter(None, limits)])


def _join(place: ArchiveSetup, options: Options) -> Cluster | None:
    settings, voices = cluster_of(place.show, options), voices_of(place.show)
    online = [voice.engine for voice in voices if open_engine(voice, place.show.language).abilities.connections]
    if online and settings:
        hint = "Build it without --cluster, or choose an engine that speaks on the machines themselves."
        raise ConfigError(
            f"{online[0]} is on the network, and an archive on a cluster would ask it too often", hint=hint
        )
    return Cluster(settings, voices, place.show.language, Store(place.store)) if settings else None


def _clear(output: Path, names: tuple[str, ...], suffix: str) -> None:
    """Take away what a build that was killed had begun."""
    if names:
        with written_whole(output / NAMES_FILE) as file:
            file.write(repr([f"{name}{suffix}" for name in names]).replace("'", '"').encode())
    remove_unfinished(output)


def _settings_mark(place: ArchiveSetup) -> str:
    show = dataclasses.replace(place.show, output="", workers=WorkersSettings(), engines=())
    voices = [open_engine(voice, show.language).fingerprint for voice in voices_of(place.show)]
    return repr((__version__, show, place.lexicon, voices, place.strict))


def _mark(file: SourceFile, settings: str) -> str:
    """Make a mark that is another wherever another episode would come of a file."""
    hashed = hashlib.sha256(settings.encode())
    hashed.update(read_file(file.path))
    return hashed.hexdigest()
