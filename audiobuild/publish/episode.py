"""The finished file: takes end to end, as MP3 frames behind a tag, or as the sound in another container (layer 3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode, encode_take
from audiobuild.audio.frames import info_frame
from audiobuild.errors import OutputError
from audiobuild.model import SAMPLE_RATE_HZ, Timeline
from audiobuild.publish.containers import write_container
from audiobuild.publish.facts import EpisodeTag
from audiobuild.publish.tags import render_tag
from audiobuild.store import Store, written_whole
from audiobuild.takes import read_sound


def write_episode(
    path: Path, kind: str, tag: EpisodeTag, timeline: Timeline, store: Store, *, bit_rate_kbps: int, channels: int
) -> None:
    """Write the episode; a file of that name is replaced once the new one is whole.

    Args:
        kind: one of the formats; takes are MP3 frames for "mp3", and FLAC for any other.

    Raises:
        OutputError: the folder cannot be written, or a take is gone from the store.
        SoundError: the format needs a package that is not installed.
    """
    sounds = _sounds(timeline, store)
    if kind == "mp3":
        silence = encode_take(Clip.silence(0, SAMPLE_RATE_HZ, channels), 1, bit_rate_kbps)
        _write_mp3(path, render_tag(tag), timeline, sounds, silence)
    else:
        write_container(path, kind, (decode(sound, path.name) for sound in sounds), tag, bit_rate_kbps=bit_rate_kbps)


def _write_mp3(path: Path, tag: bytes, timeline: Timeline, sounds: Iterator[bytes], silence: bytes) -> None:
    """Write tag, Info frame, the takes, and a frame of silence, from which a decoder gets the last samples."""
    with written_whole(path) as file:
        file.write(tag)
        # The Info frame stands first and is known last: its place is kept.
        place = file.tell()
        file.write(info_frame(silence, []))
        pieces = []
        for cue, frames in zip(timeline.cues, sounds, strict=True):
            file.write(frames)
            pieces.append((cue.take.frames, len(frames)))
        file.write(silence)
        pieces.append((1, len(silence)))
        file.seek(place)
        file.write(info_frame(silence, pieces))


def _sounds(timeline: Timeline, store: Store) -> Iterator[bytes]:
    for cue in timeline.cues:
        sound = read_sound(store, cue.take.key)
        if sound is None:
            raise OutputError("a take vanished during the build", str(store.root), "Build again: it is made anew.")
        yield sound
