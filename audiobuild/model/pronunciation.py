"""How words of a spoken text sound, and who says so (layer 0)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Origin(StrEnum):
    """Who says how a name sounds."""

    SHOW = "show's lexicon"
    LEXICON = "lexicon"
    """The one that comes with audiobuild."""
    LANGUAGE = "language"
    """A voice of the language that the name seems to come from."""
    GUESS = "guess"
    """The voice that speaks: it goes by the spelling alone."""


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """How a stretch of spoken text sounds, for engines that take phonemes."""

    offset: int
    """Where it starts in the spoken text, in characters."""
    length: int
    """In characters."""
    ipa: str
    """With stress marks."""
    origin: Origin = field(default=Origin.SHOW, compare=False)
    """Who says so; it is heard in nothing, so that a take does not depend on it."""

    respelling: str = field(default="", compare=False)
    """How it is written for an engine that takes no phonemes; empty where it stays as it is."""

    @property
    def sound(self) -> tuple[int, int, str]:
        """All of it that is heard."""
        return self.offset, self.length, self.ipa


def refuse_misplaced(text: str, pronunciations: Iterable[Pronunciation]) -> None:
    """Refuse pronunciations that are not in the order of a text, or overlap, or are not within it.

    Raises:
        ValueError: one cannot be where it says it is.
    """
    behind = 0
    for spoken in pronunciations:
        end = spoken.offset + spoken.length
        if not behind <= spoken.offset < end <= len(text):
            raise ValueError(f"no pronunciation can be at {spoken.offset} to {end}: {behind} to {len(text)} are left")
        behind = end
