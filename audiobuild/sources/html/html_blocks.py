"""HTML to blocks (layer 1, pure): what Markdown holds of it, and what other readers make of their formats.

No word is lost: what is not for reading aloud is a block as well, with the reason. Nothing in HTML is an error; an end
that is missing is where the next block begins.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from audiobuild.model.values import Block, BlockKind
from audiobuild.sources.article_parts.editor_directives import Directives, apply_comment, with_pause
from audiobuild.sources.article_parts.found_block import FoundBlock, join_stanzas
from audiobuild.sources.article_parts.marked_text import (
    Words,
    bare,
    block_of,
    language_begins,
    language_ends,
)
from audiobuild.sources.html.html_elements import (
    BLOCKS,
    CLOSED_BY,
    INLINE,
    KNOWN,
    MEDIA,
    NOTE_MARKS,
    UNREAD,
    VOID,
    drop_cap,
    is_note_label,
)
from audiobuild.sources.html.html_places import OpenElement, Place, first_number, language_of, names_of, place_in
from audiobuild.sources.html.html_tables import Table, begin_table
from audiobuild.sources.html.html_tags import HtmlPart, HtmlPartKind, cut_html

_FARTHEST = 50  # elements that are looked through for one that ends where the next begins
_MOST_RAISED = 10  # elements with raised words within each other that are kept apart
_HEAD = re.compile(r"<(?:\?xml|!doctype)\b", re.IGNORECASE)

Lines = list[tuple[str, int]]  # words with their marks, each line with its number in the source


@dataclass(slots=True)
class HtmlReader:
    """Reads HTML piece by piece; other text may stand between the pieces, within the elements that have begun."""

    place: Place = field(default_factory=Place)
    """Where the reader is: what holds for what comes next."""
    words: Words = field(default_factory=Words)
    """The paragraph that is being put together."""
    number: str = ""
    """What the next block of a list begins with: "3. "."""
    marks: dict[str, int] = field(default_factory=dict)
    """The lines on which notes have their marks, by what these call them."""
    directives: Directives = field(default_factory=Directives)
    """What its editor has said in comments."""
    _found: list[FoundBlock] = field(default_factory=list)
    _open: list[OpenElement] = field(default_factory=list)
    _count: Counter[str] = field(default_factory=Counter)
    """How often each tag is among the open ones."""
    _raised: int = 0
    """How many of what is raised or lowered, or leads to notes, are open."""
    _code: list[str] = field(default_factory=list)
    _code_line: int = 0

    def feed(self, text: str, line: int, *, is_inline: bool = False) -> None:
        """Read a piece of HTML.

        Args:
            text: the HTML.
            line: the line of the source on which it starts.
            is_inline: whether it stands among the words of a sentence, where a tag that nobody knows changes nothing.
        """
        for part in cut_html(text, line):
            if part.kind is HtmlPartKind.TEXT:
                self.text(part.text, part.line)
            elif part.kind is HtmlPartKind.START or (is_inline and part.is_unended):
                self._start(part, is_inline=is_inline)
            elif part.kind is HtmlPartKind.END:
                self._end(part.tag, is_inline=is_inline)
            elif part.kind is HtmlPartKind.COMMENT:
                if not apply_comment(self, part.text, part.line):
                    self.put(BlockKind.HTML, part.written, part.line)
            elif part.kind is HtmlPartKind.RAW or not _HEAD.match(part.written):
                self.put(BlockKind.HTML, part.written, part.line)

    def text(self, text: str, line: int) -> None:
        """Add words to the paragraph; in code, they stay as they are."""
        if self.place.kind is BlockKind.CODE and not self.place.unread:
            self._code_line = self._code_line or line
            self._code.append(text)
        else:
            (self.words.add_lines if self.place.keeps_lines else self.words.add)(text, line)

    def put(self, kind: BlockKind, text: str, line: int, *, address: str = "", unread: str = "") -> None:
        """Add a block that stands by itself."""
        block = Block(kind, text.strip(), line, language=self.place.language, unread=self.place.unread or unread)
        self.add(FoundBlock(block, address=address))

    def add(self, found: FoundBlock) -> None:
        """Add a block as it is."""
        found = self.directives.apply(found)
        self._found.append(found)
        table = self._table()
        if table and found.block.kind is not BlockKind.HTML and not found.block.unread:
            table.note(found)

    def enter(self, kind: BlockKind | None = None, tag: str = "", note: str = "") -> int:
        """Begin what is no element of HTML, but holds some, such as a list item of Markdown's.

        Returns:
            What `leave` has to know to end it.
        """
        depth = len(self._open)
        self.place = self.place.within(kind, tag, note)
        self._open.append(OpenElement("", self.place))
        return depth

    def leave(self, depth: int) -> None:
        """End it, and the elements in it that nobody ended."""
        while len(self._open) > depth:
            self._pop()

    def take(self) -> list[FoundBlock]:
        """Give what was found since the last time, and forget it; a table that has begun is still to come."""
        if any(element.table for element in self._open):
            return []
        found, self._found = self._found, []
        return join_stanzas(found)

    def flush(self, join: Callable[[Lines], Lines] = list) -> None:
        """End the paragraph.

        Args:
            join: puts several lines together that are one.
        """
        if self.directives.outside is not None:
            self._flush_outside(join)
        while self._raised:
            self._pop()  # no paragraph goes on in these
        if self._code:
            self._end_code()
        lines, place = self.words.take(), self.place
        if place.tag and lines:
            lines = [(" ".join(words for words, _ in lines), lines[0][1])]
        for count, (words, line) in enumerate(lines := join(lines) if len(lines) > 1 else lines):
            number = "" if place.kind is BlockKind.FOOTNOTE else self.number
            block = block_of(place.kind, number + words, line)
            goes_on = count < len(lines) - 1 and place.goes_on(words)
            if place.language or place.unread or goes_on:
                block = block._replace(language=place.language, unread=place.unread, goes_on=goes_on)
            self.add(FoundBlock(block, place.tag, joined=count > 0, note=place.note, stanza=place.stanza))
            self.number = ""

    def _flush_outside(self, join: Callable[[Lines], Lines]) -> None:
        """End the paragraph in which something is left out that goes on behind it."""
        hidden, self.words, self.directives.outside = self.words, self.directives.outside or Words(), None
        self.directives.is_skipping = False
        self.flush(join)
        self.words, self.directives.is_skipping = hidden, True

    def pause(self, pause_ms: int) -> bool:
        """Set the pause behind the last block; tell whether there is one."""
        return with_pause(self._found, pause_ms)

    def close(self) -> list[FoundBlock]:
        """End all that has begun, and give what was found."""
        self.flush()
        while self._open:
            self._pop()
        self.flush()
        return [self._placed(each) for each in (*self.take(), *self.directives.unended())]

    def _placed(self, found: FoundBlock) -> FoundBlock:
        """Say of a note where its mark is."""
        about = self.marks.get(found.note, 0) if found.note else 0
        return found._replace(block=found.block._replace(about=about)) if about else found

    # --- tags -------------------------------------------------------------------------------------

    def _start(self, part: HtmlPart, *, is_inline: bool) -> None:
        tag, attributes = part.tag, part.attributes
        if tag in BLOCKS or tag == "hr" or not (is_inline or tag in INLINE or tag in VOID or tag in UNREAD):
            self.flush()
            self._end_implied(tag)
        if tag == "br":
            self._break(part.line)
        elif tag == "hr":
            self.put(BlockKind.RULE, part.written, part.line)
        elif tag in ("img", "area"):
            words = " ".join(filter(None, (attributes.get(each, "") for each in ("alt", "title", "src"))))
            self.put(BlockKind.IMAGE, words, part.line, address=attributes.get("src", ""))
            self.words.add(drop_cap(attributes), part.line)
        elif tag in MEDIA or not (tag in KNOWN or self.place.unread) or "placeholder" in attributes:
            self.put(BlockKind.HTML, part.written, part.line, unread=UNREAD.get(tag, ""))
        if tag not in VOID and not part.written.endswith("/>"):
            self._push(part)

    def _push(self, part: HtmlPart) -> None:
        tag, attributes = part.tag, part.attributes
        element = OpenElement(tag, place_in(self.place, part))
        names = names_of(part)
        element.is_note_mark = tag == "a" and bool(names & NOTE_MARKS)
        language = language_of(part)
        begins_unread = bool(element.place.unread) and not self.place.unread
        element.is_raised = tag in ("sup", "sub") or element.is_note_mark
        if (element.is_raised and self._raised < _MOST_RAISED) or (begins_unread and tag not in BLOCKS):
            element.outside, self.words = self.words, Words()
        elif language and tag not in BLOCKS:
            element.is_foreign = True
            element.place = replace(element.place, language=self.place.language)
            self.words.mark(language_begins(language))
        if tag == "a" and attributes.get("href", "").startswith("#"):
            self.marks.setdefault(attributes["href"][1:], part.line)
        if tag == "q":
            self.words.add("“", part.line)
        elif tag == "ol":
            element.number = first_number(part)
        elif tag == "article":
            self.number = ""
        elif tag == "li":
            self._number_item()
        elif tag == "table":
            element.table = begin_table(len(self._found), attributes, is_inner=self._table() is not None)
        elif tag in ("tr", "td", "th") and (table := self._table()):
            table.begin(tag, names)
        self._open.append(element)
        self._count[tag] += 1
        self._raised += element.is_raised
        self.place = element.place

    def _number_item(self) -> None:
        self.number = ""
        ends = next((each for each in reversed(self._open[-_FARTHEST:]) if each.tag in ("ol", "ul", "menu")), None)
        if ends and ends.tag == "ol" and ends.number is not None:
            self.number = f"{ends.number}. "
            ends.number += 1

    def _end(self, tag: str, *, is_inline: bool) -> None:
        if tag in BLOCKS or not (is_inline or tag in INLINE or tag in UNREAD):
            self.flush()
        if self._count[tag]:
            while self._pop() != tag:
                pass
        elif tag == "br":
            self._break(0)

    def _end_implied(self, tag: str) -> None:
        """End what is at its end because another begins."""
        closed = CLOSED_BY.get(tag)
        while closed and any(self._count[each] for each in closed):
            near = [element.tag for element in reversed(self._open[-_FARTHEST:])]
            inner = itertools.takewhile(lambda each: each in INLINE or each == "p", near)
            count = sum(1 for _ in inner)
            if near[count : count + 1] == [] or near[count] not in closed:
                return
            for _ in range(count + 1):
                self._pop()

    def _pop(self) -> str:
        element = self._open.pop()
        self.place = self._open[-1].place if self._open else Place()
        if not element.tag:  # of another's, which holds nothing to be ended
            return ""
        self._count[element.tag] -= 1
        self._raised -= element.is_raised
        if element.outside is not None:
            self._put_back(element, element.outside)
        if element.is_foreign:
            self.words.mark(language_ends())
        if element.tag == "q":
            self.words.add("”", 0)
        if element.tag == "li":
            self.number = ""
        if element.table:
            if around := self._table():
                around.is_layout = True
            element.table.join_last(self._found)
        return element.tag

    def _put_back(self, element: OpenElement, outside: Words) -> None:
        """Go back to the words around an element; what was kept apart is theirs, or a block of its own."""
        inside, self.words = self.words, outside
        lines = inside.take()
        for words, line in lines:
            if element.is_note_mark and (element.place.kind is BlockKind.FOOTNOTE or is_note_label(bare(words))):
                continue
            if element.is_note_mark and not element.place.unread:
                self.words.add(words, line)  # a word of the sentence that leads to a note
            elif element.tag in ("sup", "sub") and not element.place.unread:
                self.words.add_shifted(words, line, is_raised=element.tag == "sup")
            else:
                self.add(FoundBlock(Block(BlockKind.HTML, bare(words), line, unread=element.place.unread)))

    def _break(self, line: int) -> None:
        if self.place.kind is BlockKind.CODE:
            self.text("\n", line)
        else:
            self.words.end_line()

    def _end_code(self) -> None:
        if self._code and (text := "".join(self._code)).strip():
            self.add(FoundBlock(Block(BlockKind.CODE, text.strip("\n"), self._code_line)))
        self._code, self._code_line = [], 0

    def _table(self) -> Table | None:
        near = self._open[-_FARTHEST:] if self._count.get("table") else []
        return next((element.table for element in reversed(near) if element.table), None)


def find_html_blocks(text: str, line: int = 1) -> tuple[FoundBlock, ...]:
    """Find the blocks of HTML, be it a page or a piece of one.

    Args:
        text: the HTML.
        line: the line of the source on which it starts.

    >>> [found.block.text for found in find_html_blocks("<h2>Rain</h2><p>It <b>fell</b>.<p>On <i>me</i>.")]
    ['Rain', 'It fell.', 'On me.']
    """
    reader = HtmlReader()
    reader.feed(text, line)
    return tuple(reader.close())
