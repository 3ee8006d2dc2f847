"""Timelines whose words are heard when a test says: sixty milliseconds a letter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from audiobuild.engines import find_words
from audiobuild.model.speech_marks import WordTime
from audiobuild.model.values import (
    Replacement,
    Role,
    Script,
    Section,
    Segment,
    Spoken,
    Sting,
    Take,
    Timeline,
    Voice,
    frames_of,
    ms_of,
)
from audiobuild.publish.episodes.manifest import ChapterEntry
from audiobuild.publish.texts.phrases import Phrase, phrases_of
from audiobuild.timeline.layout import lay_out
from audiobuild.timeline.word_times import words_of

LETTER_MS = 60
EDGE_MS = 20
NARRATOR = Voice("silent")
GUEST = Voice("silent", "guest")
NAMES = {NARRATOR: "Edith Tolland", GUEST: "The keeper"}
PAUSE_FRAMES = 23


def spoken(written: str, *said: tuple[str, str]) -> Spoken:
    """Written text with what is said in place of some of its parts, in their order."""
    replacements: list[Replacement] = []
    text = ""
    done = 0
    for part, words in said:
        start = written.index(part, done)
        text += written[done:start] + words
        done = start + len(part)
        replacements.append(Replacement(start, done, part, words, "test"))
    return Spoken(text + written[done:], written, tuple(replacements))


def segment(
    said: Spoken | str, role: Role = Role.PARAGRAPH, voice: Voice = NARRATOR, over: Sting | None = None
) -> Segment:
    whole = spoken(said) if isinstance(said, str) else said
    return Segment(whole, voice, role, PAUSE_FRAMES, over=over)


def take(item: Segment | Sting, *, timed: bool = True, before_ms: int = 0) -> Take:
    """A take as long as its letters, in which each word starts where its first letter does."""
    if isinstance(item, Sting):
        return Take("sting", 100, (), (), -3.0, -20.0, 6)
    text = item.spoken.text
    first_ms = before_ms + EDGE_MS
    words = tuple(WordTime(first_ms + LETTER_MS * offset, offset, length) for offset, length in find_words(text))
    frames = frames_of(first_ms + LETTER_MS * len(text) + EDGE_MS) + item.pause_frames
    return Take(text, frames, words if timed else (), (), -3.0, -20.0, 6)


def timeline(*items: Segment | Sting, timed: bool = True) -> Timeline:
    """One chapter."""
    return chaptered(("All", items), timed=timed)


def chaptered(*sections: tuple[str, Sequence[Segment | Sting]], timed: bool = True) -> Timeline:
    takes = {item: take(item, timed=timed) for _, items in sections for item in items}
    return lay_out(Script(tuple(Section(title, tuple(items)) for title, items in sections), ()), takes)


def phrases(*texts: str) -> tuple[Phrase, ...]:
    """Phrases of one chapter, each text a paragraph."""
    return phrases_of(words_of(timeline(*map(segment, texts))))


def entries(line: Timeline) -> tuple[ChapterEntry, ...]:
    return tuple(
        ChapterEntry(chapter.title, ms_of(chapter.start_frame), ms_of(chapter.end_frame)) for chapter in line.chapters
    )


BELL = Sting(Path("bell.wav"), 20)
EDITION = chaptered(
    ("Introduction", (BELL, segment("The Breakwater.", Role.IDENT))),
    (
        "The ferry that would not sink",
        (
            segment("Small harbours", Role.FLY_TITLE),
            segment("The ferry that would not sink", Role.HEADLINE),
            segment(
                spoken(
                    "The council of Aldmouth (see chart) paid £1.2m for a ferry in 1971; it is 34 metres long, and"
                    " nobody in the town can say why. Mr Tolland, who steered it, wept on Mar 4th 2011.",
                    (" (see chart)", ""),
                    ("£1.2m", "one point two million pounds"),
                    ("1971", "nineteen seventy-one"),
                    ("34", "thirty-four"),
                    ("Mr", "Mister"),
                    ("Mar 4th 2011", "March the fourth twenty eleven"),
                )
            ),
            segment("She floats. Nobody could argue with that, & nobody did.", Role.QUOTATION, GUEST),
            segment("What went on board", Role.HEADING),
            segment("Sheep <and> goats;", Role.LIST_ITEM),
            segment("gravel.", Role.LIST_ITEM),
        ),
    ),
    ("Outro", (BELL,)),
)
"""An edition with all that a transcript shows."""
