"""Files that stand for objects of an object store, so that a folder tells of what is not fetched (layer 3).

Such a file has the name of the object, and in it the object's address and, where it is known, its hash.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from audiobuild.errors import OutputError
from audiobuild.publish.episodes.episode import digest
from audiobuild.store.artefacts import written_whole
from audiobuild.store.buckets import is_address, open_bucket

_OPENING = b"audiobuild: this stands for an object\n"
_MOST_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What a file says of the object that it stands for."""

    address: str
    """Of the folder, as it were: s3://bucket/prefix."""
    name: str
    sha256: str = ""
    """Empty where it is not known."""


def write_placeholder(path: Path, address: str, sha256: str = "") -> None:
    """Have a file stand for the object of its name.

    Raises:
        OutputError: the folder cannot be written.
    """
    with written_whole(path) as file:
        file.write(_OPENING + f"{address}\n{sha256}\n".encode())


def read_placeholder(path: Path) -> Placeholder | None:
    """Read what a file stands for; None for one that is itself.

    Raises:
        OSError: there is no such file.
    """
    with path.open("rb") as file:
        if file.read(len(_OPENING)) != _OPENING:
            return None
        address, sha256, *_ = file.read(_MOST_BYTES).decode(errors="replace").split("\n")
    return Placeholder(address, path.name, sha256)


def sha256_at(path: Path) -> str:
    """Hash a file, or what it stands for; empty where that is gone.

    Raises:
        OSError: there is no such file.
        OutputError: the object store does not answer.
    """
    found = read_placeholder(path)
    if found is None:
        return digest(path).sha256
    return found.sha256 or open_bucket(found.address).sha256(found.name)


def fill_in(path: Path) -> None:
    """Put what a file stands for in its place, if it stands for anything.

    Raises:
        OSError: there is no such file.
        OutputError: the object is gone, or cannot be fetched.
    """
    found = read_placeholder(path)
    if found is None:
        return
    with written_whole(path) as file:
        if open_bucket(found.address).fetch(found.name, file) is None:
            hint = "See what there is; an episode is built again under its name."
            raise OutputError("there is no such object", f"{found.address}/{found.name}", hint)


@contextmanager
def fetched_here(place: str) -> Iterator[Path]:
    """Give the path of a file; what is in an object store is fetched, and taken away again.

    Args:
        place: a path, or an address such as s3://bucket/prefix/weekly.mp3.

    Raises:
        OutputError: there is no such object, or it cannot be fetched.
    """
    if not is_address(place):
        yield Path(place)
        return
    address, _, name = place.rpartition("/")
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        write_placeholder(path, address)
        fill_in(path)
        yield path
