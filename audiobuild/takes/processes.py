"""Worker processes of this machine: how they start, and how they end (layer 3)."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import wait as wait_for_end
from typing import Any, TypeVar

from audiobuild.engines.registry import engine_places, hand_places, load_engine
from audiobuild.errors import OutputError

_T = TypeVar("_T")

_ENDINGS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""Signals that end a build."""
_OWN = ("takes.render", "takes.workers", "publish.formats.sound_writing", "cli")
_PRELOADED = (
    *(f"audiobuild.{name}" for name in _OWN),
    *("numpy.fft", "numpy.ma"),  # which numpy imports when they are asked for
    *("multiprocessing.popen_forkserver", "multiprocessing.synchronize", "pkgutil"),  # with which each worker begins
)
"""What each worker would import for itself."""


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


@contextmanager
def run_in_process(call: Callable[..., _T], *arguments: object) -> Iterator[Callable[[], _T]]:
    """Call a function in a process of its own, and give a function that waits for what it returns.

    Raises:
        AudiobuildError: what the call raised, where it is waited for.
    """
    pool = open_pool(1)
    with ended(pool.shutdown):
        yield pool.submit(call, *arguments).result


class _Pool(ProcessPoolExecutor):
    """A pool whose processes are born undisturbed.

    One whose birth is interrupted is known to nobody, and complains when what it was to share is gone.
    """

    def submit(self, fn: Callable[..., _T], /, *args: Any, **kwargs: Any) -> Future[_T]:
        """Give it something to do; what would end the build waits until the process for it is there."""
        with _undisturbed():
            return super().submit(fn, *args, **kwargs)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off signals that end a build; the mask of a thread is not enough, for they reach any thread."""
    caught: list[int] = []
    handlers = {}
    if threading.current_thread() is threading.main_thread():
        handlers = {each: handler for each in _ENDINGS if callable(handler := signal.getsignal(each))}
    for each in handlers:
        signal.signal(each, lambda number, _: caught.append(number))
    try:
        yield
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)
        for number in caught[:1]:
            signal.raise_signal(number)


@contextmanager
def ended(close: Callable[[], object]) -> Iterator[None]:
    """Close pools at the end; when something fails, their processes are killed and not waited for.

    Raises:
        OutputError: a process was killed by somebody else.
    """
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


def open_pool(count: int) -> ProcessPoolExecutor:
    """Open a pool of processes; each starts when there is work for it."""
    context = _processes()
    if context.get_start_method() == "forkserver":
        _run_forkserver()
    return _Pool(count, mp_context=context, initializer=_start_worker, initargs=(engine_places(),))


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
    context.set_forkserver_preload([*_PRELOADED, preload] if preload else list(_PRELOADED))
    return context


def _start_worker(engines: dict[str, str]) -> None:
    """Leave Ctrl-C to the parent, and end when the parent does, however it ends.

    Args:
        engines: where they are.
    """
    gc.freeze()  # what was there before it is shared with other workers as long as nobody goes through it for garbage
    hand_places(engines)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait_for_end([sentinel])
    os._exit(1)
