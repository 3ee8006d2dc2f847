"""HTML cut into its parts, as they come; nothing in it is an error (layer 1, pure).

It takes time that grows with the text alone: a tag is never longer than up to the next "<", but for what stands in
quotation marks behind "=", and of three such marks in a row one at least is closed. Others are a slip, and no more.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from enum import Enum, auto
from types import MappingProxyType
from typing import NamedTuple

from audiobuild.errors import SourceError

_PART = re.compile(
    r"""<!--(?P<comment>.*?)(?:--!?>|\Z) | <!\[CDATA\[(?P<data>.*?)(?:\]\]>|\Z) | <[!?](?P<other>[^>]*)(?:>|\Z)
    | <(?P<end>/?)(?P<tag>[A-Za-z][^\s/>"'<]*+)(?P<attributes>(?:[^"'<>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'])*+)>
    | (?P<text>[^<]+|<)""",
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
RAW = frozenset({"script", "style", "textarea", "title", "xmp", "noembed", "noframes"})
"""What stands in these is text up to their end tag, whatever it looks like."""
_MOST_TAGS = 150_000
"""Of a page; the longest books on one page have a third of that."""


def refuse_many_tags(text: str, where: str) -> None:
    """Refuse HTML that is little else than tags: each takes as much time and memory as a sentence.

    Raises:
        SourceError: it has too many.
    """
    if text.count("<") > _MOST_TAGS:
        raise SourceError(f"a page may have {_MOST_TAGS:,} tags at most", where, "Part it into several.")


class HtmlPartKind(Enum):
    """What a part of HTML is."""

    TEXT = auto()
    START = auto()
    END = auto()
    COMMENT = auto()
    RAW = auto()
    """An element of which the inside is not HTML."""
    DECLARATION = auto()


_NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class HtmlPart(NamedTuple):
    """A part of HTML."""

    kind: HtmlPartKind
    written: str
    """As it stands in the source."""
    line: int
    tag: str = ""
    """In small letters, of a start, an end and raw text."""
    text: str = ""
    """Of text its characters; of a comment what it says."""
    attributes: Mapping[str, str] = _NO_ATTRIBUTES

    @property
    def is_unended(self) -> bool:
        """Whether it is raw text whose end tag is not there: in a sentence it comes in another piece."""
        return self.kind is HtmlPartKind.RAW and "</" not in self.written


def is_unended(text: str) -> bool:
    """Whether HTML begins with a comment or with raw text that takes in further lines, and has no end.

    >>> is_unended("<!-- a note\\n\\nIt rained."), is_unended("<!-- a note -->\\n\\nIt rained.")
    (True, False)
    """
    part = next(cut_html(text.strip()), None)
    if part is None or "\n" not in part.written:
        return False
    return part.is_unended or (part.kind is HtmlPartKind.COMMENT and not part.written.endswith(("-->", "--!>")))


def cut_html(text: str, line: int = 1) -> Iterator[HtmlPart]:
    """Cut HTML into its parts; put together, what is written in them is the text.

    >>> [part.written for part in cut_html("<p>5 < 6<br>")]
    ['<p>', '5 ', '<', ' 6', '<br>']
    """
    place = 0
    while found := _PART.match(text, place):
        kind, written = found.lastgroup, found[0]
        if kind == "text":
            part = HtmlPart(HtmlPartKind.TEXT, written, line, "", html.unescape(written) if "&" in written else written)
        elif kind == "attributes":
            part = _tag(found, line)
            if part.tag in RAW and part.kind is HtmlPartKind.START:
                ends = re.compile(rf"</{part.tag}\s*>", re.IGNORECASE).search(text, found.end())
                written = text[place : ends.end() if ends else len(text)]
                part = HtmlPart(HtmlPartKind.RAW, written, line, part.tag)
        elif kind == "comment":
            part = HtmlPart(HtmlPartKind.COMMENT, written, line, "", found["comment"].strip())
        elif kind == "data":
            part = HtmlPart(HtmlPartKind.TEXT, written, line, "", found["data"])
        else:
            part = HtmlPart(HtmlPartKind.DECLARATION, written, line)
        yield part
        line += written.count("\n")
        place += len(written)


def _tag(found: re.Match[str], line: int) -> HtmlPart:
    ends, name, attributes = found.group("end", "tag", "attributes")
    if ends:
        return HtmlPart(HtmlPartKind.END, found[0], line, name.lower())
    return HtmlPart(HtmlPartKind.START, found[0], line, name.lower(), "", _attributes(attributes))


def _attributes(written: str) -> Mapping[str, str]:
    if not written:
        return _NO_ATTRIBUTES
    values: dict[str, str] = {}
    for name, *value in _ATTRIBUTE.findall(written):
        values.setdefault(name.lower(), html.unescape("".join(value)))
    return values
