"""Markdown is parsed as markdown-it parses it, though not every rule is asked everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from audiobuild.sources.marked.markdown_parser import DEEPEST, parse_blocks, parse_paragraph
from audiobuild.sources.marked.plain_paragraphs import LINE, PLAIN_WORDS

ROWS = ("", "tide", "*tide* &", "# low", ": low", "- low", "  low", "    low", "> low", "===", "---", "```",
        "[^a]: low", "[low]: a", "1. low", "7) low", "|a|b", "<b>", "<div>")  # fmt: skip
MARKS = ("a", " ", "\n", "  \n", "\\", "*", "**", "_", "~~", "`", "[", "]", "](b)", "![", "^[", "[^a]", "<", "<b>",
         "<a@b.c>", "&", "&amp;", "!", "^")  # fmt: skip


def asked_everywhere() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST, "inline_definitions": True})
    parser.enable(["table", "strikethrough"]).use(deflist_plugin).use(footnote_plugin, move_to_end=False)
    parser.core.ruler.enableOnly(["normalize", "block", "inline", "text_join"])
    return parser


def env() -> dict[str, object]:
    """Give what the text around a paragraph has said: where a link leads, and that there is a note."""
    return {"references": {"A": {"title": "", "href": "b"}}, "footnotes": {"refs": {":a": -1}, "list": {}}}


def told(tokens: Iterable[Token]) -> Iterator[tuple[object, ...]]:
    """Tell what matters of tokens; a paragraph of one line is told as any other."""
    for each in tokens:
        if each.type in (LINE, PLAIN_WORDS):
            yield "paragraph_open", each.map, ""
            yield "inline", each.map, each.content
            yield "paragraph_close", None, ""
        else:
            yield each.type, each.map, each.content


def test_lines_are_the_blocks_that_they_are_where_every_rule_is_asked() -> None:
    parser = asked_everywhere()
    parser.core.ruler.enableOnly(["normalize", "block"])
    for rows in product(ROWS, ROWS, ROWS):
        text = "\n".join(rows)
        assert list(told(parse_blocks(text, {}))) == list(told(parser.parse(text, {}))), rows


def test_marks_within_a_paragraph_mean_what_they_do_where_every_rule_is_asked() -> None:
    parser = asked_everywhere()
    for marks in product(MARKS, MARKS, MARKS):
        text = "".join(("x", *marks, "a"))
        (whole,) = parser.parseInline(text, env())
        expected = [(each.type, each.content, each.attrs) for each in whole.children or ()]
        assert [(each.type, each.content, each.attrs) for each in parse_paragraph(text, env())] == expected, marks
