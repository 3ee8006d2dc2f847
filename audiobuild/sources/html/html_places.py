"""What the elements around a place in HTML make of it (layer 1, pure)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from audiobuild.model.language_tags import language_tag
from audiobuild.model.values import BlockKind
from audiobuild.sources.article_parts.found_block import VERSE_CHARS
from audiobuild.sources.article_parts.marked_text import Words
from audiobuild.sources.html.html_elements import BLOCKS, HEADINGS, KINDS, NOTES, STANZAS, UNREAD, VERSE, unread_name
from audiobuild.sources.html.html_tables import Table
from audiobuild.sources.html.html_tags import HtmlPart, HtmlPartKind

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_TELLING = HEADINGS | KINDS.keys() | UNREAD.keys()
"""Elements that make something of what is in them, whatever their attributes."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a document something stands: what the elements around it make of it."""

    kind: BlockKind = BlockKind.PARAGRAPH
    tag: str = ""
    """"h1" to "h6" within a heading."""
    unread: str = ""
    """Why nothing here is read."""
    language: str = ""
    note: str = ""
    """Within a note: what its mark calls it."""
    is_verse: bool = False
    """Whether lines that are broken here are verse."""
    keeps_lines: bool = False
    """Whether lines end where they do in the source."""
    stanza: int = 0
    """The line of the source on which the stanza begins that this is in; 0 for none."""

    def goes_on(self, words: str) -> bool:
        """Whether a line behind which the paragraph goes on is one of verse."""
        return self.is_verse and len(words) <= VERSE_CHARS

    @lru_cache(256)  # noqa: B019  # places are few, and alike
    def within(self, kind: BlockKind | None, tag: str, note: str) -> Place:
        """Say what holds within something of a kind; what is not said of it holds as around it."""
        if not (kind or tag or note):
            return self
        return replace(self, kind=kind or self.kind, tag=tag or self.tag, note=note or self.note)


@dataclass(slots=True)
class OpenElement:
    """An element that has begun."""

    tag: str
    place: Place
    """What holds within it."""
    outside: Words | None = None
    """The words it stands among, where its own are kept apart from them."""
    is_note_mark: bool = False
    is_raised: bool = False
    """Whether its words are raised or lowered, or lead to a note."""
    is_foreign: bool = False
    """Whether its words are marked as another language's, in the middle of a paragraph."""
    number: int | None = None
    """Of an ordered list that shows its numbers: its next item's."""
    table: Table | None = None


def names_of(part: HtmlPart) -> frozenset[str]:
    """List what an element is called: its role, classes and types."""
    attributes = part.attributes
    if not attributes:
        return frozenset()
    return frozenset(
        name for each in ("role", "epub:type", "class", "type") for name in attributes.get(each, "").lower().split()
    )


def language_of(part: HtmlPart) -> str:
    """Say what an element's words are in, where it says so."""
    if not part.attributes:
        return ""
    return language_tag(part.attributes.get("lang") or part.attributes.get("xml:lang") or "")


def first_number(ordered: HtmlPart) -> int | None:
    """Give the number of a list's first item; None where it shows none, as it tells screen readers by its role."""
    start = ordered.attributes.get("start", "")
    return None if ordered.attributes.get("role") == "list" else int(start) if re.fullmatch(r"\d{1,9}", start) else 1


def place_in(around: Place, part: HtmlPart) -> Place:
    """Say what holds within an element."""
    if part.attributes:
        return _place_in(around, part)
    is_told = part.tag in _TELLING or (around.kind is BlockKind.QUOTATION and not around.is_verse)
    return _bare_place(around, part.tag) if is_told else around


@lru_cache(maxsize=1000)
def _bare_place(around: Place, tag: str) -> Place:
    """Say the same of an element of which nothing is known but its tag."""
    return _place_in(around, HtmlPart(HtmlPartKind.START, "", 0, tag))


def _place_in(around: Place, part: HtmlPart) -> Place:
    tag, attributes = part.tag, part.attributes
    kind, heading = around.kind, around.tag
    if names_of(part) & NOTES:
        kind = BlockKind.FOOTNOTE
    elif tag in HEADINGS and kind is not BlockKind.FOOTNOTE:
        kind, heading = BlockKind.HEADING, tag
    elif tag == "pre" and (names_of(part) & VERSE or (around.is_verse and kind is BlockKind.PARAGRAPH)):
        kind = BlockKind.QUOTATION
    elif kind is not BlockKind.FOOTNOTE:
        kind = KINDS.get(tag, kind)
    unread = around.unread or UNREAD.get(tag, "")
    unread = unread or next(filter(None, map(unread_name, sorted(names_of(part)))), "")
    if {attributes.get("epub:type"), attributes.get("role")} & {"pagebreak", "doc-pagebreak"}:
        unread = unread or "running heads and page numbers are not read"
    is_hidden = (
        "hidden" in attributes or attributes.get("aria-hidden") == "true" or _HIDDEN.search(attributes.get("style", ""))
    )
    if is_hidden:
        unread = unread or "what is hidden is not read"
    language = around.language
    if tag in BLOCKS:
        language = language_of(part) or language
    note = attributes.get("id", "") if kind is BlockKind.FOOTNOTE else ""
    is_verse = around.is_verse or kind is BlockKind.QUOTATION or bool(names_of(part) & VERSE)
    keeps_lines = around.keeps_lines or (tag == "pre" and is_verse)
    stanza = part.line if names_of(part) & STANZAS else around.stanza
    return Place(kind, heading, unread, language, note or around.note, is_verse, keeps_lines, stanza)
