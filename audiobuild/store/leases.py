"""Locks in an object store, by which builds on whatever machines keep out of each other's way (layer 3).

A lock is an object that says who holds it, and that is written anew as long as it is held. Who waits for it takes it
over once it has not changed for a while, by their own clock: so no clocks are compared, and a build that has died is
not waited for in vain. Each write is conditional, so that of two who take it over at once one has it.
"""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from audiobuild.errors import OutputError
from audiobuild.store.buckets import Bucket

_LEASE_S = 120.0
"""How long a lock that is not written anew is believed."""
_RENEW_S = 15.0
_LOOK_S = 2.0


@dataclass
class Lease:
    """A lock that is held, as long as it is renewed."""

    bucket: Bucket
    key: str
    owner: str
    mark: str
    is_lost: bool = False
    _ended: threading.Event = field(default_factory=threading.Event)

    def check(self) -> None:
        """See that it is held still.

        Raises:
            OutputError: another build has taken it over.
        """
        if self.is_lost:
            hint = "Build again: it goes on from what is done."
            raise OutputError("another build has taken it over meanwhile", self.bucket.address, hint)

    def keep(self) -> None:
        """Renew it until it is let go."""
        renewed_s = time.monotonic()
        while not self.is_lost and not self._ended.wait(_RENEW_S):
            try:
                mark = _write(self.bucket, self.key, self.owner, self.mark)
                self.mark, self.is_lost, renewed_s = mark or self.mark, mark is None, time.monotonic()
            except OutputError:
                self.is_lost = time.monotonic() - renewed_s > _LEASE_S

    def end(self) -> None:
        """Renew it no more."""
        self._ended.set()


@contextmanager
def leased(bucket: Bucket, key: str, owner: str, on_wait: Callable[[], None]) -> Iterator[Lease]:
    """Hold a lock while the block runs.

    Args:
        bucket: where its object is.
        key: of its object.
        owner: who holds it. Of the same owner only one asks at a time, so what they hold was left by a build that died.
        on_wait: told if somebody else holds it.

    Raises:
        OutputError: the object store does not answer.
    """
    lease = Lease(bucket, key, owner, _taken(bucket, key, owner, on_wait))
    keeper = threading.Thread(target=lease.keep, daemon=True)
    keeper.start()
    try:
        yield lease
    finally:
        lease.end()
        keeper.join()
        with suppress(OutputError):  # it expires by itself
            if not lease.is_lost:
                _write(bucket, key, "", lease.mark)


def _taken(bucket: Bucket, key: str, owner: str, on_wait: Callable[[], None]) -> str:
    """Wait for a lock until it is held; give its mark."""
    seen, seen_s, is_free, is_told = "", time.monotonic(), False, False
    mark = _write(bucket, key, owner, "")
    while mark is None:
        found = bucket.look(key)
        there = found.mark if found else ""
        if there != seen:
            seen, seen_s = there, time.monotonic()
            is_free = _owner(bucket.read(key)) in ("", owner)
        if is_free or time.monotonic() - seen_s > _LEASE_S:
            mark = _write(bucket, key, owner, there)
        elif not is_told:
            on_wait()
            is_told = True
        else:
            time.sleep(_LOOK_S)
    return mark


def _owner(said: bytes | None) -> str:
    """Say who holds a lock; nobody does where that cannot be read."""
    try:
        return str(json.loads(said or b"{}")["owner"])
    except (ValueError, TypeError, KeyError):
        return ""


def _write(bucket: Bucket, key: str, owner: str, over: str) -> str | None:
    """Write who holds a lock; give its mark, None where it is not as it was."""
    said = json.dumps({"owner": owner, "turn": uuid.uuid4().hex}).encode()
    mark = bucket.place(key, said, over)
    if mark is None and bucket.read(key) == said:  # it was carried out, and the answer was lost
        found = bucket.look(key)
        return found.mark if found else None
    return mark
