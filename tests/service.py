"""The speech service of Google Translate on the loopback, behind a proxy, answering as the real one does.

A client that is told of the proxy by HTTPS_PROXY asks it for a tunnel (CONNECT) to "translate.google.co.uk"; the proxy
answers for that host itself, with a certificate of its own authority. So a real client goes through real sockets and
real TLS. What is answered is scripted: a list of answers, the last of which is given for ever.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import math
import socket
import ssl
import struct
import threading
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast

import lameenc
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

MS_A_CHAR = 60
"""Length of the service's "speech"."""
_RATE_HZ = 24000
_RPC = "jQ1olc"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the service understood it."""

    host: str
    text: str
    language: str
    slow: bool


@dataclass(slots=True)
class Service:
    """What the running service was told to say, and what it was asked."""

    answers: list[Answer]
    asked: list[Asked] = field(default_factory=list)
    finished: threading.Event = field(default_factory=threading.Event)
    """Set when the service ends; an answer that keeps the client waiting waits for this."""

    def next_answer(self) -> Answer:
        """Take the next answer; the last stays."""
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def closed_port() -> int:
    """Find a port of this machine at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        return int(closed.getsockname()[1])


# --- what it can answer ---------------------------------------------------------------------------


def speech(service: Service, connection: Connection, asked: Asked) -> None:
    """A tone, as MP3, in the service's envelope."""
    connection.send(200, envelope(base64.b64encode(tone_mp3(MS_A_CHAR * len(asked.text))).decode()))


def status(code: int, **headers: str) -> Answer:
    """A refusal; an underscore in a header's name stands for a hyphen."""

    def answer(service: Service, connection: Connection, asked: Asked) -> None:
        connection.send(code, b"no", {name.replace("_", "-"): value for name, value in headers.items()})

    return answer


def payload(content: str) -> Answer:
    """Something else between the quotation marks where speech is expected, as text."""

    def answer(service: Service, connection: Connection, asked: Asked) -> None:
        connection.send(200, envelope(content))

    return answer


def body(content: bytes) -> Answer:
    """Something else for a whole answer."""

    def answer(service: Service, connection: Connection, asked: Asked) -> None:
        connection.send(200, content)

    return answer


def cut_speech(service: Service, connection: Connection, asked: Asked) -> None:
    """The first half of good speech, then the connection ends."""
    whole = envelope(base64.b64encode(tone_mp3(MS_A_CHAR * len(asked.text))).decode())
    connection.send(200, whole[: len(whole) // 2], {"Content-Length": str(len(whole))})


def hang_up(service: Service, connection: Connection, asked: Asked) -> None:
    """No answer: the connection is reset."""
    connection.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def keep_waiting(service: Service, connection: Connection, asked: Asked) -> None:
    """No answer as long as the service runs."""
    service.finished.wait()


# --- how it answers -------------------------------------------------------------------------------


class Connection(BaseHTTPRequestHandler):
    """One client: the tunnel it asks for, then its requests within."""

    service: Service
    context: ssl.SSLContext
    host = ""

    def do_CONNECT(self) -> None:
        """Say that the tunnel stands, and be its other end."""
        self.host = self.path.partition(":")[0]
        self.send_response(200, "Connection established")
        self.end_headers()
        self.wfile.flush()
        try:
            self.connection = self.context.wrap_socket(self.connection, server_side=True)
        except (ssl.SSLError, ConnectionError):  # the client does not trust us
            self.close_connection = True
            return
        self.rfile = self.connection.makefile("rb", -1)
        self.wfile = cast("Any", self.connection.makefile("wb", 0))
        self.close_connection = False

    def do_POST(self) -> None:
        """Read the request as the service does, and give the next answer."""
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        rpc, parameters, _, _ = json.loads(form["f.req"][0])[0][0]
        text, language, slow, _ = json.loads(parameters)
        if rpc != _RPC or self.path != "/_/TranslateWebserverUi/data/batchexecute":
            raise ValueError(f"a real service would not understand {self.path} {rpc}")
        asked = Asked(self.host, text, language, bool(slow))
        self.service.asked.append(asked)
        self.service.next_answer()(self.service, self, asked)
        self.close_connection = True

    def send(self, code: int, content: bytes, headers: dict[str, str] | None = None) -> None:
        """Send an answer whole."""
        self.send_response(code)
        for name, value in ({"Content-Length": str(len(content))} | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def finish(self) -> None:
        """Close what stands in the place of the plain socket."""
        try:
            super().finish()
        finally:
            self.connection.close()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


Answer = Callable[[Service, Connection, Asked], None]


def envelope(content: str) -> bytes:
    """The service's answer around the base64 of its MP3."""
    line = json.dumps([["wrb.fr", _RPC, json.dumps([content]), None, None, None, "generic"], ["di", 71]])
    line = line.replace(", ", ",")
    return f')]}}\'\n\n{len(line)}\n{line}\n25\n[["e",4,null,null,135]]\n'.encode()


def tone_mp3(duration_ms: int, bit_rate_kbps: int = 64) -> bytes:
    """A tone as MP3 of the kind that the service sends: mono, 24 kHz, 64 kbit/s."""
    samples = duration_ms * _RATE_HZ // 1000
    cycle = struct.pack("<100h", *(round(8000 * math.sin(n * math.tau / 100)) for n in range(100)))
    return as_mp3((cycle * (samples // 100 + 1))[: 2 * samples], bit_rate_kbps)


def as_mp3(pcm: bytes, bit_rate_kbps: int = 64) -> bytes:
    """These samples as MP3 of that kind."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(_RATE_HZ)
    encoder.set_bit_rate(bit_rate_kbps)
    return bytes(encoder.encode(pcm)) + bytes(encoder.flush())


# --- who it says it is ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate authority and a certificate of its making."""

    authority: Path
    """The authority's certificate: what a client must trust."""
    chain: Path
    """The service's own certificate and key."""


def make_identity(folder: Path, hosts: Sequence[str]) -> Identity:
    """Make an authority and have it certify the hosts."""
    folder.mkdir(parents=True, exist_ok=True)
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _certificate("An authority", authority_key, "An authority", authority_key, ())
    certificate = _certificate(hosts[0], key, "An authority", authority_key, hosts)
    identity = Identity(folder / "authority.pem", folder / "service.pem")
    identity.authority.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    identity.chain.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    return identity


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    hosts: Sequence[str],
) -> x509.Certificate:
    """A certificate for hosts, or for an authority where there are none."""
    is_authority = not hosts
    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_key_usage(is_authority=is_authority), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if hosts:
        names = x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts])
        builder = builder.add_extension(names, critical=False)
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        builder = builder.add_extension(usage, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


def _key_usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


# --- running it -----------------------------------------------------------------------------------

_VARIABLES = (
    *("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "WSS_PROXY", "NO_PROXY"),
    *("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"),
)


def set_environment(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    """Set these variables, and clear all others that decide how a client reaches the network."""
    for name in _VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def secured(identity: Identity) -> ssl.SSLContext:
    """Make what a server needs to be reached under encryption, as who it is."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(identity.chain)
    return context


@contextmanager
def serving(server: ThreadingHTTPServer, finished: threading.Event) -> Iterator[str]:
    """Run a server in a thread; gives its address. At the end, who waits for `finished` is let go."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        finished.set()
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def running_service(identity: Identity, *answers: Answer) -> Iterator[tuple[Service, str]]:
    """Run the service; gives it and the address of its proxy."""
    service = Service(list(answers) or [speech])
    handler = type("Handler", (Connection,), {"service": service, "context": secured(identity)})
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), handler), service.finished) as address:
        yield service, address
