"""Where audiobuild keeps what it may need again: in the user's cache folder, which platformdirs knows (layer 0)."""

from __future__ import annotations

from pathlib import Path


def cache_folder(name: str) -> Path:
    """Name a folder within the user's cache folder; it need not be there."""
    from platformdirs import user_cache_path

    return user_cache_path("audiobuild", appauthor=False) / name


def voice_folder(engine: str) -> Path:
    """Name the folder in which an engine looks for voices that were fetched for it."""
    return cache_folder("voices") / engine
