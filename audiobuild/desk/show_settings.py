"""What show.toml says of voices and pauses, as a page shows and sets it (layer 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from audiobuild.build.options import Options, with_options
from audiobuild.config.limits import check_values
from audiobuild.config.show import Show, VoiceSettings
from audiobuild.config.show_file import parse_show
from audiobuild.desk.proofs import Proofs
from audiobuild.desk.show_text import with_value, without_key
from audiobuild.engines.registry import open_engine
from audiobuild.errors import ConfigError
from audiobuild.model.values import Role, Voice
from audiobuild.script.casting import LETTERS, choose_voice, narrator, voices_of
from audiobuild.voices.offers import list_offers
from audiobuild.voices.speakers import with_engines

ROLES = ("narrator", "headlines", "quotations", LETTERS)
"""Who may have a voice of their own, beside the departments."""

Value = tuple[tuple[str, ...], str, str | int | None]
"""The names that lead to a table of show.toml, a key in it, and what it is to be; None takes the key out."""


def settings_facts(proofs: Proofs) -> dict[str, Any]:
    """Put voices and pauses in terms for a page, with the voices that can speak now."""
    show = proofs.show
    rows = [(["voices", role], role, getattr(show.voices, role)) for role in ROLES]
    own = dict(show.voices.departments)
    rows += [(["voices", "departments", name], name, own.get(name, VoiceSettings())) for name in departments_of(proofs)]
    voices = [[path, label, voice.engine or "", voice.name or ""] for path, label, voice in rows]
    language = show.language.partition("-")[0]
    offers = [
        [offer.engine, offer.info.name]
        for offer in list_offers(None, show.language)
        if not offer.missing and not offer.download_bytes and offer.info.language.lower().startswith(language)
    ]
    return {"voices": voices, "pauses": asdict(show.pauses), "offers": offers}


def departments_of(proofs: Proofs) -> tuple[str, ...]:
    """List the departments that may have a voice, each as show.toml has it, where that names it."""
    known = {name.casefold(): name for name, _ in proofs.show.voices.departments}
    sections = (article.section for article in proofs.edition.articles if article.section)
    names = dict.fromkeys(known.get(section.casefold(), section) for section in sections)
    return tuple(name for name in names if name.casefold() != LETTERS)


def values_of(asked: object, departments: Sequence[str]) -> list[Value]:
    """Take what a page asks to be set, if it may be.

    Args:
        asked: rows of the names that lead to a table, a key and a value; None for a voice as the narrator's, and for
            the narrator the default of the language.
        departments: those that may have a voice.

    Raises:
        ConfigError: it is no voice of a role, and no pause.
    """
    pauses = asdict(Show().pauses)
    values: list[Value] = []
    voiced = {*(("voices", role) for role in ROLES), *(("voices", "departments", name) for name in departments)}
    for each in asked if isinstance(asked, list) else ():
        names, key, value = each if isinstance(each, list) and len(each) == 3 else ((), "", "")
        table = tuple(map(str, names)) if isinstance(names, list) else ()
        is_voice = table in voiced and key in ("engine", "name") and isinstance(value, str | None)
        is_pause = table == ("pauses",) and isinstance(key, str) and key in pauses and type(value) is int
        if not is_voice and not is_pause:
            raise ConfigError(f"the desk does not set {'.'.join(table)}.{key}", "show.toml", "Write it there by hand.")
        values.append((table, key, value))
    if not values:
        raise ConfigError("nothing was chosen", "show.toml")
    return values


def show_with(text: str, values: Iterable[Value], options: Options, where: str) -> tuple[str, Show]:
    """Set values in the text of show.toml, and see that a build can be made of it.

    Returns:
        The text, and the show as it reads then.

    Raises:
        AudiobuildError: what is set cannot be.
    """
    for table, key, value in values:
        text = without_key(text, table, key) if value is None else with_value(text, table, key, value)
    show = check_values(with_options(parse_show(text.encode(), where), options), where)
    show, _ = with_engines(show)
    for voice in voices_of(show):
        _ = open_engine(voice, show.language).fingerprint
    return text, show


def reader_of(table: object, departments: Sequence[str], show: Show) -> Voice:
    """Say who reads for the role that a table of show.toml is about.

    Raises:
        ConfigError: there is no such role.
    """
    match table:
        case ["voices", "narrator"]:
            return narrator(show)
        case ["voices", "headlines"]:
            return choose_voice(show, Role.HEADLINE)
        case ["voices", "quotations"]:
            return choose_voice(show, Role.QUOTATION)
        case ["voices", name] if name == LETTERS:
            return choose_voice(show, Role.PARAGRAPH, LETTERS)
        case ["voices", "departments", str(name)] if name in departments:
            return choose_voice(show, Role.PARAGRAPH, name)
    raise ConfigError("nobody reads for this", "show.toml")


def folders_of(sources: Sequence[Path | str]) -> list[Path]:
    """Give the folders that an editor's files lie in."""
    return [source if source.is_dir() else source.parent for source in sources if isinstance(source, Path)]
