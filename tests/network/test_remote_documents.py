"""A document is fetched whole or not at all: bounded in size and time, and from no private machine unless allowed."""

from __future__ import annotations

import gzip
import socket

import pytest

from audiobuild.errors import NetworkError
from audiobuild.network.private_addresses import is_private
from audiobuild.network.remote_documents import fetch_document
from tests.web_server import Visit, WebRequest, WebServer, endless, keep_waiting, reply, running_web_server


def trickle(server: WebServer, visit: Visit, request: WebRequest) -> None:
    """Send a byte, and then another, for ever."""
    visit.start(200, {})
    while not server.finished.wait(0.02):
        visit.wfile.write(b"m")


def test_document_comes_with_what_the_server_says_of_it() -> None:
    with running_web_server(reply(200, b"mud", Content_Type='Text/HTML; charset="iso-8859-1"')) as server:
        document = fetch_document(f"{server.address}/mud", allow_private=True)
    assert (document.data, document.media_type, document.charset) == (b"mud", "text/html", "iso-8859-1")
    assert [request.path for request in server.asked] == ["/mud"]


def test_answer_that_is_packed_unasked_is_unpacked() -> None:
    with running_web_server(reply(200, gzip.compress(b"mud" * 1000), Content_Encoding="gzip")) as server:
        assert fetch_document(server.address, allow_private=True).data == b"mud" * 1000


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (endless, "more than the 1,000,000 bytes"),
        (reply(200, gzip.compress(bytes(2_000_000)), Content_Encoding="gzip"), "more than the 1,000,000 bytes"),
        (reply(200, b"mud", Content_Encoding="gzip"), "damaged"),
        (reply(200, b"mud", Content_Encoding="br"), "which it was not asked to"),
        (reply(404), "nothing at this address"),
        (trickle, "takes longer than 0 seconds"),
        (keep_waiting, "does not answer in time"),
    ],
)
def test_what_cannot_be_had_whole_is_an_error(given: object, message: str) -> None:
    with running_web_server(given) as server, pytest.raises(NetworkError, match=message):  # type: ignore[arg-type]
        fetch_document(server.address, allow_private=True, limit_bytes=1_000_000, limit_s=0.3, timeout_s=0.3)


def test_private_machine_is_not_asked_unless_allowed() -> None:
    with running_web_server(reply(200, b"mud")) as server:
        port = server.address.rpartition(":")[2]
        for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "127.1", "2130706433", "10.0.0.1", "169.254.1.1"):
            with pytest.raises(NetworkError, match="private network") as caught:
                fetch_document(f"http://{host}:{port}/")
            assert "--allow-private" in caught.value.hint
    assert server.asked == []


def test_private_machine_is_not_asked_where_a_name_leads_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    place = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **more: [place])
    with pytest.raises(NetworkError, match="private network"):
        fetch_document("http://lantern.example/")


def test_answer_of_a_private_machine_is_not_read_where_a_name_changes_its_mind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = socket.getaddrinfo
    public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("9.9.9.9", 80))
    asked: list[object] = []

    def look_up(host: object, *more: object, **named: object) -> object:
        asked.append(host)
        return [public] if len(asked) == 1 else found("127.0.0.1", *more, **named)  # type: ignore[arg-type]

    with running_web_server(reply(200, b"mud")) as server:
        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        with pytest.raises(NetworkError, match="private network"):
            fetch_document(f"http://lantern.example:{server.address.rpartition(':')[2]}/")
    assert len(asked) > 1


def test_redirect_to_a_private_machine_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    with running_web_server(reply(302, Location="http://localhost:9/secret")) as server:
        monkeypatch.setattr("audiobuild.network.private_addresses.is_private", lambda address: False)
        with pytest.raises(NetworkError, match="http://localhost:9/secret: it leads to a machine of a private network"):
            fetch_document(server.address)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://lantern.example/mud", "mud.md"])
def test_only_addresses_of_the_web_are_fetched(url: str) -> None:
    with pytest.raises(NetworkError, match="only addresses with https"):
        fetch_document(url)


@pytest.mark.parametrize("address", ["0.0.0.0", "::1", "fe80::1%eth0", "224.0.0.1", "2002:7f00:1::", "fc00::1", "mud"])
def test_address_that_is_none_of_the_open_internet_is_private(address: str) -> None:
    assert is_private(address)
