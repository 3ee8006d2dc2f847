"""Editions spoken by a server: whole, in order, with the times of their words, and without a trace of the key."""

from __future__ import annotations

from pathlib import Path

from tests.building import run_here, tree, write_edition
from tests.forked import run_forked
from tests.many_requests import speak_many
from tests.speech_server import CAPTIONED_PATH, refused, speech
from tests.web_server import running_web_server

KEY = "sk-Wh3lk-and-L1mpet-77"
SHOW = """title = "The Breakwater"
author = "The harbour office"
date = 2026-11-07
[voices.narrator]
engine = "openai"
name = "af_heart"
[engines.openai]
base_url = "{address}"
word_times = true
calls_per_minute = 100_000
retry_s = 0
"""
COMMAND = ("build", "edition", "--output", "out")


def test_of_many_requests_to_a_server_that_often_fails_every_segment_is_right_and_none_is_spoken_twice(
    tmp_path: Path,
) -> None:
    outcome = speak_many(60, tmp_path, connections=5)  # scripts/bench-online asks for two thousand
    server = outcome.server
    assert outcome.requests > 75
    assert server.failures > outcome.requests / 5
    assert outcome.takes == 60
    assert outcome.wrong == []
    assert set(server.spoken) > set(outcome.texts)  # there is the text too on which the voice's level is measured
    assert set(server.spoken.values()) == {1}
    assert server.most == 5


def test_an_edition_is_built_with_word_times_and_the_key_of_the_environment_is_nowhere(tmp_path: Path) -> None:
    with running_web_server(refused(429, KEY, Retry_After="0"), speech) as server:
        write_edition(tmp_path / "edition", show=SHOW.format(address=server.address))
        done = run_forked(COMMAND, tmp_path, network={"OPENAI_API_KEY": KEY, "NO_PROXY": "*"})
        assert done.returncode == 0, done.stderr
        assert {request.path for request in server.asked} == {CAPTIONED_PATH}
        assert {request.headers["authorization"] for request in server.asked} == {f"Bearer {KEY}"}
    written = tree(tmp_path)
    assert [name for name, content in written.items() if KEY.encode() in content or KEY in name] == []
    assert KEY not in done.stdout + done.stderr
    page = written["out/the-breakwater-2026-11-07.html"].decode()
    assert 'data-words="0 240 600 900 1260 1500">The ferry that would not sink' in page
    again = run_here(COMMAND, tmp_path)  # the server is gone, and so is the key
    assert "0 segments spoken" in again.stdout, again.stderr


def test_a_refused_key_ends_the_build_in_two_lines_without_it(tmp_path: Path) -> None:
    with running_web_server(refused(401, f"Incorrect API key provided: {KEY}")) as server:
        show = SHOW.format(address=server.address) + 'key_file = "speech.key"\n'
        write_edition(tmp_path / "edition", show=show)
        (tmp_path / "edition/speech.key").write_text(KEY, encoding="utf-8")
        done = run_here(COMMAND, tmp_path)
        assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert f"{server.address}/v1: the server does not accept the key (401)" in lines[-2]
    assert "OPENAI_API_KEY" in lines[-1]
    assert KEY not in done.stdout + done.stderr
    assert [name for name, content in tree(tmp_path).items() if KEY.encode() in content] == ["edition/speech.key"]
