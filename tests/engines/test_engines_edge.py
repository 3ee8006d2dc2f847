"""Edge over real sockets: what it asks, what it makes of the answers, and what it does when there is none."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from audiobuild.engines import find_words
from audiobuild.engines.edge import Edge
from audiobuild.engines.online import edge_connection
from audiobuild.errors import ConfigError, EngineError, EngineOffline
from audiobuild.model.values import Voice
from audiobuild.network.retries import DELAYS_S, LONGEST_WAIT_S
from tests.edge_service import (
    BINARY,
    HOST,
    LEAD_MS,
    TEXT,
    EdgeAnswer,
    EdgeService,
    cut,
    farewell,
    half,
    hang_up,
    keep_waiting,
    message,
    no_sound,
    raw,
    refuse,
    running_edge,
    sound,
    speech,
    without_words,
)
from tests.service import MS_A_CHAR, Identity, closed_port, make_identity, set_environment, tone_mp3

SAID = "He came first. She came last."
Script = Callable[..., EdgeService]


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    return make_identity(tmp_path_factory.mktemp("identity"), [HOST])


@pytest.fixture
def script(identity: Identity, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Script:
    """Start the service with its answers and point the environment to it."""

    def start(*answers: EdgeAnswer, user: str = "") -> EdgeService:
        context = running_edge(identity, *answers)
        service, proxy = context.__enter__()
        request.addfinalizer(lambda: context.__exit__(None, None, None))
        set_environment(
            monkeypatch,
            HTTPS_PROXY=proxy.replace("://", f"://{user}"),
            SSL_CERT_FILE=str(identity.authority),
        )
        return service

    return start


def make(waits: list[float] | None = None, *, timeout_s: float = 30.0, **voice: object) -> Edge:
    """An engine that notes how long it would wait instead of waiting."""
    waits = [] if waits is None else waits
    return Edge(Voice("edge", **voice), "en-GB", sleep=waits.append, timeout_s=timeout_s)  # type: ignore[arg-type]


def test_a_good_answer_becomes_a_clip_of_its_length_with_the_times_of_its_words(script: Script) -> None:
    script(speech)
    said = make().synthesise(SAID)
    assert said.clip.rate_hz == 24000
    assert said.clip.duration_ms == pytest.approx(LEAD_MS + MS_A_CHAR * len(SAID), abs=120)  # delays of the codec
    assert [(word.offset, word.length) for word in said.words] == find_words(SAID)
    assert [word.start_ms for word in said.words] == [LEAD_MS + MS_A_CHAR * word.offset for word in said.words]


@pytest.mark.parametrize(
    "text",
    [
        "They met the dr. and St. John in the west. At last.",
        "It’s a naïve café: Łódź, vis-à-vis; a “b” & <c> &amp; 'd'.",
        "One\ntwo, half-\nway.",
        "&<" * 398 + " abc",
        "👍 " * 398 + "last",
    ],
)
def test_the_service_is_asked_for_exactly_the_text_that_was_given_in_one_request(script: Script, text: str) -> None:
    service = script(speech)
    said = make().synthesise(text)
    assert [asked.text for asked in service.asked] == [text]
    assert [(word.offset, word.length) for word in said.words] == find_words(text)


def test_a_character_that_cannot_be_sent_is_sent_as_a_space(script: Script) -> None:
    service = script(speech)
    make().synthesise("One\x0btwo\ufffe three\ud800.")
    assert service.asked[0].text == "One two  three ."


def test_a_text_of_more_than_it_takes_is_refused_before_anything_is_sent(script: Script) -> None:
    service = script(speech)
    with pytest.raises(ValueError, match="801 characters"):
        make().synthesise("word " * 160 + "a")
    assert service.count == 0


@pytest.mark.parametrize(
    ("locale", "name", "asked"),
    [
        ("en-GB", "", "(en-GB, SoniaNeural)"),
        ("en-US", "", "(en-US, AvaNeural)"),
        ("en-ZW", "", "(en-GB, SoniaNeural)"),
        ("de-DE", "", "(de-DE, KatjaNeural)"),
        ("en-US", "zh-CN-liaoning-XiaobeiNeural", "(zh-CN-liaoning, XiaobeiNeural)"),
    ],
)
def test_the_voice_follows_the_locale_or_its_name(script: Script, locale: str, name: str, asked: str) -> None:
    service = script(speech)
    Edge(Voice("edge", name), locale).synthesise(SAID)
    assert service.asked[0].voice.endswith(asked)


@pytest.mark.parametrize(("rate", "asked"), [(1.0, "+0%"), (1.1, "+10%"), (0.5, "-50%"), (2.0, "+100%")])
def test_the_rate_is_asked_for_in_hundredths(script: Script, rate: float, asked: str) -> None:
    service = script(speech)
    make(rate=rate).synthesise(SAID)
    assert service.asked[0].rate == asked


def test_the_pitch_is_asked_for_in_hertz(script: Script) -> None:
    service = script(speech)
    make().synthesise(SAID)
    lower = make(settings=(("pitch_hz", -20),))
    lower.synthesise(SAID)
    assert [asked.pitch for asked in service.asked] == ["+0Hz", "-20Hz"]
    assert lower.fingerprint != make().fingerprint


@pytest.mark.parametrize(("key", "value"), [("pitch_hz", 101), ("pitch_hz", "20"), ("pitch", 20)])
def test_a_setting_that_cannot_be_is_named(key: str, value: object) -> None:
    with pytest.raises(ConfigError, match=rf"engines\.edge\.{key}"):
        make(settings=((key, value),))


def test_speech_without_words_told_is_speech_without_times(script: Script) -> None:
    script(without_words)
    said = make().synthesise(SAID)
    assert said.clip.duration_ms > 1000
    assert said.words == ()


TROUBLE = [refuse(429), refuse(500), refuse(503), half, cut, hang_up, no_sound, farewell]


@pytest.mark.parametrize("trouble", TROUBLE)
def test_trouble_that_passes_is_tried_again(script: Script, trouble: EdgeAnswer) -> None:
    service, waits = script(trouble, trouble, speech), list[float]()
    assert make(waits).synthesise(SAID).clip.duration_ms > 1000
    assert waits == [1.0, 2.0]
    assert service.count == 3


def test_trouble_for_ever_ends_after_five_tries_with_ever_longer_waits(script: Script) -> None:
    service, waits = script(refuse(429)), list[float]()
    with pytest.raises(EngineError, match=r"edge: .*\(429\)") as caught:
        make(waits).synthesise(SAID)
    assert waits == list(DELAYS_S)
    assert service.count == 5
    assert "later" in caught.value.hint


@pytest.mark.parametrize(("asked", "waited"), [("7", 7.0), ("0", 1.0), ("86400", LONGEST_WAIT_S)])
def test_a_wait_that_the_service_asks_for_is_kept_within_bounds(script: Script, asked: str, waited: float) -> None:
    script(refuse(503, Retry_After=asked), speech)
    waits: list[float] = []
    make(waits).synthesise(SAID)
    assert waits == [waited]


def test_a_clock_that_is_wrong_is_set_by_the_service_s_and_asked_again_at_once(script: Script) -> None:
    service, waits = script(refuse(403), speech), list[float]()
    make(waits).synthesise(SAID)
    assert (service.turned_away, waits) == ([403], [])


@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_refusal_for_good_is_not_tried_again_and_names_the_library(script: Script, status: int) -> None:
    service, waits = script(refuse(status)), list[float]()
    with pytest.raises(EngineError, match=rf"edge: .*\({status}\)") as caught:
        make(waits).synthesise(SAID)
    assert waits == []
    assert service.count == (2 if status == 403 else 1)  # with its clock set
    assert "pip install --upgrade edge-tts" in caught.value.hint


def test_a_refusal_that_does_not_tell_the_time_says_the_same(script: Script) -> None:
    script(refuse(403, Date="soon"))
    with pytest.raises(EngineError, match=r"edge: .*\(403\)"):
        make().synthesise(SAID)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(no_sound, id="no sound"),
        pytest.param(farewell, id="an unknown voice"),
        pytest.param(half, id="half of the sound"),
        pytest.param(sound(b"<html>busy</html>" * 100), id="no MP3"),
        pytest.param(sound(tone_mp3(300, 48)), id="sound far too short"),
        pytest.param(message("weather", {"rain": True}), id="an unknown message"),
        pytest.param(message("audio.metadata", {"Words": []}), id="words in an unknown form"),
        pytest.param(message("audio.metadata", {"Metadata": []}), id="no words"),
        pytest.param(raw(BINARY, b"x"), id="a binary message without a head"),
        pytest.param(raw(BINARY, b"\x00\x04no head at all"), id="a binary message with another head"),
        pytest.param(raw(TEXT, b"hello"), id="a text without a head"),
    ],
)
def test_an_answer_without_whole_speech_is_an_error_and_never_a_clip(script: Script, answer: EdgeAnswer) -> None:
    service = script(answer)
    with pytest.raises(EngineError, match="edge: the speech service sent no speech"):
        make().synthesise(SAID)
    assert service.count == 5


@pytest.mark.parametrize("answer", [cut, hang_up])
def test_an_answer_that_always_breaks_off_is_an_error(script: Script, answer: EdgeAnswer) -> None:
    service = script(answer)  # of a connection that is reset even what came may be lost
    with pytest.raises(EngineError, match=r"edge: the speech service (breaks off|sent no speech)"):
        make().synthesise(SAID)
    assert service.count == 5


def test_a_service_that_keeps_silent_is_left(script: Script) -> None:
    script(keep_waiting)
    waits: list[float] = []
    with pytest.raises(EngineError, match="edge: the speech service does not answer in time"):
        make(waits, timeout_s=0.1).synthesise(SAID)
    assert waits == list(DELAYS_S)


def test_without_a_network_it_says_so_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    set_environment(monkeypatch, HTTPS_PROXY=f"http://127.0.0.1:{closed_port()}")
    waits: list[float] = []
    with pytest.raises(EngineOffline, match="edge: the speech service cannot be reached") as caught:
        make(waits).synthesise(SAID)
    assert "--engine espeak" in caught.value.hint
    assert waits == []


def test_a_certificate_of_an_unknown_authority_is_refused(
    script: Script, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    service = script(speech)
    monkeypatch.setenv("SSL_CERT_FILE", str(make_identity(tmp_path, [HOST]).authority))
    with pytest.raises(EngineError, match="certificate cannot be verified"):
        make().synthesise(SAID)
    monkeypatch.delenv("SSL_CERT_FILE")  # the authorities that are trusted by default do not know it either
    with pytest.raises(EngineError, match="certificate cannot be verified"):
        make().synthesise(SAID)
    assert service.count == 0


def test_authorities_that_are_not_there_are_named(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    script(speech)
    monkeypatch.setenv("SSL_CERT_FILE", "/no/such/bundle.pem")
    with pytest.raises(EngineError, match=r"SSL_CERT_FILE: .*/no/such/bundle\.pem"):
        make().synthesise(SAID)


def test_the_proxy_is_told_who_asks_and_no_error_tells_it_of_us(script: Script) -> None:
    service = script(refuse(400), user="me:secret@")
    with pytest.raises(EngineError) as caught:
        make().synthesise(SAID)
    assert service.credentials == ["Basic bWU6c2VjcmV0"]
    assert "secret" not in f"{caught.value} {caught.value.hint}"


def test_a_proxy_that_it_cannot_use_is_named_without_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    set_environment(monkeypatch, HTTPS_PROXY="socks5://me:secret@127.0.0.1:1080")
    with pytest.raises(
        EngineError, match="HTTPS_PROXY or ALL_PROXY: the address of the proxy cannot be used"
    ) as caught:
        make().synthesise(SAID)
    assert "secret" not in f"{caught.value} {caught.value.hint}"


def test_a_proxy_may_be_named_without_its_scheme(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    service = script(speech)
    monkeypatch.setenv("HTTPS_PROXY", os.environ["HTTPS_PROXY"].removeprefix("http://"))
    make().synthesise(SAID)
    assert service.count == 1


def test_a_host_that_needs_no_proxy_is_asked_without_one(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    script(speech)
    assert edge_connection._proxy()
    monkeypatch.setenv("NO_PROXY", ".bing.com")
    assert edge_connection._proxy() is None


def test_without_its_package_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = make()
    assert (Edge.missing(), engine.fingerprint) == ("", "edge 1 en-GB-SoniaNeural +0% +0Hz")
    monkeypatch.setitem(sys.modules, "edge_tts", None)
    assert "pip install 'audiobuild[edge]'" in Edge.missing()
    for use in (lambda: engine.fingerprint, lambda: engine.synthesise(SAID)):
        with pytest.raises(EngineError, match="edge: edge-tts is not installed") as caught:
            use()
        assert "pip install 'audiobuild[edge]'" in caught.value.hint


def test_a_name_of_the_right_form_is_taken_and_any_other_refused() -> None:
    assert Edge.has_voice("zu-ZA-ThandoNeural")
    assert make(name="zu-ZA-ThandoNeural").info.language == "zu-ZA"
    for name in ("Sonia", "en-GB", "en-gb-SoniaNeural", "en-GB-SoniaNeural'/><voice name='x"):
        assert not Edge.has_voice(name)
        with pytest.raises(EngineError, match="there is no voice"):
            make(name=name)


def test_a_locale_without_a_voice_asks_for_a_name() -> None:
    with pytest.raises(EngineError, match="'xx-XX'"):
        Edge(Voice("edge"), "xx-XX")


def test_every_voice_that_is_listed_has_its_form_its_gender_and_a_warning() -> None:
    infos = Edge.voices()
    assert len({info.name for info in infos}) == len(infos) > 60
    assert all(Edge.has_voice(info.name) for info in infos)
    assert {info.description.partition(",")[0] for info in infos} == {"female", "male"}
    assert all("no licence to publish" in info.warning for info in infos)
