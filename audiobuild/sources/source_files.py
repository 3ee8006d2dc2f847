"""Sources to files: what a folder, a list or standard input stands for, in the order in which it is read (layer 3)."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from audiobuild.errors import SourceError
from audiobuild.sources.file_names import name_of, natural_order
from audiobuild.sources.readers import READERS
from audiobuild.sources.reading_lists import listed_addresses
from audiobuild.sources.unsupported_formats import unsupported_format

STANDARD_INPUT = Path("-")
"""What stands for standard input on the command line."""
README = "a README is not read"
_MOST_BYTES = 100_000_000
"""Of a file that is read: it is held whole."""
_OUTPUT = ("index.html", "player.js", "sw.js")
"""By these an output folder is known: the transcripts in it are no articles."""
_NO_ARTICLES = re.compile(
    r"(?:requirements|constraints)(?:[-_.].*)?\.txt|(?:robots|humans|ads|app-ads|security|llms|cmakelists|manifest)\.txt"
    r"|(?:licen[cs]e|copying|notice|changelog|contributing|code_of_conduct|codeowners|security|support|governance)"
    r"(?:[-_.].*)?\.(?:md|txt|markdown)",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:www\.)?[\w-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}", re.IGNORECASE)
"""What an address begins with behind https://."""
_LOCKS = ("~$", ".~lock.")
"""What the names of files begin with that Word and LibreOffice keep beside a document while it is open."""
_LOCK = "a program keeps this while a document is open"
_BUNDLE = "index"
"""The name of a file that is called by the folder it lies in."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to be read, or left out."""

    path: Path
    section: str = ""
    """The department that it lies in."""
    unread: str = ""
    """Why it is left out; empty for what is read."""


def expand_lists(sources: Sequence[Path | str]) -> tuple[Path | str, ...]:
    """Put in the place of each list, written @issue.txt, what is in it: a path on each line, relative to the list.

    An export of a service where people keep what they mean to read is such a list as well.

    Raises:
        SourceError: a list is not there, is no UTF-8 text or names nothing.
    """
    return tuple(path for source in sources for path in _listed(source))


def _listed(source: Path | str) -> Iterator[Path | str]:
    if isinstance(source, str) or not str(source).startswith("@") or source.exists():
        yield source
        return
    file = Path(str(source)[1:])
    try:
        text = read_file(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError("this is not UTF-8 text", str(file), "A list has a path on each line.") from error
    if addresses := listed_addresses(text):
        yield from addresses
        return
    lines = (line.strip() for line in text.splitlines())
    paths = [line for line in lines if line and not line.startswith("#")]
    if not paths:
        raise SourceError("the list names no articles", str(file), "Write a path on each line.")
    yield from (path if "://" in path else file.parent / path for path in paths)


def find_files(source: Path, *, with_readme: bool) -> Iterator[SourceFile]:
    """Find the files that a source stands for: its own, or those of a folder and the folders in it.

    Raises:
        SourceError: it is not there, cannot be read, or holds no articles.
    """
    try:
        is_folder = source.is_dir()
    except OSError as error:  # a path that is too long, or leads where one may not look
        raise SourceError(f"cannot be read ({error.strerror})", str(source), "Check the path.") from error
    if not is_folder:
        yield SourceFile(source, unread=_LOCK if source.name.startswith(_LOCKS) else "")
        return
    found = list(_find_in_folder(source, with_readme=with_readme))
    if not any(not file.unread for file in found):
        if is_output(source):
            hint = "Name the folder or the file that the articles are in."
            raise SourceError("this is what a build has made", str(source), hint)
        suffixes = ", ".join(READERS)
        raise SourceError("the folder holds no articles", str(source), f"Put files in it that end in {suffixes}.")
    yield from found


def _find_in_folder(source: Path, *, with_readme: bool) -> Iterator[SourceFile]:
    """Go through a folder and those in it, each once: links may lead round in circles."""
    seen: set[Path] = set()
    waiting = [(source, "")]
    while waiting:
        folder, section = waiting.pop()
        real = folder.resolve()
        if real in seen:
            continue
        seen.add(real)
        if is_output(folder):
            continue
        folders: list[Path] = []
        for path, is_folder in _entries(folder):
            if path.is_symlink() and not path.resolve().is_relative_to(source.resolve()):
                if is_folder or path.suffix.lower() in READERS:
                    yield SourceFile(path, section, "this link leads out of the folder")
            elif not is_folder:
                yield from _of_kind(path, section, with_readme=with_readme)
            elif bundle := _bundle(path):
                seen.add(path.resolve())
                yield SourceFile(bundle, section)
            else:
                folders.append(path)
        waiting += [(each, section or name_of(Path(written(each)))) for each in reversed(folders)]


def is_output(folder: Path) -> bool:
    """Say whether a folder is one into which episodes were built."""
    return all((folder / name).is_file() for name in _OUTPUT)


def _of_kind(path: Path, section: str, *, with_readme: bool) -> Iterator[SourceFile]:
    if path.suffix.lower() not in READERS:
        other = unsupported_format(path.suffix.lower())
        if other and other.is_told:
            yield SourceFile(path, section, f"{other.message}: {other.hint[:1].lower()}{other.hint[1:].rstrip('.')}")
        return
    if path.stem.lower() == "readme" and not with_readme:
        yield SourceFile(path, section, README)
    elif _NO_ARTICLES.fullmatch(path.name):
        yield SourceFile(path, section, "this is no article")
    else:
        yield SourceFile(path, section)


def _bundle(folder: Path) -> Path | None:
    """Find the one article of a folder that holds an article with its pictures, and nothing else to read."""
    entries = _entries(folder)
    readable = [path for path, is_folder in entries if not is_folder and path.suffix.lower() in READERS]
    if len(readable) != 1 or readable[0].stem.lower() != _BUNDLE:
        return None
    if any(is_folder and _holds_articles(path) for path, is_folder in entries):
        return None
    return readable[0]


def _holds_articles(folder: Path) -> bool:
    return any(is_folder or path.suffix.lower() in READERS for path, is_folder in _entries(folder))


def _entries(folder: Path) -> list[tuple[Path, bool]]:
    """List what is in a folder in the order of names, and which are folders; what is hidden or a draft is left out."""
    try:
        named = [entry for entry in folder.iterdir() if not entry.name.startswith((".", "_", *_LOCKS))]
        return [(entry, entry.is_dir()) for entry in sorted(named, key=lambda entry: natural_order(entry.name))]
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror})", str(folder), "Check its permissions.") from error


def written(path: Path) -> str:
    """Write a path in characters alone: a name that is no UTF-8 has its odd bytes as escapes, and cannot be opened."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def read_file(path: Path) -> bytes:
    """Read a file whole; standard input is read once.

    Raises:
        SourceError: it is not there, cannot be read, or is larger than any that is.
    """
    if path == STANDARD_INPUT:
        return _read_standard_input()
    try:
        _refuse_too_large(path.stat().st_size, str(path))
        return path.read_bytes()
    except FileNotFoundError as error:
        if path.is_symlink():
            target = written(path.readlink())
            raise SourceError(
                "this link leads nowhere", str(path), f"It names {target}, which is not there."
            ) from error
        raise SourceError("there is no such file or folder", str(path), _meant(path)) from error
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror})", str(path), "Check its permissions.") from error


def _meant(lost: Path) -> str:
    """Say what to do about a path that leads nowhere: where one is, it may be an address, or a slip."""
    if lost == Path(lost.name) and lost.name == Path.cwd().name:
        return f"The folder {lost} is where you are: write . for it, or nothing at all."
    if _HOST.fullmatch(lost.parts[0] if len(lost.parts) > 1 else ""):
        return f"Check the spelling of the path; if it is an address, write https://{lost.as_posix()}."
    with suppress(OSError):
        near = difflib.get_close_matches(lost.name, [each.name for each in lost.parent.iterdir()], n=1)
        if near:
            return f"Did you mean {lost.parent / near[0]}?"
    return "Check the spelling of the path."


@cache
def _read_standard_input() -> bytes:
    data = sys.stdin.buffer.read(_MOST_BYTES + 1)
    _refuse_too_large(len(data), "standard input")
    return data


def _refuse_too_large(size_bytes: int, where: str) -> None:
    if size_bytes > _MOST_BYTES:
        hint = "Part it into several, or leave its pictures out."
        raise SourceError(f"a file may have {_MOST_BYTES // 1_000_000} MB at most", where, hint)
