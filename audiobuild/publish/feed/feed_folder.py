"""The feed of a folder: manifests are read from it, and the feed's pages are put into it (layer 3)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from audiobuild.config.show import EPISODE_TYPES
from audiobuild.errors import SourceError
from audiobuild.model.addresses import is_plain_file
from audiobuild.publish.episodes.manifest import REMEDY, SUFFIX, Manifest, read_manifest
from audiobuild.store.artefacts import written_whole

_MANIFEST = re.compile(r"[A-Za-z0-9-]+" + re.escape(SUFFIX))
_PAGE = re.compile(r"feed(?:-[0-9a-f]{32})?(?:-\d+)?\.xml")
_GENERATOR = "audiobuild"
_HEAD = (
    r"<title>([^<]*)</title>",
    r'<atom:link href="([^"]*)" rel="self"',
    r"<podcast:guid>([^<]*)</podcast:guid>",
    r"<language>([^<]*)</language>",
)
"""Title, address, guid and language, as the writer of feeds has them."""
_REVISION = re.compile(rb'/([A-Za-z0-9-]+)\.r([1-9]\d{0,4})(\.\w+)"')
"""A file of an episode that has been published otherwise before."""
_OPENING = re.compile(rb'\s*\{\s*"generator"\s*:\s*"' + _GENERATOR.encode() + b" ")
"""How a manifest of ours begins, even if the rest of it is broken."""


def read_manifests(folder: Path, read: Mapping[Path, Manifest] | None = None) -> tuple[Manifest, ...]:
    """Read the manifests of all episodes of a folder, in the order of their names.

    Files of others are left alone, be they JSON or not.

    Args:
        read: those of them that need not be read again, by their paths.

    Raises:
        SourceError: there is no such folder, or a manifest is broken, which is named; or two are of one episode.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if _MANIFEST.fullmatch(path.name) and path.is_file())
    except OSError as error:
        message = f"cannot be read ({error.strerror})"
        raise SourceError(message, str(folder), "Give the folder that holds the episodes, such as output.") from error
    known: dict[str, Path] = {}
    found = []
    for path in paths:
        manifest = _checked(read[path], path) if read and path in read else _read(path)
        if manifest is None:
            continue
        other = known.setdefault(manifest.guid, path)
        if other != path:
            raise SourceError(f"this is the same episode as {other.name}", str(path), "Take one of them away.")
        found.append(manifest)
    return tuple(found)


def _read(path: Path) -> Manifest | None:
    """Read a manifest; None for a JSON file of somebody else's."""
    data = read_if_there(path)
    if data is None or _is_foreign(data):
        return None
    return _checked(read_manifest(data, str(path)), path)


def read_if_there(path: Path) -> bytes | None:
    """Read a file; None where there is none, or a folder.

    Raises:
        SourceError: there is one, which cannot be read: it must not be taken for none, and written anew beside itself.
    """
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None
    except OSError as error:
        hint = "Check the disk, and the file's permissions."
        raise SourceError(f"cannot be read ({error.strerror})", str(path), hint) from error


def _checked(manifest: Manifest, path: Path) -> Manifest:
    """Give a manifest back if it is that of an episode in this folder, of this name."""
    files = [manifest.file, manifest.cover, *(chapter.image for chapter in manifest.chapters)]
    odd = [file for file in files if file and not is_plain_file(file)]
    if manifest.name + SUFFIX != path.name or not manifest.file.startswith(f"{manifest.stem}."):
        odd = [manifest.file]
    numbers = manifest.duration_ms, manifest.season, manifest.number
    is_none = not manifest.guid or manifest.bytes < 1 or min(numbers) < 0 or manifest.type not in EPISODE_TYPES
    if odd or is_none:
        said = f"this manifest is of another file, {odd[0]!r}" if odd else "this is no manifest of an episode"
        raise SourceError(said, str(path), REMEDY)
    return manifest


def is_opening(data: bytes) -> bool:
    """Whether a file begins as a manifest of ours does, whatever became of the rest."""
    return bool(_OPENING.match(data))


def _is_foreign(data: bytes) -> bool:
    """Whether this does not say that it is of this program; a broken file says so where it begins."""
    try:
        facts = json.loads(data)
    except (ValueError, RecursionError):
        return not is_opening(data)
    return not (isinstance(facts, dict) and str(facts.get("generator")).startswith(f"{_GENERATOR} "))


def write_feed(folder: Path, pages: Mapping[str, bytes]) -> None:
    """Put a feed and its older pages into a folder, and take away pages of ours that are none any more.

    The feed itself comes last, so that it never speaks of a page that is not there. When the key of a private feed is
    changed, the file under the former name goes: that is what it was changed for.

    Args:
        folder: where the episodes are.
        pages: names of files with what they hold, the feed's first.

    Raises:
        OutputError: the folder cannot be written, or the disk is full.
    """
    write_feed_pages(folder, reversed(list(pages.items())))


def write_feed_pages(folder: Path, pages: Iterable[tuple[str, bytes]]) -> None:
    """Put the pages of a feed into a folder, one after the other; the oldest comes first, the feed itself last.

    Raises:
        OutputError: the folder cannot be written, or the disk is full.
    """
    names = set()
    for name, page in pages:
        with written_whole(folder / name, is_lasting=True) as file:
            file.write(page)
        names.add(name)
    for path in sorted(folder.iterdir()):
        if _PAGE.fullmatch(path.name) and path.name not in names and _is_ours(path):
            path.unlink(missing_ok=True)


def is_foreign_feed(path: Path) -> bool:
    """Whether the file there was written by another program; one that is empty, or of zeros, counts as nobody's."""
    return path.is_file() and not _is_ours(path) and bool((read_if_there(path) or b"").strip(b"\0"))


def _is_ours(path: Path) -> bool:
    return f"<generator>{_GENERATOR} ".encode() in (read_if_there(path) or b"")


@dataclass(frozen=True, slots=True)
class FormerFeed:
    """What stands at the head of a feed that was published before."""

    title: str
    address: str
    """Where it says that it is itself."""
    guid: str
    """The show's podcast:guid."""
    language: str = ""


def find_feed_pages(folder: Path) -> tuple[Path, ...]:
    """Find the feeds of ours in a folder, with their older pages."""
    found = sorted(folder.glob("feed*.xml")) if folder.is_dir() else []
    return tuple(path for path in found if _PAGE.fullmatch(path.name) and _is_ours(path))


def read_former_feed(folder: Path) -> FormerFeed | None:
    """Read what stands at the head of the feed that was published before; None where there is none."""
    for path in find_feed_pages(folder):
        head = path.read_bytes().partition(b"<item>")[0].decode(errors="replace")
        found = [re.search(pattern, head) for pattern in _HEAD]
        if all(found):
            return FormerFeed(*(unescape(each[1]) for each in found if each))
    return None


def revisions_named(folder: Path) -> dict[tuple[str, str], int]:
    """Find the last revision of each sound that the feeds of a folder name, by the episode's name and its ending."""
    found: dict[tuple[str, str], int] = {}
    for path in find_feed_pages(folder):
        for name, number, ending in _REVISION.findall(path.read_bytes()):
            key = name.decode(), ending.decode()
            found[key] = max(found.get(key, 1), int(number))
    return found
