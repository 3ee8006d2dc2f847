"""Timed words to a transcript for reading: plain text, and an HTML page (layer 3).

Both show every chapter under its title, with the time at which it starts, and every paragraph that is heard in it.
A headline or heading that is the chapter's title is not said twice.

Source: "Transcript File Format Details" of the podcast namespace: `<cite>` for a speaker, `<time>` for when a paragraph
starts, `<p>` for its words.
"""

from __future__ import annotations

import dataclasses
import html
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from audiobuild.model.clock_times import clock
from audiobuild.model.plain_text import plain_line
from audiobuild.model.values import Role, Voice
from audiobuild.publish.episodes.manifest import ChapterEntry
from audiobuild.publish.texts.phrases import Paragraph, paragraphs_of
from audiobuild.timeline.word_times import TimedWord

_STYLE = (
    ":root{color-scheme:light dark;--ground:#fbfaf8;--ink:#1d1c1a;--muted:#5c5850;--link:#0b4f8a}"
    "@media (prefers-color-scheme:dark){:root{--ground:#171614;--ink:#ebe8e2;--muted:#aaa59b;--link:#9cc8f2}}"
    "body{font:1.125rem/1.6 Georgia,serif;max-width:38rem;margin:0 auto;padding:1rem 1.2rem 4rem;"
    "background:var(--ground);color:var(--ink)}"
    "h1,h2,h3{line-height:1.25;text-wrap:balance}"
    "h2{margin-top:2.5em;padding-top:1em;border-top:1px solid var(--muted)}"
    "a{color:var(--link)}"
    "nav{font:1rem/1.6 system-ui,sans-serif}"
    "nav ol{padding-inline-start:1.5rem}"
    "blockquote{margin-inline:1rem;padding-inline-start:1rem;border-inline-start:3px solid var(--muted)}"
    "time{font:.8rem/1 system-ui,sans-serif;color:var(--muted)}"
    "cite{font-style:normal;font-weight:bold}"
)


def render_text(
    words: Sequence[TimedWord],
    chapters: Sequence[ChapterEntry],
    *,
    title: str = "",
    speakers: Mapping[Voice, str] | None = None,
) -> str:
    """Write a transcript as plain text, a paragraph to a line, with an empty line between paragraphs."""
    parts = [_underlined(plain_line(title), "=")] if plain_line(title) else []
    names = _titles(chapters)
    for chapter, name, paragraphs in zip(chapters, names, _by_chapter(words, names, speakers), strict=True):
        parts.append(_underlined(f"{name} [{clock(chapter.start_ms)}]", "-"))
        for is_item, group in itertools.groupby(paragraphs, key=_is_item):
            lines = [_line(paragraph) for paragraph in group]
            parts.extend(["\n".join(lines)] if is_item else lines)
    return "\n\n".join(parts) + "\n"


def render_transcript_html(
    words: Sequence[TimedWord],
    chapters: Sequence[ChapterEntry],
    *,
    title: str,
    language: str,
    speakers: Mapping[Voice, str] | None = None,
) -> str:
    """Write a transcript as a whole HTML page without scripts, each chapter a section, with a list of them on top."""
    name = html.escape(plain_line(title))
    names = _titles(chapters)
    sections = zip(chapters, names, _by_chapter(words, names, speakers), strict=True)
    entries = [
        f'<li><a href="#c{number}" dir="auto">{html.escape(entry)}</a></li>' for number, entry in enumerate(names, 1)
    ]
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{html.escape(language)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<link rel="icon" href="data:,">',
        f"<title>{name}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        f'<header><h1 dir="auto">{name}</h1></header>',
        *(['<nav aria-label="Chapters"><ol>', *entries, "</ol></nav>"] if len(entries) > 1 else []),
        "<main>",
        *itertools.chain.from_iterable(
            _section(number, chapter.start_ms, entry, paragraphs)
            for number, (chapter, entry, paragraphs) in enumerate(sections, 1)
        ),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _titles(chapters: Sequence[ChapterEntry]) -> list[str]:
    return [plain_line(chapter.title) or f"Chapter {number}" for number, chapter in enumerate(chapters, 1)]


def _by_chapter(
    words: Sequence[TimedWord], names: Sequence[str], speakers: Mapping[Voice, str] | None
) -> list[list[Paragraph]]:
    """The paragraphs of each chapter, but for the one that is its title."""
    parts: list[list[Paragraph]] = [[] for _ in names]
    before = ""
    for paragraph in paragraphs_of(words, speakers):
        is_heading = paragraph.role in (Role.HEADLINE, Role.HEADING)
        if is_heading and _letters(paragraph.text) == _letters(names[paragraph.chapter]):
            continue
        changes = not is_heading and paragraph.speaker != before  # a heading stands without a name
        parts[paragraph.chapter].append(dataclasses.replace(paragraph, speaker_change=changes))
        before = before if is_heading else paragraph.speaker
    return parts


def _is_item(paragraph: Paragraph) -> bool:
    return paragraph.role is Role.LIST_ITEM


def _label(paragraph: Paragraph) -> str:
    return f"{paragraph.speaker}:" if paragraph.speaker and paragraph.speaker_change else ""


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


# --- plain text -----------------------------------------------------------------------------------


def _underlined(line: str, mark: str) -> str:
    return f"{line}\n{mark * len(line)}"


def _line(paragraph: Paragraph) -> str:
    text = f"{_label(paragraph)} {paragraph.text}".lstrip()
    if paragraph.role in (Role.HEADLINE, Role.HEADING):
        return f"# {text}"
    if paragraph.role is Role.LIST_ITEM:
        return f"- {text}"
    return f"> {text}" if paragraph.role is Role.QUOTATION else text


# --- HTML -----------------------------------------------------------------------------------------


def _section(number: int, start_ms: int, name: str, paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    anchor = f"c{number}"
    yield f'<section id="{anchor}" aria-labelledby="{anchor}-title">'
    yield f'<h2 id="{anchor}-title" dir="auto">{html.escape(name)}</h2>'
    if not paragraphs:
        yield _time(start_ms)
    for is_item, group in itertools.groupby(paragraphs, key=_is_item):
        if is_item:
            yield "<ul>"
        for paragraph in group:
            yield from _block(paragraph)
        if is_item:
            yield "</ul>"
    yield "</section>"


def _block(paragraph: Paragraph) -> Iterator[str]:
    words = html.escape(paragraph.text)
    if paragraph.role in (Role.HEADLINE, Role.HEADING):
        yield f'<h3 dir="auto">{words}</h3>'
        return
    cite = f"<cite>{html.escape(_label(paragraph))}</cite>" if _label(paragraph) else ""
    block = f'{cite}{_time(paragraph.start_ms)}<p dir="auto">{words}</p>'
    around = {Role.LIST_ITEM: "li", Role.QUOTATION: "blockquote"}.get(paragraph.role)
    yield f"<{around}>{block}</{around}>" if around else block


def _time(time_ms: int) -> str:
    return f'<time datetime="PT{time_ms / 1000:.3f}S">{clock(time_ms)}</time>'
