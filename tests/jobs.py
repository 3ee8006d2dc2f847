"""Jobs for the renderer."""

from __future__ import annotations

from pathlib import Path

from audiobuild.model.levels import PRESETS
from audiobuild.model.values import Role, Segment, Spoken, Sting, Voice
from audiobuild.store.artefacts import address
from audiobuild.takes.jobs import Encoding, Job

ENCODING = Encoding(lossless=False, bit_rate_kbps=96, channels=1, level=PRESETS["podcast"])
LOSSLESS = Encoding(lossless=True, bit_rate_kbps=0, channels=1, level=PRESETS["podcast"])
SILENT = Voice("silent")


def segment(text: str, voice: Voice = SILENT, pause_frames: int = 5) -> Segment:
    return Segment(Spoken(text, text, ()), voice, Role.PARAGRAPH, pause_frames, "article.md", 7)


def job(item: Segment | Sting, store: Path, name: str = "take", encoding: Encoding = ENCODING) -> Job:
    return Job(address("tests", name=name), item, encoding, "en-GB", store)
