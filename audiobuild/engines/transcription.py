"""Spoken English in, what a voice that takes phonemes is given out, in IPA, and who says how each name sounds (layer 3).

All engines that take phonemes have English words from one lexicon, so that one transcription tells of all of them;
espeak-ng guesses otherwise at the words that are in none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audiobuild.engines.hibari_ipa import as_ipa
from audiobuild.engines.hibari_phonemes import sentence_sounds
from audiobuild.engines.hibari_reading import Vocabulary, is_guessed
from audiobuild.model.pronunciation import Origin, Pronunciation

_PARTS = re.compile(r"[^\W\d_]+")
_POSSESSIVE = re.compile("[\u2019']s?$")
_SHORTEST = 2
"""Letters of a word that can be guessed at: a single one is spelt."""


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


def transcribe_english(
    text: str, pronunciations: Sequence[Pronunciation], *, british: bool, vocabulary: Vocabulary
) -> Iterator[HeardWord]:
    """Write in IPA how a spoken text sounds.

    Args:
        british: whether the voice has British sounds.
        vocabulary: whose words an American voice says.

    Raises:
        EngineError: a word or a symbol has no sound.
    """
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
        elif _has_guess(word, british=british, vocabulary=vocabulary):
            origin = Origin.GUESS
        yield HeardWord(word, as_ipa(sound.phonemes), origin, sound.is_apart)


def _has_guess(word: str, *, british: bool, vocabulary: Vocabulary) -> bool:
    if not is_guessed(_POSSESSIVE.sub("", word), british=british, vocabulary=vocabulary):
        return False
    parts = [part for part in _PARTS.findall(word) if len(part) >= _SHORTEST]
    return any(is_guessed(part, british=british, vocabulary=vocabulary) for part in parts)
