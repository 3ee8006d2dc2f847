"""Words of a text that are in a language of their own (layer 0)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ForeignWords:
    """Words of a block that are in another language than the rest, as their author marked them."""

    start: int
    """Offset in the text, in characters."""
    end: int
    """Offset behind them."""
    language: str
    """As it was marked: a BCP 47 tag, if all is well."""
