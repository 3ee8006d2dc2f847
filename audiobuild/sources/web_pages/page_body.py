"""Which parts of a web page are its article, and why the others are not (layer 1, pure).

Two opinions are heard: where the page's own structure has most of its prose, and which words somebody else takes for
the article's. The element that holds the body is found by them; what in it goes by a name of furniture, is made of
links, or is taken by nobody for a part of the article, is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from audiobuild.sources.html.html_elements import HEADINGS
from audiobuild.sources.web_pages.page_boxes import (
    LEAVES,
    is_advertised,
    is_box_of_links,
    is_caption,
    is_contents,
    is_labelled_links,
    is_list_of_facts,
    is_row_of_links,
)
from audiobuild.sources.web_pages.page_edges import find_lines_above, find_links_above, find_titles_below
from audiobuild.sources.web_pages.page_entries import (
    claim_entries,
    claim_sections,
    find_answers,
    find_signatures,
    find_summary,
)
from audiobuild.sources.web_pages.page_furniture import COMMENTED, TEASED, WAY, name_of_furniture
from audiobuild.sources.web_pages.page_holder import find_holder
from audiobuild.sources.web_pages.page_kind import PageKind
from audiobuild.sources.web_pages.page_posts import find_other_posts
from audiobuild.sources.web_pages.page_quotations import SET_LARGE, claim_quotations, find_set_large
from audiobuild.sources.web_pages.page_teasers import disclaim_teasers, find_lone_teasers, leads_elsewhere
from audiobuild.sources.web_pages.page_tree import RUN_WORDS, PageElement, block_around, disclaim, word_runs, words_in

_CLAIMED = 0.6
"""Of a paragraph's runs of words, so many have to be in somebody's article."""
_LINKED = 0.6
"""What has more of its words in links is made of links."""
_SMALL = 0.4
"""Furniture has less of the body's words."""
_PARAGRAPH_WORDS, _ALIKE = 12, 3
_OUTSIDE = "what stands around an article is not read"
_UNCLAIMED = "it is not taken for a part of the article"
_RUNNING = "running heads and page numbers are not read"
_CONTROL = "a control is not read"
_OTHER = "another article of the site is not read"
_TIME = "who wrote it, and when, is told and not read"
_ADVERTISED = "an advertisement is not read"
_CAPTION = "a caption is not read"
_FACTS = "a list of facts is not read"
_DOUBTFUL = frozenset(
    {WAY, _CONTROL, _ADVERTISED, "an invitation to subscribe is not read", "what asks to share a page is not read"}
)
"""What may be said of a text by mistake, whose paragraphs are called for where they stand, such as behind a wall."""
_BUTTON_WORDS = 6
_BUTTONS = frozenset("cta btn button".split())
_SMALL_HEADINGS = HEADINGS - {"h1", "h2"}
_BOX = 0.2
"""How much of the body's words a small box has, at most."""
_TIME_WORDS = 4
"""Of what stands beside a time on its line, at most."""
_TAGS: Mapping[str, str] = {
    "nav": WAY,
    "form": _CONTROL,
    "dialog": "what stands around an article is not read",
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A stretch of a page that is not the article's."""

    start: int
    """In the text of the page, in characters, like the end."""
    end: int
    reason: str
    is_block: bool


def find_left_out(root: PageElement, claimed: Iterable[str], kind: PageKind) -> tuple[LeftOut, ...]:
    """Find what of a page is not its article, in the order of the page; no two stretches overlap.

    Args:
        root: the page.
        claimed: the paragraphs of what somebody else takes for the article.
        kind: what it says that it is.
    """
    _count_claimed(root, tuple(claimed))
    for each in [each for each in root.walk() if name_of_furniture(each) == COMMENTED]:
        if each.words < _SMALL * root.words:
            disclaim(each)
    known = dict.fromkeys(disclaim_teasers(root, kind) | find_lone_teasers(root, kind), TEASED)
    known |= dict.fromkeys(find_signatures(root), _TIME) | dict.fromkeys(find_answers(root), COMMENTED)
    others = find_other_posts(root, kind)
    for post in others:
        disclaim(post)
    known |= dict.fromkeys(others, _OTHER)
    known |= dict.fromkeys(claim_entries(root, is_live=kind.is_live), _TIME)
    claim_sections(root)
    claim_quotations(root)
    body = find_holder(root, known)
    found: list[LeftOut] = []
    end = 0
    parts = [body, *filter(None, [find_summary(root, body)]), *find_lines_above(root, body)]
    for part in sorted(parts, key=lambda each: each.start):
        if part.start < end or part in known:
            continue
        found += (*_outside(end, part.start, known), *_inside(part, known, is_letter=kind.is_letter))
        end = part.end
    return (*found, *_outside(end, root.end, known))


def _outside(start: int, end: int, known: Mapping[PageElement, str]) -> Iterator[LeftOut]:
    """Give a stretch that is not the article's, in parts where of some there is more to say."""
    for element in sorted(known, key=lambda each: each.start):
        if start <= element.start and element.end <= end:
            yield from [LeftOut(start, element.start, _OUTSIDE, True)] if start < element.start else []
            yield LeftOut(element.start, element.end, known[element], True)
            start = element.end
    yield from [LeftOut(start, end, _OUTSIDE, True)] if start < end else []


def _count_claimed(root: PageElement, claimed: tuple[str, ...]) -> None:
    """Count each element's claimed words."""
    if not claimed:
        return
    texts = [tuple(words_in(text)) for text in claimed]
    short = {text for text in texts if len(text) < RUN_WORDS}
    grams = {gram for text in texts for gram in word_runs(text)}
    for element in reversed(list(root.walk())):
        own = tuple(element.own_words)
        found = word_runs(own) if len(own) >= RUN_WORDS else set()
        is_claimed = own in short if len(own) < RUN_WORDS else bool(found & grams)
        if is_claimed and len(own) >= RUN_WORDS:
            is_claimed = len(found & grams) >= _CLAIMED * len(found)
        element.claimed_words += len(own) * is_claimed
        if element.parent:
            element.parent.claimed_words += element.claimed_words


def find_furniture(root: PageElement) -> tuple[LeftOut, ...]:
    """Find what of a page is not its article, where all of it is said to be: what goes by a name of furniture."""
    return tuple(_inside(root, dict.fromkeys(find_answers(root), COMMENTED)))


def _inside(body: PageElement, known: Mapping[PageElement, str], *, is_letter: bool = False) -> list[LeftOut]:
    bounds = _claimed_bounds(body)
    set_large = find_set_large(body)
    found: list[LeftOut] = []
    lines: list[PageElement] = []
    waiting = list(reversed(body.children))
    while waiting:
        element = waiting.pop()
        reason = known.get(element) or _reason(element, body, bounds)
        if element in set_large or reason == SET_LARGE:
            reason = SET_LARGE if element in set_large else ""
        if reason == TEASED or (element.own_words and not reason):
            lines.append(element)
        if reason:
            found.append(LeftOut(element.start, element.end, reason, element.is_block))
        else:
            waiting += reversed(element.children)
    at_edges = dict.fromkeys(find_titles_below(lines), TEASED) | dict.fromkeys(find_links_above(lines), WAY)
    edges = [LeftOut(each.start, each.end, why, True) for each, why in at_edges.items() if not is_letter]
    return list(_outermost(sorted((*edges, *found), key=lambda each: (each.start, -each.end))))


def _outermost(found: Iterable[LeftOut]) -> Iterator[LeftOut]:
    """Give stretches that are in no other; they stand in order."""
    end = -1
    for each in found:
        if each.end > end:
            yield each
            end = each.end


def _claimed_bounds(body: PageElement) -> tuple[int, int]:
    """Where in the body the first claimed words begin and the last ones end."""
    claimed = [each for each in body.walk() if each.claimed_words and each.own_words]
    return min((each.start for each in claimed), default=0), max((each.end for each in claimed), default=body.end)


def _reason(element: PageElement, body: PageElement, bounds: tuple[int, int]) -> str:
    """Why an element within the body is not the article's; empty where it is, or where its parts have to be asked."""
    if not element.words or element.tag == "a":
        return _CONTROL if element.words and _is_button(element) else ""
    is_small = element.words < _SMALL * body.words and 2 * element.claimed_words <= body.claimed_words
    if is_small and _is_head_of_document(element):
        return _RUNNING
    named = _TAGS.get(element.tag) or name_of_furniture(element) if is_small else ""
    if named and not (named in _DOUBTFUL and _is_text(element)):
        return named
    if element.tag == "time" and _is_alone(element):
        return _TIME
    if not element.is_block:
        return ""
    if element.words < _BOX * body.words and (boxed := _reason_of_box(element)):
        return boxed
    if element.tag == "table" and element.linked_words == element.words <= _BUTTON_WORDS:
        return _CONTROL  # as letters have it, whose readers know no buttons
    if element.own_words and is_row_of_links(element):
        return WAY
    if is_small and is_box_of_links(element):
        return TEASED
    is_linked = element.linked_words > _LINKED * element.words
    if _heads_claimed(element):
        return ""
    if is_linked and is_small and element.claimed_words < _CLAIMED * element.words:
        return TEASED
    if element.claimed_words or not body.claimed_words or not is_small:
        return ""
    is_leaf = element.tag in LEAVES or not any(child.is_block for child in element.children)
    between = bounds[0] <= element.start < bounds[1]
    if between and _heads_entry(element):
        return ""
    siblings = element.parent.claimed_words if element.parent else 0
    is_paragraph = element.words >= _PARAGRAPH_WORDS and not is_linked
    if is_leaf and siblings and (between or is_paragraph):
        return ""
    return "" if element.tag in HEADINGS and element.start < bounds[0] else _UNCLAIMED


def _is_text(element: PageElement) -> bool:
    """Whether what has a name of furniture is one of several paragraphs of a text, or a long passage within one."""
    around = element.parent
    if element.claimed_words < element.words or element.linked_words > _LINKED * element.words:
        return False
    if not element.is_block:
        return element.words >= _PARAGRAPH_WORDS
    if element.tag != "p" or around is None:
        return False
    if around.claimed_names is None:
        alike = (each for each in around.children if each.tag == "p" and each.claimed_words >= _PARAGRAPH_WORDS)
        around.claimed_names = Counter(each.names for each in alike)
    return around.claimed_names[element.names] >= _ALIKE


def _reason_of_box(element: PageElement) -> str:
    """Why a small box is not the article's; empty where it may be."""
    if is_advertised(element):
        return _ADVERTISED
    if is_contents(element):
        return WAY
    if is_labelled_links(element):
        return TEASED
    if is_caption(element):
        return _CAPTION
    return _FACTS if is_list_of_facts(element) else ""


def _is_button(link: PageElement) -> bool:
    """Whether a link is called a button, and no words stand beside it."""
    around = block_around(link)
    is_alone = around is not None and len(around.own_words) == link.words <= _BUTTON_WORDS
    return link.is_link and is_alone and bool(link.names & _BUTTONS)


def _is_alone(time: PageElement) -> bool:
    """Whether a time stands on a line of its own at the head or foot of an entry; in a chronicle it is told."""
    around = block_around(time)
    if around is None or len(around.own_words) > time.words + _TIME_WORDS:
        return False
    is_of_entry = any(each.tag in ("header", "footer") for each in (around, around.parent) if each)
    return is_of_entry or "ago" in time.own_words or "ago" in around.own_words


def _heads_entry(element: PageElement) -> bool:
    """Whether an element is the head of an entry, such as one of a live blog, or the heading in it."""
    return bool(_headings_of_entry(element))


def _heads_claimed(element: PageElement) -> bool:
    """Whether it is the head of an entry whose text is claimed, below the headline."""
    header = block_around(element) if element.tag in HEADINGS else element
    headings = _headings_of_entry(element)
    is_claimed = header is not None and header.parent is not None and header.parent.claimed_words > 0
    is_below = headings <= _SMALL_HEADINGS or ("h1" not in headings and not (header and leads_elsewhere(header)))
    return bool(headings) and is_claimed and is_below


def _headings_of_entry(element: PageElement) -> set[str]:
    header = block_around(element) if element.tag in HEADINGS else element
    if header is None or header.tag != "header":
        return set()
    return {each.tag for each in header.walk() if each.tag in HEADINGS and each.words}


def _is_head_of_document(element: PageElement) -> bool:
    """Whether an element is the running head or foot of one of Google's documents, of which it stands outside."""
    around = element.parent
    if element.tag != "div" or around is None or around.tag != "body" or not {"doc", "content"} <= around.names:
        return False
    return not any(each.names & {"ftnt", "cmnt"} for each in element.walk())
