"""Words spelt alike and said apart: the words of a sentence with their tags -> which reading a word has (layer 3).

The phonemes of English come from a lexicon that tells readings apart by Penn tags ("record" as a noun or as a verb),
and the tags from a tagger that is right of most words. `homographs.tsv` says where it is wrong, and which reading the
tag cannot tell: lead, row, bass, Nice. Its rows are tried in order, and the first that fits decides:

| column | what it holds |
|---|---|
| words | what it is about, in small letters, parted by spaces; a list is named by its `@name` |
| when | conditions, parted by spaces, all of which must hold; `always` for none |
| American | phonemes in misaki's alphabet, or the Penn tag that the word shall have |
| British | the phonemes where they differ |

A row with `-` for phonemes or `KEEP` for a tag leaves the word as it is. A row of two columns is a list: its name and
its words.

A condition is a place, a colon, and what may stand there, parted by bars; an exclamation mark in front turns it round.
What may stand there is a word in small letters (`pipe`, or `poison*` and `*ings` for all that begin or end so), a tag
in capitals (`DT`, or `VB*`), `EDGE` for beyond the sentence, or a list (`@metal`). The places:

| place | what is looked at |
|---|---|
| `-2`, `+1`, `-3..-1`, `+1..+4` | the words so far before or behind |
| `before`, `after` | the nearest word that is no adverb |
| `tag` | the tag of the word itself |
| `any` | all other words of the sentence, if it is not very long |
| `clause` | the other words between the nearest marks and conjunctions on either side |
| `written` | `first`, `capital` or `lower` |
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

_EDGE = ("", "EDGE")
_AS_IT_IS = ("-", "KEEP")
_ALWAYS = "always"
_ADVERBS = ("RB", "RBR", "RBS")
_BOUNDARIES = frozenset((",", ".", ":", "CC", "WDT", "WP", "WP$", "WRB", "-LRB-", "-RRB-", "EDGE"))
"""Tags at which a clause ends."""
_CONJUNCTIONS = frozenset("although because if since that though unless until whereas while".split())
"""Words at which it ends too, where they are no pronouns."""
_FURTHEST = 40
"""How many words any condition looks before and behind, so that the work grows linearly."""
_CONDITION = re.compile(r"(!?)([a-z]+|[+-]\d(?:\.\.[+-]\d)?):(\S+)")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The words of a sentence as the conditions see them."""

    texts: tuple[str, ...]
    words: tuple[str, ...]
    """In small letters."""
    tags: tuple[str, ...]

    def at(self, place: int) -> tuple[str, str]:
        """Give the word and the tag of a place, which may be beyond the edge."""
        return (self.words[place], self.tags[place]) if 0 <= place < len(self.words) else _EDGE

    def nearest(self, place: int, step: int) -> Iterator[tuple[str, str]]:
        """Find the nearest word before (-1) or behind (1) a place that is no adverb."""
        places = range(place + step, place + step * _FURTHEST, step)
        yield next((found for found in map(self.at, places) if found[1] not in _ADVERBS), _EDGE)

    def around(self, place: int) -> Iterator[tuple[str, str]]:
        """Go through all other words."""
        for step in (-1, 1):
            yield from map(self.at, range(place + step, place + step * _FURTHEST, step))

    def clause(self, place: int) -> Iterator[tuple[str, str]]:
        """Go through the other words of the clause around a place."""
        for step in (-1, 1):
            for distance in range(1, _FURTHEST):
                word, tag = self.at(place + step * distance)
                if tag in _BOUNDARIES or (tag == "IN" and word in _CONJUNCTIONS):
                    break
                yield word, tag

    def writing(self, place: int) -> Iterator[tuple[str, str]]:
        """Say how a word is written."""
        yield ("first" if place == 0 else ""), ""
        yield ("lower" if self.texts[place].islower() else "capital"), ""


_View = Callable[[_Sentence, int], Iterable[tuple[str, str]]]
"""What a condition looks at: words and tags, for the word at a place."""


@dataclass(frozen=True, slots=True)
class _Condition:
    """One condition of a row."""

    view: _View
    exact: frozenset[str]
    """The words and tags that may stand there."""
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    """How others that may stand there begin or end."""
    holds: bool
    """Whether one of them has to be there, or none may."""

    def fits(self, sentence: _Sentence, place: int) -> bool:
        """Tell whether the condition holds for the word at a place."""
        return any(self._names(word, tag) for word, tag in self.view(sentence, place)) == self.holds

    def _names(self, word: str, tag: str) -> bool:
        if word in self.exact or tag in self.exact:
            return True
        return word.startswith(self.starts) or tag.startswith(self.starts) or word.endswith(self.ends)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the table."""

    american: str
    british: str
    conditions: tuple[_Condition, ...]


_Rows = dict[str, list[_Row]]
"""The rows of each word, in order."""


def correct_tags(words: Sequence[tuple[str, str]]) -> list[str]:
    """Correct the tags of words that sound one way as a noun, another way as a verb or an adjective.

    >>> correct_tags([("They", "PRP"), ("object", "NN"), (".", ".")])
    ['PRP', 'VB', '.']

    Args:
        words: the tokens of one sentence and their Penn tags, in order.

    Returns:
        A tag for each of them.
    """
    tags = [tag for _, tag in words]
    for place, row in _decisions(words, _table()[0]):
        tags[place] = row.american
    return tags


def choose_readings(words: Sequence[tuple[str, str]], *, british: bool = False) -> dict[int, str]:
    """Choose between the readings of words where the lexicon has but one, or the tag does not tell.

    >>> choose_readings([("Lead", "NN"), ("pipes", "NNS"), ("leak", "VBP"), (".", ".")])
    {0: 'lˈɛd'}

    Args:
        words: the tokens of one sentence and their mended Penn tags, in order.
        british: whether the voice is British.

    Returns:
        The phonemes, in misaki's alphabet, of the words whose reading is decided, by their index.
    """
    return {place: row.british if british else row.american for place, row in _decisions(words, _table()[1])}


def _decisions(words: Sequence[tuple[str, str]], table: _Rows) -> Iterator[tuple[int, _Row]]:
    """Find the words that the table decides, with the row that does."""
    lowered = tuple(text.lower() for text, _ in words)
    sentence = _Sentence(tuple(text for text, _ in words), lowered, tuple(tag for _, tag in words))
    for place, word in enumerate(lowered):
        for row in table.get(word, ()):
            if all(condition.fits(sentence, place) for condition in row.conditions):
                if row.american not in _AS_IT_IS:
                    yield place, row
                break


# --- the table ----------------------------------------------------------------------------------------


@functools.cache
def _table() -> tuple[_Rows, _Rows]:
    """Read the rows of each word in order: those that give a tag, and those that give phonemes."""
    lists: dict[str, list[str]] = {}
    tags: _Rows = {}
    readings: _Rows = {}
    text = files("audiobuild.engines.phonetics").joinpath("homographs.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        columns = line.split("\t")
        if len(columns) == 2:
            lists.setdefault(columns[0], []).extend(_expanded(columns[1].split(), lists))
        elif len(columns) > 2:
            words, when, american, *british = columns
            conditions = tuple(_condition(part, lists) for part in when.split() if part != _ALWAYS)
            row = _Row(american, british[0] if british else american, conditions)
            for word in _expanded(words.split(), lists):
                (tags if american.isascii() and american.isupper() else readings).setdefault(word, []).append(row)
    return tags, readings


def _expanded(items: Iterable[str], lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Put the words of lists for their names."""
    for item in items:
        yield from lists[item] if item.startswith("@") else (item,)


def _condition(written: str, lists: Mapping[str, Sequence[str]]) -> _Condition:
    """Read one condition.

    Raises:
        ValueError: it is not written as one.
    """
    parts = _CONDITION.fullmatch(written)
    if parts is None:
        raise ValueError(f"not a condition of homographs.tsv: {written!r}")
    negation, place, items = parts.groups()
    named = tuple(_expanded(items.split("|"), lists))
    starts = tuple(item[:-1] for item in named if item.endswith("*"))
    ends = tuple(item[1:] for item in named if item.startswith("*"))
    return _Condition(_view(place), frozenset(named), starts, ends, not negation)


def _view(place: str) -> _View:
    """Find what a condition of a place looks at."""
    if place in _VIEWS:
        return _VIEWS[place]
    first, _, last = place.partition("..")
    reach = range(int(first), int(last or first) + 1)
    return lambda sentence, here: [sentence.at(here + distance) for distance in reach]


_VIEWS: dict[str, _View] = {
    "tag": lambda sentence, here: (("", sentence.tags[here]),),
    "any": _Sentence.around,
    "before": lambda sentence, here: sentence.nearest(here, -1),
    "after": lambda sentence, here: sentence.nearest(here, 1),
    "clause": _Sentence.clause,
    "written": _Sentence.writing,
}
