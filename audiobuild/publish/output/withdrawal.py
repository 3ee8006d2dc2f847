"""An episode that is taken back: out of feed and index, and its files with it (layer 3).

The episode is cut out of what tells of it; with the show at hand, that is made anew. Before anything goes, its name is
put down in a file, so that whoever next holds the folder finishes what a kill broke off. Whoever calls this holds it.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterable
from pathlib import Path

from audiobuild.config.show import Show
from audiobuild.errors import SourceError
from audiobuild.model.xml_documents import read_xml
from audiobuild.publish.episodes.manifest import Manifest, newest_first
from audiobuild.publish.feed.feed_folder import find_feed_pages
from audiobuild.publish.feed.feed_xml import qualified, render_xml
from audiobuild.publish.feed.finding import text_of
from audiobuild.publish.output.leftovers import GONE_FILE, manifest_name, read_names, remove_episodes, write_names
from audiobuild.publish.output.output_folder import OutputFolder, write
from audiobuild.publish.output.show_files import publish_show

_ENTRY = r'<li data-guid="{guid}".*?</li>\n?'


def find_episode(folder: OutputFolder, name: str) -> tuple[Manifest, ...]:
    """Find an episode by the name of any of its files: all its formats, or the one that is named.

    Raises:
        SourceError: there is none of that name.
    """
    stem, _, ending = name.partition(".")
    known = [each for each in folder.known() if each.name == stem]
    other = [each for each in known if not each.cover and Path(each.file).suffix == f".{ending.rpartition('.')[2]}"]
    if not known:
        there = ", ".join(sorted({each.name for each in folder.known()})[:5])
        hint = f"There are: {there}." if there else "Give the path of an episode, such as output/NAME.mp3."
        raise SourceError("there is no such episode", str(folder.path / name), hint)
    return tuple(other or known)


def withdraw(folder: OutputFolder, episode: Iterable[Manifest], show: Show | None) -> tuple[str, ...]:
    """Take an episode back; what tells of it goes first, so that nobody is led to what is not there.

    Returns:
        The names of the files that went.

    Raises:
        AudiobuildError: the folder cannot be written, or its page or feed is another's.
    """
    path, gone = folder.path, tuple(episode)
    names = [manifest_name(each.name, Path(each.file).suffix) for each in gone]
    write_names(path / GONE_FILE, names)
    files = _take_away(path, names)
    if show is not None:
        publish_show(show, OutputFolder(path))
    (path / GONE_FILE).unlink(missing_ok=True)
    return files


def finish_withdrawals(folder: Path) -> None:
    """Take the episodes back that somebody had begun to, who was killed.

    Raises:
        AudiobuildError: the folder cannot be written.
    """
    if names := read_names(folder / GONE_FILE):
        _take_away(folder, names)
    if names is not None:
        (folder / GONE_FILE).unlink(missing_ok=True)


def _take_away(folder: Path, names: Collection[str]) -> tuple[str, ...]:
    """Take away the episodes of some manifests, and first what tells of them, as far as these are still there."""
    known = [(manifest_name(each.name, Path(each.file).suffix), each) for each in OutputFolder(folder).known()]
    left = [each for name, each in known if name not in names]
    for name, each in known:
        if name in names:
            _cut_out(folder, each, left)
    return remove_episodes(folder, names)


def _cut_out(folder: Path, manifest: Manifest, left: Iterable[Manifest]) -> None:
    """Cut an episode out of feed and index, and put another cover in place of its own."""
    cover = next((each.cover for each in newest_first(left) if each.cover), "")
    for path in find_feed_pages(folder):
        try:
            root = read_xml(path.read_bytes())
        except ValueError:
            continue  # it tells of nothing, and is made anew by the next build
        for channel in root.iter("channel"):
            for item in channel.findall("item"):
                if text_of(item, "guid") == manifest.guid:
                    channel.remove(item)
            _change_picture(channel, manifest.cover, cover)
        write(path, render_xml(root), is_lasting=True)
    index = folder / "index.html"
    if index.is_file():
        page = re.sub(
            _ENTRY.format(guid=re.escape(manifest.guid)), "", index.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        write(index, (page.replace(manifest.cover, cover) if manifest.cover and cover else page).encode())


def _change_picture(channel: ET.Element, gone: str, cover: str) -> None:
    if not gone or not cover:
        return
    for element in channel.findall("image/url"):
        element.text = re.sub(rf"/{re.escape(gone)}$", f"/{cover}", element.text or "")
    for element in channel.findall(qualified("itunes:image")):
        element.set("href", re.sub(rf"/{re.escape(gone)}$", f"/{cover}", element.get("href", "")))
