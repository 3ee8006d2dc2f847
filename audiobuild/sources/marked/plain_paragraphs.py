"""Paragraphs of one line: rules that spare them all other rules of Markdown (layer 1, pure).

A text of many short paragraphs takes half the time with them.
"""

from __future__ import annotations

import re

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock

_PLAIN_WORDS = re.compile(
    r"""(?!\d{1,9}[.)](?:\ |$))  # which begins an item
    (?:[^\W_]|[“‘"'£€])(?:[^\W_]|[ ,.;:?!'‘’“”"()%£€/—–-])*""",
    re.VERBOSE,
)
"""A line in which nothing is a mark of Markdown's, wherever it stands."""
PLAIN_WORDS = "plain_words"
"""What the token of such a line is called."""
LINE = "line"
"""What that of any other paragraph of one line is called."""
_SIGNS = "`~>*+-_[<#0123456789"
"""What a line begins with that may be no paragraph, though it stands alone."""
_CODE_INDENT = 4
"""How much deeper than its list a mark stands that begins no item."""
_ITEM_BEGINS = re.compile(r"(?:[-*+]|\d{1,9}[.)]) ")
_DEFINES = ":~"
"""What begins a definition of the line before."""


def is_plain_words(text: str) -> bool:
    """Whether nothing in a line is a mark of Markdown's."""
    return _PLAIN_WORDS.fullmatch(text) is not None


def take_line(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Take a line that is surely a paragraph of its own for that: one token, where others have three.

    It stands before a blank line, behind which no definition of it follows, or in a list before the next item of it.
    """
    if silent or state.sCount[first] - state.blkIndent >= _CODE_INDENT or not _ends(state, first + 1):
        return False
    words = mdTrim(state.src[state.bMarks[first] + state.tShift[first] : state.eMarks[first]])
    is_plain = is_plain_words(words)
    return (is_plain or words[:1] not in _SIGNS) and _take(state, first, PLAIN_WORDS if is_plain else LINE, words)


def take_other_line(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Do the same for a line that begins with a sign, when no rule of that sign has taken it."""
    if silent or not _ends(state, first + 1):
        return False
    return _take(state, first, LINE, mdTrim(state.src[state.bMarks[first] + state.tShift[first] : state.eMarks[first]]))


def _take(state: StateBlock, line: int, kind: str, words: str) -> bool:
    state.line = line + 1
    token = state.push(kind, "", 0)
    token.map, token.content = [line, line + 1], words
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
