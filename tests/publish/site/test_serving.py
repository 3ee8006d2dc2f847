"""The local server gives out the files of its folder, rightly named, and nothing else, whoever asks."""

from __future__ import annotations

import http.client
import os
import re
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from audiobuild.publish.media_types import MEDIA_TYPES, media_type
from tests.website import PATIENCE_S, SOUND, Client, running

SECRET = b"nobody else's business"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a build leaves it, with a secret beside it and ways to that secret in it."""
    above = tmp_path_factory.mktemp("above")
    (above / "secret.txt").write_bytes(SECRET)
    (above / "output-old").mkdir()
    (above / "output-old" / "secret.txt").write_bytes(SECRET)
    folder = above / "output"
    (folder / "pictures").mkdir(parents=True)
    (folder / "weekly.mp3").write_bytes(SOUND)
    (folder / "index.html").write_text("<!doctype html><title>All episodes</title>", encoding="utf-8")
    (folder / "feed.xml").write_text("<rss/>", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "wörter.txt").write_text("ä", encoding="utf-8")
    (folder / ".weekly.mp3.77.part").write_bytes(SECRET)
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_bytes(SECRET)
    for name, target in {
        "link.txt": above / "secret.txt",
        "up": above,
        "shown.txt": folder / ".git" / "config",
        "round.txt": folder / "round.txt",
        "also.mp3": folder / "weekly.mp3",
        ".also.mp3": folder / "weekly.mp3",
    }.items():
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "pipe.mp3")
    return folder


@pytest.fixture(scope="module")
def client(site: Path) -> Iterator[Client]:
    with running(site) as started:
        yield started


# --- whole files ------------------------------------------------------------------------------------


def test_file_comes_whole_and_says_that_ranges_can_be_had(client: Client) -> None:
    answer = client.ask("/weekly.mp3")
    assert (answer.status, answer.body == SOUND) == (200, True)
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-length"] == str(len(SOUND))
    assert re.fullmatch(r'"[^"]+"', answer.headers["etag"])
    assert answer.headers["last-modified"].endswith(" GMT")


@pytest.mark.parametrize("target", ["/weekly.mp3", "/", "/feed.xml", "/empty.txt", "/nothing.mp3", "/.git/config"])
def test_head_tells_what_get_tells_without_the_bytes(client: Client, target: str) -> None:
    got, told = client.ask(target), client.ask(target, "HEAD")
    assert (told.status, told.body) == (got.status, b"")
    assert {**told.headers, "date": ""} == {**got.headers, "date": ""}


def test_root_is_the_index_and_a_folder_without_one_is_not_listed(client: Client, site: Path) -> None:
    index = client.ask("/")
    assert (index.status, index.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert index.body == (site / "index.html").read_bytes()
    assert [client.ask(target).status for target in ("/pictures", "/pictures/")] == [404, 404]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("weekly.mp3", "audio/mpeg"),
        ("weekly.m4b", "audio/mp4"),
        ("weekly.opus", "audio/ogg"),
        ("weekly.flac", "audio/flac"),
        ("weekly.wav", "audio/wav"),
        ("weekly.vtt", "text/vtt; charset=utf-8"),
        ("weekly.srt", "application/x-subrip"),
        ("weekly.txt", "text/plain; charset=utf-8"),
        ("weekly.json", "application/json"),
        ("weekly.chapters.json", "application/json+chapters"),
        ("feed.xml", "application/rss+xml"),
        ("manifest.webmanifest", "application/manifest+json"),
        ("player.js", "text/javascript; charset=utf-8"),
        ("player.css", "text/css; charset=utf-8"),
        ("weekly.html", "text/html; charset=utf-8"),
        ("weekly.jpg", "image/jpeg"),
        ("icon.png", "image/png"),
        ("WEEKLY.MP3", "audio/mpeg"),
        ("unheard-of.kind", "application/octet-stream"),
        ("mp3", "application/octet-stream"),
    ],
)
def test_file_has_the_right_type_and_browsers_may_not_guess_another(name: str, kind: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"<script>")
    with running(tmp_path) as client:
        answer = client.ask(f"/{name}")
    assert (answer.headers["content-type"], answer.headers["x-content-type-options"]) == (kind, "nosniff")


def test_longer_endings_stand_before_those_that_they_end_in() -> None:
    endings = list(MEDIA_TYPES)
    shadowed = [
        (later, earlier) for at, earlier in enumerate(endings) for later in endings[at + 1 :] if later.endswith(earlier)
    ]
    assert shadowed == []
    assert media_type("a.chapters.json.bak") == "application/octet-stream"


# --- other pages, other methods -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "asked"), [("/weekly.mp3", "bytes=0-1"), ("/none.mp3", "x=1"), ("/feed.xml", "bytes=99-")]
)
def test_pages_of_other_origins_may_read_every_answer_of_what_apps_fetch(
    client: Client, target: str, asked: str
) -> None:
    headers = client.range(asked, target=target).headers
    assert headers["access-control-allow-origin"] == "*"
    assert {"Content-Range", "Accept-Ranges"} <= set(headers["access-control-expose-headers"].split(", "))


def test_pages_of_other_origins_may_ask_for_ranges(client: Client) -> None:
    answer = client.ask("/weekly.mp3", "OPTIONS", ("Access-Control-Request-Headers", "range, if-range"))
    assert (answer.status, answer.body, answer.headers["access-control-allow-origin"]) == (204, b"", "*")
    assert {"Range", "If-Range"} <= set(answer.headers["access-control-allow-headers"].split(", "))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_nothing_can_be_changed(client: Client, site: Path, method: str) -> None:
    assert client.ask("/weekly.mp3", method).status == 405
    assert (site / "weekly.mp3").read_bytes() == SOUND


# --- what is not given out ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target",
    [
        *("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt", "/.%2e/secret.txt"),
        *("/pictures/../../secret.txt", "/pictures/%2e%2e/%2e%2e/secret.txt", "/./../secret.txt", "//../secret.txt"),
        *("/../output-old/secret.txt", "/%252e%252e/secret.txt", "/..%5csecret.txt", "/..\\secret.txt"),
        *("/link.txt", "/up/secret.txt", "/up/output-old/secret.txt", "/shown.txt", "/round.txt", "/pipe.mp3"),
        *("/.git/config", "/.git/", "/.weekly.mp3.77.part", "/%2egit/config", "/pictures/../.git/config", "/.also.mp3"),
        *("/weekly.mp3%00", "/%00", "/weekly.mp3%00.txt", "/%ff%fe", "/" + "a" * 5000, "/" + "a/" * 5000),
        *(
            "/C:%5csecret.txt",
            "/file:///etc/passwd",
            "/etc/passwd",
            "//etc/passwd",
            "/%2fetc%2fpasswd",
            "///etc/passwd",
        ),
        *("http://127.0.0.1/../secret.txt", "*", "/weekly.mp3/x", "/~root/.profile"),
    ],
)
def test_nothing_hidden_and_nothing_outside_is_given_out(client: Client, target: str) -> None:
    answer = client.ask(target)
    assert (answer.status, SECRET in answer.body, b"root:" in answer.body) == (404, False, False)


def test_absolute_path_to_the_secret_is_not_given_out(client: Client, site: Path) -> None:
    secret = str(site.parent / "secret.txt")
    for target in (secret, f"/{secret}", secret.replace("/", "%2f"), f"/{secret.replace('/', '%2F')}"):
        assert client.ask(target).status == 404


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_that_may_not_be_read_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(SECRET)
    (tmp_path / "mine.txt").chmod(0)
    with running(tmp_path) as client:
        assert client.ask("/mine.txt").status == 404


def test_link_within_the_folder_and_a_name_in_any_script_are_given_out(client: Client) -> None:
    assert client.ask("/also.mp3", "HEAD").headers["content-length"] == str(len(SOUND))
    assert client.ask("/w%C3%B6rter.txt").body == "ä".encode()
    assert client.ask("/feed.xml?now=1#top").body == b"<rss/>"


# --- many clients, rude ones --------------------------------------------------------------------------


def test_many_listeners_are_served_at_once(client: Client) -> None:
    together = threading.Barrier(40)

    def listener(number: int) -> bool:
        together.wait(PATIENCE_S)
        first = number * 200_000
        return client.range(f"bytes={first}-{first + 199_999}").body == SOUND[first : first + 200_000]

    with ThreadPoolExecutor(40) as pool:
        assert all(pool.map(listener, range(40)))


def test_client_that_hangs_up_does_no_harm(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    for request in (
        b"GET /weekly.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /weekly.mp3 HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-4000000,5000000-\r\n\r\n",
        b"GET /weekly.mp3 HTT",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100_000,
        b"",
    ):
        with socket.create_connection(("127.0.0.1", client.port), timeout=PATIENCE_S) as rude:
            rude.sendall(request)
            if request.endswith(b"\r\n\r\n"):
                assert rude.recv(1000).startswith(b"HTTP/1.1 20")
            # With no time to linger, the connection is reset under what is still being sent.
            rude.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    assert client.ask("/weekly.mp3").body == SOUND
    assert caplog.messages == []


def test_connection_is_kept_for_the_next_request(client: Client) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=PATIENCE_S)
    try:
        for target, status in (("/feed.xml", 200), ("/none", 404), ("/.git/config", 404), ("/", 200)):
            connection.request("GET", target)
            used = connection.sock
            response = connection.getresponse()
            response.read()
            assert (response.status, connection.sock is used) == (status, True)
    finally:
        connection.close()


def test_server_ends_though_a_player_is_still_listening(site: Path) -> None:
    with running(site) as client:
        paused = socket.create_connection(("127.0.0.1", client.port), timeout=PATIENCE_S)
        paused.sendall(b"GET /weekly.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert paused.recv(12) == b"HTTP/1.1 200"
    paused.close()  # the block ended before: its thread is gone
