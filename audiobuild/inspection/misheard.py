"""What was said against what was heard of it: the runs of words that were not heard, or not so (layer 2, pure).

A recogniser writes numbers as digits, spells as it likes, and takes names it does not know for others. So what it heard
is put as it would be spoken, words are compared by their letters alone, and a word by itself is counted, not told of.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from audiobuild.normalisation import gather_context, load_language, verbalise

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LEAST_MISSING = 2
"""Words of which nothing was heard."""
_LEAST_OTHERWISE = 3
"""Words that were heard as others, or that nobody said."""
_ALIKE, _NEARLY_ALIKE = 0.75, 0.6
"""Share of letters in common from which words were heard, if badly: where some are missing, and where none is."""
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe"})


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together and were not heard, or heard as others."""

    said: str
    """As the text has them; empty where nobody said what was heard."""
    heard: str
    """What was heard in their place; empty for nothing."""
    offset: int
    """Where they stand in the text, in characters."""
    missing: int
    """How many words more were said than heard; less than none where more were heard."""
    words: int
    """How many words it is about."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of all the words of a text."""

    runs: tuple[Run, ...]
    words: int
    """How many were said."""
    otherwise: int
    """How many of them were heard otherwise, in runs or alone."""


@dataclass(frozen=True, slots=True)
class _Word:
    letters: str
    start: int
    end: int


def compare(said: str, heard: str, locale: str) -> Comparison:
    """Find what was not heard of a text.

    Args:
        said: the text as it was spoken.
        heard: what a recogniser wrote.

    >>> compare("The tide was low, and the mud lay bare.", "The tide was bare.", "en-GB").runs[0].said
    'low, and the mud lay'
    """
    spoken = verbalise(heard, gather_context([heard], locale)).text
    ours, theirs = _words(said), _words(spoken)
    numbers = load_language(locale).tables.words("number_words")
    runs = []
    otherwise = 0
    for here, there in _differences([word.letters for word in ours], [word.letters for word in theirs]):
        told, got = ours[here], theirs[there]
        if _joined(told) == _joined(got):  # "B B C" is "BBC", "week end" is "weekend"
            continue
        otherwise += max(len(told), len(got))
        if _is_run(told, got, numbers):
            end = ours[here.start - 1].end if here.start else 0
            runs.append(
                Run(
                    said=said[told[0].start : told[-1].end] if told else "",
                    heard=spoken[got[0].start : got[-1].end] if got else "",
                    offset=told[0].start if told else end,
                    missing=len(told) - len(got),
                    words=max(len(told), len(got)),
                )
            )
    return Comparison(tuple(runs), len(ours), otherwise)


def _is_run(told: Sequence[_Word], got: Sequence[_Word], numbers: Collection[str]) -> bool:
    """Say whether it is worth a listen: not where the same number was said in another of its ways."""
    has_both = _has_number(told, numbers) and _has_number(got, numbers)
    if has_both and _unnumbered(told, numbers) == _unnumbered(got, numbers):
        return False
    alike = SequenceMatcher(None, _joined(told), _joined(got), autojunk=False).ratio()
    if len(told) - len(got) >= _LEAST_MISSING:
        return alike < _ALIKE
    return max(len(told), len(got)) >= _LEAST_OTHERWISE and alike < _NEARLY_ALIKE


def _has_number(words: Sequence[_Word], numbers: Collection[str]) -> bool:
    return any(word.letters in numbers for word in words)


def _unnumbered(words: Sequence[_Word], numbers: Collection[str]) -> str:
    return "".join(word.letters for word in words if word.letters not in numbers)


def _differences(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[slice, slice]]:
    """Where two lists of words differ; one word in common between two places does not part them."""
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    kept = [(0, 0, 0), *(block for block in blocks[:-1] if block.size > 1 or _is_at_edge(block, blocks)), blocks[-1]]
    for before, after in itertools.pairwise(kept):
        here = slice(before[0] + before[2], after[0])
        there = slice(before[1] + before[2], after[1])
        if here.start < here.stop or there.start < there.stop:
            yield here, there


def _is_at_edge(block: tuple[int, int, int], blocks: Sequence[tuple[int, int, int]]) -> bool:
    """Say whether nothing differs before a match, or behind it."""
    end = blocks[-1]
    before = block[0] == 0 and block[1] == 0
    return before or (block[0] + block[2] == end[0] and block[1] + block[2] == end[1])


def _words(text: str) -> list[_Word]:
    return [_Word(_plain(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]


def _plain(word: str) -> str:
    split = unicodedata.normalize("NFD", word.lower().translate(_LETTERS))
    return "".join(char for char in split if char.isalnum())


def _joined(words: Sequence[_Word]) -> str:
    return "".join(word.letters for word in words)
