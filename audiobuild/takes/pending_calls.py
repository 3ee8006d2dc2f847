"""Calls that are out with workers, of this machine or of a cluster, and what comes of each (layer 3).

A call that was on workers of a cluster which died is given out again.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any, Generic, TypeVar

from audiobuild.errors import AudiobuildError
from audiobuild.takes.cluster import MOST_KILLS, Cluster

_T = TypeVar("_T")
_LOOK_S = 2.0
"""How long nothing is heard of a cluster before it is looked at: not all that is lost with it says so."""


class PendingCalls(Generic[_T]):
    """Calls that are out, each with what it is for."""

    def __init__(self, cluster: Cluster | None) -> None:
        """Begin with none.

        Args:
            cluster: who makes them; None for processes of this machine alone.
        """
        self.count = 0
        """How many are out."""
        self._cluster = cluster
        self._done: queue.SimpleQueue[tuple[_T, Callable[[], Future[Any]], int, Future[Any]]] = queue.SimpleQueue()

    def give(self, purpose: _T, submit: Callable[[], Future[Any]]) -> None:
        """Have a call made.

        Args:
            purpose: what it is for.
            submit: has it made; on a cluster perhaps more than once.
        """
        self.count += 1
        self._give(purpose, submit, 0)

    def next(self) -> tuple[_T, Any | AudiobuildError] | None:
        """Wait for a call to be done, and give what came of it; None where there is nothing to tell yet.

        Raises:
            AudiobuildError: the workers are lost. What a single call raised is given.
        """
        try:
            purpose, submit, kills, future = self._done.get(timeout=_LOOK_S if self._cluster else None)
        except queue.Empty:
            if self._cluster:
                self._cluster.look()
            return None
        try:
            outcome = future.result()
        except AudiobuildError as error:
            outcome = error
        except CancelledError as error:
            raise self._cluster.lost() if self._cluster else error from error
        except Exception as error:
            if not self._cluster or kills == MOST_KILLS or not self._cluster.is_killed(error):
                raise
            self._give(purpose, submit, kills + 1)
            return None
        self.count -= 1
        return purpose, outcome

    def _give(self, purpose: _T, submit: Callable[[], Future[Any]], kills: int) -> None:
        submit().add_done_callback(lambda future: self._done.put((purpose, submit, kills, future)))
