"""Pronunciations for espeak-ng: IPA -> its own phonemes, set into the text in double square brackets (layer 3).

`espeak_phonemes.tsv` says which phoneme stands for which symbol. What espeak-ng does with the brackets unasked, and
what is done here:

- It leaves out a bracketed word that a quotation mark or a bracket touches in front: a space is set there.
- It spells the "'s" behind it as a letter: that becomes a phoneme of the word.
- It drops what it does not know: a symbol that the table has not is an error.
- It takes double brackets of the text for phonemes too: they are made single.

Source: `docs/phonemes.md` of espeak-ng 1.52 for the phonemes; which of them its English voices know was read from
their tables, and what each sounds as from `espeak_TextToPhonemes` with its IPA mode.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from audiobuild.engines import find_words
from audiobuild.engines.phonetics.ipa import DELIMITERS, find_sounds
from audiobuild.errors import EngineError
from audiobuild.model.pronunciation import Pronunciation, refuse_misplaced

_STRESS = "'"
_NO_SOUND = frozenset((_STRESS, ",", ":"))
_POSSESSIVE = re.compile(r"['\u2019]s(?!\w)")
_DOUBLED = re.compile(r"\[(?=\[)|\](?=\])")

_HISSING = frozenset("s z S Z tS dZ S; Z; s. z. tS; dZ;".split())
"""Behind these an English "'s" is a syllable of its own."""
_VOICELESS = frozenset("p t k f T x X C c q l# w#".split())
"""Behind these it has no voice; behind all others it has."""


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with phonemes in it, and the way back from its places to those of the text."""

    text: str
    """What the library is given, to be read with phonemes."""
    starts: tuple[int, ...]
    """Where its pieces start, in characters, rising from 0."""
    origins: tuple[int, ...]
    """Where each piece starts in the text that was marked."""
    verbatim: tuple[bool, ...]
    """Whether a piece is as it was, so that its characters can be counted."""

    def place(self, marked: int) -> int:
        """Find the place in the text for one of this text, in characters; all of a bracket is at its word's start."""
        piece = bisect_right(self.starts, marked) - 1
        return self.origins[piece] + (marked - self.starts[piece] if self.verbatim[piece] else 0)


def mark_text(text: str, pronunciations: Sequence[Pronunciation]) -> MarkedText:
    """Set pronunciations into a text.

    >>> mark_text("To Kraków’s end.", [Pronunciation(3, 6, "ˈkrakuf")]).text
    "To [['|k|r|a|k|u|f|s]] end."

    Raises:
        EngineError: an IPA symbol has no phoneme, or the IPA has no sound.
        ValueError: the pronunciations are not in order, overlap, or are not within the text.
    """
    refuse_misplaced(text, pronunciations)
    if not pronunciations:
        return MarkedText(text, (0,), (0,), (True,))
    pieces: list[tuple[str, int, bool]] = []
    behind = 0
    for spoken in pronunciations:
        end = spoken.offset + spoken.length
        pieces.append((_DOUBLED.sub(" ", text[behind : spoken.offset]), behind, True))
        before = text[spoken.offset - 1 : spoken.offset]
        if before and not before.isspace() and before != "-":
            pieces.append((" ", spoken.offset, False))
        words = _words(spoken.ipa, text[spoken.offset : end])
        if possessive := _POSSESSIVE.match(text, end):
            words[-1].extend(_ending(words[-1]))
            end = possessive.end()
        pieces.extend(_bracketed(words, text[spoken.offset : end], spoken.offset))
        behind = end
    pieces.append((_DOUBLED.sub(" ", text[behind:]), behind, True))
    starts = [0]
    for piece, _, _ in pieces[:-1]:
        starts.append(starts[-1] + len(piece))
    marked, origins, verbatim = zip(*pieces, strict=True)
    return MarkedText("".join(marked), tuple(starts), origins, verbatim)


def phonemes(ipa: str, word: str) -> list[str]:
    """Turn IPA into phonemes.

    >>> phonemes("ˈt͡ʃɛkɪə", "Czechia")
    ["'", 'tS', 'E', 'k', 'i@3']

    Args:
        ipa: no white space, in any Unicode form.
        word: what is pronounced, for the error.

    Raises:
        EngineError: a symbol has no phoneme, or there is no sound.
    """
    found = [sound for run in find_sounds(ipa, _table(), word=word, engine="espeak") for sound in run]
    if _NO_SOUND.issuperset(found):
        raise EngineError(f"the pronunciation of {word!r} has no sound: {ipa!r}", "espeak")
    return found


@functools.cache
def table_fingerprint() -> str:
    """Name the state of the table: another table may give another sound."""
    return hashlib.sha256(_rows().encode()).hexdigest()[:8]


def _words(ipa: str, text: str) -> list[list[str]]:
    """Turn the IPA of words into phonemes; where it marks no stress, each word gets it on its first vowel."""
    words = [phonemes(word, text) for word in DELIMITERS.sub("", ipa).split()]
    if not words:
        raise EngineError(f"the pronunciation of {text!r} is empty", "espeak")
    if not any(_STRESS in word for word in words):
        words = [[_STRESS, *word] for word in words]
    return words


def _ending(word: Sequence[str]) -> tuple[str, ...]:
    """Find the phonemes of an "'s" behind a word."""
    last = word[-1]
    if last in _HISSING:
        return ("I2", "z")
    return ("s",) if last in _VOICELESS else ("z",)


def _bracketed(words: Sequence[Sequence[str]], text: str, offset: int) -> Iterator[tuple[str, int, bool]]:
    """Put each word in brackets, with the place of its own word where there are as many in the text."""
    places = [offset + start for start, _ in find_words(text)]
    if len(places) != len(words):
        places = [offset] * len(words)
    for number, (word, place) in enumerate(zip(words, places, strict=True)):
        # The bar keeps two phonemes from being read as one: "t|S" is not "tS".
        yield " " * bool(number) + f"[[{'|'.join(word)}]]", place, False


@functools.cache
def _table() -> tuple[dict[str, tuple[str, ...]], int]:
    """Read the phonemes of each run of symbols, in NFD, and the length of the longest."""
    table: dict[str, tuple[str, ...]] = {}
    for line in _rows().split("\n"):
        if line and not line.startswith("# "):
            symbols, _, sounds = line.partition("\t")
            table[unicodedata.normalize("NFD", symbols.replace("◌", ""))] = tuple(sounds.split())
    return table, max(map(len, table))


@functools.cache
def _rows() -> str:
    return files("audiobuild.engines.phonetics").joinpath("espeak_phonemes.tsv").read_text(encoding="utf-8")
