"""Who speaks where show.toml leaves it open: each voice's engine, or the voice that a show had before (layer 3).

What the user should know of that choice leaves as lines of text: notes, and warnings of the voices themselves.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from audiobuild.config.show import Show, VoiceSettings, VoicesSettings
from audiobuild.engines import VoiceInfo
from audiobuild.engines.registry import default_engine, find_engine, load_engine, open_engine
from audiobuild.model.values import Voice
from audiobuild.script.casting import narrator as narrator_of

_ACCENTS = {
    "en-AU": "Australian",
    "en-CA": "Canadian",
    "en-GB": "British",
    "en-IE": "Irish",
    "en-IN": "Indian",
    "en-US": "American",
}
"""How the accent of a region is called; of others the tag is told."""


def with_chosen_voice(show: Show, engine: str | None, name: str | None, rate: float | None) -> Show:
    """Lay the voice that the command line asks for over show.toml: it reads everything; None leaves it to show.toml."""
    narrator = show.voices.narrator
    asked = VoiceSettings(
        narrator.engine if engine is None else engine,
        narrator.name if name is None else name,
        narrator.rate if rate is None else rate,
        narrator.pitch_semitones,
    )
    if engine is None and name is None:
        return dataclasses.replace(show, voices=dataclasses.replace(show.voices, narrator=asked))
    own = engine or narrator.engine
    if name is not None and engine is None and not (own and load_engine(own).has_voice(name)):
        own = find_engine(name, show.language)
    if own != narrator.engine:  # another engine knows neither the name nor the pitch that show.toml has for its own
        asked = VoiceSettings(own, name or "", asked.rate, 0.0)
    voices = VoicesSettings(narrator=dataclasses.replace(asked, engine=own))
    return dataclasses.replace(show, voices=voices, languages=())


def with_engines(show: Show, before: Voice | None = None) -> tuple[Show, tuple[str, ...]]:
    """Name the engine of every voice that names none.

    Args:
        show: as show.toml and the command line have it.
        before: who narrated the show's last episode; None where there is none.

    Returns:
        The show, and what the user should be told of the choice, a line each.

    Raises:
        EngineError: no engine has a voice of that name, or the narrator's engine has not.
        ConfigError: the narrator's engine has no such setting.
    """
    voices = show.voices
    notes: tuple[str, ...] = ()
    if voices.narrator.engine or voices.narrator.name:
        narrator = _with_engine(voices.narrator, "", show.language)
    else:
        narrator, notes = _narrator_by_default(show, before)
    rest = {
        field.name: _with_engine(getattr(voices, field.name), narrator.engine or "", show.language)
        for field in dataclasses.fields(voices)
        if isinstance(getattr(voices, field.name), VoiceSettings) and field.name != "narrator"
    }
    own = narrator.engine or ""
    departments = tuple((name, _with_engine(each, own, show.language)) for name, each in voices.departments)
    alternate = tuple(_with_engine(each, own, show.language) for each in voices.alternate)
    whole = VoicesSettings(narrator=narrator, departments=departments, alternate=alternate, **rest)
    chosen = dataclasses.replace(show, voices=whole)
    return chosen, (*notes, *(() if voices.narrator.name else _foreign_accent(chosen)))


def find_warnings(spoken: Iterable[tuple[Voice, str]]) -> tuple[str, ...]:
    """Say in a line each of which voices a publisher may not be allowed to use, or speak another language, and why.

    Args:
        spoken: voices, and in which locale each reads.

    Raises:
        EngineError: an engine or a voice is not there.
    """
    infos = [(voice.engine, open_engine(voice, locale).info, locale) for voice, locale in dict.fromkeys(spoken)]
    warnings = [f"{engine}, voice {info.name}: {info.warning}" for engine, info, _ in infos if info.warning]
    strangers = (_stranger(*each) for each in infos)
    return tuple(dict.fromkeys([*warnings, *filter(None, strangers)]))


def _stranger(engine: str, info: VoiceInfo, locale: str) -> str:
    """Warn of a voice of another language, where its engine has a voice of the right one."""
    language = locale.partition("-")[0]
    own = [each for each in load_engine(engine).voices() if _is_within(each.language, language)]
    if _is_within(info.language, language) or info.language == "und" or not own:
        return ""
    better = next((each for each in own if _is_within(each.language, locale)), own[0]).name
    spoken = f"it speaks {info.language}, and the text is read as {locale}"
    return f"{engine}, voice {info.name}: {spoken}; choose --voice {better}, or --locale {info.language}"


def _foreign_accent(show: Show) -> Iterator[str]:
    """Say how to get a voice of the show's own region, where its engine chose one of another."""
    voice = narrator_of(show)
    engine = load_engine(voice.engine)
    info = open_engine(voice, show.language).info
    if not _is_foreign(info.language, show.language):
        return
    own = [each for each in engine.voices() if _is_within(each.language, show.language)]
    if not own:
        return
    better: VoiceInfo = min(own, key=lambda each: not each.is_here)
    fetched = "" if better.is_here else f"audiobuild voices get {better.name}, then "
    other, wanted = _ACCENTS.get(info.language), _ACCENTS.get(show.language)
    spoken = f"is {other} ({info.language})" if other else f"speaks {info.language}"
    yield (
        f"the voice {info.name} {spoken}, the show {show.language}; a {wanted or show.language} one: "
        f'{fetched}[voices.narrator] name = "{better.name}" in show.toml'
    )


def _is_foreign(language: str, locale: str) -> bool:
    """Say whether a voice has the language of a locale, and another region.

    >>> [_is_foreign(tag, "en-GB") for tag in ("en-US", "en-GB-scotland", "en", "de-DE")]
    [True, False, False, False]
    """
    primary = locale.partition("-")[0].lower()
    return language.lower().startswith(f"{primary}-") and not _is_within(language, locale)


def _is_within(language: str, locale: str) -> bool:
    return f"{language.lower()}-".startswith(f"{locale.lower()}-")


def _narrator_by_default(show: Show, before: Voice | None) -> tuple[VoiceSettings, tuple[str, ...]]:
    """Take the voice that the show's episodes have, or else the default, and say so where they differ."""
    engine, narrator = default_engine(show.language), show.voices.narrator
    if before is None:
        return dataclasses.replace(narrator, engine=engine, name=""), ()
    kept = dataclasses.replace(narrator, engine=before.engine, name=before.name)
    if before.engine == engine:
        return kept, ()
    note = (
        f"this show keeps the voice of its episodes, {before.engine}; the default is {engine} now: "
        f'[voices.narrator] engine = "{engine}" in show.toml takes it'
    )
    return kept, (note,)


def _with_engine(settings: VoiceSettings, narrator: str, locale: str) -> VoiceSettings:
    """Name the engine of a voice by the voice's own name, unless the narrator's has it too."""
    if settings.engine or not settings.name or (narrator and load_engine(narrator).has_voice(settings.name)):
        return settings
    return dataclasses.replace(settings, engine=find_engine(settings.name, locale))
