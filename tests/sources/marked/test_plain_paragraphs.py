"""Paragraphs of nothing but words, which are read without asking each rule of Markdown's about them."""

from __future__ import annotations

from itertools import product

from audiobuild.sources.marked.markdown_blocks import find_blocks

WORDS = "tide"
ROWS = ("", WORDS, ": low", "- low", "  low", "    low", "> low", "===", "---", "```", "[low]: a", "1. low")


def blocks_of(rows: tuple[str, ...]) -> list[object]:
    return [found.block._replace(text=found.block.text.replace("*", "")) for found in find_blocks("\n".join(rows))]


def test_whatever_stands_about_a_line_of_words_it_is_what_markdown_takes_it_for() -> None:
    """A lone star stays as it is written, and has every rule asked."""
    for above, below, last in product(ROWS, ROWS, ROWS):
        rows = (above, WORDS, below, last)
        asked = tuple(row.replace(WORDS, f"{WORDS}*") for row in rows)
        assert blocks_of(rows) == blocks_of(asked), rows
