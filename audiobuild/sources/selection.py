"""A part of an edition: some departments or articles, or each article by itself (layer 2, pure)."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from audiobuild.errors import SourceError
from audiobuild.model.values import Article, Edition


def select(edition: Edition, only: Sequence[str], skip: Sequence[str]) -> Edition:
    """Keep some of the articles, by the names of their departments, their headlines or their files.

    Raises:
        SourceError: a name is not there, or nothing is left.
    """
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
    part = " ".join(filter(None, (" and ".join(only), without))) if len(kept) > 1 else ""
    return replace(edition, articles=tuple(kept), part=part)


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
