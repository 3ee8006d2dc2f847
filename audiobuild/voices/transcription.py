"""Spoken text in, what a voice that takes phonemes is given out, in IPA, and who says how each name sounds (layer 3).

All engines that take phonemes have English words from one lexicon, so that one transcription tells of all of them;
espeak-ng alone guesses otherwise at words that are in none. Other languages are as espeak-ng says them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audiobuild.engines.external.espeak_library import transcribe as write_ipa
from audiobuild.engines.phonetics.foreign_names import foreign_ipa
from audiobuild.engines.phonetics.hibari_ipa import as_ipa
from audiobuild.engines.phonetics.hibari_lexicons import Vocabulary, vocabulary_of
from audiobuild.engines.phonetics.hibari_phonemes import sentence_sounds
from audiobuild.engines.phonetics.hibari_reading import is_guessed
from audiobuild.engines.registry import DEFAULT, open_engine
from audiobuild.model.pronunciation import Origin, Pronunciation
from audiobuild.model.values import Voice
from audiobuild.voices.accents import Accent

_PARTS = re.compile(r"[^\W\d_]+")
_POSSESSIVE = re.compile("[\u2019']s?$")
_SHORTEST = 2
"""Letters of a word that can be guessed at: a single one is spelt."""
_LETTER_PLURAL = re.compile("[A-Z]s")


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A stretch of spoken text and its sound."""

    text: str
    """A word, or some that are run together; or marks that are heard as a pause."""
    ipa: str
    """With stress marks; or the marks."""
    origin: Origin | None
    """Who says so; None for the voice's own lexicon, and for marks."""
    is_apart: bool
    """Whether there is white space before it."""


def transcribe(text: str, pronunciations: Sequence[Pronunciation], accent: Accent) -> Iterator[HeardWord]:
    """Write in IPA how a spoken text sounds.

    Raises:
        EngineError: a word or a symbol has no sound, or no voice has the language.
    """
    if not accent.locale.lower().startswith("en"):
        voice = open_engine(Voice(DEFAULT), accent.locale).info.name
        yield HeardWord(text, write_ipa([text], voice)[0], None, is_apart=False)
        return
    british = accent.british
    vocabulary = vocabulary_of(accent.locale)
    starts = [each.offset for each in pronunciations]
    for sound in sentence_sounds(text, pronunciations, british=british, vocabulary=vocabulary):
        word = text[sound.start : sound.end]
        if sound.is_mark:
            yield HeardWord(word, sound.phonemes, None, is_apart=False)
            continue
        number = bisect_right(starts, sound.end - 1) - 1
        known = pronunciations[number] if number >= 0 else None
        origin = None
        if known and sound.start < known.offset + known.length:
            origin = known.origin
        else:
            origin = _guess(word, british=british, vocabulary=vocabulary)
        is_apart = sound.is_apart or text[sound.start - 1 : sound.start].isspace()
        yield HeardWord(word, as_ipa(sound.phonemes), origin, is_apart)


def _guess(word: str, *, british: bool, vocabulary: Vocabulary) -> Origin | None:
    """Say who guesses at a word or a part of it, if anybody must."""
    if _LETTER_PLURAL.fullmatch(word) or not is_guessed(
        _POSSESSIVE.sub("", word), british=british, vocabulary=vocabulary
    ):
        return None
    parts = [part for part in _PARTS.findall(word) if len(part) >= _SHORTEST]
    unknown = [part for part in parts if is_guessed(part, british=british, vocabulary=vocabulary)]
    if any(not foreign_ipa(part) for part in unknown):
        return Origin.GUESS
    return Origin.LANGUAGE if unknown else None
