"""Sentences, pieces of bounded length and opening words (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from audiobuild.normalisation.context import DEFAULT_LOCALE, Context
from audiobuild.normalisation.language import load_language

_Cut: TypeAlias = Callable[[str], Sequence[str]]
_END = re.compile(r"(?<![.?!…])[.?!…]++[\"”’')\]]*+(?=\s)")


def split_sentences(text: str, locale: str = DEFAULT_LOCALE) -> tuple[str, ...]:
    """Cut a text into its sentences; the white space between them goes.

    >>> split_sentences("Mr Smith paid $3.50 at No. 10. He left.")
    ('Mr Smith paid $3.50 at No. 10.', 'He left.')
    """
    return tuple(text[start:end] for start, end in sentence_spans(text, locale))


def sentence_spans(text: str, locale: str = DEFAULT_LOCALE) -> Iterator[tuple[int, int]]:
    """Find where each sentence starts and ends, without the white space around it."""
    ends_sentence = load_language(locale).ends_sentence
    start = 0
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in _END.finditer(text, line.start(), line.end()):
            if ends_sentence(text, end):
                yield from _trimmed(text, start, end.end())
                start = end.end()
        yield from _trimmed(text, start, line.end())


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    if left < right:
        yield left, right


def split_text(text: str, max_chars: int, locale: str = DEFAULT_LOCALE) -> tuple[str, ...]:
    """Cut spoken text into pieces of at most `max_chars` characters, at sentences, else phrases, else words.

    Every piece is non-empty; joined by spaces they give back all the words.

    Raises:
        ValueError: `max_chars` is less than one.

    >>> split_text("One, two. Three four.", 12)
    ('One, two.', 'Three four.')
    """
    if max_chars < 1:
        raise ValueError("a piece must hold at least one character")
    return tuple(_packed(split_sentences(text, locale), max_chars, (_phrases, str.split)))


def _packed(parts: Iterable[str], max_chars: int, finer: Sequence[_Cut]) -> Iterator[str]:
    """Fill pieces with as many parts as fit; a part too long by itself is cut by the first of the finer cuts."""
    held = ""
    for part in parts:
        if held and len(held) + 1 + len(part) <= max_chars:
            held = f"{held} {part}"
            continue
        if held:
            yield held
        held = part if len(part) <= max_chars else ""
        if not held and finer:
            yield from _packed(finer[0](part), max_chars, finer[1:])
        elif not held:
            yield from (part[start : start + max_chars] for start in range(0, len(part), max_chars))
    if held:
        yield held


def _phrases(text: str) -> Sequence[str]:
    return [phrase for phrase in re.split(r"(?<=[;:,])\s+", text) if phrase]


def opening_words(text: str, context: Context, most_chars: int) -> str:
    """Return the opening words of a paragraph as written, for a chapter's title; capitals become ordinary words.

    >>> opening_words("IN THE PAST four years, much has changed.", Context(), 24)
    'In the past four years…'
    """
    plain = " ".join(load_language(context.locale).write_opening(" ".join(text.split()), context).split())
    if len(plain) <= most_chars:
        return plain.rstrip(" .,;:—–-…")
    cut = plain[:most_chars]
    if not plain[len(cut)].isspace():
        cut = cut.rsplit(" ", 1)[0] if " " in cut else cut
    while len(cut) >= most_chars and " " in cut:
        cut = cut.rsplit(" ", 1)[0]
    return f"{cut[: most_chars - 1].rstrip(' .,;:—–-…(“‘')}…"
