"""Why a web page is no article: what it is instead, and what to do (layer 1, pure)."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

from audiobuild.errors import SourceError
from audiobuild.sources.html.html_tags import HtmlPartKind, cut_html

_FEWEST_WORDS = 40
"""A page with fewer words of prose has hardly a body."""
_FEWEST_OF_ARTICLE = 10
"""The same of a file that marks an article as one; what stands there while a page is put together has fewer."""
_MOST_WORDS = 150
"""A page with more is an article, whatever it is called."""
_LONGEST_HEAD = 20_000
"""Of a page, in which it says where else to look."""
_TITLE = re.compile(r"<title\b[^>]*>([^<]{0,300})", re.IGNORECASE)
_PASSWORD = re.compile(r"""<input\b[^<>]{0,300}\btype\s*=\s*["']?password""", re.IGNORECASE)
_LOCKED = re.compile(
    r"""["']isAccessibleForFree["']\s*:\s*["']?false|\bcontent_tier["']?\s[^<>]{0,20}content\s*=\s*["']?(?:locked|metered)""",
    re.IGNORECASE,
)
"""How a page tells search engines that its article is for subscribers."""
_SAVE = "Open it in a browser, save the page, and build the file."
_OTHERS = (
    (
        re.compile(r"(?:error:? )?4(?:04|10)\b.{0,60}|.{0,40}\bnot found\b.{0,60}|.{0,60}\b404\b", re.IGNORECASE),
        "this page says that there is nothing at its address",
        "Check the address.",
    ),
    (
        re.compile(r"(?:log|sign)[ -]?in\b.{0,60}|(?:subscribe|register) to (?:continue|read)\b.{0,60}", re.IGNORECASE),
        "this page asks to log in",
        f"Log in with a browser. {_SAVE}",
    ),
    (
        re.compile(
            r"before you continue.{0,60}|.{0,40}\bcookie consent.{0,60}|(?:your )?privacy (?:choices|settings)", re.I
        ),
        "this page asks for consent before it shows its article",
        _SAVE,
    ),
    (
        re.compile(
            r"just a moment.{0,60}|attention required.{0,60}|access denied.{0,60}|.{0,30}\b(?:robot|captcha)\b.{0,30}",
            re.IGNORECASE,
        ),
        "this page asks whether a person reads it",
        _SAVE,
    ),
)
"""What the titles of pages say that stand in the place of an article."""


def refuse_page(text: str, source: str, url: str = "", *, words: int, teased: int = 0, is_marked: bool = False) -> None:
    """Refuse a page that holds no article.

    Args:
        text: the page.
        source: its path or its address, for the error.
        url: the address that it was fetched from; empty for a file.
        words: how many words of prose were found in it.
        teased: how many more there are that only lead to other articles.
        is_marked: whether one element of the page, and no other, is called an article.

    Raises:
        SourceError: it holds none.
    """
    written = _TITLE.search(text)
    title = " ".join(html.unescape(written[1]).split()) if written else ""
    if words < _MOST_WORDS:
        for pattern, message, hint in _OTHERS:
            if pattern.fullmatch(title):
                raise SourceError(f"{message}: “{title[:60]}”", source, hint)
        if _PASSWORD.search(text):
            raise SourceError("this page asks to log in", source, f"Log in with a browser. {_SAVE}")
        if _LOCKED.search(text):
            message = f"this page has only the beginning of its article, {words} words: the rest is for subscribers"
            raise SourceError(message, source, f"Log in with a browser. {_SAVE}")
    if words >= _FEWEST_WORDS:
        return
    target, feed = _leads_to(text[:_LONGEST_HEAD], url)
    if target:
        raise SourceError("this page only leads on to another", source, f"Use the address {target}")
    named = f"It names a feed, whose entries can be built: {feed}" if feed else ""
    if teased > _FEWEST_WORDS:
        message = "there is no article on this page: it only leads to others"
        raise SourceError(message, source, named or "Build one of them, by its own address.")
    if is_marked and not url and words >= _FEWEST_OF_ARTICLE:
        return
    count = f"{words} words" if words else "no words"
    message = f"there is hardly a text on this page: {count} that belong to an article"
    hint = "Pages that a browser has to build first are seen empty here: save it from a browser, or copy its text."
    raise SourceError(message, source, named or hint)


def _leads_to(head: str, url: str) -> tuple[str, str]:
    """Find the page that a browser would go on to, and the feed that is named; each is empty for none."""
    target = feed = ""
    for part in cut_html(head):
        attributes = part.attributes
        if part.kind is not HtmlPartKind.START or part.tag not in ("meta", "link"):
            continue
        leads = re.search(r"url\s*=\s*[\"']?([^\"'\s;]{1,500})", attributes.get("content", ""), re.IGNORECASE)
        if attributes.get("http-equiv", "").lower() == "refresh" and leads:
            target = target or urljoin(url, leads[1])
        is_feed = re.fullmatch(r"application/(?:rss|atom)\+xml", attributes.get("type", ""), re.IGNORECASE)
        if "alternate" in attributes.get("rel", "").lower().split() and is_feed:
            feed = feed or urljoin(url, attributes.get("href", ""))
    return target, feed
