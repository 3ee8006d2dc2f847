"""Long texts that repeat themselves: what was said at a place is said where the same stands about another (layer 1).

Rules look no further than some hundred characters, so that places alike as far as that are spoken alike.
"""

from __future__ import annotations

from typing import Any

from audiobuild.normalisation.places import LONG_CHARS

_BEFORE_CHARS = 400
"""How far before a place two of them must be alike: the furthest that a rule looks back."""
_BEHIND_CHARS = 800
"""How far behind it: the longest form and the furthest that a rule looks past it."""
_NEAR_CHARS = 24
"""How much from a place on tells whether one like it may have been met."""
_MOST_KEPT = 5_000
"""How many places are kept in mind together."""


class Repeats:
    """What was said at the places of one text."""

    __slots__ = ("_last", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._last: dict[str, tuple[int, Any]] = {}
        """By what stands at a place: where the same stood last, and what was said there."""

    def last_like(self, start: int) -> tuple[int, Any] | None:
        """Return where the last place like this one is and what was said there; None where none is in mind."""
        text = self.text
        last = self._last.get(text[start : start + _NEAR_CHARS])
        if last is None:
            return None
        other = last[0]
        here = text[start - _BEFORE_CHARS : start + _BEHIND_CHARS]
        return last if here == text[other - _BEFORE_CHARS : other + _BEHIND_CHARS] else None

    def keep(self, start: int, said: Any) -> None:
        """Keep in mind what was said at a place, unless it is too near the beginning for another to be like it."""
        if start >= _BEFORE_CHARS:
            if len(self._last) >= _MOST_KEPT:
                self._last.clear()
            self._last[self.text[start : start + _NEAR_CHARS]] = start, said


def watch(text: str) -> Repeats | None:
    """Return what watches a text, where it is long enough to be worth it."""
    return Repeats(text) if len(text) >= LONG_CHARS else None
