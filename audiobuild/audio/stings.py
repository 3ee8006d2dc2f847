"""The stings between and around the articles: their shaping, and speech over them (layer 3).

Clips of seconds enter, mono or stereo, and a clip of the same kind leaves. This is the only module that knows pydub. It
gives it PCM alone, so that it needs no ffmpeg, and never an episode, on which pydub's `+=` would be quadratic.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator

import numpy as np

from audiobuild.audio.clip import Clip, Samples

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

DUCK_FALL_MS = 300
"""How long a sting takes to go down before the voice starts over it."""

_HEADROOM = 8.0
"""Two clips are mixed at an eighth of their level in 32 bits, where neither they nor their sum can clip."""
_INT32_FULL_SCALE = 2.0**31
_PIECE_SAMPLES = 1 << 17
"""How much is converted at once."""


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
    segment = _segment(Clip(clip.samples[:kept], clip.rate_hz))
    if gain_db:
        segment = segment.apply_gain(gain_db)
    # A fade's length of 0 means "none given" to pydub, so it is not asked for one then.
    if fade_in_ms:
        segment = segment.fade(from_gain=_SILENT_DB, start=0, duration=min(fade_in_ms, length_ms))
    if fade_out_ms:
        segment = segment.fade(to_gain=_SILENT_DB, end=length_ms, duration=min(fade_out_ms, length_ms))
    shaped = Clip.from_pcm16(segment.raw_data, clip.rate_hz, clip.channels)
    return Clip(shaped.samples[:kept].copy(), clip.rate_hz)


def speech_start_samples(sting: Clip, overlap_ms: int) -> int:
    """Find where the voice starts in what `duck` returns, in samples from its first.

    >>> speech_start_samples(Clip.silence(44_100, 44_100), 250)
    33075

    Args:
        sting: what plays first.
        overlap_ms: how long before its end the voice starts; more than its whole length is its whole length.

    Raises:
        ValueError: the overlap is negative.
    """
    if overlap_ms < 0:
        raise ValueError(f"the overlap must not be negative: {overlap_ms} ms")
    return max(0, len(sting.samples) - round(overlap_ms * sting.rate_hz / 1000))


def duck(sting: Clip, speech: Clip, *, overlap_ms: int, duck_db: float = -12.0) -> Clip:
    """Let a voice start over the end of a sting, which goes down for it.

    The sting falls to `duck_db` during the `DUCK_FALL_MS` before the voice, or as much of them as there is, and stays
    there to its end. The voice is as it was, from sample `speech_start_samples(sting, overlap_ms)` on.

    Args:
        sting: some seconds of sound.
        speech: of the same rate and channels.
        overlap_ms: how long before the sting's end the voice starts; more than the sting has lets it start at once.
        duck_db: level of the sting under the voice, relative to its own; 0 or less.

    Returns:
        Both, as long as they need. Nothing is clipped: where both are loud it exceeds full scale, and is to be limited.

    Raises:
        ValueError: the overlap is negative, the level above 0, or the clips are not of one kind.
    """
    kinds = [(clip.rate_hz, clip.channels) for clip in (sting, speech)]
    if kinds[0] != kinds[1]:
        raise ValueError(f"cannot mix clips of these rates (Hz) and channels: {kinds}")
    if duck_db > 0:
        raise ValueError(f"a sting goes down under speech, not up: {duck_db:g} dB")
    start = speech_start_samples(sting, overlap_ms)
    if not len(sting.samples) and not len(speech.samples):
        return sting
    rate_hz, channels = kinds[0]
    # Whole seconds before anything goes down are left out of the mixing: of a long sting that is most.
    alone = max(0, start * 1000 // rate_hz - DUCK_FALL_MS) // 1000 * rate_hz
    head = _from_pcm32(_to_pcm32(Clip(sting.samples[:alone], rate_hz)), alone, rate_hz, channels)
    return Clip.joined((head, _mixed(Clip(sting.samples[alone:], rate_hz), speech, start - alone, duck_db)))


def _mixed(bed: Clip, speech: Clip, start: int, duck_db: float) -> Clip:
    """Let a bed of sound go down for a voice that starts over it after so many samples."""
    length = max(len(bed.samples), start + len(speech.samples))
    rate_hz, channels = speech.rate_hz, speech.channels
    under = _segment(_lengthened(bed, length), wide=True)
    start_ms = start * 1000 // rate_hz
    if start_ms:
        under = under.fade(to_gain=duck_db, start=max(0, start_ms - DUCK_FALL_MS), end=start_ms)
    else:
        under = under.apply_gain(duck_db)
    # pydub places an overlay at whole milliseconds; silence before the voice places it to the sample.
    voice = Clip.joined((Clip.silence(start, rate_hz, channels), speech))
    mixed = under.overlay(_segment(_lengthened(voice, length), wide=True))
    return _from_pcm32(mixed.raw_data, length, rate_hz, channels)


def _lengthened(clip: Clip, samples: int) -> Clip:
    """Put silence behind a clip up to a number of samples."""
    missing = samples - len(clip.samples)
    return Clip.joined((clip, Clip.silence(missing, clip.rate_hz, clip.channels)))


def _segment(clip: Clip, *, wide: bool = False) -> AudioSegment:
    """Hand a clip to pydub with silence after it, up to a whole second; `wide` in 32 bits with `_HEADROOM`.

    pydub counts in milliseconds and drops or invents the samples of a broken one at the end; at a whole second there
    is none, whatever the rate, and the caller cuts the silence off again.
    """
    padded = _lengthened(clip, math.ceil(len(clip.samples) / clip.rate_hz) * clip.rate_hz)
    pcm = _to_pcm32(padded) if wide else padded.to_pcm16()
    return AudioSegment(data=pcm, sample_width=4 if wide else 2, frame_rate=clip.rate_hz, channels=clip.channels)


def _to_pcm32(clip: Clip) -> bytes:
    """Write 32-bit PCM with `_HEADROOM`, block by block: the conversion needs four times the memory of its result."""
    flat = clip.samples.reshape(-1)
    pcm = np.empty(len(flat), "<i4")
    for piece in _pieces(len(flat)):
        pcm[piece] = np.rint(flat[piece].astype(np.float64) * (_INT32_FULL_SCALE / _HEADROOM))
    return pcm.tobytes()


def _from_pcm32(pcm: bytes, samples: int, rate_hz: int, channels: int) -> Clip:
    """Read what `_to_pcm32` wrote: as many samples as are asked for."""
    wide = np.frombuffer(pcm, "<i4", samples * channels)
    flat: Samples = np.empty(len(wide), np.float32)
    for piece in _pieces(len(wide)):
        flat[piece] = wide[piece].astype(np.float64) * (_HEADROOM / _INT32_FULL_SCALE)
    return Clip(flat if channels == 1 else flat.reshape(-1, channels), rate_hz)


def _pieces(length: int) -> Iterator[slice]:
    for start in range(0, length, _PIECE_SAMPLES):
        yield slice(start, start + _PIECE_SAMPLES)
