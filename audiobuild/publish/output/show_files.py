"""What tells of all the episodes in the output folder: index page, player, feed (layer 3)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from audiobuild import __version__
from audiobuild.config.show import Show
from audiobuild.errors import OutputError
from audiobuild.publish.episodes.manifest import Manifest, newest_first
from audiobuild.publish.feed.feed_facts import feed_file
from audiobuild.publish.feed.feed_folder import is_foreign_feed, read_former_feed, write_feed
from audiobuild.publish.feed.feed_text import MOST_TITLE_CHARS, printable_line
from audiobuild.publish.feed.rss import render_feed
from audiobuild.publish.media_types import SHOW_PICTURE
from audiobuild.publish.output.companion_files import refresh_page
from audiobuild.publish.output.output_folder import OutputFolder, is_foreign_page, write
from audiobuild.publish.site.pages import SiteFacts, render_index, static_files

_MARK_DIGITS = 16
_HEAD_BYTES = 256


def publish_show(show: Show, folder: OutputFolder) -> None:
    """Write what tells of all the episodes in the output folder: the pages and, where its address is known, the feed.

    Pages of episodes that were built before follow what is said of the show now.

    Raises:
        AudiobuildError: the folder cannot be written, a manifest in it is broken, or its page or feed is another's.
    """
    refuse_foreign_files(folder.path, show)
    manifests = folder.manifests()
    site = site_facts(show)
    cover = keep_picture(show, folder.path, newest_first(manifests))
    listed = replace(show, feed=replace(show.feed, cover=show.feed.cover or cover))
    feed = render_feed(with_guid(listed, folder.path), manifests, folder.known()) if show.feed.base else {}
    for manifest in (each for each in manifests if each.cover):
        refresh_page(site, manifest, folder.path)
    index = render_index(replace(site, cover=cover), manifests)
    write(folder.path / "index.html", index.encode())
    for name, data in static_files(site).items():
        write(folder.path / name, data)
    if feed:
        write_feed(folder.path, feed)


def keep_picture(show: Show, folder: Path, newest: Sequence[Manifest]) -> str:
    """Keep the show's picture up to date: drawn anew where the remark in its head tells of another show or design.

    Args:
        newest: episodes, the newest first.

    Returns:
        Its file: that of the newest episode for a show without a feed, or with a picture of the editor's own.
    """
    if not show.feed.base or show.feed.cover or show.cover.file:
        return next((each.cover for each in newest), "")
    facts = (__version__, show.title, show.accent, show.language, show.cover)
    mark = "audiobuild " + hashlib.sha256(repr(facts).encode()).hexdigest()[:_MARK_DIGITS]
    path = folder / SHOW_PICTURE
    try:
        with path.open("rb") as file:
            is_there = mark.encode() in file.read(_HEAD_BYTES)
    except OSError:
        is_there = False
    if not is_there:
        from audiobuild.publish.pictures.drawn_cover import draw_show_picture  # which most builds do without

        write(path, draw_show_picture(show, mark))
    return SHOW_PICTURE


def with_guid(show: Show, folder: Path) -> Show:
    """Keep the guid that the show's feed has had, wherever it is published now."""
    former = read_former_feed(folder)
    if show.feed.guid or former is None or former.title != printable_line(show.title, MOST_TITLE_CHARS):
        return show
    return replace(show, feed=replace(show.feed, guid=former.guid))


def site_facts(show: Show, cover: str = "") -> SiteFacts:
    """Gather what the pages say of the show; a private feed is not named in them."""
    is_public = show.feed.base and not show.feed.key
    return SiteFacts(
        title=show.title or "Episodes",
        author=show.author,
        description=show.description,
        language=show.language,
        link=show.link,
        accent=show.accent,
        feed=feed_file(show.feed) if is_public else "",
        address=show.feed.base,
        cover=cover,
    )


def refuse_foreign_files(folder: Path, show: Show) -> None:
    """Refuse to overwrite a page or a feed that is not ours; a link may be overwritten, for its target stays.

    Raises:
        OutputError: one stands there.
    """
    judges = {folder / "index.html": is_foreign_page}
    if show.feed.base:
        judges[folder / feed_file(show.feed)] = is_foreign_feed
    for path, is_foreign in judges.items():
        if not path.is_symlink() and is_foreign(path):
            hint = "Give the episodes a folder of their own, or take the file away."
            raise OutputError("this file is not of audiobuild, and would be lost", str(path), hint)
