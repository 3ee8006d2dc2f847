"""Who is heard in an episode (layer 3)."""

from __future__ import annotations

from audiobuild.config.show import Show
from audiobuild.engines import VoiceInfo
from audiobuild.engines.registry import open_engine
from audiobuild.model.values import Segment, Timeline, Voice
from audiobuild.script.casting import narrator


def voices_heard(show: Show, timeline: Timeline) -> dict[Voice, VoiceInfo]:
    """Tell who is heard, and what is known of each voice: the narrator, then the others in their order."""
    heard = [cue.item.voice for cue in timeline.cues if isinstance(cue.item, Segment)]
    return {voice: open_engine(voice, show.language).info for voice in dict.fromkeys((narrator(show), *heard))}
