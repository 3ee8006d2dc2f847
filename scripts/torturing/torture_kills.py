"""Kill builds with all their processes, and see that the next build puts all right (for scripts/torture).

    python scripts/torturing/torture_kills.py FOLDER COUNT SEED

A build can be killed at any moment, but what lies on the disk changes only with a call to the system: so each is killed
in one of these, drawn by chance from all that it makes below the output folder and the store; of what it writes in that
call one half is written. No clock is looked at, so that it matters little how busy the machine is.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from torture_builds import BUILDS, Forked, correct, prepare
from torture_record import note
from torture_workshop import NONE, Fault, Workshop, in_workshop

_COUNTED = Fault(0, 0, is_last=True)
_KINDS = ("cold", "warm", "publishing")
_BUILDS = BUILDS[:2]
"""An issue as one episode, and each of its articles as one."""


@dataclass(frozen=True, slots=True)
class _Case:
    """What is killed."""

    name: str
    build: tuple[str, ...]
    place: Path
    """The folder as it is before the build."""
    expected: dict[str, bytes]
    """What an undisturbed build publishes."""
    calls: int
    """How many calls one makes."""


def torture_kills(base: Path, count: int, seed: int) -> None:
    """Kill builds that speak, that find all spoken, and that publish another revision."""
    if count:
        in_workshop(base, __file__, [str(count), str(seed)])


def _cases(base: Path, workshop: Workshop) -> list[_Case]:
    cases = []
    for number, build in enumerate(_BUILDS):
        for kind in _KINDS:
            place = shutil.copytree(base / "articles", base / f"{kind}-{number}")
            if kind != "cold":
                _made(place, build)
                if kind == "warm":
                    shutil.rmtree(place / "out")
                else:
                    correct(place)
            for _ in range(2):  # the second time, as each time after, the folders of the store are there
                workshop.lay(place)
                workshop.choose(_COUNTED)
                _made(workshop.place, build)
            cases.append(_Case(kind, build, place, workshop.published(), workshop.calls))
            print(f"a build to kill, {' '.join(build)}, {kind}: {workshop.calls} calls", flush=True)
    return cases


def _made(place: Path, build: tuple[str, ...]) -> None:
    wrong = Forked(place, build).finish()
    assert not wrong, wrong


def _killed(workshop: Workshop, case: _Case, number: int) -> tuple[bool, list[str]]:
    """Kill a build in such a call, build again, and say whether it was killed at all, and what is wrong."""
    workshop.lay(case.place)
    workshop.choose(Fault(number, 0, is_last=True))
    process = Forked(workshop.place, case.build)
    is_killed = process.kill_when(lambda: workshop.is_reached)
    workshop.choose(NONE)
    takes = _states(workshop.place / "store" / "takes")
    told = Forked(workshop.place, case.build).finish()
    wrong = [told] if told else []
    after = workshop.published()
    wrong += sorted(name for name in {*after, *case.expected} if after.get(name) != case.expected.get(name))
    wrong += [f"left: {name}" for name in workshop.left(_COUNTED)]
    now = _states(workshop.place / "store" / "takes")
    wrong += [f"made again: {name}" for name, state in takes.items() if now.get(name) != state]
    return is_killed, wrong


def _states(folder: Path) -> dict[str, int]:
    """Tell the finished files of a folder, and which they are: one that is written again is another."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".part")
    return {str(path): path.stat().st_ino for path in found}


def main(base: Path, count: int, seed: int) -> None:
    """Kill as many as were asked for."""
    chance = random.Random(seed)
    prepare(base)
    workshop, results = Workshop(base), Counter[str]()
    cases = _cases(base, workshop)
    for number in range(count):
        if number and number % 25 == 0:
            print(f"  {number} kills: {dict(sorted(results.items()))}", flush=True)
        case = cases[number % len(cases)]
        call = chance.randint(1, case.calls)
        is_killed, wrong = _killed(workshop, case, call)
        results[f"{case.name}: {'WRONG' if wrong else 'as undisturbed'}{'' if is_killed else ', not killed'}"] += 1
        if is_killed:
            note(base, f"a build killed with all its processes: {case.name}", wrong=bool(wrong))
        if wrong:
            print(case.name, *case.build, f"call {call} of {case.calls}:", wrong, flush=True)
    print(f"kills: {count}: {dict(sorted(results.items()))}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
