"""What a paper begins with: its headline, and who wrote it under that (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audiobuild.model.values import Block, BlockKind
from audiobuild.sources.article_parts.datelines import parse_date

_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_BYLINE_WORDS = 12
_BYLINES = 4
"""So many lines at most stand between a headline and the text, and above a headline."""
_LARGER = 1.1
"""Than the heading that a paper begins with are the letters of a headline below it."""
_BYLINE_REASON = "who wrote it, and when, is told and not read"
_ABOVE_REASON = "what stands above the headline is not read"


def with_head(blocks: Sequence[Block], heights: Sequence[float], title: str = "") -> Iterator[Block]:
    """Find the headline, and take what stands under it for the byline.

    Args:
        blocks: all of a paper.
        heights: of their letters.
        title: what the file says is its title.
    """
    headline = _headline(blocks, heights, title)
    if headline is None:
        yield from blocks
        return
    for block in blocks[:headline]:
        yield block if block.unread else block._replace(kind=BlockKind.PARAGRAPH, unread=_ABOVE_REASON)
    yield blocks[headline]._replace(kind=BlockKind.HEADLINE)
    in_head = True
    for place, block in enumerate(blocks[headline + 1 :], 1):
        in_head = in_head and place <= _BYLINES and _is_short(block)
        in_head = in_head and (block.kind is not BlockKind.HEADING or parse_date(block.text) is not None)
        yield block._replace(kind=BlockKind.PARAGRAPH, unread=_BYLINE_REASON) if in_head else block


def _headline(blocks: Sequence[Block], heights: Sequence[float], title: str) -> int | None:
    """Find the place of the headline: the heading with the largest letters before the text begins."""
    places: list[int] = []
    for place, block in enumerate(blocks[: _BYLINES + 1]):
        if block.kind is BlockKind.HEADING and block.line == blocks[0].line:
            places.append(place)
        if len(block.text.split()) > _BYLINE_WORDS:
            break
    titled = [place for place in places if _plain(blocks[place].text) in _plain(title)]
    if titled or not places:
        return max(titled, key=lambda place: len(blocks[place].text), default=None)
    best = max(places, key=lambda place: heights[place])
    largest = max(height for block, height in zip(blocks, heights, strict=True) if block.kind is BlockKind.HEADING)
    is_larger = 0 not in places or heights[best] >= _LARGER * heights[0]
    if heights[best] == largest and is_larger:
        return best
    return 0 if 0 in places else None


def _is_short(block: Block) -> bool:
    return len(block.text.split()) <= _BYLINE_WORDS and not _ENDS_SENTENCE.search(block.text)


def _plain(text: str) -> str:
    words = " ".join(re.findall(r"\w+", text.lower()))
    return f" {words} "
