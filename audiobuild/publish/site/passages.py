"""Timed words to passages: paragraphs, headings and list items as the listening page holds them (layer 3).

A passage is plain text with its times beside it, so that it is small and can be read where no script runs:

    "Mr Tolland" from 500 ms, "wept." from 1200 ms  ->  text "Mr Tolland wept.", offsets "0 - 700"
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from audiobuild.model.plain_text import plain_line
from audiobuild.model.values import Role
from audiobuild.timeline.word_times import TimedWord

CONTINUED = "-"
"""In place of a time: this piece of text is heard as one with the piece before it."""

_HEADLINE_LEVEL = 3
"""Under the title of the page and that of the transcript."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What one voice says in one go."""

    role: Role
    text: str
    """Its pieces, with a space between."""
    offsets: str
    """For each piece, ms from the passage's start, or CONTINUED."""
    start_ms: int
    end_ms: int
    level: int
    """Of a heading, 3 or 4; 0 for what is none."""


def passages_of(words: Sequence[TimedWord]) -> Iterator[Passage]:
    """Gather words into passages; a heading with no headline above it stands on the headline's level.

    Args:
        words: all of an episode, in the order in which they are heard.
    """
    under_headline = False
    for _, group in groupby(words, key=lambda word: word.segment):
        inside = tuple(group)
        role = inside[0].role
        under_headline = under_headline or role is Role.HEADLINE
        level = {Role.HEADLINE: _HEADLINE_LEVEL, Role.HEADING: _HEADLINE_LEVEL + under_headline}.get(role, 0)
        passage = _passage(inside, level)
        if passage.text:
            yield passage


def _passage(words: Sequence[TimedWord], level: int) -> Passage:
    start_ms = words[0].start_ms
    pieces: list[str] = []
    offsets: list[str] = []
    for word in words:
        said = plain_line(word.text).split()
        if said:
            pieces += said
            offsets += [str(word.start_ms - start_ms), *[CONTINUED] * (len(said) - 1)]
    return Passage(words[0].role, " ".join(pieces), " ".join(offsets), start_ms, words[-1].end_ms, level)
