"""Sounds that tests make: tones, noises, and bursts of noise that come and go as speech does."""

from __future__ import annotations

import struct
import tempfile

import numpy as np
from numpy.typing import NDArray

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import encode_take
from audiobuild.audio.frames import info_frame
from audiobuild.model import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME
from tests.tools import run


def tone(samples: int, hertz: float = 440, level: float = 0.5, rate_hz: int = SAMPLE_RATE_HZ) -> Clip:
    wave = level * np.sin(2 * np.pi * hertz * np.arange(samples) / rate_hz)
    return Clip(wave.astype(np.float32), rate_hz)


def noise(samples: int, seed: int, level: float = 0.1) -> Clip:
    wave = np.random.default_rng(seed).normal(0, level, samples)
    return Clip(np.clip(wave, -1, 1).astype(np.float32), SAMPLE_RATE_HZ)


def bursts(seconds: float, seed: int, level: float = 0.2) -> Clip:
    """Dull noise in syllables of a quarter of a second, in phrases of some two seconds with half a second between."""
    samples = round(seconds * SAMPLE_RATE_HZ)
    random = np.random.default_rng(seed)
    wave = np.convolve(random.normal(0, 1, samples), np.hanning(21), mode="same")
    time_s = np.arange(samples) / SAMPLE_RATE_HZ
    syllables = np.sin(np.pi * time_s / 0.25) ** 2
    phrases = (time_s + random.uniform(0, 2)) % 2.5 < 2
    wave = wave / np.abs(wave).max() * syllables * phrases * level
    return Clip(wave.astype(np.float32), SAMPLE_RATE_HZ)


def whole_file(takes: list[bytes], frames: list[int], bit_rate_kbps: int = 96) -> bytes:
    """Lay takes end to end as an episode does: Info frame, takes, a frame of silence."""
    silence = encode_take(Clip.silence(0, SAMPLE_RATE_HZ), 1, bit_rate_kbps)
    pieces = [*zip(frames, map(len, takes), strict=True), (1, len(silence))]
    return b"".join([info_frame(silence, pieces), *takes, silence])


def frames_for(clip: Clip, pause_frames: int = 3) -> int:
    """Number of frames that hold a clip and the pause behind it."""
    return -(-len(clip.samples) // SAMPLES_PER_FRAME) + pause_frames


def as_wav(clip: Clip) -> bytes:
    """Write a WAV file of 16 bits, field by field."""
    pcm = clip.to_pcm16()
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, clip.rate_hz, clip.rate_hz * 2, 2, 16)
    body = b"WAVE" + form + struct.pack("<4sI", b"data", len(pcm)) + pcm
    return struct.pack("<4sI", b"RIFF", len(body)) + body


def heard(data: bytes) -> NDArray[np.float32]:
    """Decode a sound file by ffmpeg, which must have nothing to complain of."""
    with tempfile.NamedTemporaryFile() as file:  # from a pipe it cannot tell the length
        file.write(data)
        file.flush()
        pcm, said = run("ffmpeg", "-v", "warning", "-i", file.name, "-f", "f32le", "-c:a", "pcm_f32le", "-")
    assert said == ""
    return np.frombuffer(pcm, dtype="<f4")
