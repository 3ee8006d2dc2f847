"""What `normalise --phonemes` tells: each line in IPA, with who says how its names sound (layer 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from audiobuild.cli.spoken_text import SpokenText


def phoneme_lines(spoken: Iterable[SpokenText], path: Path | None, locale: str | None) -> Iterator[str]:
    """Write what a voice that takes phonemes is given of each line; a line of which nothing is heard is empty.

    Args:
        path: the text's file, whose show says who speaks; None for no show.
        locale: the language; None for the show's.

    Raises:
        AudiobuildError: a word has no sound, or the show has no voice.
    """
    from audiobuild.config.show import Show
    from audiobuild.sources.edition import find_show
    from audiobuild.voices.accents import find_accent
    from audiobuild.voices.transcription import transcribe

    accent = find_accent(find_show([path])[0] if path else Show(), locale)
    for line in spoken:
        pieces: list[str] = []
        for word in transcribe(line.spoken.text, line.sounds, accent) if line.spoken.text.strip() else ():
            told = f"{word.ipa}{{{word.origin}}}" if word.origin else word.ipa
            pieces += [" "] * (word.is_apart and bool(pieces)) + [told]
        yield "".join(pieces)
