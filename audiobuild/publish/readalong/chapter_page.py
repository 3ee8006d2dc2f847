"""A chapter of a volume to its page, in XHTML (layer 3, pure).

What is marked at one time is an element of its own, with the name that the narration knows it by:

    <p><span id="h4">He left.</span> <span id="h5">It rained.</span></p>

Source: W3C, EPUB 3.3, section 6.1 (XHTML content documents); "EPUB 3 Structural Semantics Vocabulary 1.1".
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile

from audiobuild.model.values import Role
from audiobuild.publish.readalong.volume import BODY, TextBlock, VolumeChapter

SECTION, TITLE = "chapter", "title"
"""The names of the whole chapter in its page, and of its title."""
_OPENING = "opening"
ACTIVE, PLAYING = "-epub-media-overlay-active", "-epub-media-overlay-playing"
"""The classes that a reader gives to what is heard now, and to the page while anything is."""
_NUMBER = re.compile(r"\d{1,4}[.)] ")
"""What an item begins with that has a number in the text, and so needs no mark before it."""
_AROUND = {Role.LIST_ITEM: "ul", Role.QUOTATION: "blockquote"}
STYLE = f"""body {{ line-height: 1.5; margin: 1em; }}
h1, h2 {{ line-height: 1.25; text-align: start; hyphens: none; }}
.section, .fly-title, .date, .ident, .source {{ font-size: 0.9em; }}
.section, .fly-title {{ font-weight: bold; margin: 0; }}
.rubric {{ font-size: 1.15em; font-style: italic; }}
blockquote {{ margin: 1em 1.5em; font-style: italic; }}
.numbered {{ list-style: none; }}
figure {{ margin: 1em 0; }}
img {{ max-width: 100%; height: auto; }}
aside {{ font-size: 0.9em; }}
.notes {{ border-top: 1px solid; margin-top: 2em; }}
.{ACTIVE} {{ background-color: #fde9a9; color: #1a1a1a; }}
"""


def render_page(title: str, language: str, body: Sequence[str], *, classes: str = "") -> str:
    """Write a whole page around its body."""
    lang = html.escape(language)
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<!DOCTYPE html>",
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{lang}" xml:lang="{lang}">',
        "<head>",
        '<meta charset="UTF-8"/>',
        f"<title>{html.escape(title)}</title>",
        '<link rel="stylesheet" type="text/css" href="style.css"/>',
        "</head>",
        f'<body class="{classes}">' if classes else "<body>",
    )
    return "\n".join((*head, *body, "</body>", "</html>", ""))


def render_chapter(chapter: VolumeChapter, language: str, picture_file: str) -> str:
    """Write the page of a chapter."""
    title = html.escape(chapter.title)
    is_labelled = chapter.shows_title or any(block.is_title for block in chapter.blocks)
    label = f'aria-labelledby="{TITLE}"' if is_labelled else f'aria-label="{title}"'
    body = [f'<section id="{SECTION}" epub:type="chapter" role="doc-chapter" {label}>']
    if chapter.shows_title:
        body.append(f'<h1 id="{TITLE}" dir="auto">{title}</h1>')
    texts = [(block, _text(block, first)) for block, first in _numbered(chapter.blocks)]
    if chapter.opening_ms and texts and opening_name(chapter) == _OPENING:
        texts[0] = (texts[0][0], f'<span id="{_OPENING}">{texts[0][1]}</span>')
    head = list(takewhile(lambda each: each[0].role not in BODY, texts))
    body += _blocks(head)
    if chapter.picture:
        body.append(f'<figure><img src="{picture_file}" alt="{html.escape(chapter.caption)}"/></figure>')
    body += _blocks(texts[len(head) :])
    if chapter.entry.url:
        address = html.escape(chapter.entry.url)
        body.append(f'<p class="source"><a href="{address}">{address}</a></p>')
    body += _notes(chapter.notes)
    return render_page(chapter.title, language, [*body, "</section>"])


def name_of_highlight(number: int) -> str:
    """Name what is marked at one time, counted from 1 in its chapter."""
    return f"h{number}"


def opening_name(chapter: VolumeChapter) -> str:
    """Name what is marked before the first words of a chapter."""
    return TITLE if chapter.shows_title or chapter.blocks[0].is_title else _OPENING


def _numbered(blocks: Iterable[TextBlock]) -> Iterator[tuple[TextBlock, int]]:
    """Each block with the number of its first highlight."""
    first = 1
    for block in blocks:
        yield block, first
        first += len(block.highlights)


def _text(block: TextBlock, first: int) -> str:
    return " ".join(
        f'<span id="{name_of_highlight(number)}">{html.escape(each.text)}</span>'
        for number, each in enumerate(block.highlights, first)
    )


def _blocks(texts: Iterable[tuple[TextBlock, str]]) -> Iterator[str]:
    """Write blocks; list items, and quotations, that follow each other stand together."""
    for role, group in groupby(texts, key=lambda each: each[0].role):
        around = _AROUND.get(role)
        if around:
            yield f"<{around}>"
        for block, text in group:
            yield _block(block, text)
        if around:
            yield f"</{around}>"


def _block(block: TextBlock, text: str) -> str:
    tag = html.escape(block.language)
    how = f'dir="auto" lang="{tag}" xml:lang="{tag}"' if tag else 'dir="auto"'
    if block.is_title:
        return f'<h1 id="{TITLE}" {how}>{text}</h1>'
    if block.is_note:
        return _note(f"<p {how}>{text}</p>")
    if block.role in (Role.HEADLINE, Role.HEADING):
        return f"<h2 {how}>{text}</h2>"
    if block.role is Role.LIST_ITEM:
        marks = ' class="numbered"' if _NUMBER.match(block.text) else ""
        return f"<li{marks} {how}>{text}</li>"
    if block.role in BODY:
        return f"<p {how}>{text}</p>"
    return f'<p class="{block.role}" {how}>{text}</p>'


def _note(paragraph: str) -> str:
    return f'<aside epub:type="footnote" role="doc-footnote">{paragraph}</aside>'


def _notes(notes: Sequence[str]) -> Iterator[str]:
    if notes:
        yield '<section class="notes" epub:type="footnotes" role="doc-endnotes">'
        for note in notes:
            yield _note(f'<p dir="auto">{html.escape(note)}</p>')
        yield "</section>"
