"""The one way to the network: addresses go in, answers come out (layer 0).

What goes wrong on the way is a NetworkError, which says whether another try may help; what a server refuses by its
status is an Answer like any other, of which `refusal` makes an error. No error shows what may be a secret: neither a
header, nor what stands in an address before the @ or behind the ?.

The environment is honoured as is usual: HTTPS_PROXY, HTTP_PROXY, NO_PROXY; SSL_CERT_FILE, SSL_CERT_DIR.

Source: RFC 9110, HTTP Semantics.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import os
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from audiobuild import __version__
from audiobuild.errors import NetworkError, NetworkOffline
from audiobuild.network.private_addresses import send_to_public
from audiobuild.network.retries import retry_after_s

if TYPE_CHECKING:
    import httpx

CONNECT_TIMEOUT_S = 10.0
"""How long it may take to reach a server."""
TIMEOUT_S = 30.0
"""How long a server may keep silent."""
MOST_REDIRECTS = 5

_REFUSAL_BYTES = 65_536
"""How much is read of what a server says to explain a refusal."""
_MAY_PASS = {408, 425, 429}
"""Of the statuses below 500 those that another try may change."""
_NONE: Mapping[str, str] = MappingProxyType({})
_UNFIT = re.compile(r"[^\t\x20-\x7e]")
"""What no header may hold."""
_AGAIN_HINT = "Try again later."
_OFFLINE_HINT = "Check the address and the network."


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, whatever its status."""

    status: int
    """Of HTTP, such as 200."""
    media_type: str
    """As in "audio/mpeg": lower-case, without parameters; empty where the server does not say."""
    headers: Mapping[str, str] = field(repr=False)
    """By their lower-case names."""
    body: bytes = field(repr=False)
    """The whole of it; of a refusal's, the first 64 KiB."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """An answer whose body is still on its way."""

    status: int
    """Of HTTP, such as 200."""
    headers: Mapping[str, str] = field(repr=False)
    """By their lower-case names."""
    chunks: Iterator[bytes] = field(repr=False)
    """The body as it was sent, piece by piece, to be read once."""


# --- asking ---------------------------------------------------------------------------------------


def post_json(
    url: str,
    payload: object,
    *,
    headers: Mapping[str, str] = _NONE,
    timeout_s: float = TIMEOUT_S,
    limit_bytes: int = 100_000_000,
) -> Answer:
    """Send a value as JSON, once, and read the answer. A redirect is an answer too: it is not followed.

    Args:
        headers: sent beside our own, and shown nowhere.
        timeout_s: how long the server may keep silent, in seconds.
        limit_bytes: how long the answer may be.

    Raises:
        NetworkOffline: the server cannot be reached.
        NetworkError: it does not answer in time, breaks off, cannot be trusted, or sends too much.
    """
    content = json.dumps(payload).encode()
    json_headers = {"Content-Type": "application/json", **headers}
    with opened(url, content=content, headers=json_headers, timeout_s=timeout_s) as incoming:
        body = _read(incoming, limit_bytes, shown_address(url))
    media_type = incoming.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Answer(incoming.status, media_type, incoming.headers, body)


@contextmanager
def opened(
    url: str,
    *,
    content: bytes | None = None,
    headers: Mapping[str, str] = _NONE,
    timeout_s: float = TIMEOUT_S,
    refuse_private: bool = False,
) -> Iterator[Incoming]:
    """Ask for an address (GET, or POST where there is content), and read the answer within the block.

    A GET follows redirects, but not from https to http.

    Args:
        refuse_private: whether neither the address nor where it leads may be of a private network.

    Raises:
        NetworkOffline: the server cannot be reached.
        NetworkError: it does not answer in time, breaks off, cannot be trusted, or redirects without end.
    """
    import httpx

    where = shown_address(url)
    request = _request(url, content, headers, where)
    try:
        with _client(timeout_s) as client:
            response = _send(client, request, where, refuse_private=refuse_private)
            try:
                names = {name.lower(): value for name, value in response.headers.items()}
                yield Incoming(response.status_code, names, response.iter_raw())
            finally:
                response.close()
    except httpx.HTTPError as error:
        vars(error)["_request"] = None  # whose key whoever pickles or prints the cause would show
        raise _failure(error, where) from error


def _request(url: str, content: bytes | None, headers: Mapping[str, str], where: str) -> httpx.Request:
    """Put a request together. What is wrong with it is told without what it holds."""
    import httpx

    for name, value in headers.items():
        if _UNFIT.search(name + value):
            raise NetworkError(f"the header {name!r} holds a character that cannot be sent", where)
    ours = {"User-Agent": f"audiobuild/{__version__}", "Accept": "*/*", "Accept-Encoding": "identity"}
    address = _address(url, where)
    if address.userinfo:
        name, _, password = address.userinfo.decode().partition(":")
        credentials = httpx.BasicAuth(unquote(name), unquote(password))
        address = address.copy_with(userinfo=b"")  # so that nothing that holds the address holds the password
        request = httpx.Request("GET", address)
        ours |= {"Authorization": next(credentials.auth_flow(request)).headers["Authorization"]}
    method = "GET" if content is None else "POST"
    return httpx.Request(method, address, content=content, headers={**ours, **headers})


def _send(client: httpx.Client, request: httpx.Request, where: str, *, refuse_private: bool) -> httpx.Response:
    """Send a request, and where it is a GET, follow where it leads."""
    follows = request.method == "GET"
    for _ in range(MOST_REDIRECTS + 1):
        response = (
            send_to_public(client, request, shown_address(str(request.url)))
            if refuse_private
            else client.send(request, stream=True)
        )
        following = response.next_request
        if following is None or not follows:
            return response
        response.close()
        _address(str(following.url), where)
        if request.url.scheme == "https" and following.url.scheme == "http":
            raise NetworkError(f"it leads to an address without encryption: {shown_address(str(following.url))}", where)
        request = following
    raise NetworkError(f"it leads on from address to address, more than {MOST_REDIRECTS} times", where, _OFFLINE_HINT)


def _address(url: str, where: str) -> httpx.URL:
    """Read an address that can be asked."""
    import httpx

    if not url.lower().startswith(("http://", "https://")):
        raise NetworkError("only addresses with https:// or http:// can be fetched", where, "Check the address.")
    try:
        address = httpx.URL(url)
        is_fit = bool(address.host) and (address.port or 0) < 65_536
    except (httpx.InvalidURL, ValueError):
        is_fit = False  # the cause, which may quote a password, is left out
    if not is_fit:
        raise NetworkError("this is no address of the web", where)
    return address


def _read(incoming: Incoming, limit_bytes: int, where: str) -> bytes:
    """Read a body; of a refusal no more than explains it."""
    is_refusal = incoming.status >= 300
    limit_bytes = min(limit_bytes, _REFUSAL_BYTES) if is_refusal else limit_bytes
    body = bytearray()
    for chunk in incoming.chunks:
        body += chunk
        if len(body) > limit_bytes:
            if is_refusal:
                break
            raise too_large(limit_bytes, where)
    return bytes(body[:limit_bytes])


def _client(timeout_s: float) -> httpx.Client:
    """Make a client for one request, by what the environment says now."""
    import httpx

    trust = _trust(os.environ.get("SSL_CERT_FILE", ""), os.environ.get("SSL_CERT_DIR", ""))
    timeout = httpx.Timeout(timeout_s, connect=min(timeout_s, CONNECT_TIMEOUT_S))
    try:
        return httpx.Client(verify=trust, timeout=timeout)
    except (httpx.InvalidURL, ValueError, ImportError):
        hint = "Set it to http://HOST:PORT, or name this host in NO_PROXY."
        message = "the address of the proxy cannot be used"
        raise NetworkError(message, "HTTPS_PROXY, HTTP_PROXY or ALL_PROXY", hint) from None  # it may hold a password


@functools.cache
def _trust(file: str, folder: str) -> ssl.SSLContext:
    """Read the certificates to trust, which takes longer than a short request, by the variables of the environment."""
    import httpx

    try:
        return httpx.create_ssl_context()
    except OSError as error:
        where = "SSL_CERT_FILE" if file else "SSL_CERT_DIR"
        hint = "It must name a file of certificates in PEM, or not be set."
        raise NetworkError(f"the certificates in {file or folder} cannot be read", where, hint) from error


# --- saying what went wrong -----------------------------------------------------------------------


def shown_address(url: str) -> str:
    """Write an address as it may be shown: without name and password, and without what stands behind the ?.

    >>> shown_address("https://me:secret@example.org/voices/a.bin?key=secret")
    'https://example.org/voices/a.bin?…'
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # of brackets that hold no IPv6 address
        return url.partition("://")[0] + "://…"
    host = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else ""
    return f"{host}{parts.path}{'?…' if parts.query else ''}"


def refusal(answer: Answer | Incoming, url: str) -> NetworkError:
    """Make an error of an answer whose status is not the one hoped for."""
    where, status = shown_address(url), answer.status
    if status == 429:
        message, hint = "the server asks for fewer requests (429)", _AGAIN_HINT
    elif status in (401, 403, 407):
        message, hint = f"the server asks who we are, or does not let us in ({status})", "Check the key or password."
    elif status in (404, 410):
        message, hint = f"the server has nothing at this address ({status})", "Check the address."
    elif 300 <= status < 400:
        target = shown_address(answer.headers.get("location", ""))
        message, hint = f"the server sends us elsewhere ({status})", f"Use the address {target}." if target else ""
    else:
        message, hint = f"the server answers {status}", _AGAIN_HINT if status >= 500 else _OFFLINE_HINT
    wait_s = retry_after_s(answer.headers, dt.datetime.now(dt.UTC))
    return NetworkError(message, where, hint, may_pass=status in _MAY_PASS or status >= 500, wait_s=wait_s)


def too_large(limit_bytes: int, where: str) -> NetworkError:
    """Say that more comes than was announced or may come."""
    return NetworkError(f"the server sends more than the {limit_bytes:,} bytes that may come", where)


def _failure(error: httpx.HTTPError, where: str) -> NetworkError:
    """Tell from the library's error what happened."""
    import httpx

    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        hint = "If a proxy of yours signs it, name its certificate in SSL_CERT_FILE."
        return NetworkError("the server's certificate cannot be verified", where, hint)
    if isinstance(error, httpx.ConnectTimeout):
        return NetworkOffline("the server cannot be reached in time", where, _OFFLINE_HINT, may_pass=True)
    if isinstance(error, httpx.TimeoutException):
        return NetworkError("the server does not answer in time", where, _AGAIN_HINT, may_pass=True)
    if isinstance(error, httpx.ProxyError):
        status = "".join(re.findall(r"^[0-9]{3}\b", str(error)))
        refused = f" ({status})" if status else ""
        may_pass = status.startswith("5")
        return NetworkOffline(f"the proxy does not let us through{refused}", where, _OFFLINE_HINT, may_pass=may_pass)
    if isinstance(error, httpx.ConnectError):
        broke = any(isinstance(cause, ConnectionResetError | ssl.SSLEOFError) for cause in causes)
        if not broke and any(isinstance(cause, ssl.SSLError) for cause in causes):
            hint = "Check whether its address begins with http:// or https://."
            return NetworkOffline("the server cannot be reached with encryption", where, hint)
        reasons = [cause.strerror for cause in causes if isinstance(cause, OSError) and cause.strerror]
        reason = f" ({reasons[-1]})" if reasons else ""
        return NetworkOffline(f"the server cannot be reached{reason}", where, _OFFLINE_HINT, may_pass=broke)
    if isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError | httpx.DecodingError):
        return NetworkError("the server breaks off", where, _AGAIN_HINT, may_pass=True)
    return NetworkError("the server cannot be asked", where, _OFFLINE_HINT)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Follow an error to what it came of."""
    found: Any = error
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__
