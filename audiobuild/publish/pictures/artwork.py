"""The pictures of an episode: its cover and those of its chapters, from the articles' own pictures (layer 3).

Which files they are made of is found first, and only their bytes are hashed, so that an episode that stands there
already costs no decoding. What a picture was shaped to is kept in the store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audiobuild import __version__
from audiobuild.config.show import Show
from audiobuild.errors import SoundError
from audiobuild.model.book import Book
from audiobuild.model.values import BlockKind, Doubt, Edition, Timeline
from audiobuild.publish.episodes.episode_tag import EpisodeTag
from audiobuild.publish.episodes.manifest import ChapterEntry
from audiobuild.publish.pictures.cover import CHAPTER_PX, COVER_PX, MIME
from audiobuild.publish.pictures.drawing import square_jpeg
from audiobuild.publish.pictures.drawn_cover import cover_facts, draw_episode_cover
from audiobuild.store.artefacts import Store, address


@dataclass(frozen=True, slots=True)
class Artwork:
    """The files that an episode's pictures are made of."""

    covers: tuple[Path, ...]
    """The first that is a picture is the cover; none for a drawn one."""
    ground: Path | None
    """What a cover is drawn on; None for a colour."""
    chapters: tuple[Path | None, ...]
    """In the order of the chapters; None for no picture."""
    hashes: Mapping[Path, str]
    """What the bytes of each file hash to; of a file that cannot be read, nothing."""
    book: Book | None = None
    """The book whose own cover it has, where no file is its cover."""

    @property
    def fingerprint(self) -> tuple[str, ...]:
        """What decides the pictures, wherever their files lie."""
        drawn = self.book.cover_sha256 if self.book else ""
        return (
            *([self.hashes[path] for path in self.covers] or [drawn]),
            self.hashes[self.ground] if self.ground else "",
            *(self.hashes[path] if path else "" for path in self.chapters),
        )


def find_artwork(edition: Edition, show: Show, home: Path, timeline: Timeline) -> Artwork:
    """Find the pictures: the cover, which is a single article's, the show's or a book's; and those of the chapters.

    Args:
        home: the folder that the show's own files are relative to.
    """
    folders = _folders(edition, home)
    own = _own(edition.articles[0].image, folders) if len(edition.articles) == 1 else None
    covers = (*([own] if own else []), *([home / show.cover.file] if show.cover.file else []))
    chapters = tuple(_own(chapter.section.image, folders) for chapter in timeline.chapters)
    ground = None if covers else _ground(show, home, chapters)
    paths = dict.fromkeys(path for path in (*covers, ground, *chapters) if path)
    book = edition.book if edition.book and edition.book.cover and not covers else None
    return Artwork(covers, ground, chapters, {path: _hash(path) for path in paths}, book)


def _ground(show: Show, home: Path, chapters: Iterable[Path | None]) -> Path | None:
    """Find what a cover is drawn on: a picture of the show's, or the first of the articles'."""
    if show.cover.design != "picture":
        return None
    return home / show.cover.picture if show.cover.picture else next((path for path in chapters if path), None)


def add_pictures(tag: EpisodeTag, artwork: Artwork, edition: Edition, show: Show, store: Store) -> EpisodeTag:
    """Put the pictures into a tag; a chapter or an article whose picture is broken has none.

    Raises:
        SoundError: the show's cover is no picture.
        OutputError: the store cannot be written.
    """
    hashes, shaped = artwork.hashes, dict[Path, bytes]()
    for path in filter(None, artwork.chapters):
        if path not in shaped:
            try:
                shaped[path] = _shaped(path, hashes[path], CHAPTER_PX, store)
            except SoundError:
                shaped[path] = b""
    cover = _cover(artwork, show, store) or draw_episode_cover(cover_facts(edition, show, tag, artwork.ground), show)
    chapters = (
        replace(chapter, picture=shaped[path] if path else b"")
        for chapter, path in zip(tag.chapters, artwork.chapters, strict=True)
    )
    return replace(tag, cover=cover, cover_mime=MIME, chapters=tuple(chapters))


def _cover(artwork: Artwork, show: Show, store: Store) -> bytes:
    """Shape the cover; empty where there is no picture for it, or an article's or a book's own is broken."""
    for path in artwork.covers:
        try:
            return _shaped(path, artwork.hashes[path], COVER_PX, store)
        except SoundError:
            if show.cover.file and path == artwork.covers[-1]:
                raise
    try:
        return _shaped(artwork.book.cover, artwork.book.cover_sha256, COVER_PX, store) if artwork.book else b""
    except SoundError:
        return b""


def name_pictures(chapters: Sequence[ChapterEntry], tag: EpisodeTag, stem: str) -> tuple[ChapterEntry, ...]:
    """Name the file of each chapter's picture; chapters with the same picture have one file, that of the first."""
    names: dict[bytes, str] = {}
    for number, chapter in enumerate(tag.chapters, 1):
        names.setdefault(chapter.picture, f"{stem}.ch{number:02}.jpg" if chapter.picture else "")
    return tuple(
        replace(entry, image=names[chapter.picture]) for entry, chapter in zip(chapters, tag.chapters, strict=True)
    )


def find_lost_pictures(edition: Edition, home: Path) -> Iterator[Doubt]:
    """List the pictures that articles name and that are not shown: not there, elsewhere, or broken."""
    folders = _folders(edition, home)
    for article in edition.articles:
        kind = _fault(article.image, folders) if article.image else ""
        if kind:
            line = next((block.line for block in article.blocks if block.kind is BlockKind.IMAGE), 1)
            yield Doubt(1, str(article.image), "", kind, f"{article.source}:{line}")


def _fault(image: Path, folders: Iterable[Path]) -> str:
    """Say why a picture is not shown; empty where it is."""
    if not _is_file(image):
        return "picture that is not there"
    if not _own(image, folders):
        return "picture outside the articles' folder"
    try:
        square_jpeg(image, CHAPTER_PX)
    except SoundError:
        return "picture that cannot be read"
    return ""


def _folders(edition: Edition, home: Path) -> tuple[Path, ...]:
    """The folders that the articles lie in: what is in them may be published."""
    folders = dict.fromkeys((home, *(Path(article.source).parent for article in edition.articles)))
    return tuple(folder.resolve() for folder in folders)


def _own(image: Path | None, folders: Iterable[Path]) -> Path | None:
    """Give a picture that is there and lies with the articles: what an article names is published."""
    if image is None or not _is_file(image):
        return None
    place = image.resolve()
    return image if any(place.is_relative_to(folder) for folder in folders) else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # no name that a file can have
        return False


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def _shaped(source: Path | bytes, digest: str, side_px: int, store: Store) -> bytes:
    """Bring a picture to a square JPEG, if that was not done before."""
    key = address("pictures", source=digest, side_px=side_px, version=__version__)
    kept = store.get(key) if digest else None
    if kept is None:
        kept = square_jpeg(source, side_px)
        store.put(key, kept)
    return kept
