"""What `inspect` tells of a file: lines for a person, facts for a program (layer 5)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from audiobuild.audio.profile import DIGITAL_SILENCE_DB, StretchLevel
from audiobuild.inspection.finished_file import ACX, ACX_NOISE_DB, LONG_SILENCE_MS, Inspection
from audiobuild.model.clock_times import clock
from audiobuild.model.file_formats import FORMATS
from audiobuild.publish.episodes.episode_tag import ChapterTag

_CHANNELS = {1: "mono", 2: "stereo"}
_SHORT_MS = 1000
"""What may be missing of a file before it is worth a word: an encoder's delay is less."""


def facts_of(inspection: Inspection) -> dict[str, Any]:
    """Put a file in terms for programs: times in milliseconds, levels in the units of their names."""
    facts, profile = inspection.facts, inspection.profile
    tag = facts.tag
    first_ms, last_ms = profile.sounding_ms
    return {
        "title": tag.title,
        "artist": tag.artist,
        "album": tag.album,
        "genre": tag.genre,
        "published": tag.published.isoformat() if tag.published else None,
        "comment": tag.comment,
        "url": tag.url,
        "cover_bytes": len(tag.cover),
        "codec": FORMATS[facts.kind].codec,
        "size_bytes": inspection.size_bytes,
        "duration_ms": facts.duration_ms,
        "decoded_ms": profile.duration_ms,
        "bit_rate_kbps": facts.bit_rate_kbps,
        "sample_rate_hz": facts.sample_rate_hz,
        "channels": facts.channels,
        "loudness": {
            "integrated_lufs": profile.loudness_lufs,
            "true_peak_dbtp": profile.peak_dbtp,
            "range_lu": profile.loudness_range_lu,
        },
        "acx": {
            "rms_dbfs": profile.rms_db,
            "peak_dbfs": profile.sample_peak_db,
            "noise_floor_dbfs": profile.noise_floor_db,
            "fits": inspection.fits_acx,
        },
        "chapters": list(map(_chapter_facts, tag.chapters, inspection.levels)),
        "first_sound_ms": first_ms,
        "last_sound_ms": last_ms,
        "silences": [{"start_ms": gap.start_ms, "end_ms": gap.end_ms} for gap in inspection.silences],
    }


def _chapter_facts(chapter: ChapterTag, level: StretchLevel) -> dict[str, Any]:
    return {
        "title": chapter.title,
        "start_ms": chapter.start_ms,
        "end_ms": chapter.end_ms,
        "integrated_lufs": level.loudness_lufs,
        "true_peak_dbtp": level.peak_dbtp,
    }


def lines_of(inspection: Inspection) -> Iterator[str]:
    """Tell a person of a file, readable at a glance."""
    tag = inspection.facts.tag
    yield inspection.title
    said = [tag.artist, tag.album, tag.genre, tag.published.isoformat() if tag.published else ""]
    if any(said):
        yield "  " + " · ".join(part for part in said if part)
    yield ""
    yield from (f"  {name:<10} {value}" for name, value in _figures(inspection))
    yield ""
    if tag.chapters:
        yield from _chapter_lines(inspection)
        yield ""
    yield from _silence_lines(inspection)


def _figures(inspection: Inspection) -> Iterator[tuple[str, str]]:
    facts, profile = inspection.facts, inspection.profile
    channels = _CHANNELS.get(facts.channels, f"{facts.channels} channels")
    yield (
        "Format",
        f"{FORMATS[facts.kind].codec}, {facts.bit_rate_kbps} kbit/s, {facts.sample_rate_hz} Hz, {channels}, "
        + _size(inspection.size_bytes),
    )
    yield "Duration", _time(facts.duration_ms) + _missing(inspection)
    span = profile.loudness_range_lu
    yield "Loudness", f"{profile.loudness_lufs:.1f} LUFS" + (f", range {span:.1f} LU" if span is not None else "")
    yield "True peak", f"{profile.peak_dbtp:.1f} dBTP"
    yield "RMS", f"{profile.rms_db:.1f} dBFS"
    floor_db = profile.noise_floor_db
    yield "Noise", f"{floor_db:.1f} dBFS" if floor_db > DIGITAL_SILENCE_DB else "none: digital silence"
    yield "ACX", "fits" if inspection.fits_acx else f"no: {'; '.join(_acx_misses(inspection))}"


def _acx_misses(inspection: Inspection) -> Iterator[str]:
    profile = inspection.profile
    softest, loudest = ACX.rms_dbfs or (-math.inf, math.inf)
    if not softest <= profile.rms_db <= loudest:
        yield f"RMS {profile.rms_db:.1f} dB, asked between {softest:.0f} and {loudest:.0f}"
    if profile.sample_peak_db > ACX.ceiling_dbtp:
        yield f"peak {profile.sample_peak_db:.1f} dB, asked under {ACX.ceiling_dbtp:.0f}"
    if profile.noise_floor_db > ACX_NOISE_DB:
        yield f"noise {profile.noise_floor_db:.1f} dB, asked under {ACX_NOISE_DB:.0f}"


def _chapter_lines(inspection: Inspection) -> Iterator[str]:
    yield f"  {'Start':>8} {'Length':>8} {'LUFS':>6} {'dBTP':>6}  Chapter"
    for chapter, level in zip(inspection.facts.tag.chapters, inspection.levels, strict=True):
        loudness = "-" if level.loudness_lufs is None else f"{level.loudness_lufs:.1f}"
        length = clock(max(0, chapter.end_ms - chapter.start_ms))
        yield f"  {clock(chapter.start_ms):>8} {length:>8} {loudness:>6} {level.peak_dbtp:>6.1f}  {chapter.title}"


def _silence_lines(inspection: Inspection) -> Iterator[str]:
    head = f"  Silences over {LONG_SILENCE_MS / 1000:g} s:"
    if not inspection.silences:
        yield f"{head} none"
        return
    yield head
    for gap in inspection.silences:
        yield f"  {clock(gap.start_ms):>8}  {(gap.end_ms - gap.start_ms) / 1000:.1f} s"


def _missing(inspection: Inspection) -> str:
    """What the head of a file promises and its sound does not hold."""
    decoded_ms = inspection.profile.duration_ms
    if abs(inspection.facts.duration_ms - decoded_ms) <= _SHORT_MS:
        return ""
    return f", but {_time(decoded_ms)} is there"


def _time(time_ms: int) -> str:
    return f"{time_ms / 1000:.1f} s" if time_ms < 60_000 else clock(time_ms)


def _size(size_bytes: int) -> str:
    if size_bytes >= 1_000_000:
        return f"{size_bytes / 1_000_000:.1f} MB"
    return f"{size_bytes / 1000:.0f} kB"
