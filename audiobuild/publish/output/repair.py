"""Manifests that are damaged or out of date, and what they said: from the store, else from sound and feed (layer 3).

The store keeps a copy of each manifest under the hash of its sound, so the very bytes come back. Where it has none, the
sound knows its titles, its chapters and its level, and the feed and the list of episodes know the guid; what nobody
knows any more, such as the rubrics of chapters, comes back when the episode is built. Whoever calls this holds the
folder.
"""

from __future__ import annotations

import json
import re
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

from audiobuild.config.show import Show
from audiobuild.errors import AudiobuildError, SourceError
from audiobuild.model.file_formats import FORMATS
from audiobuild.model.levels import PRESETS, Measured
from audiobuild.model.xml_documents import read_xml
from audiobuild.publish.companions import CHAPTERS, COVER
from audiobuild.publish.episodes.episode import digest
from audiobuild.publish.episodes.episode_tag import ChapterTag
from audiobuild.publish.episodes.manifest import (
    SUFFIX,
    ChapterEntry,
    Manifest,
    loudness_facts,
    read_manifest,
    render_manifest,
)
from audiobuild.publish.feed.feed_folder import find_feed_pages, is_opening, read_if_there, revisions_named
from audiobuild.publish.feed.finding import text_of
from audiobuild.publish.output.companion_files import sums_of
from audiobuild.publish.output.leftovers import begun_withdrawals, manifest_name
from audiobuild.publish.output.output_folder import MANIFEST_SUFFIXES, write
from audiobuild.publish.output.placeholders import fill_in
from audiobuild.publish.output.succession import GUIDS
from audiobuild.store.artefacts import Store, address

_NAME = re.compile(r"[A-Za-z0-9-]+")
_LISTED = re.compile(r'<li data-guid="([^"]+)"[^>]*>(?:(?!<li data-).)*?<h3[^>]*><a href="([^"]+)\.html"', re.DOTALL)
_LINKED = re.compile(rb"<link>[^<]*/([A-Za-z0-9-]+)\.html</link>")
_KIND = {each.suffix: each for each in FORMATS.values()}
Named: TypeAlias = Mapping[tuple[str, str], int]
"""The last revision of each sound that a feed names, by its episode's name and its ending."""


@dataclass(frozen=True, slots=True)
class _Announced:
    """What a feed tells of an episode."""

    guid: str
    season: int = 0
    number: int = 0
    type: str = "full"
    place: int = 0


def keep_copy(store: Store, manifest: Manifest) -> None:
    """Keep a copy of a manifest, by which it is made whole.

    Raises:
        OutputError: the store cannot be written.
    """
    key, data = _key(manifest.file, manifest.sha256), render_manifest(manifest)
    if store.get(key) != data:
        store.put(key, data)


def needs_repair(folder: Path) -> bool:
    """Whether something in a folder has to be put right before anybody asks what there is.

    Raises:
        SourceError: a manifest cannot be read at all.
    """
    return bool(begun_withdrawals(folder) or find_damaged(folder))


def find_damaged(folder: Path) -> tuple[Path, ...]:
    """Find the manifests that make no sense, know less than the feed, or are gone, of episodes whose sound is there.

    Raises:
        SourceError: one cannot be read at all.
    """
    named = revisions_named(folder)
    linked = (name.decode() for path in find_feed_pages(folder) for name in _LINKED.findall(path.read_bytes()))
    names = {*linked, *(name for _, name in _listed(folder))}
    announced = {*(manifest_name(*each) for each in named), *(f"{name}{SUFFIX}" for name in names)}
    there = tuple(_manifests(folder))
    gone = sorted({folder / name for name in announced.difference(_renamed(there))} - {*there})
    return tuple(path for path in (*there, *gone) if _sounds(path) and not _is_sound(path, named))


def repair(folder: Path, store: Store) -> tuple[Path, ...]:
    """Write the manifests again that are damaged, under the same names and guids.

    Returns:
        Those that are whole again.

    Raises:
        OutputError: the folder cannot be written.
    """
    named = revisions_named(folder)
    return tuple(path for path in find_damaged(folder) if _repair(path, store, named))


def _repair(path: Path, store: Store, named: Named) -> bool:
    former = _read(path)  # of a former revision: somebody put it back from a copy
    sounds = [each for each in _sounds(path) if former is None or _revision(each) == _last(former, named)]
    for sound in sounds:
        fill_in(sound)
        kept = store.get(_key(sound.name, digest(sound).sha256))
        if kept and _name(path) == read_manifest(kept, str(path)).name:
            write(path, kept, is_lasting=True)
            return True
    told = _read_announced(path.parent, _name(path))
    if told is None and not is_opening(read_if_there(path) or b""):
        return False  # a file of somebody else's
    try:
        manifest = _gathered(sounds[0], _name(path), told)
    except AudiobuildError:
        return False  # neither manifest nor sound: the build of the episode makes both
    if former:
        known: dict[str, Any] = {"identity": former.identity, "known_by": former.known_by, "articles": former.articles}
        manifest = replace(manifest, **known, guid=former.guid, description=former.description)
    write(path, render_manifest(manifest), is_lasting=True)
    return True


def _gathered(sound: Path, name: str, told: _Announced | None) -> Manifest:
    """Put together what an episode's own files say of it."""
    from audiobuild.audio.measurement import profile_file  # with codecs, which a folder that is whole does without
    from audiobuild.publish.formats.containers import read_facts

    facts, profile, written = read_facts(sound), profile_file(sound), digest(sound)
    tag, kind, folder = facts.tag, _KIND[sound.suffix], sound.parent
    levels = round(profile.loudness_lufs, 1), profile.peak_dbtp, round(profile.rms_db, 1)
    measured = Measured(*levels, facts.duration_ms / 1000)
    stem = sound.name.removesuffix(sound.suffix)
    identity = f"{tag.album}|{tag.published or ''}|"
    manifest = Manifest(
        name=name,
        identity=identity,
        guid=told.guid if told else str(uuid.uuid5(GUIDS, identity)),
        revision=_revision(sound),
        title=tag.title,
        show=tag.album,
        author=tag.artist,
        description=tag.comment,
        language=_language(folder / f"{name}.html"),
        published=tag.published,
        file=sound.name,
        mime=kind.media_type,
        bytes=written.bytes,
        sha256=written.sha256,
        made_of="",
        duration_ms=facts.duration_ms,
        cover=f"{stem}{COVER.suffix}" if (folder / f"{stem}{COVER.suffix}").is_file() else "",
        words="estimated",
        loudness=loudness_facts(measured, PRESETS["podcast"]),
        chapters=_chapters(folder / f"{stem}{CHAPTERS.suffix}", facts.tag.chapters),
    )
    if told:
        manifest = replace(manifest, season=told.season, number=told.number, type=told.type, place=told.place)
    companions, transcript = sums_of(manifest, folder)
    return replace(manifest, companions=companions, transcript=transcript)


def _language(page: Path) -> str:
    try:
        found = re.search(r'<html lang="([A-Za-z0-9-]+)"', page.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        found = None
    return found[1] if found else Show().language


def _chapters(path: Path, tagged: tuple[ChapterTag, ...]) -> tuple[ChapterEntry, ...]:
    """Tell the chapters by the tag, and their pictures by the file of chapters."""
    try:
        told = json.loads(path.read_bytes())["chapters"]
        images = [str(each.get("img", "")).rpartition("/")[2] for each in told]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        images = []
    images += [""] * (len(tagged) - len(images))
    return tuple(
        ChapterEntry(each.title, each.start_ms, each.end_ms, each.url, image)
        for each, image in zip(tagged, images, strict=False)
    )


def _read_announced(folder: Path, name: str) -> _Announced | None:
    """Read what the feeds and the list of episodes say of an episode."""
    for path in sorted(folder.glob("feed*.xml")):
        for item in _items(path):
            if text_of(item, "link").rpartition("/")[2] == f"{name}.html" and (guid := text_of(item, "guid")):
                season, number = (_number(text_of(item, f"itunes:{each}")) for each in ("season", "episode"))
                place = re.search(r" 05:0?(\d+):(\d\d) GMT$", text_of(item, "pubDate"))
                order = int(place[1]) * 60 + int(place[2]) if place else 0
                return _Announced(guid, season, number, text_of(item, "itunes:episodeType") or "full", order)
    return next((_Announced(guid) for guid, page in _listed(folder) if page == name), None)


def _listed(folder: Path) -> list[tuple[str, str]]:
    """Read the guids and the names of the episodes that are in the list of them."""
    try:
        return _LISTED.findall((folder / "index.html").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return []


def _items(path: Path) -> Iterator[ET.Element]:
    try:
        yield from read_xml(path.read_bytes()).iter("item")
    except (OSError, ValueError):
        return


def _number(text: str) -> int:
    return int(text) if re.fullmatch(r"[1-9]\d{0,4}", text) else 0


def _manifests(folder: Path) -> Iterator[Path]:
    for suffix in MANIFEST_SUFFIXES:
        paths = folder.glob(f"*{suffix}") if folder.is_dir() else ()
        yield from sorted(path for path in paths if _NAME.fullmatch(path.name.removesuffix(suffix)))


def _renamed(manifests: Iterable[Path]) -> Iterator[str]:
    """Give the former names of manifests that somebody renamed: their episodes take the new one."""
    for path in manifests:
        if not _sounds(path):
            with suppress(SourceError):
                manifest = read_manifest(path.read_bytes(), str(path))
                yield f"{manifest.name}{path.name.removeprefix(_name(path))}"


def _read(path: Path) -> Manifest | None:
    """Read a manifest; None for what is none, or is another episode's, which somebody copied over it."""
    data = read_if_there(path)
    try:
        manifest = None if data is None else read_manifest(data, str(path))
    except SourceError:
        return None
    return manifest if manifest and manifest.name == _name(path) else None


def _is_sound(path: Path, named: Named) -> bool:
    """Whether a manifest can be read, and is of the last revision that a feed names and that is there."""
    manifest = _read(path)
    if manifest is None:
        return False
    last = _last(manifest, named)
    return last <= manifest.revision or all(_revision(each) != last for each in _sounds(path))


def _last(manifest: Manifest, named: Named) -> int:
    return named.get((manifest.name, Path(manifest.file).suffix), 1)


def _name(path: Path) -> str:
    return path.name.partition(".")[0]


def _sounds(path: Path) -> list[Path]:
    """Find the sounds of a manifest's episode, the newest revision first."""
    name, ending = _name(path), Path(path.name.removesuffix(SUFFIX)).suffix
    endings = [ending] if ending else [each.suffix for each in FORMATS.values() if each.is_joined]
    found = [each for end in endings for each in path.parent.glob(f"{name}*{end}")]
    pattern = re.compile(rf"{re.escape(name)}(?:\.r[1-9]\d*)?\.\w+")
    return sorted((each for each in found if pattern.fullmatch(each.name)), key=_revision, reverse=True)


def _revision(sound: Path) -> int:
    found = re.search(r"\.r([1-9]\d*)\.", sound.name)
    return int(found[1]) if found else 1


def _key(file: str, sha256: str) -> str:
    return address("manifests", file=file, sha256=sha256)
