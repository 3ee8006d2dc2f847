"""The key of a server of speech: where it is found, whom it is sent to, and that it shows nowhere."""

from __future__ import annotations

import pickle
import traceback
from pathlib import Path
from typing import Any

import pytest

from audiobuild.config.show_file import parse_show
from audiobuild.engines.online.openai_server import read_server
from audiobuild.engines.openai import Openai
from audiobuild.errors import ConfigError, EngineError
from audiobuild.model.values import Voice
from tests.service import set_environment
from tests.speech_server import cut_in_chunks, refused, sound, speech
from tests.web_server import Reply, WebServer, hang_up, keep_waiting, reply, running_web_server

KEY = "sk-Wh3lk-and-L1mpet-77"
TEXT = "The lamp was lit."


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    set_environment(monkeypatch, OPENAI_API_KEY=KEY)


def make(address: str, **settings: Any) -> Openai:
    own = tuple({"base_url": address, **settings}.items())
    return Openai(Voice("openai", "alloy", settings=own), "en-GB", sleep=lambda seconds: None)


def sent(server: WebServer) -> list[str]:
    return [asked.headers.get("authorization", "") for asked in server.asked]


# --- where it is found ------------------------------------------------------------------------------


def test_it_comes_from_the_environment_under_the_name_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUAY_KEY", " another\n")
    with running_web_server(speech) as server:
        make(server.address).synthesise(TEXT)
        make(server.address, key_variable="QUAY_KEY").synthesise(TEXT)
        make(server.address, key_variable="NOT_SET").synthesise(TEXT)
        make(server.address, key_variable="").synthesise(TEXT)
        assert sent(server) == [f"Bearer {KEY}", "Bearer another", "", ""]


def test_it_comes_from_a_file_beside_show_toml_rather_than_from_the_environment(tmp_path: Path) -> None:
    (tmp_path / "speech.key").write_bytes(b"\xef\xbb\xbfof-the-file\r\n")
    show = parse_show(b'[engines.openai]\nkey_file = "speech.key"\n', str(tmp_path / "show.toml"))
    settings = dict(dict(show.engines)["openai"])
    with running_web_server(speech) as server:
        make(server.address, **settings).synthesise(TEXT)
        assert sent(server) == ["Bearer of-the-file"]


@pytest.mark.parametrize("content", [b"", b" \n", f"{KEY}\n{KEY}\n".encode(), f"{KEY}\xe9".encode("latin-1"), None])
def test_a_file_without_a_key_is_an_error_that_shows_neither_its_name_nor_what_it_holds(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / KEY
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EngineError, match="key") as caught:
        make("localhost:9", key_file=str(path)).synthesise(TEXT)
    assert caught.value.hint
    assert_hidden(caught.value)


def test_a_key_in_the_place_of_the_variables_name_is_not_shown() -> None:
    with pytest.raises(EngineError, match="key_variable cannot be that") as caught:
        make("localhost:9", key_variable=KEY)
    assert_hidden(caught.value)


@pytest.mark.parametrize("setting", ["key", "api_key", "key_file", "key_variable"])
def test_a_key_in_show_toml_is_refused_and_not_shown(setting: str) -> None:
    with pytest.raises(ConfigError) as caught:
        make("localhost:9", **{setting: (KEY,)})
    assert_hidden(caught.value)


def test_openai_is_not_asked_without_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "")
    with pytest.raises(EngineError, match=r"api\.openai\.com/v1: there is no key") as caught:
        Openai(Voice("openai"), "en-GB").synthesise(TEXT)
    assert "OPENAI_API_KEY" in caught.value.hint
    assert "key_file" in caught.value.hint


# --- whom it is sent to -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "address", "private"),
    [
        ("localhost:8880", "http://localhost:8880/v1", True),
        ("127.0.0.1", "http://127.0.0.1/v1", True),
        ("[::1]:80/v1", "http://[::1]/v1", True),
        ("kokoro:8880", "http://kokoro:8880/v1", True),
        ("https://nas.local/tts/", "https://nas.local/tts", True),
        ("192.168.1.9:5000", "http://192.168.1.9:5000/v1", True),
        ("api.example.org", "https://api.example.org/v1", False),
        ("http://api.example.org", "http://api.example.org/v1", False),
        ("8.8.8.8", "https://8.8.8.8/v1", False),
        ("134744072", "https://134744072/v1", False),
        ("0x8080808", "https://0x8080808/v1", False),
        ("localhost.example.org", "https://localhost.example.org/v1", False),
    ],
)
def test_plain_http_is_for_the_network_around_unless_it_is_asked_for(written: str, address: str, private: bool) -> None:
    server = read_server(written)
    assert (server.address, server.is_private) == (address, private)


def test_over_plain_http_to_a_public_host_no_key_is_sent() -> None:
    with pytest.raises(EngineError, match="not sent over http") as caught:
        make("http://speech.example.org").synthesise(TEXT)
    assert 'key_variable = ""' in caught.value.hint
    assert_hidden(caught.value)


@pytest.mark.parametrize(
    "address",
    [f"https://me:{KEY}@localhost", f"https://{KEY}@localhost/v1", f"localhost?key={KEY}", f"localhost#{KEY}"],
)
def test_an_address_with_a_password_is_refused_and_not_shown(address: str) -> None:
    with pytest.raises(EngineError, match="base_url holds more than an address") as caught:
        make(address)
    assert_hidden(caught.value)


def test_an_address_that_cannot_be_read_is_not_shown() -> None:
    with pytest.raises(EngineError, match="base_url is no address") as caught:
        make(f"https://me:{KEY}@host:port")
    assert_hidden(caught.value)


# --- that it shows nowhere --------------------------------------------------------------------------


def assert_hidden(error: EngineError | ConfigError) -> None:
    """Look for the key in all that is made of an error: by the user, by a log, by another process."""
    seen = "".join(traceback.format_exception(error))
    causes: list[BaseException] = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) is not None:
        causes.append(cause)
    shown = [
        seen,
        error.hint,
        *(f"{each} {each!r} {vars(each) if hasattr(each, '__dict__') else ''}" for each in causes),
    ]
    assert KEY not in "\n".join(shown)
    assert KEY.encode() not in pickle.dumps(error)
    restored = pickle.loads(pickle.dumps(error))
    assert (str(restored), restored.hint) == (str(error), error.hint)


ECHO = f"Incorrect API key provided: {KEY}. You can find your API key at https://platform.example.org."


@pytest.mark.parametrize(
    "answer",
    [
        refused(401, ECHO, "invalid_api_key"),
        refused(403, ECHO),
        refused(400, ECHO),
        refused(404, f"{'x' * 100} {KEY}"),
        refused(429, ECHO, "insufficient_quota"),
        refused(500, ECHO),
        reply(307, Location=f"/v1/{KEY}/audio"),
        reply(200, f'{{"error": "{KEY}"}}'.encode(), Content_Type="application/json"),
        reply(200, KEY.encode(), Content_Type="text/plain"),
        sound(KEY.encode()),
        cut_in_chunks,
        hang_up,
        keep_waiting,
    ],
)
def test_it_is_in_no_error_whatever_the_server_answers(answer: Reply) -> None:
    with running_web_server(answer) as server, pytest.raises(EngineError) as caught:
        make(server.address, timeout_s=0.02).synthesise(TEXT)
    assert sent(server)[0] == f"Bearer {KEY}"
    assert_hidden(caught.value)


@pytest.mark.parametrize("code", [401, 403])
def test_a_refused_key_is_an_error_that_says_how_to_set_it(code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with running_web_server(refused(code, ECHO)) as server:
        with pytest.raises(EngineError, match=rf"the server does not accept the key \({code}\)$") as caught:
            make(server.address).synthesise(TEXT)
        assert caught.value.hint.startswith("Set OPENAI_API_KEY in the environment to the key, or key_file")
        monkeypatch.delenv("OPENAI_API_KEY")
        with pytest.raises(EngineError, match=rf"the server asks for a key \({code}\)$"):
            make(server.address).synthesise(TEXT)
        assert len(server.asked) == 2


def test_it_is_in_nothing_that_the_engine_says_of_itself() -> None:
    with running_web_server(speech) as server:
        engine = make(server.address)
        engine.synthesise(TEXT)
        said = [repr(engine), engine.fingerprint, repr(engine.info), repr(vars(engine)), repr(engine.abilities)]
    assert KEY not in "".join(said)
    assert KEY.encode() not in pickle.dumps({**vars(engine), "_sleep": None, "_clock": None})


def test_it_is_not_among_the_values_in_the_frames_of_ours_that_an_error_passed() -> None:
    """Some tools show these beside a traceback."""
    with running_web_server(refused(401, ECHO)) as server, pytest.raises(EngineError) as caught:
        make(server.address).synthesise(TEXT)
    frames = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    ours = [line for line in frames.format() if "/audiobuild/engines/" in line or "/audiobuild/network" in line]
    assert ours
    assert KEY not in "".join(ours)
