"""WAV files: PCM of 16 bits of any length, with an ID3 tag behind it (layer 3).

A WAV file counts its bytes in 32 bits. Room is kept for the wider counts of RF64, and a file that grows past 4 GB takes
to them; one that does not is an ordinary WAV file with some unused bytes in it.

Source: EBU Tech 3306 (RF64); Microsoft, "Multimedia Programming Interface and Data Specifications 1.0" (RIFF).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from audiobuild.audio.clip import Clip
from audiobuild.publish.formats.tag_limits import MOST_TAG_BYTES

ID3 = b"id3 "
"""The chunk that holds an ID3 tag."""

_MOST_BYTES = 0xFFFFFFFF
"""What 32 bits count; as a size it means "see the wider count"."""
_WIDE = struct.Struct("<QQQI")
"""What an RF64 file's `ds64` holds: sizes of the file and of the sound, samples, and no further sizes."""
_FORMAT = struct.Struct("<HHIIHH")
_PCM = 1
_SAMPLE_BYTES = 2
_HEAD_BYTES = 12 + 8 + _WIDE.size + 8 + _FORMAT.size + 8


@dataclass(frozen=True, slots=True)
class WavFacts:
    """What a WAV file says of itself."""

    sample_rate_hz: int
    channels: int
    bits: int
    """Of one sample."""
    samples: int
    """Of one channel."""
    id3: bytes
    """The tag, or nothing."""


def write_wav(path: Path, clips: Iterable[Clip], id3: bytes) -> None:
    """Write clips of one rate and number of channels end to end, and a tag behind them.

    The clips are taken one by one, so that an episode need not be held.

    Raises:
        OSError: the file cannot be written, or the disk is full.
        ValueError: there is no clip.
    """
    rate_hz = channels = sound_bytes = 0
    with path.open("wb") as file:
        file.write(bytes(_HEAD_BYTES))
        for clip in clips:
            rate_hz, channels = clip.rate_hz, clip.channels
            sound_bytes += file.write(clip.to_pcm16())
        if not rate_hz:
            raise ValueError("there is no clip to write")
        if id3:  # a chunk starts at an even place, which PCM of 16 bits ends at
            file.write(struct.pack("<4sI", ID3, len(id3)) + id3 + bytes(len(id3) % 2))
        size = file.tell() - 8
        file.seek(0)
        file.write(render_head(rate_hz, channels, sound_bytes, size))


def render_head(rate_hz: int, channels: int, sound_bytes: int, size: int) -> bytes:
    """Write all that stands before the sound: of a file past 4 GB as RF64, whose `ds64` holds the true sizes.

    Args:
        rate_hz: samples a second.
        channels: one or two.
        sound_bytes: length of the sound.
        size: length of the file without its first eight bytes.
    """
    block = channels * _SAMPLE_BYTES
    form = _FORMAT.pack(_PCM, channels, rate_hz, rate_hz * block, block, 8 * _SAMPLE_BYTES)
    if size <= _MOST_BYTES:
        first = struct.pack("<4sI4s4sI", b"RIFF", size, b"WAVE", b"JUNK", _WIDE.size) + bytes(_WIDE.size)
    else:
        first = struct.pack("<4sI4s4sI", b"RF64", 0xFFFFFFFF, b"WAVE", b"ds64", _WIDE.size)
        first += _WIDE.pack(size, sound_bytes, sound_bytes // block, 0)
        sound_bytes = 0xFFFFFFFF
    return first + struct.pack("<4sI", b"fmt ", len(form)) + form + struct.pack("<4sI", b"data", sound_bytes)


def read_chunks(path: Path) -> WavFacts:
    """Read what a WAV or RF64 file says of itself.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no WAV file, or no whole one.
    """
    with path.open("rb") as file:
        kind, _, form = struct.unpack("<4sI4s", _exactly(file, 12))
        if kind not in (b"RIFF", b"RF64") or form != b"WAVE":
            raise ValueError("this is no WAV file")
        said: tuple[int, ...] = ()
        sound_bytes, wide_bytes, tag = -1, 0, b""
        while len(head := file.read(8)) == 8:
            name, size = struct.unpack("<4sI", head)
            if name == b"data":
                size = sound_bytes = wide_bytes if size == 0xFFFFFFFF and wide_bytes else size
            after = file.tell() + size + size % 2
            if name == b"ds64":
                wide_bytes = _WIDE.unpack(_exactly(file, _WIDE.size))[1]
            elif name == b"fmt ":
                said = _FORMAT.unpack(_exactly(file, _FORMAT.size))
            elif name.lower() == ID3:
                tag = _exactly(file, size)
            file.seek(after)
    if not said or sound_bytes < 0 or not said[2] or not said[4]:
        raise ValueError("this WAV file does not say what it holds")
    return WavFacts(said[2], said[1], said[5], sound_bytes // said[4], tag)


def _exactly(file: BinaryIO, size: int) -> bytes:
    if size > MOST_TAG_BYTES:
        raise ValueError("a part of this WAV file is too long to be true")
    data = file.read(size)
    if len(data) < size:
        raise ValueError("this WAV file is cut")
    return data
