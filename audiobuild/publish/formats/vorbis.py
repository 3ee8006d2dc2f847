"""The comments of FLAC and Ogg Opus files: an episode's tag as names with texts, and back (layer 3).

    TITLE=Tides, ARTIST=..., CHAPTER000=00:00:00.000, CHAPTER000NAME=Start, CHAPTER000URL=https://example.org/

A chapter ends where the next one starts, and the last one with the sound.

Source: Xiph.Org, "Ogg Vorbis I format specification: comment field", and its Chapter Extension.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from audiobuild.publish.episodes.episode_tag import ChapterTag, EpisodeTag, read_date

MOST_CHAPTERS = 1000
"""A chapter's number has three digits."""

_CHAPTER = re.compile(r"CHAPTER(\d{3})", re.IGNORECASE)
_TIME = re.compile(r"(\d+):(\d{1,2}):(\d{1,2})\.(\d{3})")


def comments_of(tag: EpisodeTag) -> list[tuple[str, str]]:
    """Write a tag as comments, without its cover; of more chapters than 1000 the first 1000.

    DESCRIPTION is the specification's name for what others call a comment.
    """
    texts = [
        ("TITLE", tag.title),
        ("ARTIST", tag.artist),
        ("ALBUM", tag.album),
        ("GENRE", tag.genre),
        ("DATE", tag.published.isoformat() if tag.published else ""),
        ("DESCRIPTION", tag.comment),
        ("URL", tag.url),
    ]
    for number, chapter in enumerate(tag.chapters[:MOST_CHAPTERS]):
        name = f"CHAPTER{number:03}"
        texts += [(name, _clock(chapter.start_ms)), (f"{name}NAME", chapter.title), (f"{name}URL", chapter.url)]
    return [(name, text) for name, text in texts if text or name.endswith("NAME")]


def tag_of(comments: Iterable[tuple[str, str]], duration_ms: int) -> EpisodeTag:
    """Read a tag from comments; of several with one name the first counts.

    Args:
        comments: names, in capitals or not, and texts.
        duration_ms: length of the sound, with which the last chapter ends.
    """
    said: dict[str, str] = {}
    for name, text in comments:
        said.setdefault(name.upper(), text)
    return EpisodeTag(
        title=said.get("TITLE", ""),
        artist=said.get("ARTIST", ""),
        album=said.get("ALBUM", ""),
        genre=said.get("GENRE", ""),
        comment=said.get("DESCRIPTION", said.get("COMMENT", "")),
        chapters=_chapters(said, duration_ms),
        published=read_date(said.get("DATE", "")),
        url=said.get("URL", ""),
    )


def _chapters(said: Mapping[str, str], duration_ms: int) -> tuple[ChapterTag, ...]:
    times = ((name, _TIME.fullmatch(text)) for name, text in said.items() if _CHAPTER.fullmatch(name))
    starts = sorted((_milliseconds(*time.groups()), name) for name, time in times if time)
    ends = [start for start, _ in starts[1:]] + [duration_ms]
    return tuple(
        ChapterTag(start, end, said.get(f"{name}NAME", ""), said.get(f"{name}URL", ""))
        for (start, name), end in zip(starts, ends, strict=False)
    )


def _clock(time_ms: int) -> str:
    """A time as HH:MM:SS.mmm."""
    seconds, ms = divmod(time_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{ms:03}"


def _milliseconds(hours: str, minutes: str, seconds: str, ms: str) -> int:
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(ms)
