"""Fetching files over real sockets: whole and right in their place, or nothing there and a reason."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from audiobuild.errors import NetworkError, NetworkOffline, OutputError
from audiobuild.locks import lock, lock_at_once
from audiobuild.network.downloads import fetch_file
from tests.service import Identity, make_identity, set_environment
from tests.web_server import (
    Reply,
    Visit,
    WebRequest,
    WebServer,
    cut,
    document,
    endless,
    hang_up,
    keep_waiting,
    reply,
    running_web_server,
    unannounced,
)

VOICE = random.Random(11).randbytes(300_000)
OTHER = random.Random(12).randbytes(300_000)
HALF = 150_000


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    set_environment(monkeypatch)


@dataclasses.dataclass
class Download:
    """A file that is to be fetched, and what was noted of it."""

    destination: Path
    content: bytes = VOICE
    waits: list[float] = dataclasses.field(default_factory=list)
    told: list[tuple[int, int]] = dataclasses.field(default_factory=list)

    @property
    def part(self) -> Path:
        return self.destination.with_name(f".{self.destination.name}.part")

    def fetch(self, server: WebServer, **settings: object) -> None:
        """Fetch it, with waits noted instead of waited."""
        defaults: dict[str, object] = {
            "sha256": hashlib.sha256(self.content).hexdigest(),
            "size_bytes": len(self.content),
            "progress": lambda done, whole: self.told.append((done, whole)),
            "delays_s": (1, 2, 4),
            "sleep": self.waits.append,
        }
        address = f"{server.address}/voices/heart.bin?key=1"
        fetch_file(address, self.destination, **(defaults | settings))  # type: ignore[arg-type]

    def left(self) -> set[str]:
        """Names of what stands in the folder, but for the lock."""
        return {path.name for path in self.destination.parent.iterdir()} - {f".{self.destination.name}.lock"}

    def begin(self, content: bytes) -> None:
        """Leave what an earlier run would have."""
        self.destination.parent.mkdir(parents=True, exist_ok=True)
        self.part.write_bytes(content)

    def check(self) -> None:
        """It is in its place, whole, and nothing beside it."""
        assert self.destination.read_bytes() == self.content
        assert self.left() == {self.destination.name}


@pytest.fixture
def download(tmp_path: Path) -> Download:
    return Download(tmp_path / "voices" / "heart.bin")


def ranges(server: WebServer) -> list[str]:
    return [request.headers.get("range", "") for request in server.asked]


# --- a whole file ----------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [document(VOICE), unannounced(VOICE)], ids=["announced", "unannounced"])
@pytest.mark.parametrize("size_bytes", [0, len(VOICE)])
def test_file_comes_whole_to_its_place(download: Download, answer: Reply, size_bytes: int) -> None:
    with running_web_server(answer) as server:
        download.fetch(server, size_bytes=size_bytes)
    download.check()
    assert [(request.method, request.path) for request in server.asked] == [("GET", "/voices/heart.bin?key=1")]
    assert download.waits == []


def test_progress_rises_to_the_size(download: Download) -> None:
    with running_web_server(document(VOICE)) as server:
        download.fetch(server, size_bytes=0)
    done = [done for done, _ in download.told]
    assert done == sorted(set(done))
    assert (done[0], done[-1]) == (0, len(VOICE))
    assert {whole for _, whole in download.told} == {len(VOICE)}


def test_file_that_is_there_is_not_fetched_again(download: Download) -> None:
    with running_web_server(document(VOICE)) as server:
        download.fetch(server)
        download.fetch(server)
    assert len(server.asked) == 1


def test_file_that_is_there_needs_no_folder_that_can_be_written(download: Download) -> None:
    with running_web_server(document(VOICE)) as server:
        download.fetch(server)
        download.destination.with_name(".heart.bin.lock").unlink()
        download.destination.parent.chmod(0o500)
        try:
            download.fetch(server)
        finally:
            download.destination.parent.chmod(0o700)
        assert download.left() == {"heart.bin"}
        assert not download.destination.with_name(".heart.bin.lock").exists()


def test_file_of_another_content_is_replaced(download: Download) -> None:
    download.destination.parent.mkdir()
    download.destination.write_bytes(OTHER)
    with running_web_server(document(VOICE)) as server:
        download.fetch(server)
    download.check()


def test_checksum_may_be_written_in_capitals(download: Download) -> None:
    with running_web_server(document(VOICE)) as server:
        download.fetch(server, sha256=hashlib.sha256(VOICE).hexdigest().upper())
    download.check()


def test_empty_file_is_a_file(download: Download) -> None:
    download.content = b""
    with running_web_server(document(b"")) as server:
        download.fetch(server)
    download.check()


def test_no_other_host_is_asked(download: Download, monkeypatch: pytest.MonkeyPatch) -> None:
    with running_web_server() as proxy, running_web_server(document(VOICE)) as server:
        set_environment(monkeypatch, ALL_PROXY=proxy.address, NO_PROXY="127.0.0.1")
        download.fetch(server)
    assert proxy.asked == []
    assert [request.headers["host"] for request in server.asked] == [server.address.removeprefix("http://")]


# --- going on where it broke off -------------------------------------------------------------------


def test_only_the_rest_is_asked_for(download: Download) -> None:
    download.begin(VOICE[:HALF])
    with running_web_server(document(VOICE)) as server:
        download.fetch(server)
    download.check()
    assert ranges(server) == [f"bytes={HALF}-"]
    assert download.told[0] == (HALF, len(VOICE))
    assert download.told[-1] == (len(VOICE), len(VOICE))


def test_server_without_ranges_sends_it_all_again(download: Download) -> None:
    download.begin(VOICE[:HALF])
    with running_web_server(reply(200, VOICE)) as server:
        download.fetch(server)
    download.check()
    assert len(server.asked) == 1


def test_file_that_arrived_whole_but_was_not_put_in_place_is_not_asked_for(download: Download) -> None:
    download.begin(VOICE)
    with running_web_server(document(VOICE)) as server:
        download.fetch(server)
    download.check()
    assert server.asked == []


@pytest.mark.parametrize("size_bytes", [0, len(VOICE)], ids=["size unknown", "size known"])
@pytest.mark.parametrize("begun", [OTHER[:HALF], OTHER, OTHER + b"more"], ids=["half", "whole", "more"])
def test_halves_of_two_files_are_not_joined(download: Download, begun: bytes, size_bytes: int) -> None:
    download.begin(begun)
    with running_web_server(document(VOICE)) as server:
        download.fetch(server, size_bytes=size_bytes)
    download.check()
    assert ranges(server)[-1] == ""
    assert download.waits == []


@pytest.mark.parametrize(
    "place", [f"bytes {HALF - 1}-299999/300000", f"bytes {HALF + 1}-299999/300000", "bytes */300000", "", "nonsense"]
)
def test_part_that_is_not_the_one_asked_for_is_not_added(download: Download, place: str) -> None:
    download.begin(VOICE[:HALF])
    with running_web_server(reply(206, VOICE[HALF:], Content_Range=place), document(VOICE)) as server:
        download.fetch(server)
    download.check()
    assert ranges(server) == [f"bytes={HALF}-", ""]


def test_file_that_changes_after_the_first_half_comes_whole(download: Download) -> None:
    with running_web_server(cut(OTHER, HALF, ETag='"1"'), document(VOICE, etag='"2"')) as server:
        download.fetch(server)
    download.check()
    assert len(server.asked) == 2
    assert (server.asked[1].headers["range"][:6], server.asked[1].headers["if-range"]) == ("bytes=", '"1"')


def test_mark_that_promises_no_equal_bytes_is_not_used(download: Download) -> None:
    with running_web_server(cut(VOICE, HALF, ETag='W/"1"'), document(VOICE)) as server:
        download.fetch(server)
    download.check()
    assert "if-range" not in server.asked[1].headers


def test_interrupted_download_goes_on_in_another_run(download: Download) -> None:
    def interrupt(done: int, whole: int) -> None:
        if done > HALF:
            raise KeyboardInterrupt

    with running_web_server(document(VOICE)) as server:
        with pytest.raises(KeyboardInterrupt):
            download.fetch(server, progress=interrupt)
        assert download.left() == {".heart.bin.part"}
        kept = download.part.read_bytes()
        assert HALF < len(kept) < len(VOICE)
        assert kept == VOICE[: len(kept)]
        download.fetch(server)
    download.check()
    assert ranges(server) == ["", f"bytes={len(kept)}-"]


# --- what may pass ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "trouble",
    [
        reply(500),
        reply(503),
        reply(429),
        reply(408),
        hang_up,
        cut(VOICE, HALF),
        unannounced(VOICE[:HALF]),
    ],
    ids=["500", "503", "429", "408", "hang up", "cut", "cut unannounced"],
)
def test_trouble_that_passes_is_tried_again(download: Download, trouble: Reply) -> None:
    with running_web_server(trouble, trouble, document(VOICE)) as server:
        download.fetch(server)
    download.check()
    assert download.waits == [1, 2]


def test_server_that_keeps_silent_is_asked_again(download: Download) -> None:
    with running_web_server(keep_waiting, document(VOICE)) as server:
        download.fetch(server, timeout_s=0.2, delays_s=[1] * 20)  # this machine may be slow too
    download.check()
    assert download.waits


def test_every_try_goes_on_where_the_last_one_broke_off(download: Download) -> None:
    def some(server: WebServer, visit: Visit, request: WebRequest) -> None:
        start = int(request.headers.get("range", "bytes=0-")[6:-1])
        place = {"Content-Range": f"bytes {start}-299999/300000", "Content-Length": str(300_000 - start)}
        visit.send(206 if start else 200, VOICE[start : start + 100_000], place)

    with running_web_server(some) as server:
        download.fetch(server)
    download.check()
    assert ranges(server) == ["", "bytes=100000-", "bytes=200000-"]


def test_server_says_how_long_to_wait(download: Download) -> None:
    date = {"Date": "Wed, 01 Jul 2026 09:00:00 GMT", "Retry_After": "Wed, 01 Jul 2026 09:00:20 GMT"}

    def dated(server: WebServer, visit: Visit, request: WebRequest) -> None:
        visit.send_response_only(503)
        for name, value in date.items():
            visit.send_header(name.replace("_", "-"), value)
        visit.send_header("Content-Length", "0")
        visit.end_headers()

    with running_web_server(reply(429, Retry_After="7"), dated, document(VOICE)) as server:
        download.fetch(server)
    download.check()
    assert download.waits == [7, 20]


def test_server_that_stays_in_trouble_ends_it_and_keeps_what_came(download: Download) -> None:
    with running_web_server(cut(VOICE, HALF), reply(503)) as server, pytest.raises(NetworkError) as raised:
        download.fetch(server)
    assert str(raised.value) == f"{server.address}/voices/heart.bin?…: the server answers 503"
    assert download.waits == [1, 2, 4]
    assert download.left() == {".heart.bin.part"}
    assert 0 < download.part.stat().st_size <= HALF


# --- what does not pass ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trouble", "message"),
    [
        (reply(404), "the server has nothing at this address (404)"),
        (reply(403), "the server asks who we are, or does not let us in (403)"),
        (reply(400), "the server answers 400"),
        (reply(204), "the server answers 204"),
        (reply(206, VOICE), "the server answers 206"),
        (reply(416), "the server answers 416"),
        (document(OTHER), "what the server sends is not the file that was expected: its checksum is another"),
        (document(VOICE[:HALF]), "what the server sends is not the file that was expected: its checksum is another"),
        (document(VOICE + b"1"), "the server sends more than the 300,000 bytes that may come"),
        (unannounced(VOICE + b"1"), "the server sends more than the 300,000 bytes that may come"),
        (endless, "the server sends more than the 300,000 bytes that may come"),
    ],
)
def test_what_is_not_the_file_ends_it_at_once_and_nothing_is_kept(
    download: Download, trouble: Reply, message: str
) -> None:
    with running_web_server(trouble) as server, pytest.raises(NetworkError) as raised:
        download.fetch(server)
    assert (raised.value.message, raised.value.where) == (message, f"{server.address}/voices/heart.bin?…")
    assert (len(server.asked), download.waits) == (1, [])
    assert download.left() == set()


def test_file_that_is_announced_as_too_large_is_not_begun(download: Download) -> None:
    with running_web_server(document(VOICE + b"1")) as server, pytest.raises(NetworkError, match="more than"):
        download.fetch(server)
    assert download.told == []


def test_file_of_unknown_size_may_not_be_larger_than_allowed(download: Download) -> None:
    with running_web_server(endless) as server, pytest.raises(NetworkError, match="more than the 200,000 bytes"):
        download.fetch(server, size_bytes=0, limit_bytes=200_000)
    assert download.left() == set()


def test_what_was_there_stays_when_the_new_file_is_wrong(download: Download) -> None:
    download.destination.parent.mkdir()
    download.destination.write_bytes(b"the old voice")
    with running_web_server(document(OTHER)) as server, pytest.raises(NetworkError, match="checksum"):
        download.fetch(server)
    assert download.destination.read_bytes() == b"the old voice"
    assert download.left() == {"heart.bin"}


def test_half_of_another_file_and_a_wrong_rest_end_after_one_more_try(download: Download) -> None:
    download.begin(VOICE[:HALF])
    with running_web_server(document(OTHER)) as server, pytest.raises(NetworkError, match="checksum"):
        download.fetch(server)
    assert ranges(server) == [f"bytes={HALF}-", ""]
    assert download.left() == set()


def test_server_that_is_not_there_is_offline(download: Download) -> None:
    with running_web_server() as server:
        pass
    with pytest.raises(NetworkOffline):
        download.fetch(server)
    assert download.waits == []
    assert download.left() == set()


def test_redirect_is_followed_but_never_to_an_address_without_encryption(
    download: Download, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity: Identity = make_identity(tmp_path / "identity", ["localhost"])
    set_environment(monkeypatch, SSL_CERT_FILE=str(identity.authority))
    with running_web_server(document(VOICE)) as plain, running_web_server(document(VOICE), identity=identity) as safe:
        leads = reply(302, Location=f"{plain.address}/a")
        with running_web_server(leads, identity=identity) as server, pytest.raises(NetworkError, match="encryption"):
            download.fetch(server)
        assert plain.asked == []
        with running_web_server(reply(302, Location=f"{safe.address}/a")) as server:
            download.fetch(server)
    download.check()


# --- the disk --------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_cannot_be_written_is_named(download: Download) -> None:
    download.destination.parent.mkdir()
    download.destination.parent.chmod(0o500)
    with running_web_server(document(VOICE)) as server, pytest.raises(OutputError) as raised:
        download.fetch(server)
    download.destination.parent.chmod(0o700)
    assert raised.value.where == str(download.destination.parent)
    assert server.asked == []


def test_file_in_the_place_of_the_folder_is_named(download: Download) -> None:
    download.destination.parent.write_bytes(b"no folder")
    with running_web_server(document(VOICE)) as server, pytest.raises(OutputError) as raised:
        download.fetch(server)
    assert raised.value.where == str(download.destination.parent)
    assert server.asked == []


def test_folder_in_the_place_of_the_file_is_named(download: Download) -> None:
    download.destination.mkdir(parents=True)
    with running_web_server(document(VOICE)) as server, pytest.raises(OutputError):
        download.fetch(server)


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from audiobuild.network.downloads import fetch_file
from audiobuild.errors import OutputError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
try:
    fetch_file(sys.argv[1], Path(sys.argv[2]), sha256=sys.argv[3])
except OutputError as error:
    print(error.message, error.hint, sep="|")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit to a file there")
def test_full_disk_is_told_and_what_came_is_kept(download: Download) -> None:
    with running_web_server(document(VOICE)) as server:
        done = subprocess.run(
            [
                *(sys.executable, "-c", FULL_DISK, server.address),
                *(str(download.destination), hashlib.sha256(VOICE).hexdigest()),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == "the disk is full|Make room and fetch again: it goes on from what is there.\n"
        assert download.part.read_bytes() == VOICE[:150_000]
        download.fetch(server)
    download.check()
    assert ranges(server) == ["", "bytes=150000-"]


# --- several at once -------------------------------------------------------------------------------

FETCH = """
import sys
from pathlib import Path
from audiobuild.network.downloads import fetch_file
fetch_file(sys.argv[1], Path(sys.argv[2]), sha256=sys.argv[3])
"""


def test_processes_that_want_the_same_file_fetch_it_once(download: Download) -> None:
    first_asks, all_run = threading.Event(), threading.Event()

    def late(server: WebServer, visit: Visit, request: WebRequest) -> None:
        first_asks.set()
        all_run.wait()
        visit.send(200, VOICE)

    with running_web_server(late) as server:
        arguments = [server.address, str(download.destination), hashlib.sha256(VOICE).hexdigest()]
        runs = [subprocess.Popen([sys.executable, "-c", FETCH, *arguments]) for _ in range(3)]
        assert first_asks.wait(60)
        all_run.set()
        assert [run.wait() for run in runs] == [0, 0, 0]
    download.check()
    assert len(server.asked) == 1


def test_lock_is_held_by_one_until_it_lets_go(tmp_path: Path) -> None:
    held = lock(tmp_path / "a.lock")
    got: list[object] = []
    thread = threading.Thread(target=lambda: got.append(lock_at_once(tmp_path / "a.lock")))
    thread.start()
    thread.join()
    assert got == [None]
    held.release()
    again = lock_at_once(tmp_path / "a.lock")
    assert again
    again.release()
