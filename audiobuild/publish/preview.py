"""A preview: an episode in which something is missing, for its editor's ears alone (layer 3).

It stands in the output folder as NAME.preview.mp3. No manifest tells of it, so no feed and no page does; the last good
episode stays as it was.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from audiobuild.config.show import Show
from audiobuild.model.file_formats import FORMATS
from audiobuild.model.levels import Measured
from audiobuild.model.values import Edition, Timeline
from audiobuild.publish.description import chapters_of, describe, file_name, identity_of
from audiobuild.publish.episode import parts_of, write_episode
from audiobuild.publish.manifest import Manifest, loudness_facts
from audiobuild.publish.output import Finish, Published, facts_of, manifest_ending
from audiobuild.publish.pictures.artwork import find_artwork, illustrate
from audiobuild.store.artefacts import Store


def write_preview(
    edition: Edition, show: Show, home: Path, timeline: Timeline, measured: Measured, store: Store, finish: Finish
) -> Published:
    """Write a preview; the one that stood there is replaced.

    Returns:
        What stands there now, with a manifest that is not written anywhere.

    Raises:
        OutputError: the folder cannot be written, or a take is gone from the store.
        SoundError: the cover is no picture.
    """
    container, identity = FORMATS[finish.kind], identity_of(edition, show)
    place, _ = finish.folder.find(identity, file_name(edition), manifest_ending(finish.kind))
    name = place.name.partition(".")[0]
    tag = describe(edition, show, timeline)
    tag = illustrate(tag, find_artwork(edition, show, home, timeline), edition, show, store)
    tag = replace(tag, title=f"{tag.title} (preview)")
    path = _path(finish.folder.path, name, container.suffix)
    written = write_episode(path, finish.form(measured), tag, parts_of(timeline), store)
    measured = written.measured or measured
    manifest = Manifest(
        name=name,
        identity=identity,
        guid="",
        revision=0,
        file=path.name,
        mime=container.media_type,
        bytes=written.bytes,
        sha256=written.sha256,
        made_of="",
        cover="",
        loudness=loudness_facts(measured, finish.level),
        chapters=chapters_of(timeline),
        **facts_of(edition, show, tag, timeline),
    )
    return Published(path, manifest, measured)


def clear_preview(folder: Path, manifest: Manifest) -> None:
    """Take away the preview of an episode that is whole now."""
    _path(folder, manifest.name, Path(manifest.file).suffix).unlink(missing_ok=True)


def _path(folder: Path, name: str, suffix: str) -> Path:
    return folder / f"{name}.preview{suffix}"
