"""What a build tells of its progress, to whoever listens (layer 0)."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told how far a build is."""

    def begin(self, takes: int, reused: int) -> None:
        """So many takes are needed; so many of them were there already."""
        ...

    def advance(self) -> None:
        """One more take is done and kept."""
        ...
