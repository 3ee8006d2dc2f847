"""An S3 server in a process of its own, and a proxy that puts faults in between, all on the loopback."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import urlsplit

ENVIRONMENT = {"AWS_ACCESS_KEY_ID": "reader", "AWS_SECRET_ACCESS_KEY": "letter", "AWS_REGION": "us-east-1"}
"""What moto asks of its guests: anything."""


@contextmanager
def s3_server(folder: Path) -> Iterator[str]:
    """Start moto's server with a bucket "sea"; give its address."""
    folder.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "NO_COLOR": "1"},
    )
    try:
        address = _address_of(process)
        _ask(address, "PUT", "/sea")
        yield address
    finally:
        process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()


def _address_of(process: subprocess.Popen[bytes]) -> str:
    told = b""
    for line in process.stderr or ():
        told += line
        if found := re.search(rb"Running on (http://127\.0\.0\.1:\d+)", line):
            threading.Thread(target=_drain, args=(process,), daemon=True).start()
            return found[1].decode()
    raise RuntimeError(told.decode(errors="replace"))


def _drain(process: subprocess.Popen[bytes]) -> None:
    """Read on: a log that nobody reads stops who writes it."""
    try:
        for _ in process.stderr or ():
            pass
    except (OSError, ValueError):
        return


def _ask(address: str, method: str, path: str) -> bytes:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 0, timeout=60)
    try:
        connection.request(
            method, path, headers={"Authorization": "AWS4-HMAC-SHA256 Credential=reader/x/us-east-1/s3/y"}
        )
        return connection.getresponse().read()
    finally:
        connection.close()


FAULTS = ("500", "503", "slow", "cut", "lost", "twice")
"""What may happen to a request: refused, refused with Retry-After, answered bit by bit, answered by half, carried out
and not answered, carried out twice."""
_OF_A_CONNECTION = ("connection", "server", "date", "transfer-encoding")
Chooser = Callable[[int, str], str]
"""Says by a request's number and its method what happens to it, such as "403 AccessDenied"; empty for nothing."""


@contextmanager
def faulty(server: str, choose: Chooser, asked: list[str] | None = None) -> Iterator[str]:
    """Put a proxy in front of a server; give its address.

    Args:
        server: its address.
        choose: what happens to a request.
        asked: is told of each before that, as "PUT /sea/takes/1".
    """
    upstream = urlsplit(server)
    count = 0
    counting = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *arguments: object) -> None:
            pass

        def serve(self) -> None:
            nonlocal count
            with counting:
                count += 1
                if asked is not None:
                    asked.append(f"{self.command} {self.path.partition('?')[0]}")
                fault = choose(count, self.command)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if fault in ("500", "503"):
                self.answer(int(fault), [("Retry-After", "1")] if fault == "503" else [], b"")
                return
            if fault.startswith("4"):
                number, _, code = fault.partition(" ")
                told = f"<Error><Code>{code}</Code></Error>".encode() if self.command != "HEAD" else b""
                self.answer(int(number), [], told)
                return
            if fault == "twice":
                self.forward(body)
            status, headers, data = self.forward(body)
            if fault == "lost":
                self.close_connection = True
            elif fault == "cut" and data:
                self.answer(status, headers, data, sent=len(data) // 2)
                self.close_connection = True
            elif fault == "slow":
                self.answer(status, headers, data, step=max(1, len(data) // 7))
            else:
                self.answer(status, headers, data)

        do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = serve  # noqa: N815

        def forward(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
            connection = http.client.HTTPConnection(upstream.hostname or "", upstream.port or 0, timeout=60)
            try:
                connection.request(self.command, self.path, body, dict(self.headers.items()))
                answer = connection.getresponse()
                return answer.status, answer.getheaders(), answer.read()
            finally:
                connection.close()

        def answer(
            self, status: int, headers: list[tuple[str, str]], data: bytes, *, sent: int = -1, step: int = 0
        ) -> None:
            self.send_response(status)
            kept = [
                each for each in headers if each[0].lower() not in ("connection", "server", "date", "transfer-encoding")
            ]
            for name, value in kept:
                if self.command == "HEAD" or name.lower() != "content-length":
                    self.send_header(name, value)
            if self.command != "HEAD":
                self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command == "HEAD":
                return
            whole = data if sent < 0 else data[:sent]
            for start in range(0, len(whole), step or len(whole) or 1):
                self.wfile.write(whole[start : start + (step or len(whole))])
                self.wfile.flush()

    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.daemon_threads = True
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{found.server_address[1]}"
    finally:
        found.shutdown()
        found.server_close()
        thread.join()


class _LikeGoogles(BaseHTTPRequestHandler):
    """So much of Google's interface in XML as writes objects whole, under a condition, and reads them."""

    protocol_version = "HTTP/1.1"
    objects: ClassVar[dict[str, tuple[bytes, int]]]
    """By path: the bytes, and the number that Google gives to each version of an object."""

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        _, number = self.objects.get(self.path, (b"", 0))
        wanted = self.headers["x-goog-if-generation-match"]
        if wanted is not None and int(wanted) != number:
            self._answer(412)
            return
        self.objects[self.path] = data, number + 7
        self._answer(200)

    def do_GET(self) -> None:
        status = 400 if "?" in self.path else 200 if self.path in self.objects else 404  # it cannot list
        self._answer(status, *self.objects.get(self.path, ())[:1])

    def do_HEAD(self) -> None:
        self._answer(200 if self.path in self.objects else 404)

    def _answer(self, status: int, data: bytes = b"") -> None:
        self.send_response(status)
        held, number = self.objects.get(self.path, (b"", 0))
        for name, value in (
            ("Content-Length", str(len(held if self.command == "HEAD" else data))),
            ("ETag", f'"{zlib.crc32(held)}"'),
            ("x-goog-generation", str(number)),
            ("Last-Modified", "Mon, 30 Nov 2026 12:00:00 GMT"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def like_googles() -> Iterator[str]:
    """Serve objects as Google's store does, as far as that goes; give the address."""
    handler = type("Handler", (_LikeGoogles,), {"objects": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
