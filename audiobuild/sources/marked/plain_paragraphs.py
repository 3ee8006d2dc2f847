"""Paragraphs of nothing but words: a rule that spares them all other rules of Markdown (layer 1, pure).

A text of many short paragraphs takes half the time with it.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

_PLAIN_WORDS = re.compile(
    r"""(?!\d{1,9}[.)](?:\ |$))  # which begins an item
    (?:[^\W_]|[“‘"'£€])(?:[^\W_]|[ ,.;:?!'‘’“”"()%£€/—–-])*""",
    re.VERBOSE,
)
"""A line in which nothing is a mark of Markdown's, wherever it stands."""
PLAIN_WORDS = "plain_words"
"""What the token of such a line is called."""
_CODE_INDENT = 4
"""How much deeper than its list a mark stands that begins no item."""
_ITEM_BEGINS = re.compile(r"(?:[-*+]|\d{1,9}[.)]) ")
_DEFINES = ":~"
"""What begins a definition of the line before."""


def is_plain_words(text: str) -> bool:
    """Whether nothing in a line is a mark of Markdown's."""
    return _PLAIN_WORDS.fullmatch(text) is not None


def take_plain_words(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Take a line of nothing but words for the paragraph it is: one token, where others have three.

    It stands before a blank line, behind which no definition of it follows, or in a list before the next item of it.
    """
    if silent or state.sCount[first] - state.blkIndent >= _CODE_INDENT or not _ends(state, first + 1):
        return False
    words = state.src[state.bMarks[first] + state.tShift[first] : state.eMarks[first]].rstrip(" ")
    if not is_plain_words(words):
        return False
    state.line = first + 1
    token = state.push(PLAIN_WORDS, "", 0)
    token.map, token.content = [first, first + 1], words
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
