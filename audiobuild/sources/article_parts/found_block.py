"""What a reader finds in a text, before anybody asks what it is in an article (layer 1)."""

from __future__ import annotations

from dataclasses import dataclass

from audiobuild.model.values import Block


@dataclass(frozen=True, slots=True)
class FoundBlock:
    """A block with what its place in the document says about it."""

    block: Block
    tag: str = ""
    """"h1" to "h6" for a heading."""
    joined: bool = False
    """Whether it follows in the same paragraph of the source as the block before."""
    address: str = ""
    """Of an image: where it is."""
    note: str = ""
    """Of a note: what its mark calls it."""
