"""Blocks of an article that are for the eye alone: pointers, credits, corrections, trailers (layer 2, pure).

What they look like stands in their language's table `unread`; where there is none, all is read. A block longer than
any of them is prose, whatever it begins with.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from audiobuild.model.values import PROSE, Block, BlockKind
from audiobuild.normalisation.late_patterns import LatePattern
from audiobuild.normalisation.prefilter import can_match
from audiobuild.normalisation.tables import Tables

_LONGEST_CHARS = 600
_OFTEN = 256
"""How many texts must begin alike before patterns are sifted by that, which takes as long as so many of them."""
_ADDRESS_WORDS = 15
"""Of a line that tells where somebody is reached, at most."""
_TEXT_WORDS = 150
"""Of a text that stands above what its readers say; at its head, a number of comments only leads there."""
_REACHED = re.compile(r"\S@\S|\d(?:[ ()-]{0,2}\d){5}|\bext\.? ?\d{3}")
_BEGINNING = re.compile(r"[(\[]?0?0:00(?::00)?\b")
"""Of a recording."""
_WITHIN = ("section", "address", "list", "notes", "rest", "comments", "times", "body")
_AT_END = ("end", "between")
"""Where a block may stand that the tables know."""
_Look = Callable[[str], re.Match[str] | None]
_BRACKETED = re.compile(r"\(\s*([^()]{1,600}?)\s*\)|\[\s*([^][]{1,600}?)\s*\]")


def find_unread(blocks: Sequence[Block], tables: Tables) -> dict[int, str]:
    """Find the blocks that are not for reading aloud: their places, each with the reason.

    >>> find_unread([Block(BlockKind.PARAGRAPH, "Sources: the harbour office; Lloyd’s", 9)], Tables("english"))
    {0: 'a source is not read'}
    """
    found: dict[int, str] = {}
    in_list = in_section = in_times = at_end = ""
    words = 0
    known = _sifted(_WITHIN, tables)
    for place, block in enumerate(blocks):
        text, is_prose = _told(block, known), block.kind in PROSE
        if block.kind is BlockKind.HEADING:
            in_section = _reason(text, "section", tables)
            if not in_section and _is_address(blocks, place):
                in_section = _reason(text, "address", tables)
            in_list = in_section or _reason(text, "list", tables)
            if not in_list and _follows_list(blocks, place):
                in_list = _reason(text, "notes", tables)
        elif block.kind not in (BlockKind.LIST_ITEM, BlockKind.LINK):
            in_list = in_section
        if is_prose or block.kind is BlockKind.HEADING:
            at_end = at_end or _reason(text, "rest", tables)
            at_end = at_end or (words >= _TEXT_WORDS and _reason(text, "comments", tables)) or ""
            words += len(block.text.split()) if not block.unread else 0
        in_list = in_list or at_end
        in_times = _reason(text, "times", tables) if in_times or _BEGINNING.match(block.text) else ""
        reason = (_reason(text, "body", tables) or in_times or in_list) if is_prose else in_list
        if reason and block.kind is not BlockKind.LINK:
            found[place] = reason
    return found | _trailers(blocks, found, tables)


def _follows_list(blocks: Sequence[Block], place: int) -> bool:
    """Whether the first words behind a heading are those of a list."""
    after = (block.kind for block in blocks[place + 1 : place + 6] if block.kind in (*PROSE, BlockKind.HEADING))
    return next(after, None) is BlockKind.LIST_ITEM


def _is_address(blocks: Sequence[Block], place: int) -> bool:
    """Whether what stands under a heading is short lines, of which one is a number to ring or an address of e-mail."""
    behind = map(blocks.__getitem__, range(place + 1, len(blocks)))  # a copy for each heading would be quadratic
    under = itertools.takewhile(lambda each: each.kind is not BlockKind.HEADING, behind)
    lines = [each.text for each in under if each.kind in PROSE]
    return any(_REACHED.search(line) for line in lines) and all(len(line.split()) <= _ADDRESS_WORDS for line in lines)


def _trailers(blocks: Sequence[Block], known: dict[int, str], tables: Tables) -> dict[int, str]:
    """Find those in which the article runs out, from its last block up to the last of its own words."""
    found: dict[int, str] = {}
    between: dict[int, str] = {}
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        if place in known or block.unread or block.kind not in (*PROSE, BlockKind.HEADING):
            continue
        text = _told(block, _sifted(_AT_END, tables))
        reason = _reason(text, "end", tables)
        if not reason and (sender := _reason(text, "between", tables)):
            between[place] = sender
            continue
        if not reason or block.kind is BlockKind.HEADING:
            break
        found |= between
        found[place] = reason
    return found


def _told(block: Block, known: _Sifted) -> str:
    """Give the words of a block, without brackets around them, where they are any of what is known."""
    text = block.text.strip()
    bracketed = _BRACKETED.fullmatch(text) if text[:1] in ("(", "[") else None
    text = bracketed[1] or bracketed[2] if bracketed else text
    return text if text and len(text) <= _LONGEST_CHARS and known.any_of(text[0])(text) else ""


def _reason(text: str, where: str, tables: Tables) -> str:
    if not text:
        return ""
    return next((reason for reason, pattern in _patterns(where, tables) if pattern.fullmatch(text)), "")


class _Sifted:
    """Patterns as one, for most texts match none; fewer of them for texts that begin as many others do."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = tuple(patterns)
        self._all = _one_of(self._patterns)
        self._by_first: dict[str, _Look] = {}
        self._met: Counter[str] = Counter()

    def any_of(self, first: str) -> _Look:
        """Return what looks for any of the patterns in a text with this first character."""
        found = self._by_first.get(first)
        if found is None:
            self._met[first] += 1
            if self._met[first] <= _OFTEN:
                return self._all
            may = (each for each in self._patterns if can_match(each, re.IGNORECASE, first, 1))
            found = self._by_first[first] = _one_of(may)
        return found


def _one_of(patterns: Iterable[str]) -> _Look:
    return re.compile("|".join(f"(?:{each})" for each in patterns) or "(?!)", re.IGNORECASE).fullmatch


@cache
def _sifted(places: tuple[str, ...], tables: Tables) -> _Sifted:
    return _Sifted(pattern for place, _, pattern in tables.rows("unread") if place in places)


@cache
def _patterns(where: str, tables: Tables) -> tuple[tuple[str, LatePattern], ...]:
    rows = tables.rows("unread")
    return tuple((reason, LatePattern(pattern, re.IGNORECASE)) for place, reason, pattern in rows if place == where)
