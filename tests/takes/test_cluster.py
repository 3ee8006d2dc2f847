"""A cluster makes what this machine would make, to the byte, whatever becomes of its workers; or says why it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import audiobuild
from audiobuild.build.article_archive import build_archive
from audiobuild.build.options import Options
from audiobuild.cli.terminal import Terminal
from audiobuild.errors import AudiobuildError, ConfigError, EngineError, NetworkOffline
from audiobuild.model.values import Sting, Take, Voice
from audiobuild.publish.output.archive_ledger import LEDGER_FILE
from audiobuild.store.artefacts import Store
from audiobuild.takes import cluster
from audiobuild.takes.cluster import ClusterSettings
from audiobuild.takes.jobs import Job
from audiobuild.takes.render import render
from audiobuild.takes.tasks import find_difference, worker_environment
from audiobuild.takes.workers import render_all
from tests.building import tree, write_edition
from tests.dask_processes import Forked, Machines, machines, start_afresh
from tests.jobs import SILENT, job, segment
from tests.signals import as_wav, tone

QUIET = Terminal(quiet=True)


class Lasting:
    """Machines that several tests use: what one of them has ended starts again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: list[Iterator[Machines]] = []
        self._machines: Machines | None = None

    def get(self, *workers: str) -> Machines:
        if self._machines is None or self._machines.scheduler.poll() is not None:
            self.end()
            context = machines(self.folder / str(len(self._opened)), workers, Forked)
            self._machines = context.__enter__()
            self._end = context.__exit__
        self._machines.restore(*workers)
        return self._machines

    def end(self) -> None:
        if self._machines is not None:
            self._end(None, None, None)
            self._machines = None


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lasting]:
    found = Lasting(tmp_path_factory.mktemp("machines"))
    yield found
    found.end()


def some_jobs(store: Path) -> list[Job]:
    """Paragraphs of four articles."""
    items = [replace(segment(f"{place} boats came in. " * 2), source=f"{place // 4}.md") for place in range(16)]
    return [job(item, store, f"job {index}") for index, item in enumerate(items)]


def made(jobs: list[Job], address: str, **resources: str) -> dict[str, Take]:
    settings = ClusterSettings(address, tuple(resources.items()))
    return {take.key: take for take in render_all(jobs, 1, QUIET, cluster=settings)}


def contents(store: Path) -> dict[str, bytes]:
    """Read what is in a store, and not what a worker that was killed had begun to write."""
    paths = (path for path in store.rglob("*") if path.is_file() and path.suffix != ".part")
    return {path.relative_to(store).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Take], dict[str, bytes]]:
    """What this machine makes of the jobs."""
    store = tmp_path_factory.mktemp("here") / "store"
    takes = {each.key: render(each) for each in some_jobs(store)}
    return takes, contents(store)


def test_one_worker_and_two_make_the_bytes_of_this_machine(
    lasting: Lasting, here: tuple[dict[str, Take], dict[str, bytes]], tmp_path: Path
) -> None:
    for workers in (("one",), ("one", "two")):
        store = tmp_path / f"{len(workers)}" / "store"
        store.parent.mkdir()
        takes = made(some_jobs(store), lasting.get(*workers).address)
        assert (takes, contents(store)) == here


def test_a_sting_which_is_a_file_of_this_machine_is_made_here(lasting: Lasting, tmp_path: Path) -> None:
    path = tmp_path / "sting.wav"
    path.write_bytes(as_wav(tone(20_000)))
    sting = job(Sting(path, 5), tmp_path / "store", "sting")
    takes = made([sting, some_jobs(tmp_path / "store")[0]], lasting.get("one", "two").address)
    assert takes[sting.key] == render(replace(sting, store=tmp_path / "another"))


def test_an_archive_on_a_cluster_is_the_one_that_this_machine_makes(lasting: Lasting, tmp_path: Path) -> None:
    folder = write_edition(tmp_path / "archive")
    address = lasting.get("one", "two").address
    for name, cluster_address in (("here", ""), ("far", address)):
        given = {"output": tmp_path / name, "store": tmp_path / f"{name} store", "workers": 1, "each": True}
        result = build_archive(Options((folder,), cluster=cluster_address, **given))  # type: ignore[arg-type]
        assert (result.made, result.failed) == (2, ())
    trees = [{n: data for n, data in tree(tmp_path / name).items() if n != LEDGER_FILE} for name in ("here", "far")]
    assert trees[0] == trees[1]


def test_an_error_comes_out_as_it_is_and_where_it_is_borne_all_others_are_made(
    lasting: Lasting, tmp_path: Path
) -> None:
    settings = ClusterSettings(lasting.get("one", "two").address)
    good = some_jobs(tmp_path / "store")
    bad = job(segment("…"), tmp_path / "store", "bad")
    with pytest.raises(EngineError, match="nothing to say"):
        list(render_all([*good, bad], 1, QUIET, cluster=settings))
    missing: list[Job] = []
    takes = list(render_all([bad, *good], 1, QUIET, lambda job, _: missing.append(job), cluster=settings))
    assert [each.key for each in missing] == [bad.key]
    assert {take.key for take in takes} == {each.key for each in good}


def test_a_worker_that_is_killed_costs_no_take(
    lasting: Lasting, here: tuple[dict[str, Take], dict[str, bytes]], tmp_path: Path
) -> None:
    found = lasting.get("one", "two")
    store = tmp_path / "store"
    making = render_all(some_jobs(store), 1, QUIET, cluster=ClusterSettings(found.address))
    takes = [next(making)]
    found.workers["one"].kill()
    takes += making
    assert ({take.key: take for take in takes}, contents(store)) == here


def refusal(jobs: list[Job], address: str, **resources: str) -> AudiobuildError:
    with pytest.raises(AudiobuildError) as caught:
        made(jobs, address, **resources)
    return caught.value


def test_a_worker_of_another_version_is_refused_by_its_name(
    lasting: Lasting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To a newer build, every worker is one of another version."""
    own = audiobuild.__version__
    monkeypatch.setattr(audiobuild, "__version__", "99.0")
    error = refusal(some_jobs(tmp_path / "store"), lasting.get("two").address)
    assert isinstance(error, ConfigError)
    assert error.where.startswith("tcp://127.0.0.1:")
    assert error.message == f"this worker is refused: it has audiobuild {own}, where this is 99.0"


LESS = """import importlib.metadata
all_of = importlib.metadata.entry_points
def entry_points(**asked):
    found = all_of(**asked)
    return [each for each in found if each.name != "silent"] if asked.get("group") == "audiobuild.engines" else found
importlib.metadata.entry_points = entry_points
"""
"""What a worker runs as it starts, so that its installation is one without the engine."""


def test_a_worker_without_the_engine_is_refused_by_its_name(lasting: Lasting, tmp_path: Path) -> None:
    from distributed import Client

    found = lasting.get("two")
    (tmp_path / "sitecustomize.py").write_text(LESS, encoding="utf-8")
    found.add("bare", "--worker-port", "0", start=start_afresh, PYTHONPATH=str(tmp_path))
    found.wait(2)
    with Client(found.address, set_as_default=False) as client:
        workers = client.scheduler_info(n_workers=-1)["workers"]
    error = refusal(some_jobs(tmp_path / "store"), found.address)
    assert workers[error.where]["name"] == "bare"
    assert error.message == "this worker is refused: it cannot speak with silent: there is no engine 'silent'"
    found.remove("bare")


def test_a_worker_says_which_engine_package_or_store_it_lacks(tmp_path: Path) -> None:
    expected = worker_environment([SILENT], "en-GB")
    store = Store(tmp_path)
    store.put("probes/there", b"")
    assert find_difference(expected, tmp_path, "probes/there") == ""
    assert find_difference(expected, tmp_path, "probes/gone") == f"it does not see the store {tmp_path}"
    strange = replace(expected, voices=((Voice("nobody"), "nobody 1"),))
    assert find_difference(strange, tmp_path, "") == "it cannot speak with nobody: there is no engine 'nobody'"
    another = replace(expected, voices=((SILENT, "silent 0"),))
    assert find_difference(another, tmp_path, "").startswith("its silent is another: ")
    other_numpy = replace(
        expected, packages=tuple((name, "0" if name == "numpy" else v) for name, v in expected.packages)
    )
    assert "where this is 0" in find_difference(other_numpy, tmp_path, "")


def test_what_an_engine_asks_for_and_no_worker_has_is_an_error(lasting: Lasting, tmp_path: Path) -> None:
    error = refusal(some_jobs(tmp_path / "store"), lasting.get("two").address, silent="GPU=1")
    assert (error.message, '--resources "GPU=1"' in error.hint) == ("no worker has GPU=1, for which silent asks", True)


def test_a_scheduler_that_is_lost_is_one_clear_error_and_the_next_run_goes_on(
    lasting: Lasting,
    here: tuple[dict[str, Take], dict[str, bytes]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster, "CONNECT_S", 1)
    found = lasting.get("two")
    jobs = some_jobs(tmp_path / "store")
    making = render_all(jobs, 1, QUIET, cluster=ClusterSettings(found.address))
    first = next(making)
    found.scheduler.kill()
    with pytest.raises(NetworkOffline, match="the scheduler of the cluster is gone") as caught:
        list(making)
    assert caught.value.where == found.address
    error = refusal(jobs, found.address)
    assert (type(error), error.message) == (NetworkOffline, "the scheduler cannot be reached")
    rest = [each for each in jobs if each.key != first.key]
    takes = {each.key: render(each) for each in rest}
    assert (takes | {first.key: first}, contents(tmp_path / "store")) == here
