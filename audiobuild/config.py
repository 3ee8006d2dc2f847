"""What the user has decided: defaults, then show.toml, then options (layer 0).

Each table of show.toml is a frozen dataclass below; its fields are the keys there are. A key that is not there is an
error that names the nearest one.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import re
import tomllib
import types
import typing
from dataclasses import dataclass, field
from typing import Any, TypeVar

from audiobuild.errors import ConfigError

FILE_NAME = "show.toml"
LOCALES = ("en-GB", "en-US")
POLICIES = ("expand", "spell", "word")
"""How an abbreviation may be read: by its long form, letter by letter, as a word."""
BIT_RATES_KBPS = (64, 80, 96, 112, 128, 160, 192)

_T = TypeVar("_T")
_KINDS = {
    str: "text in quotation marks",
    int: "a whole number",
    float: "a number",
    dt.date: "a date like 2026-11-07",
}


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """[voice]: who speaks."""

    engine: str = "espeak"
    """An entry point in the group `audiobuild.engines`."""
    name: str = ""
    """The engine's own name for the voice; empty for its default in the show's language."""
    rate: float = 1.0
    """Speed, relative to the engine's normal: 0.5 to 2."""


@dataclass(frozen=True, slots=True)
class StingSettings:
    """[intro] and [outro]: how the episode opens and closes."""

    sting: str = ""
    """A sound file, relative to show.toml; empty for the one that is shipped, "none" for none."""
    text: str = ""
    """What is said; {show} and {date} stand for the show's title and the date of the issue."""
    gain_db: float = 0.0
    fade_in_ms: int = 0
    fade_out_ms: int = 0
    trim_ms: int = 0
    """The sting is cut to this length; 0 leaves it whole."""


@dataclass(frozen=True, slots=True)
class PauseSettings:
    """[pauses]: the silence after each part, in milliseconds."""

    sting: int = 500
    ident: int = 900
    section: int = 900
    fly_title: int = 500
    headline: int = 700
    rubric: int = 700
    date: int = 900
    heading: int = 600
    paragraph: int = 600
    quotation: int = 600
    list_item: int = 400
    article: int = 1500
    """After the last words of an article, in place of the pause of what they are."""


@dataclass(frozen=True, slots=True)
class AudioSettings:
    """[audio]: how the episode is encoded."""

    bit_rate_kbps: int = 96
    loudness_lufs: float = -16.0
    """Integrated loudness as heard."""


@dataclass(frozen=True, slots=True)
class Show:
    """show.toml: what is the same from issue to issue, and this issue's date."""

    title: str = ""
    author: str = ""
    description: str = ""
    language: str = "en-GB"
    genre: str = "Podcast"
    link: str = ""
    """The show's web address."""
    date: dt.date | None = None
    """The date of the issue; without it, the latest date of an article."""
    cover: str = ""
    """A picture, relative to show.toml; empty for a generated one."""
    accent: str = "#0b5394"
    """Colour of the generated cover."""
    voice: VoiceSettings = field(default_factory=VoiceSettings)
    intro: StingSettings = field(default_factory=lambda: StingSettings(text="{show}. {date}."))
    outro: StingSettings = field(default_factory=StingSettings)
    pauses: PauseSettings = field(default_factory=PauseSettings)
    audio: AudioSettings = field(default_factory=AudioSettings)
    abbreviations: tuple[tuple[str, str], ...] = ()
    """[abbreviations]: terms of the user's own choice, each with one of POLICIES."""


def parse_show(data: bytes, where: str) -> Show:
    """Read show.toml.

    Raises:
        ConfigError: no TOML, an unknown key, or a value that cannot be.
    """
    try:
        values = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError("this is not UTF-8 text", where, "Save it as UTF-8.") from error
    except ValueError as error:  # TOMLDecodeError is one; a number of thousands of digits is another
        message = f"this is no TOML: {error}"
        raise ConfigError(message, where, 'Each line reads: key = "value".') from error
    return check(_table(Show(), values, where, ""), where)


def check(show: Show, where: str) -> Show:
    """Hold the values against what is possible, and give them back.

    Raises:
        ConfigError: a value that cannot be.
    """
    rules = (
        ("language", show.language, show.language in LOCALES, f"Use one of {', '.join(LOCALES)}."),
        ("accent", show.accent, re.fullmatch(r"#[0-9a-fA-F]{6}", show.accent), 'Write it like "#0b5394".'),
        ("link", show.link, not show.link or re.fullmatch(r"https?://[!-~]+", show.link), "Use a whole https address."),
        ("voice.rate", show.voice.rate, 0.5 <= show.voice.rate <= 2, "Use 0.5 to 2; 1 is the engine's normal speed."),
        (
            "audio.bit_rate_kbps",
            show.audio.bit_rate_kbps,
            show.audio.bit_rate_kbps in BIT_RATES_KBPS,
            f"Use one of {', '.join(map(str, BIT_RATES_KBPS))}.",
        ),
        ("audio.loudness_lufs", show.audio.loudness_lufs, -40 <= show.audio.loudness_lufs <= -9, "Use -40 to -9."),
        *_sting_rules("intro", show.intro),
        *_sting_rules("outro", show.outro),
        *(
            (f"pauses.{name}", value, 0 <= value <= 60_000, "Use 0 to 60000 milliseconds.")
            for name, value in dataclasses.asdict(show.pauses).items()
        ),
        *(
            (f"abbreviations.{term}", policy, term.strip() and policy in POLICIES, f"Use one of {', '.join(POLICIES)}.")
            for term, policy in show.abbreviations
        ),
    )
    for name, value, holds, hint in rules:
        if not holds:
            raise ConfigError(f"{name} cannot be {value!r}", where, hint)
    return show


def _sting_rules(name: str, sting: StingSettings) -> tuple[tuple[str, object, bool, str], ...]:
    lengths = (("fade_in_ms", sting.fade_in_ms), ("fade_out_ms", sting.fade_out_ms), ("trim_ms", sting.trim_ms))
    return (
        (f"{name}.text", sting.text, _is_template(sting.text), "Use {show} and {date} only."),
        (f"{name}.gain_db", sting.gain_db, -60 <= sting.gain_db <= 20, "Use -60 to 20 decibels."),
        *((f"{name}.{key}", value, 0 <= value <= 600_000, "Use 0 to 600000 milliseconds.") for key, value in lengths),
    )


def _is_template(text: str) -> bool:
    return re.search(r"[{}]", re.sub(r"\{(?:show|date)\}", "", text)) is None


def _table(defaults: _T, values: dict[str, Any], where: str, prefix: str) -> _T:
    """Lay the values of a TOML table over a dataclass of defaults."""
    types_of = typing.get_type_hints(type(defaults))
    given: dict[str, Any] = {}
    for key, value in values.items():
        if key not in types_of:
            raise _unknown(prefix, key, tuple(types_of), where)
        default = getattr(defaults, key)
        if dataclasses.is_dataclass(default) and isinstance(value, dict):
            given[key] = _table(default, value, where, f"{key}.")
        elif typing.get_origin(types_of[key]) is tuple and isinstance(value, dict):  # a table whose keys are free
            given[key] = tuple((term, _scalar(wish, str, where, f"{key}.{term}")) for term, wish in value.items())
        else:
            given[key] = _scalar(value, types_of[key], where, prefix + key)
    return dataclasses.replace(defaults, **given)  # type: ignore[type-var]  # every table is a dataclass


def _scalar(value: Any, wanted: Any, where: str, name: str) -> Any:
    allowed = typing.get_args(wanted) if isinstance(wanted, types.UnionType) else (wanted,)
    if float in allowed and type(value) is int and abs(value) < 2**53:
        return float(value)
    if type(value) not in allowed:
        expected = _KINDS.get(allowed[0], "a table")
        raise ConfigError(f"{name} must be {expected}, not {value!r}", where)
    return value


def _unknown(prefix: str, key: str, known: tuple[str, ...], where: str) -> ConfigError:
    near = difflib.get_close_matches(key, known, n=1)
    hint = f"Did you mean {prefix}{near[0]}?" if near else f"There are: {', '.join(known)}."
    return ConfigError(f"there is no setting {prefix}{key}", where, hint)
