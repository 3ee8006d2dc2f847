"""Files and folders to an Edition: which articles there are, in which order, for which show (layer 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from audiobuild.config import FILE_NAME, Show, parse_show
from audiobuild.errors import SourceError
from audiobuild.model import Article, Edition
from audiobuild.readers.markdown import SUFFIXES, name_of, read_markdown


def read_edition(sources: Sequence[Path]) -> tuple[Edition, Show, Path]:
    """Read articles and folders of articles, in the order given.

    A folder is an edition: its articles in file-name order, then its sub-folders, each a department, likewise.

    Returns:
        The edition, its show, and the folder that the show's own files are relative to.

    Raises:
        SourceError: a source is not there, or holds no article.
        ConfigError: show.toml says something impossible.
    """
    show, home = _find_show(sources)
    articles = tuple(article for source in sources for article in _read_source(source))
    dates = [article.published for article in articles if article.published]
    published = show.date or max(dates, default=None)
    if show.title:
        title = show.title
    elif len(articles) == 1:
        title = articles[0].title
    else:
        folder = sources[0] if sources[0].is_dir() else sources[0].parent
        title = name_of(folder.resolve())
    return Edition(articles, title, published), show, home


def _find_show(sources: Sequence[Path]) -> tuple[Show, Path]:
    """Find show.toml in the first source's folder, or, for an article of a department, in the folder above."""
    home = sources[0] if sources[0].is_dir() else sources[0].parent
    for folder in (home, home.resolve().parent):
        path = folder / FILE_NAME
        if path.is_file():
            return parse_show(_read_bytes(path), str(path)), folder
    return Show(), home


def _read_source(source: Path) -> Iterator[Article]:
    if source.is_dir():
        found = list(_read_folder(source, ""))
        if not found:
            suffixes = ", ".join(SUFFIXES)
            raise SourceError("the folder holds no articles", str(source), f"Put files in it that end in {suffixes}.")
        yield from found
    else:
        yield _read_article(source, "")


def _read_folder(folder: Path, section: str) -> Iterator[Article]:
    try:
        entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith((".", "_")))
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror})", str(folder), "Check its permissions.") from error
    for entry in entries:
        if not entry.is_dir() and entry.suffix.lower() in SUFFIXES and entry.stem.lower() != "readme":
            yield _read_article(entry, section)
    for entry in entries:
        if entry.is_dir():
            yield from _read_folder(entry, section or name_of(entry))


def _read_article(path: Path, section: str) -> Article:
    if path.suffix.lower() not in SUFFIXES and path.exists():
        raise SourceError("this is no article", str(path), f"Articles end in {', '.join(SUFFIXES)}.")
    return read_markdown(_read_bytes(path), str(path), section)


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError("there is no such file or folder", str(path), "Check the spelling of the path.") from error
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror})", str(path), "Check its permissions.") from error
