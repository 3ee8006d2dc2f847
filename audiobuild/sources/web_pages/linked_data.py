"""JSON-LD of a web page: what it says of the article (layer 1, pure).

Source: JSON-LD 1.1, and schema.org's types below CreativeWork.
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_MOST_CHARS, _MOST_OBJECTS = 300_000, 2_000
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|Opinion|Chapter)(?:NewsArticle)?$")
_SCRIPT = re.compile(r"\s*<script\b[^>]*>(.*?)(?:</script\s*>)?\s*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """What is said of the first article; each is empty for nothing."""

    authors: tuple[str, ...] = ()
    published: str = ""
    """As it is written."""
    images: tuple[str, ...] = ()


def find_linked_article(programs: Iterable[str]) -> LinkedArticle:
    """Find what script elements with JSON-LD say.

    >>> find_linked_article(['<script>{"@type": "BlogPosting", "author": [{"name": "Ada Holt"}]}</script>']).authors
    ('Ada Holt',)
    """
    objects = [each for program in programs for each in _objects(program)]
    article = next((each for each in objects if any(map(_ARTICLE.search, _texts(each.get("@type"))))), {})
    named = {str(each["@id"]): each for each in objects if each.get("@id") and ("name" in each or "url" in each)}
    return LinkedArticle(
        tuple(_called(article.get("author"), ("name",), named)),
        next(_texts(article.get("datePublished")), ""),
        tuple(_called(article.get("image"), ("url", "contentUrl"), named)),
    )


def _objects(program: str) -> Iterator[Mapping[str, Any]]:
    """Give all objects of a script, the outer ones first."""
    found = _SCRIPT.fullmatch(program[:_MOST_CHARS])
    written = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[)|(?:-->|//\]\]>)\s*$", "", found[1]) if found else ""
    try:
        waiting: deque[Any] = deque([json.loads(written, strict=False)])
    except (ValueError, RecursionError):
        return
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        value = waiting.popleft()
        if isinstance(value, dict):
            yield value
        waiting += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _texts(value: Any) -> Iterator[str]:
    """Give the texts that a value is, or lists."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str) and each.strip():
            yield html.unescape(each.strip())


def _called(value: Any, keys: Iterable[str], named: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Give what the things are called that a value is, or lists; some are only pointed to."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict):
            each = named.get(str(each.get("@id")), each) if not any(key in each for key in keys) else each
            yield from (text for key in keys for text in _texts(each.get(key)))
        else:
            yield from _texts(each)
