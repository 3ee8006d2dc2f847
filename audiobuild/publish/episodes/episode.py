"""An episode as values: the finished file, what it is to become, and what it is known by (layer 3)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from audiobuild.model.levels import Measured
from audiobuild.model.values import Timeline
from audiobuild.publish.episodes.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Episode:
    """A finished file, and what stands in the output folder beside it."""

    path: Path
    timeline: Timeline
    measured: Measured
    """As it is heard."""
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Form:
    """What an episode becomes."""

    kind: str
    """One of the formats; takes are MP3 frames for "mp3", and FLAC for any other."""
    bit_rate_kbps: int
    """Of all channels together; a lossless format does not ask."""
    channels: int
    ceiling_dbtp: float
    """The true peak that it stays under, after decoding."""
    loudness_lufs: float
    """What its takes measure, laid end to end, and it is to measure after decoding."""


class Part(NamedTuple):
    """What joining needs to know of a take."""

    key: str
    frames: int
    """Of 1152 samples."""
    bytes: int
    """How large its sound is in the store."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a finished file is known by."""

    sha256: str
    bytes: int
    measured: Measured | None = None
    """As it is heard, where its codec makes it another sound than its takes are."""


def parts_of(timeline: Timeline) -> tuple[Part, ...]:
    """List the takes of an episode, in order."""
    return tuple(Part(cue.take.key, cue.take.frames, cue.take.bytes) for cue in timeline.cues)


def digest(path: Path) -> Written:
    """Take the size and the hash of a finished file."""
    with path.open("rb") as file:
        return Written(hashlib.file_digest(file, "sha256").hexdigest(), file.tell())
