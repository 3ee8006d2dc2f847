"""What stands in an output folder and need not: parts of files, superseded revisions, what dead builds left (layer 3).

Whatever an episode's files are is known from the folder itself and from the manifests in it, never from what one build
remembers. Of an episode that is published for the first time there is no manifest until all of it is whole; so its name
is put down before, in a file that goes when it is done. Whoever calls this holds the folder.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from audiobuild.model.file_formats import FORMATS
from audiobuild.publish.companions import COMPANIONS
from audiobuild.publish.episodes.manifest import SUFFIX, Manifest
from audiobuild.publish.feed.feed_folder import read_if_there
from audiobuild.publish.output.companion_files import files_of
from audiobuild.store.artefacts import written_whole

NAMES_FILE = ".audiobuild.names"
"""The names of the episodes that are being published for the first time."""
GONE_FILE = ".audiobuild.gone"
"""The names of the episodes that are being taken back."""
_AIRED = tuple(each.suffix for each in FORMATS.values() if each.is_aired)
_OTHER = tuple(each.suffix for each in FORMATS.values() if not each.is_aired)
_ENDINGS = "|".join(re.escape(each) for each in (*_AIRED, *(companion.suffix for companion in COMPANIONS)))
_FILE = re.compile(rf"(?P<name>[^.]+)(?:\.r(?P<revision>[1-9]\d*))?(?P<ending>{_ENDINGS}|\.ch\d+\.jpg)")
_SOUND = re.compile(
    rf"(?P<name>[^.]+)(?:\.r(?P<revision>[1-9]\d*))?(?P<ending>{'|'.join(re.escape(each) for each in _OTHER)})"
)
_PART = re.compile(r"\.(?:.+\.)?\d+\.part|\.[^.]+\.new\.\w+")


@contextmanager
def noted_names(folder: Path, names: Sequence[str]) -> Iterator[None]:
    """List the new episodes' names in the folder while the block runs, so that another build can clear them away.

    What a build that was killed had begun is cleared away first.

    Args:
        folder: the output folder, which is held.
        names: with the ending of the manifest each.

    Raises:
        OutputError: the folder cannot be written.
    """
    remove_unfinished(folder)
    names = [each for each in names if not any(_files_of_name(folder, *_split(each)))]  # those are somebody's
    if names:
        write_names(folder / NAMES_FILE, names)
    try:
        yield
    finally:
        if names:
            remove_unfinished(folder)


def remove_unfinished(folder: Path) -> None:
    """Take away the parts of files, and the files of episodes whose publishing came to no end."""
    for path in _entries(folder):
        if _PART.fullmatch(path.name):
            path.unlink(missing_ok=True)
    unfinished = read_names(folder / NAMES_FILE)
    if unfinished is None:
        return
    for manifest in unfinished:
        if not (folder / manifest).is_file():
            for path in _files_of_name(folder, *_split(manifest)):
                path.unlink(missing_ok=True)
    (folder / NAMES_FILE).unlink(missing_ok=True)


def remove_superseded(folder: Path, manifests: Iterable[Manifest], keep_revisions: int) -> None:
    """Take away what has been superseded, but for the last revisions; no feed may name the others any more."""
    joined: dict[str, Manifest] = {}
    others: dict[tuple[str, str], Manifest] = {}
    for each in manifests:
        ending = Path(each.file).suffix
        if ending in _AIRED:
            joined[each.name] = each
        else:
            others[each.name, ending] = each
    for path in _entries(folder):
        if found := _FILE.fullmatch(path.name):
            manifest = joined.get(found["name"])
        elif found := _SOUND.fullmatch(path.name):
            manifest = others.get((found["name"], found["ending"]))
        if found and manifest and not _is_kept(path.name, int(found["revision"] or 1), manifest, keep_revisions):
            path.unlink(missing_ok=True)


def remove_episodes(folder: Path, manifests: Iterable[str]) -> tuple[str, ...]:
    """Remove episodes by the names of their manifests, in all revisions: files, pages and manifests.

    Returns:
        The names of the files that went.
    """
    gone = list[str]()
    for manifest in manifests:
        files = list(_files_of_name(folder, *_split(manifest)))
        for path in (folder / manifest, *files):  # the manifest first: without it nobody takes the rest for an episode
            path.unlink(missing_ok=True)
            gone.append(path.name)
    return tuple(gone)


def begun_withdrawals(folder: Path) -> tuple[str, ...]:
    """Name the manifests of the episodes that are being taken back, or were when that was broken off."""
    return tuple(read_names(folder / GONE_FILE) or ())


def read_names(path: Path) -> list[str] | None:
    """Read which manifests' names were put down in a file of a folder; None where none were."""
    data = read_if_there(path)
    if data is None:
        return None
    try:
        names = json.loads(data)
    except ValueError:
        return []
    return [each for each in names if isinstance(each, str) and "/" not in each] if isinstance(names, list) else []


def write_names(path: Path, names: Iterable[str]) -> None:
    """Put down the names of manifests, so that they are still there behind a power cut.

    Raises:
        OutputError: the folder cannot be written.
    """
    with written_whole(path, is_lasting=True) as file:
        file.write(json.dumps(sorted(names)).encode())


def files_named(folder: Path, manifest: Manifest) -> tuple[Path, ...]:
    """Find the files of an episode, in all its revisions: all but its manifest."""
    ending = Path(manifest.file).suffix
    return tuple(_files_of_name(folder, manifest.name, "" if ending in _AIRED else ending))


def manifest_name(name: str, ending: str) -> str:
    """Name the manifest of an episode by the ending of its sound.

    >>> manifest_name("weekly", ".mp3"), manifest_name("weekly", ".opus")
    ('weekly.json', 'weekly.opus.json')
    """
    return f"{name}{SUFFIX}" if ending in _AIRED else f"{name}{ending}{SUFFIX}"


def _is_kept(file: str, revision: int, manifest: Manifest, keep_revisions: int) -> bool:
    if revision == manifest.revision:
        return file in files_of(manifest)
    return manifest.revision - keep_revisions <= revision < manifest.revision


def _files_of_name(folder: Path, name: str, ending: str) -> Iterator[Path]:
    """Find the files of an episode: all but its manifest, or, of another format, its sound alone."""
    for path in _entries(folder):
        found = _SOUND.fullmatch(path.name) if ending else _FILE.fullmatch(path.name)
        if found and found["name"] == name and (not ending or found["ending"] == ending):
            yield path
    if not ending and (page := folder / f"{name}.html").is_file():
        yield page


def _split(manifest: str) -> tuple[str, str]:
    """Take the name of a manifest apart into that of its episode and the ending of its sound, empty for MP3."""
    name, _, rest = manifest.removesuffix(SUFFIX).partition(".")
    return name, f".{rest}" if rest else ""


def _entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []
