"""Engines turn spoken text into sound; one file an engine, found by entry point (layer 3).

A package adds an engine with an entry point in the group `audiobuild.engines` that names a class which
fits `Engine`. The contract in full:

- the class is called with the voice and the locale ("en-GB") and does no heavy work until it must speak;
- a voice, rate or pitch that it has not is an `EngineError`, at the latest when its fingerprint is asked for; an engine
  that cannot change its pitch refuses all but 0 (`refuse_pitch`);
- `synthesise` is given spoken text of at most `max_chars` characters and returns all of it as sound, or
  raises `EngineError`; it never returns an empty clip; text without a word is an error (`require_words`);
- the words of the result are all the words of the text in their order, as `find_words` finds them, or none at all;
- pronunciations say how stretches of the text sound: in order, apart, within the text; an engine that is `phonetic`
  speaks them so, and raises `EngineError` for a symbol that it has no sound for; all others ignore them;
- the same text gives the same samples where the engine can manage it at all;
- `fingerprint` changes whenever the same text might give other samples: it is part of a take's address.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Protocol

from audiobuild.audio.clip import Clip
from audiobuild.errors import EngineError
from audiobuild.model import Pronunciation, Voice
from audiobuild.speech_marks import WordTime

GROUP = "audiobuild.engines"
"""The entry point group in which engines are found."""

_LETTER = "(?:[^\\W_]|[\u0300-\u036f])"  # letters, digits, and accents that stand alone behind their letter
_WORD = re.compile(f"{_LETTER}+(?:['\u2019\u2010\u2011-]{_LETTER}+)*")


@dataclass(frozen=True, slots=True)
class Speech:
    """What an engine made of a text."""

    clip: Clip
    words: tuple[WordTime, ...] = ()
    """When each word of the text starts; empty where the engine does not know."""


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """A voice that an engine offers."""

    name: str
    """What `--voice` takes."""
    language: str
    """BCP 47 tag, such as "en-GB"."""
    description: str = ""


class Engine(Protocol):
    """What every engine is."""

    name: str
    """The word that chooses it, the same as its entry point's."""
    max_chars: int
    """The longest text that one call of `synthesise` takes."""
    connections: int
    """How many calls of `synthesise` the network allows at once, each in a process of its own; 0 for no network."""
    calls_per_minute: int
    """How many calls all of them together make at most; without a network it does not matter."""
    phonetic: bool
    """Whether it heeds pronunciations."""

    def __init__(self, voice: Voice, locale: str) -> None: ...

    @property
    def fingerprint(self) -> str:
        """Name all that decides the sound: engine, version, voice, settings."""
        ...

    def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
        """Speak the text, and stretches of it as their pronunciations say. Raises EngineError where it cannot."""
        ...

    @classmethod
    def voices(cls) -> Sequence[VoiceInfo]:
        """List the voices there are, without touching the network."""
        ...


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


def refuse_pitch(voice: Voice) -> None:
    """Raise EngineError unless the voice keeps its own pitch: for engines that know no other."""
    if voice.pitch_semitones:
        message = f"it cannot change the pitch by {voice.pitch_semitones:g} semitones"
        raise EngineError(message, voice.engine, "Leave the pitch at 0, or choose the engine espeak.")


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


def engine_names() -> tuple[str, ...]:
    """List the engines that are installed, in alphabetical order."""
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def load_engine(name: str) -> type[Engine]:
    """Import the engine of that name.

    Raises:
        EngineError: no such engine is installed; names those there are.
    """
    points = entry_points(group=GROUP, name=name)
    if not points:
        names = engine_names()
        near = difflib.get_close_matches(name, names, n=1)
        meant = f"Did you mean {near[0]}? " if near else ""
        raise EngineError(f"there is no engine {name!r}", hint=f"{meant}Installed are: {', '.join(names)}".strip())
    engine: type[Engine] = next(iter(points)).load()
    return engine


def open_engine(voice: Voice, locale: str) -> Engine:
    """Make the engine that speaks with a voice.

    Raises:
        EngineError: no such engine, or no such voice.
    """
    return load_engine(voice.engine)(voice, locale)
