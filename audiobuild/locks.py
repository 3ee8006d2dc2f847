"""Lock files, by which processes keep out of each other's way (layer 0).

A lock is let go when its process ends, however it ends; its file stays.
"""

from __future__ import annotations

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
