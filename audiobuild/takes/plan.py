"""Script to jobs: which takes an episode needs, which of them the store has, and why the others must be made (layer 3).

What an episode was made of is kept in the store as well, so that a later build can say what has changed since.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from audiobuild.engines import Engine
from audiobuild.engines.registry import open_engine
from audiobuild.model.values import Script, Segment, Sting, Take, Voice
from audiobuild.store.artefacts import Store, address
from audiobuild.takes.former_readings import OtherReading, Reading, find_other_readings, keep_readings
from audiobuild.takes.jobs import Encoding, Job, sound_fingerprint, take_key, take_parts
from audiobuild.takes.stored_takes import ask_each, read_takes
from audiobuild.takes.wording import is_spoken


class Reason(StrEnum):
    """Why a take must be made."""

    FIRST = "never built before"
    TEXT = "its text is new"
    READING = "it is read otherwise"
    VOICE = "its voice or engine has changed"
    PAUSE = "its pause has changed"
    SOUND = "level, encoding or sting have changed"
    GONE = "the store has it no more"


@dataclass(frozen=True, slots=True)
class Need:
    """A take that must be made."""

    job: Job
    reason: Reason
    is_spoken: bool
    """Whether the store has its speech, so that nothing is synthesised."""
    readings: tuple[OtherReading, ...] = ()
    """What is read otherwise than before in the same text."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What takes an episode needs, and what is to be done for them."""

    jobs: Mapping[Segment | Sting, Job]
    """In the order in which they are heard."""
    takes: Mapping[str, Take]
    """Those that the store has, by their keys."""
    needs: tuple[Need, ...]
    """Those that it has not, each once."""


def plan_jobs(
    scripts: Iterable[Script], encoding: Encoding, locale: str, store: Store, identity: str
) -> tuple[Plan, bytes]:
    """Find the address of every take, and which of them are missing.

    Args:
        identity: what makes it the same episode as one that was built before.

    Returns:
        The plan, and the record to `keep_record` once it has been carried out.

    Raises:
        AudiobuildError: an engine or a sound file cannot be used.
    """
    items = {item: None for script in scripts for section in script.sections for item in section.items}
    voices = {item.voice for item in items if isinstance(item, Segment)}
    engines = {voice: open_engine(voice, locale) for voice in voices}
    files = {sting.path for item in items if (sting := item.over if isinstance(item, Segment) else item)}
    sounds = {path: sound_fingerprint(path) for path in files}

    jobs: dict[Segment | Sting, Job] = {}
    parts_of: dict[str, dict[str, object]] = {}
    for item in items:
        parts = take_parts(item, encoding, engine=_engine(item, engines), sound=_sound(item, sounds))
        key = take_key(parts)
        parts_of[key] = parts
        jobs[item] = Job(key, item, encoding, locale, store.where)
    takes = read_takes(store, parts_of)
    before = _Record.read(store, identity)
    missing = tuple({job.key: job for job in jobs.values() if job.key not in takes}.values())
    segments = (item for item in items if isinstance(item, Segment))
    spoken = zip(missing, ask_each(store, lambda job: _has_speech(job, engines, store), missing), strict=True)
    needs = (_need(job, before.reason(parts_of[job.key]), before, is_spoken=is_there) for job, is_there in spoken)
    return Plan(jobs, takes, tuple(needs)), _Record.render(parts_of.values(), segments)


def _need(job: Job, reason: Reason, before: _Record, *, is_spoken: bool) -> Need:
    """Say why a take must be made; where its text is new, but was written so before, what is read otherwise."""
    if reason is Reason.TEXT and isinstance(job.item, Segment):
        readings = find_other_readings(job.item, before.readings)
        return Need(job, Reason.READING if readings else reason, is_spoken, readings)
    return Need(job, reason, is_spoken)


def _has_speech(job: Job, engines: Mapping[Voice, Engine], store: Store) -> bool:
    """Say whether the store has all that is spoken in a take; nothing is in a sting."""
    item = job.item
    if not isinstance(item, Segment):
        return True
    return is_spoken(engines[item.voice], item.spoken.text, store, item.pronunciations, locale=job.locale)


def keep_record(store: Store, identity: str, record: bytes) -> None:
    """Keep what an episode was made of.

    Raises:
        OutputError: the store cannot be written.
    """
    store.put(_record_key(identity), record)


def _engine(item: Segment | Sting, engines: Mapping[Voice, Engine]) -> Engine | None:
    return engines[item.voice] if isinstance(item, Segment) else None


def _sound(item: Segment | Sting, sounds: Mapping[Path, str]) -> str:
    sting = item.over if isinstance(item, Segment) else item
    return sounds[sting.path] if sting else ""


def _record_key(identity: str) -> str:
    return address("records", identity=identity)


@dataclass(frozen=True, slots=True)
class _Record:
    """What an episode was made of when it was built last: hashes of what takes depend on, from less of it to all."""

    known: frozenset[str]
    is_empty: bool
    readings: Mapping[str, Reading]
    """How its texts were read, under the hashes of what is written; nothing in a record of a former version."""

    @classmethod
    def read(cls, store: Store, identity: str) -> _Record:
        data = store.get(_record_key(identity))
        kept = json.loads(data) if data else []
        if isinstance(kept, list):  # of a former version
            kept = {"marks": kept, "readings": {}}
        return cls(frozenset(kept["marks"]), data is None, kept["readings"])

    @staticmethod
    def render(parts_of: Iterable[Mapping[str, object]], segments: Iterable[Segment]) -> bytes:
        marks = sorted({mark for parts in parts_of for mark in _marks(parts).values()})
        return json.dumps({"marks": marks, "readings": keep_readings(segments)}).encode()

    def reason(self, parts: Mapping[str, object]) -> Reason:
        if self.is_empty:
            return Reason.FIRST
        return next((reason for reason, mark in _marks(parts).items() if mark not in self.known), Reason.GONE)


def _marks(parts: Mapping[str, object]) -> dict[Reason, str]:
    """Hashes of more and more of what a take depends on, each with the reason that a new one is."""
    marks = {}
    told: dict[str, object] = {}
    steps = (
        (Reason.TEXT, ("text", "sounds", "sting")),
        (Reason.VOICE, ("engine",)),
        (Reason.PAUSE, ("pause", "sentence")),
        (Reason.SOUND, tuple(parts)),
    )
    for reason, names in steps:
        told |= {name: parts[name] for name in names if name in parts}
        marks[reason] = address("", step=reason.name, **told)
    return marks
