"""Whole posts that stand one below another on a page (layer 1, pure): a home page, or an article that others follow.

<article><h2>The pier in rain</h2><p>...</article> <article><h2>The mud in May</h2><p>...</article>
"""

from __future__ import annotations

from collections.abc import Iterator

from audiobuild.sources.html.html_elements import HEADINGS
from audiobuild.sources.web_pages.page_kind import PageKind
from audiobuild.sources.web_pages.page_teasers import leads_elsewhere
from audiobuild.sources.web_pages.page_tree import PageElement, words_in

_POSTS = frozenset({"post", "hentry"})
"""What a post is called that is no `article`."""
_HOME = frozenset("home front blog archive".split())
"""What the body of a page is called that shows the newest posts."""
_LIVE = frozenset("live liveblog livefeed timeline".split())
_FEWEST, _FEWEST_AT_HOME = 2, 3
_POST_WORDS = 50
"""Of prose in a whole post, at least."""
_PROSE_WORDS = 12
_TITLE_WORDS = 2


def find_other_posts(root: PageElement, kind: PageKind) -> frozenset[PageElement]:
    """Find the posts that stand below the page's own, known by its title, or above it."""
    title = words_in(kind.title)
    others: set[PageElement] = set()
    for row in _rows(root, _FEWEST) if len(title) >= _TITLE_WORDS and not kind.is_live else ():
        own = [each for each in row if _begins(title, _heading(each))]
        if len(own) == 1:
            others.update(each for each in row if each is not own[0])
    return frozenset(others)


def is_home_of_posts(root: PageElement, kind: PageKind) -> bool:
    """Whether a page shows whole posts of which each has an address of its own, and says that it is a home page."""
    body = next((each for each in root.walk() if each.tag == "body"), root)
    if kind.is_article or kind.is_letter or kind.is_live or not (kind.is_index or kind.is_front or body.names & _HOME):
        return False
    rows = (
        row
        for row in _rows(root, _FEWEST_AT_HOME)
        if not any(_begins(words_in(kind.title), _heading(each)) for each in row)
    )
    return any(all(map(leads_elsewhere, row)) for row in rows)


def _rows(root: PageElement, fewest: int) -> Iterator[list[PageElement]]:
    """Give the children that are whole posts, where one element has several."""
    for around in root.walk():
        if len(around.children) < fewest or around.names & _LIVE:
            continue
        row = [each for each in around.children if each.tag == "article" or each.names & _POSTS]
        row = [each for each in row if each.is_block and _prose(each) >= _POST_WORDS and _heading(each)]
        if len(row) >= fewest:
            yield row


def _prose(post: PageElement) -> int:
    parts = (each for each in post.walk() if len(each.own_words) >= _PROSE_WORDS and each.tag not in HEADINGS)
    return sum(len(each.own_words) for each in parts)


def _heading(post: PageElement) -> list[str]:
    return next((each.own_words for each in post.walk() if each.tag in HEADINGS and each.own_words), [])


def _begins(title: list[str], heading: list[str]) -> bool:
    return len(heading) >= _TITLE_WORDS and title[: len(heading)] == heading
