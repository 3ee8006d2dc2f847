"""Roman numerals and their values (layer 1, pure)."""

from __future__ import annotations

from functools import cache
from itertools import product

_FIGURES = ("", *"0 00 000 01 1 10 100 1000 02".split())
"""The figures 0 to 9 as numerals, in which 0, 1 and 2 stand for the letters of one, five and ten: 01 is IV, or XL."""


def roman_value(numeral: str) -> int:
    """Return the value of a Roman numeral, 0 where it is none.

    >>> roman_value("XIV"), roman_value("IIX")
    (14, 0)
    """
    return _numerals().get(numeral, 0)


@cache
def _numerals() -> dict[str, int]:
    """Return the value of each numeral."""
    thousands = ["M" * value for value in range(4)]
    letters = "CDMXLCIVX"  # those of hundreds, of tens and of ones
    others = (
        [each.translate(str.maketrans("012", letters[first : first + 3])) for each in _FIGURES] for first in (0, 3, 6)
    )
    return {"".join(parts): value for value, parts in enumerate(product(thousands, *others)) if value}


@cache
def small_numerals() -> frozenset[str]:
    """Return the numerals in small letters."""
    return frozenset(map(str.lower, _numerals()))
