#!/usr/bin/env python3
"""Parts of a build, each measured in a process of its own; what they took is printed as JSON.

bench_inside.py script EDITION          what the edition says, for the recipes that it is compared with
bench_inside.py render EDITION SHARE PART OF
    processor seconds of rendering one in SHARE of its takes; of these, those that fall to the process PART of OF
bench_inside.py join EDITION STORE HOURS    joining and tagging so many hours of finished takes
"""

from __future__ import annotations

import itertools
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audiobuild.audio.shipped_stings import shipped_sting
from audiobuild.config.show import Show
from audiobuild.model.file_formats import FORMATS
from audiobuild.model.levels import level_of
from audiobuild.model.values import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME, Edition, Script, Segment, ms_of
from audiobuild.publish.episodes.description import chapters_of, describe
from audiobuild.publish.episodes.episode import Form, parts_of
from audiobuild.publish.formats.sound_writing import write_episode
from audiobuild.publish.pictures.artwork import add_pictures, find_artwork
from audiobuild.script.sections import Stings, plan_script
from audiobuild.sources.edition import read_edition, read_lexicons
from audiobuild.store.artefacts import Store
from audiobuild.takes.jobs import Encoding, Job
from audiobuild.takes.plan import Plan, plan_jobs
from audiobuild.takes.render import calibrate, render
from audiobuild.timeline.layout import lay_out

_SEED = 20261107
_PARAGRAPH_MS = 600


@dataclass(frozen=True, slots=True)
class _Read:
    """All that is known of an edition before it is heard."""

    edition: Edition
    show: Show
    home: Path
    script: Script
    encoding: Encoding

    def plan(self, store: Path) -> Plan:
        """The takes that the edition needs, and those of them that a store has."""
        plan, _ = plan_jobs([self.script], self.encoding, self.show.language, Store(store), "benchmark")
        return plan


def _read(folder: Path) -> _Read:
    edition, show, home = read_edition([folder])
    stings = Stings(shipped_sting("intro"), shipped_sting("outro"), shipped_sting("section"))
    script = plan_script(edition, show, stings, read_lexicons(home))
    rate_kbps = FORMATS["mp3"].bit_rate_kbps(show.audio.channels)
    return _Read(edition, show, home, script, Encoding(False, rate_kbps, show.audio.channels, level_of("podcast")))


def tell_script(folder: Path) -> dict[str, Any]:
    """Tell the spoken text of every section, paragraph by paragraph, in the voice's name and language."""
    read = _read(folder)
    return {
        "engine": read.show.voices.narrator.engine,
        "language": read.show.language,
        "pause_ms": _PARAGRAPH_MS,
        "sections": [
            {
                "title": section.title,
                "texts": [item.spoken.text for item in section.items if isinstance(item, Segment)],
            }
            for section in read.script.sections
        ],
    }


def measure_render(folder: Path, share: int, part: int, of: int) -> dict[str, Any]:
    """Render one in `share` of the takes into a fresh store, in this process, with everything imported.

    Args:
        part: which of the processes this is that render at once, from 0.
        of: how many they are; each renders its part, one take in so many.
    """
    read = _read(folder)
    with tempfile.TemporaryDirectory() as place:
        jobs = _jobs(read.plan(Path(place, "warm")))
        calibrate(next(job for job in jobs if job.voice))
        render(jobs[0])
        jobs = _jobs(read.plan(Path(place, "fresh")))
        chosen = random.Random(_SEED).sample(jobs, -(-len(jobs) // share))[part::of]
        calibrate(next(job for job in jobs if job.voice))
        cpu_s, frames = 0.0, 0
        for job in chosen:
            start = time.process_time()
            take = render(job)
            cpu_s += time.process_time() - start
            frames += take.frames
    return {"takes": len(chosen), "of": len(jobs), "cpu_s": cpu_s, "audio_ms": ms_of(frames)}


def _jobs(plan: Plan) -> list[Job]:
    return list({job.key: job for job in plan.jobs.values()}.values())


def measure_join(folder: Path, store: Path, hours: float) -> dict[str, Any]:
    """Join and tag the edition's sections, over and over, up to so many hours.

    Raises:
        ValueError: a take is not in the store.
    """
    read = _read(folder)
    plan = read.plan(store)
    if plan.needs:
        raise ValueError(f"{len(plan.needs)} takes are not in the store")
    known = {item: plan.takes[job.key] for item, job in plan.jobs.items()}
    wanted = hours * 3600 * SAMPLE_RATE_HZ / SAMPLES_PER_FRAME
    lengths = (sum(known[item].frames for item in section.items) for section in itertools.cycle(read.script.sections))
    count = sum(1 for _ in itertools.takewhile(lambda total: total < wanted, itertools.accumulate(lengths))) + 1
    sections = tuple(itertools.islice(itertools.cycle(read.script.sections), count))
    timeline = lay_out(Script(sections, ()), known)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "episode.mp3")
        # What getrusage calls the highest resident set is, at first, that of the process that started this one.
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        before_kb = _status_kb("VmRSS")
        start = time.perf_counter()
        artwork = find_artwork(read.edition, read.show, read.home, timeline)
        tag = describe(read.edition, read.show, chapters_of(timeline))
        tag = add_pictures(tag, artwork, read.edition, read.show, Store(store))
        encoding = read.encoding
        level = encoding.level
        form = Form("mp3", encoding.bit_rate_kbps, encoding.channels, level.ceiling_dbtp, level.loudness_lufs)
        write_episode(path, form, tag, parts_of(timeline), Store(store))
        wall_s = time.perf_counter() - start
        size = path.stat().st_size
    return {
        "hours": ms_of(timeline.frames) / 3.6e6,
        "cues": len(timeline.cues),
        "chapters": len(timeline.chapters),
        "bytes": size,
        "wall_s": wall_s,
        "before_mb": before_kb * 1024 / 1e6,
        "peak_mb": _status_kb("VmHWM") * 1024 / 1e6,
    }


def _status_kb(name: str) -> int:
    """Read a number of kilobytes from what the kernel says of this process. Source: proc(5), /proc/pid/status."""
    lines: Iterator[str] = iter(Path("/proc/self/status").read_text(encoding="utf-8").splitlines())
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def main(arguments: list[str]) -> int:
    """Do what the first argument says."""
    what, folder, *more = arguments
    if what == "script":
        told = tell_script(Path(folder))
    elif what == "render":
        told = measure_render(Path(folder), *map(int, more))
    else:
        told = measure_join(Path(folder), Path(more[0]), float(more[1]))
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
