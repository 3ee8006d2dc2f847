"""What stands beside an episode's sound: its page, and the companions that the page and the feed name (layer 3)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from audiobuild.model.values import Timeline
from audiobuild.publish.companions import (
    CHAPTERS,
    COMPANIONS,
    name_companions,
    read_timeline,
    render_chapters,
    render_texts,
)
from audiobuild.publish.episodes.episode_tag import EpisodeTag
from audiobuild.publish.episodes.manifest import ChapterEntry, Manifest
from audiobuild.publish.output.output_folder import write
from audiobuild.publish.output.placeholders import fill_in, read_placeholder, sha256_at
from audiobuild.publish.site.pages import (
    SiteFacts,
    page_file,
    page_mark,
    render_episode,
    render_transcript,
    transcript_in,
)

_HEAD_BYTES = 256
"""Of a page, in which its mark stands."""
_ENDS = {".html": b"</html>\n", ".jpg": b"\xff\xd9"}
"""What the files end in that go with a sound; all others in a line feed."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What is read beside the sound: made of the timeline alone, before the files have their names."""

    companions: Mapping[str, bytes]
    """By their endings."""
    page: str
    """The transcript of the page, in HTML."""


def render_reading(timeline: Timeline, chapters: tuple[ChapterEntry, ...], *, title: str, language: str) -> Texts:
    """Render the texts of an episode: of its companions, and the transcript in its page."""
    transcript = read_timeline(timeline, chapters, title=title, language=language)
    return Texts(render_texts(transcript), render_transcript(transcript.words))


def files_of(manifest: Manifest) -> tuple[str, ...]:
    """Name all files of an episode but its manifest: the sound, and where there is one, the page and what it links."""
    return (manifest.file, page_file(manifest), *_companions_of(manifest)) if manifest.cover else (manifest.file,)


def write_companions(manifest: Manifest, texts: Texts, tag: EpisodeTag, site: SiteFacts, folder: Path) -> Manifest:
    """Write what goes with the sound, and give the manifest with the hashes of it.

    Raises:
        OutputError: the folder cannot be written.
    """
    companions = name_companions(manifest, texts.companions, tag, site.address)
    for name, data in companions.items():
        write(folder / name, data)
    hashes = {name: _sha256(data) for name, data in companions.items()}
    manifest = replace(manifest, companions=_joint_sha256(hashes), transcript=_sha256(texts.page.encode()))
    write(folder / page_file(manifest), render_episode(site, manifest, texts.page).encode())
    return manifest


def has_companions(manifest: Manifest, folder: Path) -> bool:
    """Say whether the companions in the folder have the bytes that were written; the page is not looked at."""
    try:
        companions = {name: sha256_at(folder / name) for name in _companions_of(manifest)}
    except OSError:
        return False
    return _joint_sha256(companions) == manifest.companions


def find_cut(manifest: Manifest, folder: Path) -> tuple[str, ...]:
    """Find what goes with a sound and is lost, emptied or cut, by the ends of the files: hashes take too long."""
    return tuple(name for name in files_of(manifest)[1:] if not _is_ended(folder / name))


def _is_ended(path: Path) -> bool:
    end = _ENDS.get(path.suffix, b"\n")
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - len(end)))
            return file.read() == end or read_placeholder(path) is not None
    except OSError:
        return False


def sums_of(manifest: Manifest, folder: Path) -> tuple[str, str]:
    """Hash the companions and the transcript as they stand in the folder; what is lost has no hash."""
    try:
        companions = {name: sha256_at(folder / name) for name in _companions_of(manifest)}
        fill_in(folder / page_file(manifest))
        page = (folder / page_file(manifest)).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return "", ""
    return _joint_sha256(companions), _sha256(transcript_in(page).encode())


def renew_page(site: SiteFacts, manifest: Manifest, folder: Path) -> bool:
    """Write a page again from the transcript in it, if it is not as it should be.

    Returns:
        False where the page is lost, or its transcript is damaged.

    Raises:
        OutputError: the folder cannot be written.
    """
    path = folder / page_file(manifest)
    try:
        fill_in(path)
        page = path.read_bytes()
    except OSError:
        return False
    transcript = transcript_in(page.decode(errors="replace"))
    if _sha256(transcript.encode()) != manifest.transcript:
        return False
    renewed = render_episode(site, manifest, transcript).encode()
    if renewed != page:
        write(path, renewed)
    return True


def refresh_page(site: SiteFacts, manifest: Manifest, folder: Path) -> None:
    """Bring a page up to what is said of the show now, and to this version of the program; write one again that is cut.

    The file of chapters holds the addresses of their pictures, so it is brought up to the show's address as well. What
    is only stood for was made just now, by another process.

    Raises:
        OutputError: the folder cannot be written.
    """
    if any(chapter.image for chapter in manifest.chapters):
        path, chapters = folder / f"{manifest.stem}{CHAPTERS.suffix}", render_chapters(manifest, site.address)
        if not path.is_file() or (path.read_bytes() != chapters and not read_placeholder(path)):
            write(path, chapters)
    path = folder / page_file(manifest)
    try:
        with path.open("rb") as page:
            is_made = page_mark(site, manifest).encode() in page.read(_HEAD_BYTES) and _is_ended(path)
            is_made = is_made or bool(read_placeholder(path))
    except OSError:
        return  # without its transcript no page can be written; the next build of the episode writes it
    if not is_made:
        renew_page(site, manifest, folder)


def _companions_of(manifest: Manifest) -> tuple[str, ...]:
    pictures = dict.fromkeys(chapter.image for chapter in manifest.chapters if chapter.image)
    return (*(f"{manifest.stem}{each.suffix}" for each in COMPANIONS), *pictures)


def _joint_sha256(hashes: Mapping[str, str]) -> str:
    return _sha256(repr(sorted(hashes.items())).encode())


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
