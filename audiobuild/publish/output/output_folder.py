"""The output folder as a build finds it: its manifests are read once, however many episodes it makes (layer 3)."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from audiobuild.errors import SourceError
from audiobuild.model.file_formats import FORMATS
from audiobuild.publish.episodes.manifest import SUFFIX, Manifest, read_manifest, render_manifest
from audiobuild.publish.feed.feed_folder import read_if_there, read_manifests
from audiobuild.publish.output.placeholders import sha256_at
from audiobuild.store.artefacts import written_whole

LOCK_FILE = ".audiobuild.lock"
"""It is there while somebody writes to the folder."""
MANIFEST_SUFFIXES = tuple(sorted({SUFFIX, *(each.suffix + SUFFIX for each in FORMATS.values())}))
"""How manifests end: of what is joined from MP3 frames, which the feed tells of, and of each other format."""
_STYLE_LINK = b'href="player.css?v='
"""In the head of each page of ours."""
State: TypeAlias = tuple[int, int, int]
"""What of a file changes when it is written anew: its number, size in bytes, and time in nanoseconds."""


@dataclass(frozen=True, slots=True)
class _Entry:
    path: Path
    state: State
    manifest: Manifest


class OutputFolder:
    """A folder of episodes, and what is known of them."""

    def __init__(self, path: Path, *, is_written_only: bool = False) -> None:
        """Know the folder.

        Args:
            path: the folder.
            is_written_only: whether nobody asks what stands in it, such as thousands of episodes of which one is made.
        """
        self.path = path
        self._is_written_only = is_written_only
        self._entries: dict[str, dict[str, _Entry]] = {}
        """By the ending of the manifest, and by the guid of the episode."""
        self._known_sounds: dict[str, State] = {}
        """Files that need not be hashed to be known, as they were when they were written."""

    def free_name(self, name: str, taken: Collection[str]) -> str:
        """Give a name that no episode of any format has, and under which no other file would be written over.

        Args:
            name: what the episode would be called.
            taken: names that are not free either.
        """
        names = (name if number == 1 else f"{name}-{number}" for number in itertools.count(1))
        return next(each for each in names if each not in taken and not self._is_taken(each))

    def _is_taken(self, name: str) -> bool:
        is_there = any(os.path.lexists(self.path / f"{name}{suffix}") for suffix in MANIFEST_SUFFIXES)
        return is_there or is_foreign_page(self.path / f"{name}.html")

    def name_of(self, manifest: Manifest) -> str:
        """Say what an episode is called: as the file of its manifest is, whatever stands in it."""
        paths = (found.path for suffix in MANIFEST_SUFFIXES if (found := self._read(suffix).get(manifest.guid)))
        return next((path.name.partition(".")[0] for path in paths), manifest.name)

    def put(self, path: Path, manifest: Manifest, suffix: str) -> None:
        """Write a manifest to its place.

        Raises:
            OutputError: the folder cannot be written.
        """
        write(path, render_manifest(manifest), is_lasting=True)
        if not self._is_written_only:
            self._read(suffix)[manifest.guid] = _Entry(path, state_of(path), manifest)

    def known(self) -> tuple[Manifest, ...]:
        """Give the manifests of all episodes, of any format; files that are no manifest are passed over.

        Raises:
            SourceError: a file cannot be read, which may be one.
        """
        return tuple(entry.manifest for suffix in MANIFEST_SUFFIXES for entry in self._read(suffix).values())

    def sounds(self, names: Iterable[str]) -> bytes:
        """Describe files as they stand here now, for `recognise`."""
        return json.dumps({name: state_of(self.path / name) for name in names}).encode()

    def recognise(self, sounds: bytes) -> None:
        """Trust files whose number, size and time are as `sounds` described them: they need not be hashed.

        Args:
            sounds: what `sounds` told of them.
        """
        self._known_sounds = {name: tuple(state) for name, state in json.loads(sounds or b"{}").items()}

    def is_as_written(self, name: str, sha256: str) -> bool:
        """Whether a file is there with every byte as it was: by its hash, unless it is one that is recognised."""
        path = self.path / name
        if not path.is_file():
            return False
        return self._known_sounds.get(name) == state_of(path) or sha256_at(path) == sha256

    def manifests(self) -> tuple[Manifest, ...]:
        """Give the manifests of all episodes that the feed tells of, in the order of their names.

        One that another program has written since it was read is read again.

        Raises:
            SourceError: there is no such folder, or a manifest is broken, which is named; or two are of one episode.
        """
        known = self._read(SUFFIX).values()
        return read_manifests(
            self.path, {each.path: each.manifest for each in known if state_of(each.path) == each.state}
        )

    def _read(self, suffix: str) -> dict[str, _Entry]:
        if suffix in self._entries:
            return self._entries[suffix]
        found: dict[str, _Entry] = {}
        for path in sorted(self.path.glob(f"*{suffix}")):
            if path.name.count(".") != suffix.count("."):
                continue
            state, data = state_of(path), read_if_there(path)
            if data is None:
                continue
            try:
                manifest = read_manifest(data, str(path))
            except SourceError:
                continue  # somebody else's file, which is left alone
            found.setdefault(manifest.guid, _Entry(path, state, manifest))
        return self._entries.setdefault(suffix, found)


def write(path: Path, data: bytes, *, is_lasting: bool = False) -> None:
    """Write a file that is whole or not there.

    Args:
        path: where it is to stand.
        data: what it holds.
        is_lasting: whether a power cut may not leave it empty.

    Raises:
        OutputError: the folder cannot be written.
    """
    with written_whole(path, is_lasting=is_lasting) as file:
        file.write(data)


def is_foreign_page(path: Path) -> bool:
    """Whether a page stands there that has not our style; one that is empty, or of zeros, is nobody's."""
    page = (read_if_there(path) or b"").strip(b"\0")
    return page != b"" and _STYLE_LINK not in page


def state_of(path: Path) -> State:
    """Say what would be another if a file were written anew; zeros where there is none."""
    try:
        facts = path.stat()
    except OSError:
        return (0, 0, 0)
    return (facts.st_ino, facts.st_size, facts.st_mtime_ns)
