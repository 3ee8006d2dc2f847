"""What a build tells of its progress, to whoever listens (layer 0)."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told how far a build is."""

    def begin(self, takes: int, reused: int, size_chars: int) -> None:
        """So many takes are needed; so many of them were there already; the others have so many characters of text."""
        ...

    def advance(self, size_chars: int, frames: int, waiting_for: str) -> None:
        """One more take is done and kept: of so much text, so long, in MP3 frames; these engines have yet to answer."""
        ...

    def wait(self, place: str) -> None:
        """Another build is writing to this folder; this one goes on once it is done."""
        ...


class Quiet:
    """Progress that nobody follows."""

    def begin(self, takes: int, reused: int, size_chars: int) -> None:
        """Say nothing."""

    def advance(self, size_chars: int, frames: int, waiting_for: str) -> None:
        """Say nothing."""

    def wait(self, place: str) -> None:
        """Say nothing."""


QUIET = Quiet()
