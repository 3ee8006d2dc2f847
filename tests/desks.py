"""A desk served from a thread, and somebody who visits it."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audiobuild.build.options import Options
from audiobuild.desk.opening import HOST, OpenDesk, laid_out
from audiobuild.publish.site.serving import listen
from tests.building import write_edition
from tests.website import PATIENCE_S, Answer, Client


@dataclass(frozen=True, slots=True)
class Visitor:
    """A page of the desk, or somebody who would be one."""

    opened: OpenDesk
    client: Client
    home: Path

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.client.port}"

    @property
    def address(self) -> str:
        return f"{self.origin}/{self.opened.token}/"

    def get(self, path: str, *more: tuple[str, str]) -> Answer:
        return self.client.ask(f"/{self.opened.token}/{path}", "GET", *more)

    def post(self, path: str, body: Any = None, **more: str) -> Answer:
        headers = {"Origin": self.origin, "Content-Type": "application/json", **more}
        connection = http.client.HTTPConnection("127.0.0.1", self.client.port, timeout=PATIENCE_S)
        try:
            sent = {name: value for name, value in headers.items() if value}
            connection.request("POST", f"/{self.opened.token}/{path}", json.dumps(body or {}), sent)
            response = connection.getresponse()
            return Answer(response.status, {}, response.read())
        finally:
            connection.close()

    @property
    def articles(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.get("edition").body)["articles"]
        return found

    def spot(self, article: int, written: str) -> dict[str, Any]:
        told = self.articles[article]
        for number, passage in enumerate(told["passages"]):
            if "skipped" not in passage and written in passage["text"]:
                start = passage["text"].index(written)
                return {
                    "article": article,
                    "digest": told["digest"],
                    "passage": number,
                    "start": start,
                    "end": start + len(written),
                }
        raise AssertionError(written)


@contextmanager
def visited(folder: Path) -> Iterator[Visitor]:
    """Open a desk and serve it from a thread for as long as the block lasts."""
    home = write_edition(folder / "edition")
    options = Options((home,), folder / "output", folder / "store")
    with listen(HOST, 0) as listener, laid_out(options) as opened:
        thread = threading.Thread(target=opened.server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            yield Visitor(opened, Client(listener.getsockname()[1]), home)
        finally:
            opened.server.should_exit = True
            thread.join(PATIENCE_S)
    assert not thread.is_alive()
