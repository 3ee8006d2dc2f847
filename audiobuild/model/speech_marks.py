"""When the words of a spoken text are heard, as an engine tells it (layer 0)."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, overload


class WordTime(NamedTuple):
    """When a word of the spoken text is heard."""

    start_ms: int
    """From the first sample of the take."""
    offset: int
    """Where the word starts in the spoken text, in characters."""
    length: int
    """Its length in the spoken text, in characters."""


class WordTimes(Sequence[WordTime]):
    """The times of words as one run of numbers: an edition has tens of thousands of them."""

    __slots__ = ("_numbers",)

    def __init__(self, words: Iterable[Iterable[int]]) -> None:
        self._numbers = array("l", chain.from_iterable(words))

    def __len__(self) -> int:
        return len(self._numbers) // 3

    def __iter__(self) -> Iterator[WordTime]:
        numbers = iter(self._numbers)
        return map(WordTime, numbers, numbers, numbers)

    @overload
    def __getitem__(self, place: int) -> WordTime: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[WordTime, ...]: ...
    def __getitem__(self, place: int | slice) -> WordTime | tuple[WordTime, ...]:
        return tuple(self)[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))
