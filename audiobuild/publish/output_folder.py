"""The output folder as a build finds it: its manifests are read once, however many episodes it makes (layer 3)."""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from audiobuild.errors import SourceError
from audiobuild.model.file_formats import FORMATS
from audiobuild.publish.feed.feed_folder import read_manifests
from audiobuild.publish.manifest import SUFFIX, Manifest, read_manifest, render_manifest
from audiobuild.store.artefacts import written_whole

_STYLE_LINK = b'href="player.css?v='
"""In the head of each page of ours."""
_State: TypeAlias = tuple[int, int, int]
"""What of a file changes when it is written anew: its number, size in bytes, and time in nanoseconds."""


@dataclass(frozen=True, slots=True)
class _Entry:
    path: Path
    state: _State
    manifest: Manifest


class OutputFolder:
    """A folder of episodes, and what is known of them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._entries: dict[str, dict[str, _Entry]] = {}
        """By the ending of the manifest, and by the identity of the episode."""

    def find(self, identity: str, name: str, suffix: str) -> tuple[Path, Manifest | None]:
        """Find where the manifest stands: the episode's own, whatever it was called, or else a name that is free.

        Args:
            name: what the episode is called if it is new, and if nothing of that name is there.
            suffix: the ending of manifests of its format.
        """
        entry = self._read(suffix).get(identity)
        if entry:
            return entry.path, entry.manifest
        names = (name if number == 1 else f"{name}-{number}" for number in itertools.count(1))
        return next(path for each in names if not os.path.lexists(path := self.path / f"{each}{suffix}")), None

    def put(self, path: Path, manifest: Manifest, suffix: str) -> None:
        """Write a manifest to its place.

        Raises:
            OutputError: the folder cannot be written.
        """
        write(path, render_manifest(manifest))
        self._read(suffix)[manifest.identity] = _Entry(path, _state(path), manifest)

    def known(self) -> tuple[Manifest, ...]:
        """Give the manifests of all episodes, of any format; files that are no manifest are passed over."""
        suffixes = {SUFFIX, *(each.suffix + SUFFIX for each in FORMATS.values())}
        return tuple(entry.manifest for suffix in sorted(suffixes) for entry in self._read(suffix).values())

    def manifests(self) -> tuple[Manifest, ...]:
        """Give the manifests of all episodes that the feed tells of, in the order of their names.

        One that another program has written since it was read is read again.

        Raises:
            SourceError: there is no such folder, or a manifest is broken, which is named; or two are of one episode.
        """
        known = self._read(SUFFIX).values()
        return read_manifests(
            self.path, {each.path: each.manifest for each in known if _state(each.path) == each.state}
        )

    def _read(self, suffix: str) -> dict[str, _Entry]:
        if suffix in self._entries:
            return self._entries[suffix]
        found: dict[str, _Entry] = {}
        for path in sorted(self.path.glob(f"*{suffix}")):
            if path.name.count(".") != suffix.count("."):
                continue
            try:
                state = _state(path)
                manifest = read_manifest(path.read_bytes(), str(path))
            except (SourceError, OSError):
                continue  # somebody else's file, which is left alone
            found.setdefault(manifest.identity, _Entry(path, state, manifest))
        return self._entries.setdefault(suffix, found)


def write(path: Path, data: bytes) -> None:
    """Write a file that is whole or not there.

    Raises:
        OutputError: the folder cannot be written.
    """
    with written_whole(path) as file:
        file.write(data)


def is_foreign_page(path: Path) -> bool:
    """Whether a page stands there that has not our style; one that is empty is nobody's."""
    try:
        page = path.read_bytes()
    except OSError:
        return False
    return bool(page) and _STYLE_LINK not in page


def _state(path: Path) -> _State:
    try:
        facts = path.stat()
    except OSError:
        return (0, 0, 0)
    return (facts.st_ino, facts.st_size, facts.st_mtime_ns)
