"""Which published episode a build takes the place of, and when it must not (layer 3).

What an edition is known by and the manifests of the output folder enter; a `Standing` leaves: guid and name, and the
manifest that is to be replaced. Nothing is written. Manifests of former versions tell neither what their episodes are
known by nor what was in them: those are found by their guids, and what is in them by their transcripts.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TypeAlias

from audiobuild.config.show import Show
from audiobuild.errors import OutputError
from audiobuild.model.plain_text import plain_line
from audiobuild.model.values import Edition
from audiobuild.normalisation import load_language
from audiobuild.publish.episodes.description import file_name, former_identity_of, identity_of
from audiobuild.publish.episodes.identity import (
    ArticleMark,
    Common,
    Identity,
    Kind,
    are_same,
    count_common,
    find_new,
    sketch,
)
from audiobuild.publish.episodes.manifest import Manifest, identity_in
from audiobuild.publish.output.output_folder import OutputFolder
from audiobuild.publish.output.placeholders import fill_in

GUIDS = uuid.UUID("5f9b1c7e-6c0e-5d0a-9f39-2d5d0b3f1a60")
"""The namespace of the guids of episodes (RFC 4122, version 5)."""
_ARTICLE_FILE = re.compile(r"\|[^|]*\|[^|]*\.\w+")
"""How an article's former identity ends: with its folder and its file."""
_HEADING = re.compile(r"^(.+) \[[\d:]+\]\n-+$", re.MULTILINE)
"""Of a chapter, in a transcript."""


class OnConflict(Enum):
    """What is to be done where an episode would be replaced or published twice."""

    ASK = "ask"
    REPLACE = "replace"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Standing:
    """What an episode is among those that were published."""

    identity: Identity
    text: str
    """What no other episode of the folder is known by."""
    guid: str
    name: str
    """What its files are called."""
    before: tuple[Manifest, ...]
    """What it takes the place of, in each format that was made; empty for a new episode."""


@dataclass(frozen=True, slots=True)
class _Published:
    """An episode in the folder, in all its formats."""

    manifests: tuple[Manifest, ...]
    folder: Path

    @property
    def first(self) -> Manifest:
        """The one that tells of it: the fullest there is."""
        return max(self.manifests, key=lambda each: (bool(each.known_by), bool(each.cover)))

    @property
    def is_issue(self) -> bool:
        """Whether it has several articles."""
        known = identity_in(self.first)
        return known.is_issue if known else not _ARTICLE_FILE.search(self.first.identity)

    @property
    def part(self) -> str:
        """What was chosen of an issue."""
        known = identity_in(self.first)
        return known.part if known else self.first.identity.rpartition("|")[2] if self.is_issue else ""

    def is_of(self, show: str) -> bool:
        """Whether it is an episode of that show."""
        known = identity_in(self.first)
        return known.show == show if known else self.first.identity.startswith(f"{show}|")

    def marks(self) -> tuple[ArticleMark, ...]:
        """What its articles are known by; of a former version's, whatever its transcript tells."""
        return self.first.articles or _marks_of(self.first, self.folder, is_issue=self.is_issue)


_Found: TypeAlias = tuple[_Published, Common]


def _best(found: Iterable[_Found]) -> _Found | None:
    """Choose the one that has the most articles in common."""
    return max(found, key=lambda each: each[1].count, default=None)


class Succession:
    """The episodes of an output folder, and which of them were taken up by this build."""

    def __init__(self, folder: OutputFolder, show: Show, on_conflict: OnConflict = OnConflict.ASK) -> None:
        groups: dict[str, list[Manifest]] = {}
        for manifest in folder.known():
            groups.setdefault(manifest.guid, []).append(manifest)
        self._published = {guid: _Published(tuple(group), folder.path) for guid, group in groups.items()}
        self._taken: set[str] = set()
        self._names: set[str] = set()
        self._folder = folder
        self._show = show
        self._on_conflict = on_conflict

    def find_standings(self, editions: Sequence[Edition], *, is_whole: bool = False) -> list[Standing]:
        """Find which published episodes editions replace.

        Args:
            editions: what is to be published; behind the first come its articles, each by itself.
            is_whole: whether the first is all that a folder holds, which may have been more.

        Raises:
            OutputError: one would replace another episode, or be published twice.
        """
        return [self._find_standing(each, is_whole=is_whole and not at) for at, each in enumerate(editions)]

    def _find_standing(self, edition: Edition, *, is_whole: bool) -> Standing:
        identity = identity_of(edition, self._show)
        former = former_identity_of(edition, self._show)
        found = self._same(edition, identity, {episode_guid(identity.text), episode_guid(former)})
        if is_whole and not found:
            self._refuse_remnant(edition)
        text = found.first.identity if found else self._free_text(identity.text)
        guid = found.first.guid if found else episode_guid(text)
        self._taken.add(guid)
        own = file_name(edition)
        name = self._folder.name_of(found.first) if found else self._folder.free_name(own, self._names)
        self._names.add(name)
        return Standing(identity, text, guid, name, found.manifests if found else ())

    def holds(self, edition: Edition) -> bool:
        """Say whether an edition is a part of an issue that was published: all of it is there, and more."""
        return self._whole_of(edition) is not None

    def _refuse_remnant(self, edition: Edition) -> None:
        """Refuse what is left of a folder that was published as an issue: an article by itself would be an episode."""
        found = self._whole_of(edition) if len(edition.articles) == 1 else None
        if found and self._on_conflict is OnConflict.ASK:
            raise _remnant_error(found, edition)

    def _whole_of(self, edition: Edition) -> _Published | None:
        identity = identity_of(edition, self._show)
        for each in self._published.values():
            if each.is_issue and not each.part and each.is_of(identity.show) and _may_hold(each, identity):
                common = count_common(each.marks(), identity.articles)
                if common.count == common.built < common.published:
                    return each
        return None

    def _same(self, edition: Edition, identity: Identity, guids: Collection[str]) -> _Published | None:
        left = [each for guid, each in self._published.items() if guid not in self._taken]
        named = _best((each, _common(each, identity)) for each in left if _is_named(each, identity, guids))
        if named and named[1].is_kept:
            self._refuse_merger(named[0], left, identity, edition)
            return named[0]
        others = [each for each in left if not named or each is not named[0]]
        held = None if identity.part else self._holder(others, identity)  # a part stands beside the whole
        found = held or named
        if found is None or self._on_conflict is OnConflict.NEW:
            return None
        if self._on_conflict is OnConflict.ASK:
            raise _duplicate_error(*found, edition, identity.show) if held else _replacement_error(*found, edition)
        return found[0]

    def _refuse_merger(self, own: _Published, left: Iterable[_Published], identity: Identity, edition: Edition) -> None:
        """Refuse to add to an issue what is another one, such as where two folders were named for one build."""
        if self._on_conflict is not OnConflict.ASK or not identity.is_issue or identity.part:
            return
        added = find_new(own.marks(), identity.articles)
        if len(added) < 2:  # one is held over from week to week
            return
        whole = replace(identity, articles=added)
        for other in left:
            if other is not own and other.is_issue and not other.part and _may_hold(other, whole):
                common = _common(other, whole)
                if common.count > 1 and common.is_kept:
                    raise _merger_error(own, other, common, edition)

    def _holder(self, left: Iterable[_Published], identity: Identity) -> _Found | None:
        """Find an episode, of whatever date or name, in which the articles are already."""
        others = (each for each in left if each.is_issue == identity.is_issue)  # of whatever show: a title may change
        likely = (each for each in others if not each.part and _may_hold(each, identity))
        held = ((each, _common(each, identity)) for each in likely)
        return _best(each for each in held if each[1].is_there)

    def _free_text(self, text: str) -> str:
        """Tell an episode that is to be another from one that is known by the same."""
        numbered = [text, *(f"{text}|{number}" for number in range(2, len(self._published) + 3))]
        known = {each.first.identity for each in self._published.values()}
        return next(t for t in numbered if t not in known and episode_guid(t) not in {*self._published, *self._taken})


def episode_guid(text: str) -> str:
    """Make the guid of an episode of what it is known by."""
    return str(uuid.uuid5(GUIDS, text))


def _is_named(published: _Published, identity: Identity, guids: Collection[str]) -> bool:
    """Say whether an episode is known by the same as another; a former version's by its guid."""
    first = published.first
    known = identity_in(first)
    if known:
        return are_same(known, identity)
    numbers = {first.number, _number(identity)} - {0}
    if first.guid not in guids or len(numbers) > 1:
        return False
    is_undated = published.is_issue and first.published is None
    return not is_undated or _common(published, identity).is_kept


def _number(identity: Identity) -> int:
    return int(dict(identity.keys).get(Kind.NUMBER, "").rpartition(".")[2] or 0)


def _common(published: _Published, identity: Identity) -> Common:
    return count_common(published.marks(), identity.articles)


def _may_hold(published: _Published, identity: Identity) -> bool:
    """Whether it is worth looking for articles in an episode: of a former version's, a transcript has to be read."""
    if published.first.articles:
        return True
    titles = {published.first.title, *(chapter.title for chapter in published.first.chapters)}
    return any(plain_line(mark.title) in title for mark in identity.articles for title in titles)


def _marks_of(manifest: Manifest, folder: Path, *, is_issue: bool) -> tuple[ArticleMark, ...]:
    """Find the articles of an episode in its transcript; none where that is lost."""
    copy = folder / f"{manifest.stem}.txt"
    try:
        fill_in(copy)
        text = copy.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ()
    parts = _HEADING.split(text)
    titles, said = parts[1::2], parts[2::2]
    if not is_issue:
        return (ArticleMark(manifest.title, text=sketch("\n".join(said))),)
    language = load_language(manifest.language)
    own = {language.introduction, language.outro}
    articles = (each for each in zip(titles, said, strict=True) if each[0] not in own)
    return tuple(ArticleMark(title, text=sketch(words)) for title, words in articles)


# --- what an editor is told ---------------------------------------------------------------------------


def _replacement_error(found: _Published, common: Common, edition: Edition) -> OutputError:
    place = str(found.folder / found.first.file)
    if len(edition.articles) == 1:
        article = edition.articles[0]
        message = f"{found.first.title!r} would be replaced by {article.title!r} ({article.source}), another text"
        hint = "Another article? Give it a date or an id in its front matter, or --new. The same, rewritten? --replace."
        return OutputError(message, place, hint)
    kept = f"{common.count} of its {common.published} articles" if common.count else "no article of it"
    message = f"{found.first.title!r} would be replaced by {_name(edition)}, which has {kept}"
    hint = "Another issue? Give it its own date in show.toml, or an [episode] id, or --new. The same one? --replace."
    return OutputError(message, place, hint)


def _merger_error(found: _Published, other: _Published, common: Common, edition: Edition) -> OutputError:
    place = str(found.folder / found.first.file)
    count = f"{common.count} of the {common.published} articles of {other.first.title!r}"
    message = f"{found.first.title!r} would be replaced by {_name(edition)}, which has {count} as well"
    return OutputError(message, place, "Two issues? Build one after the other. One from now on? --replace.")


def _remnant_error(found: _Published, edition: Edition) -> OutputError:
    article = edition.articles[0]
    message = (
        f"{article.title!r} ({article.source}) would be published twice: it is in {found.first.title!r}, with others"
    )
    hint = "Is this what is left of that issue? Put the others back. To be published beside it? --new."
    return OutputError(message, str(found.folder / found.first.file), hint)


def _duplicate_error(found: _Published, common: Common, edition: Edition, show: str) -> OutputError:
    place = str(found.folder / found.first.file)
    if len(edition.articles) == 1:
        article = edition.articles[0]
        message = f"{article.title!r} ({article.source}) would be published twice: it is {found.first.title!r}"
    else:
        count = f"{common.count} of its {common.built} articles are in {found.first.title!r}"
        message = f"{_name(edition)} would be published twice: {count}"
    if not found.is_of(show):
        message += f", of the show {found.first.show!r}"
        hint = f'The same show, with another title? id = "{found.first.show}" in show.toml. Another show\'s? --new.'
    else:
        hint = "The same, with another date or name? --replace. To be published beside it? --new."
    return OutputError(message, place, hint)


def _name(edition: Edition) -> str:
    """Name an edition as its editor knows it: by its folder, where its title is that of all issues."""
    return f"the edition in {edition.folder!r}"
