"""Whether this machine can build: engines, the default voice, folders; no network is asked (layer 3)."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from audiobuild.audio.level import rms_dbfs
from audiobuild.config.show import Show
from audiobuild.engines import Keyed
from audiobuild.engines.registry import default_engine, engine_names, load_engine, open_engine
from audiobuild.errors import AudiobuildError, EngineError, OutputError
from audiobuild.model.values import Voice
from audiobuild.store.artefacts import Store, check_writable
from audiobuild.takes.synthesis import speak

LITTLE_BYTES = 1_000_000_000
"""Less than this may run out in the middle of a long edition."""

_EXTRAS = (
    ("web", "trafilatura", "articles on web pages"),
    ("m4b", "av", "M4B episodes and stings in M4A"),
    ("listen", "faster_whisper", "check --listen"),
    ("cluster", "distributed", "builds on many machines"),
    ("s3", "obstore", "store and output in an object store"),
)
"""Extras that are no engines: a name, the module by which it is known to be there, and what it is for."""

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
    fault: str = ""
    """Why else its default voice cannot speak; empty where nothing is known against it."""
    hint: str = ""
    """What to do about that."""

    @property
    def is_ready(self) -> bool:
        """Whether its default voice can speak, so far as can be told without the network."""
        return not self.missing and not self.fault


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
class ExtraState:
    """Whether an extra is installed that is no engine."""

    name: str
    purpose: str
    is_here: bool

    @property
    def command(self) -> str:
        """What installs it; empty where it is installed."""
        return "" if self.is_here else f"pip install 'audiobuild[{self.name}]'"


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
    extras: tuple[ExtraState, ...]
    folders: tuple[FolderState, ...]

    @property
    def is_well(self) -> bool:
        """Whether an edition can be built with what comes with audiobuild."""
        return not self.default.fault and not any(folder.fault for folder in self.folders)


def diagnose(show: Show, folders: Iterable[tuple[str, Path]]) -> Diagnosis:
    """Look whether all is there.

    Args:
        show: whose language is spoken, and which may have told engines something.
        folders: those that a build writes to, each with what it is for.
    """
    engines = tuple(_examine(name, show) for name in engine_names())
    extras = tuple(ExtraState(name, purpose, find_spec(module) is not None) for name, module, purpose in _EXTRAS)
    return Diagnosis(_try_default(show), engines, extras, tuple(_look(*folder) for folder in folders))


def _examine(name: str, show: Show) -> EngineState:
    """Ask an engine what it lacks. Its fingerprint is asked for too, as it needs every part of the engine."""
    try:
        engine = load_engine(name)
        missing, voices = engine.missing(), engine.voices()
    except (EngineError, ImportError) as error:
        return EngineState(name, is_online=False, voices=0, voices_here=0, missing="", fault=str(error))
    state = EngineState(
        name, engine.abilities.connections > 0, len(voices), sum(voice.is_here for voice in voices), missing
    )
    try:
        speaker = None if missing else open_engine(_default_voice(name, show), show.language)
        _ = speaker and speaker.fingerprint
        if isinstance(speaker, Keyed):
            speaker.require_key()
    except AudiobuildError as error:
        return replace(state, fault=str(error).removeprefix(f"{name}: "), hint=error.hint)
    return state


def _default_voice(engine: str, show: Show) -> Voice:
    return Voice(engine, settings=dict(show.engines).get(engine, ()))


def _try_default(show: Show) -> DefaultState:
    """Have the default voice say a sentence, in a store of its own, so that nothing kept speaks for it."""
    name, voice = default_engine(show.language), ""
    try:
        engine = open_engine(_default_voice(name, show), show.language)
        voice = engine.info.name
        with tempfile.TemporaryDirectory(prefix="audiobuild-") as folder:
            clip = speak(engine, _SENTENCE, Store(Path(folder)), sentence_ms=_SENTENCE_MS).clip
    except (AudiobuildError, ImportError) as error:
        hint = error.hint if isinstance(error, AudiobuildError) else "Install audiobuild again."
        return DefaultState(name, voice, 0, str(error).removeprefix(f"{name}: "), hint)
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
