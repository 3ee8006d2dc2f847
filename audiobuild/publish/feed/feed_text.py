"""Text as feeds hold it: printable, of a length that directories take (layer 3)."""

from __future__ import annotations

import re
import unicodedata

MOST_TITLE_CHARS = 255
"""Source: Apple's podcast RSS, which takes 255 characters in every field but descriptions."""
MOST_DESCRIPTION_BYTES = 4000
"""Source: Apple's podcast RSS: 4000 bytes, of the text with its HTML."""

_BREAK = re.compile(r"[\t-\r\x85\u2028\u2029 ]+")
_UNPRINTABLE = re.compile(
    "[^\t\n -~\xa0-\ud7ff\ue000-\ufffc\U00010000-\U0010ffff]"  # what XML forbids or discourages, and U+FFFD
    "|[\u202a-\u202e\u2066-\u2069]"  # what turns the direction of all that follows: an app's own words as well
)
_JOINER = "\u200d"
_ELLIPSIS = "…"
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_HARMLESS = {"<": "‹", "&": "＆"}
"""What looks like the first letter of a tag or a reference, and is none: escaped, it would be read as it is escaped."""


def printable(text: str) -> str:
    """Take out control characters, halves of characters, and marks that turn the direction of reading."""
    return _UNPRINTABLE.sub("", text)


def printable_line(text: str, most_chars: int = 0) -> str:
    """Bring text to one printable line; of more characters than that, if any number is given, the first.

    >>> printable_line(" Tides\\x00 and\\n times ")
    'Tides and times'
    """
    tidy = printable(_BREAK.sub(" ", text)).strip()
    tidy = re.sub("  +", " ", tidy)
    return cut(tidy, most_chars) if most_chars else tidy


def printable_paragraphs(text: str) -> str:
    """Bring text to printable paragraphs with an empty line between.

    >>> printable_paragraphs("One\\nand one.\\n \\nTwo.")
    'One and one.\\n\\nTwo.'
    """
    paragraphs = [tidy for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if (tidy := printable_line(part))]
    return "\n\n".join(paragraphs)


def cut(text: str, most_chars: int) -> str:
    """Give as much of a text as fits, if possible whole words, with an ellipsis behind what was cut.

    >>> cut("Tides and times", 12)
    'Tides and…'
    """
    return text if len(text) <= most_chars else _headed(text, most_chars - len(_ELLIPSIS))


def cut_bytes(text: str, most_bytes: int) -> str:
    """Give as much of a text as fits into a number of bytes of UTF-8, as `cut` does."""
    data = text.encode()
    if len(data) <= most_bytes:
        return text
    return _headed(text, len(data[: most_bytes - len(_ELLIPSIS.encode())].decode(errors="ignore")))


def _headed(text: str, most_chars: int) -> str:
    """The head of a text, cut at a space where one is near, and never within a character of several parts."""
    head = text[:most_chars]
    if not text[len(head)].isspace():
        words = head.rpartition(" ")[0]
        head = words if len(words) > most_chars // 2 else head
    while head and (_extends(text[len(head)]) or head[-1] == _JOINER):
        head = head[:-1]
    return f"{head.rstrip()}{_ELLIPSIS}"


def _extends(char: str) -> bool:
    """Whether a character only changes the one before it: an accent, a joiner, the tone of a skin."""
    return char == _JOINER or unicodedata.category(char)[0] == "M" or "\U0001f3fb" <= char <= "\U0001f3ff"


def escaped(text: str) -> str:
    """Write text as HTML.

    >>> escaped("R&D <now>")
    'R&amp;D &lt;now&gt;'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def escape_for_apps(text: str, most_bytes: int = MOST_DESCRIPTION_BYTES) -> str:
    """Escape plain text that an app could take for HTML, and cut it to the longest size.

    >>> escape_for_apps("R&D, 1 < 2"), escape_for_apps("<script> &amp;")
    ('R&D, 1 < 2', '‹script> ＆amp;')
    """
    return cut_bytes(_MARKUP.sub(lambda found: _HARMLESS[found[0]], text), most_bytes)
