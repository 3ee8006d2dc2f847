"""Artefacts kept under the hash of all that they depend on: atomic, checksummed, of limited size (layer 3).

An entry is written beside its place and moved there, so it is whole or not there. It is read back only if its checksum
holds: a torn or altered entry counts as missing and is made again. What has not been used for longest goes first when
there is too much of it, but nothing goes that a running build has used: any number of builds may share a store. In an
object store nobody notes what is used, and what is old goes by its age alone.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from audiobuild.errors import OutputError
from audiobuild.store.buckets import open_bucket
from audiobuild.store.shelves import Artefact, BucketShelf, Shelf

_CHECKSUM_BYTES = 32
_JSON = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
"""How what an address is made of is written."""
_DIGITS = 9
_MANY = 10**_DIGITS
_UNLINKABLE = {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK, errno.EACCES}
"""What a file system says that knows no links."""
_UNSETTLED = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EPERM, errno.EACCES, errno.EBADF}
"""What a file system says that writes when it likes, and what Windows says of folders."""


def address(kind: str, /, **parts: Any) -> str:
    """Hash named values (JSON) to the address of what they decide.

    Args:
        kind: a word for what stands there, such as "takes"; it is the first part of the address.
    """
    return f"{kind}/{hashlib.sha256(_JSON.encode(parts).encode()).hexdigest()}"


class Store:
    """Artefacts, each a run of bytes, in a folder or in an object store."""

    def __init__(self, where: Path | str) -> None:
        """Open it; nothing need be there yet.

        Args:
            where: a folder, or the address of an object store, such as s3://bucket/prefix.

        Raises:
            ConfigError: such an address cannot be used.
        """
        self.where = where
        self.shelf: Shelf = BucketShelf(open_bucket(where)) if isinstance(where, str) else FolderShelf(where)

    def __reduce__(self) -> tuple[type[Store], tuple[Path | str]]:
        """Be the same store in another process, with connections of its own."""
        return Store, (self.where,)

    @property
    def root(self) -> Path:
        """The folder.

        Raises:
            OutputError: it is none.
        """
        if isinstance(self.where, str):
            raise OutputError("this is no folder", self.where, "Choose a folder with --store.")
        return self.where

    def get(self, key: str) -> bytes | None:
        """Read an artefact; None where there is none, or none that is undamaged."""
        entry = self.shelf.read(key)
        artefact = sound_part(entry, key) if entry is not None else None
        if artefact is not None:
            self.shelf.note_use(key)
        return artefact

    def has(self, key: str) -> bool:
        """Say whether there is an entry, damaged or not."""
        return self.shelf.size_bytes(key) is not None

    def size_bytes(self, key: str) -> int | None:
        """Size of an artefact, which need not be undamaged; None where there is none."""
        size = self.shelf.size_bytes(key)
        return None if size is None else size - _CHECKSUM_BYTES

    def drop(self, key: str) -> None:
        """Take an entry away, if it is there."""
        self.shelf.drop(key)

    def put(self, key: str, artefact: bytes) -> None:
        """Keep an artefact; one of the same key is replaced.

        Raises:
            OutputError: the folder cannot be written, or the disk is full.
        """
        self.shelf.write(key, _checksum(artefact, key) + artefact)

    def keep(self, key: str, artefact: bytes) -> bytes:
        """Keep an artefact, unless there is one of the same key: who comes first has the last word.

        Returns:
            What is kept: of two workers that made the same at once, both go on with the same.

        Raises:
            OutputError: the folder cannot be written, or the disk is full.
        """
        if self.shelf.create(key, _checksum(artefact, key) + artefact):
            return artefact
        kept = self.get(key)
        if kept is None:  # it was damaged, or has gone just now
            self.put(key, artefact)
            return artefact
        return kept

    def place(self, key: str) -> Path:
        """Where an artefact stands in a folder: KIND/ab/cdef..., so that no folder grows too large."""
        return _place(self.root, key)


class FolderShelf:
    """Entries as files of a folder; machines may share it."""

    is_far = False

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, key: str) -> bytes | None:
        """Read an entry; None where there is none."""
        try:
            return _place(self._root, key).read_bytes()
        except (FileNotFoundError, IsADirectoryError):
            return None
        except OSError as error:
            raise unwritable(error, self._root) from error

    def size_bytes(self, key: str) -> int | None:
        """Size of an entry; None where there is none."""
        try:
            facts = _place(self._root, key).stat()
        except OSError:
            return None
        return facts.st_size if stat.S_ISREG(facts.st_mode) else None

    def write(self, key: str, entry: bytes) -> None:
        """Write an entry, whole; what stands there is replaced."""
        place = _place(self._root, key)
        if place.is_dir():
            remove_entry(place)
        with written_whole(place) as file:
            file.write(entry)

    def create(self, key: str, entry: bytes) -> bool:
        """Write an entry where there is none; say whether there was none."""
        place = _place(self._root, key)
        part = _part(place)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                part.write_bytes(entry)
                os.link(part, place)
            finally:
                part.unlink(missing_ok=True)
        except FileExistsError:
            return False
        except OSError as error:
            if error.errno not in _UNLINKABLE:
                raise unwritable(error, place.parent) from error
            self.write(key, entry)  # the file system has no links: the last one has its way
        return True

    def note_use(self, key: str) -> None:
        """Take note that an entry was used just now; a store that cannot be written can still be read."""
        with suppress(OSError):
            os.utime(_place(self._root, key))

    def drop(self, key: str) -> None:
        """Take an entry away, if it is there."""
        remove_entry(_place(self._root, key))

    def entries(self) -> Iterator[Artefact]:
        """Find every entry; parts of files that were never finished are none."""
        for found in files_of(self._root):
            if found.name.startswith("."):
                continue
            with suppress(FileNotFoundError):  # another build may have taken it away just now
                facts = found.stat()
                path = Path(found)
                kind, first = path.parts[-3:-1]
                yield Artefact(f"{kind}/{first}{found.name}", path, facts.st_size, facts.st_mtime)


def files_of(root: Path) -> Iterator[os.DirEntry[str]]:
    """Find what stands where the entries of a folder do, and their parts: ten thousand are looked at in each build."""
    folders = [str(root)]
    for _ in range(2):
        folders = [each.path for folder in folders for each in _listed(folder) if each.is_dir()]
    for folder in folders:
        yield from _listed(folder)


def _listed(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:  # it was taken away just now, or is another's
        return []


def _place(root: Path, key: str) -> Path:
    kind, _, name = key.partition("/")
    return root.joinpath(kind, name[:2], name[2:])  # at once: it is asked thousands of times a build


def sound_part(entry: bytes, key: str) -> bytes | None:
    """The artefact of an entry, or None where the entry is damaged, or another's.

    What versions wrote whose checksums did not cover the key is not thrown away.
    """
    checksum, artefact = entry[:_CHECKSUM_BYTES], entry[_CHECKSUM_BYTES:]
    is_sound = checksum == _checksum(artefact, key) or checksum == hashlib.sha256(artefact).digest()
    return artefact if is_sound else None


def remove_entry(place: Path) -> None:
    """Remove whatever stands at the place of an entry."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def _checksum(artefact: bytes, key: str) -> bytes:
    hashed = hashlib.sha256(f"{key}\n".encode())
    hashed.update(artefact)
    return hashed.digest()


@contextmanager
def written_whole(path: Path, *, is_lasting: bool = False) -> Iterator[BinaryIO]:
    """Open a file for writing that appears at its path only when the block ends well.

    Args:
        path: where it is to stand.
        is_lasting: whether a power cut may not leave it empty there: an entry of the store may be, for it is told by
            its checksum and made again.

    Raises:
        OutputError: the folder cannot be written, or the disk is full.
    """
    part = _part(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as file:
                yield file
                if is_lasting:
                    file.flush()
                    _settle(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except IsADirectoryError as error:
        raise OutputError("a folder stands where this file belongs", str(path), "Take the folder away.") from error
    except OSError as error:
        raise unwritable(error, path.parent) from error


def flush_to_disk(path: Path) -> None:
    """Have on the disk what was written to a file, or which files a folder has: before others are taken away.

    Raises:
        OutputError: the disk is full, or fails.
    """
    try:
        number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            _settle(number)
        finally:
            os.close(number)
    except OSError as error:
        if error.errno not in _UNSETTLED:
            raise unwritable(error, path) from error


def _settle(number: int) -> None:
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in _UNSETTLED:
            raise


def _part(path: Path) -> Path:
    """Name a file that nobody else writes to, on whatever machine: its name ends in a number."""
    return path.with_name(f".{path.name}.{os.getpid()}{secrets.randbelow(_MANY):0{_DIGITS}d}.part")


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
    if isinstance(error, FileExistsError | NotADirectoryError):
        return OutputError("this is a file, or below one", str(place), hint)
    return OutputError(f"cannot be written ({error.strerror})", str(place), hint)
