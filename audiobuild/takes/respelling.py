"""Names for an engine that takes no phonemes: in a spelling that it can read, and the way back (layer 3, pure).

A text is given to it with some of its names respelt, and the words that it tells of are brought back to the text's own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from audiobuild.model.pronunciation import Pronunciation
from audiobuild.model.speech_marks import WordTime


@dataclass(frozen=True, slots=True)
class RespeltText:
    """A text with names in another spelling."""

    text: str
    starts: tuple[int, ...]
    """Where in it the respelt names stand, in characters, rising."""
    names: tuple[Pronunciation, ...]
    """The names, at their places in the text as it was."""

    def back(self, word: WordTime) -> WordTime:
        """Find the original of a word in the respelt text."""
        number = bisect_right(self.starts, word.offset) - 1
        if number < 0:
            return word
        name, start = self.names[number], self.starts[number]
        if word.offset < start + len(name.respelling):
            return word._replace(offset=name.offset, length=word.length + name.length - len(name.respelling))
        return word._replace(offset=word.offset - start - len(name.respelling) + name.offset + name.length)


def respell(text: str, pronunciations: Sequence[Pronunciation]) -> RespeltText:
    """Respell the names of a text whose pronunciations have a respelling.

    >>> respell("In Youghal.", (Pronunciation(3, 7, "jɔːl", respelling="Yawl"),)).text
    'In Yawl.'
    """
    names = tuple(each for each in pronunciations if each.respelling)
    pieces: list[str] = []
    starts: list[int] = []
    behind = length = 0
    for name in names:
        pieces += (text[behind : name.offset], name.respelling)
        length += name.offset - behind
        starts.append(length)
        length += len(name.respelling)
        behind = name.offset + name.length
    return RespeltText("".join([*pieces, text[behind:]]), tuple(starts), names)
