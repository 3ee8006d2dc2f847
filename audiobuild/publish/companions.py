"""What goes with an episode's sound: pictures, subtitles, transcript, chapters (layer 3, pure)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from audiobuild.model.values import Timeline, Voice
from audiobuild.publish.episodes.episode_tag import EpisodeTag
from audiobuild.publish.episodes.manifest import ChapterEntry, Manifest
from audiobuild.publish.pictures.drawing import JPEG_MIME
from audiobuild.publish.texts.chapters_json import render_chapters_json
from audiobuild.publish.texts.phrases import Phrase, phrases_of
from audiobuild.publish.texts.subtitles import render_srt, render_vtt
from audiobuild.publish.texts.transcripts import render_text, render_transcript_html
from audiobuild.timeline.word_times import TimedWord, words_of


@dataclass(frozen=True, slots=True)
class Transcript:
    """What is read of an episode: what is said, and when, and in which chapters."""

    title: str
    language: str
    """BCP 47."""
    chapters: tuple[ChapterEntry, ...]
    words: tuple[TimedWord, ...]
    phrases: tuple[Phrase, ...]
    speakers: Mapping[Voice, str]
    """Names of the voices where there are several."""


@dataclass(frozen=True, slots=True)
class Companion:
    """A file that every episode has beside its sound."""

    suffix: str
    """Behind the episode's stem."""
    media_type: str
    render: Callable[[Transcript], str] | None = None
    """None for what is made once the files have their names: it holds them, or it is a picture."""
    feed_tag: str = ""
    """The element of a feed that names it; empty for none."""


def _render_copy(transcript: Transcript) -> str:
    return render_text(transcript.words, transcript.chapters, title=transcript.title, speakers=transcript.speakers)


def _render_page(transcript: Transcript) -> str:
    title, language = transcript.title, transcript.language
    return render_transcript_html(
        transcript.words, transcript.chapters, title=title, language=language, speakers=transcript.speakers
    )


COVER = Companion(".jpg", JPEG_MIME)
CHAPTERS = Companion(".chapters.json", "application/json+chapters", feed_tag="podcast:chapters")
COMPANIONS = (
    COVER,
    Companion(".vtt", "text/vtt", lambda it: render_vtt(it.phrases, it.language), "podcast:transcript"),
    Companion(".srt", "application/x-subrip", lambda it: render_srt(it.phrases), "podcast:transcript"),
    Companion(".txt", "text/plain", _render_copy),
    Companion(".transcript.html", "text/html", _render_page),
    CHAPTERS,
)
"""All of them; chapters name their pictures."""


def read_timeline(timeline: Timeline, chapters: tuple[ChapterEntry, ...], *, title: str, language: str) -> Transcript:
    """Find when every word and every phrase of an episode is heard."""
    words = words_of(timeline)
    speakers = speaker_names(words)
    return Transcript(title, language, chapters, words, phrases_of(words, speakers, language), speakers)


def render_texts(transcript: Transcript) -> Mapping[str, bytes]:
    """Make those that are read, by their endings."""
    return {each.suffix: each.render(transcript).encode() for each in COMPANIONS if each.render}


def name_companions(
    manifest: Manifest, texts: Mapping[str, bytes], tag: EpisodeTag, base_url: str
) -> Mapping[str, bytes]:
    """Gather all of them, by their names.

    Args:
        tag: the episode's, which has the pictures.
        base_url: the address of the folder in which they are published; empty where that is not known.
    """
    chapters = manifest.chapters
    made = {**texts, COVER.suffix: tag.cover, CHAPTERS.suffix: render_chapters(manifest, base_url)}
    pictures = zip(chapters, tag.chapters, strict=True)
    return {
        **{f"{manifest.stem}{each.suffix}": made[each.suffix] for each in COMPANIONS},
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
