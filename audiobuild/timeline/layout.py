"""Script and Takes to Timeline: when everything is heard, in frames (layer 2, pure)."""

from __future__ import annotations

from collections.abc import Mapping

from audiobuild.model.values import Chapter, Cue, Script, Segment, Sting, Take, Timeline


def lay_out(script: Script, takes: Mapping[Segment | Sting, Take]) -> Timeline:
    """Lay the takes end to end; every section becomes a chapter, and the chapters touch."""
    cues: list[Cue] = []
    chapters: list[Chapter] = []
    now = 0
    for section in script.sections:
        start = now
        for item in section.items:
            take = takes[item]
            cues.append(Cue(item, take, now, now + take.frames))
            now += take.frames
        if now > start:
            chapters.append(Chapter(section, start, now))
    return Timeline(tuple(cues), tuple(chapters), now)
