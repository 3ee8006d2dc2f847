"""The finished file: takes end to end, as MP3 frames behind a tag, or as the sound in another container (layer 3)."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode, encode_take
from audiobuild.audio.frames import info_frame
from audiobuild.model import SAMPLE_RATE_HZ, Timeline
from audiobuild.publish.containers import write_container
from audiobuild.publish.facts import EpisodeTag
from audiobuild.publish.tags import render_tag
from audiobuild.store import Store, written_whole
from audiobuild.takes import read_sound


@dataclass(frozen=True, slots=True)
class Written:
    """What a finished file is known by."""

    sha256: str
    bytes: int


def write_episode(
    path: Path, kind: str, tag: EpisodeTag, timeline: Timeline, store: Store, *, bit_rate_kbps: int, channels: int
) -> Written:
    """Write the episode; a file of that name is replaced once the new one is whole.

    Args:
        kind: one of the formats; takes are MP3 frames for "mp3", and FLAC for any other.

    Raises:
        OutputError: the folder cannot be written.
        SoundGone: the store has not the sound of a take.
        SoundError: the format needs a package that is not installed.
    """
    sounds = (read_sound(store, cue.take.key) for cue in timeline.cues)
    if kind == "mp3":
        silence = encode_take(Clip.silence(0, SAMPLE_RATE_HZ, channels), 1, bit_rate_kbps)
        return _write_mp3(path, render_tag(tag), timeline, sounds, silence)
    write_container(path, kind, (decode(sound, path.name) for sound in sounds), tag, bit_rate_kbps=bit_rate_kbps)
    return digest(path)


def digest(path: Path) -> Written:
    """Read what was written."""
    with path.open("rb") as file:
        return Written(hashlib.file_digest(file, "sha256").hexdigest(), file.tell())


def _write_mp3(path: Path, tag: bytes, timeline: Timeline, sounds: Iterable[bytes], silence: bytes) -> Written:
    """Write tag, Info frame, the takes, and a frame of silence, from which a decoder gets the last samples."""
    pieces = [(cue.take.frames, cue.take.bytes) for cue in timeline.cues]
    hashed, length = hashlib.sha256(), 0
    with written_whole(path) as file:
        for part in itertools.chain([tag, info_frame(silence, [*pieces, (1, len(silence))])], sounds, [silence]):
            file.write(part)
            hashed.update(part)
            length += len(part)
    return Written(hashed.hexdigest(), length)
