"""Where rendering runs: in worker processes of this machine (layer 3).

An engine on the network is asked in processes of its own, as many at once as it allows, and what it has spoken is
levelled and encoded, like everything else, in processes of which there are as many as processors.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import wait as wait_for_end
from typing import Any, NamedTuple, TypeAlias, TypeVar

from audiobuild.engines.registry import load_engine, open_engine
from audiobuild.errors import EngineError, OutputError
from audiobuild.model.values import Segment, Take, Voice
from audiobuild.progress import Progress
from audiobuild.takes.jobs import Job
from audiobuild.takes.render import calibrate, fetch, fetch_calibration, render

_T = TypeVar("_T")

Spare: TypeAlias = Callable[[Job, EngineError], object]
"""Takes note of a job that cannot be done, and of the reason."""


def default_workers() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def start_workers(engine: str) -> None:
    """Let the process from which workers start import what they need, while the articles are read.

    Args:
        engine: by name, the one that will speak most.
    """
    if "forkserver" in multiprocessing.get_all_start_methods():
        _processes(load_engine(engine).abilities.preload)
        _run_forkserver()


def render_all(jobs: Sequence[Job], workers: int, progress: Progress, spare: Spare | None = None) -> Iterator[Take]:
    """Make the takes of all jobs in worker processes and yield each as it is done, in no set order.

    Every take is in the store when it is yielded. When the caller stops early, so do the workers, at once: what the
    store holds is whole.

    Args:
        spare: told of a segment that cannot be spoken, and why; all others are made. None where that ends the work.

    Raises:
        AudiobuildError: the first that a job raised; the jobs not yet begun are dropped.
    """
    crew = _Crew(jobs, workers, spare)
    with _ended(crew.close):
        for take, size_chars in crew.work():
            progress.advance(size_chars, take.frames, crew.waiting_for())
            yield take


@contextmanager
def run_in_process(call: Callable[..., _T], *arguments: object) -> Iterator[Callable[[], _T]]:
    """Call a function in a process of its own, and give a function that waits for what it returns.

    Raises:
        AudiobuildError: what the call raised, where it is waited for.
    """
    pool = _pool(1)
    with _ended(pool.shutdown):
        yield pool.submit(call, *arguments).result


@contextmanager
def standing_worker() -> Iterator[Callable[[Job], Take]]:
    """Keep a process while the block runs, and give a function that has it make a take and waits for that.

    Raises:
        AudiobuildError: what the job raised.
    """
    pools = [_pool(1)]

    def make(job: Job) -> Take:
        pool = pools[-1]
        try:
            return pool.submit(render, job).result()
        except BrokenProcessPool:  # somebody ended it, or memory ran out: another one may do better
            if pools[-1] is pool:
                pools.append(_pool(1))
            return pools[-1].submit(render, job).result()

    try:
        yield make
    finally:
        for pool in pools:
            pool.shutdown(cancel_futures=True)


@contextmanager
def _ended(close: Callable[[], object]) -> Iterator[None]:
    """Close pools at the end; when something fails, their processes are killed and not waited for."""
    others = set(multiprocessing.active_children())  # the caller's own, to be left alone
    try:
        yield
    except BrokenProcessPool as error:
        message = "a worker process was ended from outside"
        raise OutputError(message, hint="Perhaps memory ran out: build again with fewer --jobs; it goes on.") from error
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.kill()
        raise
    finally:
        close()


def size_chars(job: Job) -> int:
    """How much work a job is, in characters of text; a sting counts as a short sentence."""
    return len(job.item.spoken.text) if isinstance(job.item, Segment) else 50


class _Done(NamedTuple):
    """A call that has ended."""

    future: Future[Any]
    then: Callable[[Any], object]
    """What to do with what came of it."""
    otherwise: Spare | None
    """What to do where it failed; None where that ends the work."""
    job: Job


@dataclass
class _Crew:
    """Processes, the jobs they are given, and the voices whose level is not known yet."""

    jobs: Sequence[Job]
    workers: int
    spare: Spare | None
    _done: queue.SimpleQueue[_Done] = field(default_factory=queue.SimpleQueue)
    _local: ProcessPoolExecutor = field(init=False)
    _online: dict[str, ProcessPoolExecutor] = field(default_factory=dict)
    _held: dict[Voice, list[Job]] = field(default_factory=dict)
    """Jobs that could be rendered, but for the level of their voice."""
    _unasked: dict[Voice, list[Job]] = field(default_factory=dict)
    """Jobs for engines on the network, but for the limits of their voice."""
    _asked: Counter[str] = field(default_factory=Counter)
    """Segments that engines on the network have still to speak, by engine."""
    _finished: list[tuple[Take, int]] = field(default_factory=list)
    _open: int = 0

    def __post_init__(self) -> None:
        self._local = _pool(max(1, min(self.workers, len(self.jobs))))
        for voice in {job.voice: None for job in self.jobs if job.voice}:
            connections = open_engine(voice, self.jobs[0].locale).abilities.connections
            if connections and voice.engine not in self._online:
                self._online[voice.engine] = _pool(connections)

    def work(self) -> Iterator[tuple[Take, int]]:
        """Yield each take with the size of its job."""
        # The longest go first, so that none is begun when all others are done.
        jobs = sorted(self.jobs, key=size_chars, reverse=True)
        for voice, job in {job.voice: job for job in jobs if job.voice}.items():
            self._held[voice] = []
            if voice.engine in self._online:
                self._unasked[voice] = []
                self._submit(self._online[voice.engine], fetch_calibration, job, partial(self._met, job))
            else:
                self._calibrate(job)
        for job in jobs:
            if job.voice and job.voice.engine in self._online:
                self._asked[job.voice.engine] += 1
                self._unasked[job.voice].append(job)
            else:
                self._render(job)
        while self._open:
            done = self._done.get()
            self._open -= 1
            try:
                outcome = done.future.result()
            except EngineError as error:
                if not done.otherwise:
                    raise
                done.otherwise(done.job, error)
            else:
                done.then(outcome)
            yield from self._finished
            self._finished.clear()

    def waiting_for(self) -> str:
        """Name the engines on the network that have not answered yet, with the segments that they owe."""
        return ", ".join(f"{engine}: {count}" for engine, count in self._asked.items() if count)

    def close(self) -> None:
        """Let the processes go; what is not begun is dropped."""
        for pool in (self._local, *self._online.values()):
            pool.shutdown(cancel_futures=True)

    def _submit(
        self,
        pool: ProcessPoolExecutor,
        call: Callable[[Job], Any],
        job: Job,
        then: Callable[[Any], object],
        *,
        otherwise: Spare | None = None,
    ) -> None:
        self._open += 1
        future = pool.submit(call, job)
        future.add_done_callback(lambda future: self._done.put(_Done(future, then, otherwise, job)))

    def _met(self, job: Job, _: object) -> None:
        """Have a voice measured whose calibration speech is there, and all else spoken by it."""
        self._calibrate(job)
        if job.voice:
            otherwise = self._unfetched if self.spare else None
            for each in self._unasked.pop(job.voice):
                then = partial(self._fetched, each)
                self._submit(self._online[job.voice.engine], fetch, each, then, otherwise=otherwise)

    def _calibrate(self, job: Job) -> None:
        self._submit(self._local, calibrate, job, partial(self._calibrated, job))

    def _calibrated(self, job: Job, _: object) -> None:
        if job.voice:
            for held in self._held.pop(job.voice):
                self._render(held)

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
            self._submit(self._local, render, job, partial(self._rendered, job), otherwise=self.spare)

    def _rendered(self, job: Job, take: Take) -> None:
        self._finished.append((take, size_chars(job)))


def _pool(count: int) -> ProcessPoolExecutor:
    context = _processes()
    if context.get_start_method() == "forkserver":
        _run_forkserver()
    return ProcessPoolExecutor(count, mp_context=context, initializer=_start_worker)


def _run_forkserver() -> None:
    """Start the process from which workers start, if it does not run, with what ends a build blocked for good.

    Workers are born with that: at no moment of their start can Ctrl-C end them with a word of their own.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    try:
        resource_tracker.ensure_running()  # which would take a block of SIGINT away again
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _processes(preload: str = "") -> multiprocessing.context.BaseContext:
    """Start workers from a process that has imported what they need, where the system has such; else afresh."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    modules = ["audiobuild.takes.render", "audiobuild.publish.sound_writing", "audiobuild.cli"]
    context.set_forkserver_preload([*modules, preload] if preload else modules)
    return context


def _start_worker() -> None:
    """Leave Ctrl-C to the parent, and end when the parent does, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait_for_end([sentinel])
    os._exit(1)
