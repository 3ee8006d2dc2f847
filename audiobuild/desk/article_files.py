"""The files of articles, into which remarks are written (layer 4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from audiobuild.desk.changes import ChangedMeanwhile, Changes, FileChange
from audiobuild.desk.mending import ReadAgain, is_same_article
from audiobuild.errors import SourceError
from audiobuild.model.values import Article
from audiobuild.sources.corrections import correct, read_corrections
from audiobuild.sources.marked.markdown import SUFFIXES
from audiobuild.sources.readers import READERS

Rewrite = Callable[[str, ReadAgain], str | None]
"""Gives another text for one, given what reads it again; None where there is none."""


def write_into(article: Article, home: Path, changes: Changes, rewrite: Rewrite) -> tuple[FileChange, Article] | None:
    """Write a remark into the file of an article.

    Args:
        article: as the desk knows it.
        home: the folder of corrections.tsv, which the article is read with.
        changes: what writes it.
        rewrite: puts the remark into its text.

    Returns:
        What was done, and the article as it is read now; None where its file has no place for that.

    Raises:
        ChangedMeanwhile: the file says something else than the desk knows.
        OutputError: it cannot be written.
    """
    path = Path(article.source)
    if path.suffix.lower() not in SUFFIXES or not path.is_file():
        return None
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    read = _reader_of(article, home)
    now = read(text)
    if now is None or not is_same_article(now, article):
        raise ChangedMeanwhile("somebody else has changed it meanwhile", path.name, "Look at what it says now.")
    after = rewrite(text, read)
    found = read(after) if after is not None else None
    if after is None or found is None:
        return None
    return changes.make(path, data, after.encode()), found


def _reader_of(article: Article, home: Path) -> ReadAgain:
    """Make what reads another text of an article's file, as the article itself was read."""
    known = read_corrections(home)
    suffix = Path(article.source).suffix.lower()

    def read(text: str) -> Article | None:
        try:
            (found,) = READERS[suffix](text.encode(), article.source, article.section)
        except SourceError:
            return None
        return correct(replace(found, number=article.number, image=article.image), known)

    return read
