"""What stands at the head of the article on a web page (layer 1, pure): its headline, and the line under it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from audiobuild.model.values import PROSE, Block, BlockKind
from audiobuild.sources.found import Found
from audiobuild.sources.web_pages.page_tree import PageElement, words_in

_TITLE = re.compile(r"<title\b[^>]*>([^<]{0,1000})", re.IGNORECASE)
_SITE = re.compile(r"\s+[|·•»–—-]\s+[^|·•»–—]{1,60}$")
_PARTED = re.compile(r"(?:\s+[|·•»–—-]|:)\s+")
_FEWEST_WORDS, _FEWEST_CHARS = 3, 12
"""Of a paragraph that is a headline since it stands in the page's title."""
_STANDFIRSTS = frozenset("standfirst subtitle dek deck subheadline subhed subhead strapline".split())
"""What the line under a headline is called."""
_STANDFIRST_WORDS = range(4, 80)
_LONG_WORDS = 12
"""A paragraph of as many is text."""
BYLINE = "who wrote it, and when, is told and not read"
_NEAR = 12
"""No more blocks than these stand between a headline and the line under it."""


def find_title(found: Sequence[Found], text: str, told: str) -> str:
    """Name the article: by the heading that the page's own title begins with, or as the page or somebody else does.

    Args:
        found: the blocks of the page.
        text: the page.
        told: what somebody else calls it; empty for nothing.
    """
    written = _TITLE.search(text)
    whole = " ".join(html.unescape(written[1]).split()) if written else ""
    titles = [words_in(title) for title in (whole, told) if title]
    headings = [each.block.text for each in found if each.block.kind is BlockKind.HEADING]
    for title in titles:
        for heading in headings:
            words = words_in(heading)
            if words and title[: len(words)] == words:
                return heading
    parts = [part for part in _PARTED.split(whole) if len(part) >= _FEWEST_CHARS and len(part.split()) >= _FEWEST_WORDS]
    lines = {" ".join(words_in(each.block.text)): each.block.text for each in found if each.block.kind in PROSE}
    printed = next((lines[words] for part in parts if (words := " ".join(words_in(part))) in lines), "")
    return printed or told or _SITE.sub("", whole)


def titled(found: Sequence[Found], title: str, standfirst: str = "") -> Iterator[Block]:
    """Take the first heading that is the title for the headline, wherever on the page it stands.

    Where none is, a paragraph will do. The line under it is known by its words.
    """
    wanted, under = words_in(title), words_in(standfirst)
    headings = [place for place, each in enumerate(found) if each.block.kind is BlockKind.HEADING]
    lines = [place for place, each in enumerate(found) if each.block.kind in PROSE]
    same = (place for place in (*headings, *lines) if words_in(found[place].block.text) == wanted)
    at = next(same, len(found)) if wanted else len(found)
    is_open = bool(under)
    for place, each in enumerate(found):
        block = each.block
        if place == at:
            block = replace(block, kind=BlockKind.HEADLINE, unread="")
        elif is_open and at < place < at + _NEAR and words_in(block.text) == under:
            block = replace(block, kind=BlockKind.RUBRIC, unread="")
            is_open = False
        yield block


def without_byline(blocks: Sequence[Block], authors: Sequence[str]) -> Iterator[Block]:
    """Leave out lines above the text that are no more than the names of those who wrote it."""
    names = {word for author in authors for word in words_in(author)} | {"by", "and", "von", "und", "par", "et"}
    is_above = True
    for block in blocks:
        words = words_in(block.text)
        is_above = is_above and (block.kind not in PROSE or bool(block.unread) or len(words) < _LONG_WORDS)
        if is_above and block.kind in PROSE and not block.unread and len(words) > 1 and names.issuperset(words):
            block = replace(block, unread=BYLINE)
        yield block


def find_standfirst(root: PageElement, text: str) -> str:
    """Find the line under a headline, by what it is called; empty where there is none."""
    for element in root.walk():
        if element.names & _STANDFIRSTS and element.words in _STANDFIRST_WORDS:
            return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text[element.start : element.end])).split())
    return ""
