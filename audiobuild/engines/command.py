"""Command: any program that turns text into a sound file (layer 3).

Its table in show.toml says how the program is called, as a list of words; no shell sees them:

    [engines.command]
    command = ["flite", "-voice", "{voice}", "-f", "{text_file}", "-o", "{wav}"]
    voices = ["slt", "rms"]     # what {voice} may be, the default first; left out, it may be anything
    normal_rate = 175           # what {rate} is at normal speed: here words a minute; 1 where left out
    max_chars = 5000            # the longest text of one call
    time_limit_s = 120          # how long one call may take
    repeatable = true           # whether the same text always gives the same sound
    version = "1"               # to be changed when the program has changed: all is spoken anew
    licence = "MIT"             # of the voice, and whom it asks to be named
    credit = ""

In the list stand for themselves, alone or within a word:

    {text_file}   a file that holds the text, in UTF-8
    {text}        the text; one that starts with a dash gets a space before it, so that it is not taken for an option
    {wav}         the file to be written; so do {aiff}, {flac}, {m4a}, {mp3}, {ogg}
    {voice}       the voice's name
    {rate}        its speed: 1.5 is half as fast again, unless there is a normal_rate
    {stretch}     how much longer than normal it speaks: 0.5 is twice as fast
    {locale}      as in "en-GB"

Without a text among them the program is given the text on standard input, and without a file to be written its
standard output is taken for the sound. `{{voice}}` stands for `{voice}` itself. The program runs in a temporary
folder, with our environment; paths in the list are absolute.
"""

from __future__ import annotations

import difflib
import functools
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PureWindowsPath

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode
from audiobuild.engines import Abilities, Speech, VoiceInfo, read_settings, require_words, unknown_voice
from audiobuild.engines.external.command_run import run_program
from audiobuild.errors import ConfigError, EngineError, SoundError
from audiobuild.model.pronunciation import Pronunciation
from audiobuild.model.values import Voice

MAX_CHARS = 5_000
"""The longest text of one call, where the settings do not say."""
DEFAULT_VOICE = "default"
"""The name of whatever voice the program speaks with by itself."""

SOUNDS = ("wav", "aiff", "flac", "m4a", "mp3", "ogg")
"""The placeholders of a file to be written, each of them its ending."""
TEXTS = ("text_file", "text")
"""The placeholders of the text."""
PLACEHOLDERS = (*TEXTS, *SOUNDS, "voice", "rate", "stretch", "locale")

_REVISION = 1
"""To be raised when programs come to be called otherwise."""
_PLACEHOLDER = re.compile(r"\{(\{\w+\})\}|\{(\w+)\}")
_RATES = (0.5, 2.0)
_WHERE = "show.toml"
_EXAMPLE = 'As in: command = ["flite", "-voice", "slt", "-f", "{text_file}", "-o", "{wav}"]'
_VOICE_HINT = "Put {voice} into engines.command.command, where the program expects it."
_SAY = "Apple's licence for macOS allows what its voices say for personal use only, not to be published"


@dataclass(frozen=True, slots=True)
class CommandSettings:
    """The table [engines.command] of show.toml."""

    command: tuple[str, ...] = ()
    """The program and its arguments, with placeholders."""
    voices: tuple[str, ...] = ()
    """What {voice} may be, the default first; empty where it may be anything."""
    normal_rate: float = 1.0
    """What {rate} is at normal speed, in the program's own unit."""
    max_chars: int = MAX_CHARS
    """The longest text of one call."""
    time_limit_s: float = 120.0
    """How long one call may take, in seconds."""
    repeatable: bool = True
    """Whether the same text always gives the same sound."""
    version: str = "1"
    """Changed when the program has changed."""
    licence: str = ""
    """Of the voice, as an SPDX identifier where it has one."""
    credit: str = ""
    """Whom the licence asks to be named."""


class Command:
    """Speaks with a program of the user's."""

    name = "command"
    abilities = Abilities(max_chars=MAX_CHARS, rates=_RATES)
    settings = CommandSettings()

    def __init__(self, voice: Voice, locale: str) -> None:
        """Read the settings.

        Raises:
            ConfigError: there is no command, or one that cannot be, or no such setting.
            EngineError: the command has no such voice.
        """
        self._settings = _read(voice)
        self._used = frozenset(_placeholders(self._settings.command))
        self._voice = self._choose(voice.name)
        self._rate = voice.rate
        self._locale = locale
        self.abilities = replace(
            self.abilities,
            max_chars=self._settings.max_chars,
            rates=_RATES if self._used & {"rate", "stretch"} else (1.0, 1.0),
            repeatable=self._settings.repeatable,
        )

    @property
    def fingerprint(self) -> str:
        """Name the program, its version, and, as a checksum, all that it is called with.

        Raises:
            EngineError: the program is not there.
        """
        _ = self._program
        said = [self._settings.command, self._values({}), self._settings.version]
        digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]
        return f"command {_REVISION} {_name(self._settings.command)} {digest}"

    @property
    def info(self) -> VoiceInfo:
        """Tell what the settings say of the voice."""
        warning = _SAY if _name(self._settings.command) == "say" else ""
        description = f"as {_name(self._settings.command)} speaks"
        name = self._voice or DEFAULT_VOICE
        licence, credit = self._settings.licence, self._settings.credit
        return VoiceInfo(name, self._locale, description, licence, credit, warning)

    def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
        """Run the program once.

        Raises:
            EngineError: it is not there, fails, takes too long, or makes no sound that can be read.
        """
        require_words(text, self.abilities.max_chars)
        text = text.replace("\0", " ")
        program = self._program
        with tempfile.TemporaryDirectory(prefix="audiobuild-", ignore_cleanup_errors=True) as folder:
            given, made = Path(folder, "text.txt"), Path(folder, f"speech.{self._ending or 'out'}")
            given.write_text(f"{text}\n", encoding="utf-8", errors="replace")
            values = self._values({"text_file": str(given), "text": text, self._ending: str(made)})
            _, *arguments = (_filled(word, values) for word in self._settings.command)
            run_program(
                [program, *arguments],
                folder=Path(folder),
                stdin=None if self._used & set(TEXTS) else given,
                stdout=None if self._ending else made,
                time_limit_s=self._settings.time_limit_s,
            )
            return Speech(self._clip(made))

    @classmethod
    def voices(cls) -> Sequence[VoiceInfo]:
        """List the one voice that needs no name."""
        return [VoiceInfo(DEFAULT_VOICE, "und", "whatever the command in [engines.command] speaks with")]

    @classmethod
    def has_voice(cls, name: str) -> bool:
        """Never: its voices are the user's, so that this engine is chosen by its own name alone."""
        return False

    @classmethod
    def missing(cls) -> str:
        """Nothing of ours ever is; the program is the user's."""
        return ""

    def _choose(self, name: str) -> str:
        """Find the voice's name for the program; empty where it is told none."""
        listed = self._settings.voices
        name = "" if name == DEFAULT_VOICE and name not in listed else name
        if "voice" not in self._used:
            if name:
                raise EngineError(f"there is no voice {name!r}: the program is told of none", self.name, _VOICE_HINT)
            return ""
        if name and listed and name not in listed:
            raise unknown_voice(self.name, name, listed)
        if not name and not listed:
            hint = 'Name it, as in [voice] name = "slt", or list voices = [...] in [engines.command].'
            raise ConfigError("engines.command.command has {voice}, but there is none", _WHERE, hint)
        return name or listed[0]

    @functools.cached_property
    def _program(self) -> str:
        """Where the program is."""
        word = self._settings.command[0]
        found = shutil.which(word)
        if not found:
            hint = "Install it, or write its whole path into engines.command.command in show.toml."
            raise EngineError(f"there is no program {word!r}", self.name, hint)
        if "text" in self._used and PureWindowsPath(found).suffix.lower() in (".bat", ".cmd"):
            hint = "Use {text_file} in place of {text}."  # Windows hands such files to a shell, which reads the text
            raise EngineError(f"{word!r} is run by a shell, and cannot be given text", self.name, hint)
        return str(Path(found).absolute())

    @property
    def _ending(self) -> str:
        """The ending of the file that the program is to write; empty where it writes to standard output."""
        return next((sound for sound in SOUNDS if sound in self._used), "")

    def _values(self, values: Mapping[str, str]) -> dict[str, str]:
        """Add the values that are the same for every text, if the command asks for them."""
        rate = self._rate * self._settings.normal_rate
        steady = {
            "voice": self._voice,
            "rate": f"{rate:.0f}" if self._settings.normal_rate >= 10 else f"{rate:.4g}",  # words a minute are whole
            "stretch": f"{1 / self._rate:.4g}",
            "locale": self._locale,
        }
        return {name: value for name, value in (steady | dict(values)).items() if name in self._used}

    def _clip(self, made: Path) -> Clip:
        """Read what the program made."""
        program = _name(self._settings.command)
        hint = "Try its command in a terminal." if self._ending else "Is it meant to write a file? Then say {wav}."
        if not made.is_file() or not made.stat().st_size:
            raise EngineError(f"{program} wrote no sound", self.name, hint)
        try:
            clip = decode(_with_length(made.read_bytes()), self.name)
        except SoundError as error:
            hint = error.hint if self._ending == "m4a" else hint  # which may need a package
            raise EngineError(f"{program} wrote no sound that can be read", self.name, hint) from error
        if not clip.samples.any():
            raise EngineError(f"{program} wrote silence", self.name, hint)
        return clip.with_channels(1)


def _read(voice: Voice) -> CommandSettings:
    """Read the settings, and see that the command can be."""
    given = dict(voice.settings).get("command", ())
    if not isinstance(given, tuple):
        raise ConfigError(f"engines.command.command must be a list of words, not {given!r}", _WHERE, _EXAMPLE)
    settings = read_settings(voice, Command.settings)
    if not settings.command or not settings.command[0]:
        raise ConfigError("engines.command.command names no program", _WHERE, _EXAMPLE)
    used = _placeholders(settings.command)
    for name in used:
        if name not in PLACEHOLDERS:
            near = difflib.get_close_matches(name, PLACEHOLDERS, n=1)
            meant = f"Did you mean {{{near[0]}}}?" if near else f"There are {{{'}, {'.join(PLACEHOLDERS)}}}."
            raise ConfigError(f"engines.command.command has no placeholder {{{name}}}", _WHERE, f"{meant} {_EXAMPLE}")
    if _placeholders(settings.command[:1]):
        raise ConfigError("engines.command.command begins with a placeholder, not a program", _WHERE, _EXAMPLE)
    if len(set(used) & set(SOUNDS)) > 1:
        raise ConfigError("engines.command.command names more than one file to be written", _WHERE, _EXAMPLE)
    if settings.voices and "voice" not in used:
        raise ConfigError("engines.command.voices are told to no program", _WHERE, _VOICE_HINT)
    for key in ("max_chars", "time_limit_s", "normal_rate"):
        if not getattr(settings, key) > 0:
            raise ConfigError(f"engines.command.{key} must be more than 0", _WHERE)
    return settings


def _placeholders(words: Sequence[str]) -> list[str]:
    """List the names in braces, in their order."""
    return [found[2] for word in words for found in _PLACEHOLDER.finditer(word) if found[2]]


def _filled(word: str, values: Mapping[str, str]) -> str:
    """Put values in the place of their names.

    >>> _filled("--speed={rate}", {"rate": "1.5"}), _filled("{{rate}}", {"rate": "1.5"})
    ('--speed=1.5', '{rate}')
    """
    filled = _PLACEHOLDER.sub(lambda found: found[1] or values[found[2]], word)
    return f" {filled}" if word == "{text}" and filled.startswith("-") else filled


def _with_length(sound: bytes) -> bytes:
    """Fill in a WAV head's length that was left at 0 because it was not known when writing began."""
    place = sound.find(b"data", 0, 4096) + 4
    if sound[:4] != b"RIFF" or place < 12 or sound[place : place + 4] != bytes(4):
        return sound
    return sound[:place] + b"\xff\xff\xff\xff" + sound[place + 4 :]


def _name(command: Sequence[str]) -> str:
    """Name the program without its path.

    >>> _name(["/usr/bin/say"]), _name(["C:\\\\tools\\\\flite.exe", "-v"])
    ('say', 'flite')
    """
    name = PureWindowsPath(command[0]).name
    return name.removesuffix(".exe")
