"""The lines of a PDF to paragraphs, over the ends of lines, columns and pages (layer 1, pure).

A paragraph ends where its last line leaves room for the word that follows, where the next line stands farther away or
is set in, or where letters change their size. Hyphens at the ends of lines go, unless the word is written with one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from audiobuild.model.values import Block, BlockKind
from audiobuild.sources.paged.pdf_head import with_head
from audiobuild.sources.paged.pdf_layout import PdfLine
from audiobuild.sources.paged.pdf_lettering import find_lettering
from audiobuild.sources.paged.pull_quotes import without_pull_quotes
from audiobuild.sources.paged.raised_words import NOTE_MARK, text_of_line

_SMALL = 0.93
"""Letters of notes and captions have less of the body's height."""
_LARGE = 1.12
"""Letters of headings have more."""
_SAME_SIZE = 0.1
"""By which letters of one size may differ, of their height."""
_FAR = 1.28
"""Of the usual distance between lines, from which a paragraph ends."""
_SET_IN = 0.5
"""Of the height of letters, by which the first line of a paragraph is set in."""
_BULLET = re.compile(r"^[•◦▪‣·–—*\ue000-\uf8ff]\s+")
_NUMBER = re.compile(r"^(\d{1,3}|[a-z])[.)]\s+")
_CAPTION = re.compile(r"(?:fig(?:ure|\.)|table|chart|source|photo(?:graph)?)\b", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_BROKEN = re.compile(r"(\w+)(?:\u00ad|(?<=[a-z])-)$")
_LONGEST_WORD = 100
"""How many characters of a word that is broken at the end of a line are looked at."""
_HEADING_WORDS = 25
_RAGGED = 6.0
"""Of the height of letters: by no more is the longest line of a paragraph that is set in too short for its width."""


@dataclass(frozen=True, slots=True)
class _Measures:
    """What is usual in a paper, in points."""

    height: float
    """Of the letters of its body."""
    spacing: float
    """From one line of a paragraph to the next."""


def find_paragraphs(lines: Sequence[PdfLine], title: str = "") -> tuple[Block, ...]:
    """Find the paragraphs of a paper, of which the file says the title: each block's line is its page."""
    body_height = _usual_height(lines)
    inner = [line for line in lines if not line.unread]
    notes = _notes(inner, body_height)
    body = [line for line in inner if id(line) not in notes]
    lettering = list(find_lettering(body, body_height))
    lettered = {id(line) for run, _ in lettering for line in run}
    body = [line for line in body if id(line) not in lettered]
    known = Counter(_bare(word.text) for line in inner for word in line.words)
    stretches = list(_stretches(body, body_height))
    found = [_block(each, body_height, known) for each in stretches]
    named = with_head(found, [each[0].height for each in stretches], title)
    blocks = [*without_pull_quotes(tuple(named)), *(block for _, block in lettering)]
    for stretch in _note_stretches([line for line in inner if id(line) in notes]):
        blocks.append(Block(BlockKind.FOOTNOTE, _joined(stretch, known), stretch[0].page))
    blocks += [Block(BlockKind.PARAGRAPH, line.text, line.page, unread=line.unread) for line in lines if line.unread]
    return tuple(sorted(blocks, key=lambda block: block.line))


def _usual_height(lines: Sequence[PdfLine]) -> float:
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.height * 2) / 2] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 1.0


# --- notes ----------------------------------------------------------------------------------------


def _notes(lines: Sequence[PdfLine], body_height: float) -> set[int]:
    """Find the lines of notes: small ones at the foot of a column."""
    found: set[int] = set()
    for _, column in groupby(lines, key=lambda line: line.column):
        for line in reversed(list(column)):
            if line.is_boxed or line.height >= _SMALL * body_height or _CAPTION.match(line.text):
                break
            found.add(id(line))
    return found


def _note_stretches(lines: Sequence[PdfLine]) -> Iterator[list[PdfLine]]:
    stretch: list[PdfLine] = []
    for line in lines:
        if stretch and (line.column != stretch[-1].column or NOTE_MARK.fullmatch(line.words[0].text)):
            yield stretch
            stretch = []
        stretch.append(line)
    if stretch:
        yield stretch


# --- where paragraphs end -------------------------------------------------------------------------


def _stretches(lines: Sequence[PdfLine], body_height: float) -> Iterator[list[PdfLine]]:
    """Give the lines of each paragraph."""
    usual = _Measures(body_height, _spacing(lines, body_height))
    stretch: list[PdfLine] = []
    for place, line in enumerate(lines):
        if stretch and _begins(stretch, line, _right_edge(lines, place - 1), usual):
            yield stretch
            stretch = []
        stretch.append(line)
    if stretch:
        yield stretch


def _spacing(lines: Sequence[PdfLine], body_height: float) -> float:
    """The usual distance between the base lines of a paragraph."""
    steps = Counter(
        round((first.base - second.base) * 4) / 4
        for first, second in pairwise(lines)
        if first.column == second.column and 0 < first.base - second.base < 3 * body_height
    )
    return steps.most_common(1)[0][0] if steps else 1.3 * body_height


def _right_edge(lines: Sequence[PdfLine], place: int) -> float:
    """Find where the neighbouring lines of the same indent end; without any, where the column ends."""
    line = lines[place]
    if line.left - line.left_edge < _SET_IN * line.height:
        return line.right_edge
    rights = [line.right]
    for step in (-1, 1):
        near = place + step
        while 0 <= near < len(lines) and lines[near].column == line.column and abs(lines[near].left - line.left) < 2:
            rights.append(lines[near].right)
            near += step
    set_in = line.right_edge - (line.left - line.left_edge)
    is_filled = len(rights) > 1 and max(rights) > set_in - _RAGGED * line.height
    return max(rights) if is_filled else line.right_edge


def _begins(stretch: Sequence[PdfLine], line: PdfLine, right_edge: float, usual: _Measures) -> bool:
    """Whether a line begins another paragraph than the one before."""
    before = stretch[-1]
    if not _are_alike(before, line) or _BULLET.match(line.text) or _is_next_item(stretch[0], line):
        return True
    height = max(line.height, before.height)
    is_far = not 0 < before.base - line.base < _FAR * max(usual.spacing, 1.25 * height)
    if height > _LARGE * usual.height and before.page == line.page:
        return is_far  # titles are set in the middle, or end where their sense does
    first = line.words[0]
    room = right_edge - before.right - 0.25 * height
    goes_on = line.text[:1].islower() and not _ENDS_SENTENCE.search(before.text)
    leaves_room = room > first.right - first.left + _SET_IN * height and not goes_on
    is_set_in = line.left - line.left_edge
    if line.column != before.column:
        if before.words[-1].text.endswith("\u00ad"):
            return False
        if leaves_room or (_SET_IN * height < is_set_in < 4 * height and _ENDS_SENTENCE.search(before.text)):
            return True
        ends_early = before.right < right_edge - 2 * height
        return ends_early and _ENDS_SENTENCE.search(before.text) is not None
    if is_far:
        return True
    hangs = len(stretch) == 1 and _is_item(before) and abs(line.left - before.words[1].left) < height
    if line.left - before.left > _SET_IN * height and not hangs:
        return True
    is_set_out = before.left - line.left > _SET_IN * height and len(stretch) > 1
    return is_set_out or leaves_room


def _is_item(line: PdfLine) -> bool:
    return len(line.words) > 1 and bool(_BULLET.match(line.text) or _NUMBER.match(line.text))


def _is_next_item(first: PdfLine, line: PdfLine) -> bool:
    """Whether a line has the number behind the one that a paragraph begins with, and the same place."""
    before, number = _NUMBER.match(first.text), _NUMBER.match(line.text)
    if not before or not number or abs(first.left - line.left) > first.height:
        return False
    return _count(number[1]) == _count(before[1]) + 1


def _count(number: str) -> int:
    return int(number) if number.isdigit() else ord(number)


def _are_alike(first: PdfLine, second: PdfLine) -> bool:
    """Whether the letters of two lines are of one size and weight."""
    return abs(first.height - second.height) <= _SAME_SIZE * first.height and first.is_bold == second.is_bold


# --- what paragraphs are --------------------------------------------------------------------------


def _block(stretch: Sequence[PdfLine], body_height: float, known: Counter[str]) -> Block:
    text = _joined(stretch, known)
    first = stretch[0]
    words = len(text.split())
    is_large = first.height > _LARGE * body_height
    is_heading = (is_large or first.is_bold) and words <= _HEADING_WORDS and not text.endswith((".", ",", ";"))
    if first.height < _SMALL * body_height and _CAPTION.match(text):
        return Block(BlockKind.PARAGRAPH, text, first.page, unread="a caption is not read")
    if bullet := _BULLET.match(text):
        return Block(BlockKind.LIST_ITEM, text[bullet.end() :], first.page)
    return Block(BlockKind.HEADING if is_heading else BlockKind.PARAGRAPH, text, first.page)


def _joined(stretch: Sequence[PdfLine], known: Counter[str]) -> str:
    """Put lines together; marks of notes, and hyphens at the ends of lines, go."""
    parts: list[str] = []
    for line in stretch:
        words = text_of_line(line.words)
        broken = _BROKEN.search(parts[-1], max(0, len(parts[-1]) - _LONGEST_WORD)) if parts else None
        if broken and words:
            begun, rest = broken[1], re.match(r"[\w'’]*", words)
            whole = f"{begun}{rest[0] if rest else ''}".lower()
            parted = f"{begun}-{rest[0] if rest else ''}".lower()
            keeps = known[_bare(parted)] > known[_bare(whole)] or (rest and not rest[0][:1].islower())
            parts[-1] = parts[-1][:-1] + ("-" if keeps else "") + words
        elif parts or words:
            parts.append(words)
    return " ".join(parts).replace("\u00ad", "-").strip()


def _bare(word: str) -> str:
    return word.strip(".,;:!?()“”\"'’").lower()
