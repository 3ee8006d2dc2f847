"""Files to an object store, in an order in which no file tells of one that is not there yet (layer 3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeAlias, TypeVar

from audiobuild.errors import OutputError
from audiobuild.publish.companions import CHAPTERS
from audiobuild.publish.episodes.episode import digest
from audiobuild.publish.episodes.manifest import SUFFIX
from audiobuild.publish.media_types import headers_of
from audiobuild.publish.output.placeholders import read_placeholder
from audiobuild.store.buckets import Bucket, open_bucket

_AT_ONCE = 8
"""How many objects are asked for or sent at once."""
_T = TypeVar("_T")
_R = TypeVar("_R")
_FEED = re.compile(r"feed(?:-[0-9a-f]{32})?(?:-(\d+))?\.xml")


@dataclass(frozen=True, slots=True)
class Delivered:
    """What is known of an object."""

    mark: str
    """Another for every other content."""
    sha256: str
    """Empty where it was not asked for."""


Known: TypeAlias = Mapping[str, Delivered]
"""Objects, by their names."""


def call_at_once(call: Callable[[_T], _R], items: Sequence[_T]) -> list[_R]:
    """Make a call for each of several things, some at once; the first that fails ends it."""
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        try:
            return [each.result() for each in [threads.submit(call, item) for item in items]]
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise


def sending_order(names: list[str]) -> list[list[str]]:
    """Put files in the order in which they are sent, so that nothing tells of what is not there yet.

    Sounds and what goes with them come first, then pages, manifests, the list of episodes, and the feed page after
    page; the feed itself comes last. Those of a group go at once.

    >>> sending_order(["feed.xml", "weekly.html", "feed-1.xml", "weekly.json", "weekly.mp3", "index.html"])
    [['weekly.mp3'], ['weekly.html'], ['weekly.json'], ['index.html'], ['feed-1.xml'], ['feed.xml']]
    """
    return [list(group) for _, group in groupby(sorted(names, key=lambda name: (_rank(name), name)), key=_rank)]


def is_manifest(name: str) -> bool:
    """Say whether a file may be the manifest of an episode, by its name."""
    return name.endswith(SUFFIX) and not name.endswith(CHAPTERS.suffix)


def _rank(name: str) -> tuple[int, int]:
    if found := _FEED.fullmatch(name):
        return (4, int(found[1])) if found[1] else (5, 0)
    if name == "index.html":
        return 3, 0
    if is_manifest(name):
        return 2, 0
    return int(name.endswith(".html") and not name.endswith(".transcript.html")), 0


def deliver(bucket: Bucket, paths: list[Path], known: Known) -> dict[str, Delivered]:
    """Send files, in their order; what stands there already is not sent again.

    Args:
        bucket: where to.
        paths: of the files.
        known: what stands there, as far as it was there when it was looked at.

    Returns:
        What stands there now in their places.

    Raises:
        OutputError: something else stands there by now, or the object store does not answer.
    """
    by_name = {path.name: path for path in paths}
    sent: dict[str, Delivered] = {}
    for names in sending_order(list(by_name)):
        told = call_at_once(lambda name: _delivered(bucket, by_name[name], known.get(name)), names)
        sent.update(zip(names, told, strict=True))
    return sent


def deliver_folder(folder: Path, address: str) -> dict[str, Delivered]:
    """Send all files of a folder but its placeholders; the object store is asked first which of them it has.

    Raises:
        OutputError: the object store does not answer.
    """
    bucket = open_bucket(address)
    paths = [path for path in sorted(folder.iterdir()) if not path.name.startswith(".") and not read_placeholder(path)]
    found = ((path.name, bucket.look(path.name)) for path in paths)
    return deliver(bucket, paths, {name: Delivered(each.mark, "") for name, each in found if each})


def _delivered(bucket: Bucket, path: Path, known: Delivered | None) -> Delivered:
    name, sha256 = path.name, digest(path).sha256
    if known and (known.sha256 or bucket.sha256(name)) == sha256:
        return Delivered(known.mark, sha256)
    mark = bucket.place(name, path, known.mark if known else "", headers=headers_of(name), sha256=sha256)
    if mark is None and bucket.sha256(name) == sha256:  # it was carried out, and the answer was lost
        found = bucket.look(name)
        mark = found.mark if found else None
    if mark is None:
        hint = "Somebody else writes there. Build again: it goes on from what is there."
        raise OutputError("it is not what it was when this build began", f"{bucket.address}/{name}", hint)
    return Delivered(mark, sha256)
