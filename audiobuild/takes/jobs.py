"""What a take is made of, and so its address; nothing of how it is made (layer 3)."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Any

from audiobuild.engines import Engine
from audiobuild.errors import SoundError
from audiobuild.model.file_formats import Format
from audiobuild.model.levels import Level
from audiobuild.model.values import Segment, Sting, Voice
from audiobuild.store.artefacts import address
from audiobuild.takes.wording import given_text

FORMAT = 6
"""Raised when the same settings come to make other frames, or more is kept of them: it is in every take's address."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How takes are levelled and kept."""

    lossless: bool
    """Whether a take is FLAC, from which any format is made, or else MP3 frames, which are the episode's own."""
    bit_rate_kbps: int
    """Of MP3 frames; 0 where they are not lossy."""
    channels: int
    level: Level
    """What speech and stings are brought to."""

    @classmethod
    def of(cls, kind: Format, bit_rate_kbps: int, channels: int, level: Level) -> Encoding:
        """Say how takes are kept: as the episode's own MP3 frames, or so that another format is made of them."""
        return cls(not kind.is_joined, bit_rate_kbps if kind.is_joined else 0, channels, level)


@dataclass(frozen=True, slots=True)
class Job:
    """One take to be made."""

    key: str
    item: Segment | Sting
    encoding: Encoding
    locale: str
    store: Path | str

    @property
    def voice(self) -> Voice | None:
        """Who speaks; None for a sting."""
        return self.item.voice if isinstance(self.item, Segment) else None


def take_parts(
    item: Segment | Sting, encoding: Encoding, *, engine: Engine | None = None, sound: str = ""
) -> dict[str, Any]:
    """Name all that decides the frames of a take, and nothing else, as values of JSON.

    Args:
        item: what is heard.
        encoding: how it is levelled and kept.
        engine: who speaks, for a segment.
        sound: the hash of the sound file, for a sting and for a segment over one.

    Raises:
        ValueError: a segment has no engine.
    """
    settings = {"encoding": _told(encoding), "format": FORMAT, "pause": item.pause_frames}
    if isinstance(item, Sting):
        return {"sting": sound, "shape": _shape(item), **settings}
    if engine is None:
        raise ValueError("a segment is spoken by an engine")
    text = given_text(engine, item.spoken.text, item.pronunciations).text
    return {
        "engine": engine.fingerprint,
        "text": text,
        "sentence": item.sentence_ms if len(text) > engine.abilities.max_chars else 0,
        "sounds": [sound.sound for sound in item.pronunciations] if engine.abilities.phonetic else [],
        "over": [sound, *_shape(item.over)] if item.over else [],
        **settings,
    }


def take_key(parts: Mapping[str, Any]) -> str:
    """Find a take's address by what decides it."""
    return address("takes", **parts)


@functools.cache
def _told(encoding: Encoding) -> dict[str, Any]:
    return dataclasses.asdict(encoding)


def _shape(sting: Sting) -> list[float]:
    return [
        *(sting.gain_db, sting.fade_in_ms, sting.fade_out_ms, sting.trim_ms),
        *((sting.duck_ms, sting.duck_db) if sting.duck_ms else ()),
    ]


def sound_fingerprint(path: Path) -> str:
    """Hash a sound file.

    Raises:
        SoundError: it is not there or cannot be read.
    """
    with open_sound(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_sound(path: Path) -> BufferedReader:
    """Open a sound file.

    Raises:
        SoundError: it is not there or cannot be read.
    """
    try:
        return path.open("rb")
    except OSError as error:
        message = f"the sound file cannot be read ({error.strerror})"
        raise SoundError(message, str(path), "Check the path in show.toml.") from error


def place_of(segment: Segment) -> str:
    """Say where a segment comes from: "FILE:LINE", or show.toml for what the show itself says."""
    return f"{segment.source}:{segment.line}" if segment.line else segment.source or "show.toml"
