"""Give every reader input that means harm, for so many minutes, and say what came of it.

    scripts/fuzz [--minutes N] [--seed N] [--target NAME]... [--record]
    scripts/fuzz --slow [--minutes N] [--target NAME]...
    scripts/fuzz --properties [PYTEST ARGUMENTS]

Inputs are made of the seeds of tests/fuzzing.py, by changes to them and by Hypothesis. Each target runs in a process of
its own, so that one that crashes is told as well. A failure is any error but our own, a second of processor time, or
400 MB; its input is kept in tests/cases/fuzz, where the tests try it from then on. `--record` adds the numbers to
docs/trust.md. `--slow` gives every reader and pattern its worst strings, in two lengths (fuzz_slow.py), for ten minutes
unless it is told how many.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import hashlib
import json
import mmap
import os
import random
import re
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from fuzz_inputs import FRAGMENTS, mutated  # noqa: E402  # the tests are found by the line above
from fuzz_papers import read_paper  # noqa: E402
from slow_documents import DOCUMENTS  # noqa: E402

from tests.fuzzing import CASES, TARGETS, Target, survives  # noqa: E402

MOST_S, MOST_MB = 1.0, 400
_NAMES = [*TARGETS, *(name for name in DOCUMENTS if name not in TARGETS)]
_HANGS_S = 30
_ADDRESSES_BYTES = 4_000_000_000
_SHARED_BYTES = 1 << 20
_HYPOTHESIS_SHARE = 0.2
_EXAMPLES = 200
_PROCESSES = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
_ROW = re.compile(r"^\| ([\w-]+) +\| +([\d,]+) \|$", re.MULTILINE)


class Hangs(BaseException):
    """An input is still being read after half a minute of the processor's time."""


def main() -> None:
    """Run what was asked for; exit 1 where anything failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, help="2, if not given; with --slow 10")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parser.add_argument("--target", action="append", choices=_NAMES, help="may be repeated; all, if not given")
    parser.add_argument("--record", action="store_true", help="add the numbers to docs/trust.md")
    parser.add_argument("--slow", action="store_true", help="time worst strings instead")
    asked = parser.parse_args()
    if asked.slow:
        from fuzz_slow import report_slow

        sys.exit(report_slow(asked.target or _NAMES, 60 * (asked.minutes or 10)))
    names = [name for name in asked.target or TARGETS if name in TARGETS]
    print(f"seed {asked.seed}", flush=True)
    failed = 0
    counts = {}
    for name in names:
        count, failures = _watched(name, asked.seed, 60 * (asked.minutes or 2) / len(names))
        counts[name] = count
        failed += len(failures)
        print(f"{name:16} {count:9,} inputs, {len(failures)} failures", flush=True)
        for place, told in failures.items():
            print(f"  {place}: {told}", flush=True)
    print(f"{sum(counts.values()):,} inputs, {failed} failures; seed {asked.seed}")
    if asked.record:
        _record(counts)
    sys.exit(1 if failed else 0)


def _watched(name: str, seed: int, seconds: float) -> tuple[int, dict[str, str]]:
    """Try a target in a process of its own; how many inputs it was given, and where those lie that failed, and why."""
    shared = mmap.mmap(-1, _SHARED_BYTES)
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        with os.fdopen(tell, "w", encoding="utf-8") as pipe:
            json.dump(_tried(name, seed, seconds, shared), pipe)
        os._exit(0)
    os.close(tell)
    with os.fdopen(told, encoding="utf-8") as pipe:
        result = pipe.read()
    _, status = os.waitpid(child, 0)
    if status == 0:
        count, failures = json.loads(result)
        return count, failures
    length, count = (int.from_bytes(shared[place : place + 8]) for place in (0, 8))
    return count, {_kept(name, shared[16 : 16 + length]): f"the process ended by signal {os.WTERMSIG(status)}"}


def _tried(name: str, seed: int, seconds: float, shared: mmap.mmap) -> tuple[int, dict[str, str]]:
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES_BYTES, _ADDRESSES_BYTES))
    signal.signal(signal.SIGPROF, _interrupt)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # decoders in C write what they think of their input
    target, trial = TARGETS[name], Trial(name, shared)
    if name == "pdf":
        target = dataclasses.replace(target, call=read_paper)
    survives(target, target.seeds()[0])  # so that no input is charged with what is loaded once
    lot = random.Random(f"{name} {seed}")
    end = time.monotonic() + seconds * (1 - _HYPOTHESIS_SHARE)
    while time.monotonic() < end:
        trial.give(target, mutated(target.seeds(), lot, is_text=target.is_text))
    end += seconds * _HYPOTHESIS_SHARE
    while time.monotonic() < end:
        _by_hypothesis(trial, target, lot.randrange(1 << 30))
    return trial.count, trial.failures


class Trial:
    """Inputs given to a target, and what failed of them."""

    def __init__(self, name: str, shared: mmap.mmap) -> None:
        self.count = 0
        self.failures: dict[str, str] = {}
        """By the file that keeps the input."""
        self._name, self._shared = name, shared
        self._causes: set[str] = set()
        self._peak_kb = 1000.0 * MOST_MB

    def give(self, target: Target, data: bytes) -> bool:
        """Give it an input; whether it came through."""
        self.count += 1
        self._shared[:16] = len(data).to_bytes(8) + self.count.to_bytes(8)
        self._shared[16 : 16 + len(data)] = data
        signal.setitimer(signal.ITIMER_PROF, _HANGS_S)
        began_s = _processor_s()
        cause = told = ""
        try:
            survives(target, data)
        except (Exception, Hangs) as error:
            cause = " ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in _frames(error)[-2:])
            told = f"{type(error).__name__}: {str(error)[:80]} ({cause})"
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        spent_s = _processor_s() - began_s
        peak_kb = max(resource.getrusage(each).ru_maxrss for each in _PROCESSES)
        if not told and spent_s > MOST_S and (spent_s := _spent_s(target, data)) > MOST_S:
            cause, told = "time", f"{spent_s:.1f} s"
        if not told and peak_kb > self._peak_kb:
            self._peak_kb, told, cause = 1.2 * peak_kb, f"{peak_kb / 1000:.0f} MB", f"memory {peak_kb}"
        if told and cause not in self._causes:
            self._causes.add(cause)
            self.failures[_kept(self._name, data)] = told
        return not told


def _spent_s(target: Target, data: bytes) -> float:
    """Time an input once more: what it had loaded, and is loaded once, is not charged to it."""
    began_s = _processor_s()
    survives(target, data)
    return _processor_s() - began_s


def _processor_s() -> float:
    """Say what this process and those that it started have taken so far."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, _PROCESSES))


def _frames(error: BaseException) -> list[traceback.FrameSummary]:
    return [frame for frame in traceback.extract_tb(error.__traceback__) if "fuzz" not in frame.filename]


def _by_hypothesis(trial: Trial, target: Target, number: int) -> None:
    """Let Hypothesis make inputs up: of fragments and any letters, or of any bytes behind a seed's head."""
    from hypothesis import HealthCheck, given, seed, settings
    from hypothesis import strategies as st

    part = st.one_of(st.sampled_from(FRAGMENTS), st.sampled_from(FRAGMENTS), st.text(max_size=20))
    text = st.lists(part, max_size=60).map(lambda parts: "".join(parts).encode("utf-8", errors="surrogatepass"))
    cut = st.tuples(st.sampled_from(list(target.seeds())), st.integers(0, 200), st.binary(max_size=200))
    data = text if target.is_text else cut.map(lambda drawn: drawn[0][: drawn[1]] + drawn[2])

    @seed(number)
    @settings(max_examples=_EXAMPLES, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data)
    def give(data: bytes) -> None:
        trial.give(target, data)

    give()


def _kept(name: str, data: bytes) -> str:
    """Keep an input that failed, where the tests find it."""
    path = CASES / name / hashlib.sha256(data).hexdigest()[:12]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return str(path.relative_to(ROOT))


def _interrupt(*_: Any) -> Iterator[None]:
    raise Hangs


def _record(counts: dict[str, int]) -> None:
    """Add the numbers to the table of docs/trust.md."""
    path = ROOT / "docs" / "trust.md"
    text = path.read_text(encoding="utf-8")
    known = {name: int(count.replace(",", "")) for name, count in _ROW.findall(text)}
    known = {name: known.get(name, 0) + counts.get(name, 0) for name in TARGETS}
    rows = [f"| {name:16} | {count:11,} |" for name, count in [*known.items(), ("total", sum(known.values()))]]
    start, end = (text.index(mark) for mark in ("<!-- fuzzed -->", "<!-- /fuzzed -->"))
    table = "\n".join(["<!-- fuzzed -->", "| target           | inputs      |", "|---|--:|", *rows, ""])
    with contextlib.suppress(OSError):
        path.write_text(text[:start] + table + text[end:], encoding="utf-8")


if __name__ == "__main__":
    main()
