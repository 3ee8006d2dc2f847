"""The formats of an episode, and the writing of those that are not laid together from MP3 frames (layer 3).

Sound enters as clips, one by one, and leaves as a file with its tag, its cover and its chapters, which appears at its
place only once it is whole. The same clips and the same tag give the same bytes.

Links of chapters are in all but M4B, pictures of chapters in the ID3 tag alone.

    format  sound            chapters                               cover
    mp3     laid together by `episode`
    m4b     AAC (PyAV)       a track of text, and `chpl`            `covr`
    opus    Opus at 48 kHz   comments, CHAPTER000 to CHAPTER999     METADATA_BLOCK_PICTURE
    flac    16 bits          the same                               a picture block
    wav     16 bits          the ID3 tag of the MP3, in a chunk     in that tag
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from audiobuild.audio import aac, codec
from audiobuild.audio.clip import Clip
from audiobuild.model.values import SAMPLE_RATE_HZ
from audiobuild.publish.formats import mp4, ogg
from audiobuild.publish.formats.episode_tag import EpisodeTag
from audiobuild.publish.formats.tags import render_tag, write_tags
from audiobuild.publish.formats.wav import write_wav
from audiobuild.store.artefacts import written_whole


@dataclass(frozen=True, slots=True)
class Container:
    """A format that an episode can have."""

    kind: str
    """The word that chooses it."""
    suffix: str
    mime: str
    """What a feed calls it."""
    lossless: bool
    mono_kbps: int = 0
    """A bit rate good for speech in one channel; 0 where it is not chosen."""
    stereo_kbps: int = 0
    """The same for two channels together."""

    def bit_rate_kbps(self, channels: int) -> int:
        """The bit rate to take when nothing is said of it; 0 for what is lossless."""
        return self.mono_kbps if channels == 1 else self.stereo_kbps


CONTAINERS = {
    container.kind: container
    for container in (
        Container("mp3", ".mp3", "audio/mpeg", False, 96, 128),
        Container("m4b", ".m4b", "audio/mp4", False, 64, 96),
        Container("opus", ".opus", "audio/ogg", False, 64, 96),
        Container("flac", ".flac", "audio/flac", True),
        Container("wav", ".wav", "audio/wav", True),
    )
}
"""The formats by their words."""


def check_container(kind: str) -> None:
    """See that what a format needs is installed, before any work is put into an episode.

    Raises:
        SoundError: PyAV is not installed, and the format is M4B.
    """
    if kind == "m4b":
        aac.require_av(kind)


def write_container(
    path: Path, kind: str, clips: Iterable[Clip], tag: EpisodeTag, *, bit_rate_kbps: int | None = None
) -> None:
    """Write an episode; a file of that name is replaced once the new one is whole.

    Args:
        path: where it is to stand.
        kind: "m4b", "opus", "flac" or "wav"; MP3 is for `episode.write_episode`.
        clips: the sound, at 44.1 kHz, all mono or all stereo; each is let go before the next but one is asked for.
        tag: what it says of itself.
        bit_rate_kbps: of all channels together; None for the format's own; a lossless format does not ask.

    Raises:
        OutputError: the folder cannot be written, or the disk is full.
        SoundError: PyAV is not installed, and the format is M4B.
        ValueError: the format is another, or the clips are not all alike, or there is none.
    """
    if kind not in _WRITERS:
        raise ValueError(f"no format is called {kind!r} here")
    check_container(kind)
    alike = _alike(clips)
    first = next(alike, None)
    if first is None:
        raise ValueError("there is no clip to write")
    bit_rate_kbps = bit_rate_kbps or CONTAINERS[kind].bit_rate_kbps(first.channels)
    with written_whole(path) as file:
        # The writers open it themselves, by the name under which it grows.
        _WRITERS[kind](Path(file.name), itertools.chain((first,), alike), tag, bit_rate_kbps)


def _alike(clips: Iterable[Clip]) -> Iterator[Clip]:
    """The clips, seen to be of the one rate and all of the same channels."""
    channels = 0
    for clip in clips:
        channels = channels or clip.channels
        if (clip.rate_hz, clip.channels) != (SAMPLE_RATE_HZ, channels):
            raise ValueError(f"a clip of {clip.rate_hz} Hz and {clip.channels} channels among others of {channels}")
        yield clip


def _write_m4b(path: Path, clips: Iterator[Clip], tag: EpisodeTag, bit_rate_kbps: int) -> None:
    aac.write_m4b(path, clips, ((each.start_ms, each.end_ms, each.title) for each in tag.chapters), bit_rate_kbps)
    mp4.mend_titles(path)
    write_tags(path, "m4b", tag)


def _write_opus(path: Path, clips: Iterator[Clip], tag: EpisodeTag, bit_rate_kbps: int) -> None:
    codec.write_opus(path, clips, bit_rate_kbps)
    write_tags(path, "opus", tag)
    ogg.fix_serial(path)


def _write_flac(path: Path, clips: Iterator[Clip], tag: EpisodeTag, _: int) -> None:
    codec.write_flac(path, clips)
    write_tags(path, "flac", tag)


def _write_wav(path: Path, clips: Iterator[Clip], tag: EpisodeTag, _: int) -> None:
    write_wav(path, clips, render_tag(tag))


_WRITERS: dict[str, Callable[[Path, Iterator[Clip], EpisodeTag, int], None]] = {
    "m4b": _write_m4b,
    "opus": _write_opus,
    "flac": _write_flac,
    "wav": _write_wav,
}
