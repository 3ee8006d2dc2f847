"""Paragraphs of nothing but words: a rule that spares them all other rules of Markdown (layer 1, pure).

A text of many short paragraphs takes half the time with it.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

_PLAIN_WORDS = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;:?!'‘’“”\"()—–-])*")
"""A line in which nothing is a mark of Markdown's, wherever it stands."""
_CODE_INDENT = 4
"""How much deeper than its list a mark stands that begins no item."""
_ITEM_BEGINS = re.compile(r"(?:[-*+]|\d{1,9}[.)]) ")
_DEFINES = ":~"
"""What begins a definition of the line before."""


def is_plain_words(text: str) -> bool:
    """Whether nothing in a line is a mark of Markdown's."""
    return _PLAIN_WORDS.fullmatch(text) is not None


def take_plain_words(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Take a line of nothing but words for the paragraph it is.

    It stands before a blank line, behind which no definition of it follows, or in a list before the next item of it.
    """
    if silent or state.sCount[first] - state.blkIndent >= _CODE_INDENT or not _ends(state, first + 1):
        return False
    words = state.src[state.bMarks[first] + state.tShift[first] : state.eMarks[first]].rstrip(" ")
    if not is_plain_words(words):
        return False
    state.line = first + 1
    state.push("paragraph_open", "p", 1).map = [first, first + 1]
    inline = state.push("inline", "", 0)
    inline.map, inline.content = [first, first + 1], words
    state.push("paragraph_close", "p", -1)
    return True


def _ends(state: StateBlock, line: int) -> bool:
    """Whether what stands on a line surely ends the paragraph above it, and defines nothing of it."""
    if line >= state.lineMax:
        return True
    if state.isEmpty(line):
        return line + 1 >= state.lineMax or not _defines(state, line + 1)
    is_outside = 0 <= state.sCount[line] < min(state.blkIndent, state.listIndent + _CODE_INDENT)
    return is_outside and _ITEM_BEGINS.match(state.src, state.bMarks[line] + state.tShift[line]) is not None


def _defines(state: StateBlock, line: int) -> bool:
    start = state.bMarks[line] + state.tShift[line]
    return start < state.eMarks[line] and state.src[start] in _DEFINES
