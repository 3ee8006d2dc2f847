"""A table of HTML while it is read (layer 1, pure): is it one, or does it only hold a page together?"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from audiobuild.model.values import PROSE, Block, BlockKind
from audiobuild.sources.found import Found


@dataclass(slots=True)
class Table:
    """A table that has begun."""

    place: int
    """How many blocks were found before it."""
    is_layout: bool
    """Whether what is in it is read like what stands around it."""
    _rows: list[list[list[str]]] = field(default_factory=list)
    """Of each cell its paragraphs."""
    _line: int = 0

    def begin(self, tag: str, names: Container[str]) -> None:
        """Begin a row or a cell, which may be called the name of somebody who speaks: a dialogue is no table."""
        self.is_layout = self.is_layout or "z3998:persona" in names
        if tag == "tr" or not self._rows:
            self._rows.append([])
        if tag != "tr":
            self._rows[-1].append([])

    def note(self, found: Found) -> None:
        """Note a block that was found in it."""
        if found.block.kind in (*PROSE, BlockKind.HEADING) and self._rows and self._rows[-1]:
            self._rows[-1][-1].append(found.block.text)
            self._line = self._line or found.block.line

    def join_blocks(self, blocks: Iterable[Found]) -> Iterator[Found]:
        """Join the blocks of a table into one, or return them as they are.

        What has a single column, or another table within it, is no table to a reader.
        """
        rows = [row for row in self._rows if row]
        if self.is_layout or max(map(len, rows), default=0) < 2:
            yield from blocks
            return
        text = "\n".join(" | ".join(" ".join(cell) for cell in row) for row in rows)
        if text.replace("|", "").strip():
            yield Found(Block(BlockKind.TABLE, text, self._line))
        yield from (each for each in blocks if each.block.unread or each.block.kind not in (*PROSE, BlockKind.HEADING))
