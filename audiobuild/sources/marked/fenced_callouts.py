"""Callouts that are written as if they were code: which fences hold text (layer 1, pure).

```{note} Tides                    MyST and Quarto
```admonish info title="Tides"     mdBook
```ad-note                         Obsidian, with "title: Tides" on a line below
"""

from __future__ import annotations

import re

_READ_FENCES = frozenset(
    "note tip warning caution danger error hint important attention admonition seealso info margin sidebar epigraph"
    " pull-quote highlights topic aside".split()
)
"""Of a fence like ```{note}, whose inside is text."""
_CALLOUT = re.compile(r"\s*(?:\{(?P<name>[\w-]+)\}\s*(?P<rest>.*)|admonish\b(?P<quoted>.*)|ad-[a-z]+\s*)")
_TITLE = re.compile(r"title\s*=\s*[\"'](?P<title>[^\"']*)[\"']")
FENCE_OPTION = re.compile(r"\s*(?:title:(?P<title>.*)|(?:collapse|icon|color):.*|:(?:class|name|open):.*)")
"""A line at the head of such a callout that is about it."""


def title_of_fence(info: str) -> str | None:
    """Give the title of a callout, which may be empty; None where a fence holds code.

    >>> title_of_fence('admonish info title="Tides"'), title_of_fence("{note} Tides"), title_of_fence("python")
    ('Tides', 'Tides', None)
    """
    found = _CALLOUT.fullmatch(info)
    if found is None or (found["name"] and found["name"] not in _READ_FENCES):
        return None
    quoted = _TITLE.search(found["quoted"] or "")
    return quoted["title"] if quoted else (found["rest"] or "").strip()
