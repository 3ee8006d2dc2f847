"""Whisper, which writes down what it hears: the one place that knows faster-whisper (layer 3).

A clip goes in, its words come out. The model is a folder of four files, which are fetched when that is asked for and at
no other time.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import resample
from audiobuild.config.user_folders import cache_folder
from audiobuild.engines import Download
from audiobuild.errors import ConfigError
from audiobuild.network.downloads import fetch_file

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

_RATE_HZ = 16_000
_WINDOW_MS = 29_000
"""What it hears at once, of which it needs no times; a longer clip it cuts by the times that it finds."""
_ADDRESS = "https://huggingface.co/Systran/faster-whisper-base/resolve/main/"
_FILES = (
    ("model.bin", 145_217_532, "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"),
    ("tokenizer.json", 2_203_239, "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"),
    ("vocabulary.txt", 459_861, "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"),
    ("config.json", 2_309, "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
)
"""Name, size in bytes and SHA-256 of the files of Whisper base, the smallest that hears well enough; MIT licence."""
_NEEDED = ("model.bin", "tokenizer.json", "config.json")


def model_folder() -> Path:
    """Name the folder in which the model lies that was fetched."""
    return cache_folder("listen") / "whisper-base"


def model_files() -> tuple[Download, ...]:
    """List the files of the model, with the places where they are looked for."""
    folder = model_folder()
    return tuple(Download(f"{_ADDRESS}{name}", folder / name, sha256, size) for name, size, sha256 in _FILES)


def fetch_model(progress: Callable[[int, int], object]) -> None:
    """Fetch the files of the model that are not there.

    Args:
        progress: told how many bytes of a file are there, and how many there will be.

    Raises:
        NetworkError: one cannot be fetched.
        OutputError: the cache folder cannot be written.
    """
    for file in model_files():
        fetch_file(file.url, file.path, sha256=file.sha256, size_bytes=file.size_bytes, progress=progress)


class Recogniser:
    """A model that listens; it is loaded when there is something to hear."""

    def __init__(self, folder: Path, locale: str, threads: int) -> None:
        """Find the model.

        Args:
            folder: where its files are.
            locale: what is spoken.
            threads: how many processors it may use.

        Raises:
            ConfigError: faster-whisper is not installed, or there is no model.
        """
        _check(folder)
        self.locale = locale
        """What is spoken."""
        self.model = " ".join(str((folder / name).stat().st_size) for name in _NEEDED)
        """What tells it from others: the sizes of its files."""
        self._folder = folder
        self._threads = threads

    @cached_property
    def _loaded(self) -> WhisperModel:
        return _load(self._folder, self._threads)

    def transcribe(self, clip: Clip) -> str:
        """Write down what is heard. Raises ConfigError where the model cannot be loaded."""
        heard, _ = self._loaded.transcribe(
            resample(clip.with_channels(1), _RATE_HZ).samples,
            language=self.locale.partition("-")[0].lower(),
            beam_size=1,
            without_timestamps=clip.duration_ms < _WINDOW_MS,
            condition_on_previous_text=False,
        )
        return " ".join(part.text.strip() for part in heard)


def _check(folder: Path) -> None:
    if find_spec("faster_whisper") is None:
        hint = "Install it with: pip install 'audiobuild[listen]'"
        raise ConfigError("listening needs faster-whisper, which is not installed", "--listen", hint)
    if any(not (folder / name).is_file() for name in _NEEDED):  # of a folder without them it would go and fetch some
        hint = "Fetch the model with --get-model (148 MB), or name the folder of one of faster-whisper's by --model."
        raise ConfigError(f"there is no model in {folder}", "--listen", hint)


def _load(folder: Path, threads: int) -> WhisperModel:
    from faster_whisper import WhisperModel  # which takes a while to import

    try:
        return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True)
    except (RuntimeError, ValueError) as error:
        message = f"the model in {folder} cannot be loaded ({error})"
        raise ConfigError(message, "--listen", "Fetch it anew, or name another by --model.") from error
