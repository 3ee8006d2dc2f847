"""How names in the news sound, as a newsreader says them: spoken text in, pronunciations out (layer 1, pure).

`data/name_sounds.tsv` is the lexicon. It is looked up by letters without their marks, so that "Orban" is "Orbán". A
name that is a common word as well counts only behind the words of its row's context, or in the middle of a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from audiobuild.model.pronunciation import Origin, Pronunciation
from audiobuild.normalisation.context import Context
from audiobuild.normalisation.tables import load_rows

TABLE = "name_sounds"
MID_SENTENCE = "*"
"""The context of a name that is none where a sentence begins."""

_NAME = re.compile("\\b[A-Z\u00c0-\u024f\u1e00-\u1eff][^\\W\\d_\u00ba\u00aa]*(?:[\u0300-\u036f][^\\W\\d_]*)*")
_FIRST_LETTERS = re.compile(r"[^\W\d_]+")
_BEFORE = re.compile("([^\\W\\d_]+)[ \u00a0]$")
_LONGEST_BEFORE = 24
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ə": "a",
        "Ł": "L",
        "Ø": "O",
        "Đ": "D",
        "Ð": "D",
        "Þ": "Th",
        "Æ": "Ae",
        "Œ": "Oe",
        "Ə": "A",
        "’": "'",
        "ʻ": "'",
        "ʼ": "'",
        "\u2010": "-",
        "\u2011": "-",
        "\u00a0": " ",
    }
)
"""Letters that Unicode does not take apart, and marks that have several forms."""
_HISSING = re.compile("(?:[szʃʒ]|t͡ʃ|d͡ʒ)$")
_VOICELESS = re.compile("[ptkfθ]$")


@dataclass(frozen=True, slots=True)
class NameSound:
    """A row of the lexicon of names."""

    written: str
    british: str
    """IPA, with "(r)" where only some voices speak an r."""
    american: str
    """The same as the British one where the row has none."""
    language: str
    """The primary subtag of the language that the name comes from."""
    context: frozenset[str]
    """Words of which one must stand right before it; `MID_SENTENCE`; empty where it always counts."""

    def ipa(self, *, american: bool) -> str:
        """Return the sound that a locale wants."""
        return self.american if american else self.british


def pronounce_names(text: str, context: Context) -> tuple[Pronunciation, ...]:
    """Find the names that the lexicon has, in the order in which they stand.

    >>> pronounce_names("Paris heard Orban’s speech.", Context())[0].ipa
    'ˈɔː(r)bɑːn'
    """
    american = context.american
    return tuple(
        Pronunciation(start, end - start, ipa, Origin.LEXICON) for start, end, ipa in _found(text, american=american)
    )


def _found(text: str, *, american: bool) -> Iterator[tuple[int, int, str]]:
    table = load_names()
    behind = 0
    for match in _NAME.finditer(text):
        start, end = match.span()
        if start < behind:
            continue
        word = match[0]
        rows = table.get(word if word.isascii() else fold(word))
        if rows is None:
            if word[-1] == "s" and (ipa := _plural(word if word.isascii() else fold(word), american=american)):
                yield start, end, ipa
            continue
        for row in rows:
            whole = end if len(row.written) == end - start else _end(row.written, text, start)
            if whole and (not row.context or _holds(row.context, text, start)):
                yield start, whole, row.ipa(american=american)
                behind = whole
                break


@cache
def load_names() -> dict[str, tuple[NameSound, ...]]:
    """Read the lexicon: under the first letters of a name, without their marks, its rows, the longest first."""
    table: dict[str, list[NameSound]] = {}
    for written, british, *rest in load_rows(TABLE):
        american, language, context = (*rest, "", "", "")[:3]
        row = NameSound(written, british, american or british, language, frozenset(context.split()))
        match = _FIRST_LETTERS.match(written)
        table.setdefault(fold(match[0] if match else written), []).append(row)
    return {
        first: tuple(sorted(rows, key=lambda row: -len(row.written)) if len(rows) > 1 else rows)
        for first, rows in table.items()
    }


def fold(word: str) -> str:
    """Write a name without the marks on its letters.

    >>> fold("Łódź"), fold("Erdoğan’s")
    ('Lodz', "Erdogan's")
    """
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word.translate(_LETTERS))
    return "".join(char for char in apart if not unicodedata.combining(char))


def _end(written: str, text: str, start: int) -> int:
    """Return where a name of a row ends that starts here; 0 where another one stands here."""
    end = start + len(written)
    there = text[start:end]
    if there != written and fold(there) != fold(written):
        return 0
    return 0 if text[end : end + 1].isalpha() else end


def _holds(context: frozenset[str], text: str, start: int) -> bool:
    before = _BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start)
    return before is not None and (before[1] in context or (MID_SENTENCE in context and before[1].islower()))


@cache
def _plural(word: str, *, american: bool) -> str:
    """Return the sound of several people of one name; empty where it is not in the lexicon, or a common word too."""
    for stem in (word[:-1], word[:-2] if word.endswith("es") else ""):
        row = next((row for row in load_names().get(stem, ()) if len(row.written) == len(stem)), None)
        if row and not row.context and len(stem) > 2:
            ipa = row.ipa(american=american)
            is_hissing = bool(_HISSING.search(ipa))
            if is_hissing == (stem == word[:-2]) or not is_hissing:
                return ipa + ("ɪz" if is_hissing else "s" if _VOICELESS.search(ipa) else "z")
    return ""
