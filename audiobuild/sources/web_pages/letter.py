"""A letter or a page that was saved like one, as MIME, to an article (layer 1): newsletters, and pages by browsers.

Source: RFC 5322 and RFC 2045 (.eml), RFC 2557 (.mhtml).
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import replace
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr

from audiobuild.errors import NoArticle, SourceError
from audiobuild.model.values import Article, Block, BlockKind
from audiobuild.sources.article_parts.decoding import decode_text
from audiobuild.sources.article_parts.found_block import FoundBlock
from audiobuild.sources.article_parts.marked_text import without_controls
from audiobuild.sources.article_parts.metadata import Metadata, find_metadata
from audiobuild.sources.marked.markdown import article_of
from audiobuild.sources.marked.plain_layout import find_plain_blocks
from audiobuild.sources.web_pages.letter_parts import ANSWERED, attribution_rows, mark_parts
from audiobuild.sources.web_pages.page_head import with_title_as_headline
from audiobuild.sources.web_pages.web_page import read_web_page

_SHOWN = ("Subject", "From", "To", "Date")
_ANSWER = re.compile(r"(?:(?:re|fwd?|aw|wg|tr)\s*:\s*){1,9}", re.IGNORECASE)
_FORWARD = re.compile(r"(?:fwd?|wg|tr)\s*:", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?<![ \t])[ \t]*+(?:\(\s?https?://[^\s()]{1,2000}\s?\)|<https?://[^\s<>]{1,2000}>|\[https?://[^\s\[\]]{1,2000}\])"
)
"""Where a link leads, behind its words, as letters have it that were HTML once."""
_SIGNED = "how a letter is signed is not read"
_LONGEST_CHARS = 1000
"""Of a line in its head."""
_FAULTS = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError)
"""What the standard library says of damaged letters."""


def read_letter(data: bytes, source: str, section: str = "") -> tuple[Article]:
    """Read a letter: its page, or else its plain text; the subject is its title where the page has none.

    Raises:
        SourceError: it is no letter, or there is no text in it.
    """
    try:
        letter = email.message_from_bytes(data)
        parts = {part.get_content_type(): part for part in reversed(list(letter.walk())) if not part.get_filename()}
        lines = {name: _line(letter, name) for name in _SHOWN}
        page, plain = (_content(parts.get(kind)) for kind in ("text/html", "text/plain"))
    except _FAULTS as error:
        raise SourceError("this letter is damaged", source, "Save it anew.") from error
    if not any(lines.values()) and "MIME-Version" not in letter:
        raise SourceError("this is no letter", source, "A letter has a subject and a sender at its head.")
    about = find_metadata(
        {"title": _ANSWER.sub("", lines["Subject"]), "author": parseaddr(lines["From"])[0], "date": lines["Date"]}
    )
    head = "\n".join(f"{name}: {words}" for name, words in lines.items() if words)
    is_forward = _FORWARD.match(lines["Subject"]) is not None
    front = Block(BlockKind.FRONT_MATTER, head, 1)
    if page[0].strip():
        article = _page(page, about, front, source, section)
        return (replace(article, blocks=tuple(mark_parts(article.blocks, is_forward=is_forward))),)
    blocks = tuple(mark_parts(tuple(_plain_blocks(decode_text(plain[0], source))), is_forward=is_forward))
    if not blocks:
        raise NoArticle("there is no text in this letter", source, "Leave it out.")
    return (article_of(about, (front, *blocks), source, section),)


def _page(page: tuple[bytes, str], about: Metadata, front: Block, source: str, section: str) -> Article:
    data, charset = page
    article = read_web_page(data, source, section, charset=charset, may_be_short=True)
    if not any(block.kind is BlockKind.HEADLINE for block in article.blocks) and about.title:
        blocks = tuple(with_title_as_headline([FoundBlock(block) for block in article.blocks], about.title))
        article = replace(article, title=about.title, blocks=blocks)
    return replace(
        article,
        blocks=(front, *article.blocks),
        published=about.published or article.published,
        authors=article.authors or about.authors,
    )


def _plain_blocks(text: str) -> Iterator[Block]:
    """Find the blocks of a plain letter; of what it answers and how it is signed nothing is read."""
    rows = text.split("\n")
    end = next((number for number, row in enumerate(rows) if row.rstrip("\r") in ("-- ", "--")), len(rows))
    answered = {number for number in range(end) if rows[number].startswith(">")}
    firsts = [number for number in answered if number - 1 not in answered]
    answered.update(n for first in firsts for n in range(first - attribution_rows(rows, first), first))
    text = "\n".join(row if number < end and number not in answered else "" for number, row in enumerate(rows))
    for address in _ADDRESS.finditer(text):
        yield Block(BlockKind.LINK, address[0].strip(), text.count("\n", 0, address.start()) + 1)
    yield from (found.block for found in find_plain_blocks(_ADDRESS.sub("", text)))
    quoted = "\n".join(rows[number] for number in sorted(answered))
    for words, reason in ((quoted, ANSWERED), ("\n".join(rows[end:]), _SIGNED)):
        if words.strip():
            yield Block(BlockKind.QUOTATION, words.strip(), end, unread=reason)


def _line(letter: Message, name: str) -> str:
    """Give a line of the head in characters."""
    written = str(letter.get(name, ""))[:_LONGEST_CHARS]
    return without_controls(" ".join(str(make_header(decode_header(written))).split()))


def _content(part: Message | None) -> tuple[bytes, str]:
    """Give the bytes of a part, and the encoding that it names."""
    content = part.get_payload(decode=True) if part else None
    return (content, (part.get_content_charset() or "") if part else "") if isinstance(content, bytes) else (b"", "")
