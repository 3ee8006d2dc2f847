"""Whether a pattern can match at a place, told from the shape of the next characters (layer 1, pure).

A shape says of each character what kind it is; positions within it are sets, as bits of a number: bit 2 is set when a
match may have come past the first two characters. What cannot be told is taken to match, so that no match is missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from re import _parser  # type: ignore[attr-defined]  # the parser of patterns, which has no public name
from typing import Any

SHAPE_CHARS = 6
"""How many characters a shape holds; fewer at a text's end."""

_KNOWN = "".join(map(chr, range(128))) + "–—−’‘“”…£€°×·±"
"""The characters that are told from each other; no letter, figure or space is among those beyond ASCII."""
_BIT = {ord(char): 1 << place for place, char in enumerate(_KNOWN)}
"""What stands for each of them in a set of characters, which is a number."""
_BEYOND = 1 << len(_KNOWN)
"""Stands for every other character."""
_ALL = (_BEYOND << 1) - 1


class _Shapes(dict[int, str]):
    """What characters become in a shape: one character stands for all of its kind, the others for themselves."""

    def __missing__(self, char: int) -> str:
        if char not in _BIT:
            return "\x80"
        kind = chr(char)
        if kind.isalnum():
            kind = "0" if kind.isdigit() else "a" if kind.islower() else "A"
        self[char] = kind
        return kind


_SHAPES = _Shapes()


def shape_of(text: str, start: int) -> str:
    """Return the shape of what stands at a place.

    >>> shape_of("The £12.50", 5)
    '00.00'
    """
    return text[start : start + SHAPE_CHARS].translate(_SHAPES)


def can_match(source: str, flags: int, shape: str, exact: int = 0) -> bool:
    """Say whether a pattern can match where the text has this shape.

    Args:
        exact: how many of the shape's characters, from the first, are the text's own.

    >>> can_match(r"\\d+(?:st|nd)", 0, "00aa a"), can_match(r"\\d+(?:st|nd)", 0, "12ab c", 4)
    (True, False)
    """
    parsed, flags = _parsed(source, flags)
    chars = [_BIT.get(ord(char), _BEYOND) for char in shape[:exact]]
    chars += [_KINDS.get(char) or _BIT.get(ord(char), _BEYOND) for char in shape[exact:]]
    return bool(_Reach(chars).through(parsed, 1, flags))


@cache
def _parsed(source: str, flags: int) -> tuple[Any, int]:
    parsed = _parser.parse(source, flags)
    return parsed, parsed.state.flags


def _bits(chars: Iterable[int]) -> int:
    return sum(_BIT[char] for char in chars)


_KINDS = {
    "0": _bits(range(48, 58)),
    "A": _bits(range(65, 91)),
    "a": _bits(range(97, 123)),
    "\x80": _BEYOND,
}
_CATEGORIES = {
    f"CATEGORY_{name}": _bits(char for char in _BIT if re.match(pattern, chr(char)))
    for name, pattern in (("DIGIT", r"\d"), ("SPACE", r"\s"), ("WORD", r"\w"))
}
_CATEGORIES |= {f"CATEGORY_NOT_{name[9:]}": _ALL & ~_BEYOND & ~bits for name, bits in _CATEGORIES.items()}
_WORD = _CATEGORIES["CATEGORY_WORD"]


def _one_char(kind: str, value: Any, flags: int) -> int:
    """Return what one character of a pattern may be: exact for those that are told apart, and all others."""
    if kind == "ANY":
        return _ALL
    bits = _members(value if kind == "IN" else ((kind, value),))
    if flags & re.IGNORECASE:
        bits |= (bits & _KINDS["a"]) >> 32 | (bits & _KINDS["A"]) << 32
    is_negated = kind == "NOT_LITERAL" or (kind == "IN" and str(value[0][0]) == "NEGATE")
    return (_ALL & ~bits if is_negated else bits) | _BEYOND


def _members(items: Iterable[tuple[Any, Any]]) -> int:
    bits = 0
    for kind, value in items:
        if str(kind).endswith("LITERAL"):
            bits |= _BIT.get(value, _BEYOND)
        elif str(kind) == "RANGE":
            bits |= _bits(char for char in _BIT if value[0] <= char <= value[1])
        elif str(kind) == "CATEGORY":
            bits |= _CATEGORIES[str(value)]
    return bits


class _Reach:
    """How far the parts of a pattern come within one shape."""

    def __init__(self, chars: Sequence[int]) -> None:
        self._chars = chars
        self._end = 1 << len(chars)
        """The place behind the shape, from which everything may follow."""

    def through(self, parts: Iterable[tuple[Any, Any]], places: int, flags: int) -> int:
        """Return the places to which the parts may lead from any of these places."""
        for kind, value in parts:
            if not places:
                break
            places = self._past(str(kind), value, places, flags)
        return places

    def _past(self, kind: str, value: Any, places: int, flags: int) -> int:
        if kind in _ONE_CHAR:
            return (places & self._may_be(_one_char(kind, value, flags))) << 1 | places & self._end
        if kind in _REPEATS:
            return self._repeated(value, places, flags)
        if kind == "BRANCH":
            return self._one_of(value[1], places, flags)
        if kind == "SUBPATTERN":
            return self.through(value[3], places, (flags | value[1]) & ~value[2])
        if kind == "ATOMIC_GROUP":
            return self.through(value, places, flags)
        if kind in {"ASSERT", "ASSERT_NOT"}:
            return places if value[0] < 0 else self._looking(value[1], places, flags, is_wanted=kind == "ASSERT")
        if kind == "AT":
            return self._standing(str(value), places)
        return self._end * 2 - (places & -places)  # a group once more, or what is not known here: anywhere from there

    def _may_be(self, chars: int) -> int:
        return sum(1 << at for at, char in enumerate(self._chars) if char & chars)

    def _repeated(self, value: Any, places: int, flags: int) -> int:
        least, most, parts = value
        for _ in range(min(least, SHAPE_CHARS + 1)):
            places = self.through(parts, places, flags)
        found = places
        for _ in range(min(most - least, SHAPE_CHARS + 1)):
            places = self.through(parts, places, flags) & ~found
            found |= places
        return found

    def _one_of(self, branches: Iterable[Any], places: int, flags: int) -> int:
        found = 0
        for branch in branches:
            found |= self.through(branch, places, flags)
        return found

    def _looking(self, parts: Any, places: int, flags: int, *, is_wanted: bool) -> int:
        """Return the places from which the parts may match, or from which they may not."""
        each = [1 << at for at in range(len(self._chars) + 1) if places >> at & 1]
        if is_wanted:
            return sum(place for place in each if self.through(parts, place, flags))
        return sum(place for place in each if not self._is_certain(parts, place, flags))

    def _is_certain(self, parts: Any, place: int, flags: int) -> bool:
        """Say whether the parts match from a place whatever the characters of their kinds are."""
        for kind, value in parts:
            if str(kind) == "BRANCH":
                return len(parts) == 1 and any(self._is_certain(branch, place, flags) for branch in value[1])
            if str(kind) not in _ONE_CHAR or place == self._end:
                return False
            chars = _one_char(str(kind), value, flags) & ~_BEYOND
            if self._chars[place.bit_length() - 1] & ~chars:
                return False
            place <<= 1
        return True

    def _standing(self, where: str, places: int) -> int:
        """Return the places that may be an end or a boundary; before the first and behind the last all may be."""
        if where in {"AT_END", "AT_END_STRING"}:
            return places & (self._end | self._may_be(1 << ord("\n") if where == "AT_END" else 0))
        if where in {"AT_BOUNDARY", "AT_NON_BOUNDARY"}:
            word, other = self._may_be(_WORD | _BEYOND), self._may_be(~_WORD)
            same = word & word << 1 | other & other << 1
            differs = word & other << 1 | other & word << 1
            return places & ((differs if where == "AT_BOUNDARY" else same) | 1 | self._end)
        return places


_ONE_CHAR = frozenset({"LITERAL", "NOT_LITERAL", "IN", "ANY"})
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
