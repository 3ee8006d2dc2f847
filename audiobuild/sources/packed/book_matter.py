"""The parts of a book that are no part of its run: which they are, and why they are not read (layer 1, pure)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_COVER = "a cover is not read"
TITLE_PAGE = "title and author are told by the episode itself"
"""Why a title page is not read."""
_PUBLISHER = "what a publisher says of a book is not read"
_CONTENTS = "a table of contents is not read"
_NOTES = "notes are not read"
_LISTS = "an index or a list of sources is not read"
_OTHERS = "what advertises other books is not read"

MATTER: Mapping[str, str] = {
    "cover": _COVER,
    "titlepage": TITLE_PAGE,
    "title-page": TITLE_PAGE,
    "halftitlepage": TITLE_PAGE,
    "halftitle": TITLE_PAGE,
    "copyright-page": _PUBLISHER,
    "copyright": _PUBLISHER,
    "imprint": _PUBLISHER,
    "imprimatur": _PUBLISHER,
    "colophon": _PUBLISHER,
    "uncopyright": _PUBLISHER,
    "se:uncopyright": _PUBLISHER,
    "toc": _CONTENTS,
    "landmarks": _CONTENTS,
    "loi": _CONTENTS,
    "lot": _CONTENTS,
    "loa": _CONTENTS,
    "lov": _CONTENTS,
    "page-list": _CONTENTS,
    "footnotes": _NOTES,
    "endnotes": _NOTES,
    "rearnotes": _NOTES,
    "notes": _NOTES,
    "index": _LISTS,
    "bibliography": _LISTS,
    "other-credits": _PUBLISHER,
    "aside": "what stands beside the book's run is not read",
}
"""By the types of EPUB, and those of its guides."""
_NAMES = (
    (r"cover(?: page| image)?|front cover|back cover", _COVER),
    (r"(?:half[- ]?)?title[- ]?page|half[- ]title", TITLE_PAGE),
    (r"(?:un)?copyright(?: page| notice| information)?|imprint|colophon|legal notice|licen[cs]e", _PUBLISHER),
    (r"the full project gutenberg.* licen[cs]e|\*+ ?(?:start|end) of th.* project gutenberg.*", _PUBLISHER),
    (r"(?:table of )?contents|list of (?:illustrations|figures|tables|maps|plates)|illustrations", _CONTENTS),
    (r"(?:foot|end)?notes", _NOTES),
    (r"index|(?:select )?bibliography|works cited|references|further reading", _LISTS),
    (r"(?:also|other (?:books|works|titles)|more (?:books|from)) by .*|about the (?:author|publisher).*", _OTHERS),
    (r"advertisements?|praise for .*|newsletter.*", _OTHERS),
)


def reason_by_types(types: Iterable[str]) -> str:
    """Why what EPUB calls by such types is not read; empty where it is."""
    return next((MATTER[each] for each in types if each in MATTER), "")


def reason_by_title(title: str) -> str:
    """Why what has such a title is not read; empty where it is.

    >>> reason_by_title("Table of Contents"), reason_by_title("The Contents of the Box")
    ('a table of contents is not read', '')
    """
    plain = " ".join(title.lower().split()).strip(" .:*")
    return next((reason for pattern, reason in _NAMES if re.fullmatch(pattern, plain)), "")
