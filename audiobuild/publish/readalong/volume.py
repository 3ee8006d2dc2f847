"""A timeline to a volume: each chapter's text, cut into what is marked at one time, with when it is heard (layer 3).

A chapter's sound is played from its first highlight to its last, with nothing left out: a highlight lasts until the
next one begins, pause and sting included. So the lengths of all highlights add up to the length of the episode.

    "He left." from 500 ms, "It rained." from 1900 ms, in a chapter of 4000 ms  ->  0 to 1900, 1900 to 4000

What is heard before the first words of a chapter, such as a sting, is heard at its title, or else at its first block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate, groupby, takewhile
from pathlib import Path, PurePosixPath

from audiobuild.model.plain_text import plain_line
from audiobuild.model.values import BlockKind, Edition, Role, Segment, Timeline, ms_of
from audiobuild.normalisation import split_sentences
from audiobuild.publish.episodes.episode import Part, parts_of
from audiobuild.publish.episodes.episode_tag import EpisodeTag
from audiobuild.publish.episodes.manifest import ChapterEntry, Manifest
from audiobuild.timeline.word_times import TimedWord, words_of

BODY = (Role.PARAGRAPH, Role.QUOTATION, Role.LIST_ITEM)
"""What the text under the titles of a chapter is made of."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """What is marked at one time; times are from the start of its chapter."""

    text: str
    start_ms: int
    end_ms: int
    """After the start."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """What one voice says in one go."""

    role: Role
    highlights: tuple[Highlight, ...]
    is_title: bool = False
    """Whether it is the title of its chapter."""
    is_note: bool = False
    """Whether it is a footnote that is read in its place."""
    language: str = ""
    """What it is in, where that is not the book's language: a BCP 47 tag."""

    @property
    def text(self) -> str:
        """All of it, on one line."""
        return " ".join(each.text for each in self.highlights)


@dataclass(frozen=True, slots=True)
class VolumeChapter:
    """A page, and the sound that goes with it."""

    entry: ChapterEntry
    title: str
    """Never empty."""
    opening_ms: int
    """How long it plays before its first words, as with a sting; 0 where they open it."""
    blocks: tuple[TextBlock, ...]
    notes: tuple[str, ...]
    """Footnotes, which are not spoken."""
    picture: bytes
    """A JPEG; empty for none."""
    caption: str
    """What is said of the picture in place of it; empty where nothing is."""
    parts: tuple[Part, ...]
    """Its takes, in order."""

    @property
    def length_ms(self) -> int:
        """How long its sound is."""
        return self.entry.end_ms - self.entry.start_ms

    @property
    def shows_title(self) -> bool:
        """Whether a page shows the title above its blocks: not where it is one of them, or the first begins with it."""
        opens = bool(self.blocks) and _letters(self.blocks[0].text).startswith(_letters(self.title))
        return not opens and not any(block.is_title for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Volume:
    """A book, all but its sound."""

    manifest: Manifest
    """What is said of the episode; nothing of a file that is not written yet."""
    cover: bytes
    chapters: tuple[VolumeChapter, ...]


def read_volume(edition: Edition, timeline: Timeline, manifest: Manifest, tag: EpisodeTag, follow: str) -> Volume:
    """Cut an episode into chapters and highlights.

    Args:
        tag: has the pictures.
        follow: what is marked at one time, one of `EPUB_FOLLOWS`.
    """
    notes_at = frozenset(_notes_at(edition))
    spoken = {place: tuple(group) for place, group in groupby(words_of(timeline), key=lambda word: word.chapter)}
    notes, captions = _notes(edition, timeline), _captions(edition)
    parts = tuple(zip(timeline.cues, parts_of(timeline), strict=True))
    chapters = []
    for place, (chapter, entry) in enumerate(zip(timeline.chapters, manifest.chapters, strict=True)):
        own = [(cue, part) for cue, part in parts if chapter.start_frame <= cue.start_frame < chapter.end_frame]
        language = manifest.language if follow == "sentence" else ""
        blocks = _cut(timeline, spoken.get(place, ()), entry, language, notes_at)
        chapters.append(
            VolumeChapter(
                entry=entry,
                title=plain_line(entry.title) or str(place + 1),
                opening_ms=blocks[0].highlights[0].start_ms if blocks else entry.end_ms - entry.start_ms,
                blocks=blocks,
                notes=notes.get(place, ()),
                picture=tag.chapters[place].picture,
                caption=captions.get(chapter.section.image, ""),
                parts=tuple(part for _, part in own),
            )
        )
    return Volume(manifest, tag.cover, tuple(chapters))


# --- what is marked, and when -----------------------------------------------------------------------


def _cut(
    timeline: Timeline, words: Sequence[TimedWord], entry: ChapterEntry, language: str, notes_at: Set[tuple[str, int]]
) -> tuple[TextBlock, ...]:
    """Find the highlights of a chapter; without a language, each word is one."""
    found: list[tuple[Segment, list[tuple[str, int]]]] = []
    for place, group in groupby(words, key=lambda word: word.segment):
        cue = timeline.cues[place]
        if isinstance(cue.item, Segment):
            own = language and (cue.item.language or language)
            if starts := _starts(tuple(group), ms_of(cue.start_frame), own):
                found.append((cue.item, [(text, start_ms - entry.start_ms) for text, start_ms in starts]))
    title = _title_place([segment.role for segment, _ in found])
    ends = iter([*(start_ms for _, starts in found for _, start_ms in starts), entry.end_ms - entry.start_ms][1:])
    return tuple(
        TextBlock(
            segment.role,
            tuple(Highlight(text, start_ms, next(ends)) for text, start_ms in starts),
            place == title,
            (segment.source, segment.line) in notes_at,
            segment.language,
        )
        for place, (segment, starts) in enumerate(found)
    )


def _starts(words: Sequence[TimedWord], from_ms: int, language: str) -> list[tuple[str, int]]:
    """Cut what one voice says into highlights: text and start of each, all apart."""
    heard = [(text, word.start_ms) for word in words if (text := plain_line(word.text))]
    places = range(len(heard))
    ends = _sentence_ends([text for text, _ in heard], language) if language else {place + 1 for place in places}
    found: list[tuple[str, int]] = []
    for place, (text, start_ms) in enumerate(heard):
        start_ms = start_ms if place else from_ms
        if found and (place not in ends or start_ms <= found[-1][1]):
            found[-1] = (f"{found[-1][0]} {text}", found[-1][1])
        else:
            found.append((text, start_ms))
    return found


def _sentence_ends(texts: Sequence[str], language: str) -> set[int]:
    """Behind which of these texts a sentence ends, counted from 1; a text may be of several words."""
    ends = set(accumulate(len(sentence.split()) for sentence in split_sentences(" ".join(texts), language)))
    behind = [0, *accumulate(len(text.split()) for text in texts)]
    return {
        place
        for place in range(1, len(behind))
        if any(end in ends for end in range(behind[place - 1] + 1, behind[place] + 1))
    }


def _title_place(roles: Sequence[Role]) -> int | None:
    """Which block is the chapter's title: its headline, or else a heading with which it begins."""
    if Role.HEADLINE in roles:
        return roles.index(Role.HEADLINE)
    opening = list(takewhile(lambda role: role not in BODY, roles))
    return opening.index(Role.HEADING) if Role.HEADING in opening else None


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


# --- what is not heard ------------------------------------------------------------------------------


def _notes_at(edition: Edition) -> Iterator[tuple[str, int]]:
    """Where there are footnotes: each by its file and its line."""
    for article in edition.articles:
        yield from ((article.source, block.line) for block in article.blocks if block.kind is BlockKind.FOOTNOTE)


def _notes(edition: Edition, timeline: Timeline) -> Mapping[int, tuple[str, ...]]:
    """The footnotes of each article that are not read, at the last of its chapters."""
    last_of: dict[str, int] = {}
    read: set[tuple[str, int]] = set()
    for place, chapter in enumerate(timeline.chapters):
        segments = [item for item in chapter.section.items if isinstance(item, Segment) and item.source]
        last_of |= {each.source: place for each in segments}
        read |= {(each.source, each.line) for each in segments}
    found: dict[int, tuple[str, ...]] = {}
    for article in edition.articles:
        unread = (block for block in article.blocks if (article.source, block.line) not in read)
        texts = (plain_line(block.text) for block in unread if block.kind is BlockKind.FOOTNOTE)
        notes = tuple(filter(None, texts))
        if notes and article.source in last_of:
            place = last_of[article.source]
            found[place] = (*found.get(place, ()), *notes)
    return found


def _captions(edition: Edition) -> Mapping[Path | None, str]:
    """What articles say of their pictures: the words before a picture's address."""
    found: dict[Path | None, str] = {}
    for article in edition.articles:
        texts = (block.text for block in article.blocks if block.kind is BlockKind.IMAGE)
        words, _, address = next(texts, "").rpartition(" ")
        if article.image and PurePosixPath(address).name == article.image.name:
            found[article.image] = plain_line(words)
    return found
