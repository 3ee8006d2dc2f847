"""What an engine is asked to speak: the text as it is given, in pieces that it takes, and their addresses (layer 3).

So a build knows what has been spoken without touching sound.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from audiobuild.engines import Engine, find_words
from audiobuild.model.pronunciation import Pronunciation
from audiobuild.normalisation import DEFAULT_LOCALE, split_text
from audiobuild.store.artefacts import Store, address
from audiobuild.takes.respelling import RespeltText, respell

SPEECH_FORMAT = 1
"""Raised when what is kept of the same speech comes to differ: it is part of its address."""


def engine_pieces(text: str, max_chars: int, locale: str) -> Iterator[tuple[str, dict[int, int]]]:
    """Cut a text for its engine: each piece with the place in the whole text of every character of it.

    A piece of nothing but signs is left out.
    """
    places = _places(text)
    for piece in split_text(text, max_chars, locale):
        offsets = dict(zip(_places(piece), places, strict=False))
        places = places[len(offsets) :]
        if find_words(piece):
            yield piece, offsets


def _places(text: str) -> list[int]:
    """Where the characters stand that are not white space, of which alone the pieces of a text keep all."""
    return [place for place, char in enumerate(text) if not char.isspace()]


def pronunciations_within(
    pronunciations: Sequence[Pronunciation], offsets: Mapping[int, int]
) -> Iterator[Pronunciation]:
    """Those pronunciations that a piece holds whole, at their places in it."""
    inward = {outer: inner for inner, outer in offsets.items()}
    for sound in pronunciations:
        start, last = inward.get(sound.offset), inward.get(sound.offset + sound.length - 1)
        if start is not None and last is not None:
            yield dataclasses.replace(sound, offset=start, length=last + 1 - start)


def is_spoken(
    engine: Engine,
    text: str,
    store: Store,
    pronunciations: Sequence[Pronunciation] = (),
    *,
    locale: str = DEFAULT_LOCALE,
) -> bool:
    """Say whether the store has all the speech of a text; the arguments are those of `speak`."""
    return all(
        store.has(speech_key(engine, piece, tuple(pronunciations_within(pronunciations, offsets))))
        for piece, offsets in engine_pieces(
            given_text(engine, text, pronunciations).text, engine.abilities.max_chars, locale
        )
    )


def given_text(engine: Engine, text: str, pronunciations: Sequence[Pronunciation]) -> RespeltText:
    """Write a text as its engine reads it: an engine without phonemes is given some names respelt."""
    return respell(text, () if engine.abilities.phonetic else pronunciations)


def speech_key(engine: Engine, piece: str, pronunciations: tuple[Pronunciation, ...]) -> str:
    """Find the address in the store of the speech of a piece."""
    sounds = [sound.sound for sound in pronunciations] if engine.abilities.phonetic else []
    return address("speech", format=SPEECH_FORMAT, engine=engine.fingerprint, text=piece, sounds=sounds)
