"""Plain text to blocks (layer 1, pure): wrapped lines, verse, chapters, and the conventions of Project Gutenberg.

What wears a mark of Markdown is Markdown, whatever its file is called.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audiobuild.model.values import Block, BlockKind
from audiobuild.sources.article_parts.found_block import VERSE_CHARS, FoundBlock
from audiobuild.sources.article_parts.verse_lines import is_indented_by_turns, is_verse
from audiobuild.sources.marked.printed_pages import GOES_ON, PARAGRAPH_BREAK

_MARKDOWN = re.compile(r"#{1,6} \S|>\s?\S|!\[|```|\+\+\+$|(?:[-*+]|\d{1,3}[.)]) \S|\|.*\|$|<[a-zA-Z!/]")
_MARKED = re.compile(
    r"\]\(|\*\*\w|<!--|</[a-zA-Z]|\A\s*(?:---|\+\+\+) *\n[\w-]{1,40}[:= ]|(?:\A|\n\n)\S.*\n={3,} *\n(?!\S)"
)
"""Marks of Markdown, wherever they stand; front matter; a headline with a line below it."""
_START = re.compile(r"\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG.*", re.IGNORECASE)
_END = re.compile(r"\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG.*|End of (?:the )?Project Gutenberg.*", re.IGNORECASE)
_HEADING = re.compile(
    r"(?:chapter|book|part|volume|canto|act|scene|section|letter|stave)\s+(?:\d{1,3}|[IVXLC]{1,8}|the\s\w+|[a-z]+)\b"
    r"[.:—–-]*(?:\s+.{1,60})?"
    r"|(?:prologue|epilogue|preface|foreword|introduction|appendix|afterword|conclusion|contents|dedication)\.?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:chapter|book|part|volume|canto|stave)\s+(?:the\s)?(?:\d{1,3}|[IVXLC]{1,8}|one|two|three|four|five|six|seven|eight"
    r"|nine|ten|eleven|twelve|\w{3,5}teen|\w{3,5}ty(?:-\w{3,5})?|first|second|third|fourth|fifth|sixth|last)[.:—–-]*",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"[IVXLC]{1,8}\.?")
_NO_TITLE = re.compile(r"^(?:the )?end[.!]?$|^finis\b|& co\b|^1[5-9]\d\d\.?$", re.IGNORECASE)
"""What is set in capitals and is no heading: the end, a publisher, a year."""
_TRANSCRIBED = re.compile(r"\[?transcriber[s'’]{1,2} notes?\b", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:table of )?contents\.?:?", re.IGNORECASE)
_RULE = re.compile(r"\s*(?:\*\s*){3,}|\s*(?:[-_=~]\s?){3,}|\s*\*\s*")
_PAGE = re.compile(r"\s*(?:[-–—]\s?\d{1,4}\s?[-–—]|\[?(?:page|p\.)\s?\d{1,4}\]?)\s*", re.IGNORECASE)
"""The number of a page, on a line of its own."""
_PICTURE = re.compile(r"\[(?:illustration|image|picture|frontispiece)\b.*\]", re.IGNORECASE | re.DOTALL)
_NOTE = re.compile(r"\[(?:footnote|note) [^:\]]{1,10}: .*", re.IGNORECASE | re.DOTALL)
_NOTE_MARK = re.compile(r"\[(?:\d{1,3}|[A-Z*])\](?!\w)")
_FACT = re.compile(r"(title|author|release date|language):\s*(.+)", re.IGNORECASE)
_STANZA_LINES = 40
_WIDE_CHARS, _LONGEST_CHARS = 40, 100
"""What the lines of wrapped prose have, at least and at most."""
_FULL = 0.7
"""The share of the text's width that a line of wrapped prose fills, unless it is the last of its paragraph."""
_HEADING_CHARS = 70
_BY = re.compile(r"[Bb]y(?: [A-Z][\w.'’-]*){1,4}")
"""Below a title: who wrote it."""
_COPIED = "a note by those who copied the text is not read"
_LICENCE = "what the library says of the book is not read"


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines with no blank one between them."""

    rows: tuple[str, ...]
    line: int
    blanks: int
    """How many blank lines stand before it."""


def is_plain(text: str) -> bool:
    """Say whether a text is plain, and laid out as such: in wrapped lines, verse or chapters."""
    rows = text.split("\n")
    if any(map(_START.match, rows)):
        return True
    marked = (row for row in rows if not (_RULE.fullmatch(row) or _PAGE.fullmatch(row)))
    if any(_MARKDOWN.match(row.lstrip()) for row in marked) or _MARKED.search(text):
        return False
    paragraphs = list(_paragraphs(rows, 1))
    width = _width(paragraphs)
    has_headings = any(_is_heading(each) for each in paragraphs)
    has_verse = any(_is_verse(each, width) for each in paragraphs)
    return has_headings or has_verse or _WIDE_CHARS <= width <= _LONGEST_CHARS


def find_facts(text: str) -> dict[str, str]:
    """Find what the head of a text of Project Gutenberg's says of the book."""
    rows = text.split("\n")
    start = next((number for number, row in enumerate(rows) if _START.match(row)), 0)
    found = (_FACT.match(row.strip()) for row in rows[:start])
    return {fact[1].lower(): fact[2].strip() for fact in found if fact}


def find_plain_blocks(text: str) -> Iterator[FoundBlock]:
    """Find every block of a plain text."""
    rows = text.split("\n")
    start = next((number + 1 for number, row in enumerate(rows) if _START.match(row)), 0)
    end = next((number for number in range(start, len(rows)) if start and _END.match(rows[number])), len(rows))
    yield from _unread(rows[:start], 1)
    paragraphs = list(_with_titles(list(_paragraphs(rows[start:end], start + 1))))
    width = _width(paragraphs)
    headings = _headings(paragraphs)
    title = find_facts(text).get("title", "").casefold()
    in_contents = False
    for paragraph, is_heading in zip(paragraphs, headings, strict=True):
        whole = _joined(paragraph.rows)
        if _CONTENTS.fullmatch(whole):
            in_contents = True
        elif in_contents:
            in_contents = paragraph.blanks < 2 and _is_list(paragraph, width)
        reason = "contents are not read" if in_contents else ""
        reason = "page numbers are not read" if _PAGE.fullmatch(whole) else reason
        if title and whole.casefold() == title:
            reason = "the headline has been said"
        if _TRANSCRIBED.match(whole):
            reason = _COPIED
        for found in _blocks_of(paragraph, width, is_heading=is_heading):
            block = found.block
            yield FoundBlock(block._replace(unread=reason), found.tag, found.joined)
    yield from _unread(rows[end:], end + 1)


def _with_titles(paragraphs: Sequence[_Paragraph]) -> Iterator[_Paragraph]:
    """Put a chapter's number and its title together, which stand below each other."""
    number: _Paragraph | None = None
    for paragraph in paragraphs:
        first = paragraph.rows[0].strip()
        if number and _is_subtitle(paragraph) and not (_HEADING.fullmatch(first) or _ROMAN.fullmatch(first)):
            whole = number.rows[0].rstrip()
            yield replace(number, rows=(whole if whole[-1] in ".:—–-" else f"{whole}.", *paragraph.rows))
            number = None
            continue
        if number:
            yield number
        is_number = len(paragraph.rows) == 1 and _NUMBERED.fullmatch(paragraph.rows[0].strip()) is not None
        number = paragraph if is_number else None
        if not is_number:
            yield paragraph
    if number:
        yield number


def _headings(paragraphs: Sequence[_Paragraph]) -> list[bool]:
    """Say of each paragraph whether it is a heading; capitals alone may be a sign, an imprint, or the end."""
    found = [_is_heading(each) for each in paragraphs]
    chapters = [_HEADING.match(each.rows[0].strip()) is not None for each in paragraphs]
    is_spaced = any(each.blanks > 1 for place, each in enumerate(paragraphs) if found[place] and chapters[place])
    for place, each in enumerate(paragraphs):
        if not found[place] or chapters[place]:
            continue
        before = paragraphs[place - 1].rows[-1].rstrip() if place else ""
        after = paragraphs[place + 1].rows[0].lstrip() if place + 1 < len(paragraphs) else ""
        is_within = before.endswith((":", ",")) or after[:1].islower() or (is_spaced and place > 0 and each.blanks < 2)
        found[place] = not is_within and not any(_NO_TITLE.search(row.strip()) for row in each.rows)
    for place, (above, each) in enumerate(itertools.pairwise(paragraphs), 1):
        found[place] |= _HEADING.fullmatch(_joined(above.rows)) is not None and _is_subtitle(each)
    return found


def _unread(rows: Sequence[str], first: int) -> Iterator[FoundBlock]:
    for paragraph in _paragraphs(rows, first):
        text = " ".join(row.strip() for row in paragraph.rows)
        yield FoundBlock(Block(BlockKind.PARAGRAPH, text, paragraph.line, unread=_LICENCE))


def _paragraphs(rows: Sequence[str], first: int) -> Iterator[_Paragraph]:
    """Part lines at blank ones, and where one is indented while the others are not."""
    group: list[str] = []
    line = first
    blanks = 0
    stanza_end = 0
    for number, row in enumerate([*rows, ""], first):
        if row == GOES_ON:
            continue
        if not group and row.strip() and number > stanza_end:
            stanza_end = _end_of_stanza(rows, number - first) + first
        is_page = _PAGE.fullmatch(row) is not None
        is_within = number < stanza_end
        begins = row.startswith(PARAGRAPH_BREAK) or (bool(group) and not is_within and _begins_indented(row, group))
        if group and (is_page or begins or not row.strip()):
            yield _Paragraph(tuple(group), line, blanks)
            group, blanks = [], 0 if is_page or begins else 1
        elif not row.strip():
            blanks += 1
        if is_page:
            yield _Paragraph((row,), number, blanks)
            blanks = 0
        elif row.strip():
            line = line if group else number
            group.append(row.removeprefix(PARAGRAPH_BREAK))


def _end_of_stanza(rows: Sequence[str], start: int) -> int:
    """Find the end of lines that are indented by turns; where they are not, that is the start."""
    lines = list(itertools.takewhile(str.strip, rows[start : start + _STANZA_LINES]))
    return start + len(lines) if is_indented_by_turns(lines) else start


def _begins_indented(row: str, group: Sequence[str]) -> bool:
    return row.startswith(("  ", "\t")) and not group[-1].startswith((" ", "\t")) and len(group[-1]) > _WIDE_CHARS


def _width(paragraphs: Sequence[_Paragraph]) -> int:
    """Find the width at which lines were wrapped, by those that another follows."""
    lengths = sorted(len(row.rstrip()) for each in paragraphs for row in each.rows[:-1])
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _is_heading(paragraph: _Paragraph) -> bool:
    first = paragraph.rows[0].strip()
    if len(paragraph.rows) > 3 or len(first) > _HEADING_CHARS:
        return False
    if _HEADING.fullmatch(first):
        return (first[:1].isupper() and not re.search(r"[a-z,;]\.?$", first)) or first.lower().split()[0] in _ALONE
    is_loud = first.isupper() and len(first) > 3 and not first.endswith((",", ";"))
    return is_loud and (paragraph.blanks > 1 or not re.search(r"[.!?]$", first))


_ALONE = frozenset(
    "chapter book part volume canto stave prologue epilogue preface foreword introduction appendix afterword conclusion"
    " contents dedication prologue. epilogue. preface. introduction. contents.".split()
)


def _is_list(paragraph: _Paragraph, width: int) -> bool:
    return _is_heading(paragraph) or all(len(row.strip()) < _FULL * max(width, _WIDE_CHARS) for row in paragraph.rows)


def _is_verse(paragraph: _Paragraph, width: int) -> bool:
    """Whether the lines are the author's: short ones, all or some of them indented, or those of a title."""
    rows = paragraph.rows
    if len(rows) < 2:
        return False
    if _BY.fullmatch(rows[1]) or is_indented_by_turns(rows) or is_verse([row.strip() for row in rows]):
        return True
    is_indented = all(row.startswith(("  ", "\t")) for row in rows)
    is_short = all(len(row.rstrip()) < _FULL * max(width, _WIDE_CHARS) for row in rows)
    capitals = sum(row.lstrip(" \t\"'“‘_")[:1].isupper() for row in rows)
    return (is_indented and max(map(len, rows)) < max(width, _WIDE_CHARS)) or (is_short and capitals > 0.6 * len(rows))


def _is_subtitle(paragraph: _Paragraph) -> bool:
    """Whether a short line behind a heading, such as the title of a chapter, belongs to it."""
    row = paragraph.rows[0].strip()
    is_short = len(paragraph.rows) == 1 and len(row) < _HEADING_CHARS
    return is_short and row[:1].isupper() and not re.search(r"[.!?:;,”\"’]$", row) and not _RULE.fullmatch(row)


def _blocks_of(paragraph: _Paragraph, width: int, *, is_heading: bool) -> Iterator[FoundBlock]:
    rows, line = paragraph.rows, paragraph.line
    whole = _joined(rows)
    if all(map(_RULE.fullmatch, rows)):
        yield FoundBlock(Block(BlockKind.RULE, whole, line))
    elif _PICTURE.fullmatch(whole):
        yield FoundBlock(Block(BlockKind.IMAGE, whole.strip("[]"), line))
    elif _NOTE.match(whole):
        yield FoundBlock(Block(BlockKind.FOOTNOTE, whole, line))
    elif is_heading:
        yield FoundBlock(Block(BlockKind.HEADING, _plain(whole), line), "h2")
    elif _is_verse(paragraph, width):
        for count, row in enumerate(rows):
            goes_on = count < len(rows) - 1 and len(row) <= VERSE_CHARS
            block = Block(BlockKind.PARAGRAPH, _plain(row.strip()), line + count, goes_on=goes_on)
            yield FoundBlock(block, joined=count > 0)
    else:
        yield FoundBlock(Block(BlockKind.PARAGRAPH, _plain(whole), line))


def _joined(rows: Sequence[str]) -> str:
    """Put wrapped lines together; a hyphen at an end stays, and joins."""
    parts: list[str] = []
    for row in rows:
        is_joined = not parts or re.search(r"\w-$", parts[-1][-2:])
        parts.append(row.strip() if is_joined else f" {row.strip()}")
    return re.sub(r"\s+", " ", "".join(parts))


def _plain(text: str) -> str:
    """Take away the marks by which plain text shows italics, bold letters and notes."""
    text = _NOTE_MARK.sub("", text)
    text = re.sub(r"(?<!\w)([_=])(?=\S)([^_=]{1,300}?)(?<=\S)\1(?!\w)", r"\2", text)
    text = re.sub(r"(?<=\d)--(?=\d)", "–", text)
    return re.sub(r"(?<=[\w.,;!?”’\"])-{2,4}(?=[\w“‘\"]|$)", "—", text)
