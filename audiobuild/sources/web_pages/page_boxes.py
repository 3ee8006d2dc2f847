"""Small boxes about an article, or among its paragraphs, known by how they are made (layer 1, pure).

<div><b>Sponsored by</b><p>Deskly books the boats.</p></div>
<div><b>See also:</b> <a href="/pier">The pier in rain</a></div>
<div><img><div>The pier at noon</div></div>
<dl><dt>Director</dt><dd>Ada Holt</dd><dt>Cast</dt><dd>Bo Lind</dd>...</dl>
"""

from __future__ import annotations

import itertools

from audiobuild.sources.html.html_elements import HEADINGS
from audiobuild.sources.web_pages.page_tree import PageElement

_ROW_LINKS, _LINK_WORDS = 3, 5
_ROW_NAME = 2
"""Words before four such links or more."""
_LINKED = 0.9
_LABEL_REST = 4
"""Words that a box of links has beside them, at most."""
_CAPTION_WORDS = range(2, 46)
_OF_PROSE = HEADINGS | frozenset("p li blockquote table dl a".split())
"""What stands in no caption."""
_FEWEST_FACTS, _FACT_NAME_WORDS, _FACT_WORDS = 3, 4, 14
"""Pairs in a list of facts, and the words of each half, at most."""
_PROSE_WORDS = 12
_FEWEST_ALIKE = 2
LEAVES = HEADINGS | frozenset("p li blockquote dt dd pre td th figcaption q".split())
"""What holds no other blocks."""
_SPONSORS = "our sponsor, today s sponsor, this week s sponsor"


def _phrases(listed: str) -> tuple[tuple[str, ...], ...]:
    """Part a list by its commas, and each phrase of it by its words."""
    return tuple(tuple(phrase.split()) for phrase in listed.split(","))


_LABELS = _phrases(
    f"together with, sponsored by, presented by, brought to you by, in partnership with, a message from,"
    f"a word from our sponsor, thanks to our sponsor, {_SPONSORS}"
)
"""What the first line of a box begins with that somebody paid for."""
_LABELS_ALONE = _phrases(
    f"sponsored, promoted, sponsored content, sponsored post, paid post, paid content, partner content,"
    f"from our sponsor, from our sponsors, from our partners, {_SPONSORS}"
)
"""What all of that line is, in a box with a link."""
_MOST_ELEMENTS = 400
"""In a list of contents."""
_LABEL_WORDS, _LABEL_ELEMENTS = 6, 20
"""Words of such a line at most, and elements around it."""
_TEASING = _phrases(
    "see also, also see, related, read more, read next, up next, read also, also read, more on this, in depth,"
    "more on this story,"
    "more on this topic, related story, related stories, related articles, related article, you may also like,"
    "you might also like, more stories, more like this, don t miss, recommended, read this next, keep reading"
)
"""What the label of a box is that leads to other articles."""


def is_advertised(element: PageElement) -> bool:
    """Whether an element is a box of several parts, of which the first says that somebody paid for it."""
    if not element.children:
        return False
    first = next((each for each in itertools.islice(element.walk(), _LABEL_ELEMENTS) if each.own_words), element)
    inline = element.children[0].words if first is element and element.children else 0
    label = tuple(first.own_words[:inline] if inline else first.own_words)
    if label in _LABELS_ALONE and element.words > len(label) and any(each.is_link for each in element.walk()):
        return True
    if first is element or first.words == element.words or len(first.own_words) > _LABEL_WORDS:
        return False
    return any(label[: len(each)] == each for each in _LABELS)


def is_row_of_links(element: PageElement) -> bool:
    """Whether a line is nothing but short links, as sites of old have the way about them, perhaps behind a name."""
    if not element.children or len(element.own_words) != element.words:
        return False
    links = sum(child.is_link for child in element.walk())
    unlinked = len(element.own_words) - element.linked_words
    if links < _ROW_LINKS or unlinked > (_ROW_NAME if links > _ROW_LINKS else 0):
        return False
    return element.words <= links * _LINK_WORDS


def is_box_of_links(element: PageElement) -> bool:
    """Whether a box that is no list is made of links, each a box of its own, below a few words."""
    links = [each for each in element.children if each.is_link and each.words]
    rest = element.words - sum(each.words for each in links)
    return len(links) >= _ROW_LINKS and rest <= _LABEL_REST and element.tag not in LEAVES


def is_contents(element: PageElement) -> bool:
    """Whether an element is a list of links to places on its own page."""
    if element.linked_words < _LINKED * element.words:
        return False
    links = [each for each in itertools.islice(element.walk(), _MOST_ELEMENTS) if each.is_link and each.words]
    return len(links) >= _ROW_LINKS and all(each.address.startswith("#") for each in links)


def is_labelled_links(element: PageElement) -> bool:
    """Whether an element is nothing but links to other articles, below or behind a label that says so."""
    rest = element.words - element.linked_words
    if not element.linked_words or not 0 < rest <= _LABEL_WORDS:
        return False
    words = [word for each in itertools.islice(element.walk(), _LABEL_ELEMENTS) for word in each.own_words]
    return any(tuple(words[: len(each)]) == each for each in _TEASING if len(each) == rest)


def is_caption(element: PageElement) -> bool:
    """Whether an element is a picture, and a few words in a part of their own that stand with it alone.

    Where there are others like it, they are steps, or a list, in pictures.
    """
    if not _is_pictured(element):
        return False
    around = element.parent
    alike = (each for each in (around.children if around else ()) if each is not element and _is_pictured(each))
    return len(list(itertools.islice(alike, _FEWEST_ALIKE))) < _FEWEST_ALIKE


def _is_pictured(element: PageElement) -> bool:
    if not element.has_picture or element.own_words or element.words not in _CAPTION_WORDS or not element.is_block:
        return False
    parts = list(itertools.islice(element.walk(), _LABEL_ELEMENTS))
    return len(parts) < _LABEL_ELEMENTS and not any(each.tag in _OF_PROSE for each in parts)


def is_list_of_facts(element: PageElement) -> bool:
    """Whether an element is a list of pairs, each a name and a few words, in a box where no prose stands beside it."""
    around = element.parent
    if element.tag != "dl" or around is None or around.longest_words >= _PROSE_WORDS:
        return False
    names = [each for each in element.children if each.tag == "dt" and each.words]
    values = [each for each in element.children if each.tag == "dd" and each.words]
    if len(names) < _FEWEST_FACTS or len(names) != len(values):
        return False
    is_short = all(each.words <= _FACT_NAME_WORDS for each in names)
    return is_short and all(each.words <= _FACT_WORDS for each in values)
