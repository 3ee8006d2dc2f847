"""Timeline to written words with the times at which they are heard (layer 2, pure).

An engine tells when the words of the spoken text start. A written token, what stands between white space, is heard from
the first spoken word that lies in it until the next token is heard. Where one replacement covers several tokens, and
says as many words, they are paired; else the tokens are heard as one. What is not spoken at all, such as a bracket
that is left out, belongs to the token before it, or to the first one where there is none before.

    "It cost $5bn (see chart)."  ->  "It" | "cost" | "$5bn (see chart)."

Where the engine told no times they are reckoned from the letters and the punctuation, over the sound that there is.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from sys import intern
from typing import NamedTuple, TypeAlias

from audiobuild.model.speech_marks import WordTime
from audiobuild.model.values import (
    SAMPLE_RATE_HZ,
    SAMPLES_PER_FRAME,
    Cue,
    Role,
    Segment,
    Spoken,
    Timeline,
    Voice,
    ms_of,
)

_WORD_UNITS = 0.5
_PAUSE_UNITS = {".": 7.5, "!": 7.5, "?": 7.5, "…": 7.5, ":": 6.0, ";": 6.0, "—": 6.0, "–": 6.0, ",": 4.5}
"""How long a word and what follows it last, in letters. By least squares over 5,000 words of prose as espeak-ng speaks
them: a letter is 60 ms, a word 27 ms more, a comma 280 ms, a full stop 450 ms; the error is 65 ms a word."""

_DRAWN_OUT_UNITS = 2.25
"""Of a pause, what the word before it is drawn out by: 136 ms, as measured at the ends of takes."""

_PACE_MS = 60.0
"""What a letter lasts at the normal rate, where nothing better is known."""

_EDGE_MS = 20
"""Of a take, before its first sound and behind its last: as its edges are trimmed."""

_MOST_KEPT = 4000
"""Of segments whose tokens are remembered: several hours."""

_WORD = re.compile(r"\w+(?:['\u2019\u2010\u2011-]\w+)*")


class TimedWord(NamedTuple):
    """A written word, and when it is heard in the episode; a tuple, since an edition has tens of thousands."""

    start_ms: int
    end_ms: int
    """Where the next word of its segment starts, or the segment's sound ends; never before the start."""
    sound_end_ms: int
    """Where its own sound ends, by reckoning: before the pause that follows it; within start and end."""
    text: str
    """As written, with its punctuation; with single spaces between, where it is several tokens."""
    segment: int
    """Its cue in the timeline, from 0; stings are counted."""
    chapter: int
    """Its chapter in the timeline, from 0."""
    role: Role
    voice: Voice
    paragraph_start: bool
    """Whether it is the first of its segment."""


_Sounding: TypeAlias = tuple[float, float, int]
"""A spoken word: start and end, before the pause that follows it, in milliseconds from the start of its take, and where
it starts in the spoken text, in characters."""

_Unit: TypeAlias = tuple[str, float, float]
"""Written tokens that are heard as one: text, start and end in milliseconds from the start of the take."""


def words_of(timeline: Timeline) -> tuple[TimedWord, ...]:
    """Find when every written word of an episode is heard, in order."""
    paces = _paces(timeline.cues)
    starts = [chapter.start_frame for chapter in timeline.chapters]
    words: list[TimedWord] = []
    for place, cue in enumerate(timeline.cues):
        if isinstance(cue.item, Segment):
            chapter = max(0, bisect_right(starts, cue.start_frame) - 1)
            words.extend(_timed(cue, cue.item, paces, place, chapter))
    return tuple(words)


# --- one segment ----------------------------------------------------------------------------------


def _timed(cue: Cue, item: Segment, paces: Mapping[Voice, float], place: int, chapter: int) -> Iterator[TimedWord]:
    start_ms = ms_of(cue.start_frame)
    sound_ms = max(0, cue.take.frames - item.pause_frames) * SAMPLES_PER_FRAME * 1000 // SAMPLE_RATE_HZ
    marks = tuple(cue.take.words) or _estimated(item, sound_ms, paces)
    units = _units(item.spoken, marks, sound_ms)
    within = _rising([*(from_ms for _, from_ms, _ in units), sound_ms], sound_ms)
    bounds = [start_ms + time_ms for time_ms in within]
    is_first = True
    for (text, _, sound_end_ms), first, last in zip(units, bounds, bounds[1:], strict=False):
        ends = min(max(first, start_ms + round(sound_end_ms)), last)
        said = intern(text)  # a few thousand words are most of an edition
        yield TimedWord(first, last, ends, said, place, chapter, item.role, item.voice, is_first)
        is_first = False


def _rising(times_ms: Sequence[float], most_ms: int) -> list[int]:
    """Round times, none before the one before it, none behind the end."""
    rising: list[int] = []
    for time_ms in times_ms:
        rising.append(min(max(round(time_ms), rising[-1] if rising else 0), most_ms))
    return rising


def _soundings(text: str, marks: Sequence[WordTime], sound_ms: int) -> list[_Sounding]:
    """Part the time of each spoken word from that of the pause behind it."""
    found = []
    for (start_ms, offset, length), (until_ms, until, _) in itertools.pairwise(marks):
        pause = _pause_units(text[offset + length : until])
        drawn = pause - _DRAWN_OUT_UNITS
        share = 1 - drawn / (_WORD_UNITS + length + pause) if drawn > 0 else 1.0
        found.append((start_ms, start_ms + share * max(0, until_ms - start_ms), offset))
    start_ms, offset, _ = marks[-1]
    return [*found, (start_ms, max(start_ms, sound_ms), offset)]


@lru_cache(maxsize=_MOST_KEPT)
def _units(spoken: Spoken, marks: tuple[WordTime, ...], sound_ms: int) -> list[_Unit]:
    """Give the written tokens their times, and join those that have none to the ones before."""
    written = spoken.written
    tokens = [match.span() for match in re.finditer(r"\S+", written)]
    if not tokens:
        return []
    if not marks:
        return [(" ".join(written.split()), 0, sound_ms)]
    heard: list[tuple[int, float, float]] = []  # token, start, end
    for number, (start_ms, end_ms, _) in _by_token(spoken, tokens, _soundings(spoken.text, marks, sound_ms)):
        if heard and heard[-1][0] == number:
            heard[-1] = (number, heard[-1][1], end_ms)
        else:
            heard.append((number, start_ms, end_ms))
    units: list[_Unit] = []
    first = 0
    for (_, start_ms, end_ms), behind in zip(heard, [*(number for number, *_ in heard[1:]), len(tokens)], strict=True):
        text = written[tokens[first][0] : tokens[behind - 1][1]]
        units.append((text if behind == first + 1 else " ".join(text.split()), start_ms, end_ms))
        first = behind
    return units


def _by_token(
    spoken: Spoken, tokens: Sequence[tuple[int, int]], soundings: Sequence[_Sounding]
) -> Iterator[tuple[int, _Sounding]]:
    """Say in which token each spoken word stands; both rise."""
    starts, ends = zip(*tokens, strict=True)
    shift, at = 0, 0  # spoken offset less written one, and the place among the spoken words
    for change in spoken.replacements:
        said_from = change.start + shift
        said_to = said_from + len(change.spoken)
        while at < len(soundings) and soundings[at][2] < said_from:
            yield _token_at(soundings[at][2] - shift, ends), soundings[at]
            at += 1
        inside = []
        while at < len(soundings) and soundings[at][2] < said_to:
            inside.append(soundings[at])
            at += 1
        first = _token_at(change.start, ends)
        covered = range(first, max(first + 1, bisect_left(starts, change.end)))
        paired = len(covered) == len(inside)
        for number, sounding in enumerate(inside):
            yield covered[number] if paired else first, sounding
        shift = said_to - change.end
    for sounding in soundings[at:]:
        yield _token_at(sounding[2] - shift, ends), sounding


def _token_at(place: int, ends: Sequence[int]) -> int:
    """The token that holds a place in the written text, or else the next one, or else the last."""
    return min(bisect_right(ends, place), len(ends) - 1)


# --- reckoned times -------------------------------------------------------------------------------


def _estimated(item: Segment, sound_ms: int, paces: Mapping[Voice, float]) -> tuple[WordTime, ...]:
    """Spread the words of a segment over its sound, by their letters and the punctuation behind them.

    Over a sting the voice is taken to end the sound, and to have the pace that it has elsewhere.
    """
    matches = list(_WORD.finditer(item.spoken.text))
    units = _word_units(item.spoken.text)
    first_ms, last_ms = min(_EDGE_MS, sound_ms / 2), max(sound_ms - _EDGE_MS, sound_ms / 2)
    if item.over:
        first_ms = max(first_ms, last_ms - paces.get(item.voice, _PACE_MS / item.voice.rate) * sum(units))
    pace = (last_ms - first_ms) / sum(units) if units else 0.0
    words = []
    now_ms = first_ms
    for match, length in zip(matches, units, strict=True):
        words.append(WordTime(round(now_ms), match.start(), len(match[0])))
        now_ms += pace * length
    return tuple(words)


def _paces(cues: Sequence[Cue]) -> dict[Voice, float]:
    """How long a letter lasts in the voices whose words have no times, in milliseconds."""
    sums: dict[Voice, tuple[float, float]] = {}
    for cue in cues:
        item = cue.item
        if isinstance(item, Segment) and not cue.take.words and item.over is None:
            sound_ms = ms_of(cue.end_frame - item.pause_frames) - ms_of(cue.start_frame) - 2 * _EDGE_MS
            before_ms, before_units = sums.get(item.voice, (0.0, 0.0))
            sums[item.voice] = before_ms + sound_ms, before_units + sum(_word_units(item.spoken.text))
    return {voice: sum_ms / units for voice, (sum_ms, units) in sums.items() if sum_ms > 0 and units}


def _word_units(text: str) -> list[float]:
    """How long each word lasts with the pause behind it, in letters; behind the last there is none."""
    matches = list(_WORD.finditer(text))
    starts = [match.start() for match in matches[1:]]
    pauses = [_pause_units(text[match.end() : start]) for match, start in zip(matches, starts, strict=False)]
    ends = [*pauses, _DRAWN_OUT_UNITS]
    return [_WORD_UNITS + len(match[0]) + pause for match, pause in zip(matches, ends, strict=False)]


@lru_cache(maxsize=1000)
def _pause_units(behind: str) -> float:
    return max((_PAUSE_UNITS.get(mark, 0.0) for mark in behind), default=0.0)
