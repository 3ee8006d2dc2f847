"""The output folder: an episode, its manifest and all that goes with it, each under a name of its own (layer 3).

An episode that is built again keeps its name, and its manifest keeps its place. When its sound has changed, its files
get new names, with the number of the revision, and the old ones go once the new ones are whole: so an address that was
published never gives other bytes.

What an episode is made of, and how what goes with it has to read, stands in its manifest. So a build that finds
everything as it was does nothing, and what was damaged or lost is made again.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from audiobuild import __version__
from audiobuild.config.show import Show
from audiobuild.engines.registry import open_engine
from audiobuild.errors import OutputError, SoundError
from audiobuild.model.file_formats import FORMATS
from audiobuild.model.levels import Level, Measured
from audiobuild.model.values import Edition, Segment, Timeline, ms_of
from audiobuild.publish.accompaniment import accompany, files_of, follow_show, is_accompanied, renew_page, write_out
from audiobuild.publish.companions import COVER
from audiobuild.publish.description import chapters_of, describe, file_name, identity_of
from audiobuild.publish.episode import Form, digest, parts_of, write_episode
from audiobuild.publish.feed.feed_facts import feed_file
from audiobuild.publish.feed.feed_folder import is_foreign_feed, write_feed
from audiobuild.publish.feed.rss import render_feed
from audiobuild.publish.formats.episode_tag import EpisodeTag
from audiobuild.publish.manifest import SUFFIX, Manifest, VoiceEntry, loudness_facts, measured_of, newest_first, stem
from audiobuild.publish.output_folder import OutputFolder, is_foreign_page, write
from audiobuild.publish.pictures.artwork import Artwork, find_artwork, illustrate, name_pictures
from audiobuild.publish.site.pages import SiteFacts, page_file, render_index, static_files
from audiobuild.script.casting import narrator
from audiobuild.store.artefacts import Store
from audiobuild.takes.workers import beside

FORMAT = 3
"""Raised when the same episode comes to be written otherwise: pages, subtitles, tags."""

GUIDS = uuid.UUID("5f9b1c7e-6c0e-5d0a-9f39-2d5d0b3f1a60")
"""The namespace of the guids of episodes (RFC 4122, version 5)."""


@dataclass(frozen=True, slots=True)
class Finish:
    """How an episode is to be when it is done."""

    folder: OutputFolder
    kind: str
    """One of the formats."""
    bit_rate_kbps: int
    channels: int
    level: Level
    strict: bool
    """Whether a level that was missed is an error."""

    def form(self, measured: Measured) -> Form:
        """What a file becomes whose takes measure that."""
        ceiling_dbtp = self.level.ceiling_dbtp
        return Form(self.kind, self.bit_rate_kbps, self.channels, ceiling_dbtp, measured.loudness_lufs)


@dataclass(frozen=True, slots=True)
class Published:
    """What stands in the output folder."""

    path: Path
    """The episode."""
    manifest: Manifest
    measured: Measured
    superseded: Manifest | None = None
    """The revision that it has taken the place of."""


def publish(
    edition: Edition, show: Show, home: Path, timeline: Timeline, measured: Measured, store: Store, finish: Finish
) -> Published:
    """Write an episode and what goes with it; what stood there before stays until all of it is whole.

    Args:
        home: the folder that the show's own files are relative to.
        measured: what the takes measure, which are the episode, laid end to end.

    Raises:
        OutputError: the folder cannot be written, or a take is gone from the store.
        SoundError: the cover is no picture; or the level was missed, where that is an error.
    """
    folder, container, is_mp3 = finish.folder, FORMATS[finish.kind], FORMATS[finish.kind].is_joined
    ending = manifest_ending(finish.kind)
    place, before = folder.find(identity := identity_of(edition, show), file_name(edition), ending)
    name = place.name.partition(".")[0]
    tag, artwork = describe(edition, show, timeline), find_artwork(edition, show, home, timeline)
    made_of = _made_of(edition, show, tag, timeline, finish, artwork)
    if before and (before.name, before.made_of) == (name, made_of) and _sounds_as_written(before, folder.path):
        manifest, measured = before, measured_of(before)
        _refuse_misses(measured, finish)
        if not is_mp3 or (is_accompanied(before, folder.path) and renew_page(site_facts(show), before, folder.path)):
            return Published(folder.path / before.file, before, measured)
        tag = illustrate(tag, artwork, edition, show, store)
        texts = write_out(timeline, title=tag.title, language=show.language)
    else:
        tag = illustrate(tag, artwork, edition, show, store)
        with _hidden(folder.path / f".{name}.new{container.suffix}") as hidden:
            how = (finish.form(measured), tag, parts_of(timeline), store)
            with beside(write_episode, hidden, *how) as sound:  # while that is written, so is what is read
                texts = write_out(timeline, title=tag.title, language=show.language)
                written = sound()
            measured = written.measured or measured
            _refuse_misses(measured, finish)
            revision = before.revision + (before.sha256 != written.sha256) if before else 1
            files = stem(name, revision)
            hidden.replace(folder.path / f"{files}{container.suffix}")
        chapters = name_pictures(chapters_of(timeline), tag, files) if is_mp3 else chapters_of(timeline)
        manifest = Manifest(
            name=name,
            identity=identity,
            guid=before.guid if before else str(uuid.uuid5(GUIDS, identity)),
            revision=revision,
            file=f"{files}{container.suffix}",
            mime=container.media_type,
            bytes=written.bytes,
            sha256=written.sha256,
            made_of=made_of,
            cover=f"{files}{COVER.suffix}" if is_mp3 else "",
            loudness=loudness_facts(measured, finish.level),
            chapters=chapters,
            **facts_of(edition, show, tag, timeline),
        )
    if is_mp3:
        manifest = accompany(manifest, texts, tag, site_facts(show), folder.path)
    folder.put(place, manifest, ending)
    superseded = before if before and before.revision != manifest.revision else None
    return Published(folder.path / manifest.file, manifest, measured, superseded)


def manifest_ending(kind: str) -> str:
    """Say how the names of manifests of a format end."""
    return SUFFIX if FORMATS[kind].is_joined else FORMATS[kind].suffix + SUFFIX


def facts_of(edition: Edition, show: Show, tag: EpisodeTag, timeline: Timeline) -> dict[str, Any]:
    """Gather what the manifest says of an episode, whatever file it becomes."""
    return {
        "title": tag.title,
        "show": tag.album,
        "author": tag.artist,
        "description": tag.comment,
        "language": show.language,
        "published": tag.published,
        "duration_ms": ms_of(timeline.frames),
        "words": "engine" if _are_timed(timeline) else "estimated",
        "season": show.episode.season,
        "number": show.episode.number if _is_all(edition) else 0,
        "type": show.episode.type,
        "voices": _voices(show, timeline),
    }


def _voices(show: Show, timeline: Timeline) -> tuple[VoiceEntry, ...]:
    """Tell who is heard: the narrator, then the others in their order."""
    heard = [cue.item.voice for cue in timeline.cues if isinstance(cue.item, Segment)]
    infos = {voice: open_engine(voice, show.language).info for voice in dict.fromkeys((narrator(show), *heard))}
    entries = (VoiceEntry(voice.engine, info.name, info.licence, info.credit) for voice, info in infos.items())
    return tuple(dict.fromkeys(entries))


def remove(manifest: Manifest, folder: Path) -> None:
    """Take away the files of a revision that another has taken the place of, once no feed names them any more."""
    for name in files_of(manifest):
        if name != page_file(manifest):  # that is the other's now
            (folder / name).unlink(missing_ok=True)


def _sounds_as_written(manifest: Manifest, folder: Path) -> bool:
    path = folder / manifest.file
    return path.is_file() and digest(path).sha256 == manifest.sha256


def _made_of(
    edition: Edition, show: Show, tag: EpisodeTag, timeline: Timeline, finish: Finish, artwork: Artwork
) -> str:
    """Hash all that an episode and what goes with it are made of, this program included."""
    how = (finish.kind, finish.bit_rate_kbps, finish.channels, repr(finish.level), artwork.fingerprint)
    # Of a key there is no repr, and no page names its feed; what engines were told is part of the takes' addresses.
    said_of_show = repr(replace(show, engines=())), bool(show.feed.key)
    hashed = hashlib.sha256(repr((__version__, FORMAT, how, edition.title, said_of_show, tag)).encode())
    for chapter in chapters_of(timeline):
        hashed.update(repr(chapter).encode())
    for cue in timeline.cues:  # each by itself: together they would be as large again as the edition
        item = cue.item
        said = (item.spoken.written, item.voice.name, item.role) if isinstance(item, Segment) else ()
        hashed.update(repr((cue.take.key, *said)).encode())
    return hashed.hexdigest()


def publish_show(show: Show, folder: OutputFolder) -> None:
    """Write what tells of all the episodes in the output folder: the pages and, where its address is known, the feed.

    Pages of episodes that were built before follow what is said of the show now.

    Raises:
        AudiobuildError: the folder cannot be written, a manifest in it is broken, or its page or feed is another's.
    """
    spare_others(folder.path, show)
    manifests = folder.manifests()
    feed = render_feed(show, manifests) if show.feed.base else {}
    site = site_facts(show)
    for manifest in (each for each in manifests if each.cover):
        follow_show(site, manifest, folder.path)
    cover = next((each.cover for each in newest_first(manifests)), "")
    index = render_index(replace(site, cover=cover), manifests)
    write(folder.path / "index.html", index.encode())
    for name, data in static_files(site).items():
        write(folder.path / name, data)
    if feed:
        write_feed(folder.path, feed)


def site_facts(show: Show) -> SiteFacts:
    """Gather what the pages say of the show; a private feed is not named in them."""
    is_public = show.feed.base and not show.feed.key
    return SiteFacts(
        title=show.title or "Episodes",
        author=show.author,
        description=show.description,
        language=show.language,
        link=show.link,
        accent=show.accent,
        feed=feed_file(show.feed) if is_public else "",
        address=show.feed.base,
    )


def spare_others(folder: Path, show: Show) -> None:
    """Refuse to write where a page or a feed stands that is not ours; of a link nothing but the link is lost.

    Raises:
        OutputError: one stands there.
    """
    judges = {folder / "index.html": is_foreign_page}
    if show.feed.base:
        judges[folder / feed_file(show.feed)] = is_foreign_feed
    for path, is_foreign in judges.items():
        if not path.is_symlink() and is_foreign(path):
            hint = "Give the episodes a folder of their own, or take the file away."
            raise OutputError("this file is not of audiobuild, and would be lost", str(path), hint)


@contextmanager
def _hidden(path: Path) -> Iterator[Path]:
    """A file that is gone again unless it has been moved to its place, with what a build that was killed left of it."""
    _clear(path)
    try:
        yield path
    except BaseException:
        _clear(path)
        raise


def _clear(path: Path) -> None:
    for part in (path, *path.parent.glob(f".{path.name}.*.part")):
        part.unlink(missing_ok=True)


def _refuse_misses(measured: Measured, finish: Finish) -> None:
    misses = tuple(measured.misses(finish.level))
    if misses and finish.strict:
        hint = "Build without --strict to hear it; another voice, or a longer text, may come nearer."
        raise SoundError("; ".join(misses), hint=hint)


def _is_all(edition: Edition) -> bool:
    """Say whether this is the issue, and no department or article of one that has several."""
    return not edition.part and (len(edition.articles) > 1 or not edition.is_issue)


def _are_timed(timeline: Timeline) -> bool:
    """Say whether every segment has the times of its words from its engine."""
    return all(cue.take.words for cue in timeline.cues if isinstance(cue.item, Segment))
