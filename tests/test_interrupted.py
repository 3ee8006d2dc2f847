"""A build that is stopped: at once by Ctrl-C, or killed outright; the next one goes on from what was finished."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.building import run_here, write_edition
from tests.forked import ForkedRun

SHOW = 'title = "Tides"\n[voices.narrator]\nengine = "espeak"\n'
PARAGRAPHS = 16
STINGS = 3
ENDINGS: list[tuple[Callable[[int, int], None], int, int]] = [
    (os.killpg, signal.SIGINT, 130),
    (os.kill, signal.SIGKILL, -9),
    (os.killpg, signal.SIGHUP, 129),
    (os.kill, signal.SIGTERM, 143),
]
"""How a build is ended, and the code with which it ends."""


def edition(folder: Path) -> Path:
    """An edition that takes espeak some seconds."""
    words = "The tide came in over the flats and the boats rose with it one by one as they had every day. "
    body = "\n\n".join(f"Boat number {number} was blue. {words}" for number in range(1, PARAGRAPHS))
    return write_edition(folder / "issue", show=SHOW, ferry=f"# Boats\n\n{body}\n")


@contextlib.contextmanager
def building(folder: Path, kept: int) -> Iterator[tuple[ForkedRun, int]]:
    """A build in a group of processes of its own, and how many takes it has finished: more than were kept before."""
    process = ForkedRun(["build", edition(folder), "--store", "store"], folder)
    try:
        lines = (re.match(r"(\d+) of \d+ takes", line) for line in process.stderr)
        told = next(found for found in lines if found and int(found[1]) > max(kept, STINGS))
        assert process.returncode is None, told
        yield process, int(told[1])
    finally:
        process.end()


def only_file(folder: Path) -> bytes:
    (path,) = folder.glob("*.mp3")
    return path.read_bytes()


def finish(folder: Path) -> tuple[int, int]:
    """Build to the end; how many segments were spoken or at least encoded, and how many reused."""
    done = run_here(["build", "issue", "--store", "store", "--json"], folder)
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)["segments"]
    return counts["synthesised"] + counts["encoded"], counts["reused"]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("undisturbed")
    edition(folder)
    assert finish(folder)[1] == 0
    return only_file(folder / "output")


def test_a_build_that_is_stopped_or_killed_again_and_again_ends_in_the_same_bytes(
    tmp_path: Path, undisturbed: bytes
) -> None:
    """Ctrl-C, and a terminal that is closed, reach the workers too; who stops a service may tell its process alone."""
    kept = 0
    for send, number, code in ENDINGS:
        with building(tmp_path, kept) as (process, kept):
            send(process.pid, number)
            # Workers hold the other end of this pipe: after a kill it ends when they have seen that they are alone.
            _, told = process.communicate(patience_s=30)
        assert process.returncode == code
        assert "Traceback" not in told
        assert list((tmp_path / "output").iterdir()) == []
        if number != signal.SIGKILL:
            assert "leaked" not in told
            stopped = re.search(r"stopped: (\d+) of (\d+) takes are kept; build again to go on from there\n$", told)
            assert stopped, told
            assert kept - STINGS <= int(stopped[1]) < int(stopped[2])
    spoken, reused = finish(tmp_path)
    assert spoken > 0
    assert reused >= kept - STINGS
    assert only_file(tmp_path / "output") == undisturbed


def test_what_a_killed_build_left_of_an_episode_goes_with_the_next(tmp_path: Path) -> None:
    write_edition(tmp_path / "issue")
    (tmp_path / "output").mkdir()
    part = tmp_path / "output" / "..the-breakwater-2026-11-07.new.mp3.123.part"
    others = tmp_path / "output" / "..another.new.mp3.123.part"
    foreign = tmp_path / "output" / "episode.part"
    for path in (part, others, foreign):
        path.write_bytes(b"half an episode")
    finish(tmp_path)
    assert [path.exists() for path in (part, others, foreign)] == [False, False, True]
