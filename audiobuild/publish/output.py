"""The output folder: an episode, its manifest and all that goes with it, each under a name of its own (layer 3).

An episode that is built again keeps its name, and its manifest keeps its place. When its sound has changed, its files
get new names, with the number of the revision, and the old ones go once the new ones are whole: so an address that was
published never gives other bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from audiobuild import __version__
from audiobuild.audio.measurement import profile_file
from audiobuild.config import Show
from audiobuild.errors import SoundError, SourceError
from audiobuild.levels import Level, Measured
from audiobuild.model import Edition, Segment, Timeline, ms_of
from audiobuild.publish.companions import COVER, SUFFIXES, Transcript, render_companions, transcribe
from audiobuild.publish.containers import CONTAINERS
from audiobuild.publish.description import chapters_of, describe, file_name, identity_of
from audiobuild.publish.episode import digest, write_episode
from audiobuild.publish.facts import EpisodeTag
from audiobuild.publish.feed import render_feed
from audiobuild.publish.feed_folder import feed_facts, read_manifests, write_feed
from audiobuild.publish.manifest import (
    SUFFIX,
    Manifest,
    loudness_facts,
    measured_of,
    read_manifest,
    render_manifest,
    stem,
)
from audiobuild.publish.page import SiteFacts, render_episode, render_index, static_files
from audiobuild.store import Store, written_whole

FORMAT = 1
"""Raised when the same episode comes to be written otherwise: pages, subtitles, tags."""

GUIDS = uuid.UUID("5f9b1c7e-6c0e-5d0a-9f39-2d5d0b3f1a60")
"""The namespace of the guids of episodes (RFC 4122, version 5)."""


@dataclass(frozen=True, slots=True)
class Finish:
    """How an episode is to be when it is done."""

    folder: Path
    kind: str
    """One of the formats."""
    bit_rate_kbps: int
    channels: int
    level: Level
    strict: bool
    """Whether a level that was missed is an error."""


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
    suffix, is_mp3 = CONTAINERS[finish.kind].suffix, finish.kind == "mp3"
    identity = identity_of(edition, show)
    place, before = _place(finish.folder, file_name(edition), SUFFIX if is_mp3 else suffix + SUFFIX, identity)
    name = place.name.partition(".")[0]
    guid = before.guid if before else str(uuid.uuid5(GUIDS, identity))
    tag = describe(edition, show, home, timeline)
    made_of = _made_of(edition, show, tag, timeline, finish)
    if before and before.made_of == made_of and _is_whole(before, finish):
        return Published(finish.folder / before.file, before, measured_of(before))
    with _hidden(finish.folder / f".{name}.new{suffix}") as hidden:
        rate, channels = finish.bit_rate_kbps, finish.channels
        written = write_episode(hidden, finish.kind, tag, timeline, store, bit_rate_kbps=rate, channels=channels)
        if not CONTAINERS[finish.kind].lossless and not is_mp3:
            measured = _measured(hidden, timeline)
        _refuse_misses(measured, finish)
        changed = bool(before and before.sha256 != written.sha256)
        revision = before.revision + changed if before else 1
        path = finish.folder / f"{stem(name, revision)}{suffix}"
        hidden.replace(path)
    manifest = Manifest(
        name=name,
        identity=identity,
        guid=guid,
        revision=revision,
        title=tag.title,
        show=tag.album,
        author=tag.artist,
        description=tag.comment,
        language=show.language,
        published=tag.published,
        file=path.name,
        mime=CONTAINERS[finish.kind].mime,
        bytes=written.bytes,
        sha256=written.sha256,
        made_of=made_of,
        duration_ms=ms_of(timeline.frames),
        cover=f"{stem(name, revision)}{COVER}" if is_mp3 else "",
        words="engine" if _are_timed(timeline) else "estimated",
        loudness=loudness_facts(measured, finish.level),
        chapters=chapters_of(timeline),
    )
    if is_mp3:
        _write_companions(manifest, transcribe(timeline), tag.cover, show, finish.folder)
    _write(place, render_manifest(manifest))
    return Published(path, manifest, measured, before if changed else None)


def _write_companions(manifest: Manifest, transcript: Transcript, cover: bytes, show: Show, folder: Path) -> None:
    for name, data in render_companions(manifest, transcript, cover, show.feed.base).items():
        _write(folder / name, data)
    _write(folder / f"{manifest.name}.html", render_episode(site_facts(show), manifest, transcript.words).encode())


def remove(manifest: Manifest, folder: Path) -> None:
    """Take away the files of a revision that another has taken the place of, once no feed names them any more."""
    (folder / manifest.file).unlink(missing_ok=True)
    for suffix in SUFFIXES if manifest.cover else ():
        (folder / f"{manifest.stem}{suffix}").unlink(missing_ok=True)


def _made_of(edition: Edition, show: Show, tag: EpisodeTag, timeline: Timeline, finish: Finish) -> str:
    """Hash all that an episode and what goes with it are made of, this program included."""
    said = [
        [cue.take.key, cue.item.spoken.written, cue.item.voice.name, cue.item.role]
        if isinstance(cue.item, Segment)
        else cue.take.key
        for cue in timeline.cues
    ]
    how = (finish.kind, finish.bit_rate_kbps, finish.channels, repr(finish.level))
    facts = (__version__, FORMAT, how, edition.title, repr(show), repr(tag), said, repr(chapters_of(timeline)))
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def _is_whole(manifest: Manifest, finish: Finish) -> bool:
    """Say whether the episode stands in the folder as it was written, and what goes with it stands there too."""
    names = [manifest.file]
    if finish.kind == "mp3":
        names += [f"{manifest.name}.html", *(f"{manifest.stem}{suffix}" for suffix in SUFFIXES)]
    if not all((finish.folder / name).is_file() for name in names):
        return False
    return digest(finish.folder / manifest.file).sha256 == manifest.sha256


def publish_show(show: Show, folder: Path) -> None:
    """Write what tells of all the episodes in the output folder: the pages and, where its address is known, the feed.

    Raises:
        AudiobuildError: the folder cannot be written, or a manifest in it is broken.
    """
    manifests = read_manifests(folder)
    newest = max(manifests, key=lambda each: (each.published or dt.date.min, each.name), default=None)
    site = site_facts(show, newest.cover if newest else "")
    _write(folder / "index.html", render_index(site, manifests).encode())
    for name, data in static_files(site).items():
        _write(folder / name, data)
    if show.feed.base:
        write_feed(folder, render_feed(feed_facts(show), manifests))


def site_facts(show: Show, cover: str = "") -> SiteFacts:
    """Gather what the pages say of the show; a private feed is not named in them."""
    is_public = show.feed.base and not show.feed.key
    return SiteFacts(
        title=show.title or "Episodes",
        author=show.author,
        description=show.description,
        language=show.language,
        link=show.link,
        accent=show.accent,
        cover=cover,
        feed=feed_facts(show).file if is_public else "",
        address=show.feed.base,
    )


def _place(folder: Path, name: str, suffix: str, identity: str) -> tuple[Path, Manifest | None]:
    """Find where the manifest stands: the episode's own, whatever it was called, or else a name that is free."""
    paths = sorted(path for path in folder.glob(f"*{suffix}") if path.name.count(".") == suffix.count("."))
    for path in paths:
        try:
            manifest = read_manifest(path.read_bytes(), str(path))
        except (SourceError, OSError):
            continue  # somebody else's file, which is left alone
        if manifest.identity == identity:
            return path, manifest
    names = (name if number == 1 else f"{name}-{number}" for number in itertools.count(1))
    return next(path for each in names if (path := folder / f"{each}{suffix}") not in paths), None


@contextmanager
def _hidden(path: Path) -> Iterator[Path]:
    """A file that is gone again unless it has been moved to its place."""
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _measured(path: Path, timeline: Timeline) -> Measured:
    profile = profile_file(path)
    return Measured(
        round(profile.loudness_lufs, 1), profile.peak_dbtp, round(profile.rms_db, 1), ms_of(timeline.frames) / 1000
    )


def _refuse_misses(measured: Measured, finish: Finish) -> None:
    misses = tuple(measured.misses(finish.level))
    if misses and finish.strict:
        hint = "Build without --strict to hear it; another voice, or a longer text, may come nearer."
        raise SoundError("; ".join(misses), hint=hint)


def _are_timed(timeline: Timeline) -> bool:
    """Say whether every segment has the times of its words from its engine."""
    return all(cue.take.words for cue in timeline.cues if isinstance(cue.item, Segment))


def _write(path: Path, data: bytes) -> None:
    with written_whole(path) as file:
        file.write(data)
