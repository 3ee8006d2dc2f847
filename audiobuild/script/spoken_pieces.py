"""Spoken text of any length to pieces, each of which is spoken, held and encoded as a whole (layer 2, pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from audiobuild.model.values import Replacement, Spoken
from audiobuild.normalisation import split_text

MOST_CHARS = 2000
"""How much is spoken in one go: about two minutes, or four at the slowest rate, of which all sound is held."""


class _Part(NamedTuple):
    """A stretch of the text: a replacement, or what stands between two of them."""

    written: str
    spoken: str
    rule: str
    """Empty for what is spoken as it is written."""


def cut_spoken(spoken: Spoken, locale: str) -> Iterator[Spoken]:
    """Cut a text at its sentences, else at phrases or words, each piece with what was written for it.

    Of a replacement that is itself cut, all that was written stands in the piece that begins with it.
    """
    if len(spoken.text) <= MOST_CHARS:
        yield spoken
        return
    rest = list(_parts(spoken))
    rest.reverse()
    for length in _lengths(spoken.text, locale):
        taken = []
        while length:
            part = rest.pop()
            if len(part.spoken) > length:
                written = part.written if part.rule else part.written[:length]
                rest.append(_Part(part.written[len(written) :], part.spoken[length:], part.rule))
                part = _Part(written, part.spoken[:length], part.rule)
            taken.append(part)
            length -= len(part.spoken)
        while rest and not rest[-1].spoken:  # what is written and not said
            taken.append(rest.pop())
        yield _joined(taken)


def _parts(spoken: Spoken) -> Iterator[_Part]:
    done = 0
    for change in spoken.replacements:
        if change.start > done:
            yield _Part(spoken.written[done : change.start], spoken.written[done : change.start], "")
        yield _Part(change.written, change.spoken, change.rule)
        done = change.end
    if done < len(spoken.written):
        yield _Part(spoken.written[done:], spoken.written[done:], "")


def _lengths(text: str, locale: str) -> Iterator[int]:
    """How long each piece is; the white space behind it is its own."""
    places = [place for place, char in enumerate(text) if not char.isspace()]
    count = start = 0
    for piece in split_text(text, MOST_CHARS, locale):
        count += sum(not char.isspace() for char in piece)
        end = places[count] if count < len(places) else len(text)
        yield end - start
        start = end


def _joined(parts: Iterable[_Part]) -> Spoken:
    text = written = ""
    replacements = []
    for part in parts:
        if part.rule:
            start, end = len(written), len(written) + len(part.written)
            replacements.append(Replacement(start, end, part.written, part.spoken, part.rule))
        text += part.spoken
        written += part.written
    return Spoken(text, written, tuple(replacements))
