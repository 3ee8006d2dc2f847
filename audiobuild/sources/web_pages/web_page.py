"""A web page to its article (layer 1): title, date, body; all else that stands on the page is accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from urllib.parse import unquote

from audiobuild.model.addresses import web_address
from audiobuild.model.values import PROSE, Article, Block, BlockKind
from audiobuild.sources.article_parts.found_block import FoundBlock
from audiobuild.sources.article_parts.metadata import find_authors
from audiobuild.sources.file_kinds import PAGE_SUFFIXES
from audiobuild.sources.file_names import name_of
from audiobuild.sources.html.accordions import open_accordions
from audiobuild.sources.html.html_blocks import HtmlReader, find_html_blocks
from audiobuild.sources.html.markup_text import decode_markup, mark_note_links, show_initials
from audiobuild.sources.web_pages.page_body import LeftOut, find_left_out
from audiobuild.sources.web_pages.page_byline import find_byline, without_biography, without_byline
from audiobuild.sources.web_pages.page_facts import PageFacts, parse_with_facts, picture_of
from audiobuild.sources.web_pages.page_furniture import TEASED
from audiobuild.sources.web_pages.page_head import (
    find_other_standfirst,
    find_standfirst,
    find_styled_title,
    find_title,
    with_title_as_headline,
    without_repeats,
)
from audiobuild.sources.web_pages.page_kind import PageKind, find_page_kind
from audiobuild.sources.web_pages.page_opinion import judge_page
from audiobuild.sources.web_pages.page_posts import is_home_of_posts
from audiobuild.sources.web_pages.page_refusals import refuse_page
from audiobuild.sources.web_pages.page_styles import hide_styled
from audiobuild.sources.web_pages.page_tree import PageElement

_MERGED = re.compile(r"<!--[^<>]{0,300}-->| ?\*\|[A-Z][\w: ]{0,60}\|\*")
"""What Mailchimp puts in for each reader."""


def read_web_page(
    data: bytes, source: str, section: str = "", *, url: str = "", charset: str = "", may_be_short: bool = False
) -> Article:
    """Read a page.

    Args:
        data: the page's bytes.
        source: its path or its address.
        section: the department that it belongs to.
        url: the address that it was fetched from; empty for a file.
        charset: the encoding that a server names; empty where none does.
        may_be_short: whether a page with hardly a body is read all the same.

    Raises:
        SourceError: this is no text, trafilatura is not installed, or the page has hardly a body.
    """
    text = _shown(decode_markup(data, source, charset))
    opinion = judge_page(text, url, source)
    tree, facts = parse_with_facts(text)
    kind = find_page_kind(text, web_address(opinion.url) or url, is_letter=may_be_short)
    found = tuple(find_blocks_without(text, find_left_out(tree, opinion.paragraphs, kind)))
    title = find_title(found, text, opinion.title, find_styled_title(tree, text))
    headed = tuple(with_title_as_headline(found, title, find_standfirst(tree, text), find_other_standfirst(tree, text)))
    authors = facts.about.authors or find_authors({"authors": opinion.author}) or find_byline(headed)
    signed = tuple(without_biography(tuple(without_byline(headed, authors)), authors))
    blocks = tuple(without_repeats(signed))
    if not may_be_short or not _count(blocks):
        words, teased = _weigh(blocks, tree, kind)
        refuse_page(text, source, url, words=words, teased=teased, is_marked=_marks_article(tree))
    return Article(
        title or name_of(PurePath(source), PAGE_SUFFIXES),
        source,
        blocks,
        published=facts.about.published or opinion.published,
        section=section,
        rubric=next((block.text for block in blocks if block.kind is BlockKind.RUBRIC), ""),
        image=None if url else _picture_beside(source, facts, found),  # of a page that was fetched no picture is
        url=web_address(opinion.url) or web_address(url),
        authors=authors,
    )


def _weigh(blocks: Sequence[Block], tree: PageElement, kind: PageKind) -> tuple[int, int]:
    """Count the words of an article, none where the page has only those of others, and the words that lead to them."""
    words, teased = _count(blocks), _count(blocks, TEASED)
    is_none = is_home_of_posts(tree, kind) or (kind.is_index and words < teased)
    return (0, max(words, teased)) if is_none else (words, teased)


def _marks_article(tree: PageElement) -> bool:
    return sum(each.tag == "article" for each in tree.walk()) == 1


def _count(blocks: Iterable[Block], reason: str = "") -> int:
    """Count the words of prose that are read, or that are left out for a reason."""
    return sum(len(block.text.split()) for block in blocks if block.kind in PROSE and block.unread == reason)


def _shown(text: str) -> str:
    """Write a page as its reader sees it who opens all that is shut."""
    return open_accordions(show_initials(mark_note_links(hide_styled(_MERGED.sub(_as_comment, text)))))


def _picture_beside(source: str, facts: PageFacts, found: Sequence[FoundBlock]) -> Path | None:
    """Find the file of a page's picture by the page's own; None where it has none."""
    picture = picture_of(facts, [each.address for each in found if each.address and not each.block.unread])
    return Path(source).parent / unquote(picture) if picture else None


def _as_comment(merged: re.Match[str]) -> str:
    return merged[0] if merged[0].startswith("<!--") else f"<!--{merged[0]}-->"


def find_blocks_without(text: str, left_out: Sequence[LeftOut]) -> Iterator[FoundBlock]:
    """Give all blocks of a page, those that are left out with the reason."""
    reader = HtmlReader()
    place, line = 0, 1
    for each in left_out:
        reader.feed(text[place : each.start], line)
        if each.is_block:
            reader.flush()
        yield from reader.take()
        line += text.count("\n", place, each.start)
        yield from _unread(find_html_blocks(text[each.start : each.end], line), each.reason)
        line += text.count("\n", each.start, each.end)
        place = each.end
    reader.feed(text[place:], line)
    yield from reader.close()


def _unread(found: Iterable[FoundBlock], reason: str) -> Iterator[FoundBlock]:
    for each in found:
        yield each._replace(block=each.block._replace(unread=each.block.unread or reason))
