"""Shortcodes of site generators, Liquid's tags, comments of JSX and kramdown, taken out of a text (layer 1, pure).

What stands between a pair is text, but for pairs that hold code or a remark.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict

from audiobuild.model.values import Block, BlockKind
from audiobuild.sources.article_parts.found_block import FoundBlock

_ANY = re.compile(
    r"\{\{[<%]?[^{}]*\}\}|\{%[^{}]*%\}|\{/\*(?:[^*{]|\{(?!/\*)|\*(?!/\}))*+\*/\}"
    r"|\{::comment\}(?:[^{]|\{(?!:[:/]))*+\{:/(?:comment)?\}"
)
_NAME = re.compile(r"\{[{%][<%]?-?\s*(/?)\s*(?:end(?=\w))?([\w.-]*)")
_CODE = frozenset("highlight code mermaid katex math chart codeblock gist prism plantuml diagram".split())
_REMARKS = frozenset({"comment"})
REMARK = "a remark is not read"


def extract_shortcodes(text: str) -> tuple[str, list[FoundBlock]]:
    """Extract shortcodes from a text; their line ends stay.

    Returns:
        The text that is left, and what was taken out, in order.
    """
    tags = list(_ANY.finditer(text))
    if not tags:
        return text, []
    ends: defaultdict[str, list[int]] = defaultdict(list)
    for place, tag in enumerate(tags):
        name, is_end = _name_of(tag[0])
        if is_end:
            ends[name].append(place)
    found: list[FoundBlock] = []
    kept: list[str] = []
    done, line, place = 0, 1, 0
    while place < len(tags):
        start, end = tags[place].span()
        name, is_end = _name_of(tags[place][0])
        kind, unread = BlockKind.SHORTCODE, REMARK if tags[place][0].startswith(("{/", "{::")) else ""
        if not is_end and name in _CODE | _REMARKS and (last := _next(ends[name], place)):
            end = tags[last].end()
            kind, unread = (BlockKind.SHORTCODE, REMARK) if name in _REMARKS else (BlockKind.CODE, "")
            place = last
        line += text.count("\n", done, start)
        written = text[start:end]
        found.append(FoundBlock(Block(kind, written, line, unread=unread)))
        line += written.count("\n")
        kept += (text[done:start], "\n" * written.count("\n"))
        done = end
        place += 1
    return "".join([*kept, text[done:]]), found


def _name_of(tag: str) -> tuple[str, bool]:
    found = _NAME.match(tag)
    if not found:
        return "", False
    is_end = bool(found[1]) or re.match(r"\{%-?\s*end\w", tag) is not None
    return found[2], is_end


def _next(places: list[int], place: int) -> int:
    after = bisect(places, place)
    return places[after] if after < len(places) else 0
