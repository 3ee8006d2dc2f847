"""The lines of a paragraph of Markdown: an editor's, and put together, or their author's (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from audiobuild.sources.article_parts.datelines import parse_date_line
from audiobuild.sources.article_parts.marked_text import bare
from audiobuild.sources.article_parts.verse_lines import has_room, is_verse
from audiobuild.sources.html.html_blocks import Lines

WRAPPED_CHARS = 100
"""No line of prose wrapped by an editor is longer than this."""
_NARROW_CHARS = 60
"""Nobody wraps prose at so few."""
_PARTED_COMPOUND = re.compile(r"(?<=[^\W\d_])-\n(?=[a-z])(?!(?:and|or|to|und|oder|bis)\b)")
"""A hyphen at the end of a line, but for one that stands for the end of a word: "pre- and post-war"."""
_ENDS_SENTENCE = re.compile(r"[.!?…:;][\"'”’)\]*_]*$")


def join_wrapped(lines: Lines, *, is_quotation: bool, broken: Container[int]) -> Lines:
    """Part a Markdown paragraph into the author's own: at every line, unless the lines were wrapped by an editor.

    Args:
        lines: its lines as they stand in the source.
        is_quotation: whether it is one, which may be a date line.
        broken: the lines before which their author ended one, by two blanks or a stroke.
    """
    # A date line is a line of its own, however short the lines of the body are that follow it directly.
    dated = 1 if lines and is_quotation and parse_date_line(bare(lines[0][0]))[0] else 0
    texts = [bare(words) for words, _ in lines[dated:]]
    if not _is_wrapped(texts):
        return lines
    is_broken = max(map(len, texts)) <= _NARROW_CHARS or has_room(texts)  # two blanks may be a typist's habit
    parts: list[Lines] = []
    for each in lines[dated:]:
        if not parts or (is_broken and each[1] in broken):
            parts.append([])
        parts[-1].append(each)
    return [*lines[:dated], *map(_as_one, parts)]


def _as_one(lines: Lines) -> tuple[str, int]:
    return _PARTED_COMPOUND.sub("-", "\n".join(words for words, _ in lines)).replace("\n", " "), lines[0][1]


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether line ends are an editor's doing: every line is short, some end in mid-sentence, and they are no verse."""
    ends = [_ENDS_SENTENCE.search(line) is not None for line in lines[:-1]]
    return not all(ends) and max(map(len, lines)) <= WRAPPED_CHARS and not is_verse(lines)
