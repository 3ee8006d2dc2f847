"""Timed words to phrases and paragraphs, which subtitles and readable transcripts are made of (layer 3).

A phrase is what a subtitle shows: one line of at most 65 characters that also parts into two of at most 32, so that
WebVTT and SubRip have the same cues. Phrases end with a sentence where they can, else at a semicolon, a colon or a
dash, else at a comma, else between words; none goes on into the next paragraph.

Source: "Transcript File Format Details" of the podcast namespace: 65 characters for WebVTT, two lines of 32 for SubRip.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeAlias

from audiobuild.model.plain_text import plain_line
from audiobuild.model.values import Role, Voice
from audiobuild.normalisation import DEFAULT_LOCALE, load_language, split_sentences
from audiobuild.timeline.word_times import TimedWord

HALF_CHARS = 32
"""The longest line of a phrase that is shown in two, unless a single word is longer; in one it has two such at most."""
NAME_CHARS = 24
"""The longest name of a speaker."""

_SHORTEST_MS, _LONGEST_MS = 1000, 7000
"""How long a phrase is shown, where that can be."""
_HOLD_MS, _LONGEST_HOLD_MS = 150, 250
"""How long a phrase stays when its sound has ended, unless the next one begins; one that is short stays longer."""

_AFTER_SENTENCE, _AFTER_CLAUSE, _AFTER_COMMA, _AFTER_WORD, _WITHIN_WORD = 0.0, 3.0, 4.0, 9.0, 14.0
_AFTER_LEADER, _BEFORE_LEADER = 13.0, 7.0
_OVER_SENTENCE = 12.0
_A_PHRASE = 4.0
_TOO_SHORT, _TOO_LONG = 60.0, 20.0
"""What a way of cutting costs: each end by what stands before it, each sentence's end inside a phrase, each phrase, and
each second by which a phrase is shown too briefly or too long. The cheapest way is taken."""

_MOST_KEPT = 4000
"""Of paragraphs whose phrases are remembered: several hours."""

_CLAUSE_END = re.compile(r"[;:\u2014\u2013\u2026][\"'\u2019\u201d)\]]*$|^[\u2014\u2013-]+$")
_COMMA_END = re.compile(r",[\"'\u2019\u201d)\]]*$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What is shown at one time."""

    start_ms: int
    end_ms: int
    """After the start, and not after the start of the next phrase."""
    text: str
    """One line, fit to be shown."""
    segment: int
    """Its cue in the timeline, from 0."""
    chapter: int
    """Its place in the timeline, from 0."""
    speaker: str = ""
    """Who speaks, where the episode has several speakers."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What one voice says in one go."""

    start_ms: int
    text: str
    """One line, fit to be shown."""
    role: Role
    chapter: int
    """Its place in the timeline, from 0."""
    speaker: str = ""
    """Who speaks, where the episode has several speakers."""
    speaker_change: bool = False
    """Whether the paragraph before it, if any, had another speaker."""


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Written words, or the parts of what is heard as one; a column each, for there are tens of thousands."""

    starts_ms: Sequence[float]
    sound_ends_ms: Sequence[float]
    texts: Sequence[str]
    costs: Sequence[float]
    """Of ending a phrase with it."""
    are_sentence_ends: Sequence[bool]


def phrases_of(
    words: Sequence[TimedWord], speakers: Mapping[Voice, str] | None = None, language: str = DEFAULT_LOCALE
) -> tuple[Phrase, ...]:
    """Part the words of an episode into what is shown at one time.

    Args:
        words: all of them, in order.
        speakers: what the voices are called; a voice without a name has none. Where all have the same, it is not told.
        language: what the words are in, which knows where sentences end and what leads on.
    """
    found: list[Phrase] = []
    names = _names(words, speakers)
    for segment, group in itertools.groupby(words, key=lambda word: word.segment):
        inside = tuple(group)
        chapter, speaker, from_ms = inside[0].chapter, names.get(inside[0].voice, ""), inside[0].start_ms
        heard = tuple((word.text, word.start_ms - from_ms, word.sound_end_ms - from_ms) for word in inside)
        found.extend(
            Phrase(from_ms + start_ms, from_ms + end_ms, text, segment, chapter, speaker)
            for start_ms, end_ms, text in _cut(heard, language)
        )
    return tuple(_without_overlaps(found))


def paragraphs_of(words: Sequence[TimedWord], speakers: Mapping[Voice, str] | None = None) -> tuple[Paragraph, ...]:
    """Gather the words of an episode into paragraphs; the arguments are those of `phrases_of`."""
    found: list[Paragraph] = []
    names = _names(words, speakers)
    before = None
    for _, group in itertools.groupby(words, key=lambda word: word.segment):
        inside = tuple(group)
        first = inside[0]
        text = plain_line(" ".join(word.text for word in inside))
        if text:
            speaker = names.get(first.voice, "")
            found.append(Paragraph(first.start_ms, text, first.role, first.chapter, speaker, speaker != before))
            before = speaker
    return tuple(found)


def halves(text: str) -> tuple[str, ...]:
    """Break a phrase into two lines as even as can be; a short one stays a single line.

    >>> halves("By seven there are nine barges in the basin.")
    ('By seven there are nine', 'barges in the basin.')
    """
    if len(text) <= HALF_CHARS:
        return (text,)
    breaks = [place for place, char in enumerate(text) if char == " "]
    if not breaks:
        return (text,)
    middle = min(breaks, key=lambda place: (max(place, len(text) - place - 1), place))
    return text[:middle], text[middle + 1 :]


# --- speakers -------------------------------------------------------------------------------------


def _names(words: Sequence[TimedWord], speakers: Mapping[Voice, str] | None) -> dict[Voice, str]:
    """The names of the voices that speak, fit to be shown; none where there is only one."""
    voices = dict.fromkeys(word.voice for word in words if word.paragraph_start)
    names = {voice: _shortened(plain_line((speakers or {}).get(voice, ""))) for voice in voices}
    return names if len(set(names.values())) > 1 else {}


def _shortened(name: str) -> str:
    return name if len(name) <= NAME_CHARS else name[: NAME_CHARS - 1].rstrip() + "…"


# --- cutting --------------------------------------------------------------------------------------


_Heard: TypeAlias = tuple[str, int, int]
"""A word of a paragraph, when it starts, and when its sound ends, in milliseconds from the paragraph's start."""


@lru_cache(maxsize=_MOST_KEPT)
def _cut(words: tuple[_Heard, ...], language: str) -> list[tuple[int, int, str]]:
    """Cut a paragraph into phrases: start, end and text of each."""
    pieces = _pieces(words, language)
    return [
        (round(pieces.starts_ms[first]), round(pieces.sound_ends_ms[last - 1]), " ".join(pieces.texts[first:last]))
        for first, last in itertools.pairwise(_cheapest_cuts(pieces))
    ]


def _pieces(words: Sequence[_Heard], language: str) -> _Pieces:
    """Part what is heard as one at its spaces, its time by letters, and price the end of each piece."""
    starts_ms: list[float] = []
    ends_ms: list[float] = []
    said: list[str] = []
    wholes: list[bool] = []
    for heard, from_ms, to_ms in words:
        texts = plain_line(heard).split()
        letters = sum(map(len, texts))
        done = 0
        for number, text in enumerate(texts, 1):
            lasts_ms = (to_ms - from_ms) / letters
            starts_ms.append(from_ms + lasts_ms * done)
            done += len(text)
            ends_ms.append(from_ms + lasts_ms * done)
            said.append(text)
            wholes.append(number == len(texts))
    ends = set(itertools.accumulate(len(sentence.split()) for sentence in split_sentences(" ".join(said), language)))
    are_ends = [place in ends for place in range(1, len(said) + 1)]
    costs = [
        (_AFTER_SENTENCE if is_end else _end_cost(text, following, language)) if is_whole else _WITHIN_WORD
        for text, following, is_whole, is_end in zip(said, [*said[1:], ""], wholes, are_ends, strict=False)
    ]
    return _Pieces(starts_ms, ends_ms, said, costs, are_ends)


def _end_cost(text: str, following: str, language: str) -> float:
    leads_on = following.lower() in _leaders(language)
    return _own_end_cost(text, language) or (_BEFORE_LEADER if leads_on else _AFTER_WORD)


@lru_cache(maxsize=20_000)
def _own_end_cost(text: str, language: str) -> float:
    """What a word's end costs whatever follows it; nothing where that decides."""
    if _CLAUSE_END.search(text):
        return _AFTER_CLAUSE
    if _COMMA_END.search(text):
        return _AFTER_COMMA
    return _AFTER_LEADER if text.rstrip(".").lower() in _leaders(language) else 0.0


@cache
def _leaders(language: str) -> frozenset[str]:
    """Words that lead up to the next one: a phrase had better begin with them than end with them."""
    return load_language(language).tables.words("phrase_leaders")


def _cheapest_cuts(pieces: _Pieces) -> list[int]:
    """Where the phrases start, and the end: the cheapest way to cut, found from the front."""
    count = len(pieces.texts)
    best = [0.0] + [float("inf")] * count
    came_from = [0] * (count + 1)
    widths, costs, until_ms = list(map(len, pieces.texts)), pieces.costs, _until_ms(pieces)
    crossing = [_OVER_SENTENCE * is_end for is_end in pieces.are_sentence_ends]
    for first, start_ms in enumerate(pieces.starts_ms):
        crossed = best[first] + _A_PHRASE
        lines, width = 1, -1
        most_lines = 2 if widths[first] <= HALF_CHARS else 0
        for last in range(first, count):
            word = widths[last]
            width += 1 + word
            if width > HALF_CHARS and width > word:
                lines, width = lines + 1, word
            if (lines > most_lines or width > HALF_CHARS) and last > first:
                break
            cost = crossed + costs[last]
            lasts_ms = until_ms[last] - start_ms
            if lasts_ms < _SHORTEST_MS:
                cost += _TOO_SHORT * (_SHORTEST_MS - lasts_ms) / 1000
            elif lasts_ms > _LONGEST_MS:
                cost += _TOO_LONG * (lasts_ms - _LONGEST_MS) / 1000
            if cost < best[last + 1]:
                best[last + 1], came_from[last + 1] = cost, first
            crossed += crossing[last]
    cuts = [count]
    while cuts[-1]:
        cuts.append(came_from[cuts[-1]])
    return cuts[::-1]


def _until_ms(pieces: _Pieces) -> list[float]:
    """How long a phrase that ends with a piece can stay: a little longer than its sound, and up to the next one."""
    following = [*pieces.starts_ms[1:], float("inf")]
    return [
        min(end_ms + _LONGEST_HOLD_MS, start) for end_ms, start in zip(pieces.sound_ends_ms, following, strict=False)
    ]


def _without_overlaps(phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    """Extend each phrase a little, up to the next; every phrase lasts some time, and no two overlap."""
    now_ms = 0
    for place, phrase in enumerate(phrases):
        start_ms = max(phrase.start_ms, now_ms)
        end_ms = phrase.end_ms
        if place + 1 < len(phrases):
            hold_ms = min(max(_HOLD_MS, start_ms + _SHORTEST_MS - end_ms), _LONGEST_HOLD_MS)
            end_ms = min(end_ms + hold_ms, phrases[place + 1].start_ms)
        now_ms = max(end_ms, start_ms + 1)
        yield Phrase(start_ms, now_ms, phrase.text, phrase.segment, phrase.chapter, phrase.speaker)
