"""Every rule of German, in the order in which they are tried at the same place (layer 1, pure)."""

from __future__ import annotations

from audiobuild.normalisation.german.rules import abbreviations, amounts, dates, numbers, symbols, times
from audiobuild.normalisation.rule import Rule

RULES: tuple[Rule, ...] = (
    *times.RULES,
    *dates.RULES,
    *amounts.RULES,
    *numbers.RULES,
    *abbreviations.RULES,
    *symbols.RULES,
)
