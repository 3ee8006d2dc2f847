"""Editions spoken by a server: whole, in order, with the times of their words, and without a trace of the key."""

from __future__ import annotations

import json
from pathlib import Path

from tests.building import FERRY, LIGHTHOUSE, run, tree, write_edition
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
"""


def test_of_many_requests_to_a_server_that_often_fails_every_segment_is_right_and_none_is_spoken_twice(
    tmp_path: Path,
) -> None:
    outcome = speak_many(300, tmp_path, connections=5)
    server = outcome.server
    assert server.failures > 0.2 * outcome.requests
    assert outcome.takes == 300
    assert outcome.wrong == []
    assert set(server.spoken) > set(outcome.texts)  # and the text on which the voice's level is measured
    assert set(server.spoken.values()) == {1}
    assert server.most == 5


def test_an_edition_is_built_with_word_times_and_the_key_is_nowhere(tmp_path: Path) -> None:
    network = {"OPENAI_API_KEY": KEY, "NO_PROXY": "*"}
    with running_web_server(refused(429, KEY, Retry_After="0"), speech) as server:
        write_edition(tmp_path / "edition", show=SHOW.format(address=server.address))
        done = run(["build", "edition", "--output", "out"], tmp_path, network=network)
        assert done.returncode == 0, done.stderr
        asked = [request.path for request in server.asked]
        again = run(["build", "edition", "--output", "out"], tmp_path, network=network)
        assert again.returncode == 0, again.stderr
        assert [request.path for request in server.asked] == asked
        assert set(asked) == {CAPTIONED_PATH}
        assert {request.headers["authorization"] for request in server.asked} == {f"Bearer {KEY}"}
    written = tree(tmp_path)
    assert [name for name, content in written.items() if KEY.encode() in content or KEY in name] == []
    assert KEY not in done.stdout + done.stderr + again.stdout + again.stderr
    assert server.address not in "".join(text for text in (FERRY, LIGHTHOUSE))


def test_a_refused_key_ends_the_build_in_two_lines_without_it(tmp_path: Path) -> None:
    with running_web_server(refused(401, f"Incorrect API key provided: {KEY}")) as server:
        write_edition(tmp_path / "edition", show=SHOW.format(address=server.address))
        done = run(["build", "edition", "--output", "out"], tmp_path, network={"OPENAI_API_KEY": KEY, "NO_PROXY": "*"})
    assert done.returncode == 1
    assert "does not accept the key (401)" in done.stderr
    assert KEY not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert [name for name, content in tree(tmp_path).items() if KEY.encode() in content] == []
    assert json.dumps(done.stdout) is not None
