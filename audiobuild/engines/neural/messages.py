"""Messages of protocol buffers, read and written without what describes them (layer 3, pure).

A message is a run of fields, each with a number and a content, which may be a message again. What is appended to a
message is merged into it: of fields that can be there once the last one counts, all others are added.

Source: the encoding of protocol buffers, "Last One Wins" and embedded messages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from audiobuild.errors import EngineError

Part: TypeAlias = bytes | memoryview
"""A message, or several fields laid end to end."""

VARINT, FIXED_64, LENGTH_DELIMITED, FIXED_32 = 0, 1, 2, 5
"""Wire types: how a field's content is written."""
_MOST_BITS = 64


def fields(message: Part | int) -> Iterator[tuple[int, memoryview | int, memoryview]]:
    """Walk through a message: each field's number, its content (a number is not looked at), and the whole of it."""
    if isinstance(message, int):
        raise EngineError("it is no network that can be loaded: its fields are of other kinds")
    message, place = memoryview(message), 0
    while (start := place) < len(message):
        key, place = _read_varint(message, place)
        kind = key & 7
        if kind == LENGTH_DELIMITED:
            length, place = _read_varint(message, place)
            content: memoryview | int = message[place : place + length]
            place += length
        elif kind == VARINT:
            content, place = _read_varint(message, place)
        elif kind in (FIXED_32, FIXED_64):
            content, place = 0, place + (4 if kind == FIXED_32 else 8)
        else:
            raise EngineError(f"it is no network that can be loaded: a field of the kind {kind}")
        if place > len(message):
            raise EngineError("it is no network that can be loaded: it breaks off")
        yield key >> 3, content, message[start:place]


def texts(message: Part, number: int) -> list[bytes]:
    """Read all fields of that number, as bytes."""
    return [bytes(text) for of, text, _ in fields(message) if of == number and not isinstance(text, int)]


def field(number: int, content: bytes) -> bytes:
    """Write a field whose content is bytes.

    >>> field(1, b"x").hex(" ")
    '0a 01 78'
    """
    return head(number, len(content)) + content


def head(number: int, length: int) -> bytes:
    """Write what stands before a content of so many bytes."""
    return varint(number << 3 | LENGTH_DELIMITED) + varint(length)


def number_field(number: int, value: int) -> bytes:
    """Write a field whose content is a number."""
    return varint(number << 3 | VARINT) + varint(value)


def varint(value: int) -> bytes:
    """Write a number in groups of seven bits, the lowest first, each but the last marked.

    >>> varint(300).hex(" ")
    'ac 02'
    """
    groups = [value & 0x7F]
    while value := value >> 7:
        groups[-1] |= 0x80
        groups.append(value & 0x7F)
    return bytes(groups)


def _read_varint(message: memoryview, place: int) -> tuple[int, int]:
    """Read a number of groups of seven bits, and where it ends."""
    value = shift = 0
    while place < len(message) and shift < _MOST_BITS:
        group = message[place]
        value |= (group & 0x7F) << shift
        place += 1
        if group < 0x80:
            return value, place
        shift += 7
    raise EngineError("it is no network that can be loaded: it breaks off")
