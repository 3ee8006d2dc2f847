"""Entries that stand one below another on a page: posts of a live blog, of a forum, cards (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set

from audiobuild.sources.html.html_elements import HEADINGS
from audiobuild.sources.web_pages.page_furniture import name_of_furniture
from audiobuild.sources.web_pages.page_teasers import leads_elsewhere
from audiobuild.sources.web_pages.page_tree import PageElement, block_around, claim, disclaim

_FEWEST = 3
"""Of entries, before one is known by the others."""
_ENTRIES = frozenset("article li section div".split())
_CLOCKS = frozenset("time timestamp datetime".split())
"""What is called so says when an entry was written."""
_CLOCK = re.compile(
    r"(?:(?:updated|posted|published)(?: at)? )?\d{1,2}(?: \d\d(?: ?(?:am|pm|[ap] m))?| ?(?:am|pm|[ap] m))"
    r"(?: (?:gmt|utc|bst|cest|cet|[ecmp][sd]?t))?"
    r"|\d{1,2} ?(?:s|m|h|d|sec|mins?|hrs?|hours?|minutes?|days?) ago"
)
"""A time as words: "12 35 pm", "09 58 cet", "2h ago"."""
_LIVE = frozenset("live liveblog livefeed".split())
"""What a page calls the part of it that is made of posts."""
_POST_WORDS = 12
"""Of prose, in most posts of a live blog."""
_HEADS = frozenset("header footer figcaption".split())
_SIGNED = frozenset({"username", "bigusername", "postprofile"})
"""What a forum calls the place in a post that says who wrote it."""
_POSTS = frozenset({"post", "topic"})
"""What it calls the posts."""
_FEWEST_POSTS = 2
_NAME_WORDS = 4
_PARTS = frozenset("p li blockquote".split())
_SUMMARY_ITEMS, _SUMMARY_WORDS = range(2, 9), 5
"""Items in a list that tells an article in short, and words in each of them."""
_LINKED = 0.3
_BODIES = frozenset("body text content copy richtext prose paragraphs story".split())
"""What is called so is a part of a text."""
_NO_BODIES = frozenset("post comment comments item card teaser entry reply answer message".split())
"""What is called so as well is an entry of its own."""

_Path = tuple[str, ...]


def claim_entries(root: PageElement, *, is_live: bool = False) -> frozenset[PageElement]:
    """Count an entry as claimed where most others of its row are, in the parts that are claimed in those.

    In a row of posts all are claimed where one is: somebody who looks for one article takes the longest post for it.

    Args:
        root: the page.
        is_live: whether it says that it is made of posts.

    Returns:
        The lines in posts of a live blog that say when they were written.
    """
    times: set[PageElement] = set()
    timed = _holders(
        each for each in root.walk() if each.tag == "time" or each.names & _CLOCKS or (is_live and _has_clock(each))
    )
    headed = _holders(each for each in root.walk() if each.tag in HEADINGS)
    for around in root.walk():
        for row in _rows(around, timed, headed):
            claimed = [each for each in row if each.claimed_words]
            is_ours = is_live or any(_LIVE & each.names for each in _around(row[0]))
            if is_ours and _are_posts(row, headed, is_live=True):
                times.update(part for each in row for part in each.walk() if _is_clock(part))
            if len(claimed) == len(row):
                _claim_headings(row)
            elif 2 * len(claimed) >= len(row):
                paths = {path for each in claimed for path, leaf in _leaves(each) if _own_claimed(leaf)}
                _claim_leaves(row, paths.__contains__)
            elif (claimed or is_live) and _are_posts(row, headed, is_live=is_ours):
                _claim_leaves(row, lambda path: not _HEADS.intersection(path))
    return frozenset(times)


def claim_sections(root: PageElement) -> None:
    """Count a part of a text as claimed where another of the same name beside it is: many stand between pictures."""
    for around in root.walk():
        rows: dict[tuple[str, frozenset[str]], list[PageElement]] = {}
        for each in around.children:
            if each.names & _BODIES and not each.names & _NO_BODIES:
                rows.setdefault((each.tag, each.names), []).append(each)
        for row in rows.values():
            others = [each for each in row if not each.claimed_words and _is_section(each)]
            if len(others) == len(row) or any(map(name_of_furniture, _around(around))):
                continue
            for leaf in (leaf for each in others for path, leaf in _leaves(each)):
                if leaf.tag not in _HEADS and leaf.linked_words <= _LINKED * leaf.words:
                    claim(leaf)


def _is_section(element: PageElement) -> bool:
    is_prose = any(len(each.own_words) >= _POST_WORDS for each in element.walk() if each is not element)
    return (
        is_prose
        and not name_of_furniture(element)
        and element.linked_words <= _LINKED * element.words
        and not leads_elsewhere(element)
    )


def _claim_headings(row: Iterable[PageElement]) -> None:
    """Count the headings with which entries begin as claimed, though they lead elsewhere, as of the ten best inns."""
    for each in row:
        first = next((leaf for _, leaf in _leaves(each)), each)
        if first.tag in HEADINGS and not first.claimed_words:
            claim(first)


def _claim_leaves(row: Iterable[PageElement], is_meant: Callable[[_Path], bool]) -> None:
    for each in row:
        if not each.claimed_words:
            for path, leaf in _leaves(each):
                if is_meant(path):
                    claim(leaf)


def _are_posts(row: Sequence[PageElement], headed: Set[PageElement], *, is_live: bool) -> bool:
    """Whether entries are posts of a live blog: of prose, most with a heading, which leads to no other page."""
    prose = [each for each in row if each.words - each.linked_words >= _POST_WORDS]
    has_headings = sum(each in headed for each in row) * 2 >= len(row)
    is_elsewhere = any(name_of_furniture(each) for each in _around(row[0])) or any(map(leads_elsewhere, row))
    return len(prose) * 2 >= len(row) and (is_live or has_headings) and not is_elsewhere


def _is_clock(element: PageElement) -> bool:
    """Whether a line is no more than a time."""
    return element.words == len(element.own_words) and _has_clock(element)


def _has_clock(element: PageElement) -> bool:
    """Whether its own words are a time, whatever stands in it beside them."""
    return _CLOCK.fullmatch(" ".join(element.own_words)) is not None


def _around(element: PageElement) -> Iterator[PageElement]:
    around: PageElement | None = element
    while around:
        yield around
        around = around.parent


def _rows(around: PageElement, timed: Set[PageElement], headed: Set[PageElement]) -> Iterator[list[PageElement]]:
    """Give the children that are entries, those of a kind together.

    Each says when it was written, and shares a name with the others; or there is nothing but them, of one name, and
    each has a heading.
    """
    if len(around.children) < _FEWEST:
        return
    rows: dict[str, list[PageElement]] = {}
    for each in around.children:
        if each.tag in _ENTRIES and each.words:
            rows.setdefault(each.tag, []).append(each)
    count = sum(each.words > 0 for each in around.children)
    for row in rows.values():
        signed = [each for each in row if each in timed]
        if len(signed) >= _FEWEST and (_shared(signed) or not any(each.names for each in signed)):
            yield signed
        elif len(row) == count >= _FEWEST and all(each.names == row[0].names for each in row) and headed >= set(row):
            yield from [row] if row[0].names else []


def _shared(row: Iterable[PageElement]) -> frozenset[str]:
    """Give the names that all have: of those of a live blog one is "block", another "block key"."""
    return frozenset.intersection(*(each.names for each in row))


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


def find_answers(root: PageElement) -> frozenset[PageElement]:
    """Find the posts of a forum that answer the first, which is the article, and count what they say as not claimed.

    The posts behind it are the article's as well as long as they are by the same author.
    Where hardly anything is claimed but for the answers, or the first is laid out as a table, its longest part is.
    """
    signed = _holders(each for each in root.walk() if each.names & _SIGNED)
    posted = _holders(each for each in root.walk() if each.names & _POSTS)
    answers: set[PageElement] = set()
    for around in root.walk():
        row = [post for post in around.children if post.is_block and post in signed and post in posted]
        if len(row) < _FEWEST_POSTS or not answers.isdisjoint(_around(around)):
            continue
        author = _signed(row[0])
        own = next((place for place, post in enumerate(row) if place and _signed(post) != author), len(row))
        own = own if author else 1
        answers.update(row[own:])
        is_laid_out = any(each.tag == "table" and 2 * each.words > row[0].words for each in row[0].walk())
        for post in (*row[:is_laid_out], *row[own:]):
            disclaim(post)
        longest = max((leaf for _, leaf in _leaves(row[0])), key=lambda each: len(each.own_words), default=row[0])
        if not row[0].claimed_words and root.claimed_words < len(longest.own_words):
            for each in longest.parent.children if longest.parent and longest.tag in _PARTS else [longest]:
                claim(each)
        paths = {path for path, leaf in _leaves(row[0]) if _own_claimed(leaf)}
        _claim_leaves(row[1:own], paths.__contains__)
    return frozenset(answers)


def find_signatures(root: PageElement) -> frozenset[PageElement]:
    """Find the lines in posts of a forum that say no more than who wrote them."""
    parts = [each for each in root.walk() if each.names & _SIGNED and each.words <= _NAME_WORDS]
    posted = (each for each in parts if any(around.names & _POSTS for around in _around(each)))
    return frozenset(each for each in posted if each.is_block or _is_alone(each))


def _is_alone(part: PageElement) -> bool:
    """Whether no words stand beside what is in the middle of a line."""
    around = block_around(part)
    return around is not None and len(around.own_words) == part.words


def _signed(post: PageElement) -> list[str]:
    """Give the words that name who wrote a post; empty where they are not known."""
    part = next((part for part in post.walk() if part.names & _SIGNED), post)
    around = part if part.is_block else block_around(part)
    return next((each.own_words for each in (around.walk() if around else ()) if each.own_words), [])


def find_summary(root: PageElement, body: PageElement) -> PageElement | None:
    """Find the list between headline and text that tells the article in short: of sentences that lead nowhere."""
    is_below = False
    for element in root.walk():
        if element.start >= body.start:
            return None
        is_below = is_below or (element.tag == "h1" and element.words > 0)
        if is_below and element.tag in ("ul", "ol") and _is_summary(element) and not name_of_furniture(element):
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
