"""Which element of a web page holds the body of its article (layer 1, pure)."""

from __future__ import annotations

from collections.abc import Mapping

from audiobuild.sources.web_pages.page_boxes import LEAVES
from audiobuild.sources.web_pages.page_furniture import COMMENTED, name_of_furniture
from audiobuild.sources.web_pages.page_tree import PageElement

_HELD = 0.92
"""Of all claimed words, so many have to be in the element that holds the body."""
_MORE, _FAR_MORE = 1.5, 3
"""So many times the claimed words has what is the body although nobody claims it."""
_SMALL = 0.4
"""Of the page's words what its readers say has less."""
_PARAGRAPH_WORDS, _ALIKE, _ROW_DEPTH = 12, 3, 3


def find_holder(root: PageElement, known: Mapping[PageElement, str]) -> PageElement:
    """Find the element that holds the body of the article.

    Args:
        root: the page, whose claimed words are counted.
        known: what of it is something else, with the reasons.
    """
    own = _richest(root, known)
    is_claimed = own.claimed_words and own.words > _MORE * root.claimed_words
    if root.claimed_words < _PARAGRAPH_WORDS or is_claimed or _prose_in(own) > _FAR_MORE * root.claimed_words:
        return own
    body = root
    while True:
        inner = next((each for each in body.children if each.claimed_words >= _HELD * root.claimed_words), None)
        if inner is None or inner.tag in LEAVES or not inner.is_block:
            return body
        body = inner


def _prose_in(element: PageElement) -> int:
    return sum(len(each.own_words) for each in element.walk() if len(each.own_words) >= _PARAGRAPH_WORDS)


def _richest(root: PageElement, known: Mapping[PageElement, str]) -> PageElement:
    """Find the element that has the most prose in its paragraphs, half of what is one level deeper included."""
    scores: dict[PageElement, float] = {}
    said = (each for each in root.walk() if each.words < _SMALL * root.words and name_of_furniture(each) == COMMENTED)
    others = {each for element in (*known, *said) for each in element.walk()}
    for element in root.walk():
        if element in others:
            continue
        own = len(element.own_words)
        parent = element.parent
        if (
            own >= _PARAGRAPH_WORDS
            and element.linked_words <= 0.3 * element.words
            and parent
            and not name_of_furniture(element)
        ):
            holder = parent if element.tag in LEAVES or not element.children else element
            scores[holder] = scores.get(holder, 0) + own
            if holder.parent:
                entry = _entry_around(holder)
                around = entry.parent if entry and entry.parent else holder.parent
                scores[around] = scores.get(around, 0) + (own if entry else own / 2)
    return max(scores, key=lambda each: scores[each], default=root)


def _entry_around(element: PageElement) -> PageElement | None:
    """Find what an element stands in that is one of several in a row, such as a slide and what is said to it."""
    for _ in range(_ROW_DEPTH):
        if element.names and element.alike >= _ALIKE:
            return element
        if element.parent is None:
            return None
        element = element.parent
    return None
