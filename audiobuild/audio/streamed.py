"""Sound that a server sends while it is still being made, and noise told from speech in it (layer 3).

Bytes enter, a clip leaves. Who writes a WAV before its length is known puts a placeholder where the length belongs: the
largest number that fits, 0, or some other that no answer can have.

Source: Multimedia Programming Interface and Data Specifications 1.0 (RIFF, WAVE); RFC 9639 (FLAC).
"""

from __future__ import annotations

import struct

import numpy as np

from audiobuild.audio.clip import Clip
from audiobuild.audio.codec import decode
from audiobuild.audio.level import sounding_span
from audiobuild.errors import SoundError

_PLACEHOLDER_BYTES = 1_000_000_000
"""No answer is so long: a length from here on stands for none. Seen are 2,000,000,000, 0x7FFFFFFF and 0xFFFFFFFF."""

_MAGIC = (b"RIFF", b"fLaC", b"ID3", b"OggS")
_MPEG_SYNC = 0xFFE0
"""The first eleven bits of an MPEG frame."""

_NOISE_BELOW = 0.3
"""How alike neighbouring samples are: white noise 0, after MP3 0.06; the sharpest hiss of speech at 8 kHz 0.55; speech
0.8 and more. Bytes that are no samples, or stand in the wrong order, are noise."""


def decode_streamed(data: bytes, where: str) -> Clip:
    """Decode a sound file whose head may not know its length; more channels than one to their mean.

    Raises:
        SoundError: the bytes are no sound, hold none, or fewer than they say.
    """
    if data[:4] == b"RIFF":
        data = _with_length(data, where)
    elif not data.startswith(_MAGIC) and int.from_bytes(data[:2]) & _MPEG_SYNC != _MPEG_SYNC:
        # Not left to the decoder: it would search for MPEG frames, and write of what it finds on the terminal.
        raise SoundError("this is no sound file that can be read", where)
    return decode(data, where).with_channels(1)


def _with_length(data: bytes, where: str) -> bytes:
    """Write the true length into a WAV whose head has a placeholder."""
    place = 12
    while place + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, place)
        place += 8
        if kind == b"data":
            there = len(data) - place
            if length >= _PLACEHOLDER_BYTES or (not length and there):
                sizes = struct.pack("<I", len(data) - 8), struct.pack("<I", there)
                return data[:4] + sizes[0] + data[8 : place - 4] + sizes[1] + data[place:]
            if length > there:
                raise SoundError("the sound breaks off", where)
            return data
        place += length + length % 2
    raise SoundError("this is no sound file that can be read", where)


def sounding_ms(clip: Clip) -> float:
    """Measure from the first sound to the last, in milliseconds; 0 for silence."""
    start, end = sounding_span(clip)
    return 1000 * (end - start) / clip.rate_hz


def is_noise(clip: Clip) -> bool:
    """Say whether neighbouring samples of a mono clip correlate too little for speech."""
    samples = clip.samples
    power = float(np.dot(samples, samples))
    return not float(np.dot(samples[1:], samples[:-1])) > _NOISE_BELOW * power
