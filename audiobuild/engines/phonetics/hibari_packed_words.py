"""The words of a lexicon, packed: as a dictionary 90,000 of them would take 20 MB more in every worker (layer 3).

Words with their sounds enter; a mapping of them leaves, in which some can be changed. Its words lie in order, in small
packets, of which the one that has a word is unpacked when it is asked for.
"""

from __future__ import annotations

import marshal
from bisect import bisect_right
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

_PACKET_WORDS = 8
"""More would take longer to unpack, and hardly less memory."""


class PackedWords(MutableMapping[str, Any]):
    """Words, and what is known of each."""

    __slots__ = ("_changed", "_firsts", "_packets")

    def __init__(self, words: Mapping[str, Any] | PackedWords) -> None:
        """Pack them; of packed ones, a second mapping that can be changed shares what was packed."""
        self._changed: dict[str, Any] = {}
        """What is known otherwise than it was packed; None of a word that is gone."""
        self._firsts: list[str] = []
        """The first word of each packet."""
        self._packets: list[bytes] = []
        if isinstance(words, PackedWords):
            self._changed.update(words._changed)
            self._firsts, self._packets = words._firsts, words._packets
            return
        order = sorted(words)
        for start in range(0, len(order), _PACKET_WORDS):
            self._firsts.append(order[start])
            self._packets.append(marshal.dumps({word: words[word] for word in order[start : start + _PACKET_WORDS]}))

    def get(self, word: str, default: Any = None) -> Any:
        """Tell what is known of a word."""
        if word in self._changed:
            found = self._changed[word]
        else:
            number = bisect_right(self._firsts, word) - 1
            found = self._unpacked(number).get(word) if number >= 0 else None
        return default if found is None else found

    def __getitem__(self, word: str) -> Any:
        if (found := self.get(word)) is None:
            raise KeyError(word)
        return found

    def __setitem__(self, word: str, known: Any) -> None:
        self._changed[word] = known

    def __delitem__(self, word: str) -> None:
        _ = self[word]
        self._changed[word] = None

    def __iter__(self) -> Iterator[str]:
        for number in range(len(self._packets)):
            yield from (word for word in self._unpacked(number) if word not in self._changed)
        yield from (word for word, known in self._changed.items() if known is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _unpacked(self, number: int) -> dict[str, Any]:
        unpacked: dict[str, Any] = marshal.loads(self._packets[number])  # nosec B302  # packed by this process
        return unpacked
