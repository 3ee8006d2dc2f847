"""How names in the news sound, as a newsreader says them: spoken text in, pronunciations out (layer 1, pure).

`data/name_sounds.tsv` is the lexicon. It is looked up by letters without their marks, so that "Orban" is "Orbán". A
name that is a common word as well counts only behind the words of its row's context, or in the middle of a sentence.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from audiobuild.model.pronunciation import Origin, Pronunciation
from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_lines, load_map
from audiobuild.normalisation.english.lexis.regions import is_american
from audiobuild.normalisation.late_patterns import LatePattern

TABLE = "name_sounds"
MID_SENTENCE = "*"
"""The context of a name that is none where a sentence begins."""
MARKED = "="
"""The context of a name that is another one without the marks on its letters."""

_NAME = LatePattern("[A-Z\u00c0-\u024f\u1e00-\u1eff][^\\W\\d_\u00ba\u00aa]*(?:[\u0300-\u036f][^\\W\\d_]*)*")
_FIRST_LETTERS = LatePattern(r"[^\W\d_]+")
_BEFORE = LatePattern("([^\\W\\d_]+)[ \u00a0]$")
_LONGEST_BEFORE = 24
_LETTERS = str.maketrans(load_map("plain_letters"))
"""Letters that Unicode does not take apart, and marks that have several forms."""
_HISSING = LatePattern("[szʃʒ]$")
_VOICELESS = LatePattern("[ptkfθ]$")
_SHORTEST_WITH_PLURAL = 3
"""Letters of a name: "Xis" is more often something else."""


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
    """Words of which one must stand right before it; `MID_SENTENCE`; `MARKED`; empty where it always counts."""
    respelling: str
    """How it is written for an engine that takes no phonemes; mostly empty."""

    @property
    def is_one_word(self) -> bool:
        """Whether its name is nothing but letters."""
        return bool(_FIRST_LETTERS.fullmatch(self.written))

    def ipa(self, *, american: bool) -> str:
        """Return the sound that a locale wants."""
        return self.american if american else self.british


def pronounce_names(text: str, context: Context) -> tuple[Pronunciation, ...]:
    """Find the names that the lexicon has, in the order in which they stand.

    >>> pronounce_names("They heard Orban’s speech.", Context())[0].ipa
    'ˈɔː(r)bɑːn'
    """
    return tuple(_found(text, american=is_american(context)))


def _found(text: str, *, american: bool) -> Iterator[Pronunciation]:
    behind = 0
    known = _lines()
    for match in _NAME.finditer(text):
        word = match[0]
        if not word.isascii():
            word = fold(word)
        if word in known:
            start, end = match.span()
            if start >= behind and not text[start - 1 : start].isalpha():
                row, behind = _best(_rows(word), text, (start, end))
                if row:
                    yield Pronunciation(
                        start, behind - start, row.ipa(american=american), Origin.LEXICON, row.respelling
                    )
        elif word[-1] == "s" and (ipa := _plural(word, american=american)) and match.start() >= behind:
            yield Pronunciation(match.start(), match.end() - match.start(), ipa, Origin.LEXICON)


def _best(rows: tuple[NameSound, ...], text: str, span: tuple[int, int]) -> tuple[NameSound | None, int]:
    """Choose among rows that begin with this word: the longest that fits here, and of those the one spelt the same."""
    start, end = span
    found: tuple[NameSound | None, int] = None, end
    for row in rows:
        whole = start + len(row.written)
        if found[0] and whole < found[1]:
            break
        there = text[start:whole]
        if there == row.written and whole >= end and not text[whole : whole + 1].isalpha():
            if _holds(row.context, text, start):
                return row, whole
        elif (
            not found[0]
            and MARKED not in row.context
            and (whole := _end(row, text, span))
            and _holds(row.context, text, start)
        ):
            found = row, whole
    return found


def find_rows(word: str) -> tuple[NameSound, ...]:
    """Return the rows whose names begin with a word, the longest first; the word is without marks on its letters."""
    return _rows(word) if word in _lines() else ()


@cache
def _lines() -> dict[str, list[str]]:
    """Read the lexicon, under the first word of each name; a line is taken apart when its name is met."""
    table: dict[str, list[str]] = {}
    for line in load_lines(TABLE):
        match = _FIRST_LETTERS.match(line)
        if match:
            table.setdefault(fold(match[0]), []).append(line)
    return table


@cache
def _rows(word: str) -> tuple[NameSound, ...]:
    rows = (_row(*line.split("\t")) for line in _lines()[word])
    return tuple(sorted(rows, key=lambda row: -len(row.written)))


def _row(
    written: str, british: str, american: str = "", language: str = "", context: str = "", respelling: str = ""
) -> NameSound:
    return NameSound(written, british, american or british, language, frozenset(context.split()), respelling)


def fold(word: str) -> str:
    """Write a name without the marks on its letters.

    >>> fold("Łódź"), fold("Erdoğan’s")
    ('Lodz', "Erdogan's")
    """
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word.translate(_LETTERS))
    return "".join(char for char in apart if not unicodedata.combining(char))


def _end(row: NameSound, text: str, span: tuple[int, int]) -> int:
    """Return where a name ends that may be spelt a little differently from its row; 0 where it does not stand here."""
    start, end = span
    if not row.is_one_word:
        end = start + len(row.written)
        if fold(text[start:end]).lower() != fold(row.written).lower() or text[end : end + 1].isalpha():
            return 0
    return end


def _holds(context: frozenset[str], text: str, start: int) -> bool:
    if not context or MARKED in context:
        return True
    before = _BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start)
    return before is not None and (before[1] in context or (MID_SENTENCE in context and before[1].islower()))


@cache
def _plural(word: str, *, american: bool) -> str:
    """Return the sound of several people of one name; empty where it is not in the lexicon, or a common word too."""
    for stem in (word[:-1], word[:-2] if word.endswith("es") else ""):
        row = next((row for row in find_rows(stem) if row.is_one_word and not row.context), None)
        if row is None or len(stem) < _SHORTEST_WITH_PLURAL or stem[-1] == "s":
            continue
        ipa = row.ipa(american=american)
        if not _HISSING.search(ipa):
            if stem == word[:-1]:
                return ipa + ("s" if _VOICELESS.search(ipa) else "z")
        elif stem == word[:-2] or stem[-1] == "e":
            return f"{ipa}ɪz"
    return ""
