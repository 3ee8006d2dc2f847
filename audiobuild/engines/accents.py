"""In whose sounds a show is spoken (layer 3)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from audiobuild.config.show import Show
from audiobuild.engines.registry import open_engine
from audiobuild.engines.speakers import with_engines
from audiobuild.script.casting import narrator


@dataclass(frozen=True, slots=True)
class Accent:
    """The sounds of a voice, and the words that it says in them."""

    locale: str
    """Whose words: a BCP 47 tag, the show's."""
    british: bool
    """Whether an English voice has British sounds."""


def find_accent(show: Show, locale: str | None = None) -> Accent:
    """Find the accent of a show's narrator; the show's own where its voice is of no region.

    Raises:
        EngineError: there is no such engine or voice.
    """
    chosen, _ = with_engines(dataclasses.replace(show, language=locale or show.language), "", ())
    region = open_engine(narrator(chosen), chosen.language).info.language
    british = region.startswith("en-GB") or (not region.startswith("en-") and chosen.language == "en-GB")
    return Accent(chosen.language, british=british)
