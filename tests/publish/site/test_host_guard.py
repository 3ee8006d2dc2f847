"""Who may ask the server of a folder, what pages of other sites may read of it, and who is hung up on."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from audiobuild.errors import SourceError
from audiobuild.publish.feed.feed_check import check_feed
from audiobuild.publish.site import host_guard
from audiobuild.publish.site.host_guard import host_names, is_ours
from tests.website import SOUND, Client, running


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("site")
    for name in ("weekly.mp3", "weekly.vtt", "weekly.html", "weekly.json", "player.js", "feed.xml"):
        (folder / name).write_bytes(SOUND)
    with running(folder) as started:
        yield started


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *((name, 200) for name in ("localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]:8000", "localhost.")),
        *(
            (name, 421)
            for name in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "10.0.0.1", "")
        ),
        *((name, 421) for name in ("user@localhost", "localhost:8000:8000", "[::1", "::1")),
    ],
)
def test_only_who_asks_for_this_machine_by_its_own_name_is_answered(host: str, status: int, client: Client) -> None:
    assert answered(client, f"GET /weekly.mp3 HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n") == status


def answered(client: Client, request: str) -> int:
    with socket.create_connection(("127.0.0.1", client.port), 30) as connection:
        connection.sendall(request.encode())
        return int(connection.makefile("rb").readline().split()[1])


def test_who_serves_others_is_asked_by_its_name_or_any_number_and_by_no_other_name() -> None:
    names = host_names("studio.lan")
    assert [is_ours(host, names, is_open=True) for host in ("studio.lan:80", "192.168.1.7", "[fe80::1]:8000")] == [
        True
    ] * 3
    assert not is_ours("evil.example", names, is_open=True)


def test_pages_of_other_sites_may_read_what_podcast_apps_fetch_and_nothing_else(client: Client) -> None:
    def is_shared(name: str) -> bool:
        return client.ask(f"/{name}").headers.get("access-control-allow-origin") == "*"

    assert [is_shared(name) for name in ("weekly.mp3", "weekly.vtt", "feed.xml")] == [True] * 3
    assert [is_shared(name) for name in ("weekly.html", "weekly.json", "player.js")] == [False] * 3


def test_a_request_that_gets_to_no_end_is_hung_up_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_guard, "PATIENCE_S", 0.2)
    (tmp_path / "weekly.mp3").write_bytes(SOUND)
    with running(tmp_path) as client, socket.create_connection(("127.0.0.1", client.port), 30) as connection:
        connection.sendall(b"GET /weekly.mp3 HTTP/1.1\r\nX-Slow: ")
        with contextlib.suppress(ConnectionResetError):
            assert connection.recv(10) == b""
        assert client.ask("/weekly.mp3").body == SOUND


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("before", ["", "<!-- <rss -->\n", "<?xml version='1.0'?>\n<!-- x -->"])
def test_a_feed_with_a_document_type_is_refused_wherever_that_stands_and_however_it_is_written(
    before: str, encoding: str, tmp_path: Path
) -> None:
    feed = f"{before}<!DOCTYPE rss [<!ENTITY a 'aaaa'>]><rss><channel><title>&a;</title></channel></rss>"
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    (tmp_path / "feed.xml").write_bytes(mark + feed.encode(encoding))
    with pytest.raises(SourceError, match="document type"):
        check_feed(tmp_path / "feed.xml")
