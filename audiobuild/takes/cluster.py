"""Workers on other machines, which a scheduler of Dask's gives work to (layer 3).

Nothing of how work is handed out is ours: what is asked for goes through the client's own `concurrent.futures`
interface. Takes go into the store, which all machines reach; what passes the scheduler is texts and keys.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from audiobuild.engines.registry import open_engine
from audiobuild.errors import ConfigError, NetworkOffline
from audiobuild.model.values import Segment, Voice
from audiobuild.store.artefacts import Store, address
from audiobuild.takes.jobs import Job
from audiobuild.takes.tasks import WorkerEnvironment, carry_out, find_difference, unlike_worker, worker_environment

if TYPE_CHECKING:
    from distributed import Client

_MOST_TASK_CHARS = 6000
"""Of text in one task, where its voice is fast: some six minutes of speech."""
CONNECT_S = 10
_MOST_ALONE_S = 300
"""How long a scheduler may be without workers, which come back where something else starts them."""
MOST_KILLS = 10
"""How many times a task is given out again that was on workers which died; Dask's own patience is four workers."""


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """Which cluster, and what of it."""

    scheduler: str
    """Its address, such as tcp://10.0.0.1:8786."""
    resources: tuple[tuple[str, str], ...] = ()
    """What engines ask for beside what they ask for themselves, as "GPU=1", by their names."""


@dataclass
class Cluster:
    """The workers of a scheduler, as long as a build needs them."""

    settings: ClusterSettings
    voices: Sequence[Voice]
    locale: str
    store: Store
    _client: Client = field(init=False)
    _environment: WorkerEnvironment = field(init=False)
    _seen_s: float = field(default_factory=time.monotonic)
    """When there were workers."""
    _executors: dict[tuple[tuple[str, float], ...], Executor] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the workers.

        Raises:
            ConfigError: Dask is not installed, or a worker is not as this machine is.
            NetworkOffline: the scheduler cannot be reached, or has no workers.
        """
        self._environment = worker_environment(self.voices, self.locale)
        self._client = _connect(self.settings.scheduler)
        try:
            self._check()
        except BaseException:
            self.close()
            raise

    def _check(self) -> None:
        probe = address("probes", cluster=uuid.uuid4().hex)
        self.store.put(probe, b"")
        try:
            said = self._client.run(find_difference, self._environment, self.store.where, probe, on_error="return")
        except (OSError, ValueError) as error:
            raise self.lost() from error
        finally:
            self.store.drop(probe)
        if not said:
            hint = "Start some: audiobuild does not; `dask worker ADDRESS --nworkers 4 --nthreads 1`."
            raise NetworkOffline("the scheduler has no workers", self.settings.scheduler, hint)
        for worker, difference in sorted(said.items()):
            if isinstance(difference, ImportError):
                raise unlike_worker(worker, f"it has no audiobuild that this one could use ({difference})")
            if difference:
                raise unlike_worker(worker, str(difference))
        self._check_resources()

    def _check_resources(self) -> None:
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        for engine in dict.fromkeys(voice.engine for voice in self.voices):
            wanted = dict(self._wanted(engine))
            if wanted and not any(_has(worker["resources"], wanted) for worker in workers):
                asked = ",".join(f"{name}={count:g}" for name, count in wanted.items())
                hint = f'Start workers that have it: dask worker ADDRESS --resources "{asked}".'
                raise ConfigError(f"no worker has {asked}, for which {engine} asks", self.settings.scheduler, hint)

    def submit(self, engine: str, call: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Have a call made by a worker on which an engine may speak."""
        return self.executor(engine).submit(carry_out, self._environment, call, *arguments)

    def executor(self, engine: str) -> Executor:
        """Give what hands out work for an engine."""
        wanted = self._wanted(engine)
        if wanted not in self._executors:
            self._executors[wanted] = self._client.get_executor(pure=False, resources=dict(wanted))
        return self._executors[wanted]

    def tasks(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, ...]]:
        """Put jobs together that are done in one go: paragraphs of one article, where their voice is fast."""
        by_article: dict[tuple[str, Voice | None], list[Job]] = {}
        for job in jobs:
            source = job.item.source if isinstance(job.item, Segment) else ""
            by_article.setdefault((source, job.voice), []).append(job)
        for (_, voice), together in by_article.items():
            if voice and open_engine(voice, self.locale).abilities.slow:
                yield from ((job,) for job in together)
            else:
                yield from _of_size(together)

    def count(self) -> int:
        """Count the workers there are now.

        Raises:
            NetworkOffline: the scheduler is gone.
        """
        if self._client.status != "running":
            raise self.lost()
        return len(self._client.scheduler_info(n_workers=-1)["workers"])

    def is_killed(self, error: BaseException) -> bool:
        """Say whether a task was on workers that died, and is none the worse for it."""
        from distributed import KilledWorker

        return isinstance(error, KilledWorker)

    def look(self) -> None:
        """See whether anybody is still at work.

        Raises:
            NetworkOffline: the scheduler is gone, or has had no workers for a long while.
        """
        if self._client.status != "running":
            raise self.lost()
        try:
            workers = self._client.scheduler_info()["workers"]
        except (OSError, ValueError) as error:
            raise self.lost() from error
        if workers:
            self._seen_s = time.monotonic()
        elif time.monotonic() - self._seen_s > _MOST_ALONE_S:
            hint = "Start some, and build again: it goes on from what is done."
            raise NetworkOffline("the scheduler has no workers any more", self.settings.scheduler, hint)

    def lost(self) -> NetworkOffline:
        """Make the error for a scheduler that is gone."""
        hint = "See that it runs, and build again: it goes on from what is done."
        return NetworkOffline("the scheduler of the cluster is gone", self.settings.scheduler, hint)

    def close(self) -> None:
        """Let the workers go; what they have not begun is dropped."""
        for executor in self._executors.values() if self._client.status == "running" else ():
            executor.shutdown(wait=False)
        self._client.close()

    def _wanted(self, engine: str) -> tuple[tuple[str, float], ...]:
        """What an engine asks for: what it says itself, and what the show says of it."""
        own = next((open_engine(v, self.locale).abilities.resources for v in self.voices if v.engine == engine), ())
        said = dict(self.settings.resources).get(engine, "")
        pairs = (each.partition("=") for each in said.split(",") if each)
        return tuple(sorted({**dict(own), **{name.strip(): float(count or 1) for name, _, count in pairs}}.items()))


def _connect(scheduler: str) -> Client:
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        hint = "Install it: pip install 'audiobuild[cluster]'."
        raise ConfigError("Dask is not installed, which a cluster needs", "--cluster", hint) from error
    for name in [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "distributed"]:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what is wrong is told once, in our words
    dask.config.set({"distributed.comm.timeouts.connect": f"{CONNECT_S}s"})
    try:
        return Client(scheduler, timeout=CONNECT_S, set_as_default=False)
    except ValueError as error:
        raise ConfigError(f"this is no address of a scheduler ({error})", scheduler, _LIKE) from error
    except OSError as error:
        raise NetworkOffline("the scheduler cannot be reached", scheduler, f"See that it runs. {_LIKE}") from error


_LIKE = "Its address is like tcp://10.0.0.1:8786."


def _has(there: Mapping[str, float], wanted: Mapping[str, float]) -> bool:
    return all(there.get(name, 0) >= count for name, count in wanted.items())


def _of_size(jobs: Iterable[Job]) -> Iterator[tuple[Job, ...]]:
    """Cut jobs into tasks of a bearable length."""
    together: list[Job] = []
    chars = 0
    for job in jobs:
        size = len(job.item.spoken.text) if isinstance(job.item, Segment) else 0
        if together and chars + size > _MOST_TASK_CHARS:
            yield tuple(together)
            together, chars = [], 0
        together.append(job)
        chars += size
    yield tuple(together)
