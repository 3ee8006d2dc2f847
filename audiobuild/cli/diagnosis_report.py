"""What `doctor` tells: lines for a person, facts for a program (layer 5)."""

from __future__ import annotations

import dataclasses
import platform
from collections.abc import Iterator
from typing import Any

from audiobuild import __version__
from audiobuild.inspection.diagnosis import Diagnosis, EngineState, FolderState


def diagnosis_facts(diagnosis: Diagnosis) -> dict[str, Any]:
    """Put a diagnosis in terms for programs."""
    return {
        "version": __version__,
        "python": platform.python_version(),
        "is_well": diagnosis.is_well,
        "default": dataclasses.asdict(diagnosis.default),
        "engines": [{**dataclasses.asdict(each), "is_ready": each.is_ready} for each in diagnosis.engines],
        "extras": [{**dataclasses.asdict(each), "command": each.command} for each in diagnosis.extras],
        "folders": [{**dataclasses.asdict(each), "path": str(each.path)} for each in diagnosis.folders],
    }


def diagnosis_lines(diagnosis: Diagnosis) -> Iterator[str]:
    """Tell what is well and what is not, each with what to do about it."""
    default = diagnosis.default
    yield f"audiobuild {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    yield "No other program is needed: no ffmpeg."
    yield ""
    yield "The default voice:"
    if default.fault:
        yield from _row(default.engine, f"does not speak: {default.fault}", default.hint)
    else:
        seconds = default.duration_ms / 1000
        yield from _row(default.engine, f"{default.voice} speaks: a sentence takes it {seconds:.1f} s")
    yield ""
    yield "Engines:"
    for engine in diagnosis.engines:
        yield from _row(engine.name, _state(engine), engine.hint)
    yield ""
    yield "Extras:"
    for extra in diagnosis.extras:
        told = "ready" if extra.is_here else f"missing: {extra.command}"
        yield from _row(extra.name, f"{told}; for {extra.purpose}")
    yield ""
    yield "Folders:"
    for folder in diagnosis.folders:
        yield from _row(folder.purpose, f"{folder.path}: {_room(folder)}")


def _row(name: str, told: str, hint: str = "") -> Iterator[str]:
    yield f"  {name:<9} {told}"
    yield from (f"  {'':<9} {line}" for line in hint.splitlines())


def _state(engine: EngineState) -> str:
    if engine.missing:
        return f"missing: {engine.missing}"
    if engine.fault:
        return f"not ready: {engine.fault}"
    count = "1 voice" if engine.voices_here == 1 else f"{engine.voices_here} voices"
    if engine.is_online:
        return f"ready: {count}; it needs the network, which was not asked"
    more = engine.voices - engine.voices_here
    return f"ready: {count}{f', {more} more to be fetched' if more else ''}"


def _room(folder: FolderState) -> str:
    if folder.fault:
        return f"{folder.fault}: make it writable"
    little = ", which is little" if folder.is_low else ""
    return f"can be written, {folder.free_bytes / 1e9:.1f} GB free{little}"
