"""Where rendering runs: in worker processes of this machine (layer 3)."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for_end

from audiobuild.errors import OutputError
from audiobuild.model import Take
from audiobuild.render import Job, calibrate, render


def default_workers() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def render_all(jobs: Sequence[Job], workers: int) -> Iterator[Take]:
    """Make the takes of all jobs in worker processes and yield each as it is done, in no set order.

    Every take is in the store when it is yielded. When the caller stops early, so do the workers, at once: what the
    store holds is whole.

    Raises:
        AudiobuildError: the first that a job raised; the jobs not yet begun are dropped.
    """
    count = max(1, min(workers, len(jobs)))
    others = set(multiprocessing.active_children())  # the caller's own, to be left alone
    executor = ProcessPoolExecutor(count, mp_context=_processes(), initializer=_start_worker)
    try:
        list(executor.map(calibrate, {job.voice: job for job in jobs if job.voice}.values()))
        for done in as_completed([executor.submit(render, job) for job in jobs]):
            yield done.result()
    except BrokenProcessPool as error:
        message = "a worker process was ended from outside"
        raise OutputError(message, hint="Perhaps memory ran out: build again with fewer --jobs; it goes on.") from error
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.kill()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def _processes() -> multiprocessing.context.BaseContext:
    """Start workers from a process that has imported what they need, where the system has such; else afresh."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["audiobuild.render", "pyloudnorm", "scipy.ndimage"])
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
