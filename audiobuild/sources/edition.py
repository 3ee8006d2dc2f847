"""Files and folders to an Edition: which articles there are, in which order, for which show (layer 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from audiobuild.config.show import FILE_NAME, ReadingSettings, Show
from audiobuild.config.show_file import parse_show
from audiobuild.errors import ConfigError, Faults, NoArticle, OutputError, SourceError
from audiobuild.model.book import Book
from audiobuild.model.merge_conflicts import DECIDE, UNFINISHED, find_conflict
from audiobuild.model.values import Article, Edition
from audiobuild.normalisation import Entry
from audiobuild.normalisation.lexicon_formats import read_lexicon, read_pls, render_lexicon, render_pls
from audiobuild.sources.article_parts.editor_directives import refuse_unended
from audiobuild.sources.corrections import correct, read_corrections
from audiobuild.sources.file_articles import read_articles
from audiobuild.sources.file_names import name_of
from audiobuild.sources.marked.markdown import DRAFT, SUFFIXES
from audiobuild.sources.remote.source_options import SourceOptions
from audiobuild.sources.source_files import (
    SourceFile,
    expand_lists,
    find_files,
    read_file,
    written,
)

LEXICONS = {"lexicon.tsv": read_lexicon, "lexicon.pls": read_pls}
"""The lexicons that may stand beside show.toml, and who reads them; the first has the last word."""


_HINTS = {
    "the file is empty": "Write the article, or leave the file out.",
    "the article has no text to read": "Write some paragraphs, or leave the file out.",
}


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
        SourceError: a source is not there, holds no article, or leaves out its end by a slip.
        NetworkError: an address cannot be fetched.
        ConfigError: show.toml says something impossible.
            What else is wrong of all this is told with the first of it.
    """
    sources = expand_lists(sources)
    faults = Faults()
    found = _read_sources(sources, options, faults)
    file, home = _find_home(sources)  # after them: a source that is not there has no show either
    with faults.gathered():
        show = read_show(file) if file else Show()
    with faults.gathered():
        corrections = read_corrections(home)
    if faults:
        with faults.gathered():
            read_lexicons(home)  # which else are read later
    faults.tell()
    read = (article for article in found if not article.unread)
    articles = tuple(correct(replace(each, number=number), corrections) for number, each in enumerate(read))
    if not articles:
        _refuse_nothing(found, sources[0])
    edition = _edition_of(articles, found, show, sources[0])
    if edition.book and edition.book.author and not show.author:
        show = replace(show, author=edition.book.author)
    return edition, show, home


def read_given(data: bytes, source: str) -> Edition:
    """Read what is given without a file, such as on standard input, as a file without an ending is read; of no show.

    Args:
        data: its bytes.
        source: what it is called in error messages.

    Raises:
        SourceError: it holds no article, or leaves out its end by a slip.
    """
    found = tuple(read_articles(data, Path(source), "", SourceOptions()))
    for article in found:
        refuse_unended(article)
    articles = tuple(replace(each, number=number) for number, each in enumerate(e for e in found if not e.unread))
    if not articles:
        _refuse_nothing(found, source)
    return _edition_of(articles, found, Show(), Path(source))


def _edition_of(articles: tuple[Article, ...], found: Sequence[Article], show: Show, source: Path | str) -> Edition:
    """Make an edition of articles: its title, its date, its book.

    Args:
        articles: those that are read.
        found: all of them, with those that are left out.
        show: whose edition it is.
        source: the first that was named.
    """
    dates = [article.published for article in articles if article.published]
    published = show.date or max(dates, default=None)
    left_out = tuple(article for article in found if article.unread)
    book = _book_of(found)
    is_issue = len(articles) > 1
    place = _place_of(source, is_issue_itself=bool(book) and is_issue)
    title = show.title or (book.title if book else "")
    title = title or (name_of(place) if is_issue else articles[0].title)
    return Edition(articles, title, published, is_issue, left_out=left_out, book=book, folder=place.name)


def _read_sources(sources: Sequence[Path | str], options: SourceOptions, faults: Faults) -> list[Article]:
    """Read all articles of all sources; of files that cannot be read, why is gathered."""
    with_readme = _reading(sources).readme
    found: list[Article] = []
    for source in sources:
        with faults.gathered():
            for article in _read_source(source, options, faults, with_readme=with_readme):
                with faults.gathered():
                    refuse_unended(article)
                found.append(article)
    return found


def find_archive(source: Path, show: Show) -> tuple[SourceFile, ...]:
    """Find the files of an archive, in the order in which they are read; those that are left out are not among them.

    Raises:
        SourceError: it is not there, cannot be read, or holds no articles.
    """
    return tuple(file for file in find_files(source, with_readme=show.reading.readme) if not file.unread)


def read_alone(file: SourceFile, show: Show, options: SourceOptions = _AS_USUAL) -> tuple[Edition, ...]:
    """Read each article of a file as an edition of its own.

    Raises:
        SourceError: the file cannot be read, is no article, or leaves out its end by a slip.
    """
    articles = [
        article
        for article in read_articles(read_file(file.path), file.path, file.section, options)
        if not article.unread
    ]
    for article in articles:
        refuse_unended(article)
    return tuple(
        Edition(
            (article,),
            show.title or article.title,
            article.published or show.date,
            is_issue=False,
            book=article.book,
            folder=file.path.resolve().parent.name,
        )
        for article in articles
    )


def _place_of(source: Path | str, *, is_issue_itself: bool) -> Path:
    """Say what an edition is named by: the folder that its first source is or lies in, or the machine it comes from."""
    if isinstance(source, str):
        return Path(urlsplit(source).hostname or "web")
    return Path(written((source if source.is_dir() or is_issue_itself else source.parent).resolve()))


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
        text = read_file(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError("this is not UTF-8 text", str(path), "Save the lexicon as UTF-8.") from error
    if line := find_conflict(text.replace("\r\n", "\n")):
        raise SourceError(UNFINISHED, f"{path}:{line}", DECIDE)
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
    file, home = _find_home(sources)
    return (read_show(file) if file else Show()), home


def _find_home(sources: Sequence[Path | str]) -> tuple[Path | None, Path]:
    """Find show.toml, if there is one, and the folder that the show's own files are in."""
    first = Path() if isinstance(sources[0], str) else sources[0]
    home = first.parent
    with suppress(OSError):  # of a path that cannot be, which is told of as a source
        home = first if first.is_dir() else first.parent
        for folder in (home, home.resolve().parent):
            if (folder / FILE_NAME).is_file():
                return folder / FILE_NAME, folder
    return None, home


def _reading(sources: Sequence[Path | str]) -> ReadingSettings:
    """Find out what of the sources is read; what is wrong with them or the show is told later."""
    try:
        return find_show(sources)[0].reading
    except (OSError, ConfigError):
        return ReadingSettings()


def read_show(path: Path) -> Show:
    """Read show.toml, or the one of a folder.

    Raises:
        SourceError: it is not there.
        ConfigError: it says something impossible.
    """
    file = path / FILE_NAME if path.is_dir() else path
    return parse_show(read_file(file), str(file))


def _read_source(source: Path | str, options: SourceOptions, faults: Faults, *, with_readme: bool) -> Iterator[Article]:
    if isinstance(source, str):
        from audiobuild.sources.remote.remote_articles import read_address

        yield from read_address(source, options)
        return
    for file in find_files(source, with_readme=with_readme):
        if file.unread:
            yield _left_out(file, file.unread)
            continue
        with faults.gathered():
            try:
                yield from read_articles(read_file(file.path), file.path, file.section, options)
            except NoArticle as error:
                yield _left_out(file, error.message)


def _left_out(file: SourceFile, reason: str) -> Article:
    source = written(file.path)
    return Article(name_of(Path(source), SUFFIXES), source, (), section=file.section, unread=reason)


def _refuse_nothing(found: Sequence[Article], source: Path | str) -> None:
    """Refuse an edition of which nothing is left.

    Raises:
        SourceError: all is left out.
    """
    first = found[0] if found else None
    if len(found) == 1 and first:
        hint = (
            "Take that out of its front matter to read it." if first.unread == DRAFT else _HINTS.get(first.unread, "")
        )
        raise NoArticle(first.unread, first.source, hint)
    reason = f": {first.source}: {first.unread}" if first else ""
    raise NoArticle(f"nothing is left to read{reason}", str(source), "Write some paragraphs, or name other files.")
