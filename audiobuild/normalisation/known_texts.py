"""Texts as they were spoken before, so that what is written as it was is not read again (layer 1).

They are told apart by all that their spoken form depends on but the rules: whoever keeps them sees to it that they are
those of the same rules.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from audiobuild.model.values import Replacement, Spoken

Row: TypeAlias = Sequence[Any]
"""A spoken text, and its replacements, each as the values of its fields: as JSON has them."""


def text_mark(text: str, overrides: Sequence[Replacement], context_mark: str) -> str:
    """Name a text by all that its spoken form depends on."""
    parts = (context_mark, text, *map(repr, overrides))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class KnownTexts:
    """What is known of texts, by their marks, and which of it was of use."""

    def __init__(self, rows: Mapping[str, Row] | None = None) -> None:
        self.before = rows or {}
        """What was known at first."""
        self._rows: dict[str, Row] = {}
        self.new = 0
        """How many texts were not known."""

    def find(self, mark: str, written: str) -> Spoken | None:
        """Give what is known of a text; None where nothing is."""
        row = self._rows.get(mark) or self.before.get(mark)
        if row is None:
            return None
        self._rows[mark] = row
        text, replacements = row
        return Spoken(text, written, tuple(Replacement(*each) for each in replacements))

    def note(self, mark: str, spoken: Spoken) -> None:
        """Take note of a text that was not known."""
        self.new += 1
        self._rows[mark] = [spoken.text, list(map(list, spoken.replacements))]

    @property
    def rows(self) -> Mapping[str, Row]:
        """Those that were asked for, to be kept for the next time."""
        return self._rows
