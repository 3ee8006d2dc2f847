"""Where the passages of the desk are spoken: a build's own takes, from the store or made at once (layer 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from audiobuild.audio.loudness import integrated_loudness, joined_block_loudness
from audiobuild.desk.article_proof import ArticleProof
from audiobuild.desk.proofs import Proofs
from audiobuild.desk.unheard import place_unheard
from audiobuild.engines.registry import open_engine
from audiobuild.errors import AudiobuildError
from audiobuild.model.values import Chapter, Cue, PlacedDoubt, Section, Segment, Take, Timeline, ms_of
from audiobuild.store.artefacts import Store
from audiobuild.store.upkeep import in_use
from audiobuild.takes.jobs import Encoding, Job, take_key, take_parts
from audiobuild.takes.stored_takes import read_sound, read_take
from audiobuild.takes.workers import standing_worker
from audiobuild.timeline.word_times import words_of

_STEP_BLOCKS = 5
"""Of the blocks that loudness is measured in, one every 100 ms, each fifth is shown."""
_SILENT_LUFS = -70.0


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
        said = self.segment.spoken
        facts = {"sound": f"takes/{name}", "words": words, "ms": ms_of(sounding)}
        return {**facts, "written": said.written, "spoken": said.text}


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud an article is, as far as it has been spoken."""

    parts: tuple[tuple[int, int, tuple[float, ...]], ...]
    """Of each passage that was spoken: its number, its length in ms, and its loudness every half second, in LUFS."""
    whole_lufs: float
    target_lufs: float

    def facts(self) -> dict[str, Any]:
        """Put it in terms for a page."""
        parts = [[number, ms, list(levels)] for number, ms, levels in self.parts]
        return {"parts": parts, "whole": round(self.whole_lufs, 1), "target": self.target_lufs}


class Booth:
    """A voice that is ready to speak."""

    def __init__(self, store: Store, make: Callable[[Job], Take], encoding: Encoding | None = None) -> None:
        self.store = store
        self._make = make
        self._encoding = encoding  # None for that of a build

    def hear(self, segment: Segment, proofs: Proofs) -> Heard:
        """Have a segment spoken, unless the store has its take.

        Raises:
            AudiobuildError: it cannot be spoken, or the store cannot be written.
        """
        job = self._job(segment, proofs)
        return Heard(segment, read_take(self.store, job.key) or self._make(job))

    def unheard(self, segment: Segment, proofs: Proofs) -> Iterable[PlacedDoubt]:
        """Find the words of a segment's take that were not heard; none where nobody has listened to it."""
        try:
            key = self._job(segment, proofs).key
        except AudiobuildError:  # a voice that is not there has no takes; whoever wants to hear it is told
            return ()
        return place_unheard(segment.spoken, key, self.store)

    def loudness(self, proof: ArticleProof, proofs: Proofs) -> Loudness:
        """Say how loud the passages of an article are of which there are takes."""
        parts: list[tuple[int, int, tuple[float, ...]]] = []
        heard: list[Take] = []
        for number, passage in enumerate(proof.passages):
            take = read_take(self.store, self._job(passage.segment, proofs).key) if passage.segment else None
            if take:
                blocks = joined_block_loudness([take.levels])[::_STEP_BLOCKS]
                levels = tuple(round(max(float(level), _SILENT_LUFS), 1) for level in blocks)
                parts.append((number, ms_of(take.frames), levels))
                heard.append(take)
        whole = integrated_loudness(joined_block_loudness(each.levels for each in heard)) if heard else _SILENT_LUFS
        return Loudness(tuple(parts), whole, proofs.encoding.level.loudness_lufs)

    def sound(self, name: str) -> bytes:
        """Read the sound of a take.

        Raises:
            SoundGone: there is none that is undamaged.
        """
        return read_sound(self.store, f"takes/{name}")

    def _job(self, segment: Segment, proofs: Proofs) -> Job:
        locale, encoding = proofs.show.language, self._encoding or proofs.encoding
        engine = open_engine(segment.voice, locale)
        key = take_key(take_parts(segment, encoding, engine=engine))
        return Job(key, segment, encoding, locale, self.store.root)


@contextmanager
def open_booth(store: Store) -> Iterator[Booth]:
    """Keep a process that speaks while the block runs.

    Raises:
        OutputError: the store cannot be written.
    """
    with in_use(store), standing_worker() as make:
        yield Booth(store, make)
