"""What an episode is called and what is said of it: file name, title, tag, cover (layer 3)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from audiobuild.config import Show
from audiobuild.model import Edition, Timeline, ms_of
from audiobuild.publish.cover import MIME, draw_cover, shape_cover
from audiobuild.publish.facts import ChapterTag, EpisodeTag
from audiobuild.publish.manifest import ChapterEntry

_MOST_NAME_CHARS = 80
_RESERVED = re.compile(r"index|player|sw|icon|feed(?:-.*)?|con|prn|aux|nul|com\d|lpt\d")
"""Names that the folder's own files have, and those that Windows keeps for itself."""
_JOINERS = "\u200c\u200d"
"""Without them some scripts, and many emoji, fall apart."""


def file_name(edition: Edition) -> str:
    """ASCII words with hyphens between, and the date where it is an issue or a part of one; without ending."""
    title = edition.articles[0].title if len(edition.articles) == 1 else edition.title
    plain = unicodedata.normalize("NFKD", f"{title} {edition.part}")
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain.encode("ascii", "ignore").decode().lower()))
    name = "-".join(words)[:_MOST_NAME_CHARS].rstrip("-") or "episode"
    name = f"{name}-episode" if _RESERVED.fullmatch(name) else name
    return f"{name}-{edition.published}" if edition.is_issue and edition.published else name


def identity_of(edition: Edition, show: Show) -> str:
    """Say what makes it the same when it is built again: the show, and the issue's date or the article's file."""
    show_title = show.title or edition.title
    date = str(edition.published) if edition.is_issue else ""
    if len(edition.articles) > 1:
        return "|".join((show_title, date, edition.part))
    source = Path(edition.articles[0].source)
    return "|".join((show.title, date, source.absolute().parent.name, source.name))


def chapters_of(timeline: Timeline) -> tuple[ChapterEntry, ...]:
    """Tell the chapters as listeners see them."""
    return tuple(
        ChapterEntry(
            title=_clean(chapter.section.title),
            start_ms=ms_of(chapter.start_frame),
            end_ms=ms_of(chapter.end_frame),
            rubric=_clean(chapter.section.rubric),
            section=_clean(chapter.section.department),
        )
        for chapter in timeline.chapters
    )


def describe(edition: Edition, show: Show, home: Path, timeline: Timeline) -> EpisodeTag:
    """Say what a listener's program shows.

    Args:
        home: the folder that the show's own files are relative to.

    Raises:
        SoundError: the cover is no picture.
    """
    articles = edition.articles
    album = show.title or edition.title
    contents = "; ".join(article.title for article in articles)
    rubric = articles[0].rubric if len(articles) == 1 else ""
    chapters = (
        ChapterTag(ms_of(chapter.start_frame), ms_of(chapter.end_frame), _clean(chapter.section.title))
        for chapter in timeline.chapters
    )
    return EpisodeTag(
        title=_clean(_title(edition)),
        artist=_clean(show.author or album),
        album=_clean(album),
        genre=_clean(show.genre),
        comment=_clean(rubric or show.description or contents),
        chapters=tuple(chapters),
        published=edition.published,
        url=show.link,
        cover=_cover(edition, show, home),
        cover_mime=MIME,
    )


def _title(edition: Edition) -> str:
    if len(edition.articles) == 1:
        return edition.articles[0].title
    title = f"{edition.title}, {_day(edition)}" if edition.published else edition.title
    return f"{title}: {edition.part}" if edition.part else title


def _day(edition: Edition) -> str:
    date = edition.published
    return f"{date.day} {date:%B %Y}" if date else ""


def _clean(text: str) -> str:
    """Text as tags hold it: composed, on one line, without control characters and marks that turn its direction."""
    composed = unicodedata.normalize("NFC", text)
    kinds = ((char, unicodedata.category(char)) for char in composed)
    kept = (char if kind[0] != "C" or char in _JOINERS else "" if kind == "Cf" else " " for char, kind in kinds)
    return " ".join("".join(kept).split())


def _cover(edition: Edition, show: Show, home: Path) -> bytes:
    """The show's cover, or a single article's own picture where it is there, or a drawn one."""
    if show.cover:
        return shape_cover(home / show.cover)
    article = edition.articles[0] if len(edition.articles) == 1 else None
    if article and article.image and _is_own(article.image, (home, Path(article.source).parent)):
        return shape_cover(article.image)
    return draw_cover(show.title or _title(edition), _day(edition), show.accent)


def _is_own(image: Path, folders: Iterable[Path]) -> bool:
    """Say whether a picture is there, and lies with the articles: what an article names is published."""
    try:
        place = image.resolve(strict=True)
        return place.is_file() and any(place.is_relative_to(folder.resolve()) for folder in folders)
    except (OSError, ValueError):  # not there, or no name that a file can have
        return False
