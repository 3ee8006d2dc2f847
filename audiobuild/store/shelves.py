"""Where the entries of a store stand: what it asks of such a place, and that place in an object store (layer 3).

An entry is whole or not there, and one that was created is not replaced by another of the same key. `artefacts` has the
place that is a folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from audiobuild.store.buckets import Bucket


@dataclass(frozen=True, slots=True)
class Artefact:
    """One entry of a store."""

    key: str
    place: Path | str
    """Where it stands, for whoever wants to look."""
    size_bytes: int
    used_s: float
    """When it was used last, in seconds since 1970; when it was written, where nobody notes its use."""

    @property
    def kind(self) -> str:
        """What kind of artefact it is."""
        return self.key.partition("/")[0]


class Shelf(Protocol):
    """A place for entries, by their keys."""

    is_far: bool
    """Whether each question takes a while, so that several are better asked at once."""

    def read(self, key: str) -> bytes | None:
        """Read an entry; None where there is none."""
        ...

    def size_bytes(self, key: str) -> int | None:
        """Size of an entry; None where there is none."""
        ...

    def write(self, key: str, entry: bytes) -> None:
        """Write an entry, whole; what stands there is replaced."""
        ...

    def create(self, key: str, entry: bytes) -> bool:
        """Write an entry where there is none; say whether there was none."""
        ...

    def note_use(self, key: str) -> None:
        """Take note that an entry was used just now, if that can be noted."""
        ...

    def drop(self, key: str) -> None:
        """Take an entry away, if it is there."""
        ...

    def entries(self) -> Iterator[Artefact]:
        """Find every entry."""
        ...


class BucketShelf:
    """Entries as objects of a bucket."""

    is_far = True

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    def read(self, key: str) -> bytes | None:
        """Read an entry; None where there is none."""
        return self._bucket.read(key)

    def size_bytes(self, key: str) -> int | None:
        """Size of an entry; None where there is none."""
        found = self._bucket.look(key)
        return found.size_bytes if found else None

    def write(self, key: str, entry: bytes) -> None:
        """Write an entry, whole; what stands there is replaced."""
        self._bucket.put(key, entry)

    def create(self, key: str, entry: bytes) -> bool:
        """Write an entry where there is none; say whether there was none."""
        return self._bucket.create(key, entry)

    def note_use(self, key: str) -> None:
        """Note nothing: that would be another write."""

    def drop(self, key: str) -> None:
        """Take an entry away, if it is there."""
        self._bucket.drop(key)

    def entries(self) -> Iterator[Artefact]:
        """Find every entry."""
        for each in self._bucket.objects():
            if each.key.count("/") == 1:
                yield Artefact(each.key, f"{self._bucket.address}/{each.key}", each.size_bytes, each.written_s)
