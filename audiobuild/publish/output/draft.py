"""What is known of an episode before its sound is written: its place, its tag, its pictures, its manifest (layer 3)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from audiobuild import __version__
from audiobuild.config.show import Show, WorkersSettings
from audiobuild.model.file_formats import FORMATS, Format
from audiobuild.model.levels import Level, Measured, level_of
from audiobuild.model.values import Edition, Segment, Timeline, ms_of
from audiobuild.publish.episodes.description import chapters_of, describe, is_whole_issue
from audiobuild.publish.episodes.episode import Form, Written
from audiobuild.publish.episodes.episode_tag import EpisodeTag
from audiobuild.publish.episodes.manifest import SUFFIX, Manifest, VoiceEntry, known_by, loudness_facts
from audiobuild.publish.output.output_folder import OutputFolder
from audiobuild.publish.output.succession import Standing
from audiobuild.publish.pictures.artwork import Artwork, add_pictures, find_artwork
from audiobuild.store.artefacts import Store
from audiobuild.voices.voices_heard import voices_heard

FORMAT = 5
"""Raised when the same episode comes to be written otherwise: pages, subtitles, tags."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Where the episodes of a build go, of what show they are, and how each is to be."""

    show: Show
    home: Path
    """The folder that the show's own files are relative to."""
    store: Store
    folder: OutputFolder
    format: Format
    bit_rate_kbps: int
    level: Level
    strict: bool
    """Whether a level that was missed is an error."""
    is_alone: bool = False
    """Whether the process that publishes does all of it, since others are busy with other episodes."""

    @classmethod
    def of(
        cls, show: Show, home: Path, store: Store, folder: OutputFolder, *, strict: bool, is_alone: bool = False
    ) -> Publisher:
        """Say how episodes are to be by what their show says of its sound."""
        audio, kind = show.audio, FORMATS[show.audio.format]
        rate_kbps = audio.bit_rate_kbps or kind.bit_rate_kbps(audio.channels)
        return cls(show, home, store, folder, kind, rate_kbps, level_of(audio.loudness), strict, is_alone)

    @property
    def manifest_suffix(self) -> str:
        """How the names of manifests end: for a format that is in no feed, with its own ending before the usual one."""
        return SUFFIX if self.format.is_aired else self.format.suffix + SUFFIX

    def form(self, measured: Measured) -> Form:
        """Plan the form of a file from what its takes measure."""
        channels, ceiling_dbtp = self.show.audio.channels, self.level.ceiling_dbtp
        return Form(self.format.name, self.bit_rate_kbps, channels, ceiling_dbtp, measured.loudness_lufs)


@dataclass(frozen=True, slots=True)
class Draft:
    """An episode before its sound is written."""

    edition: Edition
    timeline: Timeline
    place: Path
    """Where its manifest stands, or will."""
    before: Manifest | None
    """What stands there."""
    manifest: Manifest
    """Without what is known of the sound's file alone."""
    tag: EpisodeTag
    """Without pictures."""
    artwork: Artwork

    @property
    def measured(self) -> Measured:
        """What its takes measure, laid end to end."""
        from audiobuild.publish.formats.sound_writing import (
            measure_takes,  # with what calculates, which planning does without
        )

        return measure_takes(self.timeline)

    def add_pictures(self, publisher: Publisher) -> EpisodeTag:
        """Return the tag with its pictures.

        Raises:
            SoundError: the show's cover is no picture.
        """
        return add_pictures(self.tag, self.artwork, self.edition, publisher.show, publisher.store)

    def manifest_of(self, file: str, written: Written, publisher: Publisher) -> Manifest:
        """Say in the manifest what was written, and under which name."""
        loudness = loudness_facts(written.measured or self.measured, publisher.level)
        return replace(self.manifest, file=file, bytes=written.bytes, sha256=written.sha256, loudness=loudness)


def draft_episode(edition: Edition, timeline: Timeline, publisher: Publisher, standing: Standing) -> Draft:
    """Find out all that can be known of an episode before its sound is written."""
    show = publisher.show
    place = publisher.folder.path / f"{standing.name}{publisher.manifest_suffix}"
    before = next((each for each in standing.before if Path(each.file).suffix == publisher.format.suffix), None)
    chapters = chapters_of(timeline)
    tag = describe(edition, show, chapters)
    artwork = find_artwork(edition, show, publisher.home, timeline)
    manifest = Manifest(
        name=standing.name,
        identity=standing.text,
        guid=standing.guid,
        revision=0,
        title=tag.title,
        show=tag.album,
        author=tag.artist,
        description=tag.comment,
        language=show.language,
        published=tag.published,
        file="",
        mime=publisher.format.media_type,
        bytes=0,
        sha256="",
        made_of="",
        duration_ms=ms_of(timeline.frames),
        cover="",
        words="engine" if _are_timed(timeline) else "estimated",
        loudness={},
        chapters=chapters,
        season=show.episode.season,
        number=show.episode.number if is_whole_issue(edition) else 0,
        type=show.episode.type,
        voices=_voices(show, timeline),
        place=_place(edition, before),
        known_by=known_by(standing.identity),
        articles=standing.identity.articles,
        persons=show.episode.persons if is_whole_issue(edition) else (),
    )
    draft = Draft(edition, timeline, place, before, manifest, tag, artwork)
    return replace(draft, manifest=replace(manifest, made_of=_fingerprint(draft, publisher)))


def _fingerprint(draft: Draft, publisher: Publisher) -> str:
    """Hash all that an episode and what goes with it are made of, this program included."""
    show, pictures = publisher.show, draft.artwork.fingerprint
    how = (publisher.format.name, publisher.bit_rate_kbps, show.audio.channels, repr(publisher.level), pictures)
    # Of a key there is no repr, and no page names its feed; what engines were told is part of the takes' addresses.
    said_of_show = repr(replace(show, output="", engines=(), workers=WorkersSettings())), bool(show.feed.key)
    hashed = hashlib.sha256(repr((__version__, FORMAT, how, draft.edition.title, said_of_show, draft.tag)).encode())
    for chapter in draft.manifest.chapters:
        hashed.update(repr(chapter).encode())
    for cue in draft.timeline.cues:  # each by itself: together they would be as large again as the edition
        item = cue.item
        said = (item.spoken.written, item.voice.name, item.role) if isinstance(item, Segment) else ()
        hashed.update(repr((cue.take.key, *said)).encode())
    return hashed.hexdigest()


def _voices(show: Show, timeline: Timeline) -> tuple[VoiceEntry, ...]:
    heard = voices_heard(show, timeline).items()
    entries = (VoiceEntry(voice.engine, info.name, info.licence, info.credit) for voice, info in heard)
    return tuple(dict.fromkeys(entries))


def _place(edition: Edition, before: Manifest | None) -> int:
    """Number an article within its issue; an article built by itself keeps the number that it had."""
    if len(edition.articles) > 1:
        return 0
    return edition.articles[0].number + 1 if edition.is_issue else before.place if before else 0


def _are_timed(timeline: Timeline) -> bool:
    """Say whether every segment has the times of its words from its engine."""
    return all(cue.take.words for cue in timeline.cues if isinstance(cue.item, Segment))
