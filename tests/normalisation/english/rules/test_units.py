"""Every unit that a rule may meet has its name."""

from __future__ import annotations

import pytest

from audiobuild.normalisation import verbalise
from audiobuild.normalisation.context import Context
from audiobuild.normalisation.english.lexis.lists import load_table, load_use, load_words

_LISTS = [
    ("powers_of_ten", "powered"),
    ("continental", "units"),
    ("fractions", "kitchen-units"),
    ("fractions", "parted-units"),
    ("fractions", "units"),
    ("lengths", "units-behind-words"),
    ("lowercase", "units"),
    ("maths", "dimensions"),
    ("measures", "compound"),
    ("several", "pack-units"),
]
UNITS = (
    {unit for table, use in _LISTS for unit in load_use(table, use)}
    | load_words("lone_units")
    | set(load_table("units"))
)


@pytest.mark.parametrize("locale", ["en-GB", "en-US"])
def test_units_are_said_wherever_a_number_can_have_them(locale: str) -> None:
    for unit in sorted(UNITS):
        written = (
            f"It is 1.38×10−23 {unit}, 4 × 10^3 {unit}, 4 {unit}, 5.5{unit}, 4½ {unit}, 2–3 {unit}, 3,5 {unit}. "
            f"A 4-{unit} one, 1/2 {unit}, 2 x 3 {unit}, 4 {unit}/s, 5 a {unit}, many {unit}. 4 {unit}⁻¹, {unit} s−2."
        )
        assert "four" in verbalise(written, Context(locale)).text
