"""Very many segments spoken by a server that often fails: what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobuild.cli.terminal import Terminal
from audiobuild.engines.registry import open_engine
from audiobuild.model.values import Voice
from audiobuild.store.artefacts import Store
from audiobuild.takes.jobs import Job
from audiobuild.takes.processes import default_workers
from audiobuild.takes.synthesis import speak
from audiobuild.takes.workers import render_all
from tests.jobs import job, segment
from tests.speech_server import FAULTS, MS_A_CHAR, Unreliable, heard_pitch_hz, pitch_hz
from tests.web_server import running_web_server


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the segments, as the server saw it and as the store has it."""

    server: Unreliable
    texts: Sequence[str]
    takes: int
    wrong: Sequence[str]
    """Texts whose speech in the store is not the speech of that text."""

    @property
    def requests(self) -> int:
        """How often the server was asked."""
        return self.server.tries.total()


def speak_many(count: int, folder: Path, connections: int, share: float = 0.3) -> Outcome:
    """Make so many takes, all of other texts, of which the server fails a share of the requests."""
    server = Unreliable(share, FAULTS, connections)
    texts = [f"Boat {number}." for number in range(count)]
    with running_web_server(server) as running:
        own = {"base_url": running.address, "connections": connections, "calls_per_minute": 1_000_000, "retry_s": 0.0}
        voice = Voice("openai", "amy", settings=(*own.items(), ("key_variable", "")))
        jobs: list[Job] = [job(segment(text, voice), folder, text) for text in texts]
        takes = sum(1 for _ in render_all(jobs, default_workers(), Terminal(quiet=True)))
    return Outcome(server, texts, takes, [text for text in texts if not _is_right(text, voice, Store(folder))])


def _is_right(text: str, voice: Voice, store: Store) -> bool:
    """Whether the store has the speech of a text; the server is gone, so that there is nobody else to ask."""
    clip = speak(open_engine(voice, "en-GB"), text, store, sentence_ms=0).clip
    lasts = abs(clip.duration_ms - MS_A_CHAR * len(text)) < 60
    return lasts and abs(heard_pitch_hz(clip) - pitch_hz(text)) < 0.1 * pitch_hz(text)
