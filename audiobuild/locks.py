"""Lock files, by which processes keep out of each other's way (layer 0).

A lock is let go when its process ends, however it ends; its file stays, unless it is `held`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol


class Lock(Protocol):
    """A lock that is held."""

    def release(self) -> None:
        """Let it go."""
        ...


def lock(path: Path) -> Lock:
    """Wait for the lock, and hold it.

    Raises:
        OSError: the file cannot be written.
    """
    from filelock import FileLock

    found = FileLock(path)
    found.acquire()
    return found


def lock_at_once(path: Path) -> Lock | None:
    """Hold the lock, or give None where somebody else does.

    Raises:
        OSError: the file cannot be written.
    """
    from filelock import FileLock, Timeout

    found = FileLock(path, timeout=0)
    try:
        found.acquire()
    except Timeout:
        return None
    return found


@contextmanager
def held(path: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold a lock while the block runs, and take its file away at the end.

    Args:
        path: its file.
        on_wait: told if somebody else holds it.

    Raises:
        OSError: the file cannot be written.
    """
    found = lock_at_once(path)
    if found is None:
        on_wait()
        found = lock(path)
    try:
        yield
    finally:
        with suppress(OSError):  # as long as it is held: whoever waits for it sees that it is gone, and makes another
            path.unlink()
        found.release()
