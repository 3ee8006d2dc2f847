"""A preview: an episode in which something is missing, for its editor's ears alone (layer 3).

It stands in the output folder as NAME.preview.mp3. No manifest tells of it, so no feed and no page does; the last good
episode stays as it was.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from audiobuild.model.values import Edition, Timeline
from audiobuild.publish.episodes.episode import Episode
from audiobuild.publish.episodes.manifest import Manifest
from audiobuild.publish.output.draft import Publisher, draft_episode
from audiobuild.publish.output.succession import Standing

_MARK = ".preview"
"""Before the ending of its name."""


def write_preview(edition: Edition, timeline: Timeline, publisher: Publisher, standing: Standing) -> Episode:
    """Write a preview; the one that stood there is replaced.

    Returns:
        What stands there now, with a manifest that is not written anywhere.

    Raises:
        OutputError: the folder cannot be written, or a take is gone from the store.
        SoundError: the cover is no picture.
    """
    from audiobuild.publish.output.episode_file import (
        plan_file,  # with codecs, which a build of nothing new does without
    )

    draft = draft_episode(edition, timeline, publisher, standing)
    tag = draft.add_pictures(publisher)
    tag = replace(tag, title=f"{tag.title} (preview)")
    path = _path(publisher.folder.path, draft.manifest.name, publisher.format.suffix)
    written = plan_file(path, draft, tag, publisher)()
    manifest = replace(draft.manifest_of(path.name, written, publisher), title=tag.title, guid="", made_of="")
    return Episode(path, timeline, written.measured or draft.measured, manifest)


def clear_preview(folder: Path, manifest: Manifest) -> None:
    """Take away the preview of an episode that is whole now."""
    _path(folder, manifest.name, Path(manifest.file).suffix).unlink(missing_ok=True)


def is_preview(file: str) -> bool:
    """Say whether a file is a preview, by its name.

    >>> is_preview("weekly.preview.mp3"), is_preview("weekly.mp3")
    (True, False)
    """
    return f"{_MARK}." in file


def _path(folder: Path, name: str, suffix: str) -> Path:
    return folder / f"{name}{_MARK}{suffix}"
