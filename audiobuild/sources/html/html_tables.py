"""A table of HTML while it is read (layer 1, pure): is it one, or does it only hold a page together?"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from audiobuild.model.values import PROSE, Block, BlockKind
from audiobuild.sources.article_parts.found_block import FoundBlock

_BESIDE = re.compile(r"float\s*:\s*(?:left|right)", re.IGNORECASE)
_CAPTION_WORDS = 40
_FRAME_BLOCKS = 50
"""Of a picture's frame, at most."""
_COLUMN_WORDS = 12
_CAPTION = "a caption is not read"


@dataclass(slots=True)
class Table:
    """A table that has begun."""

    place: int
    """How many blocks were found before it."""
    is_layout: bool
    """Whether what is in it is read like what stands around it."""
    may_frame: bool = False
    """Whether it may be the frame of a picture: it stands beside the text, or in no other table."""
    _rows: list[list[list[str]]] = field(default_factory=list)
    """Of each cell its paragraphs."""
    _line: int = 0
    _strays: list[FoundBlock] = field(default_factory=list)
    """What stands in it and in no cell."""

    def begin(self, tag: str, names: Container[str]) -> None:
        """Begin a row or a cell, which may be called the name of somebody who speaks: a dialogue is no table."""
        self.is_layout = self.is_layout or "z3998:persona" in names
        if tag == "tr" or not self._rows:
            self._rows.append([])
        if tag != "tr":
            self._rows[-1].append([])

    def note(self, found: FoundBlock) -> None:
        """Note a block that was found in it."""
        if found.block.kind in (*PROSE, BlockKind.HEADING) and self._rows and self._rows[-1]:
            self._rows[-1][-1].append(found.block.text)
            self.is_layout = self.is_layout or found.block.kind is BlockKind.HEADING
            self._line = self._line or found.block.line
        elif found.block.kind in (*PROSE, BlockKind.HEADING):
            self._strays.append(found)

    def join_last(self, found: list[FoundBlock]) -> None:
        """Join the blocks of a table, the last that were found, into one, or leave them as they are.

        What has a single column, a heading or another table within it, is no table to a reader.
        """
        rows = [row for row in self._rows if row]
        if self.is_layout or max(map(len, rows), default=0) < 2 or _is_side_by_side(rows):
            if self.may_frame and len(found) - self.place <= _FRAME_BLOCKS:
                self._leave_caption(found)
            return
        found[self.place :] = self._joined(rows, found[self.place :])

    def _joined(self, rows: Sequence[Sequence[Sequence[str]]], blocks: Iterable[FoundBlock]) -> Iterator[FoundBlock]:
        text = "\n".join(" | ".join(" ".join(cell) for cell in row) for row in rows)
        if text.replace("|", "").strip():
            yield FoundBlock(Block(BlockKind.TABLE, text, self._line))
        yield from self._strays
        yield from (each for each in blocks if each.block.unread or each.block.kind not in (*PROSE, BlockKind.HEADING))

    def _leave_caption(self, found: list[FoundBlock]) -> None:
        """Leave out the caption of a picture that has a table for its frame: the one short text below it."""
        kinds = [(place, found[place].block) for place in range(self.place, len(found))]
        texts = [place for place, block in kinds if block.kind in PROSE and not block.unread]
        if len(texts) != 1 or any(block.kind is BlockKind.HEADING for _, block in kinds):
            return
        text = found[texts[0]]
        is_below = any(block.kind is BlockKind.IMAGE for place, block in kinds if place < texts[0])
        if is_below and len(text.block.text.split()) <= _CAPTION_WORDS:
            found[texts[0]] = text._replace(block=text.block._replace(unread=_CAPTION))


def _is_side_by_side(rows: Sequence[Sequence[Sequence[str]]]) -> bool:
    """Whether the cells of a single row are columns of text: each holds a sentence."""
    cells = [" ".join(cell) for cell in rows[0] if cell] if len(rows) == 1 else []
    return len(cells) > 1 and all(len(cell.split()) >= _COLUMN_WORDS for cell in cells)


def begin_table(place: int, attributes: Mapping[str, str], *, is_inner: bool) -> Table:
    """Begin a table.

    Args:
        place: how many blocks were found before it.
        attributes: its own.
        is_inner: whether it stands in another.
    """
    is_beside = attributes.get("align", "").lower() in ("left", "right") or _BESIDE.search(attributes.get("style", ""))
    is_layout = attributes.get("role") in ("presentation", "none")
    return Table(place, is_layout, may_frame=bool(is_beside) or not is_inner)
