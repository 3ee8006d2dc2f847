"""What an episode is called and what is said of it: file name, title, tag (layer 3)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from audiobuild.config.show import EpisodeSettings, Show
from audiobuild.model.plain_text import plain_line
from audiobuild.model.values import Edition, Timeline, ms_of
from audiobuild.normalisation import load_language
from audiobuild.publish.episodes.episode_tag import ChapterTag, EpisodeTag
from audiobuild.publish.episodes.identity import Identity, Issue, identify
from audiobuild.publish.episodes.manifest import ChapterEntry

_MOST_NAME_CHARS = 80
_RESERVED = re.compile(r"index|player|embed|subscribe|sw|icon|feed(?:-.*)?|con|prn|aux|nul|com\d|lpt\d")
"""Names that the folder's own files have, and those that Windows keeps for itself."""


def file_name(edition: Edition) -> str:
    """ASCII words with hyphens between, and the date where it is an issue or a part of one; without ending."""
    title = edition.articles[0].title if len(edition.articles) == 1 else edition.title
    plain = unicodedata.normalize("NFKD", f"{title} {edition.part}")
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain.encode("ascii", "ignore").decode().lower()))
    name = "-".join(words)[:_MOST_NAME_CHARS].rstrip("-") or "episode"
    name = f"{name}-episode" if _RESERVED.fullmatch(name) else name
    return f"{name}-{edition.published}" if edition.is_issue and edition.published else name


def identity_of(edition: Edition, show: Show) -> Identity:
    """Say what an episode is known by: to the show, and by the issue or the article that it is."""
    name, said = show.id or show.title, show.episode
    if len(edition.articles) > 1:
        name = name or edition.title
    return identify(edition, name, Issue(said.id, said.number, said.season, edition.folder))


def former_identity_of(edition: Edition, show: Show) -> str:
    """Say what this episode was known by in former versions: the show, and the issue's date or the article's file."""
    date = str((edition.published if edition.is_issue else show.date) or "")
    name = show.id or show.title
    if len(edition.articles) > 1:
        return "|".join((name or edition.title, date, edition.part))
    source = Path(edition.articles[0].source)
    return "|".join((name, date, source.absolute().parent.name, source.name))


def chapters_of(timeline: Timeline) -> tuple[ChapterEntry, ...]:
    """Tell the chapters as listeners see them."""
    return tuple(
        ChapterEntry(
            title=_clean(chapter.section.title),
            start_ms=ms_of(chapter.start_frame),
            end_ms=ms_of(chapter.end_frame),
            rubric=_clean(chapter.section.rubric),
            section=_clean(chapter.section.department),
            url=chapter.section.url,
        )
        for chapter in timeline.chapters
    )


def describe(edition: Edition, show: Show, chapters: Iterable[ChapterEntry]) -> EpisodeTag:
    """Say what a listener's program shows, but for pictures."""
    articles = edition.articles
    said = show.episode if is_whole_issue(edition) else EpisodeSettings()
    album = show.title or edition.title
    contents = "; ".join(article.title for article in articles)
    rubric = articles[0].rubric if len(articles) == 1 else ""
    return EpisodeTag(
        title=_clean(said.title or title_of(edition, show.language)),
        artist=_clean(show.author or edition.author or album),
        album=_clean(album),
        genre=_clean(show.genre),
        comment=_clean(said.description or rubric or show.description or contents),
        chapters=tuple(ChapterTag(each.start_ms, each.end_ms, each.title, each.url) for each in chapters),
        published=edition.published,
        url=show.link,
        language=show.language,
    )


def is_whole_issue(edition: Edition) -> bool:
    """Say whether this is the issue, and no department or article of one that has several."""
    return not edition.part and (len(edition.articles) > 1 or not edition.is_issue)


def title_of(edition: Edition, language: str) -> str:
    """Name an episode: a single article by its headline, an issue by title and date."""
    if len(edition.articles) == 1:
        return edition.articles[0].title
    title = f"{edition.title}, {day_of(edition, language)}" if edition.published else edition.title
    return f"{title}: {edition.part}" if edition.part else title


def day_of(edition: Edition, language: str) -> str:
    """Write the date of an edition; nothing where it has none."""
    date = edition.published
    return load_language(language).title_date(date) if date else ""


def _clean(text: str) -> str:
    """Text as tags hold it: plain, and composed, which players that know no combining accents need."""
    return plain_line(unicodedata.normalize("NFC", text))
