"""Files from the web: whole, as expected, and in their place, or not there at all (layer 0).

An address and a checksum go in; a file comes out. What has arrived is kept beside the destination, so that a download
that broke off goes on where it was, in the same run or a later one. Its checksum is the last judge of it.

Source: RFC 9110, sections 13.1.5 (If-Range), 14.2 (Range), 14.4 (Content-Range) and 15.5.17 (416).
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from audiobuild.errors import NetworkError, OutputError
from audiobuild.locks import lock
from audiobuild.network.http import TIMEOUT_S, Incoming, opened, refusal, shown_address, too_large
from audiobuild.network.retries import DELAYS_S, with_retries

Listener = Callable[[int, int], object]
"""Told how many bytes are there, and how many there will be; 0 where nobody knows."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be fetched."""

    url: str
    sha256: str
    size_bytes: int
    """0 where it is not known."""
    limit_bytes: int
    timeout_s: float
    progress: Listener


def fetch_file(
    url: str,
    destination: Path,
    *,
    sha256: str,
    size_bytes: int = 0,
    limit_bytes: int = 1_000_000_000,
    progress: Listener = lambda _done, _whole: None,
    timeout_s: float = TIMEOUT_S,
    delays_s: Sequence[float] = DELAYS_S,
    sleep: Callable[[float], object] = time.sleep,
) -> None:
    """Fetch a file, unless it is there already; where another process is fetching it, wait for that.

    Args:
        sha256: what the file must be, in hexadecimal.
        size_bytes: what it must measure; 0 where that is not known.
        limit_bytes: what it may measure where its size is not known.
        timeout_s: how long the server may keep silent, in seconds.
        delays_s: before the second try, the third, and so on to the last.

    Raises:
        NetworkError: it cannot be fetched, or what comes is not that file.
        OutputError: the folder cannot be written, or the disk is full.
    """
    wanted = _Wanted(url, sha256.lower(), size_bytes, size_bytes or limit_bytes, timeout_s, progress)
    if is_fetched(destination, wanted.sha256):
        return
    with _on_disk(destination.parent):
        destination.parent.mkdir(parents=True, exist_ok=True)
        held = lock(destination.with_name(f".{destination.name}.lock"))
    try:
        if is_fetched(destination, wanted.sha256):
            return
        with _Part(destination.with_name(f".{destination.name}.part")) as part:
            if part.sha256 != wanted.sha256:
                with_retries(lambda: _receive(wanted, part), delays_s, sleep)
        part.move_into_place(destination)
    finally:
        held.release()


def is_fetched(destination: Path, sha256: str) -> bool:
    """Say whether a file is in its place, and is what its checksum says."""
    try:
        with destination.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256.lower()
    except OSError:
        return False


# --- receiving ------------------------------------------------------------------------------------


def _receive(wanted: _Wanted, part: _Part) -> None:
    """Ask for what is missing, once, and add it to what is there."""
    asked_from = part.size_bytes
    headers = {"Range": f"bytes={asked_from}-"} if asked_from else {}
    if asked_from and part.etag:
        headers["If-Range"] = part.etag
    with opened(wanted.url, headers=headers, timeout_s=wanted.timeout_s) as incoming:
        goes_on = bool(asked_from) and incoming.status == 206 and _first_byte(incoming) == asked_from
        if incoming.status == 200:
            part.empty()
        elif not asked_from or incoming.status not in (206, 416):
            raise refusal(incoming, wanted.url)
        if goes_on or incoming.status == 200:
            _take(incoming, wanted, part)
    if part.sha256 == wanted.sha256:
        return
    part.empty()
    if asked_from and incoming.status != 200:  # what was there may be to blame, or where it ended
        _receive(wanted, part)
        return
    message = "what the server sends is not the file that was expected: its checksum is another"
    raise NetworkError(message, shown_address(wanted.url), "Nothing of it was kept. The file there may have changed.")


def _take(incoming: Incoming, wanted: _Wanted, part: _Part) -> None:
    """Add a body to what is there."""
    where = shown_address(wanted.url)
    length = incoming.headers.get("content-length", "")
    coming_bytes = part.size_bytes + int(length) if re.fullmatch(r"[0-9]{1,15}", length) else 0
    if coming_bytes > wanted.limit_bytes:
        raise too_large(wanted.limit_bytes, where)
    whole_bytes = wanted.size_bytes or coming_bytes
    etag = incoming.headers.get("etag", "")
    part.etag = etag if etag.startswith('"') else ""  # a weak one does not promise the same bytes
    wanted.progress(part.size_bytes, whole_bytes)
    for chunk in incoming.chunks:
        if part.size_bytes + len(chunk) > wanted.limit_bytes:
            part.empty()
            raise too_large(wanted.limit_bytes, where)
        part.add(chunk)
        wanted.progress(part.size_bytes, whole_bytes)
    if not coming_bytes and part.size_bytes < wanted.size_bytes:
        raise NetworkError("the server breaks off", where, "Try again later.", may_pass=True)


def _first_byte(incoming: Incoming) -> int:
    """Where a part of a file begins, by what the server says; -1 where it does not."""
    found = re.match(r"bytes ([0-9]{1,15})-", incoming.headers.get("content-range", ""))
    return int(found[1]) if found else -1


# --- keeping --------------------------------------------------------------------------------------


class _Part:
    """What has arrived of a file so far, with its checksum."""

    def __init__(self, path: Path) -> None:
        """Take up what an earlier run left."""
        self._path = path
        with _on_disk(path.parent):
            self._file = path.open("a+b")
            self._file.seek(0)
            self._hash = hashlib.file_digest(self._file, "sha256")
            self.size_bytes = self._file.seek(0, os.SEEK_END)
        self.etag = ""
        """By what mark the server knows the file; empty where it has not said."""

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    def add(self, chunk: bytes) -> None:
        """Write at the end."""
        with _on_disk(self._path.parent):
            self._file.write(chunk)
        self._hash.update(chunk)
        self.size_bytes += len(chunk)

    def empty(self) -> None:
        """Forget all of it."""
        with _on_disk(self._path.parent):
            self._file.seek(0)
            self._file.truncate()
        self._hash, self.size_bytes, self.etag = hashlib.sha256(), 0, ""

    def move_into_place(self, destination: Path) -> None:
        """Move the file to its place, now that it is whole and closed."""
        with _on_disk(destination.parent):
            self._path.replace(destination)
            with suppress(PermissionError):  # of systems on which a folder cannot be opened
                folder = os.open(destination.parent, os.O_RDONLY)
                try:
                    os.fsync(folder)
                finally:
                    os.close(folder)

    def __enter__(self) -> _Part:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Have all of it on the disk; an empty file is taken away."""
        with _on_disk(self._path.parent), self._file:
            self._file.flush()
            os.fsync(self._file.fileno())
        if not self.size_bytes and error is not None:
            self._path.unlink(missing_ok=True)


@contextmanager
def _on_disk(folder: Path) -> Iterator[None]:
    """Tell what the disk refuses."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            hint = "Make room and fetch again: it goes on from what is there."
            raise OutputError("the disk is full", str(folder), hint) from error
        hint = "Make it writable, or choose another folder."
        raise OutputError(f"cannot be written ({error.strerror})", str(folder), hint) from error
