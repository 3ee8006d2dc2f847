"""What a word processor wrote, once it is HTML, to an article (layer 1, pure).

The HTML is our own: a title is `h1`, a subtitle `h6.subtitle`, headings are `h2` and deeper; what is not for reading
aloud has a class of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import PurePath

from audiobuild.errors import SourceError
from audiobuild.model.values import PROSE, Article, Block, BlockKind
from audiobuild.sources.article_parts.datelines import parse_date
from audiobuild.sources.article_parts.found_block import FoundBlock
from audiobuild.sources.article_parts.metadata import Metadata, find_authors
from audiobuild.sources.file_names import name_of
from audiobuild.sources.html.html_tags import refuse_many_tags
from audiobuild.sources.html.markup_text import mark_note_links
from audiobuild.sources.web_pages.page_body import LeftOut
from audiobuild.sources.web_pages.page_tree import parse_page
from audiobuild.sources.web_pages.web_page import find_blocks_without
from audiobuild.sources.xml_tree import Element, descendants, words_within

MOST_XML_BYTES = 12_000_000
"""Of the text of a document as it is packed: a thousand pages and more."""
DELETED, RUNNING = "deleted", "running"
"""The classes of what was struck out, and is kept while changes are recorded, and of running heads."""
_CLASSES: Mapping[str, str] = {
    "byline": "who wrote it, and when, is told and not read",
    "caption": "a caption is not read",
    "toc": "a table of contents is not read",
    "remark": "a remark is not read",
    "sources": "sources are not read",
    DELETED: "what was struck out is not read",
    RUNNING: "running heads and page numbers are not read",
}
_BY = re.compile(r"by\b:?\s*", re.IGNORECASE)
_CODE = re.compile(r"<pre>[^<]*(?:<(?!/pre>)[^<]*)*")
_NOTE = re.compile(r'<li id="(?=(?:foot|end)note)')


def read_office_html(html: str, source: str, section: str, about: Metadata) -> Article:
    """Make an article of a document; the line of a block is its number in it.

    Args:
        html: the document.
        source: its path.
        section: the department that it belongs to.
        about: what the document says of itself, for where it does not stand in it.

    Raises:
        SourceError: there is no text in it, or more of it than can be held.
    """
    refuse_many_tags(html, source)
    text = mark_note_links(_NOTE.sub('<li class="footnote" id="', _without_code_alone(html)))
    marked = [
        (element, next((_CLASSES[name] for name in sorted(element.names) if name in _CLASSES), ""))
        for element in parse_page(text).walk()
    ]
    left_out = [LeftOut(each.start, each.end, reason, is_block=True) for each, reason in marked if reason]
    blocks = tuple(_named(tuple(find_blocks_without(text, left_out))))
    if not any(block.kind in PROSE and not block.unread for block in blocks):
        raise SourceError("there is no text to read in it", source, "Look at it in a word processor.")
    told = [block.text for block in blocks if block.unread == _CLASSES["byline"]]
    names = [_BY.sub("", line) for line in told if not parse_date(line)]
    headline = next((block.text for block in blocks if block.kind is BlockKind.HEADLINE), "")
    return Article(
        title=headline or about.title or name_of(PurePath(source), (PurePath(source).suffix.lower(),)),
        source=source,
        blocks=blocks,
        rubric=next((block.text for block in blocks if block.kind is BlockKind.RUBRIC), ""),
        published=next(filter(None, map(parse_date, told)), None),
        section=section,
        authors=find_authors({"authors": names}) or about.authors,
    )


def _without_code_alone(html: str) -> str:
    """Make paragraphs of code where it is most of a document: that is how its text is set."""
    code = sum(map(len, _CODE.findall(html)))
    return re.sub(r"(</?)pre>", r"\1p>", html) if code > len(html) / 2 else html


def remarks_of(tree: Element, name: str, called: str = "remark") -> str:
    """Write as HTML what stands beside a text and is not read, each in an element of this name.

    Args:
        called: the class that says what it is.
    """
    remarks = (" ".join(words_within(line) for line in each.iter("{*}p", "{*}h")) for each in descendants(tree, name))
    return "".join(f'<p class="{called}">{escape(remark)}</p>' for remark in remarks if remark)


def _named(found: Sequence[FoundBlock]) -> Iterator[Block]:
    """Tell headline and rubric, which stand before all prose, from headings, and number all blocks."""
    seen: set[BlockKind] = set()
    for number, each in enumerate(found, 1):
        block = each.block._replace(line=number)
        if block.kind is BlockKind.HEADING and not block.unread and not seen & set(PROSE):
            kind = BlockKind.RUBRIC if each.tag == "h6" else BlockKind.HEADLINE
            block = block if kind in seen else block._replace(kind=kind)
        if not block.unread:
            seen.add(block.kind)
        yield block
