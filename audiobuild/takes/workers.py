"""Who makes the takes: worker processes of this machine, or the workers of a cluster (layer 3).

Both are a `concurrent.futures.Executor`. An engine on the network is asked in processes of its own, as many at once as
it allows, and what it has spoken is levelled and encoded, like everything else, by the workers. Stings are files of
this machine, so what holds one is made here wherever the rest is.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from audiobuild.engines.registry import open_engine
from audiobuild.errors import AudiobuildError, EngineError, OutputError
from audiobuild.model.values import Segment, Take, Voice
from audiobuild.progress import Progress
from audiobuild.store.artefacts import Store
from audiobuild.takes.cluster import Cluster, ClusterSettings
from audiobuild.takes.jobs import Job
from audiobuild.takes.pending_calls import PendingCalls
from audiobuild.takes.processes import ended, open_pool
from audiobuild.takes.stored_takes import SoundGone, read_take
from audiobuild.takes.tasks import Outcome, calibrate, fetch, fetch_calibration, render_each, render_remotely

Spare: TypeAlias = Callable[[Job, EngineError], object]
"""Takes note of a job that cannot be done, and of the reason."""

_MOST_LATE_S = 60
"""How long a shared folder may take to show this machine what another one has written there."""


def render_all(
    jobs: Sequence[Job],
    workers: int,
    progress: Progress,
    spare: Spare | None = None,
    *,
    cluster: ClusterSettings | None = None,
) -> Iterator[Take]:
    """Make the takes of all jobs in workers and yield each as it is done, in no set order.

    Every take is in the store when it is yielded. When the caller stops early, so do the workers, at once: what the
    store holds is whole.

    Args:
        workers: how many processes of this machine, at most.
        spare: told of a segment that cannot be spoken, and why; all others are made. None where that ends the work.
        cluster: whose workers do it in their place; None for none.

    Raises:
        AudiobuildError: the first that a job raised; the jobs not yet begun are dropped.
    """
    if cluster:
        jobs = [replace(job, store=_absolute(job.store)) for job in jobs]
    crew = _Crew(jobs, workers, spare, _join(jobs, cluster) if cluster and jobs else None)
    with ended(crew.close):
        for take, size_chars in crew.work():
            progress.advance(size_chars, take.frames, crew.waiting_for())
            yield take


@contextmanager
def standing_worker() -> Iterator[Callable[[Job], Take]]:
    """Keep a process while the block runs, and give a function that has it make a take and waits for that.

    Raises:
        AudiobuildError: what the job raised.
    """
    from audiobuild.takes.render import render  # with codecs, which a process that only gives out work does without

    pools = [open_pool(1)]

    def make(job: Job) -> Take:
        pool = pools[-1]
        try:
            return pool.submit(render, job).result()
        except BrokenProcessPool:  # somebody ended it, or memory ran out: another one may do better
            if pools[-1] is pool:
                pools.append(open_pool(1))
        try:
            return pools[-1].submit(render, job).result()
        except BrokenProcessPool as error:
            message = "the process that speaks was ended from outside, twice"
            raise OutputError(message, hint="Perhaps memory ran out: close what else is open.") from error

    try:
        yield make
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)


def _absolute(store: Path | str) -> Path | str:
    """Say where a store is, for machines that have another folder open."""
    return store if isinstance(store, str) else store.absolute()


def _join(jobs: Sequence[Job], cluster: ClusterSettings) -> Cluster:
    voices = tuple({job.voice: None for job in jobs if job.voice})
    return Cluster(cluster, voices, jobs[0].locale, Store(jobs[0].store))


def size_chars(job: Job) -> int:
    """How much work a job is, in characters of text; a sting counts as a short sentence."""
    return len(job.item.spoken.text) if isinstance(job.item, Segment) else 50


class _Errand(NamedTuple):
    """A call that is made somewhere."""

    submit: Callable[[], Future[Any]]
    """Has it made; on a cluster perhaps more than once."""
    then: Callable[[Any], object]
    """What to do with what came of it."""
    otherwise: Callable[[EngineError], object] | None
    """What to do where it failed; None where that ends the work."""


@dataclass
class _Crew:
    """Workers, the jobs they are given, and the voices whose level is not known yet."""

    jobs: Sequence[Job]
    workers: int
    spare: Spare | None
    cluster: Cluster | None
    _calls: PendingCalls[_Errand] = field(init=False)
    _local: ProcessPoolExecutor = field(init=False)
    _online: dict[str, ProcessPoolExecutor] = field(default_factory=dict)
    _held: dict[Voice, list[Job]] = field(default_factory=dict)
    """Jobs that could be rendered, but for the level of their voice."""
    _unasked: dict[Voice, list[Job]] = field(default_factory=dict)
    """Jobs for engines on the network, but for the limits of their voice."""
    _asked: Counter[str] = field(default_factory=Counter)
    """Segments that engines on the network have still to speak, by engine."""
    _finished: list[tuple[Take, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._calls = PendingCalls(self.cluster)
        self._local = open_pool(max(1, min(self.workers, len(self.jobs))))
        for voice in {job.voice: None for job in self.jobs if job.voice}:
            connections = open_engine(voice, self.jobs[0].locale).abilities.connections
            if connections and voice.engine not in self._online:
                self._online[voice.engine] = open_pool(connections)

    def work(self) -> Iterator[tuple[Take, int]]:
        """Yield each take with the size of its job."""
        # The longest go first, so that none is begun when all others are done.
        jobs = sorted(self.jobs, key=size_chars, reverse=True)
        for voice, job in {job.voice: job for job in jobs if job.voice}.items():
            self._held[voice] = []
            if voice.engine in self._online:
                self._unasked[voice] = []
                self._here(self._online[voice.engine], fetch_calibration, job, then=partial(self._met, job))
            else:
                self._calibrate(job)
        for job in jobs:
            if job.voice and job.voice.engine in self._online:
                self._asked[job.voice.engine] += 1
                self._unasked[job.voice].append(job)
            else:
                self._render(job)
        while self._calls.count:
            if done := self._calls.next():
                self._settle(*done)
            yield from self._finished
            self._finished.clear()

    def _settle(self, errand: _Errand, outcome: Any | AudiobuildError) -> None:
        if isinstance(outcome, EngineError) and errand.otherwise:
            errand.otherwise(outcome)
        elif isinstance(outcome, AudiobuildError):
            raise outcome
        else:
            errand.then(outcome)

    def waiting_for(self) -> str:
        """Name the engines on the network that have not answered yet, with the segments that they owe."""
        return ", ".join(f"{engine}: {count}" for engine, count in self._asked.items() if count)

    def close(self) -> None:
        """Let the workers go; what is not begun is dropped."""
        for pool in (self._local, *self._online.values()):
            pool.shutdown(cancel_futures=True)
        if self.cluster:
            self.cluster.close()

    def _send(self, errand: _Errand) -> None:
        self._calls.give(errand, errand.submit)

    def _here(
        self,
        pool: ProcessPoolExecutor,
        call: Callable[[Job], Any],
        job: Job,
        *,
        then: Callable[[Any], object],
        otherwise: Callable[[EngineError], object] | None = None,
    ) -> None:
        """Have a call made by a process of this machine."""
        self._send(_Errand(partial(pool.submit, call, job), then, otherwise))

    def _met(self, job: Job, _: object) -> None:
        """Submit the calibration of a voice whose calibration speech is there, and its other segments."""
        self._calibrate(job)
        if job.voice:
            for each in self._unasked.pop(job.voice):
                otherwise = partial(self._unfetched, each) if self.spare else None
                pool = self._online[job.voice.engine]
                self._here(pool, fetch, each, then=partial(self._fetched, each), otherwise=otherwise)

    def _calibrate(self, job: Job) -> None:
        submit = partial(self.cluster.submit, _engine(job)) if self.cluster else self._local.submit
        self._send(_Errand(partial(submit, calibrate, job), partial(self._calibrated, job), None))

    def _calibrated(self, job: Job, _: object) -> None:
        if job.voice:
            self._render_all(self._held.pop(job.voice))

    def _fetched(self, job: Job, _: object) -> None:
        if job.voice:
            self._asked[job.voice.engine] -= 1
        self._render(job)

    def _unfetched(self, job: Job, error: EngineError) -> None:
        if job.voice:
            self._asked[job.voice.engine] -= 1
        if self.spare:
            self.spare(job, error)

    def _render(self, job: Job) -> None:
        if job.voice in self._held:
            self._held[job.voice].append(job)
        else:
            self._render_all([job])

    def _render_all(self, jobs: Iterable[Job]) -> None:
        """Have takes made: one in each call where calls cost nothing, an article's in each on a cluster."""
        is_borne = self.spare is not None
        afar = []
        for job in jobs:
            if self.cluster and not _holds_file(job):
                afar.append(job)
            else:
                submit = partial(self._local.submit, render_each, (job,), keep_going=is_borne)
                self._send(_Errand(submit, partial(self._rendered, (job,)), None))
        if self.cluster:
            for task in self.cluster.tasks(afar):
                submit = partial(self.cluster.submit, _engine(task[0]), render_remotely, task, is_borne)
                self._send(_Errand(submit, partial(self._rendered, task), None))

    def _rendered(self, jobs: Sequence[Job], outcomes: Sequence[Outcome]) -> None:
        for job, outcome in zip(jobs, outcomes, strict=True):
            if isinstance(outcome, EngineError):
                if self.spare:
                    self.spare(job, outcome)
            else:
                self._finished.append((outcome or _taken_in(job), size_chars(job)))


def _engine(job: Job) -> str:
    return job.voice.engine if job.voice else ""


def _holds_file(job: Job) -> bool:
    """Whether a file of this machine is heard in it."""
    return not isinstance(job.item, Segment) or job.item.over is not None


def _taken_in(job: Job) -> Take:
    """Read a take that was made elsewhere; a shared folder may show it a little later.

    Raises:
        SoundGone: it is not there.
    """
    store, until_s = Store(job.store), time.monotonic() + _MOST_LATE_S
    while True:
        take = read_take(store, job.key)
        if take:
            return take
        if time.monotonic() > until_s:
            hint = "See that all machines reach the same store, and build again: it goes on."
            raise SoundGone("a worker says that it made this take, and it is not in the store", job.key, hint)
        time.sleep(0.1)
