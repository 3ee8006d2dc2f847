"""Sounds that tests make: tones, noises, and bursts of noise that come and go as speech does."""

from __future__ import annotations

import re
import struct
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import encode_take
from audiobuild.audio.frames import info_frame
from audiobuild.audio.loudness import integrated_loudness, joined_block_loudness
from audiobuild.model.values import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME, Take
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


def stereo(left: Clip, right: Clip) -> Clip:
    """Two mono clips of one length as the two sides of one."""
    return Clip(np.stack([left.samples, right.samples], axis=1), left.rate_hz)


def whole_file(takes: list[bytes], frames: list[int], bit_rate_kbps: int = 96) -> bytes:
    """Lay takes end to end as an episode does: Info frame, takes, a frame of silence."""
    channels = 1 if takes[0][3] >> 6 == 3 else 2
    silence = encode_take(Clip.silence(0, SAMPLE_RATE_HZ, channels), 1, bit_rate_kbps)
    pieces = [*zip(frames, map(len, takes), strict=True), (1, len(silence))]
    return b"".join([info_frame(silence, pieces), *takes, silence])


def frames_for(clip: Clip, pause_frames: int = 3) -> int:
    """Number of frames that hold a clip and the pause behind it."""
    return -(-len(clip.samples) // SAMPLES_PER_FRAME) + pause_frames


def as_wav(clip: Clip) -> bytes:
    """Write a WAV file of 16 bits, field by field."""
    pcm = clip.to_pcm16()
    block = 2 * clip.channels
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, clip.channels, clip.rate_hz, clip.rate_hz * block, block, 16)
    body = b"WAVE" + form + struct.pack("<4sI", b"data", len(pcm)) + pcm
    return struct.pack("<4sI", b"RIFF", len(body)) + body


def heard(data: bytes, channels: int = 1) -> NDArray[np.float32]:
    """Decode a sound file by ffmpeg, which must have nothing to complain of; shape (samples,) or (samples, 2)."""
    with tempfile.NamedTemporaryFile() as file:  # from a pipe it cannot tell the length
        file.write(data)
        file.flush()
        pcm, said = run("ffmpeg", "-v", "warning", "-i", file.name, "-f", "f32le", "-c:a", "pcm_f32le", "-")
    assert said == ""
    samples = np.frombuffer(pcm, dtype="<f4")
    return samples if channels == 1 else samples.reshape(-1, channels)


def snr_db(sound: NDArray[np.float32], source: NDArray[np.float32]) -> float:
    """Signal to noise against the source, both at one level: an encoder makes all a little quieter."""
    flat, given = sound.ravel(), source.ravel()
    gain = float(flat @ given) / float(flat @ flat)
    return float(10 * np.log10(np.sum(given**2) / np.sum((given - gain * flat) ** 2)))


def loudness_of(take: Take) -> float:
    """What a take's own levels say of it, in LUFS."""
    return integrated_loudness(joined_block_loudness([take.levels]))


def measured_by_ffmpeg(path: Path) -> tuple[float, float]:
    """Integrated loudness as dual mono, and true peak, by ffmpeg's ebur128."""
    filters = "ebur128=dualmono=true:peak=true:metadata=1,ametadata=print"
    _, said = run("ffmpeg", "-hide_banner", "-nostats", "-i", path, "-af", filters, "-f", "null", "-")
    loudness = re.findall(r"lavfi\.r128\.I=(-?[\d.]+)", said)[-1]
    peak = re.search(r"True peak:\s+Peak:\s+(-?[\d.]+) dBFS", said)
    assert peak
    return float(loudness), float(peak[1])


def file_of(clip: Clip, folder: Path) -> Path:
    path = folder / "sound.wav"
    path.write_bytes(as_wav(clip))
    return path
