"""An engine installed for a test: espeak, 12 dB quieter, as another engine might be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from audiobuild.audio.clip import Clip
from audiobuild.engines import Speech, VoiceInfo
from audiobuild.engines.espeak import Espeak
from audiobuild.model.pronunciation import Pronunciation
from tests.installing import install_engines

QUIETER_DB = -12.0


class Quiet(Espeak):
    """espeak with the volume down."""

    name = "quiet"

    @property
    def fingerprint(self) -> str:
        return f"quiet {QUIETER_DB} {super().fingerprint}"

    def synthesise(self, text: str, pronunciations: Sequence[Pronunciation] = ()) -> Speech:
        speech = super().synthesise(text, pronunciations)
        samples = speech.clip.samples * np.float32(10 ** (QUIETER_DB / 20))
        return Speech(Clip(samples, speech.clip.rate_hz), speech.words)

    @classmethod
    def voices(cls) -> Sequence[VoiceInfo]:
        return super().voices()


def install(folder: Path) -> dict[str, str]:
    """Install the engine into a folder; gives the environment in which it is found."""
    return install_engines(folder, quiet="tests.quiet_voice:Quiet")
