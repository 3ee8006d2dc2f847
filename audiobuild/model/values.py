"""The values that flow from stage to stage, all frozen; every stage is a function from one to the next (layer 0).

Edition -> Script -> Takes -> Timeline
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from audiobuild.model.articles import PROSE as PROSE
from audiobuild.model.articles import Article as Article
from audiobuild.model.articles import Block as Block
from audiobuild.model.articles import BlockKind as BlockKind
from audiobuild.model.articles import Edition as Edition
from audiobuild.model.articles import Replacement as Replacement
from audiobuild.model.articles import Saying as Saying
from audiobuild.model.pronunciation import Pronunciation
from audiobuild.model.speech_marks import WordTime

SAMPLE_RATE_HZ = 44100
"""The rate of every episode."""

SAMPLES_PER_FRAME = 1152
"""Samples in an MP3 frame (MPEG-1 Layer III), which is the unit of every time in a timeline: 26.12 ms."""


def frames_of(duration_ms: float) -> int:
    """Count the frames that hold a duration, the last one begun counting as whole.

    >>> frames_of(600)
    23
    """
    return math.ceil(duration_ms * SAMPLE_RATE_HZ / (1000 * SAMPLES_PER_FRAME))


def ms_of(frames: int) -> int:
    """Say when a frame starts, to the nearest millisecond.

    >>> ms_of(23)
    601
    """
    return round(frames * SAMPLES_PER_FRAME * 1000 / SAMPLE_RATE_HZ)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Spoken text with its replacements: enough to rebuild the written text from it."""

    text: str
    """What the engine is given: no digit, no symbol."""
    written: str
    replacements: tuple[Replacement, ...]
    """In the order of their spans, which never overlap."""


class Role(StrEnum):
    """What a segment is in the edition; decides its pause."""

    IDENT = "ident"
    SECTION = "section"
    FLY_TITLE = "fly-title"
    HEADLINE = "headline"
    RUBRIC = "rubric"
    DATE = "date"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTATION = "quotation"
    LIST_ITEM = "list item"


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: an engine and its settings."""

    engine: str
    """The engine's name among the entry points `audiobuild.engines`."""
    name: str = ""
    """The engine's own name for the voice; empty for its default."""
    rate: float = 1.0
    """Speed of speech, relative to the engine's normal."""
    pitch_semitones: float = 0.0
    """How much higher than the voice's own pitch it speaks; an engine without pitch takes 0 alone."""
    settings: tuple[tuple[str, Any], ...] = ()
    """The engine's own settings, as its table in show.toml has them, lists as tuples; paths in them are absolute."""


@dataclass(frozen=True, slots=True)
class Segment:
    """What one voice says in one go, and the pause after it."""

    spoken: Spoken
    voice: Voice
    role: Role
    pause_frames: int
    """Silence after the words, in MP3 frames of 1152 samples."""
    source: str = ""
    """Path of the article it comes from; empty for what the show itself says."""
    line: int = 0
    """Line of the source, from 1; 0 for what the show itself says."""
    pronunciations: tuple[Pronunciation, ...] = ()
    """How single words sound, in the order in which they stand."""
    sentence_ms: int = 350
    """The pause between sentences at which an engine makes the text be cut."""
    language: str = ""
    """What it is in, where that is not the show's language: a BCP 47 tag."""
    over: Sting | None = None
    """A sting that is heard first and that the voice starts over: both are one take."""


@dataclass(frozen=True, slots=True)
class Sting:
    """A piece of sound that opens or closes the episode or a department."""

    path: Path
    pause_frames: int
    """Silence after it, in MP3 frames."""
    gain_db: float = 0.0
    fade_in_ms: int = 0
    fade_out_ms: int = 0
    trim_ms: int = 0
    duck_ms: int = 0
    """How long before its end the voice that follows starts; 0 for not before."""
    duck_db: float = -12.0
    """How loud it is under that voice."""


@dataclass(frozen=True, slots=True)
class Section:
    """What becomes one chapter; its picture need not exist, its address can be followed or is empty."""

    title: str
    items: tuple[Segment | Sting, ...]
    image: Path | None = None
    rubric: str = ""
    department: str = ""
    url: str = ""


class Fate(StrEnum):
    """What became of a block."""

    SPOKEN = "spoken"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One block of the source, and whether it is heard."""

    source: str
    line: int
    kind: BlockKind
    text: str
    fate: Fate
    reason: str = ""
    """Why it is not spoken; empty when it is."""


@dataclass(frozen=True, slots=True)
class Script:
    """All that the episode says, in order, and an account of every block of the source."""

    sections: tuple[Section, ...]
    ledger: tuple[LedgerEntry, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A written form whose reading may be wrong, over all an edition."""

    count: int
    """How often it stands in the edition."""
    written: str
    spoken: str
    """The reading chosen; empty where nothing is said."""
    kind: str
    """What is in doubt, in a few words."""
    place: str
    """Where it stands first: "file:line"."""


@dataclass(frozen=True, slots=True)
class PlacedDoubt:
    """A doubt at its place in a written text."""

    start: int
    """In characters, like the end."""
    end: int
    spoken: str
    kind: str


@dataclass(frozen=True, slots=True)
class Take:
    """What the store knows of a segment's sound; the frames themselves stay in the store."""

    key: str
    """The address of the frames in the store."""
    frames: int
    """Number of frames, pause included."""
    words: Sequence[WordTime]
    """Empty where the engine does not know them."""
    levels: Sequence[int]
    """Loudness of each decoded frame, as heard, in hundredths of a LUFS; for gating once takes are joined."""
    peak_dbtp: float
    """True peak of the decoded frames, in dB relative to full scale."""
    rms_dbfs: float
    """Root mean square of the decoded frames, pause included, in dB relative to a sample of 1."""
    bytes: int
    """Size of its sound, MP3 frames or FLAC."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Where one segment or sting stands in the episode."""

    item: Segment | Sting
    take: Take
    start_frame: int
    end_frame: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where one section stands in the episode."""

    section: Section
    start_frame: int
    end_frame: int

    @property
    def title(self) -> str:
        """What its section is called."""
        return self.section.title


@dataclass(frozen=True, slots=True)
class Timeline:
    """Every time of the episode, counted in MP3 frames."""

    cues: tuple[Cue, ...]
    chapters: tuple[Chapter, ...]
    frames: int
    """Length of the episode."""
