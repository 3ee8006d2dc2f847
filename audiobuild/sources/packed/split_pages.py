"""Books that were split wherever a page grew too long: a chapter's end goes back to it (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from audiobuild.model.values import PROSE, BlockKind
from audiobuild.sources.article_parts.found_block import FoundBlock
from audiobuild.sources.packed.book_chapters import Stretch, plain_title
from audiobuild.sources.packed.book_matter import reason_by_title

_MOTTO_WORDS = 60
"""What stands before a heading with fewer words, and is whole, may be a motto or a number of the chapter."""
_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’»)\]]*$")


def join_split_pages(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Give what stands on a page before its chapter's heading to the chapter before, where it goes on with that."""
    joined: list[Stretch] = []
    for stretch in stretches:
        end = _end_of_chapter_before(joined[-1], stretch) if joined else 0
        if end:
            joined[-1] = replace(joined[-1], found=(*joined[-1].found, *stretch.found[:end]))
            stretch = replace(stretch, found=stretch.found[end:])
        if stretch.found or not end:
            joined.append(stretch)
    return joined


def _end_of_chapter_before(before: Stretch, stretch: Stretch) -> int:
    """Count the blocks of a stretch that belong to the one before."""
    heading = next((place for place, each in enumerate(stretch.found) if _is_heading(each)), len(stretch.found))
    title = stretch.found[heading].block.text if heading < len(stretch.found) else ""
    if stretch.depth >= 0 and plain_title(title) != plain_title(stretch.title):
        return 0  # it begins where the contents say
    lead = [each.block.text for each in stretch.found[:heading] if _is_prose(each)]
    told = [each.block.text for each in before.found if _is_prose(each)]
    titled = before.title or next((each.block.text for each in before.found if _is_heading(each)), "")
    if not lead or not told or not titled or stretch.types or before.types or reason_by_title(titled):
        return 0
    is_cut = not _ENDS_SENTENCE.search(told[-1]) and lead[0][:1].islower()
    return heading if is_cut or sum(len(text.split()) for text in lead) >= _MOTTO_WORDS else 0


def _is_heading(each: FoundBlock) -> bool:
    return each.block.kind is BlockKind.HEADING and not each.block.unread


def _is_prose(each: FoundBlock) -> bool:
    return each.block.kind in PROSE and not each.block.unread
