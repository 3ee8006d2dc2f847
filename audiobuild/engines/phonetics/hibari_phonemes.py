"""Spoken text in, phonemes of hibari's network out, and where in them each word starts (layer 3).

The package's own G2P knows the sound of words in their sentence ("the" before a vowel, "read" as a verb). What it does
with a text unasked, and what is done here:

- It reads numbers and symbols in its own way: the text is spoken text, so that part of it is passed by.
- It takes quotation marks for words: `hibari_spelling` keeps them from it.
- It ends a sentence at "No.", and cuts long ones at commas alone: both are done here.
- It drops what it has no letter or phoneme for, and the end of an unknown word of more than 24 letters: letters with
  accents are read as plain ones, long words in parts, and a word that would be silent is an error.
"""

from __future__ import annotations

import functools
import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from audiobuild.engines import find_words
from audiobuild.engines.phonetics.foreign_names import table_fingerprint as foreign_fingerprint
from audiobuild.engines.phonetics.hibari_ipa import NAME, rows
from audiobuild.engines.phonetics.hibari_lexicons import Vocabulary, vocabulary_of
from audiobuild.engines.phonetics.hibari_reading import Sound, read_sentence
from audiobuild.engines.phonetics.hibari_utterances import MAX_PHONEMES, Utterance, make_utterances
from audiobuild.errors import EngineError
from audiobuild.model.pronunciation import Pronunciation, refuse_misplaced
from audiobuild.normalisation.sentences import sentence_spans

__all__ = ["MAX_PHONEMES", "Utterance", "Vocabulary", "table_fingerprint", "utterances", "vocabulary_of"]

_TABLES = ("hibari_phonemes", "hibari_words", "british_words", "homographs")


def utterances(
    text: str,
    pronunciations: Sequence[Pronunciation],
    *,
    british: bool,
    vocabulary: Vocabulary = "en-US",
    longest: int = MAX_PHONEMES,
) -> tuple[Utterance, ...]:
    """Turn spoken text into what the network is given, sentence by sentence.

    >>> utterances("The boat floats.", (), british=False)
    (Utterance(phonemes='ðə bˈOt flˈOts.', words=((0, 0), (3, 4), (8, 9)), ends_sentence=True),)

    Args:
        pronunciations: in order, apart, within the text.
        british: whether the voice has British sounds.
        vocabulary: whose words an American voice says; a British one always has its own.
        longest: how many phonemes an utterance has at most.

    Raises:
        EngineError: a word or an IPA symbol has no sound.
        ValueError: the pronunciations are not in order, overlap, or are not within the text.
    """
    words = find_words(text)
    starts = [offset for offset, _ in words]
    found: list[Utterance] = []
    for (start, end), sounds in _read(text, pronunciations, british=british, vocabulary=vocabulary):
        within = words[bisect_left(starts, start) : bisect_left(starts, end)]
        found.extend(make_utterances(text, within, sounds, longest=longest))
    if not found:
        raise EngineError(f"there is nothing to say in {text[:40]!r}", NAME)
    return tuple(found)


def sentence_sounds(
    text: str, pronunciations: Sequence[Pronunciation], *, british: bool, vocabulary: Vocabulary = "en-US"
) -> Iterator[Sound]:
    """Give the sounds of all words and marks; arguments and errors are those of `utterances`."""
    for _, sounds in _read(text, pronunciations, british=british, vocabulary=vocabulary):
        yield from sounds


def _read(
    text: str, pronunciations: Sequence[Pronunciation], *, british: bool, vocabulary: Vocabulary
) -> Iterator[tuple[tuple[int, int], list[Sound]]]:
    """Read sentence by sentence, each with its place in the text."""
    refuse_misplaced(text, pronunciations)
    for start, end in _sentences(text, pronunciations):
        spoken = [each for each in pronunciations if start <= each.offset < end]
        yield (start, end), read_sentence(text, (start, end), spoken, british=british, vocabulary=vocabulary)


@functools.cache
def table_fingerprint() -> str:
    """Name the state of the tables: others may give another sound."""
    return hashlib.sha256("\f".join([foreign_fingerprint(), *map(rows, _TABLES)]).encode()).hexdigest()[:8]


def _sentences(text: str, pronunciations: Sequence[Pronunciation]) -> Iterator[tuple[int, int]]:
    """Find the sentences; none ends within a pronunciation."""
    ends = [each.offset + each.length for each in pronunciations]
    held: tuple[int, int] | None = None
    for start, end in sentence_spans(text):
        first, last = held or (start, end)
        number = bisect_right(ends, end)
        is_cut = number < len(ends) and pronunciations[number].offset < end
        last = max(last, ends[number] if is_cut else end)
        held = (first, last) if last > end else None
        if held is None:
            yield first, last
    if held is not None:
        yield held
