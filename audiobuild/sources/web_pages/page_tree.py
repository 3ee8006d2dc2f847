"""The elements of a web page as a tree, each with its place and with how many words are in it (layer 1, pure)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from audiobuild.sources.html.html_elements import BLOCKS, CLOSED_BY, HEADINGS, INLINE, UNREAD, VOID
from audiobuild.sources.html.html_tags import HtmlPart, HtmlPartKind, cut_html

RUN_WORDS = 4
_DEEPEST = 250
"""Elements within elements that a tree is made of; what lies deeper counts to the one around it."""
_WORD = re.compile(r"\w+")
_NAMES = re.compile(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+")
_NAMING = ("class", "role", "data-component", "data-testid", "data-gu-name", "data-hook", "itemprop")
"""Attributes that say what an element is."""
_ASKED = re.compile(
    r"""\b(?:type|name|placeholder|autocomplete)\s*=\s*["']?[^"'<>]{0,60}(?:e-?mail|@)""", re.IGNORECASE
)
"""What asks for an address of e-mail."""
_FORM_WORDS = range(3, 61)
"""Of the words about it."""
_NEIGHBOURS = re.compile(r"(?<!\S)graf-after--\S{1,60}")
"""What Medium calls an element that stands behind another of that name."""
_CAPTIONS = frozenset({"nav", "figcaption", "caption"})
"""What is not read, but has words that tell what it is."""
_IMPLIED = {tag: CLOSED_BY.get(tag, frozenset()) | {"p"} for tag in BLOCKS | CLOSED_BY.keys()}
"""What is at its end, although nobody says so, where such an element begins."""


@dataclass(slots=True, eq=False)
class PageElement:
    """An element of a page."""

    tag: str
    names: frozenset[str]
    """The words of its classes, its id and its role, in small letters."""
    start: int
    """Offset of its start tag in the text."""
    end: int = 0
    """Offset behind its end tag."""
    parent: PageElement | None = field(default=None, repr=False)
    children: list[PageElement] = field(default_factory=list, repr=False)
    own_words: list[str] = field(default_factory=list, repr=False)
    """The words in it that are in no block within it, in small letters and without punctuation."""
    last: str = ""
    """The last character of what is in it and in no block within it; empty for none."""
    words: int = 0
    """How many words are in it, all that is in it included."""
    is_shown: bool = True
    """Whether what is in it is seen by readers."""
    in_link: bool = False
    """Whether it is a link, or stands in one."""
    is_link: bool = False
    """Whether it leads somewhere; many an `a` is only a place that others lead to."""
    address: str = ""
    """Where it leads."""
    alike: int = 1
    """How many of what it stands beside have its tag and names, itself included; 1 where it has none."""
    has_picture: bool = False
    """Whether a picture is in it."""
    linked_words: int = 0
    """How many of them are links."""
    claimed_words: int = 0
    """How many of them somebody takes for the article's."""
    longest_words: int = 0
    """The most own words of any one element within it."""
    claimed_names: Counter[frozenset[str]] | None = field(default=None, repr=False)
    """How many of its paragraphs that somebody claims have each name; None where nobody has asked."""

    @property
    def is_block(self) -> bool:
        """Whether it begins a paragraph."""
        return self.tag not in INLINE

    def walk(self) -> Iterator[PageElement]:
        """Give the element and all that is in it, in their order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            if element.children:
                waiting += reversed(element.children)


def block_around(element: PageElement) -> PageElement | None:
    """Give the block that an element stands in."""
    around = element.parent
    while around and not around.is_block:
        around = around.parent
    return around


def claim(leaf: PageElement) -> None:
    """Count the words of an element that are in no block within it as claimed."""
    around: PageElement | None = leaf
    while around:
        around.claimed_words += len(leaf.own_words)
        around = around.parent


def disclaim(element: PageElement) -> None:
    """Count nothing in an element as claimed."""
    claimed = element.claimed_words
    around: PageElement | None = element
    while around:
        around.claimed_words -= claimed
        around = around.parent
    for each in element.walk():
        each.claimed_words = 0


def word_runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    """Give all runs of so many words as tell one text from another."""
    return set(zip(*(words[place:] for place in range(RUN_WORDS)), strict=False))


def words_in(text: str) -> list[str]:
    """Give the words of a text in small letters."""
    return _WORD.findall(text.lower())


def parse_page(text: str, hear: Callable[[HtmlPart], None] | None = None) -> PageElement:
    """Make a tree of a page; what is never shown has no words in it. `hear` is told each of its parts."""
    root = PageElement("", frozenset(), 0, len(text))
    path = [root]
    asking: list[PageElement] = []
    offset = 0
    for part in cut_html(text):
        if hear:
            hear(part)
        if part.kind is HtmlPartKind.START and part.tag not in VOID and not part.written.endswith("/>"):
            _end_implied(path, part.tag, offset)
            if len(path) < _DEEPEST:
                around = path[-1]
                element = PageElement(part.tag, _names(part), offset, parent=around)
                element.is_shown = around.is_shown and not (part.tag in UNREAD and part.tag not in _CAPTIONS)
                element.has_picture = part.tag == "amp-img"
                element.is_link = part.tag == "a" and "href" in part.attributes
                element.in_link = element.is_link or around.in_link
                element.address = part.attributes.get("href", "").strip() if element.is_link else ""
                around.children.append(element)
                path.append(element)
        elif part.kind is HtmlPartKind.END and any(each.tag == part.tag for each in path[1:]):
            while path.pop().tag != part.tag:
                pass
            _set_ends(path[-1], offset + len(part.written), part.tag, offset)
        elif part.kind is HtmlPartKind.TEXT:
            _add_words(path, part.text)
        elif part.kind is HtmlPartKind.START and part.tag == "img":
            path[-1].has_picture = True
        elif _asks(part):
            asking.append(path[-1])
        offset += len(part.written)
    _set_ends(root, len(text), "", len(text))
    _add_up(root)
    for element in asking:
        _name_form(element)
    return root


def _asks(part: HtmlPart) -> bool:
    """Whether a part is a field in which an address of e-mail is asked for."""
    return part.kind is HtmlPartKind.START and part.tag == "input" and _ASKED.search(part.written) is not None


def _add_words(path: Sequence[PageElement], text: str) -> None:
    """Count words to the last of the elements that have begun, and keep them with the block that they are in."""
    last = path[-1]
    words = words_in(text) if last.is_shown else []
    if words:
        around = last if last.is_block else block_around(last) or path[0]
        around.own_words += words
        around.last = text.rstrip()[-1]
        last.words += len(words)
        last.linked_words += len(words) * last.in_link


def _name_form(element: PageElement) -> None:
    """Call the small box a form in which an address of e-mail is asked for, though it is none by its tag."""
    around: PageElement | None = element
    while around and around.parent and around.words < _FORM_WORDS.start:
        around = around.parent
    if around and around.words in _FORM_WORDS and around.is_block and around.tag not in ("body", "main", "article"):
        around.names |= {"signup"}


def _end_implied(path: list[PageElement], tag: str, offset: int) -> None:
    closed = _IMPLIED.get(tag, frozenset())
    while len(path) > 1 and path[-1].tag in closed:
        path.pop().end = offset


def _set_ends(around: PageElement, end: int, tag: str, inner_end: int) -> None:
    """Set the ends of the elements that a tag closes; an element without a closing tag ends with its parent."""
    waiting = around.children[-1:]
    while waiting:
        element = waiting.pop()
        if not element.end:
            element.end = end if element.tag == tag and element.parent is around else inner_end
            waiting += element.children[-1:]


def _add_up(root: PageElement) -> None:
    for element in root.walk():
        count = Counter((each.tag, each.names) for each in element.children) if len(element.children) > 1 else None
        for each in element.children if count else ():
            each.alike = count[each.tag, each.names] if count and each.names else 1
    for element in reversed(list(root.walk())):
        if element.parent:
            element.parent.words += element.words
            element.parent.linked_words += element.linked_words
            element.parent.has_picture |= element.has_picture
            longest = max(element.longest_words, len(element.own_words))
            element.parent.longest_words = max(element.parent.longest_words, longest)


def _names(part: HtmlPart) -> frozenset[str]:
    if not part.attributes:
        return frozenset()
    named = _NAMING if part.tag in HEADINGS else (*_NAMING, "id")  # a heading's id is its words once more
    given = " ".join(part.attributes.get(each, "") for each in named)
    given = _NEIGHBOURS.sub(" ", given)
    if part.tag == "div" and part.attributes.get("title") in ("header", "footer"):  # as LibreOffice writes them
        given += " runninghead"
    return frozenset(name.lower() for name in _NAMES.findall(given))
