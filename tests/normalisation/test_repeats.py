"""Long texts that say the same again and again are spoken as they would be place by place."""

from __future__ import annotations

import pytest

from audiobuild.normalisation import scan, verbalise
from audiobuild.normalisation.repeats import Repeats

UNITS = ("1/2 ", "1/2", "a-1", "1:", "A. ", "£1m ", "3.5 and 6m. ", "Dr X said “no” at 7pm, ", "the IV and I, ")


@pytest.mark.parametrize("unit", UNITS)
def test_repeated_text_is_spoken_as_if_nothing_of_it_were_remembered(
    unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"In 1999 {unit * (6_000 // len(unit))}the end. {unit * 30}"
    remembered = verbalise(text)
    monkeypatch.setattr(scan, "watch", lambda text: None)
    assert remembered == verbalise(text)


def test_places_are_remembered_until_something_else_stands_about_them() -> None:
    repeats = Repeats(f"{'6m ' * 1_000}men {'6m ' * 1_000}")
    repeats.keep(450, "said")
    assert repeats.last_like(453) == (450, "said")
    assert repeats.last_like(2_700) is None
    assert repeats.last_like(3_304) is None
    assert repeats.last_like(3_454) == (450, "said")
