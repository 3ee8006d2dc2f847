"""How the file of an episode is written, whichever its format (layer 3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from audiobuild.publish.episodes.episode import Written, parts_of
from audiobuild.publish.episodes.episode_tag import EpisodeTag
from audiobuild.publish.formats.sound_writing import write_episode
from audiobuild.publish.output.draft import Draft, Publisher


def plan_file(path: Path, draft: Draft, tag: EpisodeTag, publisher: Publisher) -> Callable[[], Written]:
    """Prepare the call that writes the file of an episode; another process can make it.

    Args:
        tag: with its pictures; it has the title's last word.
    """
    form, store = publisher.form(draft.measured), publisher.store
    if not publisher.format.is_volume:
        return partial(write_episode, path, form, tag, parts_of(draft.timeline), store)
    from audiobuild.publish.readalong.epub_file import write_volume  # which other formats do without
    from audiobuild.publish.readalong.volume import read_volume

    manifest = replace(draft.manifest, title=tag.title)
    follow = publisher.show.epub.follow
    return partial(write_volume, path, form, read_volume(draft.edition, draft.timeline, manifest, tag, follow), store)
