"""What of an archive is done: which files were read, and which episodes came of them (layer 3).

It is a small database in the output folder, so that an archive of any size is gone through in bounded memory: an
episode is found by what it is known by, or by its name, and all of them in the order of the feed. What is lost with it
is little: the episodes themselves are in their manifests, and it is filled from them anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from audiobuild.errors import OutputError
from audiobuild.publish.episodes.manifest import Manifest

LEDGER_FILE = ".audiobuild.ledger"
_FORMAT = 1
"""Raised when its tables come to be others: an older ledger is made anew."""
_TABLES = """
CREATE TABLE files (source TEXT PRIMARY KEY, mark TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE episodes (
    identity TEXT PRIMARY KEY, source TEXT NOT NULL, name TEXT NOT NULL UNIQUE, guid TEXT NOT NULL,
    published TEXT NOT NULL, place INTEGER NOT NULL, file TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX of_source ON episodes (source);
CREATE INDEX in_order ON episodes (published, place, identity, name) WHERE file != '';
"""


@dataclass(frozen=True, slots=True)
class KnownEpisode:
    """An episode in the ledger."""

    identity: str
    """What no other episode is known by."""
    source: str
    """The file that it is read from; empty where that is not known."""
    name: str
    guid: str
    file: str = ""
    """Its sound; empty while it is being made."""


class ArchiveLedger:
    """The ledger of an output folder, while it is held."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def is_read(self, source: str, mark: str) -> bool:
        """Say whether all that a file holds is done, as it was with this mark."""
        return bool(
            self._database.execute("SELECT 1 FROM files WHERE source = ? AND mark = ?", (source, mark)).fetchone()
        )

    def note_read(self, source: str, mark: str) -> None:
        """Take note that all that a file holds is done."""
        with self._database:
            self._database.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", (source, mark))

    def files_of(self, source: str) -> tuple[tuple[str, str], ...]:
        """Give names and sounds of the episodes of a file."""
        rows = self._database.execute("SELECT name, file FROM episodes WHERE source = ?", (source,))
        return tuple((str(name), str(file)) for name, file in rows)

    def find(self, identity: str) -> KnownEpisode | None:
        """Find an episode by what it is known by."""
        asked = "SELECT identity, source, name, guid, file FROM episodes WHERE identity = ?"
        row = self._database.execute(asked, (identity,)).fetchone()
        return KnownEpisode(*row) if row else None

    def has_name(self, name: str) -> bool:
        """Say whether an episode is called so."""
        return bool(self._database.execute("SELECT 1 FROM episodes WHERE name = ?", (name,)).fetchone())

    def begin(self, entry: KnownEpisode) -> None:
        """Put an episode down before any of its files is written, unless it is there."""
        with self._database:
            row = (entry.identity, entry.source, entry.name, entry.guid, "", 0, "")
            self._database.execute("INSERT OR IGNORE INTO episodes VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def finish(self, manifest: Manifest, source: str) -> None:
        """Put an episode down as it stands now."""
        day = manifest.published.isoformat() if manifest.published else ""
        named = (manifest.identity, source, manifest.name, manifest.guid)
        with self._database:
            self._database.execute("DELETE FROM episodes WHERE name = ?", (manifest.name,))
            self._database.execute(
                "INSERT OR REPLACE INTO episodes VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*named, day, manifest.place, manifest.file),
            )

    def unfinished(self) -> Iterator[str]:
        """Give the names of episodes that came to no end."""
        for (name,) in self._database.execute("SELECT name FROM episodes WHERE file = ''").fetchall():
            yield str(name)

    def reopen(self, name: str) -> None:
        """Have an episode made again, under its name."""
        with self._database:
            asked = "DELETE FROM files WHERE source IN (SELECT source FROM episodes WHERE name = ?)"
            self._database.execute(asked, (name,))
            self._database.execute("UPDATE episodes SET file = '' WHERE name = ?", (name,))

    def count(self) -> int:
        """Count the episodes that are done."""
        return int(self._database.execute("SELECT count(*) FROM episodes WHERE file != ''").fetchone()[0])

    def names(self, start: int, end: int) -> tuple[str, ...]:
        """Give the names of some of those that are done, by their places in the order of the feed, the oldest first."""
        asked = "SELECT name FROM episodes WHERE file != '' ORDER BY published, place, identity, name LIMIT ? OFFSET ?"
        return tuple(str(name) for (name,) in self._database.execute(asked, (end - start, start)))


@contextmanager
def opened_ledger(folder: Path) -> Iterator[ArchiveLedger]:
    """Open the ledger of an output folder, which is held; one that is damaged or of a former version is made anew.

    Raises:
        OutputError: it cannot be written.
    """
    path = folder / LEDGER_FILE
    try:
        with closing(_open(path)) as database:
            yield ArchiveLedger(database)
    except sqlite3.Error as error:
        hint = "See that the disk has room; take the file away if that is not it: it is made anew."
        raise OutputError(f"the ledger cannot be used ({error})", str(path), hint) from error


def _open(path: Path) -> sqlite3.Connection:
    with suppress(sqlite3.Error):
        database = sqlite3.connect(path)
        if database.execute("PRAGMA user_version").fetchone()[0] == _FORMAT:
            database.execute("SELECT count(*) FROM episodes").fetchone()
            return _tuned(database)
        database.close()
    path.unlink(missing_ok=True)
    database = _tuned(sqlite3.connect(path))
    database.executescript(f"{_TABLES}PRAGMA user_version = {_FORMAT};")
    return database


def _tuned(database: sqlite3.Connection) -> sqlite3.Connection:
    """Let it not wait for the disk: what a power cut takes from it is found in the manifests."""
    database.execute("PRAGMA synchronous = OFF")
    return database
