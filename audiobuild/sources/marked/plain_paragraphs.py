"""Paragraphs of nothing but words: a rule that spares them all other rules of Markdown (layer 1, pure).

A text of many short paragraphs takes half the time with it.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

_PLAIN_WORDS = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;:?!'‘’“”\"()—–-])*")
"""A line in which nothing is a mark of Markdown's, wherever it stands."""
_DEFINES = ":~"
"""What begins a definition of the line before."""


def is_plain_words(text: str) -> bool:
    """Whether nothing in a line is a mark of Markdown's."""
    return _PLAIN_WORDS.fullmatch(text) is not None


def take_plain_words(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Take a line of nothing but words for the paragraph it is.

    It stands between blank lines, behind which no definition of it follows.
    """
    behind = first + 1
    if silent or state.sCount[first] - state.blkIndent > 3 or (behind < state.lineMax and not state.isEmpty(behind)):
        return False
    words = state.src[state.bMarks[first] + state.tShift[first] : state.eMarks[first]].rstrip(" ")
    if not is_plain_words(words) or (behind + 1 < state.lineMax and _defines(state, behind + 1)):
        return False
    state.line = behind
    state.push("paragraph_open", "p", 1).map = [first, behind]
    inline = state.push("inline", "", 0)
    inline.map, inline.content = [first, behind], words
    state.push("paragraph_close", "p", -1)
    return True


def _defines(state: StateBlock, line: int) -> bool:
    start = state.bMarks[line] + state.tShift[line]
    return start < state.eMarks[line] and state.src[start] in _DEFINES
