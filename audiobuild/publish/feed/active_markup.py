"""What in the HTML of a feed's text does something, or leads where an app will not go (layer 3).

Tags are found in one pass, however they are written, for a text may be of anybody's making: Python's own parser takes
four seconds for 20 kB of `<a `.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_TAG = re.compile(r"""<([A-Za-z][^\s/>]*+)((?:[^>"']++|"[^"]*+"|'[^']*+')*+)""")
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>]*+))?""")
_COMMENT, _COMMENT_END = "<!--", "-->"
_ACTIVE_TAGS = {"script", "style", "iframe", "frame", "object", "embed", "form", "input", "button"}
_SCHEMES = {"javascript", "data", "vbscript"}


def active_parts(text: str) -> Iterator[str]:
    """Name the tags and attributes that do something, in their order.

    >>> list(active_parts("<p onclick='a()'>One <script>b()</script><!-- <form> --></p>"))
    ['onclick of <p>', '<script>']
    """
    for piece in _outside_comments(text):
        for tag, attributes in _TAG.findall(piece):
            tag = tag.lower()
            if tag in _ACTIVE_TAGS:
                yield f"<{tag}>"
            for name, value in _ATTRIBUTE.findall(attributes):
                if _is_active(name.lower(), value):
                    yield f"{name.lower()} of <{tag}>"


def _is_active(name: str, value: str) -> bool:
    scheme = re.sub(r"\s", "", html.unescape(value.strip("\"'"))).partition(":")[0].lower()
    return name.startswith("on") or (name in ("href", "src") and scheme in _SCHEMES)


def _outside_comments(text: str) -> Iterator[str]:
    place = 0
    while (begin := text.find(_COMMENT, place)) >= 0:
        yield text[place:begin]
        end = text.find(_COMMENT_END, begin)
        if end < 0:
            return
        place = end + len(_COMMENT_END)
    yield text[place:]
