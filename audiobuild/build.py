"""The one place where the stages meet: articles in, an episode out (layer 4)."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from audiobuild.audio.level import integrated_loudness
from audiobuild.audio.stings import shipped_sting
from audiobuild.config import Show, StingSettings, VoiceSettings, check
from audiobuild.engines import open_engine
from audiobuild.errors import SourceError
from audiobuild.model import Edition, Episode, Script, Segment, Sting, Timeline, ms_of
from audiobuild.preflight import Doubt, find_doubts, find_unsaid
from audiobuild.progress import Progress
from audiobuild.publish.cover import MIME, draw_cover, shape_cover
from audiobuild.publish.episode import write_episode
from audiobuild.publish.tags import ChapterTag, EpisodeTag, render_tag
from audiobuild.render import Encoding, Job, sound_fingerprint, take_key
from audiobuild.script import Stings, plan_script, show_context
from audiobuild.sources import read_edition, read_lexicons
from audiobuild.store import Store, check_writable
from audiobuild.takes import read_take
from audiobuild.timeline import lay_out
from audiobuild.workers import default_workers, render_all

NO_STING = "none"
"""What show.toml says for no sting at all."""

_MOST_NAME_CHARS = 80
_MOST_PLACES = 10
"""Of what was left unsaid, that an error names."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line decides; None leaves it to show.toml."""

    sources: tuple[Path, ...]
    output: Path
    store: Path
    engine: str | None = None
    voice: str | None = None
    rate: float | None = None
    locale: str | None = None
    bit_rate_kbps: int | None = None
    workers: int | None = None
    strict: bool = False
    """Whether anything left unsaid is an error."""


@dataclass(frozen=True, slots=True)
class Result:
    """The episode, and what it took."""

    episode: Episode
    script: Script
    synthesised: int
    """Segments that were spoken anew."""
    reused: int
    """Segments whose takes were in the store."""


def build(options: Options, progress: Progress) -> Result:
    """Build one episode.

    Raises:
        AudiobuildError: whatever the user can put right; the last good episode is as it was.
    """
    edition, show, home = read_edition(options.sources)
    show = check(_with_options(show, options), "the command line")
    check_writable(options.output)
    stings = Stings(_sting(show.intro, "intro", home), _sting(show.outro, "outro", home))
    script = plan_script(edition, show, stings, read_lexicons(home))
    if options.strict:
        _refuse_unsaid(find_unsaid(script))
    encoding = Encoding(show.audio.bit_rate_kbps, show.audio.loudness_lufs)
    store = Store(options.store)

    jobs = _jobs(script, encoding, show.language, options.store)
    takes = {job.key: take for job in jobs.values() if (take := read_take(store, job.key))}
    missing = {job.key: job for job in jobs.values() if job.key not in takes}
    progress.begin(len(takes) + len(missing), len(takes))
    for take in render_all(tuple(missing.values()), options.workers or default_workers()):
        takes[take.key] = take
        progress.advance()

    timeline = lay_out(script, {item: takes[job.key] for item, job in jobs.items()})
    path = options.output / f"{_file_name(edition, show)}.mp3"
    tag = render_tag(_tag(edition, show, home, timeline))
    write_episode(path, tag, timeline, store, encoding.bit_rate_kbps)
    blocks = (level for cue in timeline.cues for level in cue.take.blocks_lufs)
    peak = max(cue.take.peak_dbtp for cue in timeline.cues)
    episode = Episode(path, timeline, round(integrated_loudness(blocks), 1), peak)
    segments = [job for item, job in jobs.items() if isinstance(item, Segment)]
    synthesised = sum(job.key in missing for job in segments)
    return Result(episode, script, synthesised, len(segments) - synthesised)


def preflight(sources: Sequence[Path]) -> tuple[Doubt, ...]:
    """List what an editor should look at before an edition is built.

    Raises:
        AudiobuildError: whatever the user can put right.
    """
    edition, show, home = read_edition(sources)
    lexicon = read_lexicons(home)
    script = plan_script(edition, show, Stings(None, None), lexicon)
    return find_doubts(edition, script, show_context(show, lexicon))


def _refuse_unsaid(places: Sequence[str]) -> None:
    if places:
        count = "one thing is" if len(places) == 1 else f"{len(places)} things are"
        more = [f"and {len(places) - _MOST_PLACES} more"] if len(places) > _MOST_PLACES else []
        raise SourceError(f"{count} left unsaid", hint="\n".join([*places[:_MOST_PLACES], *more]))


def _with_options(show: Show, options: Options) -> Show:
    """Lay the options over show.toml."""
    engine = options.engine or show.voice.engine
    # Another engine does not know the name that show.toml has for its own.
    name = show.voice.name if engine == show.voice.engine else ""
    return dataclasses.replace(
        show,
        language=options.locale or show.language,
        voice=VoiceSettings(
            engine=engine,
            name=name if options.voice is None else options.voice,
            rate=show.voice.rate if options.rate is None else options.rate,
        ),
        audio=dataclasses.replace(show.audio, bit_rate_kbps=options.bit_rate_kbps or show.audio.bit_rate_kbps),
    )


def _sting(settings: StingSettings, name: Literal["intro", "outro"], home: Path) -> Path | None:
    if settings.sting == NO_STING:
        return None
    return home / settings.sting if settings.sting else shipped_sting(name)


def _jobs(script: Script, encoding: Encoding, locale: str, store: Path) -> dict[Segment | Sting, Job]:
    """Find the address of every take, in the order in which they are heard."""
    items = {item: None for section in script.sections for item in section.items}
    voices = {item.voice for item in items if isinstance(item, Segment)}
    engines = {voice: open_engine(voice, locale).fingerprint for voice in voices}
    sounds = {item.path: sound_fingerprint(item.path) for item in items if isinstance(item, Sting)}
    jobs = {}
    for item in items:
        fingerprint = engines[item.voice] if isinstance(item, Segment) else sounds[item.path]
        jobs[item] = Job(take_key(item, encoding, fingerprint), item, encoding, locale, store)
    return jobs


# --- what the episode is called -------------------------------------------------------------------


def _title(edition: Edition) -> str:
    if len(edition.articles) == 1:
        return edition.articles[0].title
    return f"{edition.title}, {_day(edition)}" if edition.published else edition.title


def _day(edition: Edition) -> str:
    date = edition.published
    return f"{date.day} {date:%B %Y}" if date else ""


def _file_name(edition: Edition, show: Show) -> str:
    """ASCII words with hyphens between, and the date of the issue where there are several articles."""
    several = len(edition.articles) > 1
    plain = unicodedata.normalize("NFKD", edition.title if several else edition.articles[0].title)
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain.encode("ascii", "ignore").decode().lower()))
    name = "-".join(words)[:_MOST_NAME_CHARS].rstrip("-") or "episode"
    return f"{name}-{edition.published}" if several and edition.published else name


def _tag(edition: Edition, show: Show, home: Path, timeline: Timeline) -> EpisodeTag:
    articles = edition.articles
    album = show.title or edition.title
    contents = "; ".join(article.title for article in articles)
    rubric = articles[0].rubric if len(articles) == 1 else ""
    chapters = (
        ChapterTag(ms_of(chapter.start_frame), ms_of(chapter.end_frame), _clean(chapter.title), chapter.url)
        for chapter in timeline.chapters
    )
    return EpisodeTag(
        title=_clean(_title(edition)),
        artist=_clean(show.author or album),
        album=_clean(album),
        genre=_clean(show.genre),
        comment=_clean(rubric or show.description or contents),
        chapters=tuple(chapters),
        published=edition.published,
        url=show.link,
        cover=_cover(edition, show, home),
        cover_mime=MIME,
    )


def _clean(text: str) -> str:
    """Text as tags hold it: composed, without control characters, on one line."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(" " if unicodedata.category(char)[0] == "C" else char for char in composed).split())


def _cover(edition: Edition, show: Show, home: Path) -> bytes:
    """The show's cover, or a single article's own picture where it is there, or a drawn one."""
    if show.cover:
        return shape_cover(home / show.cover)
    image = edition.articles[0].image if len(edition.articles) == 1 else None
    if image is not None and image.is_file():
        return shape_cover(image)
    return draw_cover(show.title or _title(edition), _day(edition), show.accent)
