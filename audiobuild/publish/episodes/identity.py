"""What makes an article or an episode the same as one that was published before (layer 3, pure).

An article is known by its id, else by its address, else by its name and date; an issue by its id, its number, its
date, else by its folder. Two episodes are the same where the first of these that both have is the same. That is what an
editor says of them; what they are is told by their texts. Where the two contradict each other, that is a slip.

    identity    articles in common               what it is
    the same    half of those published, or more an episode that is built again
    the same    fewer                            a slip: it would be replaced by another
    another     half of those built, or more     a slip: it would be published twice
    another     fewer                            a new episode
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from pathlib import PurePath

from audiobuild.model.values import PROSE, Article, Edition

_SKETCH_HASHES = 32
"""Of all hashes of a text the smallest so many are kept: what two texts share of them is what they share as a whole."""
_HASH_DIGITS = 8
_RUN_WORDS = 3
_LEAST_ALIKE = 1 / 3
"""Of what two texts have, what they must have in common to be one text that was corrected."""
_MOST_KEPT = 200
"""Of texts whose hashes are remembered, for a build asks for an issue's twice."""
_BUNDLES = {"index", "_index"}
"""Names of articles that are called by their folders."""
_NOWHERE = -1
"""The place of an article that is not there."""


class Kind(Enum):
    """What an episode may be known by, the surest first."""

    ID = "id"
    NUMBER = "number"
    URL = "url"
    DATE = "date"
    NAME = "name"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class ArticleMark:
    """What an article is known by."""

    title: str
    id: str = ""
    """As its front matter gives it; empty for none."""
    url: str = ""
    """Without scheme and last slash."""
    name: str = ""
    """Of its file, or of the folder that is all its own, without the number by which it is put in order."""
    date: str = ""
    """Its own, and not that of its issue: YYYY-MM-DD, or empty."""
    text: str = ""
    """The smallest hashes of its runs of three words, in hexadecimal digits, one behind the other."""


@dataclass(frozen=True, slots=True)
class Issue:
    """What its editor says of an issue."""

    id: str = ""
    number: int = 0
    """0 for none."""
    season: int = 0
    """In which the number counts; 0 for the year."""
    folder: str = ""
    """The name of the one that it was read from."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What an episode is known by."""

    show: str
    part: str
    """What was chosen of an issue; empty for all of it."""
    keys: tuple[tuple[Kind, str], ...]
    """What it is known by, the surest first; empty where nothing was kept of that."""
    articles: tuple[ArticleMark, ...]

    @property
    def is_issue(self) -> bool:
        """Whether it has several articles."""
        return len(self.articles) > 1

    @property
    def text(self) -> str:
        """One text that is another for every other episode of a folder."""
        return episode_text(self.show, self.part, dict(self.keys))


@dataclass(frozen=True, slots=True)
class Common:
    """How many articles an episode that was published and one that is built have in common."""

    count: int
    published: int
    """How many the one has that was published."""
    built: int
    """How many the other has."""

    @property
    def is_kept(self) -> bool:
        """Whether half of what was published, or more, is in what is built."""
        return 2 * self.count >= self.published

    @property
    def is_there(self) -> bool:
        """Whether half of what is built, or more, was published already."""
        return self.count > 0 and 2 * self.count >= self.built


def episode_text(show: str, part: str, keys: dict[Kind, str]) -> str:
    """Write what an episode is known by as one text.

    >>> episode_text("The Quay", "", {Kind.DATE: "2026-11-07", Kind.FOLDER: "issue"})
    'The Quay|2026-11-07|'
    """
    kind = next(iter(keys), None)
    value = keys[kind] if kind else ""
    return "|".join((show, value if kind in (Kind.DATE, None) else f"{kind.value} {value}", part))


def identify(edition: Edition, show: str, issue: Issue) -> Identity:
    """Say what an edition is known by.

    Args:
        edition: its articles.
        show: what the show's episodes are known by.
        issue: what is said of it where it has several.
    """
    date = edition.published.isoformat() if edition.published else ""
    marks = mark_articles(edition.articles)
    if len(marks) == 1:
        (mark,) = marks
        keys = {Kind.ID: mark.id, Kind.URL: mark.url, Kind.NAME: f"{mark.name} {mark.date or date}".strip()}
    else:
        number = f"{issue.season or date[:4]}.{issue.number}".lstrip(".") if issue.number else ""
        keys = {Kind.ID: issue.id, Kind.NUMBER: number, Kind.DATE: date, Kind.FOLDER: issue.folder}
    return Identity(show, edition.part, tuple((kind, value) for kind, value in keys.items() if value), marks)


def are_same(one: Identity, other: Identity) -> bool:
    """Say whether two episodes are said to be one: by the first thing that both are known by."""
    if (one.show, one.part, one.is_issue) != (other.show, other.part, other.is_issue):
        return False
    others = dict(other.keys)
    return next((others[kind] == value for kind, value in one.keys if kind in others), False)


def count_common(published: Sequence[ArticleMark], built: Sequence[ArticleMark]) -> Common:
    """Count the articles that two episodes have in common; none is counted twice."""
    index, left = _Index(built), set(range(len(built)))
    for mark in published:
        left.discard(index.find(mark, left))
    return Common(len(built) - len(left), len(published), len(built))


def find_new(published: Sequence[ArticleMark], built: Sequence[ArticleMark]) -> tuple[ArticleMark, ...]:
    """Find the articles of an episode that another one, which was published, has not."""
    index, all_of_it = _Index(published), set(range(len(published)))
    return tuple(mark for mark in built if index.find(mark, all_of_it) == _NOWHERE)


def mark_articles(articles: Iterable[Article]) -> tuple[ArticleMark, ...]:
    """Say what articles are known by; those of one file are told apart by their titles."""
    every = tuple(articles)
    sources = [article.source for article in every]
    return tuple(_mark(article, is_alone=sources.count(article.source) == 1) for article in every)


def find_doubles(articles: Sequence[Article]) -> Iterator[str]:
    """Tell of articles of one edition that have one text, or one id: somebody copied a file."""
    first: dict[str, str] = {}
    for article, mark in zip(articles, mark_articles(articles), strict=True):
        if mark.text and (source := first.setdefault(f"text {mark.text}", article.source)) != article.source:
            yield f"{article.source} has the text of {source}: it is heard twice"
        elif mark.id and (source := first.setdefault(f"id {mark.id}", article.source)) != article.source:
            yield f"{article.source} has the id of {source}: each article needs its own"


@lru_cache(maxsize=_MOST_KEPT)
def sketch(text: str) -> str:
    """Hash some of a text's runs of words: a corrected text keeps most of the hashes, another text has none of them."""
    words = re.findall(r"\w+", text.casefold())
    runs = {" ".join(words[start : start + _RUN_WORDS]) for start in range(max(1, len(words) - _RUN_WORDS + 1))}
    hashes = {f"{zlib.crc32(run.encode()):08x}" for run in runs if run}
    return "".join(sorted(hashes)[:_SKETCH_HASHES])


def ordered_name(path: PurePath) -> str:
    """Name an article's file without its ending, its number and its date; one that has a folder to itself by that.

    >>> ordered_name(PurePath("issue/02-Ferry.md")), ordered_name(PurePath("posts/2026-05-04-mud/index.md"))
    ('ferry', 'mud')
    """
    stem = path.stem if path.stem.casefold() not in _BUNDLES else path.parent.name
    stem = stem.casefold()
    return re.sub(r"^(?:\d{4}-\d\d-\d\d|\d+)[-_.\s]+(?=\S)", "", stem)


def _plain_address(url: str) -> str:
    """Write an address of the web, or a path, without scheme and last slash; empty for what cannot be followed."""
    if ":" in url.partition("/")[0] and not re.match(r"https?://", url, re.IGNORECASE):
        return ""
    return re.sub(r"^https?://|/$", "", url, flags=re.IGNORECASE)


def _mark(article: Article, *, is_alone: bool) -> ArticleMark:
    name = ordered_name(PurePath(article.source))
    return ArticleMark(
        article.title,
        article.id,
        _plain_address(article.url),
        name if is_alone else f"{name} {article.title.casefold()}",
        article.published.isoformat() if article.published else "",
        sketch("\n".join(block.text for block in article.blocks if block.kind in PROSE)),
    )


class _Index:
    """Articles by what they are known by, and by their texts."""

    def __init__(self, marks: Sequence[ArticleMark]) -> None:
        self._marks = marks
        self._known: dict[tuple[str, ...], list[int]] = {}
        for place, mark in enumerate(marks):
            for key in _known_by(mark):
                self._known.setdefault(key, []).append(place)

    def find(self, mark: ArticleMark, among: Set[int]) -> int:
        """Find the place of the same article, or else of the most like one, among those places; or `_NOWHERE`."""
        known = {place for key in _known_by(mark) for place in self._known.get(key, ())} & among
        same = min((place for place in known if _is_one(mark, self._marks[place])), default=_NOWHERE)
        return same if same != _NOWHERE else self._most_like(_hashes(mark.text), among)

    def _most_like(self, hashes: frozenset[str], among: Set[int]) -> int:
        near = sorted({place for each in hashes for place in self._where.get(each, ())} & among)
        alike = {place: _resemblance(hashes, _hashes(self._marks[place].text)) for place in near}
        best = max(near, key=lambda place: alike[place], default=_NOWHERE)
        return best if best != _NOWHERE and alike[best] >= _LEAST_ALIKE else _NOWHERE

    @cached_property
    def _where(self) -> dict[str, list[int]]:
        """In which texts each hash is; not asked for where every article is known otherwise."""
        where: dict[str, list[int]] = {}
        for place, mark in enumerate(self._marks):
            for each in _hashes(mark.text):
                where.setdefault(each, []).append(place)
        return where


def _known_by(mark: ArticleMark) -> Iterator[tuple[str, ...]]:
    yield from ((kind.value, value) for kind, value in ((Kind.ID, mark.id), (Kind.URL, mark.url)) if value)
    yield mark.name, mark.date, mark.title


def _is_one(one: ArticleMark, other: ArticleMark) -> bool:
    """Whether two articles are one by what they are known by."""
    if one.id and other.id:
        return one.id == other.id
    if one.url and other.url:
        return one.url == other.url
    named = one.name, one.date, one.title
    return all(named) and named == (other.name, other.date, other.title)


def _hashes(text: str) -> frozenset[str]:
    return frozenset(text[start : start + _HASH_DIGITS] for start in range(0, len(text), _HASH_DIGITS))


def _resemblance(one: frozenset[str], other: frozenset[str]) -> float:
    """Reckon how much of two texts is the same in both, from 0 to 1 (Broder's resemblance, from sketches)."""
    smallest = sorted(one | other)[:_SKETCH_HASHES]
    return sum(each in one and each in other for each in smallest) / max(1, len(smallest))
