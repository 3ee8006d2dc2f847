"""Where the passages of the desk are spoken: a build's own takes, from the store or made at once (layer 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from audiobuild.desk.proofs import Proofs
from audiobuild.engines.registry import open_engine
from audiobuild.model.values import Chapter, Cue, Section, Segment, Take, Timeline, ms_of
from audiobuild.store.artefacts import Store
from audiobuild.store.upkeep import in_use
from audiobuild.takes.jobs import Encoding, Job, take_key, take_parts
from audiobuild.takes.record import read_sound, read_take
from audiobuild.takes.workers import standing_worker
from audiobuild.timeline.word_times import words_of


@dataclass(frozen=True, slots=True)
class Heard:
    """A passage as it sounds."""

    segment: Segment
    take: Take

    def facts(self) -> dict[str, Any]:
        """Put it in terms for a page: where the sound is, and when each written word starts, with how many it is."""
        section = Section("", (self.segment,))
        cue = Cue(self.segment, self.take, 0, self.take.frames)
        timeline = Timeline((cue,), (Chapter(section, 0, self.take.frames),), self.take.frames)
        words = [[word.start_ms, len(word.text.split())] for word in words_of(timeline)]
        sounding = max(0, self.take.frames - self.segment.pause_frames)
        name = self.take.key.partition("/")[2]
        return {"sound": f"takes/{name}", "words": words, "ms": ms_of(sounding), "spoken": self.segment.spoken.text}


class Booth:
    """A voice that is ready to speak."""

    def __init__(self, store: Store, make: Callable[[Job], Take], encoding: Encoding | None = None) -> None:
        self._store = store
        self._make = make
        self._encoding = encoding  # None for that of a build

    def hear(self, segment: Segment, proofs: Proofs) -> Heard:
        """Have a segment spoken, unless the store has its take.

        Raises:
            AudiobuildError: it cannot be spoken, or the store cannot be written.
        """
        job = self._job(segment, proofs)
        return Heard(segment, read_take(self._store, job.key) or self._make(job))

    def known(self, segment: Segment, proofs: Proofs) -> Take | None:
        """Find the take of a segment, if there is one."""
        return read_take(self._store, self._job(segment, proofs).key)

    def sound(self, name: str) -> bytes:
        """Read the sound of a take.

        Raises:
            SoundGone: there is none that is undamaged.
        """
        return read_sound(self._store, f"takes/{name}")

    def _job(self, segment: Segment, proofs: Proofs) -> Job:
        locale, encoding = proofs.show.language, self._encoding or proofs.encoding
        engine = open_engine(segment.voice, locale)
        key = take_key(take_parts(segment, encoding, engine=engine))
        return Job(key, segment, encoding, locale, self._store.root)


@contextmanager
def open_booth(store: Store) -> Iterator[Booth]:
    """Keep a process that speaks while the block runs.

    Raises:
        OutputError: the store cannot be written.
    """
    with in_use(store), standing_worker() as make:
        yield Booth(store, make)
