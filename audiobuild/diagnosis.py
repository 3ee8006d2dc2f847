"""Whether this machine can build: engines, the default voice, folders; no network is asked (layer 4)."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from audiobuild.audio.level import rms_dbfs
from audiobuild.engines.registry import default_engine, engine_names, load_engine, open_engine
from audiobuild.errors import AudiobuildError, EngineError, OutputError
from audiobuild.model import Voice
from audiobuild.speaking import speak
from audiobuild.store import Store, check_writable

LITTLE_BYTES = 1_000_000_000
"""Less than this may run out in the middle of a long edition."""

_SENTENCE = "The tide turns at half past four, and the ferry leaves with it."
_SENTENCE_MS = 350
_SILENT_DBFS = -60.0


@dataclass(frozen=True, slots=True)
class EngineState:
    """What an engine lacks."""

    name: str
    is_online: bool
    voices: int
    """How many it lists."""
    voices_here: int
    """How many of them need nothing more to be fetched."""
    missing: str
    """What must be installed, and the command for it; empty where nothing is."""
    fetchable: str
    """A voice that can be fetched; empty where there is none."""

    @property
    def is_ready(self) -> bool:
        """Whether it has a voice that can speak."""
        return not self.missing and self.voices_here > 0


@dataclass(frozen=True, slots=True)
class DefaultState:
    """Whether the default voice speaks."""

    engine: str
    voice: str
    """Empty where that is not known."""
    duration_ms: int
    """Of a short sentence; 0 where it does not speak."""
    fault: str
    """Why it does not; empty where it does."""
    hint: str


@dataclass(frozen=True, slots=True)
class FolderState:
    """Whether a folder can be used."""

    purpose: str
    path: Path
    free_bytes: int
    fault: str
    """Why it cannot be written; empty where it can."""

    @property
    def is_low(self) -> bool:
        """Whether there is little room."""
        return self.free_bytes < LITTLE_BYTES


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All that was looked at."""

    default: DefaultState
    engines: tuple[EngineState, ...]
    folders: tuple[FolderState, ...]

    @property
    def is_well(self) -> bool:
        """Whether an edition can be built with what comes with audiobuild."""
        return not self.default.fault and not any(folder.fault for folder in self.folders)


def diagnose(locale: str, folders: Iterable[tuple[str, Path]]) -> Diagnosis:
    """Look whether all is there.

    Args:
        locale: of the shows whose default voice is tried.
        folders: those that a build writes to, each with what it is for.
    """
    return Diagnosis(_try_default(locale), tuple(_engines()), tuple(_look(*folder) for folder in folders))


def _engines() -> Iterator[EngineState]:
    for name in engine_names():
        try:
            engine = load_engine(name)
            missing, voices = engine.missing(), engine.voices()
        except (EngineError, ImportError) as error:
            yield EngineState(name, is_online=False, voices=0, voices_here=0, missing=f"{error}", fetchable="")
            continue
        absent = [voice.name for voice in voices if not voice.is_here]
        here, is_online = len(voices) - len(absent), engine.abilities.connections > 0
        yield EngineState(name, is_online, len(voices), here, missing, next(iter(absent), ""))


def _try_default(locale: str) -> DefaultState:
    """Have the default voice say a sentence, in a store of its own, so that nothing kept speaks for it."""
    name, voice = default_engine(locale), ""
    try:
        engine = open_engine(Voice(name), locale)
        voice = engine.info.name
        with tempfile.TemporaryDirectory(prefix="audiobuild-") as folder:
            clip = speak(engine, _SENTENCE, Store(Path(folder)), sentence_ms=_SENTENCE_MS).clip
    except (AudiobuildError, ImportError) as error:
        hint = error.hint if isinstance(error, AudiobuildError) else "Install audiobuild again."
        return DefaultState(name, voice, 0, str(error), hint)
    if rms_dbfs(clip) < _SILENT_DBFS:
        return DefaultState(name, voice, 0, "what it speaks is silent", "Install audiobuild again.")
    return DefaultState(name, voice, round(clip.duration_ms), "", "")


def _look(purpose: str, path: Path) -> FolderState:
    fault = ""
    try:
        check_writable(path)
    except OutputError as error:
        fault = error.message
    there = next(folder for folder in (path, *path.absolute().parents) if folder.is_dir())
    return FolderState(purpose, path, shutil.disk_usage(there).free, fault)
