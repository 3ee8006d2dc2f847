"""Boxes of teasers on a web page (layer 1, pure): a row of headings that lead to other articles, each with a few words.

    <div><h3>This week</h3><div class="tile"><a href="/1"><h4>The lake</h4></a><p>It has won four cases.</p></div> ...

An article may have such a row in it as well, a list of the ten best inns: there prose stands in the same box, or the
links lead to other sites.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from urllib.parse import urlsplit

from audiobuild.sources.html.html_elements import HEADINGS
from audiobuild.sources.web_pages.page_kind import PageKind
from audiobuild.sources.web_pages.page_tree import PageElement, disclaim

_FEWEST = 3
_MOST_WORDS, _MOST_PARAGRAPHS = 150, 3
"""Of one teaser."""
_MOST_ELEMENTS = 200
"""In one; what has more is no teaser."""
_MOST_BARE_WORDS = 60
"""Of one without a heading; what somebody says is longer, behind a name that leads to who it is."""
_LONE_WORDS = range(4, 26)
"""Of a title that is a paragraph by itself."""
_LABEL_WORDS = 2
"""Beside it: "In Texas: ..."."""
_TITLE_WORDS = 3
"""Of a line that is the title of one although it is no heading, at least."""
_PROSE_WORDS = 12
_OTHER_PROSE, _MOST_OTHER_WORDS = 0.25, 40
"""How much prose stands in a box beside its teasers, against them and in words, at most."""
_INTRODUCTION, _INTRODUCTION_OF_ONE, _MOST_INTRODUCTION = 40, 12, 120
"""Words of prose on the rest of a page that may introduce what looks like teasers, in several boxes or one."""


def disclaim_teasers(root: PageElement, kind: PageKind) -> frozenset[PageElement]:
    """Find the boxes of teasers, and count nothing in them as claimed.

    Args:
        root: the page.
        kind: what it says that it is.
    """
    boxes: list[PageElement] = []
    count = 0
    waiting = [] if kind.is_letter else [root]  # a letter of teasers is what its reader asked for
    while waiting:
        element = waiting.pop()
        if teasers := _teasers_of(element, kind.host):
            count += 1
            boxes += teasers if _is_headed(element) else [element]
        else:
            waiting += element.children
    count_of = _prose_in if not root.claimed_words else lambda element: element.claimed_words
    teased = sum(map(count_of, boxes))
    rest = count_of(root) - teased
    least = 0 if kind.is_article else _INTRODUCTION if count > 1 else _INTRODUCTION_OF_ONE
    if least <= rest < max(_MOST_INTRODUCTION, teased / 2) and rest < teased and not kind.is_index:
        return frozenset()  # what looks like teasers is a list that an article introduces
    for box in boxes:
        disclaim(box)
    return frozenset(boxes)


def find_lone_teasers(root: PageElement, kind: PageKind) -> frozenset[PageElement]:
    """Find paragraphs that are nothing but a link to another article of the site, between two of prose.

    Nothing in them is counted as claimed.
    """
    found = [
        middle
        for around in (() if kind.is_letter else root.walk())
        for before, middle, after in zip(around.children, around.children[1:], around.children[2:], strict=False)
        if _is_lone_link(middle, kind.host) and all(each.tag == "p" and _is_prose(each) for each in (before, after))
    ]
    for each in found:
        disclaim(each)
    return frozenset(found)


def _is_lone_link(element: PageElement, host: str) -> bool:
    if element.tag != "p" or not element.linked_words:
        return False
    links = [each for each in element.walk() if each.is_link and each.words]
    if len(links) != 1 or links[0].words not in _LONE_WORDS:
        return False
    if element.words - links[0].words > _LABEL_WORDS:
        return False
    address = urlsplit(links[0].address)
    is_own = address.netloc.removeprefix("www.") == host.removeprefix("www.") if host and address.netloc else False
    return len(address.path) > 1 and (is_own or not (address.netloc or address.scheme))


def _prose_in(element: PageElement) -> int:
    return sum(len(each.own_words) for each in element.walk() if _is_prose(each))


def _is_headed(box: PageElement) -> bool:
    """Whether the headline of the page stands in a box."""
    return any(each.tag == "h1" and each.words for each in box.walk())


def _teasers_of(element: PageElement, host: str) -> list[PageElement]:
    """Give the teasers in an element where it is a box of them; hardly any other prose stands in it."""
    teasers = [child for child in element.children if child.is_block and _is_teaser(child)]
    leads = [_lead(each) for each in teasers]
    if len(set(leads)) < max(_FEWEST, len(leads) - 1) or not _is_one_site(leads, host):
        return []
    known = set(teasers)
    parts = [element, *(part for child in element.children if child not in known for part in child.walk())]
    other = sum(len(each.own_words) for each in parts if _is_prose(each))
    own = sum(each.words for each in teasers)
    return teasers if other <= _MOST_OTHER_WORDS and other <= _OTHER_PROSE * own else []


def _is_prose(element: PageElement) -> bool:
    return len(element.own_words) >= _PROSE_WORDS and 2 * element.linked_words < element.words


def _is_teaser(entry: PageElement) -> bool:
    if not _TITLE_WORDS <= entry.words <= _MOST_WORDS:
        return False
    parts = list(itertools.islice(entry.walk(), _MOST_ELEMENTS))
    is_headed = any(each.tag in HEADINGS and each.words for each in parts)
    most_words, most_paragraphs = (_MOST_WORDS, _MOST_PARAGRAPHS) if is_headed else (_MOST_BARE_WORDS, 1)
    is_short = entry.words <= most_words and 0 < sum(map(_is_prose, parts)) <= most_paragraphs
    return is_short and len(parts) < _MOST_ELEMENTS and bool(_lead(entry))


def _lead(entry: PageElement) -> str:
    """Give the address that the title of an entry leads to; empty where it leads nowhere, or to a place on a page."""
    headings = [each for each in entry.walk() if each.tag in HEADINGS and each.words]
    if len(headings) > 1:
        return ""
    lines = (each for each in entry.walk() if len(each.own_words) >= _TITLE_WORDS)
    titles = headings or [each for each in itertools.islice(lines, 1) if len(each.own_words) == each.linked_words]
    for title in titles:
        within = next((each for each in title.walk() if each.is_link and 2 * each.words >= title.words), None)
        around: PageElement | None = title
        while around and around is not entry.parent and not around.is_link:
            around = around.parent
        link = within or (around if around and around.is_link else None)
        return link.address if link and "#" not in link.address else ""
    return ""


def leads_elsewhere(entry: PageElement) -> bool:
    """Whether the title of an entry leads to another page."""
    return bool(_lead(entry))


def _is_one_site(addresses: Sequence[str], host: str) -> bool:
    hosts = {urlsplit(address).netloc.removeprefix("www.") for address in addresses}
    known = {"", host.removeprefix("www.")} if host else {""}
    return hosts <= known or (not host and len(hosts) == 1)
