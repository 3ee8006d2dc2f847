"""What a worker is given to do: several jobs together, and on a cluster only where it makes the same sound (layer 3).

A worker of a cluster may be another machine, with other packages and other voices than the one that asks. So it says
what it has before the work begins, and holds every task against what it is expected to have.
"""

from __future__ import annotations

import platform
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeAlias

import audiobuild
from audiobuild.engines.registry import open_engine
from audiobuild.errors import AudiobuildError, ConfigError, EngineError
from audiobuild.model.values import Take, Voice
from audiobuild.store.artefacts import Store
from audiobuild.takes.jobs import Job

Outcome: TypeAlias = Take | EngineError | None
"""A take, or why there is none; None for a take that is to be read from the store."""

_SOUND_PACKAGES = ("lameenc", "numpy", "onnxruntime", "soundfile", "soxr")
"""What the bytes of a take depend on, beside engines."""
_one_at_a_time = threading.Lock()
"""Engines keep state: no two threads of a worker speak at once."""


@dataclass(frozen=True, slots=True)
class WorkerEnvironment:
    """What a worker must have in common with whoever gives it work."""

    program: str
    """audiobuild's version."""
    packages: tuple[tuple[str, str], ...]
    """Names and versions of what makes the sound."""
    voices: tuple[tuple[Voice, str], ...]
    """Each voice, and the fingerprint of its engine."""
    locale: str


def worker_environment(voices: Sequence[Voice], locale: str) -> WorkerEnvironment:
    """Say what this process has, as far as it matters for some voices.

    Raises:
        AudiobuildError: one of them cannot speak here.
    """
    marks = tuple((voice, open_engine(voice, locale).fingerprint) for voice in voices)
    packages = (("python", ".".join(platform.python_version_tuple()[:2])), *((p, _version(p)) for p in _SOUND_PACKAGES))
    return WorkerEnvironment(audiobuild.__version__, packages, marks, locale)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def find_difference(expected: WorkerEnvironment, store: Path | str, probe: str) -> str:
    """Say in what this process is not as it is expected to be; empty where it is.

    Args:
        store: where takes are kept.
        probe: the key of an artefact that is in it; empty where that is not asked.
    """
    if expected.program != audiobuild.__version__:
        return f"it has audiobuild {audiobuild.__version__}, where this is {expected.program}"
    for name, there in _other_packages(expected):
        return f"it has {name} {there or 'not at all'}, where this is {dict(expected.packages)[name]}"
    for voice, mark in expected.voices:
        try:
            own = open_engine(voice, expected.locale).fingerprint
        except AudiobuildError as error:
            return f"it cannot speak with {voice.engine}: {error.message}"
        if own != mark:
            return f"its {voice.engine} is another: {own!r}, where this is {mark!r}"
    try:
        is_seen = not probe or Store(store).has(probe)
    except AudiobuildError as error:
        return f"it cannot read the store ({error})"
    return "" if is_seen else f"it does not see the store {store}"


def _other_packages(expected: WorkerEnvironment) -> list[tuple[str, str]]:
    own = worker_environment((), expected.locale).packages
    return [each for each, wanted in zip(own, expected.packages, strict=True) if each != wanted]


def calibrate(job: Job) -> None:
    """Measure the level of a job's voice, as `render.calibrate` does."""
    from audiobuild.takes import render  # with codecs, which a process that only gives out work does without

    render.calibrate(job)


def fetch(job: Job) -> None:
    """Have the text of a job spoken, as `render.fetch` does."""
    from audiobuild.takes import render

    render.fetch(job)


def fetch_calibration(job: Job) -> None:
    """Have the calibration text spoken, as `render.fetch_calibration` does."""
    from audiobuild.takes import render

    render.fetch_calibration(job)


def render_each(jobs: Sequence[Job], *, keep_going: bool = False) -> list[Outcome]:
    """Make the takes of some jobs, one after the other.

    Args:
        keep_going: whether the others are made where one cannot be spoken.

    Raises:
        AudiobuildError: the first that a job raised, unless that is borne.
    """
    from audiobuild.takes.render import render

    done: list[Outcome] = []
    for job in jobs:
        try:
            done.append(render(job))
        except EngineError as error:
            if not keep_going:
                raise
            done.append(error)
    return done


def carry_out(expected: WorkerEnvironment, call: Callable[..., Any], *arguments: Any) -> Any:
    """Make a call on a worker of a cluster, if it is as expected.

    Raises:
        ConfigError: it is not; it is named.
        AudiobuildError: what the call raised.
    """
    difference = _difference(expected)
    if difference:
        from distributed import get_worker

        raise unlike_worker(str(get_worker().address), difference)
    with _one_at_a_time:
        return call(*arguments)


@cache
def _difference(expected: WorkerEnvironment) -> str:
    return find_difference(expected, Path(), "")


def unlike_worker(worker: str, difference: str) -> ConfigError:
    """Make the error for a worker that is given no work."""
    hint = "Give every machine of the cluster the same installation, or stop that worker."
    return ConfigError(f"this worker is refused: {difference}", worker, hint)


def render_remotely(jobs: Sequence[Job], keep_going: bool) -> list[Outcome]:
    """Make takes as `render_each` does, and hand back none of them: they are in the store."""
    return [None if isinstance(each, Take) else each for each in render_each(jobs, keep_going=keep_going)]
