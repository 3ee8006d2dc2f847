"""Artefacts kept under the hash of all that they depend on: atomic, checksummed, of limited size (layer 3).

An entry is written beside its place and moved there, so it is whole or not there. It is read back only if its checksum
holds: a torn or altered entry counts as missing and is made again. What has not been used for longest goes first when
there is too much of it, but nothing goes that a running build has used: any number of builds may share a store.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from audiobuild.errors import OutputError

_CHECKSUM_BYTES = 32


def address(kind: str, /, **parts: Any) -> str:
    """Hash named values (JSON) to the address of what they decide.

    Args:
        kind: a word for what stands there, such as "takes"; it is the first part of the address.
    """
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"{kind}/{hashlib.sha256(text.encode()).hexdigest()}"


class Store:
    """A folder of artefacts, each a run of bytes."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def get(self, key: str) -> bytes | None:
        """Read an artefact; None where there is none, or none that is undamaged."""
        path = self.place(key)
        try:
            entry = path.read_bytes()
        except (FileNotFoundError, IsADirectoryError):
            return None
        except OSError as error:
            raise unwritable(error, self.root) from error
        artefact = sound_part(entry, key)
        if artefact is not None:
            with suppress(OSError):  # it was used just now; a store that cannot be written can still be read
                os.utime(path)
        return artefact

    def has(self, key: str) -> bool:
        """Say whether there is an entry, damaged or not."""
        return self.place(key).is_file()

    def size_bytes(self, key: str) -> int | None:
        """Size of an artefact, which need not be undamaged; None where there is none."""
        try:
            return self.place(key).stat().st_size - _CHECKSUM_BYTES
        except OSError:
            return None

    def drop(self, key: str) -> None:
        """Take an entry away, if it is there."""
        take_away(self.place(key))

    def put(self, key: str, artefact: bytes) -> None:
        """Keep an artefact; one of the same key is replaced.

        Raises:
            OutputError: the folder cannot be written, or the disk is full.
        """
        place = self.place(key)
        if place.is_dir():
            take_away(place)
        with written_whole(place) as file:
            file.write(_checksum(artefact, key))
            file.write(artefact)

    def place(self, key: str) -> Path:
        """Where an artefact stands: KIND/ab/cdef..., so that no folder grows too large."""
        kind, _, name = key.partition("/")
        return self.root / kind / name[:2] / name[2:]


def sound_part(entry: bytes, key: str) -> bytes | None:
    """The artefact of an entry, or None where the entry is damaged, or another's.

    What versions wrote whose checksums did not cover the key is not thrown away.
    """
    checksum, artefact = entry[:_CHECKSUM_BYTES], entry[_CHECKSUM_BYTES:]
    is_sound = checksum == _checksum(artefact, key) or checksum == hashlib.sha256(artefact).digest()
    return artefact if is_sound else None


def take_away(place: Path) -> None:
    """Take away what stands at the place of an entry, be it what it may."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def _checksum(artefact: bytes, key: str) -> bytes:
    hashed = hashlib.sha256(f"{key}\n".encode())
    hashed.update(artefact)
    return hashed.digest()


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing that appears at its path only when the block ends well.

    Raises:
        OutputError: the folder cannot be written, or the disk is full.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as file:
                yield file
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise unwritable(error, path.parent) from error


def check_writable(folder: Path) -> None:
    """Make a folder, and see that a file can be written in it, before hours of work are put into one.

    Raises:
        OutputError: it cannot be made or written.
    """
    probe = folder / f".{os.getpid()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink(missing_ok=True)  # another build may have taken it for what a dead one left
    except OSError as error:
        raise unwritable(error, folder) from error


def unwritable(error: OSError, place: Path) -> OutputError:
    """Say in our own words why nothing can be written to a place."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return OutputError("the disk is full", str(place), "Make room and build again: it goes on from what is done.")
    hint = "Choose another folder with --output or --store."
    return OutputError(f"cannot be written ({error.strerror})", str(place), hint)
