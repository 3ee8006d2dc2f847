"""Each format of an episode: how its files are written, but for MP3 and EPUB, and how they are read (layer 3).

Sound enters as clips, one by one, and leaves as a file with its tag, its cover and its chapters, which appears at its
place only once it is whole. The same clips and the same tag give the same bytes.

Links of chapters are in all but M4B, pictures of chapters in the ID3 tag alone.

    format  sound            chapters                               cover
    mp3     laid together by `episode`
    m4b     AAC (PyAV)       a track of text, and `chpl`            `covr`
    opus    Opus at 48 kHz   comments, CHAPTER000 to CHAPTER999     METADATA_BLOCK_PICTURE
    flac    16 bits          the same                               a picture block
    wav     16 bits          the ID3 tag of the MP3, in a chunk     in that tag
    epub    an MP3 a chapter, laid together by `readalong`
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from audiobuild.audio import aac, codec
from audiobuild.audio.clip import Clip
from audiobuild.errors import SourceError
from audiobuild.model.file_formats import FORMATS, format_of
from audiobuild.model.values import SAMPLE_RATE_HZ
from audiobuild.publish.episodes.episode_tag import EpisodeFacts, EpisodeTag
from audiobuild.publish.formats import mp4, ogg, tags
from audiobuild.publish.formats.tag_limits import limit_tag
from audiobuild.publish.formats.volume_facts import read_volume_facts
from audiobuild.publish.formats.wav import write_wav
from audiobuild.store.artefacts import written_whole

_HEAD_BYTES = 64
"""By which a format is told."""
_NO_EPISODE = (
    *(tags.MutagenError, OSError, ValueError, EOFError, LookupError, ArithmeticError, TypeError),
    *(MemoryError, struct.error),
)
"""What is raised of a file that is damaged: mutagen looks for what is not there, counts with what cannot be, and asks
for as much memory as a length in the file says."""
_Writer: TypeAlias = Callable[[Path, Iterator[Clip], EpisodeTag, int], None]


@dataclass(frozen=True, slots=True)
class Container:
    """How files of a format are written and read."""

    read: Callable[[Path], EpisodeFacts]
    write: _Writer | None = None
    """None where takes are laid end to end."""
    require: Callable[[str], None] = lambda _: None
    """Raises SoundError where a package is not installed that it needs."""


def check_container(kind: str) -> None:
    """See that what a format needs is installed, before any work is put into an episode.

    Raises:
        SoundError: PyAV is not installed, and the format is M4B.
    """
    CONTAINERS[kind].require(kind)


def read_facts(path: Path) -> EpisodeFacts:
    """Read what an episode of any format says of itself; it is told by its first bytes.

    Raises:
        SourceError: there is no such file, or it is no episode.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        kind = format_of(head).name
        limit_tag(kind, path)
        return CONTAINERS[kind].read(path)
    except PermissionError as error:
        raise SourceError(f"cannot be read ({error.strerror})", str(path), "Check its permissions.") from error
    except _NO_EPISODE as error:
        message = "this is no MP3, M4B, Opus, FLAC or WAV file, and no EPUB that reads along"
        message = ("this is a folder" if path.is_dir() else message) if path.exists() else "there is no such file"
        raise SourceError(message, str(path), "Give the path of an episode, such as output/NAME.mp3.") from error


def write_container(
    path: Path, kind: str, clips: Iterable[Clip], tag: EpisodeTag, *, bit_rate_kbps: int | None = None
) -> None:
    """Write an episode; a file of that name is replaced once the new one is whole.

    Args:
        path: where it is to stand.
        kind: "m4b", "opus", "flac" or "wav"; the others are laid together elsewhere.
        clips: the sound, at 44.1 kHz, all mono or all stereo; each is let go before the next but one is asked for.
        tag: what it says of itself.
        bit_rate_kbps: of all channels together; None for the format's own; a lossless format does not ask.

    Raises:
        OutputError: the folder cannot be written, or the disk is full.
        SoundError: PyAV is not installed, and the format is M4B.
        ValueError: the format is another, or the clips are not all alike, or there is none.
    """
    write = CONTAINERS[kind].write if kind in CONTAINERS else None
    if write is None:
        raise ValueError(f"no format is called {kind!r} here")
    check_container(kind)
    alike = _alike(clips)
    first = next(alike, None)
    if first is None:
        raise ValueError("there is no clip to write")
    bit_rate_kbps = bit_rate_kbps or FORMATS[kind].bit_rate_kbps(first.channels)
    with written_whole(path) as file:
        # The writers open it themselves, by the name under which it grows.
        write(Path(file.name), itertools.chain((first,), alike), tag, bit_rate_kbps)


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
    mp4.repair_titles(path)
    tags.tag_m4b(path, tag)


def _write_opus(path: Path, clips: Iterator[Clip], tag: EpisodeTag, bit_rate_kbps: int) -> None:
    codec.write_opus(path, clips, bit_rate_kbps)
    tags.tag_opus(path, tag)
    ogg.fix_serial(path)


def _write_flac(path: Path, clips: Iterator[Clip], tag: EpisodeTag, _: int) -> None:
    codec.write_flac(path, clips)
    tags.tag_flac(path, tag)


def _write_wav(path: Path, clips: Iterator[Clip], tag: EpisodeTag, _: int) -> None:
    write_wav(path, clips, tags.render_tag(tag))


CONTAINERS = {
    "mp3": Container(tags.read_mp3),
    "m4b": Container(tags.read_m4b, _write_m4b, aac.require_av),
    "opus": Container(tags.read_opus, _write_opus),
    "flac": Container(tags.read_flac, _write_flac),
    "wav": Container(tags.read_wav, _write_wav),
    "epub": Container(read_volume_facts),
}
"""By the names of the formats, of which `model.file_formats` tells the rest."""
