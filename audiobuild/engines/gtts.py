"""gTTS: the voice of Google Translate, online (layer 3).

What the library gTTS does by itself is set right here: it sends no more than 100 characters at a time and deletes the
full stop behind "first." and "dr.", so it is given no more than that and no pre-processor; it waits for ever, so it is
given a time limit; it does not try again, so that is done here; it does not look at certificates, so it is made to.
An answer without sound is never taken for speech.

The environment is honoured as is usual: HTTPS_PROXY, NO_PROXY; REQUESTS_CA_BUNDLE, SSL_CERT_FILE.

Source: gTTS 2.5, `gtts/tts.py`.
"""

from __future__ import annotations

import functools
import io
import os
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from audiobuild.audio.clip import Clip
from audiobuild.audio.streamed import decode_streamed, is_noise, sounding_ms
from audiobuild.engines import Abilities, Speech, VoiceInfo, require_words, unknown_voice
from audiobuild.engines.online.asking import AGAIN_HINT, OFFLINE_HINT, ask
from audiobuild.errors import EngineError, NetworkError, NetworkOffline, SoundError
from audiobuild.model.pronunciation import Pronunciation
from audiobuild.model.values import Voice

if TYPE_CHECKING:
    from types import ModuleType

ACCENTS = {
    "co.uk": "en-GB",
    "com": "en-US",
    "us": "en-US",
    "com.au": "en-AU",
    "ca": "en-CA",
    "ie": "en-IE",
    "co.in": "en-IN",
    "com.ng": "en-NG",
    "co.za": "en-ZA",
}
"""Top-level domain of the service, which decides the accent, and the language tag of that accent."""

SLOW_RATE = 0.5
"""The rate that asks for the service's slow speech; it has no others but this and 1."""

_SHORTEST_CHAR_MS = 20
"""Speech takes 60 ms a character; what is three times as fast has been cut."""


class Gtts:
    """Speaks with the service behind Google Translate."""

    name = "gtts"
    abilities = Abilities(max_chars=100, rates=(SLOW_RATE, 1.0), repeatable=False, connections=4, calls_per_minute=200)
    settings = None

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
            voice: its name is a top-level domain of `ACCENTS`; its rate 1 or `SLOW_RATE`.
            locale: decides the accent where the voice has no name, and the language.
            sleep: waits that many seconds between two tries.
            timeout_s: how long the service may keep silent, in seconds.

        Raises:
            EngineError: there is no such accent or rate.
        """
        by_locale = {tag: domain for domain, tag in reversed(ACCENTS.items())}
        self._domain = voice.name or by_locale.get(locale, "com")
        if self._domain not in ACCENTS:
            raise unknown_voice(self.name, self._domain, ACCENTS)
        if voice.rate not in (1.0, SLOW_RATE):
            hint = f"The service speaks at 1 (normal) and {SLOW_RATE} (slow)."
            raise EngineError(f"it cannot speak at the rate {voice.rate:g}", self.name, hint)
        self._slow = voice.rate == SLOW_RATE
        self._language = locale.partition("-")[0].lower()
        self._sleep = sleep
        self._timeout_s = timeout_s

    @property
    def fingerprint(self) -> str:
        """Name the library and all that the service is asked for."""
        return f"gtts {version('gTTS')} {self._domain} {self._language}{' slow' if self._slow else ''}"

    @property
    def info(self) -> VoiceInfo:
        """Tell what is known of the voice."""
        return _info(self._domain)

    def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
        """Speak the text: one request, and up to four more where it fails in a way that may pass.

        Raises:
            EngineOffline: the service cannot be reached.
            EngineError: it answers, but not with speech.
        """
        require_words(text, self.abilities.max_chars)
        return ask(self.name, lambda: Speech(self._ask(text)), sleep=self._sleep)

    @classmethod
    def voices(cls) -> Sequence[VoiceInfo]:
        """List the accents."""
        return [_info(domain) for domain in ACCENTS]

    @classmethod
    def has_voice(cls, name: str) -> bool:
        """Say whether it is one of the accents."""
        return name in ACCENTS

    @classmethod
    def missing(cls) -> str:
        """Nothing ever is: the library comes with audiobuild."""
        return ""

    def _ask(self, text: str) -> Clip:
        """Ask once. Raises NetworkError, or EngineError where the certificates cannot be read."""
        gtts = _library()
        mp3 = io.BytesIO()
        try:
            gtts.gTTS(
                text,
                tld=self._domain,
                lang=self._language,
                slow=self._slow,
                lang_check=False,
                pre_processor_funcs=[],
                tokenizer_func=lambda whole: [whole],
                timeout=self._timeout_s,
            ).write_to_fp(mp3)
        except gtts.gTTSError as error:
            raise _failure(error) from error
        except OSError as error:  # the one thing that `requests` says in this way
            raise EngineError(f"the certificates cannot be read ({error})", "REQUESTS_CA_BUNDLE") from error
        except ValueError as error:  # what stands between the quotation marks is no base64, or no UTF-8
            raise _no_speech() from error
        try:
            clip = decode_streamed(mp3.getvalue(), self.name)
        except SoundError as error:
            raise _no_speech() from error
        if is_noise(clip) or sounding_ms(clip) < _SHORTEST_CHAR_MS * len(text.strip()):
            raise _no_speech()
        return clip


def _info(domain: str) -> VoiceInfo:
    heard = f"as heard at translate.google.{domain}"
    return VoiceInfo(domain, ACCENTS[domain], heard, warning="Google states no licence to publish what it speaks")


def _no_speech() -> NetworkError:
    return NetworkError("the speech service sent no speech that can be played", "", AGAIN_HINT, may_pass=True)


def _failure(error: Any) -> NetworkError:
    """Tell from the library's error what happened.

    It keeps the answer, if there was one, and was raised while the error of the connection was being handled.
    """
    from requests import exceptions

    response, cause = error.rsp, error.__context__
    if response is not None:
        return _refusal(response)
    if isinstance(cause, exceptions.SSLError):
        hint = "If a proxy of yours signs it, name its certificate in REQUESTS_CA_BUNDLE."
        return NetworkError("the speech service's certificate cannot be verified", "", hint)
    if isinstance(cause, (exceptions.ChunkedEncodingError, exceptions.ContentDecodingError)):
        return NetworkError("the speech service's answers are cut short", "", AGAIN_HINT, may_pass=True)
    return NetworkOffline("the speech service cannot be reached", "", OFFLINE_HINT, may_pass=_may_pass(cause))


def _may_pass(cause: BaseException | None) -> bool:
    """Whether a connection was there and broke, or time ran out; where there never was one, waiting is no help."""
    from requests import exceptions
    from urllib3.exceptions import ProtocolError

    if isinstance(cause, exceptions.Timeout):
        return True
    inner = cause.args[0] if cause and cause.args else None
    reason = getattr(inner, "reason", inner)
    reason = getattr(reason, "original_error", reason)  # behind a proxy, all that breaks is laid to the proxy
    return isinstance(reason, (ProtocolError, ConnectionError))


def _refusal(response: Any) -> NetworkError:
    """Tell from the service's answer what it means."""
    status = int(response.status_code)
    if status == 200:
        return _no_speech()
    message = f"the speech service answers {status} ({response.reason})"
    if status == 429:
        message = "the speech service asks for fewer requests (429)"
    asked = response.headers.get("Retry-After", "")
    wait_s = float(asked) if asked.isdecimal() else 0.0  # it may be a date too: then our own delay will do
    return NetworkError(message, "", AGAIN_HINT, may_pass=status == 429 or status >= 500, wait_s=wait_s)


@functools.cache
def _library() -> ModuleType:
    """Import gTTS, which takes a tenth of a second, and make it verify certificates.

    It opens a session of its own for each request and tells it `verify=False`; there is no setting for that. It finds
    the session by the name `requests` in its module. So that name is given another meaning there, for this process: the
    three things that gTTS takes from `requests`, with a session that verifies whatever it is told. Should
    gTTS come to use anything else of `requests`, it will fail, not send unverified.
    """
    import gtts.tts
    import requests

    class VerifyingSession(requests.Session):
        """Sends with certificates verified, and by the proxies that the environment names."""

        def send(self, request: requests.PreparedRequest, **settings: Any) -> requests.Response:
            settings.pop("proxies", None)  # gTTS's own do not know NO_PROXY; those found in their absence do
            bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("SSL_CERT_FILE") or True
            return super().send(request, **(settings | {"verify": bundle}))

    module: ModuleType = gtts.tts
    used = {"Session": VerifyingSession, "Request": requests.Request, "exceptions": requests.exceptions}
    module.requests = SimpleNamespace(**used)  # type: ignore[attr-defined]
    return module
