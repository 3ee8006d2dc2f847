"""Show notes: what an episode is about and its chapters with their times, as plain text and as HTML (layer 3).

    <p>A town buys back its boat</p><ul><li>(00:01:12) <a href="https://example.org/ferry">The ferry</a> – A town ...

Apps make a place to jump to of a time in brackets. Of HTML Apple takes p, ol, ul, li and a; others take b as well. A
description is plain text: HTML that is escaped in it is shown as it stands by some.

Source: Apple's podcast RSS, `description`; Spotify for Creators, "Time stamps".
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence

from audiobuild.model.addresses import web_address
from audiobuild.publish.episodes.manifest import ChapterEntry, Manifest, are_titled_by_department
from audiobuild.publish.feed.feed_text import (
    MOST_DESCRIPTION_BYTES,
    cut_bytes,
    escape_for_apps,
    escaped,
    printable_line,
)

_MOST_INTRODUCTION_BYTES = 2000
"""Of a description that has a limit, so that there is room for chapters."""
_LEAST_CHAPTERS = 2
_NO_LIMIT = 10**9


def render_notes(manifest: Manifest) -> str:
    """Write all that there is to say of an episode, as HTML of any length."""
    return _introduction(manifest) + _contents(manifest.chapters) + _credits(manifest)


def render_description(manifest: Manifest) -> str:
    """Write as much of an episode's notes as Apple takes, in plain text: without rubrics if need be, or chapters."""
    introduction = cut_bytes(_about(manifest), _MOST_INTRODUCTION_BYTES)
    chapters = manifest.chapters if len(manifest.chapters) >= _LEAST_CHAPTERS else ()
    voices = [f"Voices: {'; '.join(manifest.credits)}"] if manifest.credits else []

    def written(first: str, count: int, *, with_rubrics: bool) -> str:
        listed = [_line(chapter, with_rubric=with_rubrics) for chapter in chapters[:count]]
        left = len(chapters) - count
        more = [*listed, *([f"… and {left} more"] if left else [])]
        parts = [first, *(["\n".join(more)] if more else []), *voices]
        return escape_for_apps("\n\n".join(parts), _NO_LIMIT)

    def size_bytes(count: int) -> int:
        return len(written(introduction, count, with_rubrics=False).encode())

    for first, with_rubrics in ((_about(manifest), True), (introduction, True), (introduction, False)):
        notes = written(first, len(chapters), with_rubrics=with_rubrics)
        if len(notes.encode()) <= MOST_DESCRIPTION_BYTES:
            return notes
    fitting = bisect_right(range(len(chapters)), MOST_DESCRIPTION_BYTES, key=size_bytes)
    return cut_bytes(written(introduction, max(0, fitting - 1), with_rubrics=False), MOST_DESCRIPTION_BYTES)


def render_summary(manifest: Manifest) -> str:
    """Say what an episode is about, in plain words."""
    return escape_for_apps(_about(manifest))


def format_time(time_ms: int) -> str:
    """Write a time as show notes have it, in whole seconds.

    >>> format_time(3_729_999)
    '(01:02:09)'
    """
    minutes, seconds = divmod(time_ms // 1000, 60)
    return f"({minutes // 60:02}:{minutes % 60:02}:{seconds:02})"


def _introduction(manifest: Manifest) -> str:
    return f"<p>{escaped(_about(manifest))}</p>"


def _credits(manifest: Manifest) -> str:
    """Name those whom the licences of the voices ask to be named."""
    return f"<p>Voices: {escaped('; '.join(manifest.credits))}</p>" if manifest.credits else ""


def _about(manifest: Manifest) -> str:
    return printable_line(manifest.description) or printable_line(manifest.title) or manifest.name


def _contents(chapters: Sequence[ChapterEntry]) -> str:
    """The chapters as lists, each department under its name if titles have it not; one alone is the episode itself."""
    if len(chapters) < _LEAST_CHAPTERS:
        return ""
    parts = []
    is_plain = are_titled_by_department(chapters)
    for section, group in itertools.groupby(
        chapters, key=lambda chapter: "" if is_plain else printable_line(chapter.section)
    ):
        heading = f"<p><b>{escaped(section)}</b></p>" if section else ""
        entries = "".join(_entry(chapter) for chapter in group)
        parts.append(f"{heading}<ul>{entries}</ul>")
    return "".join(parts)


def _entry(chapter: ChapterEntry) -> str:
    title, rubric = escaped(printable_line(chapter.title)), escaped(printable_line(chapter.rubric))
    address = web_address(chapter.url)
    linked = f'<a href="{escaped(address)}">{title}</a>' if address and title else title
    return f"<li>{format_time(chapter.start_ms)} {linked}{f' – {rubric}' if rubric else ''}</li>"


def _line(chapter: ChapterEntry, *, with_rubric: bool) -> str:
    rubric = printable_line(chapter.rubric) if with_rubric else ""
    return f"{format_time(chapter.start_ms)} {printable_line(chapter.title)}{f' – {rubric}' if rubric else ''}"
