"""A part of an edition: some departments or articles, or each article by itself (layer 2, pure)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Protocol

from audiobuild.errors import NothingNew, SourceError
from audiobuild.model.addresses import web_address
from audiobuild.model.plain_text import plain_line
from audiobuild.model.values import Article, Edition


class Chaptered(Protocol):
    """A chapter that was published."""

    @property
    def title(self) -> str:
        """What it is called."""
        ...

    @property
    def url(self) -> str:
        """The address of its article; empty for none."""
        ...


def select(edition: Edition, only: Sequence[str], skip: Sequence[str], chapters: str = "") -> Edition:
    """Keep some of the articles, by the names of their departments, their headlines or their files.

    Args:
        chapters: which of the articles by their numbers, from 1: "3", "3-5", "3-", "1,4-6"; empty for all.

    Raises:
        SourceError: a name or a number is not there, or nothing is left.
    """
    if chapters:
        edition = _numbered(edition, chapters)
    if not only and not skip:
        return edition
    for name in (*only, *skip):
        if not any(_answers(article, name) for article in edition.articles):
            raise _unknown(edition, name)
    kept = [article for article in edition.articles if not only or _is_named(article, only)]
    kept = [article for article in kept if not _is_named(article, skip)]
    if not kept:
        raise SourceError("nothing is left to read", hint="What --only chooses is what --skip leaves out.")
    without = f"without {' and '.join(skip)}" if skip else ""
    # A single article is the same episode however it was chosen.
    part = " ".join(filter(None, (edition.part, " and ".join(only), without))) if len(kept) > 1 else ""
    return replace(edition, articles=tuple(kept), part=part)


def select_new(edition: Edition, published: Iterable[Chaptered]) -> Edition:
    """Keep of a feed's articles those of which no chapter has been published: known by address, or else by headline.

    Raises:
        NothingNew: all have been.
    """
    chapters = tuple(published)
    urls = {chapter.url for chapter in chapters if chapter.url}
    titles = {chapter.title for chapter in chapters if not chapter.url}

    def is_new(article: Article) -> bool:
        if not article.book or not article.book.is_feed:
            return True
        url = web_address(article.url)
        return url not in urls if url else plain_line(article.title) not in titles

    kept = tuple(filter(is_new, edition.articles))
    if not kept:
        raise NothingNew("nothing is new: all of it has been published", hint="Without --new it is built again.")
    known = (replace(article, unread="published already") for article in edition.articles if not is_new(article))
    return replace(edition, articles=kept, left_out=(*edition.left_out, *known))


def _numbered(edition: Edition, chapters: str) -> Edition:
    """Keep the articles of these numbers."""
    last = len(edition.articles)
    wanted: set[int] = set()
    for part in chapters.replace("–", "-").split(","):
        found = re.fullmatch(r"\s*(\d{1,6})?\s*(-)?\s*(\d{1,6})?\s*", part)
        if not found or not (found[1] or found[3]) or bool(found[2]) < bool(found[1] and found[3]):
            raise SourceError(f"{chapters!r} names no chapters", hint="Write --chapters 3, 3-5, 3- or 1,4-6.")
        start = int(found[1] or 1)
        end = int(found[3] or (last if found[2] else start))
        if not 1 <= start <= end <= last:
            count = "one chapter" if last == 1 else f"{last} chapters"
            raise SourceError(f"there is no chapter {part.strip()}", hint=f"There are {count}: 1 to {last}.")
        wanted |= set(range(start - 1, end))
    kept = tuple(article for place, article in enumerate(edition.articles) if place in wanted)
    part = f"{'chapters' if len(kept) > 1 else 'chapter'} {chapters.strip()}" if len(kept) < last else ""
    return replace(edition, articles=kept, part=part)


def split_articles(edition: Edition) -> tuple[Edition, ...]:
    """Make an edition of each article of several; a single article is one already."""
    if len(edition.articles) == 1:
        return ()
    return tuple(replace(edition, articles=(article,), part="") for article in edition.articles)


def _is_named(article: Article, names: Sequence[str]) -> bool:
    return any(_answers(article, name) for name in names)


def _answers(article: Article, name: str) -> bool:
    return name.strip().casefold() in _names(article)


def _names(article: Article) -> set[str]:
    source = PurePath(article.source)
    names = (article.section, article.title, source.name, source.stem)
    return {name.casefold() for name in names if name}


def _unknown(edition: Edition, name: str) -> SourceError:
    known = sorted({name for article in edition.articles for name in (article.section, article.title) if name})
    folded = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(name.casefold(), folded, n=1)
    departments = list(dict.fromkeys(article.section for article in edition.articles if article.section))
    there_are = f"There are: {', '.join(departments)}." if departments else "Name an article by its headline or file."
    hint = f"Did you mean {folded[near[0]]!r}?" if near else there_are
    return SourceError(f"no department or article is called {name!r}", hint=hint)
