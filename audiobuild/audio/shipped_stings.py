"""The stings that come with the package (layer 3)."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Literal, TypeAlias

StingName: TypeAlias = Literal["intro", "outro", "section"]


def shipped_sting(name: StingName) -> Path:
    """Find a sting that comes with the package; `scripts/make-stings` made it."""
    return Path(str(files("audiobuild.audio") / "sounds" / f"{name}.flac"))
