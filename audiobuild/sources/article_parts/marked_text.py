"""Words of a paragraph while it is put together, with what is said of some of them (layer 1, pure).

A mark stands in the text itself, so that lines can be cut, joined and stripped before anybody asks what stands where.
No source holds a mark: readers turn other control characters into spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from audiobuild.model.articles import ForeignWords
from audiobuild.model.values import Block, BlockKind, Replacement

_LONGEST_WORD_CHARS = 80
_SAID, _LANGUAGE, _LANGUAGE_ENDS, _SPELT = "\0", "\1", "\2", "\3"
_MARK = re.compile("(\0[^\0]*\0|\1[^\1]*\1|\2|\3)")
_RAISED = str.maketrans("0123456789+-−–n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻ⁿ")
_RAISED_DIGITS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_LEVEL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SPACE = re.compile(r"\s+")
_ODD_SPACE = re.compile(r"[^\S ]|  ")
_CONTROLS = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f]")


def without_controls(text: str) -> str:
    """Turn control characters into spaces, but for tabs, and ends of lines and pages."""
    return _CONTROLS.sub(" ", text)


def ipa_in(words: str) -> str:
    """Take the IPA from between its strokes; empty where words are no IPA.

    >>> ipa_in("/ɡɛnt/"), ipa_in("his/her")
    ('ɡɛnt', '')
    """
    found = re.fullmatch(r"/\s*([^/]*[^/\s])\s*/", words.strip())
    return found[1] if found else ""


def said(words: str) -> str:
    """Mark the word before: it is spoken like this; IPA stands between strokes."""
    return f"{_SAID}{' '.join(words.split())}{_SAID}"


def spelt() -> str:
    """Mark the word before: it is spoken letter by letter."""
    return _SPELT


def shift_baseline(words: str, *, is_raised: bool) -> str:
    """Write a number in raised or lowered characters; other text stays as it is.

    >>> shift_baseline("2", is_raised=True), shift_baseline("th", is_raised=True), shift_baseline("2", is_raised=False)
    ('²', 'th', '2')
    """
    is_number = is_raised and re.fullmatch(r"[0-9+−–-]{1,6}|n", words)
    return words.translate(_RAISED) if is_number else words


def language_begins(tag: str) -> str:
    """Mark where words in another language begin."""
    return f"{_LANGUAGE}{tag}{_LANGUAGE}"


def language_ends() -> str:
    """Mark where they end."""
    return _LANGUAGE_ENDS


def bare(marked: str) -> str:
    """Give the words alone.

    >>> bare("6m" + said("six metres"))
    '6m'
    """
    return _MARK.sub("", marked)


def block_of(kind: BlockKind, marked: str, line: int) -> Block:
    """Part the words from what is said of some of them."""
    if not _MARK.search(marked):
        return Block(kind, marked, line)
    text = ""
    overrides: list[Replacement] = []
    sounds: list[tuple[str, str]] = []
    foreign: list[ForeignWords] = []
    begun: list[tuple[int, str]] = []
    for part in _MARK.split(marked):
        if part.startswith(_SAID) and text.strip():
            start, end = _last_word(text)
            if ipa := ipa_in(part[1:-1]):
                sounds.append((text[start:end], ipa))
            else:
                overrides.append(Replacement(start, end, text[start:end], part[1:-1], "override"))
        elif part == _SPELT and text.strip():
            start, end = _last_word(text)
            letters = " ".join(letter.upper() for letter in text[start:end] if letter.isalnum())
            overrides.append(Replacement(start, end, text[start:end], letters, "override"))
        elif part.startswith(_LANGUAGE):
            begun.append((len(text), part[1:-1]))
        elif part == _LANGUAGE_ENDS:
            foreign += _words_since(begun.pop(), text) if begun else ()
        elif not part.startswith((_SAID, _SPELT)):
            text += part
    for each in reversed(begun):
        foreign += _words_since(each, text)
    outer = sorted(foreign, key=lambda each: (each.start, -each.end))
    return Block(kind, text, line, tuple(overrides), foreign=tuple(_outermost(outer)), sounds=tuple(sounds))


def _words_since(begun: tuple[int, str], text: str) -> Iterator[ForeignWords]:
    start, language = begun
    words = text[start:]
    start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    if start < end:
        yield ForeignWords(start, end, language)


def _outermost(foreign: list[ForeignWords]) -> Iterator[ForeignWords]:
    """Keep the outermost of nested stretches."""
    done = 0
    for each in foreign:
        if each.start >= done:
            yield each
            done = each.end


def _last_word(text: str) -> tuple[int, int]:
    """Find the last word, without the punctuation about it; a stop stays with a word that has others."""
    tail = text[-_LONGEST_WORD_CHARS:].rstrip()
    word = tail.rsplit(None, 1)[-1]
    bare = word.lstrip("\"'“‘([") or word
    inner = bare.rstrip(",;:!?)]\"'”’") or bare
    if "." not in inner[:-1]:
        inner = inner.rstrip(".") or inner
    start = len(text) - len(text[-_LONGEST_WORD_CHARS:]) + len(tail) - len(bare)
    return start, start + len(inner)


@dataclass(slots=True)
class Words:
    """Words as they come: lines, each with its number in the source; the spaces in a line are single ones."""

    _lines: list[tuple[list[str], int]] = field(default_factory=lambda: [([], 0)])
    _is_spaced: bool = True
    """Whether a space would be one too many."""
    has_words: bool = False
    """Whether the line that is being written holds a word."""

    def add(self, text: str, line: int) -> None:
        """Add words; a line end in them is a space."""
        if _ODD_SPACE.search(text):
            line += text[: len(text) - len(text.lstrip())].count("\n")
            text = _SPACE.sub(" ", text)
        if self._is_spaced:
            text = text.lstrip(" ")
        if not text:
            return
        parts, first = self._lines[-1]
        parts.append(text)
        self._is_spaced = text.endswith(" ")
        if not self.has_words and text.strip():
            self.has_words = True
            self._lines[-1] = (parts, first or line)

    def add_shifted(self, words: str, line: int, *, is_raised: bool) -> None:
        """Add raised or lowered words; a number of each with a stroke between is a fraction."""
        parts = self._lines[-1][0]
        if not is_raised and words.isdecimal() and len(parts) > 1 and parts[-1].strip() in ("/", "⁄"):
            above, before = parts[-2].strip(), "".join(parts[:-2][-1:])
            if set(above) <= _RAISED_DIGITS and above and not before[-1:].isalpha():
                space = " " if before[-1:].isdecimal() else ""
                parts[-2:] = [f"{space}{above.translate(_LEVEL)}/"]
        self.add(shift_baseline(words, is_raised=is_raised), line)

    def add_lines(self, text: str, line: int) -> None:
        """Add words whose lines end where they do."""
        for count, words in enumerate(text.split("\n")):
            if count:
                self.end_line()
            self.add(words, line + count)

    def mark(self, mark: str) -> None:
        """Add a mark."""
        self._lines[-1][0].append(mark)

    def end_line(self) -> None:
        """End the line: what follows stands on a line of its own."""
        self._lines.append(([], 0))
        self._is_spaced, self.has_words = True, False

    def take(self) -> list[tuple[str, int]]:
        """Give the lines that hold words, and begin anew."""
        if len(self._lines) == 1:
            parts, line = self._lines[0]
            if not self.has_words:
                parts.clear()
                self._is_spaced = True
                return []
            self._lines, self._is_spaced, self.has_words = [([], 0)], True, False
            return [("".join(parts).strip(" "), line)]
        lines = [("".join(parts).strip(" "), line) for parts, line in self._lines]
        self._lines, self._is_spaced, self.has_words = [([], 0)], True, False
        return [(words, line) for words, line in lines if bare(words).strip()]
