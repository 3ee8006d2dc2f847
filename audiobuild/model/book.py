"""A book that articles are the chapters of, or a feed that they are the entries of (layer 0)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


def name_together(names: Sequence[str]) -> str:
    """Write names as a sentence does.

    >>> name_together(["Ada Holt", "Kim Roe", "Bo Lee"])
    'Ada Holt, Kim Roe and Bo Lee'
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


@dataclass(frozen=True, slots=True)
class Book:
    """What a book, or a feed, says of itself."""

    title: str = ""
    author: str = ""
    """Several are parted as in a sentence."""
    language: str = ""
    """A BCP 47 tag; empty where the book does not say."""
    cover: bytes = field(default=b"", repr=False)
    """The picture's file, in whatever format the book has it."""
    cover_sha256: str = ""
    """What tells one cover from another."""
    is_feed: bool = False
    """Whether it is a feed, of which more will be published."""
