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

_Parts = tuple[tuple[Any, ...], ...]
"""What a pattern begins with: of each part its kind, and what it is made of."""
_CHAR, _REPEAT, _BRANCH, _LOOK, _BEHIND, _STAND, _UNKNOWN = range(7)
"""Kinds of parts: a character, what is repeated, one of several, what stands ahead, or behind, an end or a boundary."""

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
    chars = [_BIT.get(ord(char), _BEYOND) for char in shape[:exact]]
    chars += [_KINDS.get(char) or _BIT.get(ord(char), _BEYOND) for char in shape[exact:]]
    return bool(_Reach(chars).through(_beginning(source, flags), 1))


@cache
def _beginning(source: str, flags: int) -> _Parts:
    """Read what a pattern begins with, as far as a shape goes."""
    parsed = _parser.parse(source, flags)
    return _read(parsed, parsed.state.flags)[0]


def _read(parts: Iterable[tuple[Any, Any]], flags: int) -> tuple[_Parts, int]:
    """Read parts of a pattern, and how many characters they take at least; what is behind a shape is left out."""
    read: list[Any] = []
    least = 0
    for kind, value in parts:
        part, chars = _read_part(str(kind), value, flags)
        read += part
        least += chars
        if least >= SHAPE_CHARS:
            read.append((_UNKNOWN,))
            break
    return tuple(read), least


def _read_part(kind: str, value: Any, flags: int) -> tuple[_Parts, int]:
    if kind in _ONE_CHAR:
        return ((_CHAR, _one_char(kind, value, flags)),), 1
    if kind in _REPEATS:
        least, most, repeated = value
        inner, chars = _read(repeated, flags)
        return ((_REPEAT, inner, min(least, SHAPE_CHARS + 1), min(most - least, SHAPE_CHARS + 1)),), least * chars
    if kind == "BRANCH":
        branches = [_read(branch, flags) for branch in value[1]]
        return ((_BRANCH, tuple(each for each, _ in branches)),), min(chars for _, chars in branches)
    if kind == "SUBPATTERN":
        return _read(value[3], (flags | value[1]) & ~value[2])
    if kind == "ATOMIC_GROUP":
        return _read(value, flags)
    if kind in {"ASSERT", "ASSERT_NOT"}:
        if value[0] < 0:
            return ((_BEHIND,),), 0
        return ((_LOOK, _read(value[1], flags)[0], kind == "ASSERT"),), 0
    if kind == "AT":
        return ((_STAND, str(value)),), 0
    return ((_UNKNOWN,),), 0


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
        self._settled = frozenset({0, self._end})
        """Nothing is reached, or only the end, where no part can rule anything out any more."""

    def through(self, parts: _Parts, places: int) -> int:
        """Return the places to which the parts may lead from any of these places."""
        for part in parts:
            if places in self._settled:
                break
            places = self._past(part, places)
        return places

    def _past(self, part: tuple[Any, ...], places: int) -> int:
        kind = part[0]
        if kind == _CHAR:
            return (places & self._may_be(part[1])) << 1 | places & self._end
        if kind == _REPEAT:
            return self._repeated(part[1], part[2], part[3], places)
        if kind == _BRANCH:
            found = 0
            for branch in part[1]:
                found |= self.through(branch, places)
            return found
        if kind == _LOOK:
            return self._looking(part[1], places, is_wanted=part[2])
        if kind == _STAND:
            return self._standing(part[1], places)
        if kind == _BEHIND:
            return places
        return self._end * 2 - (places & -places)  # a group once more, or what is not known here: anywhere from there

    def _may_be(self, chars: int) -> int:
        return sum(1 << at for at, char in enumerate(self._chars) if char & chars)

    def _repeated(self, parts: _Parts, least: int, more: int, places: int) -> int:
        for _ in range(least):
            places = self.through(parts, places)
        found = places
        for _ in range(more):
            places = self.through(parts, places) & ~found
            found |= places
        return found

    def _looking(self, parts: _Parts, places: int, *, is_wanted: bool) -> int:
        """Return the places from which the parts may match, or from which they may not."""
        each = [1 << at for at in range(len(self._chars) + 1) if places >> at & 1]
        if is_wanted:
            return sum(place for place in each if self.through(parts, place))
        return sum(place for place in each if not self._is_certain(parts, place))

    def _is_certain(self, parts: _Parts, place: int) -> bool:
        """Say whether the parts match from a place whatever the characters of their kinds are."""
        for kind, *value in parts:
            if kind == _BRANCH:
                return len(parts) == 1 and any(self._is_certain(branch, place) for branch in value[0])
            if kind != _CHAR or place == self._end:
                return False
            if self._chars[place.bit_length() - 1] & ~(value[0] & ~_BEYOND):
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
