"""Chapters to the JSON that feeds and players read (layer 3).

Source: "JSON Chapters Format" of the podcast namespace, version 1.2.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from audiobuild.publish.manifest import ChapterEntry
from audiobuild.publish.transcript import shown

MIME = "application/json+chapters"
VERSION = "1.2.0"


def render_chapters_json(
    chapters: Sequence[ChapterEntry], base_url: str = "", *, title: str = "", podcast: str = "", file: str = ""
) -> bytes:
    """Write chapters as JSON, times in seconds.

    Args:
        base_url: the address of the folder that holds the pictures; without one, or with one that no browser opens,
            the chapters have none.
        title: the episode's.
        podcast: the show's title.
        file: the name of the sound file.
    """
    about = {"title": shown(title), "podcastName": shown(podcast), "fileName": file}
    told: dict[str, Any] = {"version": VERSION, **{key: value for key, value in about.items() if value}}
    told["chapters"] = [_chapter(number, chapter, base_url) for number, chapter in enumerate(chapters, 1)]
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _chapter(number: int, chapter: ChapterEntry, base_url: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "startTime": chapter.start_ms / 1000,
        "endTime": chapter.end_ms / 1000,
        "title": shown(chapter.title) or f"Chapter {number}",
    }
    if chapter.image and is_web_address(base_url):
        told["img"] = f"{base_url.rstrip('/')}/{quote(chapter.image)}"
    if is_web_address(chapter.url):
        told["url"] = chapter.url
    return told


def is_web_address(url: str) -> bool:
    """Say whether an address is whole, and one that a browser opens as a page.

    >>> is_web_address("https://a.example/b"), is_web_address("javascript:alert(1)"), is_web_address("//a.example")
    (True, False, False)
    """
    if not url.isprintable() or any(char in ' "<>\\^`{|}' for char in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # of brackets that hold no IPv6 address
        return False
