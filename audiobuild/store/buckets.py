"""Object stores: whole objects under keys, in a bucket of S3's or of one that is like it (layer 3).

What may pass is tried again, here and within obstore. A put that was carried out, but whose answer was lost, is told
from one that came too late by whoever made it: what stands there then is the same.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TypeVar

from audiobuild.errors import ConfigError, OutputError
from audiobuild.store.refusals import reason_of

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_T = TypeVar("_T")

_PAUSES_S = (0.2, 1.0, 4.0)
"""Between tries of ours; obstore makes several in each."""
_RETRY: Final[dict[str, Any]] = {
    "max_retries": 6,
    "backoff": {
        "init_backoff": timedelta(milliseconds=100),
        "max_backoff": timedelta(seconds=8),
        "base": 2,
    },
    "retry_timeout": timedelta(seconds=60),
}
_MOST_AT_ONCE_BYTES = 16_000_000
"""A file that is larger is sent in parts, none of which fills the memory."""
_VARIABLES = {
    "s3": "AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID and the bucket",
    "gs": "GOOGLE_SERVICE_ACCOUNT and the bucket",
    "az": "AZURE_STORAGE_ACCOUNT_NAME, AZURE_STORAGE_ACCOUNT_KEY and the container",
}
"""What says where a store is and who asks, by the scheme of its address."""
SCHEMES = tuple(_VARIABLES)
"""Of the addresses of object stores."""
_LIKE = "Write it like s3://bucket/prefix."
_CHUNK_BYTES = 1_000_000
_SHA256 = "sha256"
"""What of an object's own metadata tells its hash."""
_TIMES: Final[dict[str, Any]] = {"timeout": "60s", "connect_timeout": "5s"}


def is_address(place: object) -> bool:
    """Say whether a place is in an object store, and no folder.

    >>> is_address("s3://bucket/takes"), is_address("takes")
    (True, False)
    """
    return isinstance(place, str) and "://" in place


@dataclass(frozen=True, slots=True)
class StoredObject:
    """What is known of an object without reading it."""

    key: str
    size_bytes: int
    written_s: float
    """When it was written, in seconds since 1970, by the server's clock."""
    mark: str
    """Another for every other content: the ETag."""


class Bucket:
    """The objects of a bucket, or those whose keys begin alike."""

    def __init__(self, address: str) -> None:
        """Open it; nothing is asked of the server yet.

        Args:
            address: such as s3://bucket/prefix. Keys and region come from the environment, as AWS's programs have it.

        Raises:
            ConfigError: it is no address, or obstore is not installed.
        """
        self.address = address
        self._store = _open(address)

    def read(self, key: str) -> bytes | None:
        """Read an object; None where there is none."""
        import obstore

        return self._tried(lambda: bytes(obstore.get(self._store, key).bytes()))

    def look(self, key: str) -> StoredObject | None:
        """Find out about an object; None where there is none."""
        import obstore

        try:
            facts = self._tried(lambda: obstore.head(self._store, key))
        except OutputError:
            self.read(key)  # its answer gives the reason, which that of a HEAD has not
            raise
        return _told(facts) if facts else None

    def fetch(self, key: str, file: BinaryIO) -> StoredObject | None:
        """Read an object into a file, which is empty; None where there is none."""
        import obstore

        def fetched() -> StoredObject:
            file.seek(0)
            file.truncate()
            found = obstore.get(self._store, key)
            for chunk in found.stream(min_chunk_size=_CHUNK_BYTES):
                file.write(bytes(chunk))
            return _told(found.meta)

        return self._tried(fetched)

    def sha256(self, key: str) -> str:
        """Hash an object, or believe what `place` noted of it; empty where there is none."""
        import obstore

        def hashed() -> str:
            noted = obstore.get(self._store, key, options={"head": True}).attributes.get(_SHA256)
            if noted:
                return str(noted)
            reckoned = hashlib.sha256()
            for chunk in obstore.get(self._store, key).stream(min_chunk_size=_CHUNK_BYTES):
                reckoned.update(bytes(chunk))
            return reckoned.hexdigest()

        return self._tried(hashed) or ""

    def put(self, key: str, data: bytes) -> None:
        """Write an object, whole; what stood there is replaced."""
        import obstore

        self._tried(lambda: obstore.put(self._store, key, data, use_multipart=False))

    def create(self, key: str, data: bytes) -> bool:
        """Write an object where there is none; say whether there was none."""
        return self.place(key, data, "") is not None

    def place(
        self, key: str, data: bytes | Path, over: str, *, headers: Mapping[str, str] | None = None, sha256: str = ""
    ) -> str | None:
        """Write an object in place of one that is known, or where there is none.

        Args:
            key: its own.
            data: all of it, or its file; a large one is sent in parts, and what stands there is looked at before.
            over: the mark of what it takes the place of; empty for nothing.
            headers: with which it is given out.
            sha256: its hash, to be noted beside it; empty for none.

        Returns:
            Its mark; None where something else stands there.
        """
        from obstore.exceptions import AlreadyExistsError, NotFoundError, NotSupportedError, PreconditionError

        noted = {**(headers or {}), **({_SHA256: sha256} if sha256 else {})}
        is_large = isinstance(data, Path) and data.stat().st_size > _MOST_AT_ONCE_BYTES
        try:
            if not is_large:
                how = {"mode": self._known(key, over) if over else "create", "use_multipart": False}
                return self._tried(lambda: self._put(key, data, noted, **how), is_missing_told=bool(over))
        except (AlreadyExistsError, FileExistsError, FileNotFoundError, NotFoundError, PreconditionError):
            return None
        except (NotImplementedError, NotSupportedError):  # the server has no conditional put: the last one has its way
            pass
        found = self.look(key)
        if (found.mark if found else "") != over:
            return None
        return self._tried(lambda: self._put(key, data, noted, use_multipart=is_large, max_concurrency=3))

    def _known(self, key: str, mark: str) -> dict[str, str]:
        """Say what is to be replaced, as the server wants to be told: Google's knows it by a number of its own."""
        import obstore

        if not self.address.startswith("gs://"):
            return {"e_tag": mark}
        facts = self._tried(lambda: obstore.head(self._store, key), is_missing_told=True)
        is_same = facts is not None and facts["e_tag"] == mark
        return {"e_tag": mark, "version": str(facts["version"]) if facts and is_same else "1"}

    def _put(self, key: str, data: bytes | Path, attributes: dict[str, str], **how: Any) -> str:
        """Write an object once; return its mark."""
        import obstore

        return obstore.put(self._store, key, data, attributes=attributes, **how)["e_tag"] or ""

    def drop(self, *keys: str) -> None:
        """Take objects away, those that are there."""
        import obstore

        for start in range(0, len(keys), 1000):
            self._tried(partial(obstore.delete, self._store, list(keys[start : start + 1000])))

    def objects(self, prefix: str = "") -> Iterator[StoredObject]:
        """Find all objects, some thousand at a time."""
        import obstore
        from obstore.exceptions import BaseError

        pages: list[Iterator[Any]] = []
        last = ""

        def following() -> Any:
            if not pages:
                pages.append(iter(obstore.list(self._store, prefix or None, offset=last or None, chunk_size=1000)))
            try:
                return next(pages[0], None)
            except BaseError:  # one that has failed says next that there is no more: go on behind the last
                pages.clear()
                raise

        while chunk := self._tried(following):
            last = chunk[-1]["path"]
            yield from map(_told, chunk)

    def names(self) -> Iterator[StoredObject]:
        """Find the objects whose keys have no slash in them."""
        import obstore

        found = self._tried(lambda: obstore.list_with_delimiter(self._store))
        yield from map(_told, found["objects"] if found else ())

    def _tried(self, call: Callable[[], _T], *, is_missing_told: bool = False) -> _T | None:
        """Make a call, and again where it may go better.

        Raises:
            OutputError: it cannot be made.
        """
        from obstore.exceptions import (
            AlreadyExistsError,
            BaseError,
            GenericError,
            NotFoundError,
            NotSupportedError,
            PreconditionError,
        )

        for pause_s in (*_PAUSES_S, None):
            try:
                return call()
            except (FileNotFoundError, NotFoundError) as error:
                if is_missing_told:
                    raise
                if reason_of(str(error)):
                    raise self._error(error) from error
                return None
            except (AlreadyExistsError, FileExistsError, NotSupportedError, PreconditionError):
                raise
            except GenericError as error:
                if pause_s is None or reason_of(str(error)):
                    raise self._error(error) from error
                time.sleep(pause_s)
            except BaseError as error:
                raise self._error(error) from error
        return None

    def _error(self, error: Exception) -> OutputError:
        hint = f"See {_VARIABLES[self.address.partition('://')[0]]}."
        reason, hint = reason_of(str(error)) or ("the object store does not answer as it should", hint)
        return OutputError(reason, self.address, hint)


@cache
def open_bucket(address: str) -> Bucket:
    """Open a bucket, once in a process: connections to it are kept."""
    return Bucket(address)


def _open(address: str) -> ObjectStore:
    try:
        from obstore.exceptions import BaseError
        from obstore.store import from_url
    except ImportError as error:
        hint = "Install it: pip install 'audiobuild[s3]'."
        raise ConfigError("obstore is not installed, which an object store needs", address, hint) from error
    if address.partition("://")[0] not in SCHEMES:
        raise ConfigError("this is no address of an object store", address, _LIKE)
    google = environ.get("STORAGE_EMULATOR_HOST", "") if address.startswith("gs://") else ""
    is_plain = (google or environ.get("AWS_ENDPOINT_URL", "")).startswith("http://")
    options: dict[str, Any] = {"client_options": {**_TIMES, "allow_http": is_plain}, "retry_config": _RETRY}
    if google:  # Google's own variable for a server that stands in for its own
        account = {"gcs_base_url": google, "disable_oauth": True, "client_email": "", "private_key": ""}
        options["config"] = {"service_account_key": json.dumps({**account, "private_key_id": ""})}
    try:
        return from_url(address, **options)
    except (BaseError, ValueError) as error:
        scheme = address.partition("://")[0]
        hint = f"Write it like {scheme}://bucket/prefix. See {_VARIABLES[scheme]}."
        raise ConfigError("this object store cannot be opened", address, hint) from error


def _told(facts: Any) -> StoredObject:
    return StoredObject(facts["path"], facts["size"], facts["last_modified"].timestamp(), facts["e_tag"] or "")
