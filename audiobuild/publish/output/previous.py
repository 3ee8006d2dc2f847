"""What was published elsewhere, copied into a new output folder, such as that of a CI run (layer 3).

From a folder, everything is taken that its manifests name. From the address of a feed, the manifests are, which stand
beside the sounds: the sounds stay where they are published. Either way names, guids and revisions go on from there, so
that no address ever gives other bytes. What stands in the folder already stays. Whoever calls this holds the folder.
"""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from audiobuild.errors import SourceError
from audiobuild.model.xml_documents import read_xml
from audiobuild.network.remote_documents import fetch_document
from audiobuild.publish.episodes.manifest import SUFFIX, Manifest, read_manifest
from audiobuild.publish.feed.feed_folder import find_feed_pages
from audiobuild.publish.feed.finding import text_of
from audiobuild.publish.output.leftovers import files_named, manifest_name
from audiobuild.publish.output.output_folder import OutputFolder, write

_HINT = "Give the folder in which the episodes are, or the address of their feed."


def continue_from(previous: Path | str, folder: Path) -> None:
    """Copy what was published before into a folder, so that the build continues from it.

    Args:
        previous: a folder, or the address of a feed.
        folder: the output folder, which is held.

    Raises:
        SourceError: there is nothing of ours, or not all of it can be had.
        NetworkError: the feed or a manifest cannot be fetched.
        OutputError: the folder cannot be written.
    """
    if isinstance(previous, str):
        _fetch(previous, folder)
    else:
        _copy(previous, folder)


def _copy(previous: Path, folder: Path) -> None:
    known = OutputFolder(previous).known()
    if not known:
        raise SourceError("there is no episode in it", str(previous), _HINT)
    for manifest in known:
        own = previous / manifest_name(manifest.name, Path(manifest.file).suffix)
        if (folder / own.name).exists():
            continue
        for path in (*files_named(previous, manifest), own):  # the manifest last: it tells of the others
            if not (folder / path.name).exists():
                shutil.copyfile(path, folder / path.name)
    for path in find_feed_pages(previous):
        if not (folder / path.name).exists():
            shutil.copyfile(path, folder / path.name)


def _fetch(address: str, folder: Path) -> None:
    data = fetch_document(address, allow_private=True).data
    try:
        items = list(read_xml(data).iter("item"))
    except ValueError as error:
        raise SourceError(f"this is no feed: {error}", address, _HINT) from error
    for item in items:
        manifest, written = _manifest_of(item, address)
        path = folder / f"{manifest.name}{SUFFIX}"
        if not path.exists():
            write(path, written)
    feed = folder / "feed.xml"
    if not feed.exists():
        write(feed, data)


def _manifest_of(item: ET.Element, address: str) -> tuple[Manifest, bytes]:
    """Fetch the manifest of an item, which stands beside its page."""
    page = text_of(item, "link")
    if not page.startswith(("http://", "https://")) or not page.endswith(".html"):
        raise SourceError("this feed is not of audiobuild", address, _HINT)
    place = f"{page.removesuffix('.html')}{SUFFIX}"
    data = fetch_document(place, allow_private=True).data
    manifest = read_manifest(data, place)
    if manifest.guid != text_of(item, "guid") or manifest.name != next(_names(place), ""):
        raise SourceError("this manifest is of another episode than the feed says", place, _HINT)
    return manifest, data


def _names(address: str) -> Iterator[str]:
    name = address.rpartition("/")[2].removesuffix(SUFFIX)
    if name and all(char.isalnum() or char == "-" for char in name):
        yield name
