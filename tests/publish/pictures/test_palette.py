"""Colours of the pages can be told apart, whatever the accent."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from audiobuild.publish.pictures.palette import CONTROL, DARK, LIGHT, READING, contrast, palette, render_palette

# --- colours ------------------------------------------------------------------------------------------

colours = st.tuples(*[st.integers(0, 255)] * 3).map(lambda parts: "#{:02x}{:02x}{:02x}".format(*parts))


@given(colours)
def test_any_accent_gives_colours_that_can_be_told_apart(accent: str) -> None:
    for neutrals in (LIGHT, DARK):
        found = palette(accent, neutrals)
        for ground in ("ground", "raised", "sunken"):
            for text in ("ink", "muted", "accent"):
                assert contrast(found[text], found[ground]) >= 4.5, (text, ground)
            assert contrast(found["edge"], found[ground]) >= 3, ground
            assert contrast(found["fill"], found[ground]) >= CONTROL, ground
        assert contrast(found["on-fill"], found["fill"]) >= 4.5
        assert contrast(found["ink"], found["mark"]) >= READING


def test_accent_that_can_be_read_is_left_as_it_is() -> None:
    assert palette("#0b5394", LIGHT)["accent"] == "#0b5394"
    assert palette("#0b5394", DARK)["accent"] != "#0b5394"


def test_readers_choice_outweighs_the_system() -> None:
    style = render_palette("#0b5394")
    places = list(
        accumulate((style.index(rule) for rule in ("@media", "[data-theme=light]", "[data-theme=dark]")), max)
    )
    assert places == sorted(set(places))
