"""Every part of an edition is read by the voice that show.toml gives it."""

from __future__ import annotations

import pytest

from audiobuild.config.show import Show
from audiobuild.config.show_file import parse_show
from audiobuild.model.values import Role, Voice
from audiobuild.script.casting import choose_voice

NARRATOR = Voice("espeak", "en-gb", 1.1, -1.0)
SHOW = parse_show(
    b"""
    [voices.narrator]
    engine = "espeak"
    name = "en-gb"
    rate = 1.1
    pitch_semitones = -1
    [voices.headlines]
    pitch_semitones = 2
    [voices.quotations]
    name = "en-gb-scotland"
    [voices.letters]
    rate = 0.9
    [voices.departments.Business]
    engine = "gtts"
    [[voices.alternate]]
    name = "en-us"
    """,
    "show.toml",
)


@pytest.mark.parametrize(
    ("role", "section", "place", "voice"),
    [
        (Role.PARAGRAPH, "", 0, NARRATOR),
        (Role.IDENT, "", 0, NARRATOR),
        (Role.LIST_ITEM, "Europe", 2, NARRATOR),
        (Role.HEADLINE, "", 0, Voice("espeak", "en-gb", 1.1, 2.0)),
        (Role.SECTION, "Business", 3, Voice("espeak", "en-gb", 1.1, 2.0)),
        (Role.QUOTATION, "Business", 0, Voice("espeak", "en-gb-scotland", 1.1, -1.0)),
        (Role.PARAGRAPH, "Letters", 1, Voice("espeak", "en-gb", 0.9, -1.0)),
        (Role.PARAGRAPH, "business", 1, Voice("gtts", "", 1.1, 0.0)),
        (Role.PARAGRAPH, "Europe", 1, Voice("espeak", "en-us", 1.1, -1.0)),
        (Role.PARAGRAPH, "Europe", 3, Voice("espeak", "en-us", 1.1, -1.0)),
    ],
)
def test_a_part_has_its_own_voice(role: Role, section: str, place: int, voice: Voice) -> None:
    """What a voice leaves out is the narrator's, but for another engine's name and pitch."""
    assert choose_voice(SHOW, role, section, place) == voice


@pytest.mark.parametrize("role", list(Role))
def test_without_settings_one_voice_reads_everything(role: Role) -> None:
    places = [(section, place) for section in ("", "Letters") for place in (0, 1)]
    assert {choose_voice(Show(), role, *each) for each in places} == {Voice("")}
