"""The sounds of a sentence in, what the network is given in one go out (layer 3, pure)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audiobuild.engines.phonetics.hibari_ipa import MARKS
from audiobuild.engines.phonetics.hibari_reading import Sound, silent_word_error
from audiobuild.engines.phonetics.hibari_spelling import PAUSES

MAX_PHONEMES = 200
"""The longest that the network is given in one go: beyond it, memory grows."""
_ENDS = ".?!…"
_BETWEEN = MARKS | {" "}
"""What stands between words, so that none starts there."""
_LEAST_SHARE = 1 / 5
"""The smallest part of a long sentence that is cut off at a phrase."""
_STRESS = "ˈ"
_PHRASE = 3


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sentence, or a part of a long one: what the network is given in one go."""

    phonemes: str
    """Symbols of the network's alphabet, 1 to `MAX_PHONEMES`."""
    words: tuple[tuple[int, int], ...]
    """For each word of the text that starts here: where its sound starts in `phonemes`, and its place in the text."""
    ends_sentence: bool
    """False where a long sentence was cut, so that the pause at the joint is shorter."""


def make_utterances(
    text: str, words: Sequence[tuple[int, int]], sounds: Sequence[Sound], *, longest: int = MAX_PHONEMES
) -> Iterator[Utterance]:
    """Join the sounds of a sentence, and cut it where it is too long; a sentence without a word gives nothing.

    Raises:
        EngineError: a word has no sound.
    """
    line = _Line()
    for sound in sounds:
        if sound.is_mark:
            line.add_marks(sound.phonemes)
        else:
            line.add_sound(sound)
    if line.sounds:
        line.close()
        yield from _cut(line, _starts(text, words, line), longest)
    elif words:
        raise silent_word_error(text[words[0][0] : sum(words[0])])


@dataclass(slots=True)
class _Line:
    """The phonemes of a sentence as they grow."""

    phonemes: str = ""
    sounds: list[Sound] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    """Where in the phonemes each sound starts."""
    joints: list[tuple[int, int]] = field(default_factory=list)
    """Spaces at which the sentence may be cut, each with how well it can be: the more the better."""
    is_opening: bool = False
    """Whether a bracket is to be opened before the next sound."""

    def add_marks(self, marks: str) -> None:
        """Set marks behind what was said; of several pauses at one place the strongest is heard."""
        for mark in marks:
            last = self.phonemes[-1:]
            if mark == "(":
                self.is_opening = True
            elif self.is_opening or not last:
                self.is_opening = self.is_opening and mark != ")"
            elif mark == ")":
                self.phonemes += mark * (self.phonemes.count("(") > self.phonemes.count(")"))
            elif last not in PAUSES:
                self.phonemes += " —" if mark == "—" else mark
            elif PAUSES.index(mark) < PAUSES.index(last):
                self.phonemes = self.phonemes[:-1].rstrip() + mark

    def add_sound(self, sound: Sound) -> None:
        """Say a stretch of the text."""
        if self.phonemes:
            if sound.is_apart or self.phonemes[-1] in MARKS:
                self.joints.append((len(self.phonemes), self._strength(sound)))
            self.phonemes += " "
        self.phonemes += "(" * self.is_opening
        self.is_opening = False
        self.sounds.append(sound)
        self.firsts.append(len(self.phonemes))
        self.phonemes += sound.phonemes

    def _strength(self, sound: Sound) -> int:
        """Say how well a sentence can be cut before a sound: best where a phrase ends, worst behind "the" and "of"."""
        if self.phonemes[-1] in MARKS:
            return _PHRASE
        if _STRESS not in self.sounds[-1].phonemes:
            return 0
        return 1 if _STRESS in sound.phonemes else 2

    def close(self) -> None:
        """Let the voice fall at the end, unless a mark says otherwise."""
        if not any(mark in self.phonemes[-2:] for mark in _ENDS + ":;—"):
            self.phonemes = self.phonemes.rstrip(",") + "."


def _starts(text: str, words: Sequence[tuple[int, int]], line: _Line) -> list[tuple[int, int]]:
    """Find where each word starts in the phonemes; words said as one share the sound by their letters."""
    begins = [sound.start for sound in line.sounds]
    found: list[tuple[int, int]] = []
    least = 0
    for offset, length in words:
        number = max(bisect_right(begins, offset) - 1, 0)
        if line.sounds[number].end <= offset and number + 1 < len(begins):
            number += 1
        sound, first = line.sounds[number], line.firsts[number]
        share = max(0, offset - sound.start) / (sound.end - sound.start)
        place = max(least, first + int(share * len(sound.phonemes)))
        while place < len(line.phonemes) and line.phonemes[place] in _BETWEEN:
            place += 1
        if not sound.start - length < offset < sound.end or place >= len(line.phonemes):
            raise silent_word_error(text[offset : offset + length])
        found.append((place, offset))
        least = place + 1
    return found


def _cut(line: _Line, starts: Sequence[tuple[int, int]], longest: int) -> Iterator[Utterance]:
    """Cut a sentence into utterances, each with the words that start in it."""
    pieces = list(_pieces(line, 0, len(line.phonemes), longest))
    places = [place for place, _ in starts]
    for first, last in pieces:
        is_last = last == len(line.phonemes)
        phonemes = line.phonemes[first:last]
        if not is_last and phonemes[-1] not in MARKS:
            phonemes += ","  # the voice is not to fall here
        within = starts[bisect_left(places, first) : bisect_left(places, last)]
        yield Utterance(phonemes, tuple((place - first, offset) for place, offset in within), is_last)


def _pieces(line: _Line, first: int, last: int, longest: int) -> Iterator[tuple[int, int]]:
    """Halve until all is short enough: at a phrase, else at a word, else anywhere; nearest to the middle."""
    if last - first < longest:
        yield first, last
        return
    middle = (first + last) / 2
    joints = line.joints[bisect_right(line.joints, (first, _PHRASE)) : bisect_left(line.joints, (last, 0))]
    margin = (last - first) * (1 / 2 - _LEAST_SHARE)
    best = max((strength for joint, strength in joints if abs(joint - middle) < margin), default=0)
    places = [joint for joint, strength in joints if strength >= best]
    place = min(places or [int(middle)], key=lambda joint: abs(joint - middle))
    yield from _pieces(line, first, place, longest)
    yield from _pieces(line, place + bool(places), last, longest)
