"""The finished file: takes end to end, as MP3 frames behind a tag, or as the sound in another container (layer 3)."""

from __future__ import annotations

import hashlib
import itertools
import math
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode, encode_take
from audiobuild.audio.frames import info_frame
from audiobuild.audio.loudness import integrated_loudness, joined_block_loudness
from audiobuild.audio.measurement import profile_file
from audiobuild.audio.overshoot import Gain
from audiobuild.audio.profile import Profile
from audiobuild.model.file_formats import FORMATS
from audiobuild.model.levels import Measured
from audiobuild.model.values import SAMPLE_RATE_HZ, Timeline, ms_of
from audiobuild.publish.episodes.episode import Form, Part, Written, digest
from audiobuild.publish.episodes.episode_tag import EpisodeTag
from audiobuild.publish.formats.containers import write_container
from audiobuild.publish.formats.tags import render_tag
from audiobuild.store.artefacts import Store, written_whole
from audiobuild.takes.stored_takes import read_sounds

_BATCH_BYTES = 4_000_000
"""How much is hashed at once: by single takes, half of the time would go to handing them over."""
_MOST_PASSES = 8
"""How many times an episode is encoded, at most, to get to its level and under its ceiling."""


def measure_takes(timeline: Timeline) -> Measured:
    """Gather what was measured on the decoded takes: they are the episode, laid end to end."""
    blocks = joined_block_loudness(cue.take.levels for cue in timeline.cues)
    energy = sum(cue.take.frames * 10 ** (cue.take.rms_dbfs / 10) for cue in timeline.cues)
    return Measured(
        round(integrated_loudness(blocks), 1),
        max(cue.take.peak_dbtp for cue in timeline.cues),
        round(10 * math.log10(energy / timeline.frames), 1),
        ms_of(timeline.frames) / 1000,
    )


def write_episode(path: Path, form: Form, tag: EpisodeTag, parts: Sequence[Part], store: Store) -> Written:
    """Write the episode; a file of that name is replaced once the new one is whole.

    Args:
        parts: the takes, in order.

    Raises:
        OutputError: the folder cannot be written.
        SoundGone: the store has not the sound of a take.
        SoundError: the format needs a package that is not installed.
    """
    if FORMATS[form.kind].is_joined:
        silence = encode_take(Clip.silence(0, SAMPLE_RATE_HZ, form.channels), 1, form.bit_rate_kbps)
        return _write_mp3(path, render_tag(tag), joined_frames(parts, store, silence))
    if FORMATS[form.kind].is_lossless:
        write_container(path, form.kind, _clips(parts, store), tag)
        return digest(path)
    profile = _write_under_ceiling(path, form, tag, parts, store)
    return replace(digest(path), measured=_measured(profile, parts))


def joined_frames(parts: Sequence[Part], store: Store, silence: bytes) -> Iterator[bytes]:
    """Lay takes end to end, behind their Info frame.

    Args:
        silence: a frame of it, which stands at the end: from it a decoder gets the last samples.

    Raises:
        SoundGone: the store has not the sound of a take.
    """
    pieces = [(part.frames, part.bytes) for part in parts]
    yield info_frame(silence, [*pieces, (1, len(silence))])
    yield from _sounds(parts, store)
    yield silence


def _sounds(parts: Sequence[Part], store: Store) -> Iterator[bytes]:
    return read_sounds(store, (part.key for part in parts))


def _clips(parts: Sequence[Part], store: Store) -> Iterator[Clip]:
    return (decode(sound, part.key) for part, sound in zip(parts, _sounds(parts, store), strict=True))


def _write_under_ceiling(path: Path, form: Form, tag: EpisodeTag, parts: Sequence[Part], store: Store) -> Profile:
    """Encode an episode, and again with another gain until the encoded file meets its level and ceiling."""
    gain: Gain | None = None
    for _ in range(_MOST_PASSES):
        clips = _clips(parts, store)
        lowered = gain.applied(clips) if gain else clips
        write_container(path, form.kind, lowered, tag, bit_rate_kbps=form.bit_rate_kbps)
        profile = profile_file(path)
        more = Gain.needed(profile, ceiling_dbtp=form.ceiling_dbtp, loudness_lufs=form.loudness_lufs, before=gain)
        if more is None:
            break
        gain = more
    return profile


def _measured(profile: Profile, parts: Iterable[Part]) -> Measured:
    duration_s = ms_of(sum(part.frames for part in parts)) / 1000
    return Measured(round(profile.loudness_lufs, 1), profile.peak_dbtp, round(profile.rms_db, 1), duration_s)


def _write_mp3(path: Path, tag: bytes, frames: Iterable[bytes]) -> Written:
    """Write the tag, and the frames behind it."""
    hashed, length = hashlib.sha256(), 0
    batches = _batches(itertools.chain([tag], frames))
    with written_whole(path) as file, ThreadPoolExecutor(1) as reader, ThreadPoolExecutor(1) as hasher:
        # One is read and another hashed while a third is written: each takes about as long.
        reading, hashing = reader.submit(_next, batches), hasher.submit(_update, hashed, [])
        while batch := reading.result():
            reading = reader.submit(_next, batches)
            file.writelines(batch)
            size_bytes = sum(map(len, batch))
            _flush_soon(file, length, size_bytes)
            length += size_bytes
            hashing.result()
            hashing = hasher.submit(_update, hashed, batch)
        hashing.result()
    return Written(hashed.hexdigest(), length)


def _batches(data: Iterable[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    length = 0
    for part in data:
        batch.append(part)
        length += len(part)
        if length > _BATCH_BYTES:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def _flush_soon(file: BinaryIO, start: int, size_bytes: int) -> None:
    """Have the disk begin with what was just written, so that little is left when it is waited for."""
    if sys.platform == "linux":
        with suppress(OSError):  # not every file system takes advice
            os.posix_fadvise(file.fileno(), start, size_bytes, os.POSIX_FADV_DONTNEED)


def _next(batches: Iterator[list[bytes]]) -> list[bytes]:
    return next(batches, [])


def _update(hashed: hashlib._Hash, batch: Iterable[bytes]) -> None:
    for part in batch:
        hashed.update(part)
