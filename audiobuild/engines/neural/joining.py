"""What a network spoke in one go, sentence by sentence, in; speech with pauses and times of words out (layer 3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audiobuild.engines import Speech, find_words, spread_words
from audiobuild.errors import EngineError
from audiobuild.model.speech_marks import WordTime
from audiobuild.normalisation.context import DEFAULT_LOCALE
from audiobuild.normalisation.sentences import sentence_spans, split_text

if TYPE_CHECKING:
    from audiobuild.audio.clip import Clip

SENTENCE_MS = 450
"""The pause between two sentences at rate 1."""
PHRASE_MS = 150
"""The pause where a sentence was too long for the network and was cut."""

_GROUP = re.compile(r"[^\s.,:;?!…—()\"“”¿¡-]+")
"""Phonemes between spaces and marks."""


@dataclass(frozen=True, slots=True, eq=False)
class SpokenPassage:
    """A sentence, or a part of a long one, as it was spoken."""

    clip: Clip
    """As it comes, with silence around the sound."""
    marks: tuple[tuple[int, float], ...]
    """For words of the text, in order: where they stand in it, and when they start in the clip, in milliseconds."""
    ends_sentence: bool


def join_passages(text: str, passages: Iterable[SpokenPassage], rate: float) -> Speech:
    """Lay passages end to end, with pauses in place of the silence that they came with.

    Raises:
        EngineError: one of them has no sound.
    """
    from audiobuild.audio.clip import Clip  # with numpy, which planning does without
    from audiobuild.audio.level import EDGE_MARGIN_MS, trim_edges

    clips: list[Clip] = []
    marks: list[tuple[int, float]] = []
    at_ms = 0.0
    for passage in passages:
        clip, cut = trim_edges(passage.clip)
        if not len(clip.samples):
            raise EngineError(f"there is no sound in what was spoken of {text[:40]!r}")
        cut_ms = 1000 * cut / clip.rate_hz
        first = passage.marks[:1]
        marks += [(place, at_ms + EDGE_MARGIN_MS) for place, _ in first]  # the first word sets in with the sound
        later = passage.marks[len(first) :]
        marks += [(place, at_ms + max(EDGE_MARGIN_MS, start_ms - cut_ms)) for place, start_ms in later]
        pause_ms = (SENTENCE_MS if passage.ends_sentence else PHRASE_MS) / rate
        pause = Clip.silence(round(pause_ms * clip.rate_hz / 1000), clip.rate_hz)
        clips += [clip, pause]
        at_ms += clip.duration_ms + pause.duration_ms
    whole = Clip.joined(clips[:-1])
    return Speech(whole, tuple(_rising(spread_words(text, marks, whole.duration_ms), int(whole.duration_ms))))


def stretches(text: str, longest_chars: int, locale: str = DEFAULT_LOCALE) -> Iterator[tuple[int, int, bool]]:
    """Find the stretches that are spoken in one go: start, end, and whether a sentence ends there.

    >>> list(stretches("No, never. Yes.", 6))
    [(0, 3, False), (4, 10, True), (11, 15, True)]
    """
    for start, end in sentence_spans(text, locale):
        parts = split_text(text[start:end], longest_chars, locale)
        place = start
        for number, part in enumerate(parts, 1):
            begin = text.index(part.split()[0], place)
            place = end if number == len(parts) else text.index(part.split()[-1], begin) + len(part.split()[-1])
            if find_words(text[begin:place]):
                yield begin, place, number == len(parts)


def pair_words(text: str, start: int, end: int, phonemes: str) -> tuple[tuple[int, int], ...]:
    """Guess where in its phonemes each word of a stretch starts: the words in order, as if each were a group of them.

    Where espeak-ng runs words together or says a number in several, the groups are shared out evenly.

    >>> pair_words("Und er?", 0, 7, "ʊnt ˈeːɾ?")
    ((0, 0), (4, 4))
    """
    groups = [match.start() for match in _GROUP.finditer(phonemes)]
    words = [start + offset for offset, _ in find_words(text[start:end])]
    if not groups:
        return ()
    return tuple((groups[number * len(groups) // len(words)], offset) for number, offset in enumerate(words))


def _rising(words: Iterable[WordTime], end_ms: int) -> Iterator[WordTime]:
    """Let the first word start with the sound, and each of the others after the one before it."""
    latest = -1
    for word in words:
        latest = max(latest + 1, min(word.start_ms, end_ms - 1)) if latest >= 0 else 0
        yield WordTime(latest, word.offset, word.length)
