"""Engines installed for a test: one that costs, warns and asks for credit, and one whose package is missing."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from audiobuild.engines import Download, VoiceInfo
from audiobuild.engines.silent import Silent
from audiobuild.errors import EngineError
from tests.installing import install_engines

WARNING = "the harbour office sells its songs itself"
CREDIT = "Ann of the <Quay>"
LICENCE = "CC-BY-4.0"
MISSING = "lacking-voices: pip install 'audiobuild[lacking]'"


class Quay(Silent):
    """The tone, at a price; one of its voices would have to be fetched, and nobody knows its checksum."""

    name = "quay"
    abilities = dataclasses.replace(Silent.abilities, price_per_1000_chars=0.015)

    @property
    def info(self) -> VoiceInfo:
        return next(info for info in self.voices() if info.name == self._voice)

    @classmethod
    def voices(cls) -> Sequence[VoiceInfo]:
        unknown = Download("http://127.0.0.1:1/high", Path("nowhere/high.bin"), "", 1000)
        return [
            VoiceInfo(
                "middle",
                "en-US",
                "a tone of America, as heard in a harbour of Maine. " * 3,
                LICENCE,
                CREDIT,
                WARNING,
            ),
            VoiceInfo("low", "en-GB", "a tone of Britain", LICENCE, CREDIT, WARNING),
            VoiceInfo("high", "en-IE", "a tone of Ireland", LICENCE, downloads=(unknown,)),
        ]


class Lacking(Silent):
    """The tone, but for what it needs."""

    name = "lacking"

    @property
    def fingerprint(self) -> str:
        raise EngineError("it is not installed", self.name, "Install it: pip install 'audiobuild[lacking]'")

    @classmethod
    def missing(cls) -> str:
        return MISSING


def install(folder: Path) -> dict[str, str]:
    """Install the engines into a folder; gives the environment in which they are found."""
    return install_engines(folder, quay="tests.other_voices:Quay", lacking="tests.other_voices:Lacking")
