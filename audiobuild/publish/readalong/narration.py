"""A chapter of a volume to its media overlay: which sound goes with which element of its page (layer 3, pure).

    h4 of the page from 0 to 1900 ms  ->  <par><text src="c.xhtml#h4"/><audio ... clipEnd="0:00:01.900"/></par>

Source: W3C, EPUB 3.3, section 9 (media overlays); SMIL 3.0, clock values.
"""

from __future__ import annotations

from collections.abc import Iterator

from audiobuild.publish.readalong.chapter_page import SECTION, name_of_highlight, opening_name
from audiobuild.publish.readalong.volume import Highlight, VolumeChapter


def render_narration(chapter: VolumeChapter, page: str, sound: str) -> str:
    """Write the overlay of a chapter.

    Args:
        page: the file of its page, in the same folder.
        sound: the file of its sound.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops" version="3.0">',
        f'<body id="all" epub:textref="{page}#{SECTION}">',
    ]
    for number, (name, each) in enumerate(_marked(chapter), 1):
        clip = f'clipBegin="{smil_clock(each.start_ms)}" clipEnd="{smil_clock(each.end_ms)}"'
        lines.append(f'<par id="p{number}"><text src="{page}#{name}"/><audio src="{sound}" {clip}/></par>')
    return "\n".join([*lines, "</body>", "</smil>", ""])


def smil_clock(time_ms: int) -> str:
    """Write a time as media overlays have it.

    >>> smil_clock(3_729_045)
    '1:02:09.045'
    """
    seconds, ms = divmod(time_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}.{ms:03}"


def _marked(chapter: VolumeChapter) -> Iterator[tuple[str, Highlight]]:
    """All that is marked, in order, with the names of the elements."""
    if chapter.opening_ms:
        yield opening_name(chapter), Highlight("", 0, chapter.opening_ms)
    highlights = (each for block in chapter.blocks for each in block.highlights)
    for number, each in enumerate(highlights, 1):
        yield name_of_highlight(number), each
