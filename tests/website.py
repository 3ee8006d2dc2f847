"""A folder served from a thread, and someone who asks it over real sockets."""

from __future__ import annotations

import http.client
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from audiobuild.publish.site.serving import listen, make_server

SOUND = random.Random(7).randbytes(8 * 1024 * 1024)
PATIENCE_S = 20
"""Of a test with a server that does not answer; no test asserts how long anything takes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    """By their names in lower case; a second one of the same name would be joined to the first."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Client:
    """Someone who asks the server, on a connection of its own each time."""

    port: int

    def ask(self, target: str, method: str = "GET", *more: tuple[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            connection.putrequest(method, target, skip_accept_encoding=True)
            for name, value in more:
                connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            headers: dict[str, str] = {}
            for name, value in response.getheaders():
                headers[name.lower()] = f"{headers[name.lower()]}; {value}" if name.lower() in headers else value
            return Answer(response.status, headers, response.read())
        finally:
            connection.close()

    def range(self, value: str, *more: tuple[str, str], target: str = "/weekly.mp3", method: str = "GET") -> Answer:
        return self.ask(target, method, ("Range", value), *more)


@contextmanager
def running(folder: Path) -> Iterator[Client]:
    """Serve a folder from a thread for as long as the block lasts."""
    server = make_server(folder, "127.0.0.1")
    with listen("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            yield Client(listener.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join(PATIENCE_S)
    assert not thread.is_alive()
