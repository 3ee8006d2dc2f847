"""What the values of show.toml may be, and what to do where one cannot be (layer 0)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import TypeAlias

from audiobuild.config.show import (
    CHAPTER_FIELDS,
    COVER_DESIGNS,
    EPISODE_TYPES,
    EPUB_FOLLOWS,
    FOOTNOTES,
    LANGUAGE_HINT,
    LANGUAGE_TAG,
    POLICIES,
    TABLES,
    TYPEFACES,
    AudioSettings,
    CoverSettings,
    EpisodeSettings,
    Show,
    StingSettings,
    VoiceSettings,
    VoicesSettings,
    WorkersSettings,
)
from audiobuild.errors import ConfigError, combine_errors
from audiobuild.model.file_formats import FORMATS
from audiobuild.model.levels import PRESETS

_Rule: TypeAlias = tuple[str, object, object, str]
"""A setting's name, its value, whether that can be, and what to do where it cannot."""


def check_values(show: Show, where: str) -> Show:
    """Check the values of a show, and give them back.

    Raises:
        ConfigError: a value that cannot be; all of them are told.
    """
    faults = [(name, value, hint) for name, value, holds, hint in rules_of(show) if not holds]
    if faults:
        raise combine_errors([ConfigError(f"{name} cannot be {value!r}", where, hint) for name, value, hint in faults])
    return show


def rules_of(show: Show) -> tuple[_Rule, ...]:
    """What holds for the values of a show."""
    return (
        ("language", show.language, LANGUAGE_TAG.fullmatch(show.language), LANGUAGE_HINT),
        ("accent", show.accent, re.fullmatch(r"#[0-9a-fA-F]{6}", show.accent), 'Write it like "#0b5394".'),
        ("link", show.link, not show.link or re.fullmatch(r"https?://[!-~]+", show.link), "Use a whole https address."),
        *_cover_rules(show.cover),
        *_voices_rules(show.voices),
        *_audio_rules(show.audio),
        ("epub.follow", show.epub.follow, show.epub.follow in EPUB_FOLLOWS, f"Use one of {', '.join(EPUB_FOLLOWS)}."),
        *_template_rule("chapters.title", show.chapters.title, CHAPTER_FIELDS),
        *_episode_rules(show.episode),
        *_reading_rules(show),
        *_workers_rules(show.workers),
        *_sting_rules("intro", show.intro, ("show", "date")),
        *_sting_rules("outro", show.outro, ("show", "date")),
        *_sting_rules("section", show.section, ("show", "date", "section")),
        *(
            (f"pauses.{name}", value, 0 <= value <= 60_000, "Use 0 to 60000 milliseconds.")
            for name, value in dataclasses.asdict(show.pauses).items()
        ),
        *(
            (f"abbreviations.{term}", policy, term.strip() and policy in POLICIES, f"Use one of {', '.join(POLICIES)}.")
            for term, policy in show.abbreviations
        ),
    )


def _workers_rules(workers: WorkersSettings) -> Iterator[_Rule]:
    dask = workers.dask
    yield "workers.dask", dask, not dask or re.fullmatch(r"\w+://\S+", dask), "Write it like tcp://10.0.0.1:8786."
    for engine, said in workers.resources:
        holds = re.fullmatch(r"\w+=\d+(?:\.\d+)?(?:,\w+=\d+(?:\.\d+)?)*", said)
        yield f"workers.resources.{engine}", said, holds, 'Write it like "GPU=1".'


def _cover_rules(cover: CoverSettings) -> Iterator[_Rule]:
    yield "cover.design", cover.design, cover.design in COVER_DESIGNS, f"Use one of {', '.join(COVER_DESIGNS)}."
    yield "cover.typeface", cover.typeface, cover.typeface in TYPEFACES, f"Use {' or '.join(TYPEFACES)}."


def _reading_rules(show: Show) -> Iterator[_Rule]:
    reading = show.reading
    yield "reading.footnotes", reading.footnotes, reading.footnotes in FOOTNOTES, f"Use {' or '.join(FOOTNOTES)}."
    yield "reading.tables", reading.tables, reading.tables in TABLES, f"Use {' or '.join(TABLES)}."
    for tag, voice in show.languages:
        yield "languages", tag, LANGUAGE_TAG.fullmatch(tag), LANGUAGE_HINT
        yield f"languages.{tag}", voice, re.fullmatch(r"[a-z]\w*:\S.*", voice), 'Write it like "espeak:fr".'


def _voices_rules(voices: VoicesSettings) -> Iterator[_Rule]:
    named = [(role.name, getattr(voices, role.name)) for role in dataclasses.fields(voices)]
    roles = [(name, value) for name, value in named if isinstance(value, VoiceSettings)]
    roles += [(f"departments.{name}", voice) for name, voice in voices.departments]
    roles += [(f"alternate.{place}", voice) for place, voice in enumerate(voices.alternate, 1)]
    for name, voice in roles:
        rate, pitch = voice.rate, voice.pitch_semitones
        yield f"voices.{name}.rate", rate, rate is None or 0.5 <= rate <= 2, "Use 0.5 to 2; 1 is the normal speed."
        yield (
            f"voices.{name}.pitch_semitones",
            pitch,
            pitch is None or -12 <= pitch <= 12,
            "Use -12 to 12; 0 is normal.",
        )


def _audio_rules(audio: AudioSettings) -> Iterator[_Rule]:
    rates = FORMATS[audio.format].bit_rates_kbps if audio.format in FORMATS else ()
    known = f"{rates[0]} to {rates[-1]}" if isinstance(rates, range) else ", ".join(map(str, rates))
    yield "audio.format", audio.format, audio.format in FORMATS, f"Use one of {', '.join(FORMATS)}."
    rate = audio.bit_rate_kbps
    yield "audio.bit_rate_kbps", rate, not rate or rate in rates, f"Use one of {known}."
    yield "audio.channels", audio.channels, audio.channels in (1, 2), "Use 1 for mono, 2 for stereo."
    loudness = audio.loudness
    holds = loudness in PRESETS if isinstance(loudness, str) else -40 <= loudness <= -9
    yield "audio.loudness", loudness, holds, f"Use one of {', '.join(PRESETS)}, or -40 to -9 LUFS."


def _episode_rules(episode: EpisodeSettings) -> Iterator[_Rule]:
    for name, value in (("number", episode.number), ("season", episode.season)):
        yield f"episode.{name}", value, 0 <= value <= 99_999, "Use a number from 1; 0 for none."
    yield "episode.type", episode.type, episode.type in EPISODE_TYPES, f"Use one of {', '.join(EPISODE_TYPES)}."


def _template_rule(name: str, template: str, fields: tuple[str, ...]) -> Iterator[_Rule]:
    *names, last = (f"{{{field}}}" for field in fields)
    left = re.sub(rf"\{{(?:{'|'.join(fields)})\}}", "", template)
    yield name, template, not re.search(r"[{}]", left), f"Use {', '.join(names)} and {last} only."


def _sting_rules(name: str, sting: StingSettings, titles: tuple[str, ...]) -> Iterator[_Rule]:
    yield from _template_rule(f"{name}.text", sting.text, titles)
    yield f"{name}.gain_db", sting.gain_db, -60 <= sting.gain_db <= 20, "Use -60 to 20 decibels."
    yield f"{name}.duck_db", sting.duck_db, -60 <= sting.duck_db <= 0, "Use -60 to 0 decibels."
    for key in ("fade_in_ms", "fade_out_ms", "trim_ms", "duck_ms"):
        value = getattr(sting, key)
        yield f"{name}.{key}", value, 0 <= value <= 600_000, "Use 0 to 600000 milliseconds."
