"""What is known of how the words of a segment sound: the show's lexicon, and the language's names (layer 2, pure)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from audiobuild.model.pronunciation import Pronunciation
from audiobuild.model.values import Spoken
from audiobuild.normalisation import LEXICON, Context, Entry, load_language


def find_pronunciations(spoken: Spoken, context: Context) -> tuple[Pronunciation, ...]:
    """Say how words of a spoken text sound; what the show's lexicon speaks is left to it alone."""
    editors = tuple(_editors_own(spoken)) if context.lexicon else ()
    names = load_language(context.locale).pronounce_names(spoken.text, context)
    if not editors:
        return tuple(names)
    sounds = _sounds(context.lexicon)
    own = [
        Pronunciation(start, end - start, ipa)
        for start, end, written in editors
        if (ipa := sounds.get((written.casefold(), spoken.text[start:end])))
    ]
    starts = [start for start, _, _ in editors]
    ends = [end for _, end, _ in editors]
    free = (name for name in names if bisect_right(ends, name.offset) >= _count_before(starts, name))
    return tuple(sorted((*own, *free), key=lambda sound: sound.offset))


def _count_before(starts: list[int], name: Pronunciation) -> int:
    return bisect_right(starts, name.offset + name.length - 1)


def _editors_own(spoken: Spoken) -> Iterator[tuple[int, int, str]]:
    """Find what the lexicon speaks: where its words start and end in the spoken text, and what is written for them."""
    grown = 0  # by how much the spoken text is longer than the written one, so far
    for change in spoken.replacements:
        words = change.spoken.strip()
        if change.rule == LEXICON and words:
            start = change.start + grown + change.spoken.index(words)
            yield start, start + len(words), change.written
        grown += len(change.spoken) - (change.end - change.start)


@lru_cache(maxsize=8)
def _sounds(lexicon: tuple[Entry, ...]) -> dict[tuple[str, str], str]:
    return {(entry.written.casefold(), entry.spoken): entry.ipa for entry in reversed(lexicon) if entry.ipa}


def place_in_written(spoken: Spoken, offset: int) -> int:
    """Find the place in the written text for one of the spoken text; all that a rule says is where its span starts.

    >>> from audiobuild.model.values import Replacement
    >>> place_in_written(Spoken("six million euros", "6m euros", (Replacement(0, 2, "6m", "six million", "m"),)), 12)
    3
    """
    grown = 0
    for change in spoken.replacements:
        start = change.start + grown
        if offset < start:
            break
        if offset < start + len(change.spoken):
            return change.start
        grown += len(change.spoken) - (change.end - change.start)
    return offset - grown
