"""gTTS over real sockets: what it sends, what it makes of the answers, and what it does when there is none."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from audiobuild.engines.gtts import Gtts
from audiobuild.errors import EngineError, EngineOffline
from audiobuild.model.values import Voice
from audiobuild.network.retries import DELAYS_S, LONGEST_WAIT_S
from tests.service import (
    MS_A_CHAR,
    Answer,
    Asked,
    Identity,
    Service,
    as_mp3,
    body,
    closed_port,
    cut_speech,
    envelope,
    hang_up,
    keep_waiting,
    make_identity,
    payload,
    running_service,
    set_environment,
    speech,
    status,
    tone_mp3,
)
from tests.speech_server import noise_pcm

TEXT = "He came first. She came last."
Script = Callable[..., Service]


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    return make_identity(tmp_path_factory.mktemp("identity"), ["translate.google.co.uk", "translate.google.com"])


@pytest.fixture
def script(identity: Identity, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Script:
    """Start the service with its answers and point the environment to it."""

    def start(*answers: Answer) -> Service:
        context = running_service(identity, *answers)
        service, proxy = context.__enter__()
        request.addfinalizer(lambda: context.__exit__(None, None, None))
        set_environment(monkeypatch, HTTPS_PROXY=proxy, REQUESTS_CA_BUNDLE=str(identity.authority))
        return service

    return start


def make(waits: list[float] | None = None, *, timeout_s: float = 30.0, **voice: object) -> Gtts:
    """An engine that notes how long it would wait instead of waiting."""
    waits = [] if waits is None else waits
    return Gtts(Voice("gtts", **voice), "en-GB", sleep=waits.append, timeout_s=timeout_s)  # type: ignore[arg-type]


def test_a_good_answer_becomes_a_clip_of_its_length(script: Script) -> None:
    script(speech)
    clip = make().synthesise(TEXT).clip
    assert clip.rate_hz == 24000
    assert clip.duration_ms == pytest.approx(MS_A_CHAR * len(TEXT), abs=120)  # the decoder's and encoder's delay
    assert abs(clip.samples).max() > 0.1


@pytest.mark.parametrize(
    "text",
    [
        "He came first. Then he left.",
        "They met the dr. and St. John in the west. At last.",
        "It’s a naïve café: Łódź, vis-à-vis; a “b” & <c>.",
        "One\ntwo, half-\nway.",
        "a" * 50 + " " + "é" * 49,
    ],
)
def test_the_service_is_asked_for_exactly_the_text_that_was_given(script: Script, text: str) -> None:
    service = script(speech)
    make().synthesise(text)
    assert [asked.text for asked in service.asked] == [text]


def test_a_text_of_more_than_a_hundred_characters_is_refused_before_anything_is_sent(script: Script) -> None:
    service = script(speech)
    assert Gtts.abilities.max_chars == 100
    with pytest.raises(ValueError, match="101 characters"):
        make().synthesise("word " * 20 + "a")
    assert service.asked == []


@pytest.mark.parametrize(
    ("locale", "name", "host"),
    [
        ("en-GB", "", "translate.google.co.uk"),
        ("en-US", "", "translate.google.com"),
        ("en-US", "co.uk", "translate.google.co.uk"),
    ],
)
def test_the_accent_follows_the_locale_or_the_voice(script: Script, locale: str, name: str, host: str) -> None:
    service = script(speech)
    Gtts(Voice("gtts", name), locale).synthesise(TEXT)
    assert service.asked == [Asked(host, TEXT, "en", slow=False)]


def test_half_the_rate_asks_for_slow_speech(script: Script) -> None:
    service = script(speech)
    make(rate=0.5).synthesise(TEXT)
    assert service.asked[0].slow


@pytest.mark.parametrize("trouble", [status(429), status(500), status(503), cut_speech, hang_up, body(b"")])
def test_trouble_that_passes_is_tried_again(script: Script, trouble: Answer) -> None:
    service, waits = script(trouble, trouble, speech), list[float]()
    assert make(waits).synthesise(TEXT).clip.duration_ms > 1000
    assert waits == [1.0, 2.0]
    assert [asked.text for asked in service.asked] == [TEXT] * 3


def test_a_service_that_keeps_silent_is_asked_again(script: Script) -> None:
    service, waits = script(keep_waiting, speech), list[float]()
    assert make(waits, timeout_s=0.3).synthesise(TEXT).clip.duration_ms > 1000
    assert (len(service.asked), waits) == (2, [1.0])


def test_trouble_for_ever_ends_after_five_tries_with_ever_longer_waits(script: Script) -> None:
    service, waits = script(status(429)), list[float]()
    with pytest.raises(EngineError, match=r"gtts: .*\(429\)") as caught:
        make(waits).synthesise(TEXT)
    assert waits == list(DELAYS_S) == [1.0, 2.0, 4.0, 8.0]
    assert len(service.asked) == 5
    assert "later" in caught.value.hint


@pytest.mark.parametrize(
    ("asked", "waited"),
    [("7", 7.0), ("0", 1.0), ("86400", LONGEST_WAIT_S), ("Fri, 31 Dec 1999 23:59:59 GMT", 1.0), ("-5", 1.0)],
)
def test_a_wait_that_the_service_asks_for_is_kept_within_bounds(script: Script, asked: str, waited: float) -> None:
    script(status(429, Retry_After=asked), speech)
    waits: list[float] = []
    make(waits).synthesise(TEXT)
    assert waits == [waited]


@pytest.mark.parametrize("code", [400, 403, 404])
def test_a_refusal_for_good_is_not_tried_again(script: Script, code: int) -> None:
    service, waits = script(status(code)), list[float]()
    with pytest.raises(EngineError, match=str(code)):
        make(waits).synthesise(TEXT)
    assert (len(service.asked), waits) == (1, [])


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(body(b""), id="empty body"),
        pytest.param(body(b')]}\'\n\n[["e",4,null,null,135]]\n'), id="no speech in the envelope"),
        pytest.param(body(envelope("x").replace(b'"[\\"x\\"]"', b"null")), id="null for speech"),
        pytest.param(payload(""), id="empty speech"),
        pytest.param(payload("AAA"), id="no base64"),
        pytest.param(payload(base64.b64encode(b"<html>busy</html>").decode()), id="no MP3"),
        pytest.param(payload(base64.b64encode(tone_mp3(1800)[:600]).decode()), id="the start of an MP3"),
        pytest.param(payload(base64.b64encode(tone_mp3(300)).decode()), id="an MP3 far too short"),
        pytest.param(payload(base64.b64encode(b"\x07garbage" * 900).decode()), id="garbage"),
        pytest.param(payload(base64.b64encode(as_mp3(noise_pcm(48_000))).decode()), id="noise"),
        pytest.param(payload(base64.b64encode(as_mp3(bytes(96_000))).decode()), id="silence"),
        pytest.param(body(envelope("AAAA")[:60]), id="an envelope cut short"),
        pytest.param(body(b"\xff\xfe jQ1olc"), id="no UTF-8"),
    ],
)
def test_an_answer_without_whole_speech_is_an_error_and_never_a_clip(script: Script, answer: Answer) -> None:
    service = script(answer)
    with pytest.raises(EngineError, match="gtts: the speech service sent no speech"):
        make().synthesise(TEXT)
    assert len(service.asked) == 5


def test_a_body_that_is_always_cut_is_an_error(script: Script) -> None:
    service = script(cut_speech)
    with pytest.raises(EngineError, match="cut short"):
        make().synthesise(TEXT)
    assert len(service.asked) == 5


@pytest.mark.parametrize("answer", [hang_up, keep_waiting])
def test_a_connection_that_always_breaks_or_hangs_counts_as_offline(script: Script, answer: Answer) -> None:
    service = script(answer)
    with pytest.raises(EngineOffline):
        make(timeout_s=0.1).synthesise(TEXT)
    assert len(service.asked) == 5


def test_without_a_network_it_says_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    set_environment(monkeypatch, HTTPS_PROXY=f"http://127.0.0.1:{closed_port()}")
    waits: list[float] = []
    with pytest.raises(EngineOffline, match="gtts: the speech service cannot be reached") as caught:
        make(waits).synthesise(TEXT)
    assert "--engine espeak" in caught.value.hint
    assert waits == []


def test_a_certificate_of_an_unknown_authority_is_refused(
    script: Script, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    service = script(speech)
    other = make_identity(tmp_path, ["translate.google.co.uk"])
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other.authority))
    with pytest.raises(EngineError, match="certificate"):
        make().synthesise(TEXT)
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")  # the authorities that are trusted by default do not know it either
    with pytest.raises(EngineError, match="certificate"):
        make().synthesise(TEXT)
    assert service.asked == []


def test_a_certificate_for_another_host_is_refused(script: Script) -> None:
    service = script(speech)
    with pytest.raises(EngineError, match="certificate"):
        make(name="ie").synthesise(TEXT)
    assert service.asked == []


def test_ssl_cert_file_names_the_authorities_too(
    script: Script, identity: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = script(speech)
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    monkeypatch.setenv("SSL_CERT_FILE", str(identity.authority))
    make().synthesise(TEXT)
    assert len(service.asked) == 1


def test_authorities_that_are_not_there_are_named(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    script(speech)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/no/such/bundle.pem")
    with pytest.raises(EngineError, match=r"REQUESTS_CA_BUNDLE: .*/no/such/bundle\.pem"):
        make().synthesise(TEXT)


def test_an_unknown_accent_names_the_nearest() -> None:
    with pytest.raises(EngineError, match=r"'co\.ukk'") as caught:
        make(name="co.ukk")
    assert caught.value.hint.startswith("Did you mean co.uk?")


@pytest.mark.parametrize("rate", [0.0, 0.9, 2.0])
def test_a_rate_that_the_service_does_not_know_is_refused(rate: float) -> None:
    with pytest.raises(EngineError, match="rate"):
        make(rate=rate)
