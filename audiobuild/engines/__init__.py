"""Engines turn spoken text into sound; one file an engine, found by entry point (layer 3).

A package adds an engine with an entry point in the group `audiobuild.engines` that names a class which
fits `Engine`. The contract in full:

- the class is called with the voice and the locale ("en-GB") and does no heavy work until it must speak; importing its
  module imports nothing heavy either;
- what it can do stands in its `abilities`; `registry.open_engine` refuses a rate or a pitch that is not among them;
- a voice that it has not, or a setting of its own that cannot be, is an `EngineError`, at the latest when its
  fingerprint is asked for; so is a part of it that is not installed, with what to do about it;
- `synthesise` is given spoken text of at most `max_chars` characters and returns all of it as sound, or
  raises `EngineError`; it never returns an empty clip; text without a word is an error (`require_words`);
- every clip is checked before it is kept (`audio.soundness`): against the pace of the voice's calibration speech, and
  for noise, long silences and an end in mid-sound; an engine that is not `repeatable` is then asked again, so it tries
  again itself only where it knows that it failed;
- the words of the result are all the words of the text in their order, as `find_words` finds them, or none at all;
- pronunciations say how stretches of the text sound: in order, apart, within the text; an engine that is `phonetic`
  speaks them so, and raises `EngineError` for a symbol that it has no sound for; all others ignore them;
- the same text gives the same samples, in any process and after any other text, unless it says that it is not
  `repeatable`;
- `fingerprint` changes whenever the same text might give other samples: it is part of a take's address. It holds no
  path of this machine, and no secret.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from audiobuild.config.overlay import overlay_settings
from audiobuild.errors import EngineError
from audiobuild.model.pronunciation import Pronunciation
from audiobuild.model.speech_marks import WordTime
from audiobuild.model.values import Voice

if TYPE_CHECKING:
    from audiobuild.audio.clip import Clip

_LETTER = "(?:[^\\W_]|[\u0300-\u036f])"  # letters, digits, and accents that stand alone behind their letter
_WORD = re.compile(f"{_LETTER}+(?:['\u2019\u2010\u2011-]{_LETTER}+)*")


@dataclass(frozen=True, slots=True)
class Speech:
    """What an engine made of a text."""

    clip: Clip
    words: tuple[WordTime, ...] = ()
    """When each word of the text starts; empty where the engine does not know."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What an engine can do: by this it is chosen and driven, never by its name."""

    max_chars: int
    """The longest text that one call of `synthesise` takes."""
    languages: tuple[str, ...] = ()
    """Primary language subtags, such as "en"; empty where it depends on the voice."""
    rates: tuple[float, float] = (0.5, 2.0)
    """The slowest and the fastest rate."""
    pitches_semitones: tuple[float, float] = (0.0, 0.0)
    """The lowest and the highest pitch, relative to the voice's own; both 0 where it has no other."""
    phonetic: bool = False
    """Whether it heeds pronunciations."""
    tells_words: bool = False
    """Whether it tells when each word starts."""
    repeatable: bool = True
    """Whether the same text gives the same samples."""
    connections: int = 0
    """How many calls of `synthesise` the network allows at once, each in a process of its own; 0 for no network."""
    calls_per_minute: int = 0
    """How many calls all of them together make at most; without a network it does not matter."""
    price_per_1000_chars: float = 0.0
    """What the user says that a thousand characters cost; 0 where nothing is said."""
    slow: bool = False
    """Whether a paragraph takes seconds, so that on a cluster each is a task of its own."""
    resources: tuple[tuple[str, float], ...] = ()
    """What a worker of a cluster must have for it, such as ("GPU", 1.0), by the names that its workers were given."""
    preload: str = ""
    """A module that has read, once it is imported, what each worker needs; importing it starts no thread."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file that a voice needs and that is not installed with the engine."""

    url: str
    path: Path
    """Where it is looked for."""
    sha256: str
    """In hexadecimal digits."""
    size_bytes: int


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """A voice that an engine offers."""

    name: str
    """What `--voice` takes."""
    language: str
    """BCP 47 tag, such as "en-GB"."""
    description: str = ""
    licence: str = ""
    """Of the voice's data, as an SPDX identifier where it has one; empty where none is stated."""
    credit: str = ""
    """Whom the licence asks to be named wherever the voice is heard; empty where it asks for nobody."""
    warning: str = ""
    """Why a publisher may not be allowed to use it; empty where nothing is known against it."""
    downloads: tuple[Download, ...] = ()
    """What `audiobuild voices get` fetches, before it can speak."""

    @property
    def is_here(self) -> bool:
        """Whether it can speak without anything being fetched."""
        return all(download.path.is_file() for download in self.downloads)


class Engine(Protocol):
    """What every engine is."""

    name: str
    """The word that chooses it, the same as its entry point's."""
    abilities: Abilities
    """Of the class, for all its voices; an instance may narrow it by its voice and its settings."""
    settings: Any
    """The defaults of its own table in show.toml, [engines.NAME], as a frozen dataclass; None where it has none."""

    def __init__(self, voice: Voice, locale: str) -> None: ...

    @property
    def fingerprint(self) -> str:
        """Name all that decides the sound: engine, version, voice, settings."""
        ...

    @property
    def info(self) -> VoiceInfo:
        """Tell what is known of the voice that speaks."""
        ...

    def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
        """Speak the text, and stretches of it as their pronunciations say. Raises EngineError where it cannot."""
        ...

    @classmethod
    def voices(cls) -> Sequence[VoiceInfo]:
        """List the voices there are, those first that it would choose itself, without touching the network."""
        ...

    @classmethod
    def has_voice(cls, name: str) -> bool:
        """Say whether `name` is a voice of its own, listed or not, without doing any heavy work."""
        ...

    @classmethod
    def missing(cls) -> str:
        """Say in a line what must be installed, and by which command; empty where nothing is missing."""
        ...


@runtime_checkable
class Keyed(Protocol):
    """What an engine also has that shows a key to the service that it asks."""

    def require_key(self) -> None:
        """Raise EngineError where there is none, or it must not be sent; without asking anybody."""
        ...


_Settings = TypeVar("_Settings")


def read_settings(voice: Voice, defaults: _Settings) -> _Settings:
    """Lay an engine's own settings, as show.toml has them, over their defaults.

    Raises:
        ConfigError: an unknown key, which names the nearest known one, or a value of another type.
    """
    values = {key: list(value) if isinstance(value, tuple) else value for key, value in voice.settings}
    return overlay_settings(defaults, values, "show.toml", f"engines.{voice.engine}.")


def unknown_voice(engine: str, name: str, names: Iterable[str]) -> EngineError:
    """Make the error for a voice that is not there, which names the nearest of those that are."""
    near = difflib.get_close_matches(name, sorted(names), n=1)
    meant = f"Did you mean {near[0]}? " if near else ""
    return EngineError(f"there is no voice {name!r}", engine, f"{meant}See `audiobuild voices --engine {engine}`.")


def not_installed(engine: str, missing: str) -> EngineError:
    """Say that an engine needs a package, and how to get it.

    Args:
        missing: as `Engine.missing` has it.
    """
    package, _, command = missing.partition(": ")
    return EngineError(f"it needs the package {package}", engine, f"Install it: {command}")


def not_fetched(engine: str, voice: str) -> EngineError:
    """Say that files of a voice are still to be fetched, and how."""
    return EngineError(f"the voice {voice!r} is not here yet", engine, f"Fetch it: audiobuild voices get {voice}")


def find_words(text: str) -> list[tuple[int, int]]:
    """Find the words: where each starts, and how long it is, in characters.

    >>> find_words("Eighty-four, he’d say.")
    [(0, 11), (13, 4), (18, 3)]
    """
    return [(match.start(), len(match[0])) for match in _WORD.finditer(text)]


def require_words(text: str, max_chars: int) -> None:
    """Refuse text that an engine cannot make sound of.

    Raises:
        EngineError: there is no word in it.
        ValueError: it is longer than the engine takes; to cut it is the caller's part.
    """
    if len(text) > max_chars:
        raise ValueError(f"{len(text)} characters, where the engine takes {max_chars}")
    if not _WORD.search(text):
        raise EngineError(f"there is nothing to say in {text[:40]!r}")


def spread_words(text: str, marks: Iterable[tuple[int, float]], duration_ms: float) -> tuple[WordTime, ...]:
    """Give every word its time, from those that an engine told.

    Engines run words together ("of the"), tell of one twice, or point a little beside it. A mark counts for the word in
    which it stands, or else for the next one; words without a mark share the time between their neighbours by
    their letters.

    Args:
        marks: places in the text, in characters, with their times, in milliseconds, both rising.
        duration_ms: length of the sound.

    >>> [word.start_ms for word in spread_words("One of the few", [(0, 0), (4, 300), (11, 370)], 900)]
    [0, 300, 330, 370]
    """
    words = find_words(text)
    known: dict[int, float] = {}
    index = 0
    for place, time_ms in marks:
        while index < len(words) and sum(words[index]) <= place:
            index += 1
        if index < len(words):
            known.setdefault(words[index][0], time_ms)
    points = [*({0: 0.0} | known).items(), (len(text), duration_ms)]
    times: list[WordTime] = []
    before = 0
    for offset, length in words:
        while points[before + 1][0] <= offset:
            before += 1
        (left, left_ms), (right, right_ms) = points[before : before + 2]
        start_ms = left_ms + (right_ms - left_ms) * (offset - left) / (right - left)
        times.append(WordTime(int(start_ms), offset, length))
    return tuple(times)
