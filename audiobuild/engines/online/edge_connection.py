"""One conversation with the service behind Microsoft's browser, through edge-tts (layer 3).

A text goes in; MP3 and its words with their times come out, or a NetworkError that says whether another try may help.

What the library does by itself is set right here: it takes speech that breaks off for whole, and waits for it without
end; it knows neither HTTPS_PROXY nor SSL_CERT_FILE.

Source: edge-tts 7.3, `edge_tts/communicate.py`.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import functools
import os
import re
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audiobuild.engines.online.asking import AGAIN_HINT, OFFLINE_HINT
from audiobuild.errors import NetworkError, NetworkOffline
from audiobuild.network.retries import retry_after_s

if TYPE_CHECKING:
    import aiohttp
    from edge_tts import Communicate

HOST = "speech.platform.bing.com"

_TICKS_A_MS = 10_000
_MOST_BYTES = 10_000_000
"""No answer is longer: it is half an hour of sound."""

_SERVICE = "the speech service"


@dataclass(frozen=True, slots=True)
class EdgeRequest:
    """What the service is asked for."""

    text: str
    voice: str
    rate: str
    """As in "+10%"."""
    pitch: str
    """As in "-20Hz"."""


def ask_service(request: EdgeRequest, timeout_s: float) -> tuple[bytes, list[tuple[str, float]]]:
    """Ask once; gives the MP3, and the words with their times in milliseconds.

    Args:
        timeout_s: how long the service may keep silent, in seconds.

    Raises:
        NetworkOffline: the service cannot be reached.
        NetworkError: it answers, but not with speech.
    """
    import aiohttp
    from edge_tts import Communicate, communicate
    from edge_tts.exceptions import EdgeTTSException, SkewAdjustmentError, WebSocketError

    communicate._SSL_CTX = _trust(os.environ.get("SSL_CERT_FILE", ""), os.environ.get("SSL_CERT_DIR", ""))
    asked = Communicate(
        request.text,
        request.voice,
        rate=request.rate,
        pitch=request.pitch,
        boundary="WordBoundary",
        proxy=_proxy(),
    )
    try:
        with asyncio.Runner(loop_factory=_Loop) as runner:
            return runner.run(_listen(asked, timeout_s))
    except SkewAdjustmentError as error:  # it was turned away, and not told the time
        raise _failure(error.__cause__ or error) from error
    except WebSocketError as error:
        raise _broken_off() from error
    except (aiohttp.ClientError, OSError) as error:
        raise _failure(error) from error
    except (EdgeTTSException, LookupError, TypeError, ValueError) as error:  # a message in none of its forms
        raise no_speech_error() from error


class _Loop(asyncio.SelectorEventLoop):
    """A loop that knows its connections, since the library leaves them half closed."""

    def __init__(self) -> None:
        super().__init__()
        self._opened: list[asyncio.BaseTransport] = []

    async def create_connection(self, *arguments: Any, **settings: Any) -> Any:
        """Note every connection that is made."""
        made = await super().create_connection(*arguments, **settings)
        self._opened.append(made[0])
        return made

    async def shutdown_asyncgens(self) -> None:
        """Close, before the loop itself is closed, whatever is still open."""
        await super().shutdown_asyncgens()
        for transport in self._opened:
            if isinstance(transport, asyncio.WriteTransport):
                transport.abort()
        await asyncio.sleep(0)  # in which they are closed


async def _listen(request: Communicate, timeout_s: float) -> tuple[bytes, list[tuple[str, float]]]:
    """Take the whole answer: the MP3, and the words with their times, in milliseconds.

    Raises:
        TimeoutError: nothing came for so long.
        NetworkError: the answer breaks off, or has no end.
    """
    mp3, told = bytearray(), list[tuple[str, float]]()
    clock = asyncio.get_running_loop().time
    async with asyncio.timeout(timeout_s) as silence:
        async for message in request.stream():
            silence.reschedule(clock() + timeout_s)
            if message["type"] == "audio":
                mp3 += message["data"]
            else:
                told.append((message["text"], message["offset"] / _TICKS_A_MS))
            if len(mp3) > _MOST_BYTES:
                raise no_speech_error()
    if request.state.get("chunk_audio_bytes"):  # which the word "turn.end" sets back, so that word did not come
        raise _broken_off()
    return bytes(mp3), told


def _proxy() -> str | None:
    """Find the proxy that the environment names. Raises NetworkError for one that the library cannot use."""
    from urllib.request import getproxies, proxy_bypass

    proxies = getproxies()
    proxy = proxies.get("https") or proxies.get("all")
    if not proxy or proxy_bypass(HOST):
        return None
    if "://" not in proxy:
        proxy = f"http://{proxy}"
    if not re.match(r"https?://[^/]", proxy):
        hint = f"Set it to http://HOST:PORT, or name {HOST} in NO_PROXY."
        raise NetworkError("the address of the proxy cannot be used", "HTTPS_PROXY or ALL_PROXY", hint)
    return proxy


@functools.cache
def _trust(file: str, folder: str) -> ssl.SSLContext:
    """Read the certificates to trust, by the variables of the environment; without them, the library's own."""
    own = _own_trust()
    if not file and not folder:
        return own
    try:
        return ssl.create_default_context(cafile=file or None, capath=folder or None)
    except OSError as error:
        where = "SSL_CERT_FILE" if file else "SSL_CERT_DIR"
        hint = "It must name a file of certificates in PEM, or not be set."
        raise NetworkError(f"the certificates in {file or folder} cannot be read", where, hint) from error


@functools.cache
def _own_trust() -> ssl.SSLContext:
    """Keep the library's own certificates, before others take their place."""
    from edge_tts import communicate

    return communicate._SSL_CTX


# --- saying what went wrong -----------------------------------------------------------------------


def _failure(error: BaseException) -> NetworkError:
    """Tell from an error of the connection what happened."""
    import aiohttp

    if isinstance(error, aiohttp.ClientHttpProxyError):
        message = f"the proxy does not let us through ({error.status})"
        return NetworkOffline(message, "", OFFLINE_HINT, may_pass=error.status >= 500)
    if isinstance(error, aiohttp.ClientResponseError):
        return _refusal(error)
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        hint = "If a proxy of yours signs it, name its certificate in SSL_CERT_FILE."
        return NetworkError(f"{_SERVICE}'s certificate cannot be verified", "", hint)
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return NetworkOffline(f"{_SERVICE} cannot be reached in time", "", OFFLINE_HINT, may_pass=True)
    if isinstance(error, TimeoutError):
        return NetworkError(f"{_SERVICE} does not answer in time", "", AGAIN_HINT, may_pass=True)
    if isinstance(error, aiohttp.ClientConnectorError):
        broke = isinstance(error.os_error, ConnectionResetError | ssl.SSLError)
        return NetworkOffline(f"{_SERVICE} cannot be reached", "", OFFLINE_HINT, may_pass=broke)
    return _broken_off()


def _refusal(error: aiohttp.ClientResponseError) -> NetworkError:
    """Tell from the status with which the service turned us away what it means."""
    status = error.status
    may_pass = status in (408, 425, 429) or status >= 500
    message, hint = f"{_SERVICE} answers {status}", AGAIN_HINT
    if status == 429:
        message = f"{_SERVICE} asks for fewer requests (429)"
    elif not may_pass:
        message = f"{_SERVICE} does not let us in ({status})"
        hint = "It may have changed; take the newest edge-tts: pip install --upgrade edge-tts"
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    wait_s = retry_after_s(headers, dt.datetime.now(dt.UTC))
    return NetworkError(message, "", hint, may_pass=may_pass, wait_s=wait_s)


def no_speech_error() -> NetworkError:
    """Say that what came is no speech, or not all of it."""
    hint = "Build again later, or choose another voice: the service may not have this one any more."
    return NetworkError(f"{_SERVICE} sent no speech that can be played", "", hint, may_pass=True)


def _broken_off() -> NetworkError:
    return NetworkError(f"{_SERVICE} breaks off", "", AGAIN_HINT, may_pass=True)
