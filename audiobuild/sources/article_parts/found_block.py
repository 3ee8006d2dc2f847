"""What a reader finds in a text, before anybody asks what it is in an article (layer 1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from audiobuild.model.values import Block

VERSE_CHARS = 80
"""Of a line of verse, at most."""


class FoundBlock(NamedTuple):
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
    stanza: int = 0
    """Of a line of verse that is a paragraph of its own: the line of the source on which its stanza begins."""


def join_stanzas(found: Sequence[FoundBlock]) -> list[FoundBlock]:
    """Say of lines of verse that the next one is of the same stanza."""
    joined = list(found)
    for place, each in enumerate(joined[:-1]):
        if each.stanza and each.stanza == joined[place + 1].stanza and len(each.block.text) <= VERSE_CHARS:
            joined[place] = each._replace(block=each.block._replace(goes_on=True))
    return joined
