"""MP3 frames: finding them, and the Info frame that stands before them (layer 3).

An MP3 file is frames end to end, each of 1152 samples. The first frame of a finished file holds no sound: it is the
`Info` frame, in which players find how many frames and bytes there are, a seek table, and how many samples the encoder
put before and behind the sound, so that a gapless decoder starts at sample 0 and ends at the last.

Source: ISO/IEC 11172-3 section 2.4 (frame header, side information); the LAME project's "Mp3 Info Tag rev 1".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from audiobuild.model.values import SAMPLES_PER_FRAME

ENCODER_DELAY_SAMPLES = 576
"""What LAME puts before the sound; a decoder adds 529 of its own."""

_BIT_RATES_KBPS = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_SAMPLE_RATES_HZ = (44100, 48000, 32000)
_SYNC_MPEG1_LAYER3 = 0xFFFA
_MONO = 3
_SIDE_INFO_BYTES_MONO = 17
_SIDE_INFO_BYTES_STEREO = 32
_SOURCE_RATE_CODE = {32000: 0, 44100: 1, 48000: 2}
_TOC_ENTRIES = 100
_ENCODER_NAME = b"LAME3.100"
"""Nine characters; decoders look for "LAME" before they trust the delay that follows."""


def split_frames(data: bytes) -> list[slice]:
    """Find the frames of a bare MPEG-1 Layer III stream.

    Raises:
        ValueError: there is something that is no frame, or the last one is cut.
    """
    frames = []
    start = 0
    while start < len(data):
        size = _frame_bytes(data[start : start + 4])
        if not size or start + size > len(data):
            raise ValueError(f"no whole MP3 frame at byte {start} of {len(data)}")
        frames.append(slice(start, start + size))
        start += size
    return frames


def _frame_bytes(header: bytes) -> int:
    """Length of the frame that starts with these four bytes; 0 where they start none."""
    word = int.from_bytes(header, "big")
    bit_rate_index, rate_index = word >> 12 & 0xF, word >> 10 & 3
    if len(header) < 4 or word >> 16 & 0xFFFE != _SYNC_MPEG1_LAYER3 or bit_rate_index in (0, 15) or rate_index == 3:
        return 0
    padding = word >> 9 & 1
    return 144 * _BIT_RATES_KBPS[bit_rate_index] * 1000 // _SAMPLE_RATES_HZ[rate_index] + padding


class FrameHeader(NamedTuple):
    """What a frame says of its sound."""

    bit_rate_kbps: int
    rate_hz: int
    channels: int


def read_header(frame: bytes) -> FrameHeader:
    """Read the first four bytes of a frame.

    Raises:
        ValueError: they start none.
    """
    if not _frame_bytes(frame[:4]):
        raise ValueError("no MP3 frame starts here")
    word = int.from_bytes(frame[:4], "big")
    channels = 1 if word >> 6 & 3 == _MONO else 2
    return FrameHeader(_BIT_RATES_KBPS[word >> 12 & 0xF], _SAMPLE_RATES_HZ[word >> 10 & 3], channels)


def info_frame(first_frame: bytes, pieces: Sequence[tuple[int, int]]) -> bytes:
    """Make the Info frame for a constant bit rate stream.

    The stream is taken to end with one frame of silence behind the sound, from which a decoder gets the last samples
    out of the encoder's delay: so what is heard is 1152 samples for every frame but that one.

    Args:
        first_frame: the header, at least, of the first frame of sound; rate, bit rate and channels are copied from it.
        pieces: number of frames and of bytes of each stretch of the stream, in order.
    """
    header = int.from_bytes(first_frame[:4], "big") & ~(1 << 9) | 1 << 16  # no padding, no CRC
    size = _frame_bytes(header.to_bytes(4, "big"))
    side_info = _SIDE_INFO_BYTES_MONO if header >> 6 & 3 == _MONO else _SIDE_INFO_BYTES_STEREO
    frames = sum(count for count, _ in pieces)
    length = size + sum(count for _, count in pieces)
    bit_rate_kbps = _BIT_RATES_KBPS[header >> 12 & 0xF]
    rate_hz = _SAMPLE_RATES_HZ[header >> 10 & 3]

    body = bytearray(header.to_bytes(4, "big") + bytes(side_info))
    body += b"Info" + (0x0F).to_bytes(4, "big")  # frames, bytes, seek table and quality follow
    body += frames.to_bytes(4, "big") + length.to_bytes(4, "big")
    body += _seek_table(pieces, size) + bytes(4)
    body += _ENCODER_NAME
    body += bytes([0x01, 0])  # revision 0, constant bit rate; low-pass not stated
    body += bytes(4 + 2 + 2)  # peak and both replay gains: not stated
    body += bytes([0, min(bit_rate_kbps, 255)])
    padding = SAMPLES_PER_FRAME - ENCODER_DELAY_SAMPLES
    body += (ENCODER_DELAY_SAMPLES << 12 | padding).to_bytes(3, "big")
    body += bytes([_SOURCE_RATE_CODE[rate_hz] << 6, 0])  # rate of the source; no gain change
    body += bytes(2)  # no preset
    body += length.to_bytes(4, "big")
    body += bytes(2)  # no checksum of the music: it would take a second pass over the stream
    body += _crc16(bytes(body)).to_bytes(2, "big")
    return bytes(body) + bytes(size - len(body))


def _seek_table(pieces: Sequence[tuple[int, int]], info_bytes: int) -> bytes:
    """For each hundredth of the playing time, the place in the file in 256ths of its length."""
    frames = sum(count for count, _ in pieces)
    length = info_bytes + sum(count for _, count in pieces)
    table = bytearray()
    frames_before, bytes_before = 0, info_bytes
    rest = iter(pieces)
    count, size = next(rest, (0, 0))
    for hundredth in range(_TOC_ENTRIES):
        target = frames * hundredth / _TOC_ENTRIES
        while frames_before + count < target:
            frames_before, bytes_before = frames_before + count, bytes_before + size
            count, size = next(rest)
        place = bytes_before + (size * (target - frames_before) / count if count else 0)
        table.append(min(255, int(256 * place / length)))
    return bytes(table)


def _crc16(data: bytes) -> int:
    """CRC-16/ARC, as the Info frame ends with."""
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ 0xA001 if value & 1 else value >> 1
    return value
