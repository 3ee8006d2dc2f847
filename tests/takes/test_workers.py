"""Workers make every take, whole and alike however many they are, and none outlives its work."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from audiobuild.cli.terminal import Terminal
from audiobuild.errors import EngineError, OutputError, SoundError
from audiobuild.model.values import Segment, Sting, Take, Voice
from audiobuild.store.artefacts import Store
from audiobuild.takes.jobs import Job
from audiobuild.takes.processes import default_workers, open_pool, run_in_process
from audiobuild.takes.render import render
from audiobuild.takes.stored_takes import read_sound, read_take
from audiobuild.takes.workers import render_all
from tests.jobs import SILENT, job, segment
from tests.signals import as_wav, tone

TEXTS = ("One.", "Two, three.", "Four five six.", "Seven, eight, nine; ten.")
LONG = "The tide came in over the flats and the boats rose with it one by one. " * 5


def some_jobs(store: Path) -> list[Job]:
    path = store.with_name("sting.wav")
    path.write_bytes(as_wav(tone(20_000)))
    items: list[Segment | Sting] = [segment(text) for text in TEXTS]
    items += [segment("Eleven.", Voice("espeak")), Sting(path, 5)]
    return [job(item, store, f"job {index}") for index, item in enumerate(items)]


def long_jobs(store: Path) -> list[Job]:
    """More than two workers have done by the time the first is done."""
    return [job(segment(f"{LONG} {number}"), store, f"job {number}") for number in range(30)]


def contents(store: Path) -> dict[str, bytes]:
    return {path.relative_to(store).as_posix(): path.read_bytes() for path in store.rglob("*") if path.is_file()}


def blocked_signals() -> set[signal.Signals]:
    return {signal.Signals(number) for number in signal.pthread_sigmask(signal.SIG_BLOCK, ())}


PROGRESS = Terminal(quiet=True)


def workers_of(before: set[multiprocessing.process.BaseProcess]) -> list[multiprocessing.process.BaseProcess]:
    return [process for process in multiprocessing.active_children() if process not in before]


def assert_ended(processes: list[multiprocessing.process.BaseProcess]) -> None:
    assert processes
    assert [process for process in processes if process.is_alive()] == []
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process.pid or 0, 0)


def test_one_worker_and_two_and_none_make_the_same_bytes(tmp_path: Path) -> None:
    stores = [tmp_path / name / "store" for name in ("here", "one", "two")]
    for store in stores:
        store.mkdir(parents=True)
    made: list[dict[str, Take]] = [{each.key: render(each) for each in some_jobs(stores[0])}]
    for count in (1, 2):
        before = set(multiprocessing.active_children())
        made.append({take.key: take for take in render_all(some_jobs(stores[count]), count, PROGRESS)})
        assert workers_of(before) == []
    assert made[0] == made[1] == made[2]
    assert contents(stores[0]) == contents(stores[1]) == contents(stores[2])


def test_every_take_is_in_the_store_when_it_is_given(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    given = 0
    for take in render_all(some_jobs(store.root), 2, PROGRESS):
        assert read_take(store, take.key) == take
        assert read_sound(store, take.key)
        given += 1
    assert given == 6


def test_no_jobs_make_no_takes_and_no_processes() -> None:
    before = set(multiprocessing.active_children())
    assert list(render_all([], 2, PROGRESS)) == []
    assert workers_of(before) == []


@pytest.mark.parametrize(
    ("voice", "text"),
    [
        pytest.param(SILENT, "…", id="a text without a word"),
        pytest.param(Voice("silent", "nobody"), "One.", id="no such voice"),
    ],
)
def test_the_error_of_a_job_comes_out_as_it_is(voice: Voice, text: str, tmp_path: Path) -> None:
    bad = job(segment(text, voice), tmp_path / "store", "bad")
    with pytest.raises(EngineError) as inside:
        render(bad)
    before = set(multiprocessing.active_children())
    with pytest.raises(EngineError) as outside:
        list(render_all([*some_jobs(tmp_path / "store"), bad], 2, PROGRESS))
    assert (outside.value.message, outside.value.where, outside.value.hint) == inside.value.args
    assert workers_of(before) == []


def test_a_sting_that_is_no_sound_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.wav"
    path.write_bytes(b"not a sound")
    with pytest.raises(SoundError) as caught:
        list(render_all([job(Sting(path, 5), tmp_path / "store")], 2, PROGRESS))
    assert caught.value.where == str(path)


def test_a_store_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="below one"):
        list(render_all([job(segment("One."), tmp_path / "file" / "store")], 1, PROGRESS))


def test_a_caller_who_stops_early_leaves_no_worker_behind_and_a_whole_store(tmp_path: Path) -> None:
    before = set(multiprocessing.active_children())
    jobs = long_jobs(tmp_path / "store")
    takes = render_all(jobs, 2, PROGRESS)
    first = next(takes)
    workers = workers_of(before)
    takes.close()  # type: ignore[attr-defined]  # it is a generator
    assert_ended(workers)
    store = Store(tmp_path / "store")
    done = [each.key for each in jobs if read_take(store, each.key)]
    assert first.key in done
    assert len(done) < len(jobs)


def test_processes_of_others_are_left_alone(tmp_path: Path) -> None:
    """The caller may have processes of its own; to stop early ends the workers only."""
    here, there = multiprocessing.Pipe()
    other = multiprocessing.get_context("spawn").Process(target=there.recv)
    other.start()
    try:
        takes = render_all(long_jobs(tmp_path / "store"), 1, PROGRESS)
        next(takes)
        takes.close()  # type: ignore[attr-defined]  # it is a generator
        assert other.is_alive()
        here.send("done")
        other.join(20)
        assert other.exitcode == 0
    finally:
        other.kill()
        other.join()


def test_a_worker_that_is_killed_is_an_error_and_the_others_end(tmp_path: Path) -> None:
    before = set(multiprocessing.active_children())
    takes = render_all(long_jobs(tmp_path / "store"), 2, PROGRESS)
    next(takes)
    workers = workers_of(before)
    workers[0].kill()
    with pytest.raises(OutputError, match="ended from outside") as caught:
        list(takes)
    assert "fewer" in caught.value.hint
    assert_ended(workers)


def test_there_is_at_least_one_worker_and_no_more_than_processors() -> None:
    assert 1 <= default_workers() <= (os.cpu_count() or 1)


def test_workers_are_born_deaf_to_ctrl_c_and_their_parent_is_not() -> None:
    """What comes while they start would end them with a traceback, before they could ask to be spared."""
    with run_in_process(blocked_signals) as ask:
        assert {signal.SIGINT, signal.SIGHUP} <= ask()
    assert not {signal.SIGINT, signal.SIGHUP} & blocked_signals()


def test_what_ends_a_build_waits_until_a_worker_is_born(monkeypatch: pytest.MonkeyPatch) -> None:
    born = []
    with open_pool(1) as pool:

        def interrupted() -> None:
            signal.raise_signal(signal.SIGINT)
            born.append(pool)

        monkeypatch.setattr(pool, "_adjust_process_count", interrupted)
        monkeypatch.setattr(pool, "_start_executor_manager_thread", lambda: None)  # which would wait for a process
        before = signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored in the background
        try:
            with pytest.raises(KeyboardInterrupt):
                pool.submit(int)
        finally:
            signal.signal(signal.SIGINT, before)
    assert born == [pool]
