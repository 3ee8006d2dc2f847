"""Names of a script that stand in no lexicon, and how a voice that takes phonemes will say them (layer 3)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from audiobuild.model.pronunciation import Origin
from audiobuild.model.values import Script, Segment
from audiobuild.script.known_sounds import place_in_written
from audiobuild.voices.accents import Accent
from audiobuild.voices.transcription import transcribe

_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSSESSIVE = re.compile("['’]s?$")
_GUESSED = frozenset((Origin.GUESS, Origin.LANGUAGE))


@dataclass(frozen=True, slots=True)
class GuessedName:
    """A name over all a script, and its sound."""

    count: int
    """How often it is said."""
    written: str
    ipa: str
    """As it will be said."""
    origin: Origin
    """Who guesses."""
    place: str
    """Where it stands first: "file:line"."""


def find_guessed_names(script: Script, accent: Accent) -> tuple[GuessedName, ...]:
    """List the names at whose sound the voice must guess, the most frequent first; in English alone.

    Raises:
        EngineError: a word has no sound.
    """
    if not accent.locale.lower().startswith("en"):
        return ()
    counts = Counter[str]()
    first: dict[str, str] = {}
    for segment in (item for section in script.sections for item in section.items if isinstance(item, Segment)):
        for name, _ in _names(segment):
            counts[name] += 1
            first.setdefault(name, f"{segment.source}:{segment.line or 1}" if segment.source else "show.toml")
    found = ((count, name, _guess(name, accent)) for name, count in counts.most_common())
    return tuple(GuessedName(count, name, *guess, first[name]) for count, name, guess in found if guess)


def place_guessed_names(segment: Segment, accent: Accent) -> Iterator[tuple[int, int, str]]:
    """Find such names in one segment: where each starts and ends in the written text, and its sound in IPA."""
    if accent.locale.lower().startswith("en"):
        for name, offset in _names(segment):
            if guess := _guess(name, accent):
                start = segment.spoken.written.find(name, place_in_written(segment.spoken, offset))
                if start >= 0:
                    yield start, start + len(name), guess[0]


def _names(segment: Segment) -> Iterator[tuple[str, int]]:
    """Find the words with a capital, as they are written, whose sound no lexicon of ours or the show's gives.

    Each comes with its place in the spoken text.
    """
    if segment.language:
        return
    text, written = segment.spoken.text, segment.spoken.written
    known = [(sound.offset, sound.offset + sound.length) for sound in segment.pronunciations]
    for match in _NAME.finditer(text):
        if match[0] in written and not any(start < match.end() and match.start() < end for start, end in known):
            yield _POSSESSIVE.sub("", match[0]), match.start()


@lru_cache(maxsize=20_000)
def _guess(name: str, accent: Accent) -> tuple[str, Origin] | None:
    """Say how a name will be said, and who guesses; None where the voice knows it."""
    words = list(transcribe(name, (), accent))
    origin = next((word.origin for word in words if word.origin in _GUESSED), None)
    ipa = " ".join(word.ipa for word in words if any(map(str.isalpha, word.ipa)))
    return (ipa, origin) if origin else None
