"""What goes with an episode's sound: pictures, subtitles, transcript, chapters (layer 3, pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audiobuild.model.values import Timeline, Voice
from audiobuild.publish.formats.episode_tag import EpisodeTag
from audiobuild.publish.manifest import ChapterEntry, Manifest
from audiobuild.publish.texts.chapters_json import render_chapters_json
from audiobuild.publish.texts.subtitles import render_srt, render_vtt
from audiobuild.publish.texts.transcript import Phrase, phrases_of
from audiobuild.publish.texts.transcript_copy import render_text, render_transcript_html
from audiobuild.timeline.word_times import TimedWord, words_of

COVER = ".jpg"
VTT = ".vtt"
SRT = ".srt"
TEXT = ".txt"
TRANSCRIPT = ".transcript.html"
CHAPTERS = ".chapters.json"
SUFFIXES = (COVER, VTT, SRT, TEXT, TRANSCRIPT, CHAPTERS)
"""Endings of those that every episode has, behind its stem; chapters name their pictures."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What is said, and when."""

    words: tuple[TimedWord, ...]
    phrases: tuple[Phrase, ...]
    speakers: Mapping[Voice, str]
    """Names of the voices where there are several."""


def transcribe(timeline: Timeline, language: str) -> Transcript:
    """Find when every word and every phrase of an episode is heard."""
    words = words_of(timeline)
    speakers = speaker_names(words)
    return Transcript(words, phrases_of(words, speakers, language), speakers)


def render_texts(
    transcript: Transcript, chapters: Sequence[ChapterEntry], *, title: str, language: str
) -> Mapping[str, bytes]:
    """Make those that are read, by their endings."""
    words, phrases, speakers = transcript.words, transcript.phrases, transcript.speakers
    texts = {
        VTT: render_vtt(phrases, language),
        SRT: render_srt(phrases),
        TEXT: render_text(words, chapters, title=title, speakers=speakers),
        TRANSCRIPT: render_transcript_html(words, chapters, title=title, language=language, speakers=speakers),
    }
    return {suffix: text.encode() for suffix, text in texts.items()}


def name_companions(
    manifest: Manifest, texts: Mapping[str, bytes], tag: EpisodeTag, base_url: str
) -> Mapping[str, bytes]:
    """Gather all of them, by their names.

    Args:
        tag: the episode's, which has the pictures.
        base_url: the address of the folder in which they are published; empty where that is not known.
    """
    chapters = manifest.chapters
    made = {**texts, COVER: tag.cover, CHAPTERS: render_chapters(manifest, base_url)}
    pictures = zip(chapters, tag.chapters, strict=True)
    return {
        **{f"{manifest.stem}{suffix}": made[suffix] for suffix in SUFFIXES},
        **{chapter.image: marked.picture for chapter, marked in pictures if chapter.image},
    }


def render_chapters(manifest: Manifest, base_url: str) -> bytes:
    """Make the file of chapters alone, which holds the addresses of their pictures."""
    about = {"title": manifest.title, "podcast": manifest.show, "file": manifest.file}
    return render_chapters_json(manifest.chapters, base_url, **about)


def speaker_names(words: Sequence[TimedWord]) -> dict[Voice, str]:
    """Name the voices where there are several, in the order in which they are heard."""
    voices = list(dict.fromkeys(word.voice for word in words if word.paragraph_start))
    if len(voices) < 2:
        return {}
    return {voice: f"Voice {number}" for number, voice in enumerate(voices, 1)}
