"""What site generators and note-taking programs add to Markdown, taken out before Markdown is read (layer 1, pure).

Lines keep their numbers: what is taken out leaves its line ends. What was taken out is a block, with its reason; what
only dresses words, such as `==this==`, goes and leaves the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from audiobuild.model.values import Block, BlockKind
from audiobuild.sources.article_parts.found_block import FoundBlock
from audiobuild.sources.marked.fenced_callouts import FENCE_OPTION, title_of_fence
from audiobuild.sources.marked.inline_markup import without_lone_brackets, write_plain_markdown
from audiobuild.sources.marked.latex import plain_maths
from audiobuild.sources.marked.program_lines import (
    CAPTION,
    ELSEWHERE,
    PROGRAMS,
    begin_note,
    caption_below,
    end_of_card,
    end_of_component,
    is_picture,
    kind_of_line,
    label_of,
    slanted_words,
)
from audiobuild.sources.marked.shortcodes import extract_shortcodes

_TASK_STATES = r"(?:TODO|DOING|DONE|LATER|WAITING|CANCELL?ED)"
_WORDS_ALONE = re.compile(
    rf"(?:(?:[-*+]|\d{{1,9}}[.)]|#{{1,6}}|>) (?!{_TASK_STATES} ))?"
    r"(?!import |export )(?:[^\W_]|[“‘\"£€])(?:[^\W_]|%(?!%)|[ ,.;?!'‘’“”\"£€/—–-])*\\?|"
)
"""A line without anything that a program might have put there: words, behind a mark of Markdown's or none."""
_FENCE = re.compile(r"(\s*(?:>\s?)*)(`{3,}|~{3,})(.*)")
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?)\s+[A-Za-z][\w -]*?\s*(?:\"(?P<title>[^\"]*)\")?\s*")
_TAB = re.compile(r"===[+!]?\s+\"(?P<title>[^\"]*)\"\s*")
_COLONS = re.compile(r"\s*:{3,}\s*(?P<kind>\{[^{}]*\}|[\w-]*)\s*(?P<title>[^{}]*?)\s*(?:\{[^{}]*\})?\s*:*")
_ALERT = re.compile(r"(?P<quote>\s*>\s?)\[!(?P<kind>[\w-]+)(?:\|[^\]]*)?\][+-]?\s*(?P<title>.*)")
_CONTENTS = re.compile(
    r"\s*(?:\[TOC\]|\[\[_?TOC_?\]\]|@\[toc\].*|\$\{toc\}|\{:\s*toc\b[^{}]*\}|\{\{\s*toc\s*\}\})\s*",
    re.IGNORECASE,
)
_CONTENTS_ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)\s+\S.*")
_MODULE = re.compile(
    r"import\s+(?:[\w*{}\s,$]+\s+from\s+)?['\"][^'\"]+['\"];?\s*|export\s+(?:default|const|let|function|async)\b.*"
)
_REMARK = "%%"
_MATHS = (("$$", "$$"), ("\\[", "\\]"))
_ENVIRONMENT = re.compile(r"\s*\\begin\{(equation|align|gather|multline|eqnarray|array|matrix|cases)\*?\}")
_TASK = re.compile(
    r"(\s*(?:>\s?)*(?:[-*+]|\d{1,9}[.)])\s+)"
    rf"(?:\[[ xX/?!*<>-]\]|{_TASK_STATES}(?=\s+[A-Z\[]))\s+(?=\S)"
)
_TASK_DATES = re.compile(r"[📅⏳🛫✅➕❌🔁⏫🔼🔽🔺⏬].*")
"""What programs put behind a task: when it is due, how often, how much it matters."""

_CALLOUT, _TOC = "a mark of a callout is not read", "contents are not read"
_TASKS = "when a task is due is not read"
_REMARKS, _FORMULA = "a remark is not read", "mathematics is not read"


@dataclass(slots=True)
class _Rows:
    """The lines of a text while they are gone through."""

    rows: list[str]
    found: list[FoundBlock] = field(default_factory=list)
    titles: list[tuple[str, int]] = field(default_factory=list)
    """Words of callouts and tabs that stand above their bodies, each with its line."""
    is_below_picture: bool = False
    """Whether the last line that is not blank was a picture."""

    def take(self, first: int, end: int, kind: BlockKind, unread: str) -> None:
        """Take lines out."""
        text = "\n".join(self.rows[first:end]).strip()
        self.found.append(FoundBlock(Block(kind, text, first + 1, unread=unread)))
        self.rows[first:end] = [""] * (end - first)

    def formula(self, first: int, end: int) -> None:
        """Take mathematics out, or read it where it is simple."""
        latex = " ".join(self.rows[first:end]).strip()
        plain = plain_maths(latex[2:-2].strip()) if latex.startswith(("$$", "\\[")) else ""
        if plain:
            self.titles.append((plain.replace("<", "&lt;"), first + 1))
            self.rows[first:end] = [""] * (end - first)
        else:
            self.take(first, end, BlockKind.MATHS, _FORMULA)

    def title(self, place: int, title: str) -> None:
        """Take a line out whose title is read."""
        mark = self.rows[place].replace(title, "", 1).strip() if title else self.rows[place].strip()
        self.found.append(FoundBlock(Block(BlockKind.SHORTCODE, mark, place + 1, unread=_CALLOUT)))
        title, taken = write_plain_markdown(title, place + 1)
        self.found += taken
        if title:
            self.titles.append((title, place + 1))
        self.rows[place] = ""


def extract_site_markup(text: str) -> tuple[str, list[FoundBlock], list[tuple[str, int]]]:
    """Extract what is not Markdown.

    Returns:
        The text that is left, what was taken out, and the titles of callouts with their lines: Markdown in one line,
        each a paragraph of its own.
    """
    text, found = extract_shortcodes(text)
    work = _Rows(text.split("\n"), found)
    fence = ""
    is_read_fence = False
    indents: list[int] = []
    place = 0
    while place < len(work.rows):
        if not (indents or fence or work.is_below_picture) and _WORDS_ALONE.fullmatch(work.rows[place]):
            place += 1
            continue
        row = _unindented(work.rows[place], indents)
        work.rows[place] = row
        opening = _FENCE.fullmatch(row)
        if fence:
            if opening and opening[2].startswith(fence) and not opening[3].strip():
                fence = ""
                if is_read_fence:
                    work.title(place, "")
            elif is_read_fence:
                _take_line(work, place, indents)
        elif opening and not (opening[2][0] == "`" and "`" in opening[3]):
            fence = opening[2]
            title = title_of_fence(opening[3])
            is_read_fence = title is not None
            if title is not None:
                work.title(place, title)
                place = _take_options(work, place)
        else:
            place = _take_line(work, place, indents)
        place += 1
    return without_lone_brackets("\n".join(work.rows)), work.found, work.titles


def _take_options(work: _Rows, place: int) -> int:
    """Take what stands at the head of a fenced callout, such as `title: Tides`; return the place of its last line."""
    while place + 1 < len(work.rows) and (option := FENCE_OPTION.fullmatch(work.rows[place + 1])):
        place += 1
        work.title(place, (option["title"] or "").strip())
    return place


def _unindented(row: str, indents: list[int]) -> str:
    """Take away the indent of the bodies of callouts, which ends them where it ends."""
    if not row.strip():
        return row
    indent = len(row) - len(row.lstrip(" "))
    while indents and indent < indents[-1] + 4:
        indents.pop()
    return row[4 * len(indents) :] if indents else row


def _take_line(work: _Rows, place: int, indents: list[int]) -> int:
    """Read a line outside code; return the place of the last line that was read with it."""
    begin_note(work.rows, place)
    row = work.rows[place]
    stripped = row.strip()
    if not stripped:
        return place
    was_below_picture, work.is_below_picture = work.is_below_picture, is_picture(row)
    if was_below_picture and (caption := slanted_words(row) or caption_below(work.rows, place)):
        work.rows[place] = ""
        work.found.append(FoundBlock(Block(BlockKind.PARAGRAPH, caption, place + 1, unread=CAPTION)))
        return place
    if stripped == "[" and (end := end_of_card(work.rows, place)):
        work.take(place, end, *ELSEWHERE)
        return end - 1
    if label := label_of(row):
        work.titles.append((label, place + 1))
    if kind := kind_of_line(row):
        work.take(place, place + 1, *kind)
        return place
    end = _end_of_block(work.rows, place, stripped)
    if end:
        if stripped.startswith(_REMARK):
            work.take(place, end, BlockKind.SHORTCODE, _REMARKS)
        else:
            work.formula(place, end)
        return end - 1
    if _take_callout(work, place, indents):
        return place
    if _CONTENTS.fullmatch(row):
        first = place - 1 if place and "{:" in row and _CONTENTS_ITEM.fullmatch(work.rows[place - 1]) else place
        work.take(first, place + 1, BlockKind.SHORTCODE, _TOC)
        return place
    if end := _end_of_program(work.rows, place):
        work.take(place, end, BlockKind.SHORTCODE, PROGRAMS)
        return end - 1
    work.rows[place], taken = write_plain_markdown(_without_task_marks(work, place), place + 1)
    work.found += taken
    return place


def _end_of_program(rows: list[str], place: int) -> int:
    """Find the end of a line of a program, or of a component of a page; 0 where neither begins."""
    if rows[place].strip().startswith(("import ", "export ")) and _MODULE.fullmatch(rows[place]):
        return _end_of_module(rows, place)
    return end_of_component(rows, place)


def _take_callout(work: _Rows, place: int, indents: list[int]) -> bool:
    """Take the head of a callout or of a tab, whose title is read; say whether the line is one."""
    row = work.rows[place]
    stripped = row.strip()
    if stripped[0] in "!?=" and (found := _ADMONITION.fullmatch(stripped) or _TAB.fullmatch(stripped)):
        indents.append(4 * len(indents) + len(row) - len(row.lstrip()))
        work.title(place, found["title"] or "")
    elif stripped.startswith(":::") and (found := _COLONS.fullmatch(row)):
        work.title(place, found["title"].strip("[]"))
    elif stripped.startswith(">") and (found := _ALERT.fullmatch(row)):
        work.title(place, found["title"].strip())
        _unquote(work.rows, place + 1)
    else:
        return False
    return True


def _without_task_marks(work: _Rows, place: int) -> str:
    """Take away what makes a task of an item."""
    row = work.rows[place]
    task = _TASK.match(row)
    if not task:
        return row
    dates = _TASK_DATES.search(row, task.end())
    marks = (row[task.end(1) : task.end()], dates[0] if dates else "")
    taken = (mark.strip() for mark in marks if re.search(r"\w\w", mark))
    work.found += [FoundBlock(Block(BlockKind.SHORTCODE, mark, place + 1, unread=_TASKS)) for mark in taken]
    return task[1] + (row[task.end() : dates.start()].rstrip() if dates else row[task.end() :])


def _unquote(rows: list[str], first: int) -> None:
    """Make plain text of the rest of a callout that is written as a quotation."""
    for place in range(first, len(rows)):
        if not rows[place].lstrip().startswith(">"):
            break
        rows[place] = re.sub(r"^\s*>\s?", "", rows[place])


def _end_of_module(rows: list[str], place: int) -> int:
    """Find the end of code at the left margin: a blank line outside its brackets."""
    if rows[place].startswith("import"):
        return place + 1
    depth = 0
    for end in _near(rows, place):
        depth += sum(map(rows[end].count, "{[(")) - sum(map(rows[end].count, "}])"))
        if depth <= 0 and (end + 1 == len(rows) or not rows[end + 1].strip()):
            return end + 1
    return place + 1


def _end_of_block(rows: list[str], place: int, stripped: str) -> int:
    """Find the end of a remark or of mathematics that stands on lines of its own; 0 where none begins."""
    if stripped.startswith(_REMARK):
        return _end_by(rows, place, _REMARK, stripped[2:])
    for opening, ending in _MATHS:
        if stripped.startswith(opening):
            return _end_by(rows, place, ending, stripped[2:])
    if found := _ENVIRONMENT.match(rows[place]):
        return next((end + 1 for end in _near(rows, place) if f"\\end{{{found[1]}" in rows[end]), 0)
    return 0


def _end_by(rows: list[str], place: int, ending: str, rest: str) -> int:
    if ending in rest:
        return place + 1 if rest.rstrip().endswith(ending) else 0
    return next((end + 1 for end in _near(rows, place + 1) if rows[end].rstrip().endswith(ending)), 0)


_MOST_LINES = 100
"""Of a remark or a formula."""


def _near(rows: list[str], place: int) -> Iterator[int]:
    return iter(range(place, min(len(rows), place + _MOST_LINES)))
