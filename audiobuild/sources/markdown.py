"""Markdown in the house layout to an Article (layer 1, pure).

    ###### Fly-title                     says what the article is about
    # Headline
    ##### Rubric                         the line under the headline
    ![image](images/harbour.jpg)
    > Nov 5th 2026 | ROTTERDAM

    Paragraphs, each on a line of its own or parted by blank lines, with sub-headings if there are any.

Other Markdown does as well: front matter (YAML) gives title, date and web address, and what of the house layout is
missing is simply not there. Nothing of the source is dropped: what is not for reading aloud becomes a block of its own
kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from audiobuild.errors import SourceError
from audiobuild.model.addresses import web_address
from audiobuild.model.values import PROSE, Article, Block, BlockKind, Replacement
from audiobuild.sources.blocks import find_blocks
from audiobuild.sources.datelines import parse_date, parse_date_line
from audiobuild.sources.found import Found

SUFFIXES = (".md", ".markdown", ".txt")
"""What an article's file name ends in."""

_ADDRESSES = ("url", "link", "canonical_url", "permalink")
"""What front matter calls the article's web address."""
_HEADER_KINDS = {"h6": BlockKind.FLY_TITLE, "h1": BlockKind.HEADLINE, "h5": BlockKind.RUBRIC}


def read_markdown(data: bytes, source: str, section: str = "") -> Article:
    """Read one article.

    Args:
        data: the file's bytes, UTF-8 (or UTF-16 with its mark).
        source: the file's path, for the reader's own use and for error messages.
        section: the department the article belongs to.

    Raises:
        SourceError: no text, or nothing in it that could be read aloud.
    """
    text = _decode(data, source)
    found = sorted(find_blocks(text), key=lambda item: item.block.line)
    blocks = tuple(_interpreted(found))
    front = next((_front_matter(block.text) for block in blocks if block.kind is BlockKind.FRONT_MATTER), {})
    if not any(block.kind in PROSE for block in blocks):
        raise SourceError("the article has no text to read", source, "Write some paragraphs, or leave the file out.")
    date, place = parse_date_line(_first(blocks, BlockKind.DATE))
    image = next((item.address for item in found if item.address), "")
    addresses = [front[key] for key in _ADDRESSES if front.get(key)]
    return Article(
        title=_first(blocks, BlockKind.HEADLINE) or front.get("title", "") or name_of(PurePath(source)),
        source=source,
        blocks=blocks,
        fly_title=_first(blocks, BlockKind.FLY_TITLE),
        rubric=_first(blocks, BlockKind.RUBRIC),
        published=date or parse_date(front.get("date", "")) or parse_date(front.get("date", "")[:10]),
        place=place,
        section=section,
        image=Path(source).parent / image if image and "://" not in image else None,
        url=next(filter(web_address, addresses), next(iter(addresses), "")),
        id=front.get("id", ""),
    )


def block_of_line(line: str) -> Block:
    """Read one line of Markdown by itself: its words, with what their author says of some of them.

    >>> block_of_line("## The *long* road").text
    'The long road'
    """
    kinds = (BlockKind.HEADING, *PROSE)
    text = ""
    overrides: list[Replacement] = []
    for found in find_blocks(line):
        if found.block.kind in kinds:
            text += " " if text else ""
            shift = len(text)
            for each in found.block.overrides:
                overrides.append(replace(each, start=each.start + shift, end=each.end + shift))
            text += found.block.text
    return Block(BlockKind.PARAGRAPH, text, 1, tuple(overrides))


def front_matter_lines(text: str) -> int:
    """Count the lines of front matter at the head of a text, its fences included; 0 where there is none.

    >>> front_matter_lines("---\\ntitle: Mud\\n---\\nIt rained.")
    3
    """
    first = next(find_blocks(text), None)
    if first is None or first.block.kind is not BlockKind.FRONT_MATTER:
        return 0
    return len(first.block.text.splitlines())


def name_of(path: PurePath) -> str:
    """Make a title of a file or folder name: no ordering number, no suffix, spaces for hyphens.

    >>> name_of(PurePath("issue/02-leaders"))
    'Leaders'
    """
    words = re.sub(r"[-_\s]+", " ", path.stem if path.suffix.lower() in SUFFIXES else path.name).strip()
    words = re.sub(r"^\d+\s+(?=\S)", "", words)
    return words[:1].upper() + words[1:]


def _decode(data: bytes, source: str) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError("this is not UTF-8 text", source, "Save the article as UTF-8 and build again.") from error
    if not text.strip():
        raise SourceError("the file is empty", source, "Write the article, or leave the file out.")
    if "\0" in text:
        raise SourceError("this is no text", source, "An article is a Markdown or text file.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


# --- what the blocks are in an article ------------------------------------------------------------


def _interpreted(found: Sequence[Found]) -> Iterator[Block]:
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
        yield replace(item.block, kind=kind)


def _first(blocks: Sequence[Block], kind: BlockKind) -> str:
    return next((block.text for block in blocks if block.kind is kind), "")


def _front_matter(text: str) -> dict[str, str]:
    """Read what there is of text; front matter that is no YAML has none."""
    import yaml  # 15 ms, for the articles that need it

    inner = "\n".join(text.split("\n")[1:-1])
    try:
        # Every scalar as the text it is: to take "2019-02-30" for a date is an error of another kind.
        values = yaml.load(inner, Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return {}
    if not isinstance(values, dict):
        return {}
    return {str(key): value.strip() for key, value in values.items() if isinstance(value, str)}
