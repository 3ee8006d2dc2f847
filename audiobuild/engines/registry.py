"""The engines there are: by name, by voice, by language; and opened with a voice that they can speak with (layer 3)."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from audiobuild.engines import Abilities, Engine
from audiobuild.errors import EngineError
from audiobuild.model.values import Voice

GROUP = "audiobuild.engines"
"""The entry point group in which engines are found."""

DEFAULTS = {"en": "hibari"}
"""Who speaks a language where nothing is said of it, by its primary subtag."""
DEFAULT = "espeak"
"""Who speaks all others."""


_handed: dict[str, str] = {}
"""In a worker, what its parent has found: to read of all that is installed takes longer than to speak a sentence."""


@cache
def engine_places() -> dict[str, str]:
    """Say where the engines are that are installed: the class of each with its module, by the engine's name."""
    installed = () if _handed else tuple(entry_points(group=GROUP))
    # Of two that bear a name the first is taken.
    return _handed or {point.name: point.value for point in reversed(installed)}


def hand_places(places: dict[str, str]) -> None:
    """Tell a process that has just started where the engines are."""
    _handed.update(places)


def engine_names() -> tuple[str, ...]:
    """List the engines that are installed, in alphabetical order."""
    return tuple(sorted(engine_places()))


@cache
def load_engine(name: str) -> type[Engine]:
    """Import the engine of that name.

    Raises:
        EngineError: no such engine is installed; names those there are.
    """
    place = engine_places().get(name)
    if place is None:
        names = engine_names()
        near = difflib.get_close_matches(name, names, n=1)
        meant = f"Did you mean {near[0]}? " if near else ""
        raise EngineError(f"there is no engine {name!r}", hint=f"{meant}Installed are: {', '.join(names)}".strip())
    engine: type[Engine] = EntryPoint(name, place, GROUP).load()
    return engine


def default_engine(locale: str) -> str:
    """Name the engine that speaks a locale where nothing is said of it.

    >>> default_engine("en-GB"), default_engine("de-DE")
    ('hibari', 'espeak')
    """
    return DEFAULTS.get(locale.partition("-")[0].lower(), DEFAULT)


def ranked_engines(locale: str) -> tuple[type[Engine], ...]:
    """List the engines that are installed: the default one, others that need no network, then the rest."""
    engines = [load_engine(name) for name in engine_names()]
    first = default_engine(locale)
    return tuple(sorted(engines, key=lambda engine: (engine.name != first, engine.abilities.connections > 0)))


def find_engine(voice: str, locale: str) -> str:
    """Name the engine that has a voice of that name: the first of `ranked_engines` that has.

    Raises:
        EngineError: none has; names the nearest voice.
    """
    engines = ranked_engines(locale)
    for engine in engines:
        if engine.has_voice(voice):
            return engine.name
    known = {info.name: info.description for engine in engines for info in engine.voices()}
    near = _of_language(voice, known) or difflib.get_close_matches(voice, sorted(known), n=1)
    meant = f"Did you mean {near[0]}? " if near else ""
    raise EngineError(f"no engine has a voice {voice!r}", hint=f"{meant}`audiobuild voices` lists all there are.")


def _of_language(named: str, known: Mapping[str, str]) -> list[str]:
    """Find a voice by the English name of its language, with which its description begins: the language's own first.

    >>> _of_language("French", {"fr-be": "French (Belgium)", "fr-fr": "French (France)"})
    ['fr-fr']
    """
    found = (name for name, about in known.items() if about.lower().split(" (")[0] == named.lower())
    return sorted(found, key=lambda name: (len(set(name.split("-"))), name))[:1]


def open_engine(voice: Voice, locale: str) -> Engine:
    """Make the engine that speaks with a voice.

    Raises:
        EngineError: no such engine, or no such voice, or it has not that rate or pitch.
        ConfigError: it has no such setting.
    """
    engine = load_engine(voice.engine)
    if engine.settings is None and voice.settings:
        raise EngineError("it has no settings of its own", f"[engines.{voice.engine}]", "Take the table away.")
    _require_range("rate", voice.rate, engine.abilities.rates, voice.engine)  # so that none has to reckon with 0
    opened = engine(voice, locale)
    _require_range("rate", voice.rate, opened.abilities.rates, voice.engine)
    _require_range("pitch", voice.pitch_semitones, opened.abilities.pitches_semitones, voice.engine)
    return opened


def _require_range(what: str, value: float, bounds: tuple[float, float], engine: str) -> None:
    lowest, highest = bounds
    if lowest <= value <= highest:
        return
    if what == "rate":
        message, hint = f"it cannot speak at the rate {value:g}", f"It speaks at rates from {lowest:g} to {highest:g}."
    elif lowest < highest:
        message = f"it cannot change the pitch by {value:g} semitones"
        hint = f"It speaks from {lowest:g} to {highest:g} semitones of the voice's own pitch."
    else:
        able = [name for name in engine_names() if _has_pitch(load_engine(name).abilities)]
        message = f"it cannot change the pitch by {value:g} semitones"
        hint = f"Leave the pitch at 0, or choose an engine that can: {', '.join(able)}."
    raise EngineError(message, engine, hint)


def _has_pitch(abilities: Abilities) -> bool:
    lowest, highest = abilities.pitches_semitones
    return lowest < highest
