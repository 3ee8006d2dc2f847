"""Workers, of this machine or of a cluster, that calls are made on, each as soon as there is room (layer 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any, Generic, TypeVar

from audiobuild.errors import AudiobuildError
from audiobuild.takes.cluster import Cluster
from audiobuild.takes.pending_calls import PendingCalls
from audiobuild.takes.processes import ended, open_pool

_T = TypeVar("_T")
_A_WORKER = 3
"""How many calls a worker of a cluster has before it, so that it need not wait for the next one."""


class WorkerPool(Generic[_T]):
    """Workers, and the calls that they are given."""

    def __init__(self, workers: int, cluster: Cluster | None) -> None:
        """Open it.

        Args:
            workers: how many processes of this machine, at most.
            cluster: who works in their place; None for nobody.
        """
        self._cluster = cluster
        self._pool = open_pool(workers) if cluster is None else None
        self._most = workers + 1 if cluster is None else 0
        self._calls: PendingCalls[_T] = PendingCalls(cluster)

    def run(
        self, calls: Iterable[tuple[_T, str, Callable[..., Any], tuple[Any, ...]]]
    ) -> Iterator[tuple[_T, Any | AudiobuildError]]:
        """Have calls made, and give what comes of each as soon as it is done; each is asked for when there is room.

        Args:
            calls: each with what it is for, the engine that speaks in it, and what is called with what.

        Raises:
            AudiobuildError: the workers are lost. What a single call raises is given.
        """
        with ended(self._close):
            waiting, is_first = iter(calls), True
            while True:
                room = 1 if is_first else self._room()
                while self._calls.count < room and (found := next(waiting, None)):
                    name, engine, call, arguments = found
                    self._calls.give(name, self._submitting(engine, call, arguments))
                if not self._calls.count:
                    return
                outcome = self._calls.next()
                if outcome:
                    is_first = False  # it has measured the voice for all others
                    yield outcome

    def _room(self) -> int:
        return self._most or _A_WORKER * max(1, self._cluster.count() if self._cluster else 1)

    def _submitting(
        self, engine: str, call: Callable[..., Any], arguments: tuple[Any, ...]
    ) -> Callable[[], Future[Any]]:
        if self._cluster:
            return partial(self._cluster.submit, engine, call, *arguments)
        pool: Executor | None = self._pool
        if pool is None:
            raise ValueError("somebody runs errands: processes or a cluster")
        return partial(pool.submit, call, *arguments)

    def _close(self) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        if self._cluster:
            self._cluster.close()
