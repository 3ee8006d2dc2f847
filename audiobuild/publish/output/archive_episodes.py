"""The episodes of an archive: which are known, what a new one is called, and what tells of them all (layer 3).

As `succession` does for a folder of some hundred episodes, but each question costs the same however many there are. So
an episode is known by one thing alone: the first that its article has of an id, an address, and a name with its date.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

from audiobuild.config.show import Show
from audiobuild.errors import OutputError, SourceError
from audiobuild.model.values import Edition
from audiobuild.publish.episodes.description import file_name, identity_of
from audiobuild.publish.episodes.identity import count_common
from audiobuild.publish.episodes.manifest import SUFFIX, Manifest, newest_first, read_manifest
from audiobuild.publish.feed.feed_folder import write_feed_pages
from audiobuild.publish.feed.rss import render_feed_pages
from audiobuild.publish.output.archive_ledger import ArchiveLedger, KnownEpisode
from audiobuild.publish.output.companion_files import refresh_page
from audiobuild.publish.output.output_folder import MANIFEST_SUFFIXES, is_foreign_page, write
from audiobuild.publish.output.show_files import keep_picture, refuse_foreign_files, site_facts, with_guid
from audiobuild.publish.output.succession import OnConflict, Standing, episode_guid
from audiobuild.publish.site.pages import SiteFacts, render_index, static_files

_ON_INDEX = 300
"""Of how many episodes index.html tells: the newest."""


class ArchiveEpisodes:
    """The episodes of an output folder, by its ledger."""

    def __init__(self, folder: Path, ledger: ArchiveLedger, suffix: str) -> None:
        """Know the folder.

        Args:
            folder: which is held.
            ledger: its own.
            suffix: how the manifests of this build end.
        """
        self.folder = folder
        self.ledger = ledger
        self.suffix = suffix
        self._damaged: set[str] = set()

    def reconcile(self) -> None:
        """Bring the ledger into line with the folder: what is there is entered, what is gone is to be made again."""
        for path in self.folder.glob(f"*{self.suffix}"):
            name = path.name.removesuffix(self.suffix)
            if "." in name or self.ledger.has_name(name):
                continue
            manifest = self.manifest(name)
            if manifest and manifest.name == name:
                self.ledger.finish(manifest, "")
        count = self.ledger.count()
        parts = (self.ledger.names(start, start + _ON_INDEX) for start in range(0, count, _ON_INDEX))
        for name in [name for part in parts for name in part if not self._path(name).is_file()]:
            self.ledger.reopen(name)

    def is_done(self, source: str, mark: str) -> bool:
        """Say whether all that a file holds stands in the folder, as it was with this mark."""
        if not self.ledger.is_read(source, mark):
            return False
        return all(
            file and (self.folder / file).is_file() and self._path(name).is_file()
            for name, file in self.ledger.files_of(source)
        )

    def find_standing(self, edition: Edition, source: str, show: Show, on_conflict: OnConflict) -> Standing:
        """Find what an article takes the place of, and put its name down.

        Args:
            source: the file that it is read from, as the ledger has it.

        Raises:
            OutputError: it would replace another.
        """
        identity = identity_of(edition, show)
        found = self.ledger.find(identity.text)
        before = self.manifest(found.name) if found else None
        is_other = found is not None and found.source not in ("", source)
        if (
            before
            and on_conflict is not OnConflict.REPLACE
            and is_other
            and not count_common(before.articles, identity.articles).count
        ):
            message = f"{before.title!r} would be replaced by {edition.articles[0].title!r}, another text"
            raise OutputError(
                message, edition.articles[0].source, "Give it a date or an id in its front matter. The same? --replace."
            )
        guid = found.guid if found else episode_guid(identity.text)
        name = found.name if found else self._free_name(file_name(edition))
        self.ledger.begin(KnownEpisode(identity.text, source, name, guid))
        return Standing(identity, identity.text, guid, name, (before,) if before else ())

    def manifest(self, name: str) -> Manifest | None:
        """Read a manifest; None where there is none that is sound."""
        path = self._path(name)
        try:
            return read_manifest(path.read_bytes(), str(path))
        except (OSError, SourceError):
            return None

    def announce(self, show: Show) -> tuple[Path, ...]:
        """Write what tells of all the episodes: pages and, where its address is known, the feed; the feed last.

        Returns:
            The manifests that are damaged, of which nothing can tell; their episodes are made anew by the next build.

        Raises:
            AudiobuildError: the folder cannot be written, or its page or feed is another's.
        """
        refuse_foreign_files(self.folder, show)
        count, site = self.ledger.count(), site_facts(show)
        newest = newest_first(self._loaded(max(0, count - _ON_INDEX), count))
        cover = keep_picture(show, self.folder, newest)
        if self.suffix == SUFFIX:
            self._refresh_pages(site, count)
        index = render_index(site_facts(show, cover), newest, older=max(0, count - _ON_INDEX))
        write(self.folder / "index.html", index.encode())
        for name, data in static_files(site).items():
            write(self.folder / name, data)
        if show.feed.base and self.suffix == SUFFIX:
            pages = render_feed_pages(with_guid(show, self.folder), count, self._loaded, cover)
            write_feed_pages(self.folder, pages)
        damaged = sorted(self._damaged)
        for name in damaged:
            self.ledger.reopen(name)
        return tuple(map(self._path, damaged))

    def _refresh_pages(self, site: SiteFacts, count: int) -> None:
        for start in range(0, count, _ON_INDEX):
            for manifest in self._loaded(start, min(count, start + _ON_INDEX)):
                if manifest.cover:
                    refresh_page(site, manifest, self.folder)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{self.suffix}"

    def _loaded(self, start: int, end: int) -> tuple[Manifest, ...]:
        names = self.ledger.names(start, end)
        found = {name: self.manifest(name) for name in names}
        self._damaged |= {name for name, manifest in found.items() if manifest is None}
        return tuple(each for each in found.values() if each)

    def _free_name(self, name: str) -> str:
        names: Iterator[str] = (name if number == 1 else f"{name}-{number}" for number in itertools.count(1))
        return next(each for each in names if not self.ledger.has_name(each) and not self._is_taken(each))

    def _is_taken(self, name: str) -> bool:
        is_there = any(os.path.lexists(self.folder / f"{name}{suffix}") for suffix in MANIFEST_SUFFIXES)
        return is_there or is_foreign_page(self.folder / f"{name}.html")
