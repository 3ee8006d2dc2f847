"""A title as it is written, in front matter or a feed, to its words (layer 1, pure)."""

from __future__ import annotations

import re

from audiobuild.model.values import PROSE, BlockKind
from audiobuild.sources.html.html_elements import KNOWN
from audiobuild.sources.marked.markdown_blocks import find_blocks

_MARKS = re.compile(r"[*_`~=<&\\$^\[{:]")
"""A title without any of these is its words."""
_NO_TAG = re.compile(rf"<(?!/?(?:{'|'.join(sorted(KNOWN))})\b[^<>]*>)", re.IGNORECASE)
_WORDS = (*PROSE, BlockKind.HEADING)


def plain_title(written: str) -> str:
    """Give the words of a title, without marks of Markdown's, tags and entities.

    >>> plain_title("The *Beagle* sails &amp; <em>Origin</em> of it"), plain_title("What `Vec<T>` is, and 2 < 3")
    ('The Beagle sails & Origin of it', 'What Vec<T> is, and 2 < 3')
    """
    if not _MARKS.search(written):
        return written
    escaped = written if "`" in written else _NO_TAG.sub("&lt;", written)
    found = [each.block for each in find_blocks(" ".join(escaped.split()))]
    words = " ".join(block.text for block in found if block.kind in _WORDS and not block.unread)
    return words or written
