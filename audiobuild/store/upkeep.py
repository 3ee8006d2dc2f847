"""A store's housekeeping: counting it, checking it, and pruning it when it grows too large (layer 3).

A running build holds a lock file in the store. What it has used since it began is never taken away.
"""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from audiobuild.errors import OutputError
from audiobuild.locks import lock, lock_at_once
from audiobuild.store.artefacts import Store, files_of, sound_part

DEFAULT_LIMIT_BYTES = 10_000_000_000
"""What a store may hold unless the user says otherwise: some hundred hours of speech."""

_BUILDS = "builds"
"""The folder of lock files."""
_DAY_S = 86_400
_CLOCK_SLACK_S = 5.0
"""By how much the clocks of a file system and of a program may differ."""


@dataclass(frozen=True, slots=True)
class Holding:
    """How much there is of one kind."""

    kind: str
    entries: int
    size_bytes: int


@contextmanager
def in_use(store: Store) -> Iterator[None]:
    """Keep safe what is used of the store while the block runs.

    Raises:
        OutputError: the store cannot be written.
    """
    if store.shelf.is_far:  # where nothing goes but by its age
        yield
        return
    folder = store.root / _BUILDS
    path = folder / f"{time.time():.0f}-{uuid.uuid4().hex}.lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = lock(path)
    except OSError as error:
        hint = "Choose another folder with --store."
        raise OutputError(f"cannot be written ({error.strerror})", str(store.root), hint) from error
    try:
        yield
    finally:
        held.release()
        with suppress(OSError):  # whoever prunes the store takes it away as well
            path.unlink()


def count_holdings(store: Store) -> tuple[Holding, ...]:
    """Add up what there is, by kind."""
    counts, sizes = Counter[str](), Counter[str]()
    for entry in store.shelf.entries():
        counts[entry.kind] += 1
        sizes[entry.kind] += entry.size_bytes
    return tuple(Holding(kind, counts[kind], sizes[kind]) for kind in sorted(counts))


def prune(store: Store, limit_bytes: int) -> tuple[int, int]:
    """Take away what was not used for longest until no more than the limit is left, and what was never finished.

    Returns:
        How many entries went, and how many bytes.

    Raises:
        OutputError: the store cannot be written, or is an object store.
    """
    if store.shelf.is_far:
        hint = "Say after how many days: audiobuild store prune --days 90."
        raise OutputError("an object store is pruned by age alone", str(store.where), hint)
    safe_from = _oldest_build_s(store) - _CLOCK_SLACK_S
    left = _tidied_bytes(store, safe_from)
    found = sorted(store.shelf.entries(), key=lambda entry: entry.used_s) if left > limit_bytes else []
    gone = freed = 0
    for entry in found:
        if left <= limit_bytes or entry.used_s >= safe_from:
            break
        try:
            store.drop(entry.key)
        except OSError as error:
            hint = "Choose another folder with --store, or see that it can be written."
            raise OutputError(f"cannot be written ({error.strerror})", str(store.root), hint) from error
        left, gone, freed = left - entry.size_bytes, gone + 1, freed + entry.size_bytes
    return gone, freed


def _tidied_bytes(store: Store, safe_from: float) -> int:
    """Take away what was never finished, and add up what there is: of ten thousand entries, in one pass."""
    size_bytes = 0
    for found in files_of(store.root):
        with suppress(OSError):  # another build may have taken it away just now
            facts = found.stat()
            if not found.name.startswith("."):
                size_bytes += facts.st_size
            elif found.name.endswith(".part") and facts.st_mtime < safe_from:
                Path(found).unlink()
    return size_bytes


def prune_old(store: Store, days: float) -> tuple[int, int]:
    """Take away what has not been used for so many days; in an object store, what was written so long ago.

    Returns:
        How many entries went, and how many bytes.

    Raises:
        OutputError: the store cannot be written.
    """
    running_s = time.time() if store.shelf.is_far else _oldest_build_s(store) - _CLOCK_SLACK_S
    until_s = min(running_s, time.time() - days * _DAY_S)
    gone = freed = 0
    for entry in store.shelf.entries():
        if entry.used_s < until_s:
            store.drop(entry.key)
            gone, freed = gone + 1, freed + entry.size_bytes
    return gone, freed


def verify(store: Store) -> tuple[int, tuple[Path | str, ...]]:
    """Read every entry, and take away those that are damaged.

    Returns:
        How many were read, and which were damaged.
    """
    read = 0
    damaged = []
    for entry in store.shelf.entries():
        data = store.shelf.read(entry.key)
        read += 1
        if data is None or sound_part(data, entry.key) is None:
            store.drop(entry.key)
            damaged.append(entry.place)
    return read, tuple(damaged)


def _oldest_build_s(store: Store) -> float:
    """When the oldest of the builds began that are running now; the present time where there is none."""
    oldest = time.time()
    for path in (store.root / _BUILDS).glob("*.lock"):
        with suppress(OSError):
            held = lock_at_once(path)
            if held:
                path.unlink(missing_ok=True)  # left by a build that was killed
                held.release()
            else:
                oldest = min(oldest, float(path.name.partition("-")[0]))
    return oldest
