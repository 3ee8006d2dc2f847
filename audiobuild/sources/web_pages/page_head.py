"""What stands at the head of the article on a web page (layer 1, pure): its headline, and the line under it."""

from __future__ import annotations

import html
import itertools
import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence

from audiobuild.model.values import PROSE, Block, BlockKind
from audiobuild.sources.article_parts.found_block import FoundBlock
from audiobuild.sources.html.html_elements import HEADINGS
from audiobuild.sources.web_pages.page_furniture import TEASED, name_of_furniture
from audiobuild.sources.web_pages.page_tree import PageElement, words_in

_TITLE = re.compile(r"<title\b[^>]*>([^<]{0,1000})", re.IGNORECASE)
_SITE = re.compile(r"(?<!\s)\s++[|·•»–—-]\s+[^|·•»–—]{1,60}$")
_PARTED = re.compile(r"(?:(?<!\s)\s++[|·•»–—-]|:)\s+")
_SPACED = re.compile(r"(?<!\s)\s++[|·•»–—:-]\s+")
_FEWEST_WORDS, _FEWEST_CHARS = 3, 12
"""Of a paragraph that is a headline since it stands in the page's title."""
_STANDFIRSTS = frozenset(
    "standfirst subtitle dek deck subheadline subhed subhead strapline excerpt"
    " vorspann chapo chapeau entradilla".split()
)
"""What the line under a headline is called."""
_SUB = frozenset("head heading headline title".split())
"""It is called "sub" and one of these as well."""
_PERHAPS_STANDFIRSTS = frozenset("sub description lede lead intro summary".split())
"""What it is called as well; so is much else, which is read where it stands."""
_NO_STANDFIRSTS = frozenset("site menu footer nav blog".split())
_STANDFIRST_WORDS = range(2, 80)
_LINES, _LINE_WORDS = frozenset("p div h2 h3 h4 span".split()), range(6, 41)
"""What the line under a headline is, where nothing says so."""
_OF_AUTHORS, _BOX_DEPTH = frozenset("author bio contributor reporter profile".split()), 4
_CLOSE = 2
_PICTURED = re.compile(r"\bFILE\b ?[-–—]|\bfile (?:photo|picture|image)\b")
"""What stands in the words of a picture, by which some pages are described."""
_NO_LINE = re.compile(
    r"(?:by|posted|published|updated|written|photo|picture|image|listen|watch|share|advertisement|filed|last)\b"
    r"|.{0,80}\b(?:min(?:ute)?s? read|\d{4})\b",
    re.IGNORECASE,
)
"""How a line begins that is none."""
_SAID = "the headline has been said"
_REPEATED = "it has just been said"
_TWICE, _NEAR_SAID, _SAID_WORDS = 2, 3, 12
"""How often it is, how many paragraphs back, at most, and its words, at least; a song has its chorus again."""
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
_SAME = 0.6
"""Of the words of a title, where another says the same."""
_SURE = 4
"""Words that no site has in its name, mostly."""
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
    if titled := _titled(headings, words_in(whole), later):
        return titled
    if of_page := next((each for each in headings if words_in(each) in later), ""):
        return of_page
    if (not whole or _holds(whole, told)) and (titled := _titled(headings, words_in(told), later)):
        return titled
    site = _SITE.search(whole)
    named = [part for part in parts if not site or words_in(part) != words_in(site[0])]
    printed = _printed_title(found, above, named) or _titled(headings, words_in(told), later)
    printed = printed or _printed_title(found, above, parts) or _only_title(above, told)
    shared = next((part for part in _SPACED.split(whole) if len(words_in(part)) >= _SURE and _holds(told, part)), "")
    return printed or shared or (_SITE.sub("", whole) if told == whole else told) or _SITE.sub("", whole)


def _titled(headings: Sequence[str], title: Sequence[str], later: Sequence[Sequence[str]]) -> str:
    """Find the heading with which a title begins; the first is the site's name where another is the page's."""
    for place, heading in enumerate(headings):
        words = words_in(heading)
        if words and title[: len(words)] == words:
            below = (each for each in headings[place + 1 :] if words_in(each) in later)
            return heading if _NUMBERED.match(heading) else next(below, heading)
    return ""


def _printed_title(found: Sequence[FoundBlock], above: Sequence[FoundBlock], parts: Sequence[str]) -> str:
    """Find the line that is a part of a page's title, or with which it begins."""
    lines = {" ".join(words_in(each.block.text)): each.block.text for each in found if each.block.kind in PROSE}
    if printed := next((lines[line] for part in parts if (line := " ".join(words_in(part))) in lines), ""):
        return printed
    first = words_in(parts[0]) if parts else []
    starts = (each.block.text for each in above if each.block.kind in PROSE and len(words_in(each.block.text)) >= _SURE)
    return next((each for each in starts if first[: len(words_in(each))] == words_in(each)), "")


def _only_title(above: Sequence[FoundBlock], told: str) -> str:
    """Give the one heading of the first rank that is read, where it says something else than what is told."""
    heads = [each.block for each in above if each.tag == "h1"]
    if len(heads) != 1 or heads[0].unread or len(heads[0].text.split()) < _SURE:
        return ""
    words = words_in(told)
    return "" if sum(word in words_in(heads[0].text) for word in words) > _SAME * len(words) else heads[0].text


def _holds(words: str, others: str) -> bool:
    return bool(others) and f" {' '.join(words_in(others))} " in f" {' '.join(words_in(words))} "


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
    unders = [words_in(each) for each in told]
    headings = [place for place, each in enumerate(found) if each.block.kind is BlockKind.HEADING]
    lines = [place for place, each in enumerate(found) if each.block.kind in PROSE]
    same = (place for place in (*headings, *lines) if words_in(found[place].block.text) == wanted)
    at = next(same, len(found)) if wanted else len(found)
    is_open = bool(under)
    is_headed = at < len(found) and not any(_is_text(each.block) for each in found[:at])
    for place, each in enumerate(found):
        block = each.block
        if place == at:
            block = block._replace(kind=BlockKind.HEADLINE, unread="")
        elif is_open and at < place < at + _NEAR and words_in(block.text) == under:
            block = block._replace(kind=BlockKind.RUBRIC, unread="")
            is_open, unders = False, []
        elif unders and at < place < at + _NEAR and _may_be_under(block) and words_in(block.text) in unders:
            block, unders, under = block._replace(kind=BlockKind.RUBRIC, unread=""), [], words_in(block.text)
            is_open = False
        elif block.kind is BlockKind.HEADING and at < place < at + _NEAR and words_in(block.text) in (wanted, under):
            block = block._replace(unread=block.unread or _SAID)
        elif is_headed and place < at and block.kind in (*PROSE, BlockKind.HEADING):
            block = block._replace(unread=block.unread or _ABOVE)
        if at < place and _is_text(block):
            unders, is_open = [], False  # nothing below the first words of the text stands at its head
        yield block


def without_repeats(blocks: Sequence[Block]) -> Iterator[Block]:
    """Leave out a paragraph of whole sentences that is the same as one shortly before it, such as its own summary.

    What is said more than twice is meant to be.
    """
    read = [block for block in blocks if block.kind in (*PROSE, BlockKind.RUBRIC) and not block.unread]
    count = Counter(block.text for block in read)
    said: deque[str] = deque(maxlen=_NEAR_SAID)
    for block in blocks:
        text = block.text if count[block.text] == _TWICE and "." in block.text else ""
        is_said = len(text.split()) >= _SAID_WORDS and text in said and not block.unread
        said.extend([block.text] if count[block.text] and not block.unread else [])
        yield block._replace(unread=_REPEATED) if is_said else block


def _may_be_under(block: Block) -> bool:
    return block.kind is BlockKind.HEADING or (block.kind in PROSE and bool(block.unread))


def find_standfirst(root: PageElement, text: str) -> str:
    """Find the line under a headline, by what it is called; empty where there is none."""
    return next(_lines_called(_STANDFIRSTS, root, text), "")


def find_other_standfirst(root: PageElement, text: str) -> tuple[str, ...]:
    """Find what else may be the line under a headline: what the page says of itself, and what is called like it."""
    said = tuple(" ".join(html.unescape(each[1] or each[2]).split()) for each in _DESCRIPTION.finditer(text))
    said = tuple(each for each in said if not _PICTURED.search(each))
    return (*said, *_lines_called(_PERHAPS_STANDFIRSTS, root, text), *_line_below(root, text))


def _line_below(root: PageElement, text: str) -> tuple[str, ...]:
    """Give the words that stand closely below the one headline of a page, where nothing says what they are."""
    lines = [each for each in root.walk() if each.own_words]
    heads = [place for place, each in enumerate(lines) if each.tag == "h1"]
    line = lines[heads[0] + 1] if len(heads) == 1 and lines[heads[0] + 1 :] else None
    if line is None or line.tag not in _LINES or line.words not in _LINE_WORDS or 3 * line.linked_words > line.words:
        return ()
    near = set(_around(lines[heads[0]], _CLOSE))
    apart = list(itertools.takewhile(lambda each: each not in near, _around(line, _CLOSE + 1)))
    if len(apart) > _CLOSE or any(name_of_furniture(each) or each.has_picture for each in apart):
        return ()
    words = _words_of(line, text)
    return () if _NO_LINE.match(words) else (words,)


def _around(element: PageElement, depth: int) -> list[PageElement]:
    """Give an element and what it stands in, so many levels up."""
    found = [element]
    while len(found) <= depth and (parent := found[-1].parent):
        found.append(parent)
    return found


def _lines_called(names: frozenset[str], root: PageElement, text: str) -> Iterator[str]:
    found = (each for each in root.walk() if _is_called(each.names, names) and not each.names & _NO_STANDFIRSTS)
    named = (each for each in found if each.words in _STANDFIRST_WORDS and not _is_of_another(each))
    firsts = (next((part for part in each.walk() if part.own_words), each) for each in named)
    lines = (each for each in firsts if each.words in _STANDFIRST_WORDS and each.tag not in ("li", "figcaption"))
    return (_words_of(each, text) for each in lines if not any(map(name_of_furniture, each.walk())))


def _is_of_another(element: PageElement) -> bool:
    """Whether an element stands in a box about an author, or about another article."""
    boxes = _around(element, _BOX_DEPTH)[1:]
    return any(each.names & _OF_AUTHORS or name_of_furniture(each) == TEASED for each in boxes)


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
