"""A miss of what was asked for is told, and only that."""

from __future__ import annotations

import pytest

from audiobuild.model.levels import PRESETS, Level, Measured, level_of


def test_a_preset_is_found_by_its_name_and_any_number_is_a_level() -> None:
    assert level_of("broadcast") is PRESETS["broadcast"]
    assert level_of(-18.5) == Level(-18.5, -1.0)


@pytest.mark.parametrize(
    ("preset", "measured", "misses"),
    [
        ("podcast", Measured(-16.4, -1.0, -19.5, 600), []),
        ("podcast", Measured(-16.6, -1.0, -19.5, 600), ["the loudness is -16.6 LUFS, not -16"]),
        ("podcast", Measured(-16.6, -1.0, -19.5, 30), []),
        ("podcast", Measured(-17.6, -1.0, -19.5, 30), ["the loudness is -17.6 LUFS, not -16"]),
        ("podcast", Measured(-16.0, -0.9, -19.5, 600), ["the true peak is -0.9 dBTP, over -1"]),
        ("broadcast", Measured(-22.4, -3.0, -26.0, 600), ["the loudness is -22.4 LUFS, not -23"]),
        ("audiobook", Measured(-17.5, -3.1, -21.0, 600), []),
        ("audiobook", Measured(-17.5, -2.9, -21.0, 600), ["the true peak is -2.9 dBTP, over -3"]),
        ("audiobook", Measured(-17.5, -3.1, -23.5, 600), ["the RMS level is -23.5 dB, not between -23 and -18"]),
    ],
)
def test_what_is_missed_is_told_with_its_figures(preset: str, measured: Measured, misses: list[str]) -> None:
    assert list(measured.misses(PRESETS[preset])) == misses
