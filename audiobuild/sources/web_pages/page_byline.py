"""Lines of an article on a web page that say who wrote it, and when (layer 1, pure)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from audiobuild.model.values import PROSE, Block, BlockKind
from audiobuild.sources.article_parts.datelines import parse_date, parse_stamp
from audiobuild.sources.web_pages.page_tree import words_in

BYLINE = "who wrote it, and when, is told and not read"
_LONGEST_BYLINE = 100
_BETWEEN_NAMES = frozenset({"by", "and", "von", "und", "par", "et"})
_READING_TIME = re.compile(r"(?:read(?:ing)? time:? ?)?\d{1,3}[ -]min(?:ute)?s?(?:[ -]read)?|", re.IGNORECASE)
_STAMP = re.compile(
    r"^(?:(?:(?:first |last )?(?:published|updated|posted|modified|created)(?: (?:at|on))?"
    r"|publi[ée] le|mis à jour le|veröffentlicht am|aktualisiert am|stand|publicado el|actualizado el):? ?)?"
    r"(?:\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?(?: [A-Z]{2,4})?,? (?:on )?)?"
    r"|[,·]? (?:at |à |um )?\d{1,2}[:.h]\d\d ?(?:[ap]\.?m\.?)?(?: [A-Z]{2,4})?$",
    re.IGNORECASE,
)
"""What stands before and behind the day on which something came out."""
_NAME = re.compile(
    r"(?:[Bb]y )?[A-Z][\w’'.-]{0,30}(?:(?: (?:de|van|von|der|den|la|le|al|bin)){0,2} [A-Z][\w’'.-]{0,30}){1,3}"
)
_TASK = re.compile(
    r"(?:(?:words|text|story|interview|report(?:ing)?|photo(?:graph|graphy|graphs|s)?|pictures?|illustrations?|written|edited)"
    r"(?: (?:&|and) (?:words|text|photo(?:graph|graphy|graphs|s)?|pictures|illustrations?))?(?: by)?"
    r"|author|by|published|updated|posted|date|reading time):?",
    re.IGNORECASE,
)
"""What stands on a line above that of a name or of a day."""
_PLACED = re.compile(r"(?:,? (?:at|in|on|from|for|reports from|the|[A-Z0-9][\w’'.:-]{0,30})){1,14}")
"""What stands behind an author's name on the same line: where, and when."""
_PARTS = re.compile(r"\s*(?:[|·•]|\s[—–-]\s)\s*")
_MAY_BE_DATED = re.compile(r"[\d|·•–—-]")
"""What parts a line, or stands in a day or a time."""
_LAST_LINES = 4
_OF_AUTHORS = "is|was|has (?:been|written)|covers|writes|reports|teaches|edits|works|lives|joined|leads|runs|hosts"
"""What a paragraph says of its author first."""
_LONG_WORDS = 12
"""A paragraph of as many is text."""


def without_byline(blocks: Sequence[Block], authors: Sequence[str]) -> Iterator[Block]:
    """Leave out lines above the text, or below its first paragraph, that are no more than who wrote it and when."""
    names = {word for author in authors for word in words_in(author)} | _BETWEEN_NAMES
    dated = sum(is_dated_byline(block.text) for block in blocks if block.kind in PROSE and not block.unread)
    days = sum(is_dated_byline(block.text) for block in blocks if block.kind is BlockKind.HEADING)  # of a diary, more
    told = "|".join(re.escape(author) for author in authors if " " in author)
    signed = re.compile(rf"(?:[Bb]y )?(?:{told}){_PLACED.pattern}") if told else None
    paragraphs = 0
    is_of_task = False
    for block in blocks:
        words = words_in(block.text)
        if block.kind is BlockKind.HEADING and not paragraphs and days <= 1 and is_dated_byline(block.text):
            yield block._replace(unread=block.unread or BYLINE)
            continue
        if block.kind not in PROSE or block.unread:
            yield block
            continue
        is_signed = bool(signed and signed.fullmatch(block.text))
        paragraphs += len(words) >= _LONG_WORDS and not is_signed
        is_dated = (paragraphs == 0 or dated == 1) and is_dated_byline(block.text)  # in a diary there are more
        is_byline = len(words) > 1 and names.issuperset(words)
        is_byline |= is_signed or (is_of_task and bool(_NAME.fullmatch(block.text)))
        is_of_task = bool(_TASK.fullmatch(block.text))
        is_byline |= is_of_task
        yield block._replace(unread=BYLINE) if paragraphs <= 1 and (is_dated or is_byline) else block


def without_biography(blocks: Sequence[Block], authors: Sequence[str]) -> Iterator[Block]:
    """Leave out the paragraph at the end that says who the author is.

    Args:
        blocks: the article.
        authors: their names.
    """
    lines = [place for place, each in enumerate(blocks) if each.kind in PROSE and not each.unread]
    last = frozenset(lines[2:][-_LAST_LINES:])
    names = "|".join(re.escape(author) for author in authors if " " in author)
    about = re.compile(rf"(?:{names}) (?:{_OF_AUTHORS})\b.{{1,500}}", re.DOTALL) if names else None
    for place, block in enumerate(blocks):
        is_about = about is not None and place in last and about.fullmatch(block.text)
        yield block._replace(unread=BYLINE) if is_about else block


@lru_cache(maxsize=1024)  # each line is asked about several times
def is_dated_byline(text: str) -> bool:
    """Whether a line is no more than a date, or how long reading takes, and perhaps somebody's name.

    >>> tuple(map(is_dated_byline, ("Mar 4, 2025 | Ada Holt", "Updated 17:10, 4 Mar 2025", "Ada Holt")))
    (True, True, False)
    """
    if not _MAY_BE_DATED.search(text):
        return not text.strip()
    parts = [part.strip() for part in _PARTS.split(text)] if len(text) <= _LONGEST_BYLINE else []
    timed = [part for part in parts if parse_stamp(_STAMP.sub("", part)) or _READING_TIME.fullmatch(part)]
    return bool(timed) and all(part in timed or _NAME.fullmatch(part) for part in parts)


def find_byline(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Find who wrote an article, by a line with a date between its headline and its text; empty for nobody."""
    behind = itertools.dropwhile(lambda each: each.kind is not BlockKind.HEADLINE, blocks)
    head = itertools.takewhile(lambda each: bool(each.unread) or len(words_in(each.text)) < _LONG_WORDS, behind)
    line = next((each.text for each in head if each.kind in PROSE and is_dated_byline(each.text)), "")
    names = (part for part in _PARTS.split(line) if _NAME.fullmatch(part) and not parse_date(part))
    return tuple(re.sub(r"^[Bb]y ", "", name) for name in itertools.islice(names, 1))
