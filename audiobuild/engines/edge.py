"""Edge: the voices with which Microsoft's browser reads pages aloud, online (layer 3).

It needs the extra `audiobuild[edge]`. A voice is named as the service names it, "en-GB-SoniaNeural"; `edge_voices.tsv`
lists those that are much used, and every other name of that form is taken as it is. Its table in show.toml:

    [engines.edge]
    pitch_hz = 20     # how much higher than its own the voice speaks: -100 to 100

The service knows a pitch in Hertz alone, and that of its voices is not known; so a pitch in semitones is not offered.

It says when each word starts; a word that it writes otherwise than the text has no time of its own.
"""

from __future__ import annotations

import functools
import importlib.util
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from audiobuild.audio.codec import decode
from audiobuild.engines import (
    Abilities,
    Speech,
    VoiceInfo,
    find_words,
    read_settings,
    require_words,
    spread_words,
    unknown_voice,
)
from audiobuild.engines.online.asking import ask
from audiobuild.errors import ConfigError, EngineError, SoundError
from audiobuild.model.pronunciation import Pronunciation
from audiobuild.model.values import Voice

MOST_PITCH_HZ = 100
"""The furthest from a voice's own pitch: about an octave of a low one."""

_REVISION = 1
"""To be raised when the service is asked for other sound; the library's version is not: it must follow the service."""
_NAME = re.compile(r"([a-z]{2,3}-[A-Z]{2})(?:-[a-z]+)?-[A-Za-z0-9]+Neural")
_NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML may hold, and so no request."""
_SHORTEST_CHAR_MS = 20
"""Speech takes 60 ms a character; what is three times as fast has been cut."""
_MOST_SKIPPED_WORDS = 4
"""A word that stands further behind the one before is another of the same spelling."""

_WARNING = "Microsoft states no licence to publish what the voices of its browser speak"


@dataclass(frozen=True, slots=True)
class EdgeSettings:
    """The table [engines.edge] of show.toml."""

    pitch_hz: int = 0
    """How much higher than its own the voice speaks, in Hertz."""


class Edge:
    """Speaks with the service behind Microsoft's browser."""

    name = "edge"
    # A request holds 4,096 bytes at most; so many characters fit into one, whatever they are (& is sent as &amp;).
    abilities = Abilities(max_chars=800, tells_words=True, repeatable=False, connections=4, calls_per_minute=120)
    settings = EdgeSettings()

    def __init__(
        self,
        voice: Voice,
        locale: str,
        *,
        sleep: Callable[[float], object] = time.sleep,
        timeout_s: float = 30.0,
    ) -> None:
        """Keep the settings.

        Args:
            voice: where it has no name, the first of the locale in `edge_voices.tsv` speaks, or of its language.
            locale: as in "en-GB".
            sleep: waits that many seconds between two tries.
            timeout_s: how long the service may keep silent, in seconds.

        Raises:
            EngineError: there is no such voice, or none for the locale.
            ConfigError: there is no such setting or pitch.
        """
        self._voice = voice.name or _default_name(locale)
        if not self.has_voice(self._voice):
            raise unknown_voice(self.name, self._voice, _genders())
        pitch_hz = read_settings(voice, self.settings).pitch_hz
        if abs(pitch_hz) > MOST_PITCH_HZ:
            hint = f"It may be from {-MOST_PITCH_HZ} to {MOST_PITCH_HZ}."
            raise ConfigError(f"engines.edge.pitch_hz cannot be {pitch_hz}", "show.toml", hint)
        self._pitch = f"{pitch_hz:+d}Hz"
        self._rate = f"{round(100 * (voice.rate - 1)):+d}%"
        self._shortest_char_ms = _SHORTEST_CHAR_MS / voice.rate
        self._sleep = sleep
        self._timeout_s = timeout_s

    @property
    def fingerprint(self) -> str:
        """Name all that the service is asked for. Raises EngineError where edge-tts is not installed."""
        if self.missing():
            raise _not_installed()
        return f"edge {_REVISION} {self._voice} {self._rate} {self._pitch}"

    @property
    def info(self) -> VoiceInfo:
        """Tell what is known of the voice."""
        return _info(self._voice)

    def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
        """Speak the text: one request, and up to four more where it fails in a way that may pass.

        Raises:
            EngineOffline: the service cannot be reached.
            EngineError: it answers, but not with speech; or edge-tts is not installed.
        """
        require_words(text, self.abilities.max_chars)
        if self.missing():
            raise _not_installed()
        return ask(self.name, lambda: self._ask(_NO_XML.sub(" ", text)), sleep=self._sleep)

    @classmethod
    def voices(cls) -> Sequence[VoiceInfo]:
        """List the voices that are much used, English first."""
        return [_info(name) for name in _genders()]

    @classmethod
    def has_voice(cls, name: str) -> bool:
        """Say whether a name has the form of the service's; which of them there are, only the service knows."""
        return _NAME.fullmatch(name) is not None

    @classmethod
    def missing(cls) -> str:
        """Say whether edge-tts must be installed."""
        return "" if importlib.util.find_spec("edge_tts") else "edge-tts: pip install 'audiobuild[edge]'"

    def _ask(self, text: str) -> Speech:
        """Ask once. Raises NetworkError."""
        from audiobuild.engines.online.edge_connection import (  # asyncio takes its time
            EdgeRequest,
            ask_service,
            no_speech_error,
        )

        mp3, told = ask_service(EdgeRequest(text, self._voice, self._rate, self._pitch), self._timeout_s)
        try:
            clip = decode(mp3, self.name)
        except SoundError as error:
            raise no_speech_error() from error
        marks = list(_marks(text, told))
        last_ms = marks[-1][1] if marks else 0
        if clip.duration_ms < max(last_ms, self._shortest_char_ms * len(text.strip())):
            raise no_speech_error()
        return Speech(clip, spread_words(text, marks, clip.duration_ms) if marks else ())


def _marks(text: str, told: Iterable[tuple[str, float]]) -> Iterator[tuple[int, float]]:
    """Find the words that the service told of in the text; those that it writes otherwise are left out.

    >>> list(_marks("At No. 4, he's in.", [("At", 0), ("number", 200), ("4", 600), ("he's", 900), ("in", 1200)]))
    [(0, 0), (7, 600), (10, 900), (15, 1200)]
    """
    behind, last_ms = 0, 0.0
    for word, start_ms in told:
        place = text.find(word, behind)
        # Within another word it is not the one meant; but right behind the last, as in Chinese, it is.
        is_within = place > behind and text[place - 1].isalnum()
        is_near = place >= 0 and len(find_words(text[behind:place])) <= _MOST_SKIPPED_WORDS
        if word and is_near and not is_within and start_ms >= last_ms:
            yield place, start_ms
            behind, last_ms = place + len(word), start_ms


def _not_installed() -> EngineError:
    return EngineError("edge-tts is not installed", Edge.name, "Install it: pip install 'audiobuild[edge]'")


# --- the voices -----------------------------------------------------------------------------------


@functools.cache
def _genders() -> dict[str, str]:
    """Whether a voice is a woman's or a man's, by its name."""
    table = files("audiobuild.engines").joinpath("edge_voices.tsv").read_text(encoding="utf-8")
    lines = (line.partition("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {name: gender for name, _, gender in lines}


def _default_name(locale: str) -> str:
    """Name the first voice of a locale, or else of its language."""
    for start in (f"{locale}-", f"{locale.partition('-')[0]}-"):
        for name in _genders():
            if name.lower().startswith(start.lower()):
                return name
    raise EngineError(f"it lists no voice for the locale {locale!r}", Edge.name, "Name one, as in en-GB-SoniaNeural.")


def _info(name: str) -> VoiceInfo:
    found = _NAME.fullmatch(name)
    more = "speaks other languages too" if "Multilingual" in name else ""
    description = ", ".join(filter(None, (_genders().get(name, ""), more)))
    return VoiceInfo(name, found[1] if found else "und", description, warning=_WARNING)
