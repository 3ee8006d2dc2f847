"""The last stage of a build: episodes go into the output folder, and the listeners are told of them (layer 4).

Only one build at a time writes to a folder, so what stands in it is looked at again once it is held: what this build
was planned against may have become another folder since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from audiobuild.config.show import Show
from audiobuild.errors import SourceError
from audiobuild.model.values import Edition, Timeline
from audiobuild.progress import Progress
from audiobuild.publish.episodes.episode import Episode
from audiobuild.publish.episodes.manifest import Manifest
from audiobuild.publish.feed.feed_folder import read_former_feed
from audiobuild.publish.output.draft import Publisher
from audiobuild.publish.output.folder_warnings import find_folder_warnings
from audiobuild.publish.output.leftovers import begun_withdrawals, noted_names, remove_superseded
from audiobuild.publish.output.output_folder import OutputFolder
from audiobuild.publish.output.output_lock import lock_folder
from audiobuild.publish.output.preview import clear_preview, write_preview
from audiobuild.publish.output.publishing import publish
from audiobuild.publish.output.repair import find_damaged, repair
from audiobuild.publish.output.show_files import publish_show
from audiobuild.publish.output.succession import OnConflict, Standing, Succession
from audiobuild.publish.output.withdrawal import find_episode, withdraw
from audiobuild.store.artefacts import Store, flush_to_disk
from audiobuild.takes.stored_takes import SoundGone


@dataclass(frozen=True, slots=True)
class Release:
    """What is to be published, and where."""

    publisher: Publisher
    editions: Sequence[Edition]
    lay_out: Callable[[int], Timeline]
    """Lays the takes of the edition of that place end to end."""
    make_again: Callable[[SoundGone], None]
    """Makes a take again that was damaged since it was made, but once."""
    on_conflict: OnConflict
    progress: Progress
    today: dt.date | None
    """For warnings alone; None where nothing is to be said of the future."""
    known: bytes = b""
    """Sounds that need not be hashed, as `OutputFolder.sounds` told of them."""
    are_elsewhere: bool = False
    """Whether the sounds of other episodes are published, but not in this folder."""

    def publish(self) -> tuple[tuple[Episode, ...], tuple[str, ...]]:
        """Put the episodes into the folder, then what tells of them; what they have taken the place of goes at last.

        Returns:
            The episodes, and what their editor should know of the folder, a line each.

        Raises:
            AudiobuildError: the folder cannot be written, or an episode would take the place of another.
        """
        with self._held(self.on_conflict) as (publisher, standings):
            names = [f"{each.name}{publisher.manifest_suffix}" for each in standings if not each.before]
            with noted_names(publisher.folder.path, names):
                episodes = tuple(self._publish(place, publisher, standing) for place, standing in enumerate(standings))
            return episodes, self._announce(publisher, episodes, [each.name for each in standings if not each.before])

    def preview(self) -> tuple[Episode, ...]:
        """Write the episodes for their editor's ears alone; no feed and no page tells of them.

        Raises:
            AudiobuildError: the folder cannot be written.
        """
        with self._held(OnConflict.REPLACE) as (publisher, standings):
            return tuple(
                write_preview(edition, self.lay_out(place), publisher, standing)
                for place, (edition, standing) in enumerate(zip(self.editions, standings, strict=True))
            )

    @contextmanager
    def _held(self, on_conflict: OnConflict) -> Iterator[tuple[Publisher, list[Standing]]]:
        path = self.publisher.folder.path
        with lock_folder(path, self.progress):
            folder = OutputFolder(path)
            folder.recognise(self.known)
            succession = Succession(folder, self.publisher.show, on_conflict)
            yield replace(self.publisher, folder=folder), succession.find_standings(self.editions)

    def _publish(self, place: int, publisher: Publisher, standing: Standing) -> Episode:
        while True:
            try:
                return publish(self.editions[place], self.lay_out(place), publisher, standing)
            except SoundGone as gone:
                self.make_again(gone)

    def _announce(self, publisher: Publisher, episodes: Sequence[Episode], new: Sequence[str]) -> tuple[str, ...]:
        folder, show = publisher.folder, publisher.show
        former = read_former_feed(folder.path)
        publish_show(show, folder)
        flush_to_disk(folder.path)
        for each in episodes:
            clear_preview(folder.path, each.manifest)
        remove_superseded(folder.path, folder.known(), show.feed.keep_revisions)
        place = None if self.are_elsewhere else folder.path
        return find_folder_warnings(show, folder.manifests(), place, former, self.today, new=new)


def refresh_folder(
    path: Path, show: Show, store: Store, progress: Progress, today: dt.date | None
) -> tuple[tuple[Manifest, ...], tuple[str, ...]]:
    """Write the feed and pages of a folder again from the manifests of its episodes.

    Returns:
        The manifests, and what the editor should know of the folder, a line each.

    Raises:
        AudiobuildError: there is no episode in it, or it cannot be written, or a file in it is another's.
    """
    if not OutputFolder(path).manifests() and not find_damaged(path):
        raise SourceError("there is no episode in it", str(path), "Give the folder of the MP3s, such as output.")
    with lock_folder(path, progress):
        repair(path, store)
        folder, former = OutputFolder(path), read_former_feed(path)
        publish_show(show, folder)
        manifests = folder.manifests()
        return manifests, find_folder_warnings(show, manifests, path, former, today)


def withdraw_episode(file: Path, show: Show | None, progress: Progress) -> tuple[str, ...]:
    """Remove an episode's files, and its entries in feed and index.

    Args:
        file: any file of it.
        show: what the show is; None for what the feed says of it.
        progress: told if another build has to be waited for.

    Returns:
        The names of the files that went.

    Raises:
        AudiobuildError: there is no such episode, or the folder cannot be written.
    """
    begun = begun_withdrawals(file.parent)
    if not begun:
        find_episode(OutputFolder(file.parent), file.name)
    with lock_folder(file.parent, progress):
        finished = tuple(each for each in begun if each.partition(".")[0] == file.name.partition(".")[0])
        if finished:
            return finished
        folder = OutputFolder(file.parent)
        return withdraw(folder, find_episode(folder, file.name), show)
