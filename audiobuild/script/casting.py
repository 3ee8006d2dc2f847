"""Who reads what: the voice of each part of an edition (layer 2, pure)."""

from __future__ import annotations

from audiobuild.config.show import Show, VoiceSettings
from audiobuild.model.values import Role, Voice

LETTERS = "letters"
"""The department whose articles are the readers' own, by its name."""

_HEADLINES = {Role.SECTION, Role.FLY_TITLE, Role.HEADLINE, Role.RUBRIC, Role.HEADING}


def choose_voice(show: Show, role: Role, section: str = "", place: int = 0) -> Voice:
    """Choose the voice for a part.

    Args:
        role: what is read.
        section: the department of its article.
        place: its article's place in the edition, from 0.
    """
    voices = show.voices
    if role in _HEADLINES and voices.headlines != VoiceSettings():
        return _voice(voices.headlines, show)
    if role is Role.QUOTATION and voices.quotations != VoiceSettings():
        return _voice(voices.quotations, show)
    if section.casefold() == LETTERS and voices.letters != VoiceSettings():
        return _voice(voices.letters, show)
    for name, voice in voices.departments:
        if name.casefold() == section.casefold():
            return _voice(voice, show)
    readers = (voices.narrator, *voices.alternate)
    return _voice(readers[place % len(readers)], show)


def narrator(show: Show) -> Voice:
    """Give the voice that reads whatever no other one reads."""
    return _voice(show.voices.narrator, show)


def voices_of(show: Show) -> tuple[Voice, ...]:
    """List all the voices that a show names, each once, the narrator's first."""
    voices = show.voices
    named = (voices.headlines, voices.quotations, voices.letters, *(each for _, each in voices.departments))
    settings = (voices.narrator, *voices.alternate, *(each for each in named if each != VoiceSettings()))
    return tuple(dict.fromkeys(_voice(each, show) for each in settings))


def _voice(settings: VoiceSettings, show: Show) -> Voice:
    """Fill in what is left out from the narrator; another engine does not know the narrator's name."""
    voices = show.voices
    narrator = voices.narrator
    engine = settings.engine or narrator.engine or ""
    name = settings.name if settings.name is not None or engine != narrator.engine else narrator.name
    rate, pitch = settings.rate or narrator.rate, settings.pitch_semitones
    same = narrator.pitch_semitones if engine == narrator.engine else 0.0
    own = dict(show.engines).get(engine, ())
    return Voice(engine, name or "", rate or 1.0, (same if pitch is None else pitch) or 0.0, own)
