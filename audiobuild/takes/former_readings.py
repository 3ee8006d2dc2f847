"""How the words of an episode were read when it was built last, and what is read otherwise now, by rule (layer 3).

Of each segment that was not spoken as it is written the changes are kept, and the sounds of its names, under a hash of
its written text: some 100 bytes a paragraph.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from audiobuild.model.values import Segment

Reading: TypeAlias = list[list[str]]
"""Pairs of what is written and what was said of it: words, or IPA between strokes."""

SOUND_RULE = "name.lexicon"
"""What is named where a name has another sound."""


@dataclass(frozen=True, slots=True)
class OtherReading:
    """A stretch of a text that is read otherwise than when it was spoken last."""

    written: str
    before: str
    """What was said; the same as `written` where it was said as it stands."""
    now: str
    rule: str
    """Which rule says it now; empty where none does any more."""


def keep_readings(segments: Iterable[Segment]) -> dict[str, Reading]:
    """Write down how segments are read, under the hashes of their written texts."""
    return {written_mark(segment): [[each.written, each.now] for each in _read(segment)] for segment in segments}


def written_mark(segment: Segment) -> str:
    """Name a segment by what is written."""
    return hashlib.sha256(segment.spoken.written.encode()).hexdigest()[:16]


def find_other_readings(segment: Segment, known: Mapping[str, Reading]) -> tuple[OtherReading, ...]:
    """Find what is read otherwise than is known of the same written text; nothing where that is unknown.

    The same words may stand in a text several times: they are held against each other in their order.
    """
    before = known.get(written_mark(segment))
    if before is None:
        return ()
    was: dict[str, list[str]] = {}
    for written, said in before:
        was.setdefault(written, []).append(said)
    found: list[OtherReading] = []
    for each in _read(segment):
        said = was[each.written].pop(0) if was.get(each.written) else each.written
        if said != each.now:
            found.append(OtherReading(each.written, said, each.now, each.rule))
    found += (OtherReading(written, said, written, "") for written, rest in was.items() for said in rest)
    return tuple(found)


def _read(segment: Segment) -> list[OtherReading]:
    text = segment.spoken.text
    words = [OtherReading(made.written, "", made.spoken, made.rule) for made in segment.spoken.replacements]
    sounds = (
        OtherReading(text[sound.offset : sound.offset + sound.length], "", f"/{sound.ipa}/", SOUND_RULE)
        for sound in segment.pronunciations
    )
    return [*words, *sounds]
