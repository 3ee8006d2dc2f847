"""Asking servers over real sockets: what is sent, what is made of the answers, and what is said when there is none."""

from __future__ import annotations

import datetime as dt
import json
import socket
import traceback
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from audiobuild.errors import NetworkError, NetworkOffline
from audiobuild.network.http import Answer, opened, post_json, refusal, shown_address
from audiobuild.network.retries import LONGEST_WAIT_S, retry_after_s, with_retries
from tests.service import Identity, make_identity, set_environment
from tests.web_server import (
    Reply,
    cut,
    endless,
    hang_up,
    keep_waiting,
    no_http,
    reply,
    running_web_server,
    unannounced,
)

SECRET = "sk-0123456789"
NOW = dt.datetime(2026, 7, 1, 12, 0, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    return make_identity(tmp_path_factory.mktemp("identity"), ["localhost"])


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    set_environment(monkeypatch)


def failure(call: Callable[[], object]) -> NetworkError:
    """What a call that must fail says, and in nothing of that a secret."""
    with pytest.raises(NetworkError) as raised:
        call()
    error = raised.value
    told = "".join(traceback.format_exception(error)) + repr(error) + error.message + error.where + error.hint
    assert SECRET not in told
    return error


# --- an answer -------------------------------------------------------------------------------------


def test_value_is_sent_as_json_and_the_answer_comes_back_whole() -> None:
    with running_web_server(reply(200, b"sound", Content_Type="Audio/MPEG; rate=1", X_Extra="1")) as server:
        answer = post_json(f"{server.address}/v1/audio", {"input": "Łódź \ud800"}, headers={"X-Key": SECRET})
    assert (answer.status, answer.media_type, answer.body) == (200, "audio/mpeg", b"sound")
    assert answer.headers["x-extra"] == "1"
    [request] = server.asked
    assert (request.method, request.path) == ("POST", "/v1/audio")
    assert request.headers["content-type"] == "application/json"
    assert request.headers["x-key"] == SECRET
    assert json.loads(request.body) == {"input": "Łódź \ud800"}


def test_answer_shows_neither_headers_nor_body() -> None:
    answer = Answer(200, "text/plain", {"set-cookie": SECRET}, SECRET.encode())
    assert repr(answer) == "Answer(status=200, media_type='text/plain')"


@pytest.mark.parametrize("status", [200, 204, 400, 401, 404, 422, 429, 500, 503])
def test_answer_of_any_status_is_an_answer(status: int) -> None:
    with running_web_server(reply(status, b"" if status == 204 else b"why")) as server:
        assert post_json(server.address, {}).status == status


def test_answer_without_length_or_media_type_is_read_to_its_end() -> None:
    with running_web_server(unannounced(b"sound" * 1000)) as server:
        answer = post_json(server.address, {})
    assert (answer.media_type, answer.body) == ("", b"sound" * 1000)


def test_name_and_password_in_an_address_are_sent_as_a_header_and_never_shown() -> None:
    with running_web_server(reply(200), hang_up) as server:
        address = server.address.replace("://", f"://me:{SECRET}%3A1@") + f"/v1?key={SECRET}"
        post_json(address, {})
        assert server.asked[0].headers["authorization"] == "Basic bWU6c2stMDEyMzQ1Njc4OTox"
        error = failure(lambda: post_json(address, {}))
    assert error.where == f"{server.address}/v1?…"
    assert isinstance(error.__cause__, httpx.RequestError)
    assert vars(error.__cause__)["_request"] is None


def test_post_is_not_led_elsewhere_so_that_no_key_gets_there() -> None:
    with running_web_server() as other, running_web_server(reply(307, Location=f"{other.address}/a")) as server:
        answer = post_json(server.address, {}, headers={"Authorization": SECRET})
    error = refusal(answer, server.address)
    assert other.asked == []
    assert (error.message, error.hint) == ("the server sends us elsewhere (307)", f"Use the address {other.address}/a.")


# --- no answer -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trouble", "message"),
    [
        (hang_up, "the server breaks off"),
        (cut(b"sound" * 100, 99), "the server breaks off"),
        (no_http, "the server breaks off"),
        (keep_waiting, "the server does not answer in time"),
    ],
    ids=["hang up", "cut", "no HTTP", "silence"],
)
def test_connection_that_fails_may_pass(trouble: Reply, message: str) -> None:
    with running_web_server(trouble) as server:
        timeout_s = 0.1 if trouble is keep_waiting else 30
        error = failure(lambda: post_json(server.address, {}, headers={"X-Key": SECRET}, timeout_s=timeout_s))
        assert (error.message, error.where, error.may_pass) == (message, server.address, True)
        assert not isinstance(error, NetworkOffline)


def test_server_that_is_not_there_is_offline_and_waiting_no_help() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    error = failure(lambda: post_json(f"http://127.0.0.1:{port}/v1", {}))
    assert isinstance(error, NetworkOffline)
    assert error.message.startswith("the server cannot be reached (")
    assert (error.hint, error.may_pass) == ("Check the address and the network.", False)


@pytest.mark.parametrize("trouble", [reply(200, bytes(1001)), unannounced(bytes(1001)), endless])
def test_answer_that_is_too_large_is_refused(trouble: Reply) -> None:
    with running_web_server(trouble) as server:
        error = failure(lambda: post_json(server.address, {}, limit_bytes=1000))
    assert error.message == "the server sends more than the 1,000 bytes that may come"
    assert not error.may_pass


def test_of_a_refusal_no_more_is_read_than_explains_it() -> None:
    with running_web_server(reply(400, b"why" * 100_000)) as server:
        assert post_json(server.address, {}).body == (b"why" * 100_000)[:65_536]


@pytest.mark.parametrize(
    "value", [f"Bearer {SECRET}\n", f"Bearer {SECRET}\r\nX-Other: 1", f"“{SECRET}”", f"{SECRET}\0"]
)
def test_header_that_cannot_be_sent_is_named_without_its_value(value: str) -> None:
    error = failure(lambda: post_json("http://127.0.0.1:1/", {}, headers={"Authorization": value}))
    assert error.message == "the header 'Authorization' holds a character that cannot be sent"


@pytest.mark.parametrize(
    "address",
    [
        *("", "/v1", "localhost:8000/v1", "ftp://a/b", "file:///etc/passwd", "http://", "http:///v1", "http://a:b/"),
        *(f"http://me:{SECRET}@[::1/v1", f"http://me:{SECRET}@a:99x/", f"http://me:{SECRET}@a\n/"),
        f"http://me:{SECRET}@a:99999/",
    ],
)
def test_address_that_is_none_is_refused_before_anything_is_sent(address: str) -> None:
    error = failure(lambda: post_json(address, {}))
    assert not error.may_pass
    assert "address" in error.message


# --- certificates and proxies ----------------------------------------------------------------------


def test_certificate_that_the_environment_trusts_is_trusted(
    identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_environment(monkeypatch, SSL_CERT_FILE=str(identity.authority))
    with running_web_server(reply(200, b"sound"), identity=identity) as server:
        assert server.address.startswith("https://")
        assert post_json(server.address, {}).body == b"sound"


def test_certificate_that_nobody_knows_is_refused(identity: Identity) -> None:
    with running_web_server(identity=identity) as server:
        error = failure(lambda: post_json(server.address, {}, headers={"X-Key": SECRET}))
    assert error.message == "the server's certificate cannot be verified"
    assert "SSL_CERT_FILE" in error.hint
    assert not error.may_pass
    assert server.asked == []


def test_certificates_that_cannot_be_read_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, content in (("absent.pem", None), ("empty.pem", "no certificate")):
        if content is not None:
            (tmp_path / name).write_text(content)
        set_environment(monkeypatch, SSL_CERT_FILE=str(tmp_path / name))
        error = failure(lambda: post_json("https://localhost/", {}))
        assert (error.where, name in error.message) == ("SSL_CERT_FILE", True)


def test_plain_server_under_an_encrypted_address_is_not_reached() -> None:
    with running_web_server() as server:
        error = failure(lambda: post_json(server.address.replace("http:", "https:"), {}))
    assert isinstance(error, NetworkOffline)
    assert error.message == "the server cannot be reached with encryption"
    assert "http://" in error.hint


def test_proxy_of_the_environment_is_asked_unless_the_host_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    with running_web_server(reply(200, b"proxy")) as proxy, running_web_server(reply(200, b"server")) as server:
        set_environment(monkeypatch, HTTP_PROXY=proxy.address)
        assert post_json(f"{server.address}/v1", {}).body == b"proxy"
        assert [asked.path for asked in proxy.asked] == [f"{server.address}/v1"]
        set_environment(monkeypatch, HTTP_PROXY=proxy.address, NO_PROXY="127.0.0.1")
        assert post_json(f"{server.address}/v1", {}).body == b"server"
        assert (len(proxy.asked), len(server.asked)) == (1, 1)


@pytest.mark.parametrize(("status", "may_pass"), [(403, False), (502, True)])
def test_proxy_that_gives_no_tunnel_is_told_apart(status: int, may_pass: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    with running_web_server(reply(status)) as proxy:
        set_environment(monkeypatch, HTTPS_PROXY=proxy.address)
        error = failure(lambda: post_json("https://speech.example.org/v1", {}, headers={"X-Key": SECRET}))
    assert isinstance(error, NetworkOffline)
    assert error.message == f"the proxy does not let us through ({status})"
    assert error.may_pass == may_pass
    assert [asked.method for asked in proxy.asked] == ["CONNECT"]
    assert "x-key" not in proxy.asked[0].headers


@pytest.mark.parametrize("proxy", [f"gopher://me:{SECRET}@a", f"http://me:{SECRET}@a:99x", f"socks5://me:{SECRET}@a"])
def test_proxy_that_cannot_be_used_is_told_without_its_password(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    set_environment(monkeypatch, HTTPS_PROXY=proxy)
    error = failure(lambda: post_json("https://speech.example.org/", {}))
    assert error.message == "the address of the proxy cannot be used"


# --- being led on ----------------------------------------------------------------------------------


def test_get_follows_where_it_is_led_but_takes_no_password_to_another_host() -> None:
    with (
        running_web_server(reply(200, b"here")) as other,
        running_web_server(reply(302, Location="/b"), reply(308, Location=f"{other.address}/c")) as server,
    ):
        address = server.address.replace("://", f"://me:{SECRET}@")
        with opened(f"{address}/a") as incoming:
            assert b"".join(incoming.chunks) == b"here"
    assert [asked.path for asked in server.asked + other.asked] == ["/a", "/b", "/c"]
    assert ["authorization" in asked.headers for asked in server.asked + other.asked] == [True, True, False]


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("/again", "it leads on from address to address, more than 5 times"),
        ("ftp://127.0.0.1/a", "only addresses with https:// or http:// can be fetched"),
        ("file:///etc/passwd", "only addresses with https:// or http:// can be fetched"),
        ("http://127.0.0.1:b/", "the server breaks off"),
    ],
)
def test_get_that_leads_nowhere_ends(target: str, message: str) -> None:
    with running_web_server(reply(302, Location=target)) as server:
        error = failure(lambda: opened(server.address).__enter__())
    assert (error.message, error.where) == (message, server.address)
    assert len(server.asked) == (6 if target == "/again" else 1)


def test_get_is_not_led_from_encryption_to_none(identity: Identity, monkeypatch: pytest.MonkeyPatch) -> None:
    set_environment(monkeypatch, SSL_CERT_FILE=str(identity.authority))
    with running_web_server() as other:
        leads = reply(302, Location=other.address.replace("://", f"://me:{SECRET}@"))
        with running_web_server(leads, identity=identity) as server:
            error = failure(lambda: opened(server.address).__enter__())
    assert error.message == f"it leads to an address without encryption: {other.address}"
    assert other.asked == []


# --- trying again ----------------------------------------------------------------------------------


class Trial:
    """A call that fails so often with the same error, then succeeds; it notes the waits."""

    def __init__(self, failures: int, error: Exception) -> None:
        self.left, self.error, self.waits = failures, error, list[float]()

    def __call__(self) -> str:
        self.left -= 1
        if self.left >= 0:
            raise self.error
        return "done"


def test_what_may_pass_is_tried_again_after_growing_waits() -> None:
    trial = Trial(3, NetworkError("no", may_pass=True))
    assert with_retries(trial, (1, 2, 4, 8), trial.waits.append) == "done"
    assert trial.waits == [1, 2, 4]


def test_server_is_given_the_wait_that_it_asks_for_up_to_a_limit() -> None:
    for asked_s, waited_s in ((0.5, 1), (7, 7), (3600, LONGEST_WAIT_S)):
        trial = Trial(1, NetworkError("no", may_pass=True, wait_s=asked_s))
        with_retries(trial, (1,), trial.waits.append)
        assert trial.waits == [waited_s]


def test_when_no_try_is_left_the_last_error_is_raised() -> None:
    trial = Trial(9, NetworkError("no", may_pass=True))
    with pytest.raises(NetworkError) as raised:
        with_retries(trial, (1, 2), trial.waits.append)
    assert (raised.value, trial.waits, trial.left) == (trial.error, [1, 2], 6)


@pytest.mark.parametrize("error", [NetworkError("no"), NetworkOffline("no"), KeyError("a defect")])
def test_what_cannot_pass_is_not_tried_again(error: Exception) -> None:
    trial = Trial(1, error)
    with pytest.raises(type(error)):
        with_retries(trial, (1, 2), trial.waits.append)
    assert trial.waits == []


@pytest.mark.parametrize(
    ("headers", "wait_s"),
    [
        ({}, 0),
        ({"retry-after": "30"}, 30),
        ({"retry-after": "-30"}, 0),
        ({"retry-after": "soon"}, 0),
        ({"retry-after": "1e9"}, 0),
        ({"retry-after": "Wed, 01 Jul 2026 12:00:45 GMT"}, 45),
        ({"retry-after": "Wed, 01 Jul 2026 11:00:00 GMT"}, 0),
        ({"retry-after": "Wed, 99 Jul 2026 12:00:45 GMT"}, 0),
        ({"retry-after": "Wed, 01 Jul 2026 09:00:45 GMT", "date": "Wed, 01 Jul 2026 09:00:00 GMT"}, 45),
        ({"retry-after": "Wed, 01 Jul 2026 12:00:45 GMT", "date": "today"}, 45),
    ],
)
def test_wait_that_a_server_asks_for_is_read(headers: dict[str, str], wait_s: float) -> None:
    assert retry_after_s(headers, NOW) == wait_s


@pytest.mark.parametrize(("status", "may_pass"), [(400, False), (401, False), (404, False), (429, True), (503, True)])
def test_refusal_says_its_status_and_whether_it_may_pass(status: int, may_pass: bool) -> None:
    error = refusal(Answer(status, "", {"retry-after": "9"}, b""), f"https://me:{SECRET}@example.org/v1?key={SECRET}")
    assert str(error).startswith("https://example.org/v1?…: the server ")
    assert f"({status})" in error.message or error.message.endswith(f" {status}")
    assert (error.may_pass, error.wait_s) == (may_pass, 9)


def test_address_is_shown_without_what_may_be_secret() -> None:
    assert shown_address(f"https://me:{SECRET}@[::1]:8000/@a/b#c") == "https://[::1]:8000/@a/b"
    assert shown_address(f"https://me:{SECRET}@[::1/") == "https://…"
    assert shown_address("") == ""
