"""Markdown to tokens: CommonMark with tables, strikethrough, notes and definitions (layer 1, pure).

It is parsed down to paragraphs, and what stands in these one by one: a text whose every paragraph were parsed at once
would be large in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from audiobuild.sources.marked.markdown_rules import ask_by_sign
from audiobuild.sources.marked.plain_paragraphs import take_line, take_other_line

DEEPEST = 100
"""Containers in containers that Markdown is read to; what lies deeper is taken as it is written."""


def parse_blocks(text: str, env: dict[str, Any]) -> Sequence[Token]:
    """Parse a text down to its paragraphs; what these refer to is noted in `env`."""
    return _of_core("normalize", "block").parse(text, env)


def parse_paragraph(text: str, env: dict[str, Any]) -> Sequence[Token]:
    """Parse what stands in a paragraph."""
    parser, children = _of_core("inline", "text_join"), list[Token]()
    if "\\" not in text and "&" not in text:
        parser.inline.parse(text, parser, env, children)
        return children
    whole = Token("inline", "", 0, content=text, children=children)  # whose escaped characters are to be joined
    parser.core.process(StateCore(text, parser, env, [whole]))
    return whole.children or []


@cache
def _of_core(*rules: str) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST, "inline_definitions": True})
    parser.enable(["table", "strikethrough"]).use(deflist_plugin)
    # Where footnotes are moved to the end, those that nothing refers to are lost.
    parser.use(footnote_plugin, move_to_end=False)
    parser.block.ruler.before("table", "line", take_line)
    parser.block.ruler.before("lheading", "other_line", take_other_line)
    parser.core.ruler.enableOnly(rules)
    ask_by_sign(parser)
    return parser
