"""Markdown in the house layout to an Article (layer 1, pure).

    ###### Fly-title                     says what the article is about
    # Headline
    ##### Rubric                         the line under the headline
    ![image](images/harbour.jpg)
    > Nov 5th 2026 | ROTTERDAM

    Paragraphs, each on a line of its own or parted by blank lines, with sub-headings if there are any.

Other Markdown does as well: front matter gives title, date and more, and what of the house layout is missing is simply
not there. Nothing of the source is dropped: what is not for reading aloud becomes a block of its own
kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from urllib.parse import unquote

from audiobuild.errors import NoArticle
from audiobuild.model.values import PROSE, Article, Block, BlockKind
from audiobuild.sources.article_parts.datelines import parse_date_line
from audiobuild.sources.article_parts.decoding import decode_text
from audiobuild.sources.article_parts.editor_directives import UNENDED, sayings_in
from audiobuild.sources.article_parts.found_block import FoundBlock
from audiobuild.sources.article_parts.metadata import Metadata, find_metadata
from audiobuild.sources.file_names import date_of, name_of
from audiobuild.sources.marked.front_matter import FrontMatter, find_front_matter
from audiobuild.sources.marked.markdown_blocks import find_blocks
from audiobuild.sources.marked.plain_layout import find_facts, find_plain_blocks, is_plain
from audiobuild.sources.marked.plain_titles import plain_title
from audiobuild.sources.marked.printed_pages import PAGE_BREAK, join_pages

SUFFIXES = (".md", ".markdown", ".txt", ".mdx", ".mdown", ".mkd", ".qmd", ".rmd", ".text")
"""What an article's file name ends in."""

PLAIN_SUFFIXES = (".txt", ".text")
"""Of what may be plain text as well, as what has no ending may."""
_MARKED_SUFFIXES = frozenset(SUFFIXES).difference(PLAIN_SUFFIXES)
_HEADER_KINDS = {"h6": BlockKind.FLY_TITLE, "h1": BlockKind.HEADLINE, "h5": BlockKind.RUBRIC}
DRAFT = "a draft is left out"
_ELSEWHERE = "__GHOST_URL__"
"""Where pictures lie that an export of Ghost leaves on the server."""
_BUNDLE = "index"
"""The name of a file that is called by the folder it lies in."""


def read_markdown(data: bytes, source: str, section: str = "") -> Article:
    """Read one article.

    Args:
        data: the file's bytes.
        source: the file's path, for the reader's own use and for error messages.
        section: the department the article belongs to.

    Raises:
        NoArticle: the file is empty, or nothing in it could be read aloud.
        SourceError: no text, or front matter that cannot be parsed.
    """
    text = decode_text(data, source)
    may_be_plain = PurePath(source).suffix.lower() not in _MARKED_SUFFIXES
    if may_be_plain and (PAGE_BREAK in text.strip() or is_plain(text)):
        return _plain_article(text, source, section)
    text = text.replace(PAGE_BREAK, " ")
    front = find_front_matter(text, source)
    body = "\n".join(text.split("\n")[front.lines :])
    found = sorted(find_blocks(body, front.lines + 1), key=lambda item: item.block.line)
    blocks = (*_front_block(front), *_interpreted(found))
    _refuse_wordless(blocks, source)
    image = next((item.address for item in found if item.address and not item.block.unread), "")
    return article_of(_in_plain_words(find_metadata(front.values)), blocks, source, section, image=image)


def _in_plain_words(about: Metadata) -> Metadata:
    return replace(
        about,
        title=plain_title(about.title),
        subtitle=plain_title(about.subtitle),
        description=plain_title(about.description),
        authors=tuple(map(plain_title, about.authors)),
    )


def _plain_article(text: str, source: str, section: str) -> Article:
    text, edges = join_pages(text)
    facts = find_facts(text)
    found = sorted((*find_plain_blocks(text), *edges), key=lambda item: item.block.line)
    blocks = tuple(item.block for item in found)
    _refuse_wordless(blocks, source)
    return article_of(find_metadata(facts), blocks, source, section)


def _refuse_wordless(blocks: Sequence[Block], source: str) -> None:
    if not any((block.kind in PROSE and not block.unread) or block.unread == UNENDED for block in blocks):
        raise NoArticle("the article has no text to read", source, "Write some paragraphs, or leave the file out.")


_TEXT = (*PROSE, BlockKind.HEADING)


def _with_headline(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """Take the first words for the headline where they are the title, and there is none."""
    heard = [place for place, block in enumerate(blocks) if block.kind in _TEXT and not block.unread]
    is_title = len(heard) > 1 and blocks[heard[0]].kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)
    if not is_title or _first(blocks, BlockKind.HEADLINE) or _letters(blocks[heard[0]].text) != _letters(title):
        return blocks
    first = blocks[heard[0]]._replace(kind=BlockKind.HEADLINE)
    return (*blocks[: heard[0]], first, *blocks[heard[0] + 1 :])


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w", text.casefold()))


def article_of(about: Metadata, blocks: tuple[Block, ...], source: str, section: str, *, image: str = "") -> Article:
    """Make an article of its blocks and what is known beside them.

    Args:
        about: what is known of it.
        blocks: all its blocks.
        source: the file's path, whose name says what nothing else does.
        section: the department the article belongs to.
        image: the address of the first picture in its text.
    """
    date, place = parse_date_line(_first(blocks, BlockKind.DATE))
    path = PurePath(source)
    named = path.parent if path.stem.lower() == _BUNDLE and path.parent.name else path
    blocks = _with_headline(blocks, about.title or name_of(named, SUFFIXES))
    image = about.image or image
    return Article(
        title=_first(blocks, BlockKind.HEADLINE) or about.title or name_of(named, SUFFIXES),
        source=source,
        blocks=blocks,
        fly_title=_first(blocks, BlockKind.FLY_TITLE),
        rubric=_first(blocks, BlockKind.RUBRIC) or about.subtitle,
        published=date or about.published or date_of(named),
        place=place,
        section=section,
        image=_beside(source, image),
        url=about.url,
        authors=about.authors,
        description=about.description,
        language=about.language,
        unread=DRAFT if about.is_draft else "",
        id=about.id,
        sayings=tuple(sayings_in(blocks)),
    )


def _beside(source: str, image: str) -> Path | None:
    """Give the path of a picture that lies beside an article; None where it lies on the web, or there is none."""
    if not image or "://" in image or image.startswith((_ELSEWHERE, "data:")):
        return None
    return Path(source).parent / (unquote(image) if "/" in image and "%20" in image else image)


# --- what the blocks are in an article ------------------------------------------------------------


def _interpreted(found: Sequence[FoundBlock]) -> Iterator[Block]:
    """Tell the blocks of the heading, which come before the first paragraph, from those of the body."""
    seen: set[BlockKind] = set()
    in_header = True
    after_date = False  # in one paragraph of Markdown with the date line
    for item in found:
        kind = item.block.kind
        may_be_date = in_header and kind is BlockKind.QUOTATION and BlockKind.DATE not in seen
        if kind in (*PROSE, BlockKind.HEADING):
            after_date = after_date and item.joined
        if after_date:  # no blank line parts the body from the date line, so Markdown reads it as more of that
            kind = BlockKind.PARAGRAPH if kind is BlockKind.QUOTATION else kind
        elif may_be_date and parse_date_line(item.block.text)[0]:
            kind = BlockKind.DATE
            after_date = True
        elif in_header and kind is BlockKind.HEADING:
            header_kind = _HEADER_KINDS.get(item.tag, kind)
            kind = header_kind if header_kind not in seen else kind
        seen.add(kind)
        in_header = in_header and kind not in PROSE
        yield item.block if kind is item.block.kind else item.block._replace(kind=kind)


def _first(blocks: Sequence[Block], kind: BlockKind) -> str:
    return next((block.text for block in blocks if block.kind is kind), "")


def _front_block(front: FrontMatter) -> Iterator[Block]:
    if front.text:
        yield Block(BlockKind.FRONT_MATTER, front.text, front.line)
