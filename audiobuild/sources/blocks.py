"""Markdown to blocks, as Markdown itself sees them: what they are in an article is another's question (layer 1, pure).

This is the only module that knows markdown-it. Every block knows its line, and no word of the source is dropped but
those of Markdown's own marks: the address of a link, the label of a note, the tags that stand for emphasis.

A comment behind a word says how that word is spoken: 6m<!-- say: six metres -->.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import zip_longest
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from audiobuild.model.values import Block, BlockKind, Replacement
from audiobuild.sources.datelines import parse_date_line
from audiobuild.sources.found import Found

_WRAPPED_CHARS = 100
"""No line of prose wrapped by an editor is longer than this."""
_ENDS_SENTENCE = re.compile(r"[.!?…:;][\"'”’)\]*_]*$")
_SHORTCODE = re.compile(r"\{\{[<%]?[^{}]*\}\}|\{%[^{}]*%\}")
_FORMATTING = re.compile(
    r"</?(?:a|abbr|b|bdi|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u|var|wbr)"
    r"""(?:\s+[\w:-]+=(?:"[^"]*"|'[^']*'))*\s*/?>""",
    re.IGNORECASE,
)
"""HTML that is no more than an asterisk or a link is in Markdown."""
_SAY = re.compile(r"<!--\s*say:\s*(\S.*?)\s*-->", re.DOTALL)
_SAID = "\0"
"""Stands before and behind what is said of the word before, while lines are put together; no source holds it."""
_LONGEST_WORD_CHARS = 80
_DEEPEST = 100
"""Containers in containers that Markdown is read to; what lies deeper is taken as it is written."""
_WHOLE_BLOCKS = {
    "front_matter": BlockKind.FRONT_MATTER,
    "fence": BlockKind.CODE,
    "html_block": BlockKind.HTML,
    "hr": BlockKind.RULE,
    "table_open": BlockKind.TABLE,
    "definition": BlockKind.LINK,
}
_AS_WRITTEN = ("front_matter", "table_open", "definition")
"""Of these Markdown gives less than stands there: an overfull row loses its end, an address its name."""
_CONTAINERS = {
    "blockquote_open": BlockKind.QUOTATION,
    "list_item_open": BlockKind.LIST_ITEM,
    "footnote_reference_open": BlockKind.FOOTNOTE,
}


@cache
def _parser() -> MarkdownIt:
    """CommonMark with tables, footnotes and front matter; indented text is prose here, never code."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST, "inline_definitions": True})
    parser.enable(["table", "strikethrough"]).disable("code").use(front_matter_plugin)
    # Where footnotes are moved to the end, those that nothing refers to are lost.
    return parser.use(footnote_plugin, move_to_end=False)


def find_blocks(text: str) -> Iterator[Found]:
    """Find every block of a text; those of a footnote or a shortcode may come before what stands above them."""
    for found in _SHORTCODE.finditer(text):
        yield Found(Block(BlockKind.SHORTCODE, found[0], text.count("\n", 0, found.start()) + 1))
    prose = _SHORTCODE.sub(lambda found: "\n" * found[0].count("\n"), text)
    rows = prose.split("\n")
    env: dict[str, Any] = {}
    tokens = _parser().parse(prose, env)
    within: list[BlockKind] = []
    number = ""  # of the list item that has just begun
    for token, following in zip_longest(tokens, tokens[1:]):
        start, end = token.map or (0, 0)
        if token.type in _WHOLE_BLOCKS:
            words = "\n".join(rows[start:end]) if token.type in _AS_WRITTEN else f"{token.info}\n{token.content}"
            yield Found(Block(_WHOLE_BLOCKS[token.type], words.strip(), start + 1))
        elif token.type in _CONTAINERS:
            within.append(_CONTAINERS[token.type])
            number += f"{token.info}. " if token.info else ""
            is_empty = following is not None and following.nesting < 0
            if is_empty and token.level >= _DEEPEST - 1:
                yield Found(Block(within[-1], " ".join(rows[start:end]), start + 1))
            elif is_empty and number:
                yield Found(Block(within[-1], number.strip(), start + 1))
        elif token.type.replace("_close", "_open") in _CONTAINERS:
            within.pop()
            number = ""
        elif token.type in ("heading_open", "paragraph_open") and following is not None:
            kind = BlockKind.FOOTNOTE if BlockKind.FOOTNOTE in within else (within or [BlockKind.PARAGRAPH])[-1]
            yield from _asides(following, env)
            if _is_heading(token, following) and kind is not BlockKind.FOOTNOTE:
                yield from _heading(token, following, number)
            else:
                yield from _paragraphs(following, kind, number)
            number = ""


def _heading(heading: Token, inline: Token, number: str) -> Iterator[Found]:
    words = " ".join(line for line, _ in _lines(inline))
    if words:
        yield Found(_block(BlockKind.HEADING, number + words, _first_line(inline)), heading.tag)


def _is_heading(token: Token, inline: Token) -> bool:
    """Tell a heading from paragraphs with a ruled line right under them, which Markdown takes for one."""
    is_underlined = token.markup in ("-", "=")
    is_prose = is_underlined and ("\n" in inline.content or len(inline.content) > _WRAPPED_CHARS)
    return token.type == "heading_open" and not is_prose


def _paragraphs(inline: Token, kind: BlockKind, number: str) -> Iterator[Found]:
    """Part a Markdown paragraph into the author's own: at every line, unless the lines were wrapped by an editor."""
    lines = _lines(inline)
    # A date line is a line of its own, however short the lines of the body are that follow it directly.
    dated = 1 if lines and kind is BlockKind.QUOTATION and parse_date_line(lines[0][0])[0] else 0
    if _is_wrapped([_block(kind, words, line).text for words, line in lines[dated:]]):
        lines[dated:] = [(" ".join(words for words, _ in lines[dated:]), lines[dated][1])]
    for place, (words, line) in enumerate(lines):
        yield Found(_block(kind, number + words, line), joined=place > 0)
        number = ""


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether line ends are an editor's doing: every line is short, and some end in mid-sentence."""
    ends = [_ENDS_SENTENCE.search(line) is not None for line in lines[:-1]]
    return not all(ends) and max(map(len, lines)) <= _WRAPPED_CHARS


def _block(kind: BlockKind, words: str, line: int) -> Block:
    """Part the words from what is said of some of them."""
    text = ""
    overrides = []
    parts = words.split(_SAID)
    for written, spoken in zip_longest(parts[::2], parts[1::2], fillvalue=""):
        text += written
        if spoken:
            start, end = _last_word(text)
            overrides.append(Replacement(start, end, text[start:end], spoken, "override"))
    return Block(kind, text, line, tuple(overrides))


def _last_word(text: str) -> tuple[int, int]:
    """Find the last word, without the punctuation about it; a stop stays with a word that has others."""
    tail = text[-_LONGEST_WORD_CHARS:].rstrip()
    word = tail.rsplit(None, 1)[-1]
    bare = word.lstrip("\"'“‘([") or word
    inner = bare.rstrip(",;:!?)]\"'”’") or bare
    if "." not in inner[:-1]:
        inner = inner.rstrip(".") or inner
    start = len(text) - len(text[-_LONGEST_WORD_CHARS:]) + len(tail) - len(bare)
    return start, start + len(inner)


# --- inside a paragraph ---------------------------------------------------------------------------


def _first_line(inline: Token) -> int:
    return inline.map[0] + 1 if inline.map else 0


def _asides(inline: Token, env: Mapping[str, Any]) -> Iterator[Found]:
    """Find what stands in a paragraph and is no part of its words: pictures, HTML and notes."""
    has_words = False
    for child, line in _placed(inline):
        has_words = not _is_break(child) and (has_words or _has_words(child))
        if child.type == "image":
            address, title = str(child.attrs.get("src", "")), str(child.attrs.get("title", ""))
            words = " ".join(filter(None, (child.content, title, address)))
            yield Found(Block(BlockKind.IMAGE, words, line), address=address)
        elif has_words and _said(child):
            continue
        elif child.type == "html_inline" and not (_is_break(child) or _FORMATTING.fullmatch(child.content)):
            yield Found(Block(BlockKind.HTML, child.content, line))
        elif child.type == "footnote_ref" and (note := env["footnotes"]["list"][child.meta["id"]]).get("content"):
            yield Found(Block(BlockKind.FOOTNOTE, note["content"], line))


def _lines(inline: Token) -> list[tuple[str, int]]:
    """Give the lines that hold words, each with its number in the source."""
    lines = [("", _first_line(inline))]
    for child, line in _placed(inline):
        if _is_break(child):
            lines.append(("", line + child.content.count("\n") + (child.type != "html_inline")))
        elif child.type in ("text", "code_inline"):
            lines[-1] = (lines[-1][0] + child.content, lines[-1][1])
        elif lines[-1][0].strip() and (spoken := _said(child)):
            lines[-1] = (f"{lines[-1][0]}{_SAID}{spoken}{_SAID}", lines[-1][1])
    return [(words.strip(), line) for words, line in lines if words.strip()]


def _placed(inline: Token) -> Iterator[tuple[Token, int]]:
    """Give the parts of a paragraph, each with the line of the source on which it starts."""
    line = _first_line(inline)
    for child in inline.children or []:
        yield child, line
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "html_inline":
            line += child.content.count("\n")
        elif child.type == "code_inline":  # whose line ends have become spaces
            words = re.escape(child.content).replace("\\ ", "[ \n]")
            written = re.search(rf"{child.markup}[ \n]?{words}[ \n]?{child.markup}", inline.content)
            line += written[0].count("\n") if written else 0


def _has_words(child: Token) -> bool:
    return child.type in ("text", "code_inline") and bool(child.content.strip())


def _said(child: Token) -> str:
    """What a comment says of the word before it; empty where it is no such comment."""
    comment = _SAY.fullmatch(child.content) if child.type == "html_inline" else None
    return " ".join(comment[1].split()) if comment else ""


def _is_break(child: Token) -> bool:
    is_tag = child.type == "html_inline" and re.fullmatch(r"<br\s*/?>", child.content, re.IGNORECASE) is not None
    return is_tag or child.type in ("softbreak", "hardbreak")
