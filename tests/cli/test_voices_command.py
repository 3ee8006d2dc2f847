"""Which voices there are, as the command line tells it: the list, what `get` fetches, and who is refused."""

from __future__ import annotations

import hashlib
import json
import random
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from audiobuild.engines import hibari
from audiobuild.engines.registry import default_engine, engine_names, load_engine
from tests import other_voices
from tests.building import environment, run_here
from tests.fetched import bundled_voice
from tests.service import set_environment
from tests.web_server import Visit, WebRequest, WebServer, document, reply, running_web_server

VOICE = random.Random(21).randbytes(300_000)
WIDTH = 100


def point_table(monkeypatch: pytest.MonkeyPatch, address: str, content: bytes = VOICE) -> None:
    """Have the table of voices lead to a server of ours, and be of other files."""
    set_environment(monkeypatch)
    monkeypatch.setattr(hibari, "_BASE_URL", f"{address}/")
    for known in hibari._registry().values():
        if not known["bundled"]:
            monkeypatch.setitem(known, "sha256", hashlib.sha256(content).hexdigest())
            monkeypatch.setitem(known, "bytes", len(content))


def fetched(folder: Path) -> list[str]:
    """What stands in the folder of voices, locks aside."""
    place = folder / "home" / ".cache" / "audiobuild" / "voices"
    return sorted(path.name for path in place.rglob("*") if path.is_file() and not path.name.endswith(".lock"))


# --- the list -------------------------------------------------------------------------------------


def test_list_is_of_english_first_and_of_those_who_are_here(tmp_path: Path, others: dict[str, str]) -> None:
    done = run_here(["voices"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert default_engine("en-GB") in lines[0]
    here, online, to_fetch, to_install = (
        next(place for place, line in enumerate(lines) if line.startswith(title))
        for title in ("Ready, on this machine", "Ready, over the network", "To be fetched", "To be installed")
    )
    assert here < online < to_fetch < to_install
    assert any(line.split()[:2] == ["heart", "hibari"] for line in lines[here:online])
    assert any(line.split()[:3] == ["co.uk", "gtts", "en-GB"] for line in lines[online:to_fetch])
    (emma,) = (line for line in lines[to_fetch:to_install] if line.startswith("  emma "))
    assert all(told in emma for told in ("en-GB", "British, female", "7.9 MB", "Apache-2.0"))
    assert not any(" de " in line for line in lines[here:to_fetch])
    assert "audiobuild voices --all" in done.stdout


def test_list_fits_a_terminal_and_stays_short(tmp_path: Path, others: dict[str, str]) -> None:
    for more in ([], ["--all"], ["--language", "en"], ["--engine", "quay"]):
        lines = run_here(["voices", *more], tmp_path).stdout.splitlines()
        assert max(map(len, lines)) <= WIDTH
    assert len(run_here(["voices"], tmp_path).stdout.splitlines()) < 24 * len(engine_names())


def test_engine_whose_package_is_missing_is_one_line_with_the_command(tmp_path: Path, others: dict[str, str]) -> None:
    lines = run_here(["voices"], tmp_path).stdout.splitlines()
    assert [line.split(maxsplit=1) for line in lines if "lacking" in line] == [["lacking", other_voices.MISSING]]
    asked = run_here(["voices", "--engine", "lacking"], tmp_path).stdout
    assert "Its voices then:" in asked
    assert "Ready" not in asked


def test_warnings_and_credits_are_told_once_for_all_of_whom_they_hold(tmp_path: Path, others: dict[str, str]) -> None:
    told = run_here(["voices"], tmp_path).stdout
    assert told.count(other_voices.WARNING) == 1
    assert f"  quay low, middle: {other_voices.WARNING}\n" in told
    assert f"  quay low, middle: {other_voices.CREDIT}\n" in told


def test_language_and_engine_choose(tmp_path: Path) -> None:
    german = run_here(["voices", "--language", "de", "--json"], tmp_path)
    assert {voice["language"].partition("-")[0] for voice in json.loads(german.stdout)} == {"de"}
    espeak = run_here(["voices", "--engine", "espeak"], tmp_path).stdout
    assert sum(" espeak " in line for line in espeak.splitlines()) == len(load_engine("espeak").voices())


def test_voices_of_the_show_in_the_folder_come_first(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text('language = "en-US"\n', encoding="utf-8")
    names = [line.split()[0] for line in run_here(["voices"], tmp_path).stdout.splitlines() if " espeak " in line]
    assert names[0] == "en-us"


def test_a_language_that_nobody_speaks_and_an_unknown_engine_are_told(tmp_path: Path) -> None:
    done = run_here(["voices", "--language", "xx"], tmp_path)
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "error: no voice speaks 'xx'")
    done = run_here(["voices", "--engine", "hibary"], tmp_path)
    assert (done.returncode, "Did you mean hibari?" in done.stderr) == (1, True)


def test_json_tells_all_that_is_known_of_each(tmp_path: Path, others: dict[str, str]) -> None:
    voices: list[dict[str, Any]] = json.loads(run_here(["voices", "--json"], tmp_path).stdout)
    assert {voice["engine"] for voice in voices} == set(engine_names())
    (emma,) = (voice for voice in voices if voice["name"] == "emma")
    assert emma == {
        "engine": "hibari",
        "name": "emma",
        "language": "en-GB",
        "description": "British, female",
        "licence": "Apache-2.0",
        "credit": "",
        "warning": "",
        "is_here": False,
        "is_online": False,
        "download_bytes": 7_936_868,
        "missing": "",
    }
    (low,) = (voice for voice in voices if (voice["engine"], voice["name"]) == ("quay", "low"))
    assert (low["credit"], low["warning"], low["is_here"]) == (other_voices.CREDIT, other_voices.WARNING, True)
    assert not any(voice["is_here"] for voice in voices if voice["engine"] == "lacking")


# --- fetching -------------------------------------------------------------------------------------


def test_voice_is_fetched_whole_and_speaks_and_the_second_time_nothing_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = bundled_voice().read_bytes()
    with running_web_server(document(network)) as server:
        point_table(monkeypatch, server.address, network)
        done = run_here(["voices", "get", "emma"], tmp_path)
        assert done.returncode == 0, done.stderr
        told = done.stderr.splitlines()
        assert told[0] == "fetching emma (hibari): 7.9 MB, Apache-2.0"
        here = [re.fullmatch(r"  (\d\.\d) MB of 7\.9 MB", line) for line in told[1:]]
        steps = [float(step[1]) for step in here if step is not None]
        # How far each step goes hangs on how much the socket gives at a time.
        assert len(steps) == len(here) <= 10
        assert steps == sorted(set(steps))
        assert steps[-1] == 7.9
        assert "\x1b" not in done.stderr
        assert done.stdout == "emma (hibari) is here now; hear it: audiobuild voices try emma\n"
        assert [asked.path for asked in server.asked] == ["/bf_emma.int8.onnx"]
        assert fetched(tmp_path) == ["bf_emma.int8.onnx"]

        again = run_here(["voices", "get", "emma"], tmp_path)
        assert (again.returncode, again.stdout, again.stderr) == (0, "emma (hibari) is here already\n", "")
        assert len(server.asked) == 1
    heard = run_here(["voices", "try", "emma", "--output", "emma.flac"], tmp_path)
    assert heard.returncode == 0, heard.stderr
    listed = json.loads(run_here(["voices", "--engine", "hibari", "--json"], tmp_path).stdout)
    assert {voice["name"] for voice in listed if voice["is_here"]} == {"heart", "emma"}


def test_several_are_fetched_at_once_and_those_with_nothing_to_fetch_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_web_server(document(VOICE)) as server:
        point_table(monkeypatch, server.address)
        done = run_here(["voices", "get", "emma", "heart", "kore", "com"], tmp_path)
    assert done.returncode == 0, done.stderr
    assert [line.partition(" ")[0] for line in done.stdout.splitlines()] == ["emma", "heart", "kore", "com"]
    assert "heart (hibari) is here already" in done.stdout
    assert "com (gtts) speaks over the network: there is nothing to fetch" in done.stdout
    assert "warning: com (gtts): Google states no licence" in done.stderr
    assert fetched(tmp_path) == ["af_kore.int8.onnx", "bf_emma.int8.onnx"]


def test_an_unknown_name_among_others_names_the_nearest_and_nothing_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_web_server(document(VOICE)) as server:
        point_table(monkeypatch, server.address)
        done = run_here(["voices", "get", "emma", "fabel"], tmp_path)
        assert server.asked == []
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 2)
    assert "'fabel'" in done.stderr
    assert "Did you mean fable?" in done.stderr


def test_another_file_than_the_table_names_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running_web_server(reply(200, VOICE[::-1])) as server:
        point_table(monkeypatch, server.address)
        done = run_here(["voices", "get", "emma"], tmp_path)
    assert done.returncode == 1
    assert "its checksum is another" in done.stderr
    assert fetched(tmp_path) == []


def test_a_voice_that_was_damaged_is_fetched_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / "home/.cache/audiobuild/voices/hibari/bf_emma.int8.onnx"
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(VOICE[:-1])
    with running_web_server(document(VOICE)) as server:
        point_table(monkeypatch, server.address)
        done = run_here(["voices", "get", "emma"], tmp_path)
    assert "emma (hibari) is here now" in done.stdout
    assert damaged.read_bytes() == VOICE


def test_a_file_without_a_checksum_is_not_fetched(tmp_path: Path, others: dict[str, str]) -> None:
    done = run_here(["voices", "get", "high", "--engine", "quay"], tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("error: quay: no checksum is known of high.bin, so it is not fetched\n")


def test_what_else_a_voice_needs_is_said(tmp_path: Path, others: dict[str, str]) -> None:
    done = run_here(["voices", "get", "high", "--engine", "lacking"], tmp_path)
    assert done.stderr == f"high (lacking) also needs {other_voices.MISSING}\n"


FETCH = """
import sys
from audiobuild.cli import main
from audiobuild.engines import hibari
hibari._BASE_URL = sys.argv.pop(1) + "/"
hibari._registry()["emma"].update(sha256=sys.argv.pop(1), bytes=int(sys.argv.pop(1)))
main()
"""
"""The command line, with the table of voices led to a server of ours."""


def half(server: WebServer, visit: Visit, request: WebRequest) -> None:
    """Send half of the voice, and then nothing for as long as the server runs."""
    visit.start(200, {"Content-Length": str(len(VOICE))})
    visit.wfile.write(VOICE[: len(VOICE) // 2])
    visit.wfile.flush()
    server.finished.wait()


def test_ctrl_c_keeps_what_has_arrived_and_the_next_fetch_goes_on_from_there(tmp_path: Path) -> None:
    facts = [hashlib.sha256(VOICE).hexdigest(), str(len(VOICE))]
    with running_web_server(half, document(VOICE)) as server:
        command = [sys.executable, "-c", FETCH, server.address, *facts, "voices", "get", "emma"]
        settings: dict[str, Any] = {"cwd": tmp_path, "env": environment(tmp_path, NO_PROXY="*"), "text": True}
        with subprocess.Popen(command, stderr=subprocess.PIPE, **settings) as process:
            assert process.stderr is not None
            assert any("0.1 MB of 0.3 MB" in line for line in process.stderr)
            process.send_signal(signal.SIGINT)
            _, told = process.communicate()
        assert process.returncode == 130
        assert told.splitlines()[-1] == "stopped: what has arrived is kept; fetch it again to go on from there"
        done = subprocess.run(command, capture_output=True, **settings)
        assert (done.returncode, done.stdout.startswith("emma (hibari) is here now")) == (0, True), done.stderr
        assert server.asked[1].headers["range"] not in ("", "bytes=0-")
    assert fetched(tmp_path) == ["bf_emma.int8.onnx"]


def test_on_a_terminal_there_is_a_bar(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty")
    import os

    facts = [hashlib.sha256(VOICE).hexdigest(), str(len(VOICE))]
    ours, theirs = pty.openpty()
    with running_web_server(document(VOICE)) as server, os.fdopen(ours, "rb", buffering=0) as terminal:
        command = [sys.executable, "-c", FETCH, server.address, *facts, "voices", "get", "emma"]
        surroundings = environment(tmp_path, NO_PROXY="*", TERM="xterm", COLUMNS="90")
        done = subprocess.run(command, cwd=tmp_path, env=surroundings, stdout=subprocess.PIPE, stderr=theirs)
        os.close(theirs)
        shown = terminal.read(65_536).decode()
    assert done.returncode == 0, shown
    assert "━" in shown
    assert "0.3 MB of 0.3 MB" in shown
