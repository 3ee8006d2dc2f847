"""The engine for servers of OpenAI's kind over real sockets: what it sends, and what it makes of the answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from audiobuild.engines import find_words
from audiobuild.engines.openai import RETRIES, VOICES, Openai
from audiobuild.engines.registry import find_engine, open_engine
from audiobuild.errors import ConfigError, EngineError, EngineOffline
from audiobuild.model.values import Voice
from audiobuild.network.retries import LONGEST_WAIT_S
from tests.service import closed_port, set_environment, tone_mp3
from tests.speech_server import (
    CAPTIONED_PATH,
    FAULTS,
    MS_A_CHAR,
    SPEECH_PATH,
    captioned,
    cut_in_chunks,
    error_body,
    flac,
    heard_pitch_hz,
    noise_pcm,
    pitch_hz,
    refused,
    samples_of,
    sound,
    speech,
    wav,
)
from tests.web_server import Reply, WebRequest, WebServer, cut, hang_up, keep_waiting, reply, running_web_server

TEXT = "The ferry’s lamp was lit: eighty-four steps above the quay."
SAMPLES = samples_of(TEXT)
Script = Callable[..., WebServer]


@pytest.fixture(autouse=True)
def no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of somebody without proxies and without a key."""
    set_environment(monkeypatch)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)


@pytest.fixture
def script() -> Iterator[Script]:
    """Start a server with its replies."""
    with ExitStack() as stack:
        yield lambda *replies: stack.enter_context(running_web_server(*replies))


def make(server: WebServer | str, waits: list[float] | None = None, *, rate: float = 1.0, **settings: Any) -> Openai:
    """An engine for a server, which notes how long it would wait instead of waiting."""
    address = server if isinstance(server, str) else server.address
    own = tuple({"base_url": address, **settings}.items())
    return Openai(Voice("openai", "amy", rate, 0.0, own), "en-GB", sleep=([] if waits is None else waits).append)


def request_of(asked: WebRequest) -> Any:
    return json.loads(asked.body)


def failure(server: WebServer, **settings: Any) -> EngineError:
    with pytest.raises(EngineError) as caught:
        make(server, **settings).synthesise(TEXT)
    error = caught.value
    assert len(f"{error}\n{error.hint}".splitlines()) == 2
    assert error.where == f"openai, {server.address}/v1"
    return error


# --- what it asks for -------------------------------------------------------------------------------


def test_the_server_is_asked_for_exactly_the_text_in_the_way_of_openai(script: Script) -> None:
    server = script(speech)
    make(server, model="tts-1").synthesise(TEXT)
    [asked] = server.asked
    assert (asked.method, asked.path) == ("POST", SPEECH_PATH)
    assert request_of(asked) == {"model": "tts-1", "input": TEXT, "voice": "amy", "response_format": "wav"}
    assert "authorization" not in asked.headers


def test_speed_and_instructions_are_sent_where_there_are_any(script: Script) -> None:
    server = script(speech)
    clip = make(server, rate=1.5, instructions="Calmly.").synthesise(TEXT).clip
    assert request_of(server.asked[0]) | {"speed": 1.5, "instructions": "Calmly."} == request_of(server.asked[0])
    assert clip.duration_ms == pytest.approx(MS_A_CHAR * len(TEXT) / 1.5, abs=1)


def test_without_a_name_the_voice_is_alloy_and_a_voice_of_ones_own_is_sent_by_its_number(script: Script) -> None:
    server = script(speech)
    Openai(Voice("openai", settings=(("base_url", server.address),)), "en-GB").synthesise(TEXT)
    assert request_of(server.asked[0])["voice"] == "alloy"
    own = Openai(Voice("openai", "voice_12ab"), "en-GB")
    assert own._request(TEXT)["voice"] == {"id": "voice_12ab"}


@pytest.mark.parametrize("form", ["wav", "flac", "pcm", "mp3"])
def test_every_format_becomes_the_same_sound(script: Script, form: str) -> None:
    clip = make(script(speech), format=form).synthesise(TEXT).clip
    assert clip.rate_hz == 24_000
    assert clip.channels == 1
    assert clip.duration_ms == pytest.approx(MS_A_CHAR * len(TEXT), abs=120 if form == "mp3" else 1)
    assert form == "mp3" or heard_pitch_hz(clip) == pytest.approx(pitch_hz(TEXT), abs=2)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(wav(SAMPLES, riff=len(SAMPLES) + 36, data=len(SAMPLES)), id="true lengths"),
        pytest.param(wav(SAMPLES, riff=0, data=0), id="no lengths"),
        pytest.param(wav(SAMPLES, riff=2_000_000_036, data=2_000_000_000), id="round lengths"),
        pytest.param(wav(SAMPLES, riff=0x7FFFFFFF, data=0x7FFFFFFF), id="half the largest"),
        pytest.param(wav(SAMPLES, extra=b"LIST\x06\x00\x00\x00INFOab"), id="a chunk before"),
        pytest.param(flac(SAMPLES, knows_length=False), id="a FLAC of unknown length"),
    ],
)
def test_a_sound_that_does_not_know_its_length_is_whole(script: Script, content: bytes) -> None:
    clip = make(script(sound(content))).synthesise(TEXT).clip
    assert clip.to_pcm16() == SAMPLES


def test_another_format_than_was_asked_for_is_taken_for_what_it_is(script: Script) -> None:
    assert make(script(sound(wav(SAMPLES))), format="pcm").synthesise(TEXT).clip.to_pcm16() == SAMPLES
    assert make(script(sound(tone_mp3(3600))), format="wav").synthesise(TEXT).clip.duration_ms > 3500


def test_bare_samples_have_the_rate_that_the_server_says(script: Script) -> None:
    server = script(sound(SAMPLES, "audio/pcm;rate=22050"))
    assert make(server, format="pcm").synthesise(TEXT).clip.rate_hz == 22_050


# --- times of words -----------------------------------------------------------------------------------


def test_word_times_come_from_the_captioned_speech_of_kokoro_fastapi(script: Script) -> None:
    server = script(speech)
    engine = make(server, word_times=True)
    said = engine.synthesise(TEXT)
    assert engine.abilities.tells_words
    assert [(word.offset, word.length) for word in said.words] == find_words(TEXT)
    assert [word.start_ms for word in said.words] == [MS_A_CHAR * place for place, _ in find_words(TEXT)]
    assert said.clip.to_pcm16() == SAMPLES
    assert [asked.path for asked in server.asked] == [CAPTIONED_PATH]
    assert request_of(server.asked[0])["normalization_options"] == {"normalize": False}


def test_words_that_the_server_leaves_out_doubles_or_spells_otherwise_share_the_time_between(script: Script) -> None:
    times = [("The", 0.1), ("The", 0.1), ("ferry", 0.3), ("84", 1.0), ("steps", 2.0), ("above", 1.9), ("quay", 3.0)]
    told = [{"word": word, "start_time": start, "end_time": start} for word, start in times]
    content = captioned(wav(SAMPLES), TEXT)
    found = content.index(b'"timestamps"')
    body = content[:found] + b'"timestamps": ' + repr(told).replace("'", '"').encode() + b"}"
    words = make(script(reply(200, body, Content_Type="application/json")), word_times=True).synthesise(TEXT).words
    starts = {TEXT[word.offset : word.offset + word.length]: word.start_ms for word in words}
    assert [(word.offset, word.length) for word in words] == find_words(TEXT)
    assert (starts["The"], starts["ferry’s"], starts["steps"], starts["quay"]) == (100, 300, 2000, 3000)
    assert list(starts.values()) == sorted(starts.values())


@pytest.mark.parametrize("told", [b"null", b"[]", b'"none"', b'[{"word": 1}, 2, {"word": "lamp", "start_time": NaN}]'])
def test_a_voice_without_word_times_is_heard_all_the_same(script: Script, told: bytes) -> None:
    content = captioned(wav(SAMPLES), TEXT)
    body = content[: content.index(b'"timestamps"')] + b'"timestamps": ' + told + b"}"
    said = make(script(reply(200, body, Content_Type="application/json")), word_times=True).synthesise(TEXT)
    assert said.words == ()
    assert said.clip.to_pcm16() == SAMPLES


def test_a_server_without_word_times_is_an_error_that_says_how_to_do_without(script: Script) -> None:
    error = failure(script(refused(404, "Not Found")), word_times=True)
    assert "word_times = false" in error.hint


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b'{"audio": "@@"}', b'{"audio": 3}', b'{"audio": ""}'])
def test_captioned_speech_without_sound_is_an_error(script: Script, body: bytes) -> None:
    server = script(reply(200, body, Content_Type="application/json"))
    assert "the server sent" in failure(server, word_times=True).message
    assert len(server.asked) == len(RETRIES) + 1


# --- trouble that passes --------------------------------------------------------------------------------


@pytest.mark.parametrize("trouble", [*FAULTS, cut(wav(SAMPLES), 999, Content_Type="audio/wav")])
def test_trouble_that_passes_is_tried_again(script: Script, trouble: Reply) -> None:
    waits: list[float] = []
    server = script(trouble, trouble, speech)
    assert make(server, waits).synthesise(TEXT).clip.to_pcm16() == SAMPLES
    assert waits == [1.0, 2.0]
    assert [request_of(asked)["input"] for asked in server.asked] == [TEXT] * 3


def test_a_server_that_keeps_silent_is_asked_again(script: Script) -> None:
    server = script(keep_waiting, speech)
    assert make(server, timeout_s=0.2).synthesise(TEXT).clip.to_pcm16() == SAMPLES


def test_trouble_for_ever_ends_after_a_minute_of_ever_longer_waits(script: Script) -> None:
    waits: list[float] = []
    server = script(refused(500, "The server had an error."))
    with pytest.raises(EngineError, match=r"answers 500: The server had an error\.") as caught:
        make(server, waits, retry_s=0.5).synthesise(TEXT)
    assert waits == [0.5, 1, 2, 4, 4, 4, 4, 4, 4]
    assert len(server.asked) == len(RETRIES) + 1
    assert "later" in caught.value.hint


def test_after_five_minutes_no_further_try_is_begun(script: Script) -> None:
    server = script(reply(500))
    own = (("base_url", server.address),)
    clock = iter(range(0, 9999, 120))
    engine = Openai(Voice("openai", "amy", settings=own), "en-GB", sleep=lambda s: None, clock=lambda: next(clock))
    with pytest.raises(EngineError, match="answers 500") as caught:
        engine.synthesise(TEXT)
    assert len(server.asked) == 3
    assert "later" in caught.value.hint


@pytest.mark.parametrize(
    ("headers", "waited"),
    [
        ({"Retry_After": "7"}, 7.0),
        ({"Retry_After": "0"}, 1.0),
        ({"Retry_After": "86400"}, LONGEST_WAIT_S),
        ({"Retry_After": "Sat, 07 Nov 2099 08:00:09 GMT"}, LONGEST_WAIT_S),
        ({"Retry_After": "Fri, 31 Dec 1999 23:59:59 GMT"}, 1.0),
        ({"Retry_After": "soon"}, 1.0),
        ({}, 1.0),
    ],
)
def test_a_wait_that_the_server_asks_for_is_kept_within_bounds(
    script: Script, headers: dict[str, Any], waited: float
) -> None:
    waits: list[float] = []
    busy = reply(429, **headers)
    make(script(busy, speech), waits).synthesise(TEXT)
    assert waits == [waited]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        pytest.param(reply(429), r"asks for fewer requests \(429\)", id="429"),
        pytest.param(cut_in_chunks, "breaks off", id="cut, of unknown length"),
        pytest.param(cut(wav(SAMPLES), 999, Content_Type="audio/wav"), "breaks off", id="cut, of known length"),
        pytest.param(hang_up, "breaks off", id="hung up"),
        pytest.param(sound(b""), "empty", id="nothing"),
        pytest.param(sound(wav(b"")), "empty", id="a WAV of nothing"),
        pytest.param(sound(wav(SAMPLES, data=len(SAMPLES) + 5000)), "breaks off", id="fewer samples than it says"),
        pytest.param(sound(wav(SAMPLES)[:30]), "no speech that can be played", id="half a head"),
        pytest.param(sound(b"\x07garbage" * 500), "no speech that can be played", id="garbage"),
        pytest.param(sound(flac(SAMPLES)[:3000], "audio/flac"), "no speech that can be played", id="half a FLAC"),
        pytest.param(sound(wav(bytes(90_000))), "silence or noise", id="silence"),
        pytest.param(sound(wav(noise_pcm(90_000))), "silence or noise", id="noise"),
        pytest.param(sound(wav(SAMPLES[:9000])), "188 ms of sound for 59 characters", id="far too short"),
        pytest.param(sound(wav(SAMPLES[:9000] + bytes(200_000))), "190 ms of sound", id="far too short, then silence"),
        pytest.param(
            reply(200, error_body("No capacity."), Content_Type="application/json; charset=utf-8"),
            "sent JSON in place of sound: No capacity",
            id="JSON",
        ),
        pytest.param(reply(200, b"<html>", Content_Type="text/html"), "sent a page in place of sound", id="a page"),
        pytest.param(
            reply(200, b"\x00<html>", Content_Type="audio/wav"), "no speech", id="a page that says it is sound"
        ),
    ],
)
def test_an_answer_that_stays_bad_is_one_clear_error(script: Script, answer: Reply, says: str) -> None:
    server = script(answer)
    error = failure(server)
    assert re.search(says, error.message)
    assert "later" in error.hint
    assert len(server.asked) == len(RETRIES) + 1


@pytest.mark.parametrize("samples", [SAMPLES[1:], noise_pcm(90_000)], ids=["an odd number of bytes", "noise"])
def test_bytes_that_are_no_samples_are_not_taken_for_speech(script: Script, samples: bytes) -> None:
    assert "the server sent" in failure(script(sound(samples, "audio/pcm")), format="pcm").message


def test_fast_speech_may_be_short(script: Script) -> None:
    fast = samples_of(TEXT, speed=3.5)
    assert make(script(sound(wav(fast))), rate=3.5).synthesise(TEXT).clip.to_pcm16() == fast
    assert "ms of sound" in failure(script(sound(wav(fast)))).message


def test_without_a_server_it_says_so_at_once() -> None:
    port = closed_port()
    waits: list[float] = []
    with pytest.raises(EngineOffline, match=f"127.0.0.1:{port}/v1: the server cannot be reached") as caught:
        make(f"http://127.0.0.1:{port}", waits).synthesise(TEXT)
    assert "base_url" in caught.value.hint
    assert waits == []


# --- refusals -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "message", "says"),
    [
        (400, "Invalid value: 'amy'. Supported values are: 'alloy'.", "Invalid value: 'amy'"),
        (404, "The model `tts-9` does not exist\n or you do not have access to it.", "does not exist or you do not"),
        (413, "Too large", "413: Too large"),
    ],
)
def test_a_refusal_for_good_says_in_a_line_what_the_server_says_and_is_not_tried_again(
    script: Script, code: int, message: str, says: str
) -> None:
    server = script(refused(code, message))
    error = failure(server)
    assert says in error.message
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("body", "kind", "said"),
    [
        (
            b'{"detail": {"error": "validation_error", "message": "Voice x not found"}}',
            "application/json",
            "validation",
        ),
        (b'{"detail": [{"loc": ["body", "input"], "msg": "field required"}]}', "application/json", "field required"),
        (b'{"detail": "Not Found"}', "application/json", "Not Found"),
        (b"no such\x1b[31m voice\x00\n", "text/plain", "no such [31m voice"),
        (b"<html><title>404</title></html>", "text/html", ""),
        (b"\xff\xfe", "application/json", ""),
        (b"[" * 9000, "application/json", ""),
        (b'{"error": {"message": "' + b"long " * 999 + b'"}}', "application/json", "long long long"),
    ],
)
def test_what_other_servers_say_is_found_cleaned_and_cut(script: Script, body: bytes, kind: str, said: str) -> None:
    message = failure(script(reply(404, body, Content_Type=kind))).message
    assert message.startswith("the server has nothing at this address (404)")
    assert said in message
    assert message.isprintable()
    assert len(message) < 200


def test_an_account_that_is_used_up_is_not_waited_for(script: Script) -> None:
    server = script(refused(429, "You exceeded your current quota.", "insufficient_quota"))
    assert "account" in failure(server).hint
    assert len(server.asked) == 1


def test_a_redirect_is_not_followed(script: Script) -> None:
    server = script(reply(307, Location="http://127.0.0.1:9/elsewhere"))
    assert "elsewhere (307)" in failure(server).message
    assert len(server.asked) == 1


# --- settings -------------------------------------------------------------------------------------------


def test_settings_narrow_what_it_can_do() -> None:
    engine = make("localhost", max_chars=500, connections=9, calls_per_minute=7, price_per_1000_chars=0.015)
    can = engine.abilities
    assert (can.max_chars, can.connections, can.calls_per_minute, can.price_per_1000_chars) == (500, 9, 7, 0.015)
    assert (can.repeatable, can.tells_words) == (False, False)
    assert Openai.abilities.max_chars == 4096


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("format", "aac"),
        ("model", " "),
        ("max_chars", 4097),
        ("max_chars", 0),
        ("connections", 0),
        ("calls_per_minute", 0),
        ("price_per_1000_chars", -1.0),
        ("timeout_s", 0.0),
        ("retry_s", -1.0),
    ],
)
def test_a_setting_that_cannot_be_is_an_error(setting: str, value: Any) -> None:
    with pytest.raises(EngineError, match=f"{setting} cannot be {value!r}"):
        open_engine(Voice("openai", settings=((setting, value),)), "en-GB")


def test_an_unknown_setting_names_the_nearest() -> None:
    with pytest.raises(ConfigError) as caught:
        make("localhost", base_uri="x")
    assert "base_url" in caught.value.hint


def test_the_fingerprint_follows_all_that_decides_the_sound_and_nothing_else() -> None:
    plain = make("http://localhost:8880")
    others = [
        make("http://localhost:8881"),
        make("localhost:8880", rate=1.25),
        make("localhost:8880", model="mp3"),
        make("localhost:8880", instructions="mp3"),
        make("localhost:8880", format="mp3"),
        make("localhost:8880", word_times=True),
        Openai(Voice("openai", "bob", settings=(("base_url", "localhost:8880"),)), "en-GB"),
    ]
    assert len({plain.fingerprint, *(each.fingerprint for each in others)}) == len(others) + 1
    for same in ("localhost:8880/v1/", "HTTP://LocalHost:8880//v1/audio/speech", " localhost:8880 "):
        assert make(same, connections=2, retry_s=0.1, timeout_s=9.0).fingerprint == plain.fingerprint


@pytest.mark.parametrize(
    "address",
    ["ftp://example.org", "http://", "https://exa mple.org", "http://[::1", "http://host:99999", "http://h/é", ""],
)
def test_what_is_no_address_is_an_error(address: str) -> None:
    with pytest.raises(EngineError, match="base_url is no address"):
        make(address)


def test_its_names_find_it_and_another_server_may_have_others() -> None:
    assert find_engine("shimmer", "en-GB") == "openai"
    with pytest.raises(EngineError) as caught:
        open_engine(Voice("openai", "shimer"), "en-GB")
    assert caught.value.hint.startswith("Did you mean shimmer?")
    assert len({open_engine(Voice("openai", name), "en-GB").fingerprint for name in VOICES}) == 13


def test_it_says_whose_terms_hold() -> None:
    assert "the terms of api.openai.com" in Openai(Voice("openai"), "en-GB").info.warning
    assert "the licence of its model" in make("http://kokoro:8880").info.warning
    assert all("terms" in voice.warning for voice in Openai.voices())


def test_word_times_are_refused_where_nobody_tells_them() -> None:
    with pytest.raises(EngineError, match="OpenAI does not tell"):
        Openai(Voice("openai", settings=(("word_times", True),)), "en-GB")
