"""Chapters to the JSON that feeds and players read (layer 3).

Source: "JSON Chapters Format" of the podcast namespace, version 1.2.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from audiobuild.model.addresses import file_address, web_address
from audiobuild.model.plain_text import plain_line
from audiobuild.publish.episodes.manifest import ChapterEntry

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
    about = {"title": plain_line(title), "podcastName": plain_line(podcast), "fileName": file}
    told: dict[str, Any] = {"version": VERSION, **{key: value for key, value in about.items() if value}}
    told["chapters"] = [_chapter(number, chapter, base_url) for number, chapter in enumerate(chapters, 1)]
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _chapter(number: int, chapter: ChapterEntry, base_url: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "startTime": chapter.start_ms / 1000,
        "endTime": chapter.end_ms / 1000,
        "title": plain_line(chapter.title) or f"Chapter {number}",
    }
    folder, url = web_address(base_url), web_address(chapter.url)
    if chapter.image and folder:
        told["img"] = file_address(f"{folder.rstrip('/')}/", chapter.image)
    return {**told, "url": url} if url else told
