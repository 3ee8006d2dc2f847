"""A web server on the loopback that answers by a script, well or badly, and notes what it was asked.

It is given a list of replies, the last of which is given for ever. A reply is a function of the server, the connection
and what was asked: those here can be mixed with a test's own.
"""

from __future__ import annotations

import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.service import Identity, secured, serving


@dataclass(frozen=True, slots=True)
class WebRequest:
    """What was asked."""

    method: str
    path: str
    """With what stands behind the ?."""
    headers: Mapping[str, str]
    """By their lower-case names."""
    body: bytes


@dataclass(slots=True)
class WebServer:
    """What the running server was told to reply, and what it was asked."""

    replies: list[Reply]
    asked: list[WebRequest] = field(default_factory=list)
    address: str = ""
    """As in "http://127.0.0.1:8000", without a slash."""
    finished: threading.Event = field(default_factory=threading.Event)
    """Set when the server ends; a reply that keeps the client waiting waits for this."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, request: WebRequest) -> Reply:
        """Note a request, and take the next reply; the last stays."""
        with self.lock:
            self.asked.append(request)
            return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


# --- what it can reply ----------------------------------------------------------------------------


def reply(code: int, content: bytes = b"", **headers: str) -> Reply:
    """Send this; an underscore in a header's name stands for a hyphen."""

    def send(server: WebServer, visit: Visit, request: WebRequest) -> None:
        visit.send(code, content, _named(headers))

    return send


def document(content: bytes, *, etag: str = "") -> Reply:
    """A file, or of it what is asked for by Range, unless If-Range names another file."""

    def send(server: WebServer, visit: Visit, request: WebRequest) -> None:
        mark = {"ETag": etag} if etag else {}
        asked = re.fullmatch(r"bytes=([0-9]+)-", request.headers.get("range", ""))
        if not asked or request.headers.get("if-range", etag) != etag:
            visit.send(200, content, mark)
            return
        start = int(asked[1])
        if start >= len(content):
            visit.send(416, b"", {"Content-Range": f"bytes */{len(content)}"})
            return
        place = {"Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"}
        visit.send(206, content[start:], mark | place)

    return send


def cut(content: bytes, sent_bytes: int, **headers: str) -> Reply:
    """Announce all of it, send so much, and close the connection."""
    return reply(200, content[:sent_bytes], Content_Length=str(len(content)), **headers)


def unannounced(content: bytes) -> Reply:
    """Send it without its length: it ends where the connection does."""

    def send(server: WebServer, visit: Visit, request: WebRequest) -> None:
        visit.start(200, {})
        visit.wfile.write(content)

    return send


def endless(server: WebServer, visit: Visit, request: WebRequest) -> None:
    """Send for as long as the client listens."""
    visit.start(200, {})
    while not server.finished.is_set():
        visit.wfile.write(bytes(65_536))


def hang_up(server: WebServer, visit: Visit, request: WebRequest) -> None:
    """No answer: the connection is reset."""
    visit.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def keep_waiting(server: WebServer, visit: Visit, request: WebRequest) -> None:
    """No answer as long as the server runs."""
    server.finished.wait()


def no_http(server: WebServer, visit: Visit, request: WebRequest) -> None:
    """Something that is no answer."""
    visit.wfile.write(b"220 mail.example.org ready\r\n")


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


# --- how it replies -------------------------------------------------------------------------------


class Visit(BaseHTTPRequestHandler):
    """One connection, with one request."""

    protocol_version = "HTTP/1.1"
    served: WebServer

    def do_GET(self) -> None:
        """Answer a request for what stands at an address."""
        self.answer()

    def do_POST(self) -> None:
        """Answer a request that brings something."""
        self.answer()

    def do_CONNECT(self) -> None:
        """Answer a request for a tunnel, as a proxy that gives none."""
        self.answer()

    def answer(self) -> None:
        """Read the request, and give the next reply."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = WebRequest(self.command, self.path, headers, body)
        self.close_connection = True
        try:
            self.served.take(request)(self.served, self, request)
        except (ConnectionError, ssl.SSLError):  # the client has had enough
            return

    def start(self, code: int, headers: Mapping[str, str]) -> None:
        """Send all that comes before the body."""
        self.send_response(code)
        for name, value in ({"Connection": "close"} | dict(headers)).items():
            self.send_header(name, value)
        self.end_headers()

    def send(self, code: int, content: bytes, headers: Mapping[str, str] | None = None) -> None:
        """Send an answer whole."""
        self.start(code, {"Content-Length": str(len(content))} | dict(headers or {}))
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


Reply = Callable[[WebServer, Visit, WebRequest], None]


# --- running it -----------------------------------------------------------------------------------


class _Listener(ThreadingHTTPServer):
    """Takes many connections at once."""

    request_queue_size = 128
    context: ssl.SSLContext | None = None

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Speak with a client, in its own thread, under encryption where that is wanted."""
        if self.context:
            try:
                request = self.context.wrap_socket(request, server_side=True)
            except (ssl.SSLError, ConnectionError):  # the client does not trust us
                return
        try:
            super().finish_request(request, client_address)
        finally:
            if self.context:
                request.close()


@contextmanager
def running_web_server(*replies: Reply, identity: Identity | None = None) -> Iterator[WebServer]:
    """Run the server; under encryption, as "localhost", where it is given who it is."""
    served = WebServer(list(replies) or [reply(200)])
    listener = _Listener(("127.0.0.1", 0), type("Visitor", (Visit,), {"served": served}))
    if identity:
        listener.context = secured(identity)
    served.address = f"{'https://localhost' if identity else 'http://127.0.0.1'}:{listener.server_address[1]}"
    with serving(listener, served.finished):
        yield served
