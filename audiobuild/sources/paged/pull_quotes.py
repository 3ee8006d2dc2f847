"""Sentences of a paper that stand in it once more, set large: not read, and no end of a paragraph (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audiobuild.model.values import PROSE, Block, BlockKind

_FEWEST_WORDS = 4
"""Of a quotation: a heading of fewer may stand in the text by chance."""
_REASON = "a sentence of the article set large is not read again"
_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*$")


def without_pull_quotes(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Leave out headings that are sentences of the text, and put together the paragraphs that they part.

    >>> text = Block(BlockKind.PARAGRAPH, "Nobody had asked what the piano was for.", 1)
    >>> without_pull_quotes([text, Block(BlockKind.HEADING, "“What the piano was for”", 1)])[1].unread
    'a sentence of the article set large is not read again'
    """
    prose = " ".join(_plain(block.text) for block in blocks if block.kind in PROSE and not block.unread)
    found: list[Block] = []
    parted = -1  # the place of a paragraph behind which such a sentence stands
    for block in blocks:
        if block.kind is BlockKind.HEADING and not block.unread and _is_repeated(block.text, prose):
            if found and found[-1].kind is BlockKind.PARAGRAPH and not _ENDS.search(found[-1].text):
                parted = len(found) - 1
            found.append(block._replace(unread=_REASON))
        elif parted >= 0 and block.kind is BlockKind.PARAGRAPH and block.text[:1].islower():
            before = found[parted]
            found[parted] = before._replace(text=f"{before.text} {block.text}")
            parted = -1
        else:
            found.append(block)
            parted = -1
    return tuple(found)


def _is_repeated(text: str, prose: str) -> bool:
    words = _plain(text)
    return words.count(" ") >= _FEWEST_WORDS - 1 and f" {words} " in f" {prose} "


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
