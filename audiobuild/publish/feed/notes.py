"""Show notes: what an episode is about and its chapters with their times, as HTML that podcast apps take (layer 3).

    <p>A town buys back its boat</p><ul><li>(00:01:12) <a href="https://example.org/ferry">The ferry</a> – A town ...

Apps make a place to jump to of a time in brackets. Of HTML Apple takes p, ol, ul, li and a; others take b as well.

Source: Apple's podcast RSS, `description`; Spotify for Creators, "Time stamps".
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence

from audiobuild.model.addresses import web_address
from audiobuild.publish.feed.text import (
    MOST_DESCRIPTION_BYTES,
    escaped,
    escaped_within,
    line,
    unmistakable,
)
from audiobuild.publish.manifest import ChapterEntry, Manifest, are_titled_by_department

_MOST_INTRODUCTION_BYTES = 2000
"""Of a description that has a limit, so that there is room for chapters."""
_LEAST_CHAPTERS = 2


def render_notes(manifest: Manifest) -> str:
    """Write all that there is to say of an episode, as HTML of any length."""
    return _introduction(manifest) + _contents(manifest.chapters, with_rubrics=True) + _credits(manifest)


def render_description(manifest: Manifest) -> str:
    """Write as much of an episode's notes as Apple takes: without rubrics where need be, then with fewer chapters."""
    introduction = _introduction(manifest, _MOST_INTRODUCTION_BYTES)
    chapters = manifest.chapters

    def with_first(count: int) -> str:
        left = len(chapters) - count
        more = f"<p>… and {left} more</p>" if left else ""
        return introduction + _contents(chapters[:count], with_rubrics=False) + more + _credits(manifest)

    for notes in (
        render_notes(manifest),
        introduction + _contents(chapters, with_rubrics=True) + _credits(manifest),
        with_first(len(chapters)),
    ):
        if len(notes.encode()) <= MOST_DESCRIPTION_BYTES:
            return notes
    fitting = bisect_right(
        range(len(chapters)), MOST_DESCRIPTION_BYTES, key=lambda count: len(with_first(count).encode())
    )
    return with_first(max(0, fitting - 1))


def render_summary(manifest: Manifest) -> str:
    """Say what an episode is about, in plain words."""
    return unmistakable(_about(manifest))


def stamp(time_ms: int) -> str:
    """Write a time as show notes have it, in whole seconds.

    >>> stamp(3_729_999)
    '(01:02:09)'
    """
    minutes, seconds = divmod(time_ms // 1000, 60)
    return f"({minutes // 60:02}:{minutes % 60:02}:{seconds:02})"


def _introduction(manifest: Manifest, most_bytes: int = 0) -> str:
    text = _about(manifest)
    return f"<p>{escaped_within(text, most_bytes) if most_bytes else escaped(text)}</p>"


def _credits(manifest: Manifest) -> str:
    """Name those whom the licences of the voices ask to be named."""
    return f"<p>Voices: {escaped('; '.join(manifest.credits))}</p>" if manifest.credits else ""


def _about(manifest: Manifest) -> str:
    return line(manifest.description) or line(manifest.title) or manifest.name


def _contents(chapters: Sequence[ChapterEntry], *, with_rubrics: bool) -> str:
    """The chapters as lists, each department under its name if titles have it not; one alone is the episode itself."""
    if len(chapters) < _LEAST_CHAPTERS:
        return ""
    parts = []
    is_plain = are_titled_by_department(chapters)
    for section, group in itertools.groupby(chapters, key=lambda chapter: "" if is_plain else line(chapter.section)):
        heading = f"<p><b>{escaped(section)}</b></p>" if section else ""
        entries = "".join(_entry(chapter, with_rubric=with_rubrics) for chapter in group)
        parts.append(f"{heading}<ul>{entries}</ul>")
    return "".join(parts)


def _entry(chapter: ChapterEntry, *, with_rubric: bool) -> str:
    title, rubric = escaped(line(chapter.title)), escaped(line(chapter.rubric)) if with_rubric else ""
    address = web_address(chapter.url)
    linked = f'<a href="{escaped(address)}">{title}</a>' if address and title else title
    return f"<li>{stamp(chapter.start_ms)} {linked}{f' – {rubric}' if rubric else ''}</li>"
