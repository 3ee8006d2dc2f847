"""One article to its episode, all in one process: what an archive is built of, here or on a cluster (layer 4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from audiobuild.build.options import encoding_of, find_stings
from audiobuild.config.show import Show
from audiobuild.errors import ConfigError, SourceError
from audiobuild.model.values import Edition, Segment, Take
from audiobuild.normalisation import Entry
from audiobuild.publish.episodes.manifest import Manifest
from audiobuild.publish.output.companion_files import files_of
from audiobuild.publish.output.deliveries import Delivered, deliver_folder
from audiobuild.publish.output.draft import Publisher
from audiobuild.publish.output.output_folder import OutputFolder
from audiobuild.publish.output.placeholders import write_placeholder
from audiobuild.publish.output.publishing import publish
from audiobuild.publish.output.succession import Standing
from audiobuild.script.doubts import find_unsaid
from audiobuild.script.sections import plan_script, show_context
from audiobuild.store.artefacts import Store
from audiobuild.takes.plan import Plan, keep_record, plan_jobs
from audiobuild.takes.render import render
from audiobuild.takes.stored_takes import SoundGone
from audiobuild.timeline.layout import lay_out

_MOST_GONE = 3
"""How often sounds may vanish from the store while an episode is written."""


@dataclass(frozen=True, slots=True)
class ArchiveSetup:
    """What all episodes of an archive have in common."""

    show: Show
    home: Path
    """The folder that the show's own files are relative to."""
    store: Path | str
    output: Path | str
    """A folder that all workers share, or the address of an object store."""
    lexicon: tuple[Entry, ...]
    strict: bool
    """Whether anything left unsaid is an error, and a level that was missed."""

    def publisher(self, output: Path) -> Publisher:
        """Say how an episode is published into a folder."""
        folder, store = OutputFolder(output, is_written_only=True), Store(self.store)
        return Publisher.of(self.show, self.home, store, folder, strict=self.strict, is_alone=True)


@dataclass(frozen=True, slots=True)
class ArticleEpisode:
    """An episode that was made, as far as whoever asked for it wants to know."""

    manifest: Manifest
    frames: int
    size_chars: int
    """Of the text that was spoken or levelled anew."""
    delivered: Mapping[str, Delivered]
    """What was sent to an object store, by name; nothing where the output is a folder."""


def make_article_episode(edition: Edition, standing: Standing, place: ArchiveSetup) -> ArticleEpisode:
    """Make the episode of an article, from its text to the last file.

    Raises:
        AudiobuildError: whatever is wrong with the article, the engine or the folders.
    """
    with _folder_of(place, standing) as folder:
        made = _make(edition, standing, place, folder)
        return replace(made, delivered=deliver_folder(folder, place.output)) if isinstance(place.output, str) else made


@contextmanager
def _folder_of(place: ArchiveSetup, standing: Standing) -> Iterator[Path]:
    """Give the folder to write to: the output, or one for this episode alone that tells of what stands there."""
    if isinstance(place.output, Path):
        if not place.output.is_dir():
            hint = "Give a folder that all machines share."
            raise ConfigError("this worker does not see the output folder", str(place.output), hint)
        yield place.output
        return
    with TemporaryDirectory() as name:
        for before in standing.before:
            for file in files_of(before):
                write_placeholder(Path(name) / file, place.output)
        yield Path(name)


def _make(edition: Edition, standing: Standing, place: ArchiveSetup, folder: Path) -> ArticleEpisode:
    show, publisher = place.show, place.publisher(folder)
    script = plan_script(edition, show, find_stings(show, place.home), place.lexicon)
    unsaid = find_unsaid(script, show_context(show)) if place.strict else ()
    if unsaid:
        raise SourceError(f"left unsaid: {unsaid[0]}", edition.articles[0].source)
    plan, record = plan_jobs((script,), encoding_of(show), show.language, publisher.store, standing.text)
    takes = {**plan.takes, **{need.job.key: render(need.job) for need in plan.needs}}
    items = [item for section in script.sections for item in section.items]
    for left in reversed(range(_MOST_GONE + 1)):
        timeline = lay_out(script, {item: takes[plan.jobs[item].key] for item in items})
        try:
            episode = publish(edition, timeline, publisher, standing)
            break
        except SoundGone as gone:
            if not left:
                raise
            takes |= _made_again(gone, plan)
    keep_record(publisher.store, standing.text, record)
    spoken = (need.job.item for need in plan.needs if isinstance(need.job.item, Segment))
    return ArticleEpisode(episode.manifest, timeline.frames, sum(len(segment.spoken.text) for segment in spoken), {})


def _made_again(gone: SoundGone, plan: Plan) -> dict[str, Take]:
    job = next((job for job in plan.jobs.values() if job.key == gone.where), None)
    if job is None:
        raise gone
    return {job.key: render(job)}
