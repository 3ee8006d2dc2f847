"""The output folder: an episode, its manifest and all that goes with it, each under a name of its own (layer 3).

An episode that is built again keeps its name, and its manifest keeps its place. When its sound has changed, its files
get new names, with the number of the revision: so an address that was published never gives other bytes. The old ones
stay until `leftovers` takes them away.

What an episode is made of, and how what goes with it has to read, stands in its manifest. So a build that finds
everything as it was does nothing, and what was damaged or lost is made again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from audiobuild.errors import SoundError
from audiobuild.model.levels import Measured
from audiobuild.model.values import Edition, Timeline
from audiobuild.publish.companions import COVER
from audiobuild.publish.episodes.episode import Episode, Written
from audiobuild.publish.episodes.episode_tag import EpisodeTag
from audiobuild.publish.episodes.manifest import Manifest, measured_of, stem
from audiobuild.publish.feed.feed_folder import revisions_named
from audiobuild.publish.output.companion_files import (
    Texts,
    has_companions,
    render_reading,
    renew_page,
    write_companions,
)
from audiobuild.publish.output.draft import Draft, Publisher, draft_episode
from audiobuild.publish.output.repair import keep_copy
from audiobuild.publish.output.show_files import site_facts
from audiobuild.publish.output.succession import Standing
from audiobuild.publish.pictures.artwork import name_pictures
from audiobuild.store.artefacts import flush_to_disk
from audiobuild.takes.processes import run_in_process

_UNSEEN: dict[str, Any] = {"changes": 0, "made_of": "", "place": 0, "identity": "", "known_by": {}, "articles": ()}
"""What of a manifest listeners are not told."""


def publish(edition: Edition, timeline: Timeline, publisher: Publisher, standing: Standing) -> Episode:
    """Write an episode and what goes with it; what stood there before stays until all of it is whole.

    Raises:
        OutputError: the folder cannot be written, or a take is gone from the store.
        SoundError: the cover is no picture; or the level was missed, where that is an error.
    """
    draft = draft_episode(edition, timeline, publisher, standing)
    before, now, folder = draft.before, draft.manifest, publisher.folder
    is_same = before is not None and (before.name, before.made_of) == (now.name, now.made_of)
    if before and is_same and folder.is_as_written(before.file, before.sha256):
        return _keep(draft, before, publisher)
    return _write(draft, publisher)


def _keep(draft: Draft, manifest: Manifest, publisher: Publisher) -> Episode:
    """Keep the sound, and make its companions again where they are damaged or lost."""
    folder, measured = publisher.folder.path, measured_of(manifest)
    _refuse_misses(measured, publisher)
    if publisher.format.is_aired:
        is_whole = has_companions(manifest, folder) and renew_page(site_facts(publisher.show), manifest, folder)
        if not is_whole:
            manifest = _write_rest(draft, manifest, draft.add_pictures(publisher), _texts(draft), publisher)
    return Episode(folder / manifest.file, draft.timeline, measured, manifest)


def _write(draft: Draft, publisher: Publisher) -> Episode:
    """Write the sound anew, and what goes with it."""
    from audiobuild.publish.output.episode_file import (
        plan_file,  # with codecs, which a build of nothing new does without
    )

    folder = publisher.folder.path
    tag = draft.add_pictures(publisher)
    with _hidden(folder / f".{draft.manifest.name}.new{publisher.format.suffix}") as hidden:
        write_sound = plan_file(hidden, draft, tag, publisher)
        beside = nullcontext(write_sound) if publisher.is_alone else run_in_process(write_sound)
        with beside as sound:  # meanwhile what is read is made
            texts = _texts(draft)
            written = sound()
        measured = written.measured or draft.measured
        _refuse_misses(measured, publisher)
        manifest = _revised(draft, tag, written, publisher)
        flush_to_disk(hidden)
        hidden.replace(folder / manifest.file)
    manifest = _write_rest(draft, manifest, tag, texts, publisher)
    return Episode(folder / manifest.file, draft.timeline, measured, manifest)


def _texts(draft: Draft) -> Texts:
    manifest = draft.manifest
    return render_reading(draft.timeline, manifest.chapters, title=manifest.title, language=manifest.language)


def _revised(draft: Draft, tag: EpisodeTag, written: Written, publisher: Publisher) -> Manifest:
    """Name the files: a sound that is another than before has names of its own."""
    before = draft.before
    revision = before.revision if before else 1
    if before and before.sha256 != written.sha256:
        named = revisions_named(publisher.folder.path)  # a manifest that was put back from a copy knows of fewer
        revision = max(revision, named.get((draft.manifest.name, publisher.format.suffix), 1)) + 1
    files = stem(draft.manifest.name, revision)
    manifest = draft.manifest_of(f"{files}{publisher.format.suffix}", written, publisher)
    if not publisher.format.is_aired:
        return replace(manifest, revision=revision)
    chapters = name_pictures(manifest.chapters, tag, files)
    return replace(manifest, revision=revision, cover=f"{files}{COVER.suffix}", chapters=chapters)


def _write_rest(draft: Draft, manifest: Manifest, tag: EpisodeTag, texts: Texts, publisher: Publisher) -> Manifest:
    """Write what goes with the sound, and at the last the manifest, which tells of it all."""
    if publisher.format.is_aired:
        manifest = write_companions(manifest, texts, tag, site_facts(publisher.show), publisher.folder.path)
    manifest = replace(manifest, changes=_changes(draft.before, manifest))
    publisher.folder.put(draft.place, manifest, publisher.manifest_suffix)
    keep_copy(publisher.store, manifest)
    return manifest


def _changes(before: Manifest | None, now: Manifest) -> int:
    """Count how many times an episode has been published otherwise."""
    if before is None:
        return 0
    last = max(before.changes, before.revision - 1)
    return last + (replace(before, **_UNSEEN) != replace(now, **_UNSEEN))


@contextmanager
def _hidden(path: Path) -> Iterator[Path]:
    """Give a hidden path to write to, cleared of what a killed build left there, and cleared again after a failure."""
    _clear(path)
    try:
        yield path
    except BaseException:
        _clear(path)
        raise


def _clear(path: Path) -> None:
    for part in (path, *path.parent.glob(f".{path.name}.*.part")):
        part.unlink(missing_ok=True)


def _refuse_misses(measured: Measured, publisher: Publisher) -> None:
    misses = tuple(measured.misses(publisher.level))
    if misses and publisher.strict:
        hint = "Build without --strict to hear it; another voice, or a longer text, may come nearer."
        raise SoundError("; ".join(misses), hint=hint)
