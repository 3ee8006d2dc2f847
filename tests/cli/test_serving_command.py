"""The port, the folder and the command of the local server."""

from __future__ import annotations

import re
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from audiobuild.errors import ConfigError, SourceError
from audiobuild.publish.site.serving import address_of, listen, serve
from tests.building import PROGRAM, environment, run_here
from tests.website import PATIENCE_S, SOUND, Client

# --- the port and the folder ----------------------------------------------------------------------------


def test_taken_port_is_an_error_with_a_hint() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"127.0.0.1:{port}: cannot be served at .*in use") as caught:
            listen("127.0.0.1", port)
    assert "--port 0" in caught.value.hint
    listen("127.0.0.1", port).close()


@pytest.mark.parametrize("host", ["no.such.host.invalid", "a" * 300, "..", "-"])
def test_host_that_is_not_there_is_an_error(host: str) -> None:
    with pytest.raises(ConfigError):
        listen(host, 0)


def test_any_free_port_is_told_with_the_address() -> None:
    with listen("127.0.0.1", 0) as listener:
        assert re.fullmatch(r"http://127\.0\.0\.1:[1-9]\d*/", address_of(listener))


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_address_of_version_six_stands_in_brackets() -> None:
    try:
        listener = listen("::1", 0)
    except ConfigError:
        pytest.skip("no IPv6 loopback here")
    with listener:
        assert re.fullmatch(r"http://\[::1\]:[1-9]\d*/", address_of(listener))


def test_folder_that_is_missing_is_an_error_before_a_port_is_taken(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for name, complaint in (("output", "there is no such folder"), ("file", "this is a file")):
        folder = tmp_path / name
        with pytest.raises(SourceError, match=complaint) as caught:
            serve(folder, "no.such.host.invalid", 0, print)
        assert "audiobuild build" in caught.value.hint


# --- the command ----------------------------------------------------------------------------------------


def start(folder: Path, *arguments: str) -> tuple[subprocess.Popen[bytes], int]:
    """Start the command, and wait until it tells its port."""
    command = [*PROGRAM, "serve", *arguments]
    process = subprocess.Popen(
        command, cwd=folder, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    ready, _, _ = select.select([process.stdout], [], [], PATIENCE_S)
    line = process.stdout.readline().decode() if ready else ""
    found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
    if not found:
        process.kill()
        pytest.fail(f"it told no address: {line!r} {process.communicate()[1].decode()!r}")
    return process, int(found[1])


def test_command_serves_the_output_until_ctrl_c_and_then_ends_well(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / "weekly.mp3").write_bytes(SOUND)
    process, port = start(tmp_path, "--port", "0")
    try:
        assert Client(port).range("bytes=5-9").body == SOUND[5:10]
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as paused:
            paused.sendall(b"GET /weekly.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert paused.recv(12) == b"HTTP/1.1 200"
            process.send_signal(signal.SIGINT)
            told, complained = process.communicate(timeout=PATIENCE_S)
        assert (process.returncode, told, complained) == (0, b"", b"")
    finally:
        process.kill()
        process.communicate()
    listen("127.0.0.1", port).close()


def test_command_tells_of_a_taken_port_and_a_missing_folder_in_a_line_and_a_hint(tmp_path: Path) -> None:
    missing = run_here(["serve", "lost"], tmp_path)
    assert (missing.returncode, missing.stdout) == (1, "")
    assert missing.stderr.splitlines()[0] == "error: lost: there is no such folder"
    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        refused = run_here(["serve", ".", "--port", port], tmp_path)
    assert (refused.returncode, refused.stdout, len(refused.stderr.splitlines())) == (1, "", 2)
    assert f"127.0.0.1:{port}: cannot be served at" in refused.stderr
    assert run_here(["serve", ".", "--port", "65536"], tmp_path).returncode == 2


def test_command_line_imports_the_server_only_to_serve(tmp_path: Path) -> None:
    code = "import sys, audiobuild.cli; sys.exit(bool({'uvicorn', 'starlette', 'anyio'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment(tmp_path), check=False)
    assert done.returncode == 0
