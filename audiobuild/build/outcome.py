"""What comes of a build, or would come of it, as values (layer 4)."""

from __future__ import annotations

from dataclasses import dataclass

from audiobuild.errors import EngineError
from audiobuild.model.values import Script, Segment
from audiobuild.publish.episodes.episode import Episode
from audiobuild.takes.plan import Need


@dataclass(frozen=True, slots=True)
class Missing:
    """A segment that could not be spoken."""

    segment: Segment
    error: EngineError


@dataclass(frozen=True, slots=True)
class Result:
    """What was built, and what it took."""

    episodes: tuple[Episode, ...]
    """The whole edition's; then an episode an article, where that was asked for."""
    script: Script
    """What the whole edition says."""
    synthesised: int
    """Segments that were spoken anew."""
    encoded: int
    """Segments whose speech was kept, but not at this level, pause or bit rate."""
    reused: int
    """Segments whose takes were in the store."""
    notes: tuple[str, ...] = ()
    """What the user should be told of the choice of voices, a line each."""
    voice_warnings: tuple[str, ...] = ()
    """Of the voices that are heard, those that a publisher may not be allowed to use."""
    missing: tuple[Missing, ...] = ()
    """What could not be spoken; if there is anything, the episodes are previews."""
    is_preview: bool = False
    """Whether the episodes are for their editor's ears alone, and nothing was published."""
    folder_warnings: tuple[str, ...] = ()
    """What the editor should know of the folder that was published, a line each."""

    @property
    def episode(self) -> Episode:
        """The whole edition's."""
        return self.episodes[0]


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What would be built."""

    needs: tuple[Need, ...]
    notes: tuple[str, ...]
    """As in `Result`."""
    voice_warnings: tuple[str, ...]
    """As in `Result`."""
