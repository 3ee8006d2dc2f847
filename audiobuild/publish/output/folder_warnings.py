"""What an editor should know of a folder that was published, each in one line (layer 3).

Nothing of it stops a build. The present day is asked for here alone, and decides nothing that is written.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from audiobuild.config.show import Show
from audiobuild.publish.episodes.identity import find_new
from audiobuild.publish.episodes.manifest import Manifest
from audiobuild.publish.feed.feed_facts import feed_address
from audiobuild.publish.feed.feed_folder import FormerFeed
from audiobuild.publish.output.companion_files import find_cut
from audiobuild.publish.output.placeholders import read_placeholder
from audiobuild.publish.output.working_copy import find_working_copy
from audiobuild.store.buckets import is_address

_SHOWN_NAMES = 3
_LATE = dt.timedelta(days=180)
_PUBLIC = "feed.xml"


def find_folder_warnings(
    show: Show,
    manifests: Sequence[Manifest],
    folder: Path | None,
    former: FormerFeed | None,
    today: dt.date | None,
    *,
    new: Collection[str] = (),
) -> tuple[str, ...]:
    """Say what listeners would stumble over.

    Args:
        show: as it is now.
        manifests: of all episodes that the folder's feed and pages tell of.
        folder: where they are; None where they are published elsewhere as well.
        former: the feed that stood there before.
        today: the present day; None where nothing is to be said of the future.
        new: names of episodes that have just come out for the first time.
    """
    of_feed = _of_feed(show, manifests, former, today) if show.feed.base else _of_no_feed(former)
    lost = (*_lost(manifests, folder), *_cut(manifests, folder), *_cover(show, folder)) if folder else ()
    of_new = (*_late(manifests, new), *_again(manifests, new))
    return (*lost, *_shows(manifests), *_letters(show), *of_new, *of_feed)


def first_of(names: Sequence[str]) -> str:
    """Name the first of several."""
    more = f" and {len(names) - _SHOWN_NAMES} more" if len(names) > _SHOWN_NAMES else ""
    return ", ".join(names[:_SHOWN_NAMES]) + more


def _lost(manifests: Sequence[Manifest], folder: Path) -> Iterator[str]:
    """Tell of sounds that are gone or cut, by their length alone: to hash them all would take too long."""
    lost = [each.file for each in manifests if not _is_there(folder / each.file, each.bytes)]
    if lost:
        yield f"{first_of(lost)}: the sound is lost, and listeners are told of it: build it again, or audiobuild remove"


def _cut(manifests: Sequence[Manifest], folder: Path) -> Iterator[str]:
    """Tell of pages, pictures and texts that could not be written again: their episodes were not built."""
    there = (each for each in manifests if (folder / each.file).is_file())
    cut = [name for each in there for name in find_cut(each, folder)]
    if cut:
        yield f"{first_of(cut)}: lost or cut, and made again with the episode: build it again"


def _cover(show: Show, folder: Path) -> Iterator[str]:
    """Tell of the feed's picture where it is to be a file beside it; an object store's copy may lack what is there."""
    cover = show.feed.cover if show.feed.base else ""
    if cover and not is_address(cover) and not (folder / cover).is_file() and not find_working_copy(folder):
        yield f"the feed's cover {cover} is not in {folder}: put it there, or name it in [cover] file"


def _is_there(path: Path, size_bytes: int) -> bool:
    try:
        return path.stat().st_size == size_bytes or read_placeholder(path) is not None
    except OSError:
        return False


def _shows(manifests: Sequence[Manifest]) -> Iterator[str]:
    shows = Counter(manifest.show for manifest in manifests)
    if len(shows) > 1:
        yield f"the feed holds episodes of several shows: {first_of([name for name, _ in shows.most_common()])}"


def _letters(show: Show) -> Iterator[str]:
    if show.cover.file or show.title.isascii():
        return
    from audiobuild.publish.pictures.lettering import is_drawable  # it opens typefaces, which most titles need not

    if not is_drawable(show.title):
        yield "the cover lacks letters of the title: pip install 'audiobuild[cjk]', or give it a file in [cover]"


def _late(manifests: Sequence[Manifest], new: Collection[str]) -> Iterator[str]:
    """Tell of new episodes dated long before what is out already: the year may be wrong."""
    newest = max((each.published for each in manifests if each.published and each.name not in new), default=None)
    dated = [(each.name, each.published) for each in manifests if each.name in new]
    late = [name for name, date in dated if newest and date and newest - date > _LATE]
    if late:
        yield f"{first_of(late)}: dated long before the newest episode, so apps show it far below: is the year right?"


def _again(manifests: Sequence[Manifest], new: Collection[str]) -> Iterator[str]:
    """Tell of a new issue most of whose articles came out before, in several others: a folder of all issues, perhaps.

    Where they came out in one, the build has stopped before.
    """
    issues = {each.guid: each for each in manifests if len(each.articles) > 1}.values()
    for issue in (each for each in issues if each.name in new):
        left, held = issue.articles, list[str]()
        for other in (each for each in issues if each.name not in new):
            rest = find_new(other.articles, left)
            held += [other.name] * (len(rest) < len(left))
            left = rest
        whole = len(issue.articles)
        if len(held) > 1 and 2 * len(left) <= whole:
            told = f"{whole - len(left)} of its {whole} articles came out before, in {first_of(held)}"
            yield f"{issue.name}: {told}: was one issue meant? audiobuild remove takes it back"


def _of_no_feed(former: FormerFeed | None) -> Iterator[str]:
    if former:
        yield "the feed stays as it was, without this episode: show.toml has no [feed] base any more"


def _of_feed(
    show: Show, manifests: Sequence[Manifest], former: FormerFeed | None, today: dt.date | None
) -> Iterator[str]:
    early = [each.name for each in manifests if today and each.published and each.published > today]
    if early:
        yield f"{first_of(early)}: the date is in the future, until which apps may hide it"
    address = feed_address(show.feed)
    if former and former.address and former.address != address and not show.feed.key:
        yield f"the feed has moved from {former.address} to {address}: podcast:guid stays; feed.moved_to tells apps"
    if former and show.feed.key and former.address.endswith(f"/{_PUBLIC}"):
        yield f"{_PUBLIC} is gone, and apps that follow it find nothing: [feed] key makes the feed a private one"
    if former and former.language and former.language != show.language:
        yield f"the language of the show was {former.language}, and is {show.language} now, in the feed as well"
    if not show.description.strip():
        yield 'the show has no description, which directories ask for: description = "..." in show.toml'
