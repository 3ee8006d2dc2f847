"""A build is listened to, take by take: what was not heard, worst first, each with a file to hear it by (layer 3)."""

from __future__ import annotations

import shlex
import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audiobuild.audio.codec import decode
from audiobuild.inspection.heard_takes import keep_heard, read_heard
from audiobuild.inspection.misheard import Run, compare
from audiobuild.inspection.recogniser import Recogniser
from audiobuild.model.values import Segment, Take, ms_of
from audiobuild.progress import Progress
from audiobuild.publish.output.output_folder import write
from audiobuild.store.artefacts import Store
from audiobuild.takes.jobs import place_of
from audiobuild.takes.plan import Plan
from audiobuild.takes.stored_takes import read_sound
from audiobuild.takes.workers import size_chars

_OPENERS = {"darwin": "open", "win32": "start", "linux": "xdg-open"}
"""What opens a file with the program that is meant for it, by system."""


@dataclass(frozen=True, slots=True)
class Mishearing:
    """A run of words that were not heard, and where to hear what there is."""

    place: str
    """Where the segment comes from: "FILE:LINE"."""
    run: Run
    at_ms: int
    """About where it should be heard in the clip."""
    clip: Path

    @property
    def command(self) -> str:
        """What has the clip played."""
        return f"{_OPENERS.get(sys.platform, 'xdg-open')} {shlex.quote(str(self.clip))}"


@dataclass(frozen=True, slots=True)
class ListeningResult:
    """What came of listening to a build."""

    findings: tuple[Mishearing, ...]
    """The worst first: by how many words are missing, then by how many were heard otherwise."""
    takes: int
    """How many were heard."""
    unspoken: int
    """How many segments the store has no take of."""
    words: int
    otherwise: int
    """How many of the words were heard otherwise, in runs or alone."""


def listen_to_takes(
    plan: Plan, store: Store, recogniser: Recogniser, clips: Path, *, progress: Progress
) -> ListeningResult:
    """Listen to every take that a build consists of; what this model has heard it does not hear again.

    Args:
        plan: what the build consists of.
        store: where its takes are.
        recogniser: who listens, in the language of the show.
        clips: the folder for the takes in which something was not heard.

    Raises:
        AudiobuildError: whatever the user can put right.
    """
    spoken = {job.key: item for item, job in plan.jobs.items() if isinstance(item, Segment)}
    takes = [(item, plan.takes[key]) for key, item in spoken.items() if key in plan.takes]
    sizes = {take.key: size_chars(plan.jobs[item]) for item, take in takes}
    progress.begin(len(takes), 0, sum(sizes.values()))
    findings: list[Mishearing] = []
    words = otherwise = 0
    for item, take in takes:
        sound = read_sound(store, take.key)
        told = read_heard(store, take.key, item.spoken.text, recogniser.model)
        if told is None:
            told = compare(item.spoken.text, recogniser.transcribe(decode(sound, take.key)), recogniser.locale)
            keep_heard(store, take.key, item.spoken.text, told, recogniser.model)
        words, otherwise = words + told.words, otherwise + told.otherwise
        if told.runs:
            findings += _findings(item, take, told.runs, _written(item, sound, clips))
        progress.advance(sizes[take.key], take.frames, "")
    findings.sort(key=lambda each: (-each.run.missing, -each.run.words))
    return ListeningResult(tuple(findings), len(takes), len(spoken) - len(takes), words, otherwise)


def _findings(segment: Segment, take: Take, runs: tuple[Run, ...], clip: Path) -> Iterator[Mishearing]:
    for run in runs:
        yield Mishearing(place_of(segment), run, _time_ms(segment, take, run.offset), clip)


def _time_ms(segment: Segment, take: Take, offset: int) -> int:
    """Say when a place of the text is heard: by the times of the words, or else by its share of the length."""
    place = bisect_right([word.offset for word in take.words], offset)
    if place:
        return take.words[place - 1].start_ms
    sounding = max(0, take.frames - segment.pause_frames)
    return ms_of(sounding * offset // max(1, len(segment.spoken.text)))


def _written(segment: Segment, sound: bytes, clips: Path) -> Path:
    """Write a take as it is: MP3 frames and FLAC can both be played."""
    stem = f"{Path(segment.source).stem or 'show'}-{segment.line}"
    suffix = ".flac" if sound.startswith(b"fLaC") else ".mp3"
    path = clips / f"{stem}{suffix}"
    number = 2
    while path.is_file() and path.read_bytes() != sound:  # another of that name: two idents, or articles of one name
        path = clips / f"{stem}-{number}{suffix}"
        number += 1
    write(path, sound)
    return path
