"""Lines at the edges of an article (layer 1, pure): its first words, or nothing but links to other pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audiobuild.sources.html.html_elements import HEADINGS
from audiobuild.sources.web_pages.page_furniture import name_of_furniture
from audiobuild.sources.web_pages.page_tree import PageElement

_PROSE_WORDS = 12
_CLOSE = 2
_LINKED = 0.7
_FEWEST_WORDS, _MOST_WORDS = 3, 30
"""Of a line below the text that is the title of another article, and for each title that is in it."""
_WAY_WORDS = 12
"""Of one above the text, at most."""
_LABEL_WORDS = 8
"""Of the line above such titles that says what they are, at most."""
_FEWEST = 2
_SHARE = 0.3
"""Of the words of the article, at most; what has more is a list that somebody made."""


def find_titles_below(lines: Sequence[PageElement]) -> frozenset[PageElement]:
    """Find the titles of other articles with which a text ends, and what says that they are such.

    Args:
        lines: what has words of its own in the text, and what is known for such titles, in order.
    """
    last = max((place for place, each in enumerate(lines) if _is_prose(each)), default=len(lines))
    found = list(_from_the_end(lines[last + 1 :]))
    titles = [each for each in found if _is_link(each)]
    is_labelled = bool(found) and found[-1] not in titles
    if len(titles) < (1 if is_labelled else _FEWEST):
        return frozenset()
    return frozenset(found if sum(each.words for each in found) <= _SHARE * sum(each.words for each in lines) else ())


def _from_the_end(lines: Sequence[PageElement]) -> Iterator[PageElement]:
    """Give titles and their labels, the last first."""
    before: PageElement | None = None
    for each in reversed(lines):
        is_label = before is not None and _is_link(before) and each.words <= _LABEL_WORDS
        is_label = is_label and (each.tag in HEADINGS or each.last == ":" or _is_bold(each))
        if not (_is_link(each) or (is_label and not each.linked_words)):
            return
        yield each
        before = each


def find_lines_above(root: PageElement, body: PageElement) -> list[PageElement]:
    """Find paragraphs that somebody takes for the article's, and that stand between its headline and its body."""
    top = next((each.start for each in root.walk() if each.tag == "h1" and each.words), 0)
    found: list[PageElement] = []
    inner, around = body, body.parent
    for _ in range(_CLOSE):
        if around is None or around.tag in ("", "html"):
            break
        above = (each for each in around.children if each.start < inner.start)
        found += [leaf for each in above for leaf in _unnamed(each) if leaf.start > top and _is_claimed(leaf)]
        inner, around = around, around.parent
    return found


def _unnamed(element: PageElement) -> Iterator[PageElement]:
    """Give an element and all that is in it, but for what goes by a name of furniture."""
    waiting = [element]
    while waiting:
        each = waiting.pop()
        if not name_of_furniture(each):
            yield each
            waiting += reversed(each.children)


def _is_claimed(leaf: PageElement) -> bool:
    is_line = leaf.tag in ("p", "div") and len(leaf.own_words) == leaf.words
    return is_line and leaf.claimed_words == leaf.words >= _PROSE_WORDS and _is_prose(leaf)


def find_links_above(lines: Sequence[PageElement]) -> frozenset[PageElement]:
    """Find the lines above a text that only lead about the site."""
    first = next((place for place, each in enumerate(lines) if _is_prose(each)), 0)
    above = (each for each in lines[:first] if each.tag not in HEADINGS and len(each.own_words) == each.words)
    return frozenset(each for each in above if each.linked_words == each.words <= _WAY_WORDS)


def _is_prose(element: PageElement) -> bool:
    return len(element.own_words) >= _PROSE_WORDS and element.linked_words < _LINKED * element.words


def _is_bold(element: PageElement) -> bool:
    return any(each.tag in ("b", "strong") and each.words == element.words for each in element.children)


def _is_link(element: PageElement) -> bool:
    links = sum(each.is_link for each in element.walk())
    is_line = len(element.own_words) == element.words or not element.own_words
    return (
        is_line
        and element.words >= _FEWEST_WORDS
        and element.linked_words >= _LINKED * element.words
        and element.words <= links * _MOST_WORDS
    )
