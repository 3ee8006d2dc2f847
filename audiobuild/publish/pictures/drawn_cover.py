"""What drawn covers say: an episode's which it is, the show's nothing that changes from issue to issue (layer 3)."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from audiobuild.config.show import Show
from audiobuild.errors import SoundError
from audiobuild.model.values import Edition
from audiobuild.publish.episodes.description import day_of
from audiobuild.publish.episodes.episode_tag import EpisodeTag
from audiobuild.publish.pictures.cover import SHOW_PX, draw_cover
from audiobuild.publish.pictures.cover_designs import CoverFacts, CoverPart


def cover_facts(edition: Edition, show: Show, tag: EpisodeTag, ground: Path | None) -> CoverFacts:
    """Say what the cover of an episode says; its date once, whatever its title holds."""
    day, lead = day_of(edition, show.language), edition.articles[0].title
    title = show.title or (lead if len(edition.articles) == 1 else _undated(edition.title))
    date = edition.published
    shares: dict[str, float] = {}
    for article in edition.articles:
        shares[article.section] = shares.get(article.section, 0) + sum(len(block.text) for block in article.blocks)
    return CoverFacts(
        title=title,
        accent=show.accent,
        headline=lead if lead != title else "",
        day=day,
        figure=str(date.day) if date else "",
        month=_month(day, date.day) if date else "",
        departments=tuple(CoverPart(name, share) for name, share in shares.items() if name),
        chapters=tuple(CoverPart("", each.end_ms - each.start_ms) for each in tag.chapters),
        picture=ground,
        face=show.cover.typeface,
        language=show.language,
    )


def draw_show_picture(show: Show, comment: str = "") -> bytes:
    """Draw the picture of the show itself, which is of no episode."""
    facts = CoverFacts(show.title, show.accent, face=show.cover.typeface, language=show.language)
    return draw_cover(facts, show.cover.design, side_px=SHOW_PX, comment=comment)


def draw_episode_cover(facts: CoverFacts, show: Show) -> bytes:
    """Draw the cover of an episode; where the picture of an article is broken, without it.

    Raises:
        SoundError: the show's own picture is none.
    """
    try:
        return draw_cover(facts, show.cover.design)
    except SoundError:
        if show.cover.picture:
            raise
        return draw_cover(replace(facts, picture=None), show.cover.design)


def _undated(title: str) -> str:
    """A title without a date in figures, such as a folder has in its name."""
    return re.sub(r"[\s,–—-]*\b\d{4}-\d\d-\d\d\b[\s,–—-]*", " ", title).strip() or title


def _month(day: str, number: int) -> str:
    """A written date without the day of the month.

    >>> _month("7 November 2026", 7), _month("November 7, 2026", 7), _month("2026-11-07", 7)
    ('November 2026', 'November 2026', '2026-11')
    """
    return " ".join(re.sub(rf"-?\b0?{number}\b[.,]?", "", day, count=1).split())
