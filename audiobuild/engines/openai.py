"""OpenAI's speech, and that of any server that is asked in the same way, by /v1/audio/speech (layer 3).

There are many: OpenAI's own, and for one's own machine Kokoro-FastAPI, speaches, LocalAI and others. What each one is,
show.toml says in [engines.openai]. A server of one's own needs no key; the key of another is read when it is needed,
and stands in nothing that is kept, sent elsewhere or shown.

A request that fails in a way that may pass is made again, for about a minute in all: after that, a limit by the minute
has passed too.

Source: OpenAI API reference, "Create speech".
"""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from audiobuild.engines import Abilities, Speech, VoiceInfo, read_settings, require_words, unknown_voice
from audiobuild.engines.online.asking import AGAIN_HINT
from audiobuild.engines.online.openai_answers import FORMATS, Asked, read_refusal, read_speech
from audiobuild.engines.online.openai_server import OPENAI, Key, read_key, read_server
from audiobuild.errors import EngineError, EngineOffline, NetworkError, NetworkOffline
from audiobuild.model.pronunciation import Pronunciation
from audiobuild.model.values import Voice
from audiobuild.network.http import post_json
from audiobuild.network.retries import with_retries

VOICES = (
    *("alloy", "ash", "ballad", "cedar", "coral", "echo", "fable"),
    *("marin", "nova", "onyx", "sage", "shimmer", "verse"),
)
"""OpenAI's own; another server has others."""

CUSTOM = "voice_"
"""What the names of voices begin with that OpenAI has made for one customer."""

MOST_CHARS = 4096
"""OpenAI takes no more in a request."""

RETRIES = (1, 2, 4, 8, 8, 8, 8, 8, 8)
"""The waits between tries, as multiples of `retry_s`. So many, since an edition has thousands of requests, and one
that fails for good ends the build: where three in ten fail, five tries lose one text in 400, ten one in 170,000."""

PATIENCE_S = 300.0
"""After that no further try is begun: a server that keeps silent takes `timeout_s` for each."""

_TABLE = "[engines.openai]"


@dataclass(frozen=True, slots=True)
class OpenaiSettings:
    """[engines.openai]: which server is asked, for what, and how often."""

    base_url: str = OPENAI
    """Up to "/v1"."""
    model: str = "gpt-4o-mini-tts"
    """As the server calls it."""
    instructions: str = ""
    """How to speak, in words, for models that heed it."""
    format: str = "wav"
    """What sound is sent in: one of `FORMATS`."""
    word_times: bool = False
    """Whether the server is a Kokoro-FastAPI, which tells when each word starts."""
    key_variable: str = dataclasses.field(default="OPENAI_API_KEY", repr=False)
    """The variable of the environment that holds the key; empty to send none. Not shown: somebody may take it for the
    place of the key itself."""
    key_file: str = dataclasses.field(default="", repr=False)
    """The file that holds the key; empty for the variable. Not shown either."""
    max_chars: int = MOST_CHARS
    """The longest text of a request."""
    connections: int = 4
    """Requests at once."""
    calls_per_minute: int = 200
    """Requests in a minute, of all connections together."""
    price_per_1000_chars: float = 0.0
    """What a thousand characters cost; 0 where it does not matter."""
    timeout_s: float = 120.0
    """How long the server may keep silent, in seconds: a slow machine makes all the sound first."""
    retry_s: float = 1.0
    """The first wait before a request is made again, in seconds; later ones are up to eight times as long."""


class Openai:
    """Speaks with a server that is asked as OpenAI's is."""

    name = "openai"
    abilities = Abilities(
        max_chars=MOST_CHARS, rates=(0.25, 4.0), repeatable=False, connections=4, calls_per_minute=200
    )
    settings = OpenaiSettings()

    def __init__(
        self,
        voice: Voice,
        locale: str,
        *,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep the settings; the key is not among them.

        Args:
            voice: its name is the server's own for a voice; "alloy" where it has none.
            locale: what is told of the voice; no server is told it.
            sleep: waits that many seconds between two tries.
            clock: tells the seconds since some moment.

        Raises:
            EngineError: a setting cannot be, or OpenAI has no such voice.
            ConfigError: there is no such setting.
        """
        own = read_settings(voice, self.settings)
        _check(own)
        self._own = own
        self._server = read_server(own.base_url)
        self._voice = voice.name or VOICES[0]
        if self._is_openai:
            _check_openai(self._voice, own)
        self._rate = voice.rate
        self._locale = locale
        self._sleep = sleep
        self._clock = clock
        self.abilities = dataclasses.replace(
            type(self).abilities,
            max_chars=own.max_chars,
            tells_words=own.word_times,
            connections=own.connections,
            calls_per_minute=own.calls_per_minute,
            price_per_1000_chars=own.price_per_1000_chars,
        )

    @property
    def fingerprint(self) -> str:
        """Name all that the server is asked for, and which it is."""
        own = self._own
        asked = [self._server.address, own.model, self._voice, self._rate, own.instructions, own.format, own.word_times]
        return f"openai {json.dumps(asked)}"

    @property
    def info(self) -> VoiceInfo:
        """Tell what is known of the voice: the server alone knows more."""
        holder = "the licence of its model" if self._server.is_private else f"the terms of {self._server.host}"
        warning = f"{holder} must allow that what it speaks is published"
        return VoiceInfo(self._voice, self._locale, f"{self._own.model} at {self._server.host}", warning=warning)

    def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
        """Speak the text: one request, and more where it fails in a way that may pass.

        Raises:
            EngineOffline: the server cannot be reached.
            EngineError: it answers, but not with speech; or the key is not there or must not be sent.
        """
        require_words(text, self.abilities.max_chars)
        key = self._key()
        where = f"{self.name}, {self._server.address}"
        until_s = self._clock() + PATIENCE_S
        delays_s = [factor * self._own.retry_s for factor in RETRIES]
        try:
            return with_retries(lambda: self._try(text, key, until_s), delays_s, self._sleep)
        except NetworkOffline as error:
            hint = "Check base_url and the network; an engine such as espeak needs none."
            raise EngineOffline(error.message, where, hint) from error
        except NetworkError as error:
            raise EngineError(error.message, where, AGAIN_HINT if error.may_pass else error.hint) from error

    @classmethod
    def voices(cls) -> Sequence[VoiceInfo]:
        """List OpenAI's own voices."""
        warning = "OpenAI's terms must allow that what it speaks is published"
        return [VoiceInfo(name, "en", "by OpenAI, many languages", warning=warning) for name in VOICES]

    @classmethod
    def has_voice(cls, name: str) -> bool:
        """Say whether it is one of OpenAI's own."""
        return name in VOICES

    @classmethod
    def missing(cls) -> str:
        """Nothing ever is: what it needs comes with audiobuild."""
        return ""

    def require_key(self) -> None:
        """Raise EngineError where the server asks for a key and there is none, or it must not be sent."""
        self._key()

    @property
    def _is_openai(self) -> bool:
        return self._server.address == OPENAI

    def _key(self) -> Key:
        """Read the key, and check that it may be sent to this server; empty where no key is needed."""
        key = read_key(self._own.key_variable, self._own.key_file)
        if key and not (self._server.is_encrypted or self._server.is_private):
            hint = 'Use https, or set key_variable = "" if the server needs no key.'
            raise EngineError("a key is not sent over http, where others can read it", self._server.address, hint)
        if not key and self._is_openai:
            raise EngineError("there is no key", f"{self.name}, {self._server.address}", self._key_hint)
        return key

    @property
    def _key_hint(self) -> str:
        variable = self._own.key_variable or "key_variable"
        return f"Set {variable} in the environment to the key, or key_file in {_TABLE} to a file that holds it."

    def _try(self, text: str, key: Key, until_s: float) -> Speech:
        """Ask once; what fails too late may not pass any more. Raises NetworkError."""
        try:
            return self._ask(text, key)
        except NetworkError as error:
            error.may_pass = error.may_pass and self._clock() < until_s
            raise

    def _ask(self, text: str, key: Key) -> Speech:
        """Ask once. Raises NetworkError."""
        own = self._own
        url = self._server.captioned_url if own.word_times else self._server.speech_url
        asked = Asked(url, text, self._rate, own.format, own.word_times, key)
        headers = {"Authorization": Key(f"Bearer {key}")} if key else {}
        answer = post_json(url, self._request(text), headers=headers, timeout_s=own.timeout_s)
        if answer.status != 200:
            raise read_refusal(answer, asked, self._key_hint)
        return read_speech(answer, asked)

    def _request(self, text: str) -> dict[str, Any]:
        own = self._own
        named = {"id": self._voice} if self._is_openai and self._voice.startswith(CUSTOM) else self._voice
        request: dict[str, Any] = {"model": own.model, "input": text, "voice": named, "response_format": own.format}
        if self._rate != 1:
            request["speed"] = self._rate
        if own.instructions:
            request["instructions"] = own.instructions
        if own.word_times:  # the text is spelt out already; to have it done again would part its words from ours
            request |= {"stream": False, "return_timestamps": True, "normalization_options": {"normalize": False}}
        return request


def _check(own: OpenaiSettings) -> None:
    """Hold the settings against what is possible. Raises EngineError."""
    shown = {field.name for field in dataclasses.fields(own) if field.repr}
    for name, holds, hint in _rules(own):
        if not holds:
            value = f" {getattr(own, name)!r}" if name in shown else " that"
            raise EngineError(f"{name} cannot be{value}", f"{_TABLE} in show.toml", hint)


def _check_openai(voice: str, own: OpenaiSettings) -> None:
    """Hold voice and settings against what OpenAI has. Raises EngineError."""
    if voice not in VOICES and not voice.startswith(CUSTOM):
        raise unknown_voice(Openai.name, voice, VOICES)
    if own.word_times:
        hint = "Take word_times away, or name a Kokoro-FastAPI server in base_url."
        raise EngineError("OpenAI does not tell when words start", f"{_TABLE} in show.toml", hint)


def _rules(own: OpenaiSettings) -> Iterator[tuple[str, bool, str]]:
    """List the rules for settings: a name, whether its value is allowed, and a hint where it is not."""
    yield "model", bool(own.model.strip()), "Name a model that the server has."
    yield "format", own.format in FORMATS, f"Use one of {', '.join(FORMATS)}."
    yield "key_variable", not own.key_variable or own.key_variable.isidentifier(), "Name the variable, not the key."
    yield "max_chars", 40 <= own.max_chars <= MOST_CHARS, f"Use 40 to {MOST_CHARS}."
    yield "connections", 1 <= own.connections <= 64, "Use 1 to 64."
    yield "calls_per_minute", 1 <= own.calls_per_minute <= 1_000_000, "Use 1 to 1000000."
    yield "price_per_1000_chars", own.price_per_1000_chars >= 0, "Use the price of a thousand characters, or 0."
    yield "timeout_s", 0 < own.timeout_s <= 3600, "Use up to 3600 seconds."
    yield "retry_s", 0 <= own.retry_s <= 60, "Use 0 to 60 seconds."
