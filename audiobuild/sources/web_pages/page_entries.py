"""Entries that stand one below another on a page: posts of a live blog, of a forum, cards (layer 1, pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audiobuild.sources.html.html_elements import HEADINGS
from audiobuild.sources.web_pages.page_tree import PageElement

_FEWEST = 3
"""Of entries, before one is known by the others."""
_ENTRIES = frozenset("article li section div".split())
_SIGNED = frozenset({"username", "postprofile"})
"""What a forum calls the place in a post that says who wrote it."""
_POSTS = frozenset({"post", "message", "topic"})
"""What it calls the posts."""
_SUMMARY_ITEMS, _SUMMARY_WORDS = range(2, 9), 5
"""Items in a list that tells an article in short, and words in each of them."""
_LINKED = 0.3

_Path = tuple[str, ...]


def claim_entries(root: PageElement) -> None:
    """Count an entry as claimed where most others of its row are, in the parts that are claimed in those."""
    timed = _holders(each for each in root.walk() if each.tag == "time")
    headed = _holders(each for each in root.walk() if each.tag in HEADINGS)
    for around in root.walk():
        for row in _rows(around, timed, headed):
            claimed = [each for each in row if each.claimed_words]
            if len(row) < _FEWEST or not len(row) / 2 <= len(claimed) < len(row):
                continue
            paths = {path for each in claimed for path, leaf in _leaves(each) if _own_claimed(leaf)}
            for each in row:
                if not each.claimed_words:
                    for path, leaf in _leaves(each):
                        if path in paths:
                            _claim(leaf)


def claim_quotations(root: PageElement) -> None:
    """Count what is quoted as claimed where it stands beside claimed words, and is not made of links."""
    for element in root.walk():
        around = element.parent
        is_own = element.tag == "blockquote" and element.linked_words <= _LINKED * element.words
        if is_own and around and around.claimed_words and not element.claimed_words:
            for _, leaf in _leaves(element):
                _claim(leaf)


def _rows(around: PageElement, timed: set[PageElement], headed: set[PageElement]) -> Iterator[list[PageElement]]:
    """Give the children that are entries, those of a kind together.

    Each says when it was written; or there is nothing but them, and each has a heading.
    """
    rows: dict[tuple[str, frozenset[str]], list[PageElement]] = {}
    if len(around.children) >= _FEWEST:
        for each in around.children:
            if each.tag in _ENTRIES and each.words:
                rows.setdefault((each.tag, each.names), []).append(each)
    count = sum(each.words > 0 for each in around.children)
    for (_, names), row in rows.items():
        marked = timed | headed if names and len(row) == count else timed
        if len(row) >= _FEWEST and marked.issuperset(row):
            yield row


def _holders(parts: Iterable[PageElement]) -> set[PageElement]:
    """Give all that such parts stand in, and the parts."""
    found: set[PageElement] = set()
    for part in parts:
        around: PageElement | None = part
        while around and around not in found:
            found.add(around)
            around = around.parent
    return found


def _leaves(entry: PageElement) -> Iterator[tuple[_Path, PageElement]]:
    """Give what has words of its own in an entry, each with the tags that lead to it."""
    waiting: list[tuple[_Path, PageElement]] = [((), entry)]
    while waiting:
        path, element = waiting.pop()
        if element.own_words:
            yield path, element
        waiting += (((*path, child.tag), child) for child in reversed(element.children))


def _own_claimed(element: PageElement) -> int:
    return element.claimed_words - sum(child.claimed_words for child in element.children)


def _claim(leaf: PageElement) -> None:
    around: PageElement | None = leaf
    while around:
        around.claimed_words += len(leaf.own_words)
        around = around.parent


def find_answers(body: PageElement) -> frozenset[PageElement]:
    """Find the posts of a forum that answer the first; that one is the article."""
    signed = _holders(each for each in body.walk() if each.names & _SIGNED)
    rows = ([post for post in around.children if post.is_block and post in signed] for around in signed)
    return frozenset(post for row in rows for post in row[1:] if any(each.names & _POSTS for each in row))


def find_summary(root: PageElement, body: PageElement) -> PageElement | None:
    """Find the list between headline and text that tells the article in short: of sentences that lead nowhere."""
    is_below = False
    for element in root.walk():
        if element.start >= body.start:
            return None
        is_below = is_below or (element.tag == "h1" and element.words > 0)
        if is_below and element.tag in ("ul", "ol") and _is_summary(element):
            around = element.parent
            is_alone = around is not None and around.end < body.start and around.words <= element.words + _SUMMARY_WORDS
            return around if is_alone else element
    return None


def _is_summary(element: PageElement) -> bool:
    items = [each for each in element.children if each.words]
    if len(items) not in _SUMMARY_ITEMS or element.linked_words > _LINKED * element.words:
        return False
    return all(each.words >= _SUMMARY_WORDS and each.tag == "li" for each in items) and not any(
        each.tag in HEADINGS for each in element.walk()
    )
