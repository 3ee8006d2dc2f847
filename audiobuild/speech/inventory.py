"""Every rule, in the order in which they are tried at the same place (layer 1, pure)."""

from __future__ import annotations

from audiobuild.speech.rule import Rule
from audiobuild.speech.rules import (
    abbreviations,
    amounts,
    asides,
    dates,
    defined,
    fractions,
    labels,
    leadin,
    letters,
    maths,
    measures,
    money,
    numbers,
    ranges,
    roman,
    smallcaps,
    symbols,
    times,
    web,
    years,
)

RULES: tuple[Rule, ...] = (
    *leadin.RULES,
    *asides.RULES,
    *defined.RULES,
    *dates.ISO_RULES,
    *web.RULES,
    *labels.RULES,
    *times.RULES,
    *dates.RULES,
    *years.RULES,
    *money.RULES,
    *measures.RULES,
    *maths.RULES,
    *fractions.RULES,
    *amounts.RULES,
    *ranges.RULES,
    *numbers.RULES,
    *abbreviations.RULES,
    *smallcaps.RULES,
    *roman.RULES,
    *letters.RULES,
    *symbols.RULES,
)
