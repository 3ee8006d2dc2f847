"""Spoken text in, the symbols that a voice of Piper's is given out, with the places of words in them (layer 3).

English comes from the lexicons that hibari's voices are given, in the alphabet of espeak-ng, from which Piper's voices
learnt; `piper_phonemes.tsv` has what differs. So words spelt alike and pronunciations are heard as from hibari. Another
language is what espeak-ng says that it is.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from audiobuild.engines.neural.joining import pair_words, stretches
from audiobuild.engines.phonetics.hibari_phonemes import Vocabulary, utterances
from audiobuild.engines.phonetics.hibari_phonemes import table_fingerprint as lexicon_fingerprint
from audiobuild.model.pronunciation import Pronunciation

_LONGEST_CHARS = 250
"""The longest sentence of another language than English that is spoken in one go."""
_LINKED = re.compile(r"ɜɹ(?=[ ˈˌ]*[AIOQWYaiuæɑɐɒɔəɛɜɪʊʌᵊᵻ])")
"""An American vowel whose r is heard, since another vowel follows."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, or a part of a long one: what the network is given in one go."""

    symbols: tuple[str, ...]
    words: tuple[tuple[int, int], ...]
    """For words of the text: where their symbols start, and where they stand in the text."""
    ends_sentence: bool


def english_lines(
    text: str, pronunciations: Sequence[Pronunciation], *, british: bool, vocabulary: Vocabulary
) -> Iterator[Line]:
    """Turn English into the symbols of espeak-ng.

    >>> [line.symbols for line in english_lines("I judge.", (), british=False, vocabulary="en-US")]
    [('ˌ', 'a', 'ɪ', ' ', 'd', 'ʒ', 'ˈ', 'ʌ', 'd', 'ʒ', '.')]

    Args:
        british: whether the voice learnt from espeak-ng's British English.
        vocabulary: whose words an American voice says.

    Raises:
        EngineError: a word or an IPA symbol has no sound.
    """
    table, longest = _table(british=british)
    for said in utterances(text, pronunciations, british=british, vocabulary=vocabulary):
        phonemes = said.phonemes
        linked = {match.start() + 1 for match in _LINKED.finditer(phonemes)}
        symbols: list[str] = []
        starts: list[int] = []
        while (place := len(starts)) < len(phonemes):
            runs = (phonemes[place : place + length] for length in range(longest, 0, -1))
            run = next((run for run in runs if run in table), phonemes[place])
            starts += [len(symbols)] * len(run)
            symbols += table.get(run, run) + ("ɹ" if place + 1 in linked and len(run) > 1 and not british else "")
        words = tuple((starts[place], offset) for place, offset in said.words)
        yield Line(tuple(symbols), words, said.ends_sentence)


def other_lines(text: str, phonemize: Callable[[str], list[list[str]]], locale: str) -> Iterator[Line]:
    """Turn a text into symbols by what Piper's own package makes of its sentences.

    Args:
        phonemize: gives the symbols of each sentence that it finds in a text.
    """
    for start, end, ends_sentence in stretches(text, _LONGEST_CHARS, locale):
        stretch = text[start:end].replace("[[", "[ [")  # what stands in two brackets would be read as symbols
        symbols: list[str] = []
        for sentence in phonemize(stretch):
            symbols += [" "] * bool(symbols) + sentence
        places = list(itertools.accumulate(map(len, symbols), initial=0))
        words = pair_words(text, start, end, "".join(symbols))
        paired = tuple((max(n for n, at in enumerate(places) if at <= place), offset) for place, offset in words)
        yield Line(tuple(symbols), paired, ends_sentence)


def merge_clusters(line: Line, clusters: Collection[tuple[str, ...]]) -> Line:
    """Merge runs of symbols, such as a diphthong's two, that the voice has learnt as one symbol."""
    longest = max(map(len, clusters), default=1)
    symbols: list[str] = []
    starts: list[int] = []
    while (place := len(starts)) < len(line.symbols):
        runs = (line.symbols[place : place + length] for length in range(longest, 1, -1))
        run = next((run for run in runs if run in clusters), line.symbols[place : place + 1])
        starts += [len(symbols)] * len(run)
        symbols.append("".join(run))
    return Line(tuple(symbols), tuple((starts[at], offset) for at, offset in line.words), line.ends_sentence)


@functools.cache
def table_fingerprint() -> str:
    """Name the state of the tables: others may give another sound."""
    return f"{lexicon_fingerprint()} {hashlib.sha256(_rows().encode()).hexdigest()[:8]}"


@functools.cache
def _table(*, british: bool) -> tuple[dict[str, str], int]:
    """Read what stands for each run of symbols, and the length of the longest."""
    table: dict[str, str] = {}
    for row in _rows().split("\n"):
        if row and not row.startswith("# "):
            symbols, american, *other = row.split("\t")
            table[symbols] = other[0] if british and other else american
    return table, max(map(len, table))


@functools.cache
def _rows() -> str:
    return files("audiobuild.engines.phonetics").joinpath("piper_phonemes.tsv").read_text(encoding="utf-8")
