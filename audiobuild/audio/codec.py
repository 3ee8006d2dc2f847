"""Sound files to PCM and PCM to MP3: the one place that knows soundfile, soxr and LAME (layer 3)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import lameenc
import numpy as np
import soundfile
import soxr

from audiobuild.audio.clip import Clip, Samples
from audiobuild.audio.frames import split_frames
from audiobuild.errors import SoundError
from audiobuild.model import SAMPLES_PER_FRAME

LAME_QUALITY = 5
"""LAME's algorithm, 0 (best) to 9: 5 runs at about 150 times real time and is transparent for speech at 96 kbit/s."""


def decode(data: bytes, where: str) -> Clip:
    """Decode a whole sound file (WAV, FLAC, OGG, MP3, AIFF); several channels become one by their mean.

    Raises:
        SoundError: the bytes are no sound, or hold none.
    """
    try:
        samples, rate_hz = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise SoundError("this is no sound file that can be read", where, "Use WAV, FLAC, OGG or MP3.") from error
    if not len(samples):
        raise SoundError("the sound file is empty", where, "Use a file with sound in it.")
    return Clip(np.ascontiguousarray(samples.mean(axis=1, dtype=np.float32)), int(rate_hz))


def decode_blocks(path: Path, block_ms: int) -> Iterator[Clip]:
    """Decode a sound file piece by piece, so that a long one need not be held.

    Raises:
        SoundError: the file is no sound.
    """
    try:
        with soundfile.SoundFile(path) as sound:
            # Not by soundfile's own `blocks`: where a file is shorter than its head says, that ends in unset memory.
            wanted = sound.samplerate * block_ms // 1000
            while len(block := sound.read(wanted, dtype="float32", always_2d=True)):
                yield Clip(np.ascontiguousarray(block.mean(axis=1, dtype=np.float32)), int(sound.samplerate))
    except soundfile.LibsndfileError as error:
        raise SoundError("this is no sound file that can be read", str(path)) from error


def resample(clip: Clip, rate_hz: int) -> Clip:
    """Change the sample rate, band-limited."""
    if clip.rate_hz == rate_hz:
        return clip
    samples: Samples = soxr.resample(clip.samples, clip.rate_hz, rate_hz, quality="HQ")
    return Clip(samples.astype(np.float32, copy=False), rate_hz)


def encode_take(clip: Clip, frames: int, bit_rate_kbps: int) -> bytes:
    """Encode a clip as exactly that many MP3 frames, the rest being silence, fit to be laid end to end with others.

    The samples are padded to whole frames. LAME answers with one frame more than that, of its own delay; the first
    `frames` are kept. The first of them needs no earlier data, since a fresh encoder's bit reservoir is empty.
    """
    missing = frames * SAMPLES_PER_FRAME - len(clip.samples)
    if missing < 0:
        raise ValueError(f"{len(clip.samples)} samples do not fit into {frames} frames")
    padded = Clip(np.pad(clip.samples, (0, missing)), clip.rate_hz)
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(clip.rate_hz)
    encoder.set_out_sample_rate(clip.rate_hz)
    encoder.set_bit_rate(bit_rate_kbps)
    encoder.set_quality(LAME_QUALITY)
    data = bytes(encoder.encode(padded.to_pcm16())) + bytes(encoder.flush())
    kept = split_frames(data)[:frames]
    if len(kept) != frames:
        raise ValueError(f"LAME made {len(kept)} frames of {frames}")
    return data[: kept[-1].stop]
