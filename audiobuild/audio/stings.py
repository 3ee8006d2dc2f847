"""The stings that open and close an episode: those shipped, and the shaping of any (layer 3).

A clip of seconds enters and a clip leaves. This is the only module that knows pydub, and pydub is given PCM alone: it
needs no ffmpeg then, and it never holds an episode, on which its `+=` would be quadratic.
"""

from __future__ import annotations

import math
import warnings
from importlib.resources import files
from pathlib import Path
from typing import Literal

from audiobuild.audio.clip import Clip

with warnings.catch_warnings():
    # pydub looks for ffmpeg, which is not used; imports a module that Python 3.13 drops and `audioop-lts` brings back;
    # and has old escapes in its patterns, of which a Python that compiles it afresh complains.
    warnings.filterwarnings("ignore", message="Couldn't find ffmpeg or avconv", category=RuntimeWarning)
    warnings.filterwarnings("ignore", message="'audioop' is deprecated", category=DeprecationWarning)
    warnings.filterwarnings("ignore", message='("\\\\." is an )?invalid escape sequence', category=DeprecationWarning)
    warnings.filterwarnings("ignore", message='("\\\\." is an )?invalid escape sequence', category=SyntaxWarning)
    from pydub import AudioSegment

_SILENT_DB = -120.0
"""Where fades begin and end; nothing is left of 16 bits there."""


def shape_sting(
    clip: Clip, *, gain_db: float = 0.0, fade_in_ms: int = 0, fade_out_ms: int = 0, trim_ms: int | None = None
) -> Clip:
    """Trim a sting, change its level and fade its ends, in that order.

    Args:
        clip: some seconds of sound; what is over full scale after the gain is clipped.
        gain_db: change of level.
        fade_in_ms: length of the fade at the start; at most the whole clip.
        fade_out_ms: length of the fade at the end; at most the whole clip.
        trim_ms: length that is kept, from the start; None, or more than there is, keeps all.

    Raises:
        ValueError: a length is negative, or nothing would be kept.
    """
    if fade_in_ms < 0 or fade_out_ms < 0 or (trim_ms is not None and trim_ms <= 0):
        raise ValueError(f"lengths must be positive: fades {fade_in_ms} and {fade_out_ms} ms, trim {trim_ms} ms")
    kept = len(clip.samples)
    if trim_ms is not None:
        kept = min(kept, round(trim_ms * clip.rate_hz / 1000))
    if not kept or (kept == len(clip.samples) and not (gain_db or fade_in_ms or fade_out_ms)):
        return clip
    length_ms = math.ceil(kept * 1000 / clip.rate_hz)
    segment = _whole_seconds(Clip(clip.samples[:kept], clip.rate_hz))
    if gain_db:
        segment = segment.apply_gain(gain_db)
    # A fade's length of 0 means "none given" to pydub, so it is not asked for one then.
    if fade_in_ms:
        segment = segment.fade(from_gain=_SILENT_DB, start=0, duration=min(fade_in_ms, length_ms))
    if fade_out_ms:
        segment = segment.fade(to_gain=_SILENT_DB, end=length_ms, duration=min(fade_out_ms, length_ms))
    shaped = Clip.from_pcm16(segment.raw_data, clip.rate_hz)
    return Clip(shaped.samples[:kept].copy(), clip.rate_hz)


def _whole_seconds(clip: Clip) -> AudioSegment:
    """Hand a clip to pydub with silence after it, up to a whole second.

    pydub counts in milliseconds and drops or invents the samples of a broken one at the end; at a whole second there
    is none, whatever the rate, and the caller cuts the silence off again.
    """
    missing = -len(clip.samples) % clip.rate_hz
    padded = Clip.joined((clip, Clip.silence(missing, clip.rate_hz)))
    return AudioSegment(data=padded.to_pcm16(), sample_width=2, frame_rate=clip.rate_hz, channels=1)


def shipped_sting(name: Literal["intro", "outro"]) -> Path:
    """Find a sting that comes with the package; `scripts/make-stings` made it."""
    return Path(str(files("audiobuild.audio") / "sounds" / f"{name}.flac"))
