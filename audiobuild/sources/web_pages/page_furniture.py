"""What parts of a web page are called that are not its article (layer 1, pure): the table beside this module."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from audiobuild.sources.html.html_elements import HEADINGS
from audiobuild.sources.web_pages.page_tree import PageElement

WAY = "the way about a site is not read"
COMMENTED = "readers' comments are not read"
TEASED = "what leads to other articles is not read"
_TEASERS = frozenset({"teaser", "teasers"})
_OF_HEADINGS = frozenset({WAY, "what an article is filed under is not read"})
"""What headings are called for what they have, not for what they are: "header-anchor", "edTag"."""
_NEVER = frozenset("body html main article".split())
_FORM, _OF_FORM = frozenset({"form"}), frozenset({"long", "short", "free"})
"""A "long-form" is an article."""
_TABS, _TAB_WORDS = "tabs", 12
"""What is called so holds the names of tabs where it has so few words, and else what stands under them."""


def name_of_furniture(element: PageElement) -> str:
    """Say why an element is not read, by what it is called; empty where its names say nothing of the kind."""
    if not element.names or element.tag in _NEVER:
        return ""
    table = _furniture()
    names = element.names - _FORM if element.names & _OF_FORM else element.names
    told = next((table[name] for name in sorted(names) if name in table), "")
    told = told or next((reason for names, reason in _furniture_of_two() if names <= element.names), "")
    if _TABS in element.names and element.words <= _TAB_WORDS:
        return WAY
    if element.names & _TEASERS and not any(each.is_link for each in element.walk()):
        return ""  # it leads nowhere: the part of an article before its wall
    return "" if element.tag in HEADINGS and told in _OF_HEADINGS else told


@cache
def _furniture() -> Mapping[str, str]:
    text = files("audiobuild.sources.web_pages").joinpath("page_furniture.tsv").read_text(encoding="utf-8")
    rows = csv.reader(itertools.islice(text.splitlines(), 1, None), delimiter="\t")
    return {row[0]: row[1] for row in rows}


@cache
def _furniture_of_two() -> Sequence[tuple[frozenset[str], str]]:
    """Give what an element is called by two words of which each alone says nothing."""
    return tuple((frozenset(name.split()), reason) for name, reason in _furniture().items() if " " in name)
