"""An article as it lies on the desk: each passage as written, with what is said of it and what is in doubt (layer 4).

An article and how it is read go in; a frozen value comes out, and its facts for a page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from audiobuild.model.pronunciation import Pronunciation
from audiobuild.model.values import Article, Block, BlockKind, Fate, LedgerEntry, PlacedDoubt, Segment, ms_of
from audiobuild.normalisation import Context
from audiobuild.script.article import Reading
from audiobuild.script.doubts import place_doubts
from audiobuild.script.known_sounds import place_in_written
from audiobuild.sources.article_parts.editor_directives import SKIPPED

FOREIGN = "foreign passage"
"""What is in doubt of words that nobody is named for."""
_UNSEEN = (BlockKind.FRONT_MATTER, BlockKind.RULE)
"""Blocks that have no words to look at."""
_DIGEST_DIGITS = 16

Suspects = Callable[[Segment], Iterable[PlacedDoubt]]
"""Finds what else is in doubt in a segment."""


@dataclass(frozen=True, slots=True)
class LaidPassage:
    """What is said in one go, or left out."""

    line: int
    """Of the source, from 1; 0 for what stands in no line of it."""
    role: str
    text: str
    """As written."""
    segment: Segment | None
    """None for what is left out."""
    block: Block | None
    """Where it stands in the article; None for what its front matter says."""
    doubts: tuple[PlacedDoubt, ...] = ()
    skipped: str = ""
    """Why it is left out; empty for what is said."""

    @property
    def is_editors(self) -> bool:
        """Whether it is an editor who leaves it out."""
        return self.segment is None and self.block is not None and self.block.unread == SKIPPED

    def facts(self) -> dict[str, Any]:
        """Put it in terms for a page: changes, sounds and doubts each as a row with where it starts and ends."""
        facts: dict[str, Any] = {"line": self.line, "role": self.role, "text": self.text}
        if self.segment is None:
            return {**facts, "skipped": self.skipped, **({"own": True} if self.is_editors else {})}
        spoken = self.segment.spoken
        facts["pause"] = ms_of(self.segment.pause_frames)
        facts["voice"] = self.segment.voice.name or self.segment.voice.engine
        facts["said"] = [[each.start, each.end, each.spoken, each.rule] for each in spoken.replacements]
        facts["sounds"] = [list(self._placed(sound)) for sound in self.segment.pronunciations]
        facts["doubts"] = [[each.start, each.end, each.spoken, each.kind] for each in self.doubts]
        if self.segment.language:
            facts["language"] = self.segment.language
        return facts

    def _placed(self, sound: Pronunciation) -> tuple[int, int, str, str]:
        spoken = self.segment.spoken if self.segment else None
        start = place_in_written(spoken, sound.offset) if spoken else 0
        end = place_in_written(spoken, sound.offset + sound.length - 1) + 1 if spoken else 0
        return start, end, sound.ipa, sound.origin.value


@dataclass(frozen=True)
class ArticleProof:
    """An article on the desk."""

    article: Article
    passages: tuple[LaidPassage, ...]

    @cached_property
    def digest(self) -> str:
        """Name what is written and said of it; what is in doubt may be found out later."""
        return _hash([self.article.title, [{**facts, "doubts": []} for facts in self._facts]])

    @cached_property
    def mark(self) -> str:
        """Name all that a page shows of it."""
        return _hash([self.article.title, self.article.section, self._facts])

    @cached_property
    def _facts(self) -> list[dict[str, Any]]:
        return [passage.facts() for passage in self.passages]

    def facts(self) -> dict[str, Any]:
        """Put it in terms for a page."""
        about = self.article
        told = {"title": about.title, "section": about.section, "source": about.source}
        return {**told, "digest": self.digest, "mark": self.mark, "passages": self._facts}


def _hash(facts: object) -> str:
    text = json.dumps(facts, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_DIGITS]


def lay_proof(article: Article, reading: Reading, suspects: Suspects) -> ArticleProof:
    """Lay an article on the desk.

    Args:
        article: as it was read.
        reading: how it is said.
        suspects: finds what is in doubt beside what the text itself tells.
    """
    found = []
    for entry, segment, block in _in_order(article, reading):
        if segment is None:
            if entry and entry.kind not in _UNSEEN:
                found.append(LaidPassage(entry.line, entry.kind.value, entry.text, None, block, skipped=entry.reason))
            continue
        context = Context(segment.language) if segment.language else reading.context
        doubts = sorted((*place_doubts(segment.spoken, context), *suspects(segment)), key=lambda each: each.start)
        role, text = segment.role.value, segment.spoken.written
        found.append(LaidPassage(segment.line, role, text, segment, block, tuple(doubts)))
    return ArticleProof(article, tuple(found))


def _in_order(article: Article, reading: Reading) -> Iterator[tuple[LedgerEntry | None, Segment | None, Block | None]]:
    """Give what is said and what is left out in the order of the article, each with its block."""
    blocks = {(block.line, block.kind, block.text): block for block in article.blocks}
    by_line = {block.line: block for block in reversed(article.blocks) if block.kind not in _UNSEEN}
    said = [*((segment, by_line.get(segment.line)) for segment in reading.header), *reading.body]
    said.reverse()
    while said and not said[-1][0].line:  # what the front matter says comes first
        yield None, *said.pop()
    for entry in reading.ledger:
        if entry.fate is Fate.SKIPPED:
            yield entry, None, blocks.get((entry.line, entry.kind, entry.text))
            continue
        while said and said[-1][0].line == entry.line:
            yield entry, *said.pop()
    for segment, block in reversed(said):
        yield None, segment, block
