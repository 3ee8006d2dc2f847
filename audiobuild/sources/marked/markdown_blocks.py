"""Markdown to blocks, as Markdown itself sees them: what they are in an article is another's question (layer 1, pure).

Every block knows its line, and no word of
the source is dropped but those of Markdown's own marks: the address of a link, the label of a note, the tags that stand
for emphasis. HTML is read as HTML, with the Markdown that stands in it.

A comment behind a word says how that word is spoken: 6m<!-- say: six metres -->.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import zip_longest
from textwrap import dedent
from typing import Any

from markdown_it.token import Token

from audiobuild.model.values import Block, BlockKind
from audiobuild.sources.article_parts.editor_directives import UNENDED
from audiobuild.sources.article_parts.found_block import FoundBlock
from audiobuild.sources.html.html_blocks import HtmlReader
from audiobuild.sources.html.html_elements import UNREAD
from audiobuild.sources.html.html_tags import is_unended
from audiobuild.sources.marked.line_ends import WRAPPED_CHARS, join_wrapped
from audiobuild.sources.marked.markdown_parser import DEEPEST, parse_blocks, parse_paragraph
from audiobuild.sources.marked.plain_paragraphs import LINE, PLAIN_WORDS, is_plain_words
from audiobuild.sources.marked.site_markup import extract_site_markup

UNENDED_CODE = "code is not read, and nothing ends this"
_UNRESOLVED = re.compile(r"\[(?!\d{1,3}\])([^\[\]\n]{1,300})\]\[[^\[\]\n]{0,100}\]|\[\^[^\[\]\s]{1,60}\]")
"""A link or a note without its address; two numbers in a row are sources."""
_SENTENCE = re.compile(r"[\"'“‘(]?[^\W\d_a-z][^\n{}<>=;$|\\]*[.!?…][\"'”’)]*|[^\W\d_]+(?: [^\W\d_]+){4,}[^{}<>=;$|\\]*")
_TAG_NAME = re.compile(r"<([A-Za-z]+)(?![^>]*/>)")
_HOLDS_MARKDOWN = re.compile(
    r"""<([A-Za-z]\w*)\b(?=[^<>]*\smarkdown(?:\s*=\s*["']?(?:1|block|span)["']?)?[\s>])[^<>]*>"""
)
_SHORT_CHARS = 24
"""Of a paragraph that may come again and again."""
_MOST_NESTED = 10
"""Elements with Markdown in them within each other; what lies deeper is taken for HTML."""
_END_TAG = re.compile(r"</([A-Za-z]+)")
_NOTE = "^"
"""Stands before the label of a note, which no address within a page does."""
_WHOLE_BLOCKS = {"fence": BlockKind.CODE, "hr": BlockKind.RULE, "definition": BlockKind.LINK}
_CONTAINERS = {
    "blockquote_open": BlockKind.QUOTATION,
    "list_item_open": BlockKind.LIST_ITEM,
    "dt_open": BlockKind.LIST_ITEM,
    "dd_open": BlockKind.LIST_ITEM,
    "footnote_reference_open": BlockKind.FOOTNOTE,
}
_DRESSING = frozenset("em_open em_close strong_open strong_close link_open link_close".split())
"""What says nothing of the words in it that is read."""
_CONTAINER_ENDS = frozenset(name.replace("_open", "_close") for name in _CONTAINERS)
_WITHOUT_OWN = frozenset(
    "inline paragraph_close heading_close bullet_list_open bullet_list_close"
    " ordered_list_open ordered_list_close dl_open dl_close".split()
)
"""Tokens that are read with others, or say nothing: half of a text of short paragraphs."""


def find_blocks(text: str, line: int = 1) -> Iterator[FoundBlock]:
    """Find every block of a text; those of a footnote or a shortcode may come before what stands above them.

    Args:
        text: Markdown without its front matter.
        line: the line of the source on which it starts.
    """
    prose, taken, titles = extract_site_markup(text)
    yield from (_moved(each, line - 1) for each in taken)
    env: dict[str, Any] = {}
    walk = _Walk(prose.split("\n"), line, env)
    walk.read(parse_blocks(prose, env))
    yield from walk.reader.close()
    for title, at in titles:
        heading = _Walk([], line + at - 1)
        heading.reader.directives.is_skipping = walk.reader.directives.is_left_out(line + at - 1)
        heading.inline(title, 0, BlockKind.PARAGRAPH)
        yield from heading.reader.close()


def _moved(found: FoundBlock, lines: int) -> FoundBlock:
    return found._replace(block=found.block._replace(line=found.block.line + lines)) if lines else found


@dataclass(slots=True)
class _Walk:
    """A walk over the tokens of a text."""

    rows: Sequence[str]
    line: int
    """The line of the source on which the text starts."""
    env: dict[str, Any] = field(default_factory=dict)
    reader: HtmlReader = field(default_factory=HtmlReader)
    kinds: list[BlockKind] = field(default_factory=list)
    """Of the containers around."""
    depths: list[int] = field(default_factory=list)
    """The same: what ends each of them."""
    nested: int = 0
    """How many elements with Markdown in them are around."""
    _parsed: dict[str, Sequence[Token]] = field(default_factory=dict)
    """Short paragraphs that were met: what is in them."""

    def read(self, tokens: Sequence[Token]) -> None:
        """Read all tokens of a text."""
        lists = _numbers_of(tokens)
        for token, following in zip_longest(tokens, tokens[1:]):
            if token.type not in _WITHOUT_OWN:
                self._read(token, following, lists)

    def _read(self, token: Token, following: Token | None, numbers: Mapping[int, str]) -> None:
        start, end = token.map or (0, 0)
        if token.type == PLAIN_WORDS:
            self.reader.text(token.content, start + self.line)
            self.reader.flush()
        elif token.type == LINE:
            self.inline(token.content, start, self.reader.place.kind)
        elif token.type in _CONTAINERS:
            self._enter(token, following, numbers.get(id(token), ""))
            if token.type == "dt_open" and following is not None:
                self.inline(following.content, start, BlockKind.LIST_ITEM)
        elif token.type in _CONTAINER_ENDS:
            self.kinds.pop()
            self.reader.leave(self.depths.pop())
            self.reader.number = ""
        elif token.type in _WHOLE_BLOCKS:
            words = self._rows(start, end) if token.type == "definition" else f"{token.info}\n{token.content}"
            unread = UNENDED_CODE if token.type == "fence" and self._runs_out(token, end) else ""
            self.reader.put(_WHOLE_BLOCKS[token.type], words, start + self.line, unread=unread)
        elif token.type == "table_open":  # of an overfull row Markdown loses the end
            self.reader.put(BlockKind.TABLE, self._rows(start, end), start + self.line)
        elif token.type == "html_block" and is_unended(token.content):
            self.reader.put(BlockKind.HTML, token.content, start + self.line, unread=UNENDED)
        elif token.type == "html_block":
            self._html(token.content, start + self.line)
        elif token.type == "code_block":
            self._indented(token, start)
        elif token.type in ("heading_open", "paragraph_open") and following is not None:
            self._words(token, following)

    def _html(self, html: str, line: int) -> None:
        """Read HTML; what stands in an element with markdown="1" is Markdown again."""
        opening = _HOLDS_MARKDOWN.search(html) if self.nested < _MOST_NESTED else None
        if opening is None:
            self.reader.feed(html, line)
            self.reader.flush()
            return
        endings = list(re.compile(rf"</{opening[1]}\s*>", re.IGNORECASE).finditer(html, opening.end()))
        end = endings[-1].start() if endings else len(html)
        self.reader.feed(html[: opening.end()], line)
        self.reader.flush()
        line += html.count("\n", 0, opening.end())
        inner = dedent(html[opening.end() : end])
        walk = _Walk(inner.split("\n"), line, self.env, self.reader, nested=self.nested + 1)
        walk.read(parse_blocks(inner, self.env))
        self.reader.feed(html[end:], line + inner.count("\n"))
        self.reader.flush()

    def _runs_out(self, token: Token, end: int) -> bool:
        """Whether code goes on to the end of the text because nothing ends it."""
        last = self.rows[end - 1].strip(" \t>")
        is_ended = token.content and last.startswith(token.markup) and not last.strip(token.markup[0])
        return not is_ended and not any(map(str.strip, self.rows[end:]))

    def _rows(self, start: int, end: int) -> str:
        return "\n".join(self.rows[start:end])

    def _enter(self, token: Token, following: Token | None, number: str) -> None:
        """Begin a list item, a quotation or a note."""
        kind = _CONTAINERS[token.type]
        self.kinds.append(kind)
        kept = BlockKind.FOOTNOTE if BlockKind.FOOTNOTE in self.kinds else kind
        self.depths.append(self.reader.enter(kept, note=_NOTE + str(token.meta.get("label", ""))))
        self.reader.number += f"{number}. " if number else ""
        is_empty = following is not None and following.nesting < 0
        start, end = token.map or (0, 0)
        if is_empty and token.level >= DEEPEST - 1:
            self.reader.put(kind, " ".join(self.rows[start:end]), start + self.line)
        elif is_empty and self.reader.number:
            self.reader.put(kind, self.reader.number, start + self.line)

    def _words(self, token: Token, inline: Token) -> None:
        start = inline.map[0] if inline.map else 0
        in_note = BlockKind.FOOTNOTE in self.kinds
        if token.type == "heading_open" and not in_note and not _is_underlined_prose(token, inline):
            depth = self.reader.enter(BlockKind.HEADING, token.tag)
            self.inline(inline.content, start, BlockKind.HEADING)
            self.reader.leave(depth)
        else:
            self.inline(inline.content, start, self.reader.place.kind)

    def _indented(self, token: Token, start: int) -> None:
        """Read an indented block: code, unless it is a sentence."""
        lines = [row.strip() for row in token.content.split("\n") if row.strip()]
        if not all(map(_SENTENCE.fullmatch, lines)):
            self.reader.put(BlockKind.CODE, token.content, start + self.line)
            return
        self.inline(token.content, start, self.reader.place.kind)

    # --- inside a paragraph -----------------------------------------------------------------------

    def inline(self, content: str, start: int, kind: BlockKind) -> None:
        """Read a paragraph, which starts on a row of the text."""
        reader, line = self.reader, start + self.line
        if is_plain_words(content):
            reader.text(content, line)
            reader.flush()
            return
        depth = reader.enter() if "<" in content or "~" in content else None
        done = 0  # of the source, up to the last code that runs over lines
        broken: set[int] = set()  # lines before which their author ended one
        ended = frozenset(_END_TAG.findall(content)) if "</" in content else frozenset()
        for child in self._within(content):
            kind_of_child = child.type
            if kind_of_child == "text":
                reader.text(_UNRESOLVED.sub(r"\1", child.content) if "[" in child.content else child.content, line)
            elif kind_of_child in _DRESSING:
                continue
            elif kind_of_child in ("softbreak", "hardbreak"):
                reader.words.end_line()
                line += 1
                if kind_of_child == "hardbreak":
                    broken.add(line)
            elif kind_of_child == "code_inline":
                reader.text(child.content, line)
                count, done = _line_ends_in_code(child, content, done)
                line += count
            elif kind_of_child == "html_inline":
                line += self._tag(child, line, ended)
            else:
                self._other(child, line)
        if depth is not None:
            reader.leave(depth)
        reader.flush(partial(join_wrapped, is_quotation=kind is BlockKind.QUOTATION, broken=broken))

    def _tag(self, child: Token, line: int, ended: frozenset[str]) -> int:
        """Read a tag within a paragraph; return how many line ends are in it."""
        if _is_lone(child, ended):
            self.reader.put(BlockKind.HTML, child.content, line)
            return 0
        self.reader.feed(child.content, line, is_inline=True)
        return child.content.count("\n")

    def _other(self, child: Token, line: int) -> None:
        """Read what is struck through, a picture or the mark of a note."""
        if child.type in ("s_open", "s_close"):
            self.reader.feed("<s>" if child.nesting > 0 else "</s>", line, is_inline=True)
        elif child.type == "image":
            address, title = str(child.attrs.get("src", "")), str(child.attrs.get("title", ""))
            words = " ".join(filter(None, (child.content, title, address)))
            self.reader.put(BlockKind.IMAGE, words, line, address=address)
        elif child.type == "footnote_ref":
            self._note(child, line)

    def _within(self, content: str) -> Sequence[Token]:
        """Parse a paragraph."""
        children = self._parsed.get(content)
        if children is None:
            children = parse_paragraph(content, self.env)
            if len(content) <= _SHORT_CHARS and "[" not in content:  # links and notes depend on others
                self._parsed[content] = children
        return children

    def _note(self, child: Token, line: int) -> None:
        """Put a note that stands in the text itself beside it."""
        note = self.env["footnotes"]["list"][child.meta["id"]]
        if note.get("content"):
            self.reader.add(FoundBlock(Block(BlockKind.FOOTNOTE, note["content"], line, about=line)))
        else:
            self.reader.marks.setdefault(_NOTE + str(note.get("label", "")), line)


def _is_lone(child: Token, ended: frozenset[str]) -> bool:
    """Whether a tag begins what would not be read and has no end here: somebody writes about it."""
    name = _TAG_NAME.match(child.content)
    return name is not None and name[1].lower() in UNREAD and name[1] not in ended


def _numbers_of(tokens: Sequence[Token]) -> dict[int, str]:
    """Find the number of each item: as it is written, or counted where all of a list are written alike."""
    numbers: dict[int, str] = {}
    lists: list[list[Token]] = []
    for token in tokens:
        if token.type == "ordered_list_open" or token.type == "bullet_list_open":
            lists.append([])
        elif token.type == "list_item_open" and lists:
            lists[-1].append(token)
        elif token.type in ("ordered_list_close", "bullet_list_close") and lists:
            items = lists.pop()
            written = [item.info for item in items]
            is_lazy = len(written) > 1 and written[0] in ("0", "1") and len(set(written)) == 1
            for place, item in enumerate(items):
                numbers[id(item)] = str(int(item.info) + place) if is_lazy else item.info
    return numbers


def _is_underlined_prose(token: Token, inline: Token) -> bool:
    """Tell a heading from paragraphs with a ruled line right under them, which Markdown takes for one."""
    is_underlined = token.markup in ("-", "=")
    return is_underlined and ("\n" in inline.content or len(inline.content) > WRAPPED_CHARS)


def _line_ends_in_code(child: Token, source: str, start: int) -> tuple[int, int]:
    """Count the line ends in code, which have become spaces; and find where in the source it ends."""
    if "\n" not in source or " " not in child.content:
        return 0, start
    words = re.escape(child.content).replace("\\ ", "[ \n]")
    written = re.compile(rf"{child.markup}[ \n]?{words}[ \n]?{child.markup}").search(source, start)
    return (written[0].count("\n"), written.end()) if written else (0, start)
