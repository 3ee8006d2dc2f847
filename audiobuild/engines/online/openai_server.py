"""Where a server of speech is, and the key that lets us in (layer 3).

What show.toml says of them enters; an address in one fixed form, and the key in a form that nothing shows, leave. The
key itself never stands in show.toml: it is read from the environment or from a file, each time that it is needed.
"""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from audiobuild.errors import EngineError

OPENAI = "https://api.openai.com/v1"
"""OpenAI's own server."""

_TABLE = "[engines.openai] in show.toml"
_PORTS = {"http": 80, "https": 443}
_SPEECH = "/audio/speech"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_KEY = re.compile(r"[!-~]+")
_ONE_LABEL = re.compile(r"[a-z][a-z0-9-]*")
"""A name without a dot is one of the network around; one of digits alone would be an address."""
_PRIVATE_ENDINGS = (".localhost", ".local", ".lan", ".internal", ".home.arpa")
_PRIVATE_NETWORKS = tuple(
    map(
        ipaddress.ip_network,
        (
            *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10"),
            *("::1/128", "fc00::/7", "fe80::/10"),
        ),
    )
)
"""Source: RFC 1918, RFC 3927, RFC 4193, RFC 4291, RFC 6598."""


class Key(str):
    """A key that shows itself to nobody who only looks."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'…'"


@dataclass(frozen=True, slots=True)
class SpeechServer:
    """A server of speech."""

    address: str
    """With scheme and path, as in "http://localhost:8880/v1": no slash at its end, no port that goes without saying."""
    host: str
    """In lower case, without the port."""

    @property
    def speech_url(self) -> str:
        """Where speech is asked for."""
        return self.address + _SPEECH

    @property
    def captioned_url(self) -> str:
        """Where Kokoro-FastAPI gives speech with the times of its words: outside of what OpenAI has."""
        return self.address.removesuffix("/v1") + "/dev/captioned_speech"

    @property
    def is_private(self) -> bool:
        """Whether it is this machine or one of the network around."""
        return _is_private(self.host)

    @property
    def is_encrypted(self) -> bool:
        """Whether what is sent to it can be read on the way."""
        return self.address.startswith("https:")


def read_server(base_url: str) -> SpeechServer:
    """Read the address of a server as somebody wrote it.

    Without a scheme it is http on this machine and the network around, https elsewhere; without a path it is "/v1".

    >>> read_server("localhost:8880").address, read_server("https://Speech.example.org:443/api/v1/").address
    ('http://localhost:8880/v1', 'https://speech.example.org/api/v1')

    Raises:
        EngineError: it is no address of the web, or there is more in it than an address.
    """
    text = base_url.strip()
    hint = 'Write it like "http://localhost:8880/v1".'
    read = _parts(text if _SCHEME.match(text) else f"//{text}")
    if read is None:
        raise EngineError("base_url is no address", _TABLE, hint)
    parts, host, port = read
    if "@" in parts.netloc or parts.query or parts.fragment:
        hint = "Write no password into it, and nothing behind a ? or #; a key goes into key_file or the environment."
        raise EngineError("base_url holds more than an address", _TABLE, hint)
    scheme = parts.scheme or ("http" if _is_private(host) else "https")
    if not host or scheme not in _PORTS or re.search(r"[^!-~]", text):
        raise EngineError("base_url is no address", _TABLE, hint)
    path = re.sub("/+", "/", parts.path).rstrip("/").removesuffix(_SPEECH) or "/v1"
    shown = f"[{host}]" if ":" in host else host
    return SpeechServer(f"{scheme}://{shown}{f':{port}' if port and port != _PORTS[scheme] else ''}{path}", host)


def _parts(url: str) -> tuple[SplitResult, str, int | None] | None:
    """Take an address apart, with its host and port; None where it is none. An error would quote what may be secret."""
    try:
        parts = urlsplit(url)
        return parts, (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None


def _is_private(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host.endswith(_PRIVATE_ENDINGS) or bool(_ONE_LABEL.fullmatch(host))
    return any(address in network for network in _PRIVATE_NETWORKS)


def read_key(key_variable: str, key_file: str) -> Key:
    """Read the key: from the file where one is named, or else from the environment; empty where there is none.

    Raises:
        EngineError: the file cannot be read or is empty, or what is there cannot be a key.
    """
    place = "key_file" if key_file else key_variable
    if key_file:
        hint = "Let key_file name a file that holds the key, and nothing else."
        content = _content(Path(key_file))
        if content is None:  # its name is not shown: it may be the key, put in the wrong place
            raise EngineError("the file of the key cannot be read", f"key_file, {_TABLE}", hint)
        found = content.decode("utf-8-sig", "replace").strip()
        if not found:
            raise EngineError("the file of the key is empty", f"key_file, {_TABLE}", hint)
    else:
        found = os.environ.get(key_variable, "").strip() if key_variable else ""
    if found and not _KEY.fullmatch(found):
        hint = "It is one word of letters, digits and signs; nothing else may stand there."
        raise EngineError("what stands there cannot be a key", place, hint)
    return Key(found)


def _content(path: Path) -> bytes | None:
    """Read a file; None where that cannot be. What the system says of it, with its name, ends here."""
    try:
        return path.read_bytes()
    except (OSError, ValueError):
        return None
