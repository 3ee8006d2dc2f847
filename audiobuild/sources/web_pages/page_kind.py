"""What a web page says that it is (layer 1, pure): of which site, made of posts, or a list of what others hold.

Sources: schema.org, LiveBlogPosting and the types below WebPage; the Open Graph protocol.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_LIVE = re.compile(r"\bLiveBlogPosting\b")
_INDEX = re.compile(
    r"""["']@type["']\s*:\s*["'](?:CollectionPage|SearchResultsPage)["']"""
    r"""|<meta\s[^<>]{0,100}\bog:type["']?\s[^<>]{0,50}content\s*=\s*["']?(?:website|blog)\b""",
    re.IGNORECASE,
)

_TITLE = re.compile(r"<title\b[^>]*>([^<]{0,1000})", re.IGNORECASE)
_ARTICLE = re.compile(
    r"""["']@type["']\s*:\s*\[?\s*["'](?:[A-Z][a-z]+)*(?:Article|Posting|Report|Review)["']"""
    r"""|<meta\s[^<>]{0,100}\bog:type["']?\s[^<>]{0,50}content\s*=\s*["']?article\b"""
)


@dataclass(frozen=True, slots=True)
class PageKind:
    """What a page is, as far as it says so."""

    host: str = ""
    """The name of its site; empty where that is not known."""
    is_live: bool = False
    """Whether it was written while things happened, one post after the other."""
    is_index: bool = False
    """Whether it is no article: a home page, a list, the results of a search. Many an article says so as well."""
    is_article: bool = False
    """Whether it says that it is one, and nothing else."""
    is_letter: bool = False
    """Whether it was sent to be read as it is."""
    is_front: bool = False
    """Whether its address is that of its site."""
    title: str = ""
    """What its window is called."""


def find_page_kind(text: str, address: str, *, is_letter: bool = False) -> PageKind:
    """Find what a page says of its kind.

    Args:
        text: the page.
        address: its own; empty where it is not known.
        is_letter: whether it was sent to somebody.
    """
    is_index = not is_letter and bool(_INDEX.search(text))
    is_article = not is_index and bool(_ARTICLE.search(text))
    place = urlsplit(address)
    return PageKind(
        place.netloc,
        bool(_LIVE.search(text)),
        is_index,
        is_article,
        is_letter,
        is_front=bool(place.netloc) and place.path in ("", "/") and not place.query,
        title=title_of(text),
    )


def title_of(text: str) -> str:
    """Give the title of a page as it is written; empty where it has none."""
    written = _TITLE.search(text)
    return " ".join(html.unescape(written[1]).split()) if written else ""
