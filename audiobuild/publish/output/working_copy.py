"""An output in an object store, as a folder of this machine that tells of it: fetched, written, and sent (layer 3).

Such a folder is written as any other. While it is held it begins as the object store is: what a build reads is there,
and for the rest there are placeholders. At the end what has changed is sent, the feed last, and what is gone is taken
away. A build that is killed leaves the object store whole, and its folder is brought up by the next.

It lies in the user's cache folder, and can be taken away at any time: what is known of the objects in it saves asking.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audiobuild.config.user_folders import cache_folder
from audiobuild.errors import AudiobuildError, OutputError
from audiobuild.locks import held
from audiobuild.model.addresses import is_plain_file
from audiobuild.publish.episodes.episode import digest
from audiobuild.publish.episodes.manifest import SUFFIX, Manifest, render_manifest
from audiobuild.publish.media_types import SHOW_PICTURE, is_sound
from audiobuild.publish.output.archive_ledger import LEDGER_FILE
from audiobuild.publish.output.deliveries import Delivered, call_at_once, deliver, is_manifest
from audiobuild.publish.output.leftovers import GONE_FILE, NAMES_FILE
from audiobuild.publish.output.output_folder import LOCK_FILE, State, state_of, write
from audiobuild.publish.output.placeholders import read_placeholder, write_placeholder
from audiobuild.publish.output.preview import is_preview
from audiobuild.store.artefacts import unwritable, written_whole
from audiobuild.store.buckets import Bucket, StoredObject, open_bucket
from audiobuild.store.leases import Lease, leased

_COPY_FILE = ".audiobuild.copy"
"""What tells a folder from others: of which output it is a copy, and what is known of the objects there."""
_HIDDEN = (LEDGER_FILE, NAMES_FILE, GONE_FILE)
"""Of the hidden files of a folder, those that its object store has as well."""
_READ = (SUFFIX, ".xml", ".html", *_HIDDEN, SHOW_PICTURE)
"""How files end that a build may read, whichever episodes it makes; copies of a transcript are none."""
_COPIES = ".transcript.html"


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is known of an object, and of the file of its name."""

    mark: str
    sha256: str
    """Empty where it was not asked for."""
    is_placeholder: bool
    state: State


@dataclass
class WorkingCopy:
    """The folder of an output in an object store."""

    folder: Path
    address: str
    owner: str
    """Who holds the output while this folder is held: no two folders have the same."""
    _known: dict[str, _Entry]

    @property
    def _bucket(self) -> Bucket:
        return open_bucket(self.address)

    @contextmanager
    def held(self, on_wait: Callable[[], None]) -> Iterator[None]:
        """Keep all others from writing to the output while the block runs; send at its end what has changed.

        What stands in the folder is sent as well where something the user can put right ends the block: it is as a
        folder would be then. Whoever calls this holds the folder.

        Args:
            on_wait: told if somebody else holds the output.

        Raises:
            OutputError: the object store does not answer, or somebody else has written to it.
        """
        with leased(self._bucket, LOCK_FILE, self.owner, on_wait) as lease:
            self.fetch()
            try:
                yield
            except AudiobuildError:
                with suppress(OutputError):
                    self._send(lease)
                raise
            self._send(lease)

    def fetch(self) -> None:
        """Bring the folder up to what is in the object store.

        Raises:
            OutputError: the object store does not answer, or the folder cannot be written.
        """
        listed = {each.key: each for each in self._bucket.names() if _is_mirrored(each.key)}
        for path in _files(self.folder):
            if path.name not in listed and not is_preview(path.name):
                path.unlink(missing_ok=True)
        found = [each for each in listed.values() if not self._is_current(each)]
        fetched = dict(call_at_once(self._fetched, found))
        self._known = {name: entry for name, entry in {**self._known, **fetched}.items() if name in listed}
        self._save()

    def note(self, manifest: Manifest, suffix: str, delivered: Mapping[str, Delivered]) -> None:
        """Take note of an episode that somebody else has sent.

        Args:
            manifest: its own.
            suffix: how the names of such manifests end.
            delivered: what was sent, by name.

        Raises:
            OutputError: the folder cannot be written.
        """
        for name, each in delivered.items():
            path = self.folder / name
            is_manifest = name == f"{manifest.name}{suffix}"
            if is_manifest:
                write(path, render_manifest(manifest))
            else:
                write_placeholder(path, self.address, each.sha256)
            self._known[name] = _Entry(each.mark, each.sha256, not is_manifest, state_of(path))

    def _is_current(self, found: StoredObject) -> bool:
        entry, name = self._known.get(found.key), found.key
        if entry is None or entry.mark != found.mark or (entry.is_placeholder and _is_read(name)):
            return False
        path = self.folder / name
        return entry.state == state_of(path) or (name == LEDGER_FILE and path.is_file())  # which may be ahead

    def _fetched(self, found: StoredObject) -> tuple[str, _Entry]:
        path, mark, sha256 = self.folder / found.key, found.mark, ""
        if _is_read(found.key):
            with written_whole(path) as file:
                there = self._bucket.fetch(found.key, file)
                mark = there.mark if there else ""
            sha256 = digest(path).sha256
        else:
            write_placeholder(path, self.address)
        return found.key, _Entry(mark, sha256, not sha256, state_of(path))

    def _send(self, lease: Lease) -> None:
        """Send what has changed, what tells of it last; then take away what is gone."""
        lease.check()
        bucket = self._bucket
        changed = [path for path in _files(self.folder) if self._is_changed(path)]
        gone = [name for name in self._known if not (self.folder / name).exists()]
        new = [path.name for path in changed if is_manifest(path.name) and path.name not in self._known]
        names = self.folder / NAMES_FILE
        taken_back = sorted(filter(is_manifest, gone))
        if taken_back:
            bucket.put(GONE_FILE, json.dumps(taken_back).encode())
        if new:  # whoever finds them after a kill knows what has no manifest yet
            bucket.put(NAMES_FILE, json.dumps(sorted({*new, *_read_names(names)})).encode())
        self._note_sent(deliver(bucket, changed, self._delivered()))
        lease.check()
        bucket.drop(*sorted(gone, key=lambda name: not is_manifest(name)))
        if new and not names.exists():
            bucket.drop(NAMES_FILE)
        if taken_back and not (self.folder / GONE_FILE).exists():
            bucket.drop(GONE_FILE)
        for name in gone:
            del self._known[name]
        ledger = self.folder / LEDGER_FILE
        if ledger.is_file():
            self._note_sent(deliver(bucket, [ledger], self._delivered()))
        self._save()

    def _is_changed(self, path: Path) -> bool:
        entry = self._known.get(path.name)
        if is_preview(path.name) or (entry and entry.state == state_of(path)):
            return False
        return not read_placeholder(path)

    def _delivered(self) -> dict[str, Delivered]:
        return {name: Delivered(entry.mark, entry.sha256) for name, entry in self._known.items()}

    def _note_sent(self, sent: Mapping[str, Delivered]) -> None:
        """Take note of what was sent; no sound is kept twice."""
        for name, each in sent.items():
            path = self.folder / name
            if is_sound(name):
                write_placeholder(path, self.address, each.sha256)
            self._known[name] = _Entry(each.mark, each.sha256, is_sound(name), state_of(path))

    def _save(self) -> None:
        known = {name: dataclasses.astuple(entry) for name, entry in self._known.items()}
        told = {"address": self.address, "owner": self.owner, "known": known}
        write(self.folder / _COPY_FILE, json.dumps(told).encode())


def working_folder(address: str, on_wait: Callable[[], None]) -> Path:
    """Give the folder of an output in an object store, brought up to what is there now.

    Args:
        address: such as s3://bucket/prefix.
        on_wait: told if another build on this machine holds it.

    Raises:
        ConfigError: this is no address.
        OutputError: the object store does not answer, or the folder cannot be written.
    """
    address = address.rstrip("/")
    open_bucket(address)
    folder = cache_folder("outputs") / hashlib.sha256(address.encode()).hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with held(folder / LOCK_FILE, on_wait):
            found = find_working_copy(folder)
            (found or WorkingCopy(folder, address, uuid.uuid4().hex, {})).fetch()
    except OSError as error:
        raise unwritable(error, folder) from error
    return folder


def find_working_copy(folder: Path) -> WorkingCopy | None:
    """Read what is known of the object store that a folder is a copy of; None for any other folder."""
    try:
        told = json.loads((folder / _COPY_FILE).read_bytes())
        known = {name: _entry(*entry) for name, entry in told["known"].items()}
        return WorkingCopy(folder, str(told["address"]), str(told["owner"]), known)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def shown_place(path: Path) -> str:
    """Name a file of an output as its user knows it: in the copy of an object store, by its address there."""
    copy = None if is_preview(path.name) else find_working_copy(path.parent)
    return f"{copy.address}/{path.name}" if copy else str(path)


def _entry(mark: Any, sha256: Any, is_placeholder: Any, state: Any) -> _Entry:
    return _Entry(str(mark), str(sha256), bool(is_placeholder), tuple(state))


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]


def _is_mirrored(name: str) -> bool:
    return name in _HIDDEN or (is_plain_file(name) and not name.startswith("."))


def _is_read(name: str) -> bool:
    return name.endswith(_READ) and not name.endswith(_COPIES)


def _read_names(path: Path) -> list[str]:
    try:
        names = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return []
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
