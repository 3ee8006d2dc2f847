"""Articles as they were written, and editions of them: the first of the values that flow (layer 0)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from audiobuild.model.book import Book, name_together


class BlockKind(StrEnum):
    """What a block of an article is."""

    FLY_TITLE = "fly-title"
    HEADLINE = "headline"
    RUBRIC = "rubric"
    DATE = "date"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTATION = "quotation"
    LIST_ITEM = "list item"
    IMAGE = "image"
    TABLE = "table"
    CODE = "code"
    HTML = "html"
    RULE = "rule"
    FOOTNOTE = "footnote"
    FRONT_MATTER = "front matter"
    SHORTCODE = "shortcode"
    MATHS = "mathematics"
    LINK = "link"
    """The address of a link, on a line of its own."""


PROSE = (BlockKind.PARAGRAPH, BlockKind.QUOTATION, BlockKind.LIST_ITEM)
"""What the body of an article is made of."""


class Replacement(NamedTuple):
    """One written span, its spoken words and the rule that said so."""

    start: int
    """Offset of the span in the written text, in characters."""
    end: int
    """Offset behind the span in the written text."""
    written: str
    spoken: str
    rule: str
    """The rule's name, as `normalise --explain` shows it."""


@dataclass(frozen=True, slots=True)
class ForeignWords:
    """Words of a block that are in another language than the rest, as their author marked them."""

    start: int
    """Offset in the text, in characters."""
    end: int
    """Offset behind them."""
    language: str
    """As it was marked: a BCP 47 tag, if all is well."""


@dataclass(frozen=True, slots=True)
class Saying:
    """How a word or name is said in all of an article, as its editor has it."""

    written: str
    spoken: str
    ipa: str = ""
    """Its sound; empty where the spoken form will do."""


class Block(NamedTuple):
    """One paragraph, heading, quotation, list item or picture of an article."""

    kind: BlockKind
    text: str
    """The words as written, without Markdown's own marks."""
    line: int
    """The line of the source on which the block starts, from 1."""
    overrides: tuple[Replacement, ...] = ()
    """What the author says of single words, in the order of their spans."""
    language: str = ""
    """What the whole block is in, where it is marked; empty for the article's own."""
    foreign: tuple[ForeignWords, ...] = ()
    """What of it is in another language, in the order of their spans, which never overlap."""
    unread: str = ""
    """Why its reader leaves it out, for the ledger; empty for what is read if its kind is."""
    about: int = 0
    """Of a note: the line of the source that has its mark; 0 where none is known."""
    pause_ms: int | None = None
    """The silence after it, where its author says so."""
    sounds: tuple[tuple[str, str], ...] = ()
    """How words of it sound, where its author says so: each as it is written, and in IPA."""
    goes_on: bool = False
    """Whether the next block is the next line of the same verse."""
    voice: str = ""
    """Who reads it, where its author says so: "engine:voice", or a voice of the show's engine."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was written."""

    title: str
    source: str
    """The path it was read from, as the user gave it."""
    blocks: tuple[Block, ...]
    """Every block of the source in its order, those of the heading included."""
    fly_title: str = ""
    rubric: str = ""
    published: dt.date | None = None
    place: str = ""
    """Where the article was written: "ALEPPO" in "> Jan 3rd 2019 | ALEPPO"."""
    section: str = ""
    """The department: the name of the sub-folder, or empty."""
    image: Path | None = None
    """The article's picture as a path; it need not exist."""
    url: str = ""
    """Its address on the web as its front matter gives it; it need not be one."""
    number: int = 0
    """Which article of the whole edition it is, from 0."""
    authors: tuple[str, ...] = ()
    description: str = ""
    """What lists and feeds say of it; it is not heard."""
    language: str = ""
    """A BCP 47 tag, where it says that it is in another than the show's."""
    book: Book | None = None
    """The book that it is a chapter of."""
    unread: str = ""
    """Why its reader leaves the whole of it out; empty for what is read."""
    id: str = ""
    """What it is known by for ever, as its front matter gives it; empty for none."""
    sayings: tuple[Saying, ...] = ()
    """What its editor says of words wherever they stand in it; the first that fits holds."""


_MOST_AUTHORS = 3
"""An edition by more is the show's, and not theirs."""


@dataclass(frozen=True, slots=True)
class Edition:
    """Articles in the order in which they are read."""

    articles: tuple[Article, ...]
    title: str
    """What the episode is called."""
    published: dt.date | None
    """The date of the issue: from show.toml, else the latest date of an article."""
    is_issue: bool = True
    """Whether it has several articles, or is one of an edition that has."""
    part: str = ""
    """What was chosen of the whole edition; empty for all of it."""
    left_out: tuple[Article, ...] = ()
    """What was found and is not read, each with its reason: for the ledger alone."""
    book: Book | None = None
    """The book that all of it is chapters of."""
    folder: str = ""
    """The name of the folder that it was read from."""

    @property
    def author(self) -> str:
        """Who wrote it, as its book says, or its articles where they are by few; empty where nobody says."""
        if self.book and self.book.author:
            return self.book.author
        authors = list(dict.fromkeys(name for article in self.articles for name in article.authors))
        return name_together(authors) if len(authors) <= _MOST_AUTHORS else ""
