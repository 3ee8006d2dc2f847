"""A book that articles are the chapters of, or a feed that they are the entries of (layer 0)."""

from __future__ import annotations

from dataclasses import dataclass, field


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
