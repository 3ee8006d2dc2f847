"""Boxes among the paragraphs of an article (layer 1, pure): what is quoted, advice, sentences that are set large."""

from __future__ import annotations

import itertools

from audiobuild.sources.html.html_elements import HEADINGS
from audiobuild.sources.web_pages.page_furniture import name_of_furniture
from audiobuild.sources.web_pages.page_tree import PageElement, claim, word_runs

SET_LARGE = "a sentence of the article set large is not read again"
_LINKED = 0.3
_TOLD = 0.6
"""Of the runs of words in what is called a sentence set large, so many have to stand in the text."""
_ADVICE = frozenset("callout callouts admonition tip hint warning caution important advice takeaway factbox".split())
"""What a box is called that its author set apart, and means to be read."""
_SPEAKERS = frozenset("speaker attributed questioner interviewer interviewee".split())
"""What the line is called that says who says the next words."""
_SPEAKER_DEPTH = 3
_QUOTED = frozenset("quote quotes quotation pq blockquote".split())
"""What a sentence is called that is set large, or one that is quoted."""
_SAYS = frozenset({"footer", "cite", "figcaption"})
"""What says whose words a quotation is."""
_CONTROLS = frozenset("form input button select label nav".split())
_ASIDE_WORDS = 12
_SET_LARGE_WORDS = range(4, 41)


def claim_quotations(root: PageElement) -> None:
    """Count what is quoted, and boxes of advice, as claimed beside claimed words, where they are not made of links."""
    for element in root.walk():
        around = element.parent
        if element.names & _SPEAKERS and not element.claimed_words and _is_beside_claimed(element):
            _claim_all(element)  # who speaks, though the name leads to more about them
        if not around or not around.claimed_words or element.claimed_words:
            continue
        is_quoted = element.tag == "blockquote" or bool(element.names & _ADVICE) or _is_aside(element, around)
        if is_quoted and element.linked_words <= _LINKED * element.words and not name_of_furniture(element):
            _claim_all(element)


def _claim_all(element: PageElement) -> None:
    for each in element.walk():
        if each.own_words and each.tag != "figcaption":
            claim(each)


def _is_beside_claimed(element: PageElement) -> bool:
    """Whether what stands closely around an element is claimed."""
    around: PageElement | None = element
    for _ in range(_SPEAKER_DEPTH):
        around = around.parent if around else None
    return around is not None and around.claimed_words > 0


def _is_aside(element: PageElement, around: PageElement) -> bool:
    """Whether an aside of whole sentences stands between two paragraphs of the article."""
    if element.tag != "aside" or not any(len(each.own_words) >= _ASIDE_WORDS for each in element.walk()):
        return False
    place = around.children.index(element)
    beside = [*around.children[max(0, place - 1) : place], *around.children[place + 1 : place + 2]]
    is_between = len(beside) == 2 and all(each.claimed_words for each in beside)
    return is_between and not any(each.tag in _CONTROLS or name_of_furniture(each) for each in element.walk())


def find_set_large(body: PageElement) -> frozenset[PageElement]:
    """Find sentences of the article that are set large among its paragraphs, by their names or by their words."""
    named = [each for each in body.walk() if name_of_furniture(each) == SET_LARGE]
    quoted = [each for each in body.walk() if _is_quotation(each) and each.words in _SET_LARGE_WORDS]
    inside = {each for box in (*named, *quoted) for each in box.walk()}
    outside = [each for each in body.walk() if each not in inside and each.tag not in HEADINGS] if inside else []
    told = {run for each in outside for run in word_runs(each.own_words)}
    text = "\n".join(f" {' '.join(each.own_words)} " for each in outside) if quoted else ""
    repeated = (each for each in quoted if word_runs(said := _words(each)) <= told and f" {' '.join(said)} " in text)
    return frozenset(itertools.chain((each for each in named if _is_told(each, told)), repeated))


def _is_quotation(element: PageElement) -> bool:
    is_called_so = element.is_block and element.tag not in HEADINGS and bool(element.names & _QUOTED)
    return element.tag in ("blockquote", "aside") or is_called_so


def _is_told(element: PageElement, told: set[tuple[str, ...]]) -> bool:
    """Whether what is called set large stands in the text as well; an author may quote what is nowhere else."""
    runs = [run for each in element.walk() for run in word_runs(each.own_words)]
    return sum(run in told for run in runs) >= _TOLD * len(runs)


def _words(element: PageElement) -> list[str]:
    """Give what a quotation says, without whose words it is."""
    sayers = {part for each in element.walk() if each.tag in _SAYS for part in each.walk()}
    words: list[str] = []
    for each in element.walk():
        last = each.children[-1] if each.children else each
        said = len(each.own_words) - (last.words if last.tag == "cite" else 0)
        words += each.own_words[:said] if each not in sayers else []
    return words
