"""Files and folders to an Edition: which articles there are, in which order, for which show (layer 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from audiobuild.config.reading import parse_show
from audiobuild.config.show import FILE_NAME, Show
from audiobuild.errors import OutputError, SourceError
from audiobuild.model.book import Book
from audiobuild.model.values import Article, Edition
from audiobuild.normalisation import Entry
from audiobuild.normalisation.lexicon_formats import read_lexicon, read_pls, render_lexicon, render_pls
from audiobuild.sources.feed_entries import FEED_SUFFIXES
from audiobuild.sources.file_kinds import suffix_by_content
from audiobuild.sources.file_names import name_of
from audiobuild.sources.readers import READERS
from audiobuild.sources.remote_articles import read_address, read_feed_articles
from audiobuild.sources.web_sources import SourceOptions

LEXICONS = {"lexicon.tsv": read_lexicon, "lexicon.pls": read_pls}
"""The lexicons that may stand beside show.toml, and who reads them; the first has the last word."""


_OUTPUT = ("index.html", "player.js", "sw.js")
"""By these an output folder is known: the transcripts in it are no articles."""


_AS_USUAL = SourceOptions()


def read_edition(sources: Sequence[Path | str], options: SourceOptions = _AS_USUAL) -> tuple[Edition, Show, Path]:
    """Read articles, folders of articles and addresses of the web, in the order given.

    A folder is an edition: its articles in file-name order, then its sub-folders, each a department, likewise.

    Args:
        sources: paths, and addresses as texts.
        options: how addresses and feeds are read.

    Returns:
        The edition, its show, and the folder that the show's own files are relative to.

    Raises:
        SourceError: a source is not there, or holds no article.
        NetworkError: an address cannot be fetched.
        ConfigError: show.toml says something impossible.
    """
    found = [article for source in sources for article in _read_source(source, options)]
    left_out = tuple(article for article in found if article.unread)
    read = (article for article in found if not article.unread)
    articles = tuple(replace(article, number=number) for number, article in enumerate(read))
    show, home = find_show(sources)  # after them: a source that is not there has no show either
    dates = [article.published for article in articles if article.published]
    published = show.date or max(dates, default=None)
    book = _book_of(found)
    is_issue = len(articles) > 1
    place = _place_of(sources[0], is_issue_itself=bool(book) and is_issue)
    title = show.title or (book.title if book else "")
    title = title or (name_of(place) if is_issue else articles[0].title)
    if book and book.author and not show.author:
        show = replace(show, author=book.author)
    whole = Edition(articles, title, published, is_issue, left_out=left_out, book=book, folder=place.name)
    return whole, show, home


def _place_of(source: Path | str, *, is_issue_itself: bool) -> Path:
    """Say what an edition is named by: the folder that its first source is or lies in, or the machine it comes from."""
    if isinstance(source, str):
        return Path(urlsplit(source).hostname or "web")
    return Path(_written((source if source.is_dir() or is_issue_itself else source.parent).resolve()))


def _book_of(articles: Sequence[Article]) -> Book | None:
    """Give the book that all the articles are chapters of, if they are those of one."""
    books = {article.book for article in articles}
    return books.pop() if len(books) == 1 else None


def read_lexicons(home: Path) -> tuple[Entry, ...]:
    """Read the lexicons beside show.toml; none is needed.

    Raises:
        ConfigError: an entry cannot be, told with its line.
    """
    files = ((home / name, read) for name, read in LEXICONS.items())
    return tuple(entry for path, read in files if path.is_file() for entry in read_lexicon_file(path, read))


def read_lexicon_file(path: Path, read: Callable[[str, str], tuple[Entry, ...]]) -> tuple[Entry, ...]:
    """Read one lexicon in the format that a function knows.

    Raises:
        SourceError: the file is not there, or is no UTF-8 text.
        ConfigError: an entry cannot be.
    """
    try:
        text = _read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError("this is not UTF-8 text", str(path), "Save the lexicon as UTF-8.") from error
    return read(text, str(path))


def convert_lexicon(source: Path, target: Path, locale: str) -> tuple[int, tuple[str, ...]]:
    """Write a lexicon in its other format: TSV as PLS, PLS as TSV.

    Returns:
        How many entries were written, and the written forms of those that the format cannot hold.

    Raises:
        AudiobuildError: the names say no formats, or one of the files cannot be used.
    """
    endings = source.suffix.lower(), target.suffix.lower()
    if endings not in ((".tsv", ".pls"), (".pls", ".tsv")):
        hint = "Name two files, one that ends in .tsv and one in .pls."
        raise SourceError(f"no lexicon is made of {source.name} and {target.name}", str(source), hint)
    to_pls = endings[0] == ".tsv"
    entries = read_lexicon_file(source, read_lexicon if to_pls else read_pls)
    left_out = tuple(entry.written for entry in entries if to_pls and entry.near)
    text = render_pls(entries, locale) if to_pls else render_lexicon(entries)
    try:
        target.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"cannot be written ({error.strerror})", str(target), "Choose another --output.") from error
    return len(entries) - len(left_out), left_out


def find_show(sources: Sequence[Path | str]) -> tuple[Show, Path]:
    """Find show.toml in the first source's folder, or, for an article of a department, in the folder above.

    For an address of the web that is the folder from which it is asked for.
    """
    first = Path() if isinstance(sources[0], str) else sources[0]
    home = first if first.is_dir() else first.parent
    for folder in (home, home.resolve().parent):
        path = folder / FILE_NAME
        if path.is_file():
            return parse_show(_read_bytes(path), str(path)), folder
    return Show(), home


def read_show(path: Path) -> Show:
    """Read show.toml, or the one of a folder.

    Raises:
        SourceError: it is not there.
        ConfigError: it says something impossible.
    """
    file = path / FILE_NAME if path.is_dir() else path
    return parse_show(_read_bytes(file), str(file))


def _read_source(source: Path | str, options: SourceOptions) -> Iterator[Article]:
    if isinstance(source, str):
        yield from read_address(source, options)
        return
    try:
        is_folder = source.is_dir()
    except OSError as error:  # a path that is too long, or leads where one may not look
        raise SourceError(f"cannot be read ({error.strerror})", str(source), "Check the path.") from error
    if is_folder:
        found = list(_read_folder(source, options))
        if not found:
            suffixes = ", ".join(READERS)
            raise SourceError("the folder holds no articles", str(source), f"Put files in it that end in {suffixes}.")
        yield from found
    else:
        yield from _read_file(source, "", options)


def _read_folder(source: Path, options: SourceOptions) -> Iterator[Article]:
    """Read a folder and those in it, each once: links may lead round in circles."""
    seen: set[Path] = set()
    waiting = [(source, "")]
    while waiting:
        folder, section = waiting.pop()
        real = folder.resolve()
        if real in seen:
            continue
        seen.add(real)
        if all((folder / name).is_file() for name in _OUTPUT):
            continue
        files, folders = _entries(folder)
        for path in files:
            if path.suffix.lower() in READERS and path.stem.lower() != "readme":
                yield from _read_file(path, section, options)
        waiting += [(each, section or name_of(Path(_written(each)))) for each in reversed(folders)]


def _entries(folder: Path) -> tuple[list[Path], list[Path]]:
    """List files and folders, both in the order of their names; what is hidden or a draft is left out."""
    try:
        entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith((".", "_")))
        are_folders = {entry: entry.is_dir() for entry in entries}
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror})", str(folder), "Check its permissions.") from error
    files = [entry for entry, is_folder in are_folders.items() if not is_folder]
    return files, [entry for entry, is_folder in are_folders.items() if is_folder]


def _read_file(path: Path, section: str, options: SourceOptions) -> Iterator[Article]:
    suffix, source = path.suffix.lower(), _written(path)
    data = _read_bytes(path)
    if suffix not in READERS:
        suffix = suffix_by_content(data)
    if suffix in FEED_SUFFIXES:
        yield from read_feed_articles(data, source, section, options)
        return
    if suffix not in READERS:
        raise SourceError("this is no article", str(path), f"Articles end in {', '.join(READERS)}.")
    folder = Path(source).parent
    for article in READERS[suffix](data, source, section):
        if article.image and article.image.is_relative_to(folder):
            yield replace(article, image=path.parent / article.image.relative_to(folder))
        else:
            yield article


def _written(path: Path) -> str:
    """Write a path in characters alone: a name that is no UTF-8 has its odd bytes as escapes, and cannot be opened."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError("there is no such file or folder", str(path), "Check the spelling of the path.") from error
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror})", str(path), "Check its permissions.") from error
