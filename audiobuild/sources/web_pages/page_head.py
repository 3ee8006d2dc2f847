"""What stands at the head of the article on a web page (layer 1, pure): its headline, and the line under it."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from audiobuild.model.values import PROSE, Block, BlockKind
from audiobuild.sources.article_parts.datelines import parse_date, parse_stamp
from audiobuild.sources.article_parts.found_block import FoundBlock
from audiobuild.sources.html.html_elements import HEADINGS
from audiobuild.sources.web_pages.page_furniture import name_of_furniture
from audiobuild.sources.web_pages.page_tree import PageElement, words_in

_TITLE = re.compile(r"<title\b[^>]*>([^<]{0,1000})", re.IGNORECASE)
_SITE = re.compile(r"(?<!\s)\s++[|·•»–—-]\s+[^|·•»–—]{1,60}$")
_PARTED = re.compile(r"(?:(?<!\s)\s++[|·•»–—-]|:)\s+")
_FEWEST_WORDS, _FEWEST_CHARS = 3, 12
"""Of a paragraph that is a headline since it stands in the page's title."""
_STANDFIRSTS = frozenset("standfirst subtitle dek deck subheadline subhed subhead strapline excerpt".split())
"""What the line under a headline is called."""
_SUB = frozenset("head heading headline title".split())
"""It is called "sub" and one of these as well."""
_PERHAPS_STANDFIRSTS = frozenset("sub description lede lead intro summary".split())
"""What it is called as well; so is much else, which is read where it stands."""
_NO_STANDFIRSTS = frozenset("site menu footer nav blog".split())
_STANDFIRST_WORDS = range(2, 80)
_SAID = "the headline has been said"
_ABOVE = "what stands around an article is not read"
_DESCRIPTION = re.compile(
    r"""<meta\s[^<>]{0,100}?\b(?:og:)?description["']?\s[^<>]{0,100}?\bcontent\s*=\s*(?:"([^"]{1,600})"|'([^']{1,600})')""",
    re.IGNORECASE,
)
_STYLED = re.compile(
    r"""<p\b[^<>]{0,300}\sclass\s*=\s*["']?(?:c\d{1,3}\s+){0,5}(?:Mso)?title(?:\s+c\d{1,3}){0,5}(?=["'\s>])""",
    re.IGNORECASE,
)
"""As Word and Google's documents have it."""
_LONGEST_TITLE = 40
_TEXT_WORDS = 15
"""No headline stands below a paragraph of as many."""
_LONG_WORDS = 12
"""A paragraph of as many is text."""
BYLINE = "who wrote it, and when, is told and not read"
_LONGEST_BYLINE = 100
_BETWEEN_NAMES = frozenset({"by", "and", "von", "und", "par", "et"})
_READING_TIME = re.compile(r"(?:read(?:ing)? time:? ?)?\d{1,3}[ -]min(?:ute)?s?(?:[ -]read)?|", re.IGNORECASE)
_STAMP = re.compile(
    r"^(?:(?:first |last )?(?:published|updated|posted|modified|created)(?: (?:at|on))?:? ?)?"
    r"(?:\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?(?: [A-Z]{2,4})?,? (?:on )?)?"
    r"|[,·]? (?:at )?\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)?(?: [A-Z]{2,4})?$",
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
_LAST_LINES = 4
_OF_AUTHORS = "is|was|has (?:been|written)|covers|writes|reports|teaches|edits|works|lives|joined|leads|runs|hosts"
"""What a paragraph says of its author first."""
_NUMBERED = re.compile(
    r"(?:chapter|part|episode|ep\.|book|lesson|week|day|no\.|issue|letter)\s+[\dIVXLC]{1,5}\b", re.IGNORECASE
)
"""How a headline begins that is none of a site's name."""
_NEAR = 12
"""No more blocks than these stand between a headline and the line under it."""


def find_title(found: Sequence[FoundBlock], text: str, told: str, styled: str = "") -> str:
    """Name the article: by the heading that the page's own title begins with, or as the page or somebody else does.

    Args:
        found: the blocks of the page.
        text: the page.
        told: what somebody else calls it; empty for nothing.
        styled: the paragraph that a word processor has for its title; empty for none.
    """
    if styled:
        return styled
    written = _TITLE.search(text)
    whole = " ".join(html.unescape(written[1]).split()) if written else ""
    above = list(itertools.takewhile(lambda each: not _is_text(each.block), found))
    headings = [each.block.text for each in above if each.block.kind is BlockKind.HEADING]
    below = {each.block.text for each in found[len(above) :] if each.block.kind is BlockKind.HEADING}
    told = "" if told in below and not headings else told  # a heading within the text is no headline
    parts = [part for part in _PARTED.split(whole) if len(part) >= _FEWEST_CHARS and len(part.split()) >= _FEWEST_WORDS]
    later = [words_in(part) for part in parts if not whole.startswith(part)]
    titles = [words_in(title) for title in (whole, told) if title]
    for title in titles:
        for place, heading in enumerate(headings):
            words = words_in(heading)
            if words and title[: len(words)] == words and _NUMBERED.match(heading):
                return heading
            if words and title[: len(words)] == words:
                below_it = (each for each in headings[place + 1 :] if words_in(each) in later)
                return next(below_it, heading)  # the first is the site's name where another is the page's
    if of_page := next((each for each in headings if words_in(each) in later), ""):
        return of_page
    lines = {" ".join(words_in(each.block.text)): each.block.text for each in found if each.block.kind in PROSE}
    printed = next((lines[line] for part in parts if (line := " ".join(words_in(part))) in lines), "")
    return printed or told or _SITE.sub("", whole)


def _is_text(block: Block) -> bool:
    return block.kind in PROSE and not block.unread and len(block.text.split()) >= _TEXT_WORDS


def with_title_as_headline(
    found: Sequence[FoundBlock], title: str, standfirst: str = "", told: Sequence[str] = ()
) -> Iterator[Block]:
    """Take the first heading that is the title for the headline, wherever on the page it stands.

    Where none is, a paragraph will do. The line under it is known by its words.

    Args:
        found: the blocks of the page.
        title: the headline.
        standfirst: the line under it; empty where none is called so.
        told: what it may be instead, if it is left out so far or a heading.
    """
    wanted, under = words_in(title), words_in(standfirst)
    unders = [] if under else [words_in(each) for each in told]
    headings = [place for place, each in enumerate(found) if each.block.kind is BlockKind.HEADING]
    lines = [place for place, each in enumerate(found) if each.block.kind in PROSE]
    same = (place for place in (*headings, *lines) if words_in(found[place].block.text) == wanted)
    at = next(same, len(found)) if wanted else len(found)
    is_open = bool(under)
    is_headed = at < len(found) and not any(_is_text(each.block) for each in found[:at])
    for place, each in enumerate(found):
        block = each.block
        if place == at:
            block = replace(block, kind=BlockKind.HEADLINE, unread="")
        elif is_open and at < place < at + _NEAR and words_in(block.text) == under:
            block = replace(block, kind=BlockKind.RUBRIC, unread="")
            is_open = False
        elif unders and at < place < at + _NEAR and _may_be_under(block) and words_in(block.text) in unders:
            block, unders, under = replace(block, kind=BlockKind.RUBRIC, unread=""), [], words_in(block.text)
        elif block.kind is BlockKind.HEADING and at < place < at + _NEAR and words_in(block.text) in (wanted, under):
            block = replace(block, unread=block.unread or _SAID)
        elif is_headed and place < at and block.kind in PROSE:
            block = replace(block, unread=block.unread or _ABOVE)
        if at < place and _is_text(block):
            unders = []  # nothing below the first words of the text stands at its head
        yield block


def _may_be_under(block: Block) -> bool:
    return block.kind is BlockKind.HEADING or (block.kind in PROSE and bool(block.unread))


def without_byline(blocks: Sequence[Block], authors: Sequence[str]) -> Iterator[Block]:
    """Leave out lines above the text, or below its first paragraph, that are no more than who wrote it and when."""
    names = {word for author in authors for word in words_in(author)} | _BETWEEN_NAMES
    dated = sum(is_dated_byline(block.text) for block in blocks if block.kind in PROSE and not block.unread)
    told = "|".join(re.escape(author) for author in authors if " " in author)
    signed = re.compile(rf"(?:[Bb]y )?(?:{told}){_PLACED.pattern}") if told else None
    paragraphs = 0
    is_of_task = False
    for block in blocks:
        words = words_in(block.text)
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
        yield replace(block, unread=BYLINE) if paragraphs <= 1 and (is_dated or is_byline) else block


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
        yield replace(block, unread=BYLINE) if is_about else block


def is_dated_byline(text: str) -> bool:
    """Whether a line is no more than a date, or how long reading takes, and perhaps somebody's name.

    >>> tuple(map(is_dated_byline, ("Mar 4, 2025 | Ada Holt", "Updated 17:10, 4 Mar 2025", "Ada Holt")))
    (True, True, False)
    """
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


def find_standfirst(root: PageElement, text: str) -> str:
    """Find the line under a headline, by what it is called; empty where there is none."""
    return next(_lines_called(_STANDFIRSTS, root, text), "")


def find_other_standfirst(root: PageElement, text: str) -> tuple[str, ...]:
    """Find what else may be the line under a headline: what the page says of itself, and what is called like it."""
    said = tuple(" ".join(html.unescape(each[1] or each[2]).split()) for each in _DESCRIPTION.finditer(text))
    return (*said, *_lines_called(_PERHAPS_STANDFIRSTS, root, text))


def _lines_called(names: frozenset[str], root: PageElement, text: str) -> Iterator[str]:
    found = (each for each in root.walk() if _is_called(each.names, names) and not each.names & _NO_STANDFIRSTS)
    named = (each for each in found if each.words in _STANDFIRST_WORDS)
    firsts = (next((part for part in each.walk() if part.own_words), each) for each in named)
    lines = (each for each in firsts if each.words in _STANDFIRST_WORDS and each.tag not in ("li", "figcaption"))
    return (_words_of(each, text) for each in lines if not any(map(name_of_furniture, each.walk())))


def _is_called(given: frozenset[str], names: frozenset[str]) -> bool:
    return bool(given & names) or (names is _STANDFIRSTS and "sub" in given and not given.isdisjoint(_SUB))


def find_styled_title(root: PageElement, text: str) -> str:
    """Find the paragraph above all headings that a word processor calls the title; empty where there is none."""
    for element in root.walk():
        if element.tag in HEADINGS:
            return ""
        if element.tag == "p" and 0 < element.words < _LONGEST_TITLE and _STYLED.match(text, element.start):
            return _words_of(element, text)
    return ""


def _words_of(element: PageElement, text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text[element.start : element.end])).split())
