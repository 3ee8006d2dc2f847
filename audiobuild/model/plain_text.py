"""Text of anybody's as one line that can be shown anywhere: in a tag, a transcript, a page (layer 0, pure).

Feeds hold still less (`publish.feed.feed_text`: what XML forbids as well), and a terminal is shown what there is, as
escapes (`cli.terminal`); a picture is drawn with what its typeface has (`publish.pictures.drawing`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNSHOWN = re.compile("[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")
"""What is seen by nobody, and what turns the direction of the text around it."""


@lru_cache(maxsize=20_000)
def plain_line(text: str) -> str:
    """Make text fit to be shown on one line.

    Control characters and line breaks become spaces; what would change the direction of the text around it, or is seen
    by nobody, goes; a lone surrogate becomes the replacement character. Joiners and the marks of direction stay.

    >>> plain_line("pay \\u202e5m\\u202c\\nnow")
    'pay 5m now'
    """
    plain = _UNSHOWN.sub("", text)
    if not plain.isprintable():
        plain = "".join(map(_plain_char, plain))
    return " ".join(plain.split())


def _plain_char(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cs" or (category == "Cn" and ord(char) & 0xFFFE == 0xFFFE):
        return "\ufffd"
    return " " if category == "Cc" else char
