"""In whose sounds a show is spoken (layer 3)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from audiobuild.config.show import Show
from audiobuild.engines.registry import open_engine
from audiobuild.errors import AudiobuildError
from audiobuild.script.casting import narrator
from audiobuild.voices.speakers import with_engines


@dataclass(frozen=True, slots=True)
class Accent:
    """The sounds of a voice, and the words that it says in them."""

    locale: str
    """Whose words: a BCP 47 tag, the show's."""
    british: bool
    """Whether an English voice has British sounds."""


def find_accent(show: Show, locale: str | None = None) -> Accent:
    """Find the accent of a show's narrator; the show's own where its voice is of no region, or is not there."""
    show = dataclasses.replace(show, language=locale or show.language)
    try:
        chosen, _ = with_engines(show)
        region = open_engine(narrator(chosen), show.language).info.language
    except AudiobuildError:  # which a build would tell of
        region = ""
    british = region.startswith("en-GB") or (not region.startswith("en-") and show.language == "en-GB")
    return Accent(show.language, british=british)
