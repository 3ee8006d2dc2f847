"""One sentence in one voice, as an episode would have it: normalised, spoken, levelled, in a file (layer 4)."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from audiobuild.audio.loudness import integrated_loudness, joined_block_loudness
from audiobuild.config.show import FILE_NAME, Show
from audiobuild.engines import VoiceInfo
from audiobuild.engines.registry import load_engine, open_engine
from audiobuild.errors import OutputError, SourceError
from audiobuild.model.file_formats import FORMATS
from audiobuild.model.levels import level_of
from audiobuild.model.values import Role, Segment, Take, Voice, ms_of
from audiobuild.publish.episodes.episode import Form, Part
from audiobuild.publish.episodes.episode_tag import EpisodeTag
from audiobuild.publish.formats.containers import check_container
from audiobuild.publish.formats.sound_writing import write_episode
from audiobuild.script.casting import narrator
from audiobuild.script.sections import show_context
from audiobuild.script.spoken_pieces import MOST_CHARS
from audiobuild.script.telling import say
from audiobuild.sources.edition import find_show, read_lexicons, read_show
from audiobuild.store.artefacts import Store
from audiobuild.store.upkeep import in_use
from audiobuild.takes.jobs import Encoding, Job, take_key, take_parts
from audiobuild.takes.render import render
from audiobuild.takes.stored_takes import read_take
from audiobuild.voices.speakers import with_chosen_voice

_KINDS = {each.suffix: each.name for each in FORMATS.values()}
"""The formats by the endings of their files."""


@dataclass(frozen=True, slots=True)
class Audition:
    """What was spoken."""

    path: Path
    engine: str
    info: VoiceInfo
    spoken: str
    """What the voice was given."""
    duration_ms: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose voice is to be heard, as what show."""

    voice: Voice
    show: Show
    """In the language that is spoken."""
    home: Path | None
    """Where its lexicon is; None where the show is in another language."""


def hold_audition(
    name: str, text: str = "", *, engine: str | None, output: Path | None, show: Path | None, store: Store
) -> Audition:
    """Speak a text, or a sentence of ours in the voice's language, to a file.

    The text is normalised with the show's locale and lexicon, or without a show, with the voice's own locale; in a
    language without rules it is spoken as it is written.

    Args:
        engine: whose voice it is; None to find out by its name.
        output: a file that ends as its format does; None for a WAV of the voice's name in the current folder.
        show: the show.toml that is heeded, or its folder; None for the one in the current folder, if there is one.

    Raises:
        AudiobuildError: whatever the user can put right.
    """
    asked = _asked(name, engine, show)
    opened = open_engine(asked.voice, asked.show.language)
    path = output or Path(f"audiobuild-{_file_name(opened.info.name)}.wav")
    kind = kind_of(path)
    segment = _segment(text or _sentence(asked.show.language), asked)
    level = level_of(asked.show.audio.loudness)
    encoding = Encoding.of(FORMATS[kind], FORMATS[kind].mono_kbps, 1, level)
    key = take_key(take_parts(segment, encoding, engine=opened))
    with in_use(store):
        job = Job(key, segment, encoding, asked.show.language, store.where)
        take = read_take(store, key) or render(job)
        write_clip(path, take, store, encoding)
    return Audition(path, opened.name, opened.info, segment.spoken.text, ms_of(take.frames))


def _asked(name: str, engine: str | None, place: Path | None) -> _Asked:
    """Find the voice, and in which language it is to be heard."""
    show, home = find_show([Path()]) if place is None else (read_show(place), _folder(place))
    shown = with_chosen_voice(show, engine, name, None)
    voice = narrator(shown)
    spoken = open_engine(voice, show.language).info.language
    if (home / FILE_NAME).is_file() and _primary(spoken) == _primary(show.language):
        return _Asked(voice, shown, home)
    languages = load_engine(voice.engine).abilities.languages
    is_able = _primary(spoken) in (languages or _sentences())
    language = _usual_tag(spoken) if is_able else show.language
    own = home if _primary(language) == _primary(show.language) else None
    return _Asked(voice, dataclasses.replace(shown, language=language), own)


def _folder(place: Path) -> Path:
    return place if place.is_dir() else place.parent


def _segment(text: str, asked: _Asked) -> Segment:
    context = show_context(asked.show, read_lexicons(asked.home) if asked.home else ())
    said = say(text, Role.PARAGRAPH, asked.show, context)
    if not said:
        raise SourceError(f"there is nothing to say in {text[:40]!r}", hint="Write a sentence.")
    if len(said) > 1:
        message = f"the text is longer than {MOST_CHARS} characters"
        raise SourceError(message, hint="Write it into a file, and build that.")
    return dataclasses.replace(said[0], voice=asked.voice)


def kind_of(path: Path) -> str:
    """Say by a file's name which format it is to be.

    Raises:
        OutputError: it cannot be told.
        ConfigError: that format needs what is not installed.
    """
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise OutputError("it cannot be told which format this is to be", str(path), f"End it in {', '.join(_KINDS)}.")
    check_container(kind)
    return kind


def write_clip(path: Path, take: Take, store: Store, encoding: Encoding) -> None:
    """Write a take to a file of its own, in the format that its name says.

    Raises:
        OutputError: the file cannot be written.
    """
    kind = kind_of(path)
    tag = EpisodeTag(title=path.stem, artist="", album="", genre="", comment="", chapters=())
    rate_kbps = encoding.bit_rate_kbps or FORMATS[kind].mono_kbps
    loudness_lufs = integrated_loudness(joined_block_loudness([take.levels]))
    form = Form(kind, rate_kbps, encoding.channels, encoding.level.ceiling_dbtp, loudness_lufs)
    write_episode(path, form, tag, [Part(take.key, take.frames, take.bytes)], store)


def _sentence(language: str) -> str:
    """Find something to say in a language; in English, where there is nothing of ours."""
    return _sentences().get(_primary(language), _sentences()["en"])


@functools.cache
def _sentences() -> Mapping[str, str]:
    table = files("audiobuild.build").joinpath("audition_texts.tsv").read_text(encoding="utf-8")
    rows = (line.partition("\t") for line in table.splitlines() if not line.startswith("#"))
    return {language: sentence for language, _, sentence in rows}


def _usual_tag(language: str) -> str:
    """Write a language's tag in its usual capitals.

    >>> _usual_tag("en-us"), _usual_tag("en-GB-scotland")
    ('en-US', 'en-GB-scotland')
    """
    primary, *others = language.split("-")
    return "-".join([primary.lower(), *(part.upper() if len(part) == 2 else part for part in others)])


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _file_name(voice: str) -> str:
    """Make a name for a file of a voice's, which may be a path.

    >>> _file_name("voices/en_US-joe-medium.onnx"), _file_name("af_heart:60+bf_emma:40")
    ('en_US-joe-medium', 'af_heart-60-bf_emma-40')
    """
    last = re.split(r"[/\\]", voice)[-1].removesuffix(".onnx")
    return re.sub(r"[^A-Za-z0-9._-]+", "-", last).strip("-.") or "voice"
