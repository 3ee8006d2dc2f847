"""The finished file: tag, Info frame, the takes end to end, and a frame of silence (layer 3)."""

from __future__ import annotations

from pathlib import Path

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import encode_take
from audiobuild.audio.frames import info_frame
from audiobuild.errors import OutputError
from audiobuild.model import SAMPLE_RATE_HZ, Timeline
from audiobuild.store import Store, written_whole
from audiobuild.takes import read_frames


def write_episode(path: Path, tag: bytes, timeline: Timeline, store: Store, bit_rate_kbps: int) -> None:
    """Write the episode; a file of that name is replaced once the new one is whole.

    Raises:
        OutputError: the folder cannot be written, or a take is gone from the store.
    """
    silence = encode_take(Clip.silence(0, SAMPLE_RATE_HZ), 1, bit_rate_kbps)
    with written_whole(path) as file:
        file.write(tag)
        # The Info frame stands first and is known last: its place is kept.
        place = file.tell()
        file.write(info_frame(silence, []))
        pieces = []
        for cue in timeline.cues:
            frames = read_frames(store, cue.take.key)
            if frames is None:
                raise OutputError("a take vanished during the build", str(store.root), "Build again: it is made anew.")
            file.write(frames)
            pieces.append((cue.take.frames, len(frames)))
        file.write(silence)
        pieces.append((1, len(silence)))
        file.seek(place)
        file.write(info_frame(silence, pieces))
