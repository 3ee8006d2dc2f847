"""A store's housekeeping: what it holds, what is damaged, what goes when it grows too large (layer 3).

A running build holds a lock file in the store. What it has used since it began is never taken away.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from audiobuild.errors import OutputError
from audiobuild.locks import lock, lock_at_once
from audiobuild.store.artefacts import Store, sound_part, take_away

DEFAULT_LIMIT_BYTES = 10_000_000_000
"""What a store may hold unless the user says otherwise: some hundred hours of speech."""

_BUILDS = "builds"
"""The folder of lock files."""
_CLOCK_SLACK_S = 5.0
"""By how much the clocks of a file system and of a program may differ."""


@dataclass(frozen=True, slots=True)
class Artefact:
    """One artefact on the disk."""

    path: Path
    kind: str
    size_bytes: int
    used_s: float
    """When it was used last, in seconds since 1970."""


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


def entries(store: Store) -> Iterator[Artefact]:
    """Find every artefact; parts of files that were never finished are none."""
    for path in store.root.glob("*/*/*"):
        if path.name.startswith("."):
            continue
        with suppress(FileNotFoundError):  # another build may have taken it away just now
            facts = path.stat()
            yield Artefact(path, path.parent.parent.name, facts.st_size, facts.st_mtime)


def holdings(store: Store) -> tuple[Holding, ...]:
    """Add up what there is, by kind."""
    found = list(entries(store))
    kinds = sorted({entry.kind for entry in found})
    of_kind = {kind: [entry.size_bytes for entry in found if entry.kind == kind] for kind in kinds}
    return tuple(Holding(kind, len(sizes), sum(sizes)) for kind, sizes in of_kind.items())


def prune(store: Store, limit_bytes: int) -> tuple[int, int]:
    """Take away what was not used for longest until no more than the limit is left, and what was never finished.

    Returns:
        How many entries went, and how many bytes.

    Raises:
        OutputError: the store cannot be written.
    """
    safe_from = _oldest_build_s(store) - _CLOCK_SLACK_S
    found = sorted(entries(store), key=lambda entry: entry.used_s)
    left = sum(entry.size_bytes for entry in found)
    gone = freed = 0
    for entry in found:
        if left <= limit_bytes or entry.used_s >= safe_from:
            break
        try:
            take_away(entry.path)
        except OSError as error:
            hint = "Choose another folder with --store, or see that it can be written."
            raise OutputError(f"cannot be written ({error.strerror})", str(store.root), hint) from error
        left, gone, freed = left - entry.size_bytes, gone + 1, freed + entry.size_bytes
    for part in store.root.glob("*/*/.*.part"):
        with suppress(OSError):
            if part.stat().st_mtime < safe_from:
                part.unlink()
    return gone, freed


def verify(store: Store) -> tuple[int, tuple[Path, ...]]:
    """Read every entry, and take away those that are damaged.

    Returns:
        How many were read, and which were damaged.
    """
    read = 0
    damaged = []
    for entry in entries(store):
        with suppress(FileNotFoundError):
            read += 1
            key = f"{entry.kind}/{entry.path.parent.name}{entry.path.name}"
            if not entry.path.is_file() or sound_part(entry.path.read_bytes(), key) is None:
                take_away(entry.path)
                damaged.append(entry.path)
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
