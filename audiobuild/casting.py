"""Who reads what: the voice of each part of an edition (layer 2, pure)."""

from __future__ import annotations

from audiobuild.config import Show, VoiceSettings, VoicesSettings
from audiobuild.model import Role, Voice

LETTERS = "letters"
"""The department whose articles are the readers' own, by its name."""

_HEADLINES = {Role.SECTION, Role.FLY_TITLE, Role.HEADLINE, Role.RUBRIC, Role.HEADING}


def cast(show: Show, role: Role, section: str = "", place: int = 0) -> Voice:
    """Choose the voice for a part.

    Args:
        role: what is read.
        section: the department of its article.
        place: its article's place in the edition, from 0.
    """
    voices = show.voices
    if role in _HEADLINES and voices.headlines != VoiceSettings():
        return _voice(voices.headlines, voices)
    if role is Role.QUOTATION and voices.quotations != VoiceSettings():
        return _voice(voices.quotations, voices)
    if section.casefold() == LETTERS and voices.letters != VoiceSettings():
        return _voice(voices.letters, voices)
    for name, voice in voices.departments:
        if name.casefold() == section.casefold():
            return _voice(voice, voices)
    readers = (voices.narrator, *voices.alternate)
    return _voice(readers[place % len(readers)], voices)


def _voice(settings: VoiceSettings, voices: VoicesSettings) -> Voice:
    """Fill in what is left out from the narrator; another engine does not know the narrator's name."""
    narrator = voices.narrator
    engine = settings.engine or narrator.engine or "espeak"
    name = settings.name if settings.name is not None or engine != narrator.engine else narrator.name
    rate, pitch = settings.rate or narrator.rate, settings.pitch_semitones
    same = narrator.pitch_semitones if engine == narrator.engine else 0.0
    return Voice(engine, name or "", rate or 1.0, (same if pitch is None else pitch) or 0.0)
